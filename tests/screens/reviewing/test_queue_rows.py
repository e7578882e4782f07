"""How a row of the queue is told in words."""

from tests import cast
from wiki.acts.writing import drafts
from wiki.acts.writing import retirement as retirement_acts
from wiki.policy.needs import CLINICIAN
from wiki.screens.reviewing.queue_rows import waiting_for
from wiki.text.document import Retirement


def row_of(revision, reader):
    """Return the row of one submission as somebody sees it."""
    return next(one for one in waiting_for(reader) if one.revision == revision)


def built_on(beneath, author, summary):
    """Return what somebody sent in on top of what waits."""
    draft = drafts.build_on(beneath, author=author)
    return cast.submit(drafts.save(draft, cast.document("Hypoparathyroidism", summary=summary), by=author))


def test_a_row_distinguishes_new_page_change_and_retirement(published, clinician, colleague, moderator):
    other = cast.make_page(clinician, moderator, "Tetany")
    new = cast.submit(drafts.propose(cast.document("Seizures"), author=colleague))
    change = cast.submit(cast.make_edit(published, clinician))
    retirement = Retirement("Nobody calls it so.")
    retired = retirement_acts.retire(other, by=clinician, retirement=retirement)

    natures = [row_of(one, moderator).nature for one in (new, change, retired)]

    assert natures == ["New page", "Change", "Retires the page"]


def test_a_row_names_the_version_it_amends(published, clinician, colleague, moderator):
    below = cast.submit(cast.make_edit(published, clinician))
    built = built_on(below, colleague, "Two.")
    amended = built_on(built, moderator, "Three.")

    assert row_of(below, moderator).rests_on == ""
    assert row_of(built, moderator).rests_on == f"Builds on version {below.number} by Dr Ines Albrecht"
    assert row_of(amended, moderator).rests_on == f"Amends version {built.number} by Dr Tomás Rey"


def test_statements_are_counted_in_words(published, clinician, moderator):
    cast.make_source(clinician)
    ends = [cast.make_page(clinician, moderator, title) for title in ("Seizures", "Tetany")]
    rows = [cast.statement(one) for one in ends]
    written = [
        cast.submit(drafts.propose(cast.document(title, statements=tuple(rows[:count])), author=clinician))
        for count, title in enumerate(("None", "One", "Two"))
    ]

    said = [row_of(one, moderator).statements_in_words for one in written]

    assert said == ["no statements", "1 statement", "2 statements"]


def test_a_row_of_an_outdated_change_says_that_it_must_be_rebased(published, clinician, colleague, moderator):
    mine = cast.submit(cast.make_edit(published, clinician))
    assert row_of(mine, moderator).waits_on == CLINICIAN.label
    cast.approve(cast.submit(cast.make_edit(published, colleague, summary="Other words.")), moderator)

    row = row_of(mine, moderator)

    assert (row.waits_on, row.signed_so_far) == ("page moved on, must be rebased", "")
