"""A retracted work stops what a change adds or touches, and nothing else on the pages that cite it."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, signed_in, words
from wiki.acts.safety import corrections
from wiki.acts.upkeep import retractions
from wiki.acts.writing import drafts
from wiki.models import Correction, NoticeNature, PublishedPage, Source
from wiki.policy.refusal import NotReady
from wiki.text.document import Document

KEY = "[@pmid:22327515]"
FIRST, SECOND, THIRD = (
    f"{one} says what the study found out {KEY}." for one in ("The first", "The second", "The third")
)
BODY = f"## What it is\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n\nNothing rests on anything in this one."


@remembered
def resting(published, clinician, moderator):
    """Return a page three passages of which rest on a work that is retracted now."""
    source = cast.make_source(clinician)
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=BODY)), moderator)
    retractions.keep_notice(source.pk, nature=NoticeNature.RETRACTION)
    return published


def change(page, author, body=BODY, **changes):
    return cast.submit(cast.make_edit(page, author, body=body, **changes))


ALLOWED = {
    "another summary": (BODY, {"summary": "Other plain words."}),
    "another passage": (BODY.replace("Nothing rests", "Little rests"), {}),
    "one of three mended": (BODY.replace(SECOND, "The second says nothing any more."), {}),
    "one admitted": (BODY.replace(SECOND, f"The second rests on a retracted study {KEY}."), {}),
    "one mended, one touched": (
        BODY.replace(SECOND, "Gone.").replace("The third says", "The third said"),
        {},
    ),
    "in another order": (BODY.replace(FIRST, "…").replace(THIRD, FIRST).replace("…", THIRD), {}),
    "all mended": (BODY.replace("what the study", "what the retracted study"), {}),
}
STOPPED = {
    "touched": BODY.replace("The third says", "The third said"),
    "one more": f"{BODY}\n\nThe fourth says what the study found out {KEY}.",
    "copied": f"{BODY}\n\n{FIRST}",
    "joined": BODY.replace(f"{FIRST}\n\n", f"{FIRST} And it is so. "),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_change_that_adds_nothing_on_a_retracted_source_is_accepted(resting, clinician, moderator, name):
    body, changes = ALLOWED[name]

    sent = change(resting, clinician, body, **changes)
    cast.approve(sent, moderator)

    assert PublishedPage.objects.get(page=resting).publication.revision == sent


@pytest.mark.parametrize("name", STOPPED)
def test_a_change_that_adds_or_edits_text_on_a_retracted_source_is_refused(resting, clinician, name):
    with pytest.raises(NotReady, match="is retracted, and "):
        change(resting, clinician, STOPPED[name])


def test_a_statement_on_a_retracted_source_blocks_only_its_own_changes(published, clinician, moderator):
    source = cast.make_source(clinician)
    others = [cast.make_page(clinician, moderator, kind="symptom") for _ in range(2)]
    rows = tuple(cast.statement(one) for one in others)
    cast.approve(cast.submit(cast.make_edit(published, clinician, statements=rows)), moderator)
    retractions.keep_notice(source.pk, nature=NoticeNature.RETRACTION)

    cast.approve(change(published, clinician, "A first paragraph.", statements=rows), moderator)
    cast.approve(change(published, clinician, "A first paragraph.", statements=rows[1:]), moderator)
    draft = cast.make_edit(published, clinician, statements=(cast.statement(others[1], grade="high"),))
    with pytest.raises(NotReady, match="this statement rests on it"):
        cast.submit(draft)


def test_a_new_page_on_a_retracted_source_is_refused(resting, clinician, moderator):
    with pytest.raises(NotReady):
        cast.submit(drafts.propose(cast.document(body=FIRST), author=clinician))


def test_a_source_retracted_while_a_change_waits_stops_its_approval(published, clinician, moderator):
    source = cast.make_source(clinician)
    waiting = change(published, clinician, f"A first paragraph {KEY}.")
    retractions.keep_notice(source.pk, nature=NoticeNature.RETRACTION)

    with pytest.raises(NotReady):
        cast.sign(waiting, moderator)


def test_a_safety_correction_passes_its_full_review(resting, clinician, moderator, second_moderator):
    better = f"The first says what one study found out, which nobody has found again {KEY}."
    proposed = corrections.propose(
        resting, by=moderator, passage=FIRST, replacement=better, reason="Overstated."
    )
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)
    sent = Correction.objects.get().follow_up
    assert sent is not None

    screen = words(signed_in(second_moderator).get(at("review", sent)))
    cast.approve(sent, second_moderator)

    assert "Must be fixed" not in screen
    assert "Look at: Something rests on a retracted source" in screen
    assert better in PublishedPage.objects.get(page=resting).publication.revision.document.body


def test_a_change_built_on_a_correction_cannot_cite_the_retracted_source_anew(
    resting, clinician, moderator, second_moderator
):
    proposed = corrections.propose(resting, by=moderator, passage=FIRST, replacement="", reason="Wrong.")
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)
    follow_up = Correction.objects.get().follow_up
    assert follow_up is not None
    draft = drafts.build_on(follow_up, author=clinician)
    added = f"{BODY.replace(FIRST, '')}\n\nThe fourth {KEY}.\n\nThe fifth {KEY}."

    with pytest.raises(NotReady):
        cast.submit(drafts.save(draft, Document(**{**vars(draft.document), "body": added}), by=clinician))


def test_author_and_reviewer_see_the_remaining_retracted_citations(resting, clinician, moderator):
    sent = change(resting, clinician, BODY.replace(SECOND, "The second says nothing any more."))

    for person in (clinician, moderator):
        screen = words(signed_in(person).get(at("review", sent)))
        assert "Must be fixed" not in screen
        assert "Something rests on a retracted source" in screen
        assert "2 in version 2 too" in screen


def test_a_refusal_lists_eight_places_and_counts_the_others(resting, clinician):
    body = BODY.replace("says what", "said what") + "".join(
        f"\n\nMore of this, no. {n} {KEY}." for n in range(5)
    )

    with pytest.raises(NotReady) as refusal:
        change(resting, clinician, body)

    assert len(refusal.value.problems) == 8
    assert str(refusal.value).endswith("And 5 more; the checks list them all.")
    assert Source.objects.get().title in str(refusal.value)
