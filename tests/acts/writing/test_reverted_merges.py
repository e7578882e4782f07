"""Merges of two pages that were published and are reverted, or were rebased and are turned down."""

import pytest

from tests import cast
from tests.acts.writing.test_page_merge import live, not_as_derived, retiring_half, states, troubles
from wiki.acts.reviewing import review
from wiki.acts.safety import suppression
from wiki.acts.writing import retirement
from wiki.domain.lifecycle import State
from wiki.models import Publication, Verdict
from wiki.policy.refusal import Refused


@pytest.mark.parametrize("which", [0, 1])
def test_taking_back_a_merge_takes_back_both_halves(published, stays, merging, moderator, which):
    before = live(stays), live(published)
    cast.approve(merging[0], moderator)

    review.unapprove(merging[which].pk, by=moderator, reason="Wrong.")

    assert (live(stays), live(published)) == before
    assert states(*merging) == [State.UNAPPROVED, State.UNAPPROVED]
    published.refresh_from_db()
    assert published.replaced_by is None
    assert not troubles()
    assert not not_as_derived()


def test_taking_back_the_return_of_a_merged_page_does_not_retire_it(
    published, stays, merging, clinician, moderator
):
    cast.approve(merging[0], moderator)
    back = cast.approve(retirement.bring_back(published, by=clinician, note="Why."), moderator).revision

    review.unapprove(merging[0].pk, by=moderator, reason="Wrong.")
    assert live(published) == back
    review.unapprove(back.pk, by=moderator, reason="Wrong too.")

    assert live(published).document.retirement is None
    assert not troubles()


def test_taking_back_a_merge_after_a_later_change_is_refused(published, stays, merging, colleague, moderator):
    cast.approve(merging[0], moderator)
    cast.approve(cast.propose_change(stays, colleague), moderator)

    with pytest.raises(Refused, match="Bring this page back"):
        review.unapprove(merging[1].pk, by=moderator, reason="Wrong.")


def test_the_retiring_half_of_a_merge_is_not_reverted_once_its_page_was_brought_back(
    published, stays, merging, clinician, moderator
):
    cast.approve(merging[0], moderator)
    back = cast.approve(retirement.bring_back(published, by=clinician, note="Why."), moderator).revision

    with pytest.raises(Refused, match="This version is not the published one"):
        review.unapprove(merging[1].pk, by=moderator, reason="Wrong.")

    assert (live(stays), live(published)) == (merging[0], back)
    assert states(*merging) == [State.APPROVED, State.APPROVED]


def test_a_merge_is_reverted_when_readers_see_nothing_of_the_page_that_went(
    published, stays, merging, clinician, moderator
):
    """It was brought back, and then all that was ever published of it was hidden or reverted."""
    first, before = live(published), live(stays)
    cast.approve(merging[0], moderator)
    back = cast.approve(retirement.bring_back(published, by=clinician, note="Why."), moderator).revision
    for one in (first, merging[1]):
        suppression.suppress(one.pk, by=moderator, reason="It names a patient.")
    review.unapprove(back.pk, by=moderator, reason="Wrong.")
    assert Publication.objects.live_of(published) is None

    review.unapprove(merging[0].pk, by=moderator, reason="Wrong too.")

    assert live(stays) == before
    assert Publication.objects.live_of(published) is None
    assert states(*merging) == [State.UNAPPROVED, State.UNAPPROVED]
    assert not troubles()
    assert not not_as_derived()


@pytest.mark.parametrize(
    ("act", "state"),
    [(review.reject, State.REJECTED), (review.request_changes, State.CHANGES_REQUESTED)],
)
def test_turning_down_a_rebased_merge_turns_down_both_halves_of_what_it_was_rebased_from(
    stays, merging, colleague, moderator, act, state
):
    body = live(stays).document.body + "\n\nA fourth paragraph."
    cast.approve(cast.propose_change(stays, colleague, body=body), moderator)
    merged = review.rebase(merging[0].pk, by=moderator)

    act(merged.pk, by=moderator, reason="They are two things.")

    whole = [*merging, merged, retiring_half(merged)]
    assert set(states(*whole)) == {state}
    given = Verdict.objects.filter(revision__in=whole)
    assert {(one.revision_id, one.digest, one.reason) for one in given} == {
        (one.pk, one.digest, "They are two things.") for one in whole
    }
    assert given.count() == len(whole)
    assert not troubles()
