"""What the review screen says in words of one submission."""

from tests import cast
from wiki.acts.reviewing import claims, review
from wiki.acts.writing import drafts, submission
from wiki.screens.reviewing.review import open_review_screen


def built_on(beneath, author, summary):
    """Return what somebody sent in on top of what waits."""
    draft = drafts.build_on(beneath, author=author)
    return cast.submit(drafts.save(draft, cast.document("Hypoparathyroidism", summary=summary), by=author))


def test_authors_are_joined_with_commas_and_and(published, clinician, colleague, moderator, second_moderator):
    first = cast.submit(cast.make_edit(published, clinician, summary="One."))
    second = built_on(first, colleague, "Two.")
    third = built_on(second, moderator, "Three.")

    names = [open_review_screen(one, by=second_moderator).author_names for one in (first, second, third)]

    assert names == [
        "Dr Ines Albrecht",
        "Dr Ines Albrecht and Dr Tomás Rey",
        "Dr Ines Albrecht, Dr Tomás Rey and Dr Amara Osei",
    ]


def test_changed_statements_are_counted_by_kind_of_change(published, clinician, moderator):
    cast.make_source(clinician)
    ends = [cast.make_page(clinician, moderator, title) for title in ("Seizures", "Tetany")]
    plain = cast.submit(cast.make_edit(published, clinician))
    assert open_review_screen(plain, by=moderator).statement_changes == []
    submission.withdraw(plain, by=clinician)

    more = cast.submit(cast.make_edit(published, clinician, statements=tuple(map(cast.statement, ends))))

    assert open_review_screen(more, by=moderator).statement_changes == ["2 added"]


def test_the_published_version_is_named_if_it_is_neither_side_of_the_comparison(
    published, clinician, colleague, moderator
):
    mine = cast.submit(cast.make_edit(published, clinician))
    assert open_review_screen(mine, by=moderator).shown_instead is None
    theirs = cast.submit(cast.make_edit(published, colleague, summary="Other words."))
    cast.approve(theirs, moderator)

    assert open_review_screen(mine, by=moderator).shown_instead == theirs
    assert open_review_screen(theirs, by=moderator).shown_instead is None


def test_a_new_page_names_no_other_published_version(clinician, moderator):
    new = cast.submit(drafts.propose(cast.document("Seizures"), author=clinician))

    assert open_review_screen(new, by=moderator).shown_instead is None


def test_the_screen_has_the_open_claim(published, clinician, moderator, second_moderator):
    waiting = cast.submit(cast.make_edit(published, clinician))
    assert open_review_screen(waiting, by=moderator).claim is None

    made = claims.claim(waiting.pk, by=second_moderator)

    assert open_review_screen(waiting, by=moderator).claim == made


def test_the_comparison_since_last_time_begins_with_the_version_seen(published, clinician, moderator):
    first = cast.submit(cast.make_edit(published, clinician, summary="One."))
    review.request_changes(first.pk, by=moderator, reason="Say more.")
    again = drafts.save(
        drafts.resume(first, author=clinician),
        cast.document("Hypoparathyroidism", summary="Two."),
        by=clinician,
    )
    case = open_review_screen(cast.submit(again), by=moderator)

    whole, since = case.changes_since(None, at=""), case.changes_since(case.last_seen, at="")

    assert whole.old == case.before
    assert since.old is not None
    assert since.old.summary == "One."
