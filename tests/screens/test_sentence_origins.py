"""Who wrote and approved each sentence of a page."""

from tests import cast
from tests.acts.safety.correcting import DOSE, SAFE, corrected
from wiki.acts.reviewing import review
from wiki.screens.sentence_origins import sentence_origins

FIRST = "## Signs\n\nIt aches. It itches.\n\n| Sign | When |\n|---|---|\n| Cough | at night |\n"
SECOND = FIRST.replace("It itches.", "It itches. It stings.")
MOVED = f"## Other\n\nIt itches.\n\n{FIRST.replace(' It itches.', ' It stings.')}"


def published_with(page, author, moderator, body):
    return cast.approve(cast.submit(cast.make_edit(page, author, body=body)), moderator)


def told(page):
    """Return each sentence of the body with the numbers of the versions that have it, and have it there."""
    return {
        one.sentence: (
            one.written and one.written.revision.number,
            one.placed and one.placed.revision.number,
        )
        for one in sentence_origins(page)
        if one.section
    }


def test_each_sentence_has_the_version_that_brought_it_with_its_writers_and_signers(
    published, clinician, colleague, moderator, second_moderator
):
    published_with(published, clinician, moderator, FIRST)
    published_with(published, colleague, second_moderator, SECOND)
    published_with(published, clinician, moderator, MOVED)

    found = {one.sentence: one for one in sentence_origins(published)}

    assert told(published) == {
        "It itches.": (2, 4),
        "It aches.": (2, 2),
        "It stings.": (3, 3),
        "Sign | When": (2, 2),
        "Cough | at night": (2, 2),
    }
    assert found["It itches."].has_moved
    stings = found["It stings."].written
    assert stings
    assert stings.approved
    assert [one.name for one in stings.writers] == [str(colleague)]
    assert str(second_moderator) in [one.name for one in stings.approved.by]


def test_words_that_come_back_count_from_then(published, clinician, colleague, moderator):
    published_with(published, clinician, moderator, SECOND)
    published_with(published, clinician, moderator, FIRST)
    back = published_with(published, colleague, moderator, SECOND)

    assert told(published)["It stings."] == (back.revision.number, back.revision.number)
    assert told(published)["It aches."] == (2, 2)


def test_what_stands_in_for_a_corrected_passage_is_of_no_version(
    published, clinician, moderator, second_moderator
):
    page = cast.make_page(clinician, moderator, "Tetany", body=f"## What helps\n\nIt aches.\n\n{DOSE}")
    corrected(page, moderator, second_moderator)

    assert told(page) == {"It aches.": (1, 1), SAFE: (None, None)}


def test_nothing_is_told_of_a_page_without_a_text(published, second_moderator):
    review.unapprove(published.published_page.publication.revision_id, by=second_moderator, reason="Wrong.")

    assert sentence_origins(published) == []
