"""The whole page was reviewed, and the last change approved: two facts that never become one."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.reviewing import approved_change, standing_of
from wiki.acts.reviewing import review
from wiki.acts.safety import suppression
from wiki.acts.writing import drafts
from wiki.models import Publication, PublishedPage
from wiki.policy.review_state import ends_whole_page_review

STARTER = "Starter content, not yet reviewed by a clinician"


def names(people):
    return [one.name for one in people]


@pytest.fixture
def starter(db):
    return cast.load_page("Headache", body="## What it is\n\nOne.\n\nTwo is new.\n\nThree.\n\nFour.")


# Approving a change leaves the first fact as it was.


def test_approving_a_change_leaves_starter_content_unreviewed(starter, clinician, moderator):
    approved_change(starter, clinician, moderator, summary="Plainer words.")
    approved_change(starter, clinician, moderator, summary="Plainer words still.")

    standing = standing_of(starter)
    assert (standing.code, standing.whole, standing.due, standing.changes) == ("unreviewed", None, "", 2)
    assert standing.sentence.startswith(f"{STARTER}; 2 changes approved, the last by Dr Amara Osei")
    assert standing.change.number == 3


def test_an_approved_new_page_is_unreviewed_as_a_whole(published):
    standing = standing_of(published)

    assert (standing.code, standing.whole) == ("unreviewed", None)
    assert standing.sentence.startswith("Not yet reviewed as a whole; approved by Dr Amara Osei")
    assert PublishedPage.objects.get(page=published).due_on is None


def test_a_whole_page_review_ends_the_starter_notice(starter, second_moderator):
    made = cast.review_whole(starter, second_moderator)

    standing = standing_of(starter)
    assert (standing.code, standing.whole.number, standing.change, standing.changes) == (
        "current",
        1,
        None,
        0,
    )
    assert names(standing.whole.by) == ["Dr Lena Fischer"]
    assert standing.whole.due == made.due_on
    assert standing.sentence.startswith("Whole page reviewed by Dr Lena Fischer, neuropathologist")


def test_only_a_whole_page_review_that_is_there_can_be_ended(starter, clinician, second_moderator):
    change = cast.make_edit(starter, clinician, title="Other", body="Nothing of it.", summary="Other.")
    live = Publication.objects.live_of(starter)
    assert live is not None

    assert not ends_whole_page_review(change, live)
    assert not ends_whole_page_review(change, None)
    cast.review_whole(starter, second_moderator)
    assert ends_whole_page_review(change, Publication.objects.live_of(starter))


def test_a_later_change_does_not_renew_the_review(starter, clinician, moderator, second_moderator):
    made = cast.review_whole(starter, second_moderator)
    approved_change(starter, clinician, moderator, summary="Plainer.")
    approved_change(starter, clinician, moderator, summary="Plainer still.")

    standing = standing_of(starter)
    assert (standing.whole.number, standing.whole.due, standing.number) == (1, made.due_on, 3)
    assert names(standing.whole.by) == ["Dr Lena Fischer"]
    assert (standing.changes, names(standing.change.by)) == (2, ["Dr Amara Osei"])
    assert "(version 1); 2 changes approved since, the last by Dr Amara Osei" in standing.sentence


def test_a_new_whole_page_review_resets_the_count_of_changes(starter, clinician, moderator, second_moderator):
    cast.review_whole(starter, second_moderator)
    approved_change(starter, clinician, moderator, summary="Plainer.")

    cast.review_whole(starter, moderator)

    standing = standing_of(starter)
    assert (standing.whole.number, standing.changes, names(standing.whole.by)) == (2, 0, ["Dr Amara Osei"])
    assert "; last change approved by Dr Amara Osei" in standing.sentence
    approved_change(starter, clinician, second_moderator, summary="And plainer.")
    assert standing_of(starter).changes == 1


def test_an_approved_change_does_not_end_overdue(starter, clinician, moderator, second_moderator):
    cast.review_whole(starter, second_moderator)
    approved_change(starter, clinician, moderator, summary="Plainer.")

    with time_machine.travel(timezone.now() + dt.timedelta(days=366 * 6)):
        assert standing_of(starter).code == "overdue"
        assert PublishedPage.objects.overdue(timezone.localdate()).count() == 1


# Bringing back, taking back, rewriting.


@pytest.mark.parametrize("words", ["{}", "{} ", "{}\n"], ids=["exact", "a space", "a line end"])
def test_restoring_an_unreviewed_text_never_makes_it_reviewed(
    starter, clinician, moderator, second_moderator, words
):
    first = Publication.objects.open().get(page=starter).revision.document
    approved_change(starter, clinician, moderator, body=first.body.replace("Two is", "Two may be"))
    cast.review_whole(starter, second_moderator)
    assert standing_of(starter).code == "current"

    approved_change(starter, clinician, moderator, body=words.format(first.body))

    assert standing_of(starter).sentence.startswith(f"{STARTER}; 1 change approved")
    approved_change(starter, clinician, moderator, summary="One more word.")
    assert standing_of(starter).whole is None


def test_restoring_a_reviewed_text_restores_its_review(starter, clinician, moderator, second_moderator):
    first = Publication.objects.open().get(page=starter).revision.document
    cast.review_whole(starter, second_moderator)
    approved_change(starter, clinician, moderator, summary="Plainer.")

    approved_change(starter, clinician, moderator, summary=first.summary)

    standing = standing_of(starter)
    assert (standing.whole.number, standing.changes, standing.number) == (1, 0, 3)


def test_rewriting_a_reviewed_page_ends_its_review(starter, clinician, moderator, second_moderator):
    cast.review_whole(starter, second_moderator)

    approved_change(
        starter, clinician, moderator, body="## Something\n\nQuite other words.\n\nAnd more.\n\nAnd again."
    )

    standing = standing_of(starter)
    assert (standing.whole, standing.unreviewed) == (None, "Not yet reviewed as a whole")


def test_taking_back_restores_the_earlier_review_state(starter, clinician, moderator, second_moderator):
    first = approved_change(starter, clinician, moderator, summary="Plainer.")
    cast.review_whole(starter, second_moderator)
    second = approved_change(starter, clinician, moderator, summary="Plainer still.")
    assert standing_of(starter).changes == 1

    review.unapprove(second.revision_id, by=moderator, reason="Wrong.")
    assert (standing_of(starter).whole.number, standing_of(starter).changes) == (2, 0)

    review.unapprove(first.revision_id, by=moderator, reason="Wrong, too.")
    assert standing_of(starter).sentence == STARTER


def test_a_review_ends_when_nothing_of_what_it_was_on_is_published(
    starter, clinician, moderator, second_moderator
):
    """Where everything was hidden or found wrong, nobody has read the next text as a whole."""
    reviewed = cast.review_whole(starter, second_moderator).revision
    wrong = approved_change(starter, clinician, moderator, summary="Plainer.")
    suppression.suppress(reviewed.pk, by=moderator, reason="It names somebody.")
    review.unapprove(wrong.revision_id, by=moderator, reason="Wrong.")
    assert not Publication.objects.open().filter(page=starter).exists()

    approved_change(starter, clinician, second_moderator, summary="Plainer still.")

    assert standing_of(starter).whole is None


def test_a_reverted_text_loses_its_review_when_approved_again(
    published, clinician, moderator, second_moderator
):
    cast.review_whole(published, second_moderator)
    revision = Publication.objects.open().get(page=published).revision
    review.unapprove(revision.pk, by=moderator, reason="Wrong.")

    draft = drafts.edit(published, author=clinician)
    cast.approve(cast.submit(draft), moderator)

    assert standing_of(published).whole is None


# Who signed what still stands.


def test_earlier_signers_are_named_while_part_of_their_text_remains(
    published, clinician, moderator, second_moderator
):
    body = "## What it is\n\nA first paragraph.\n\nA second paragraph.\n\nA third paragraph."
    approved_change(published, clinician, second_moderator, body=f"{body}\n\nHers alone.")
    approved_change(published, clinician, moderator, summary="Other words.")

    earlier = standing_of(published).earlier
    assert [(one.number, names(one.by)) for one in earlier] == [
        (1, ["Dr Amara Osei"]),
        (2, ["Dr Lena Fischer"]),
    ]

    approved_change(published, clinician, moderator, body=body)
    assert [one.number for one in standing_of(published).earlier] == [1, 3]
