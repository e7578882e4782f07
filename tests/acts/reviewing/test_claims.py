"""Saying that one is looking at a submission: it runs out, it stops nobody, a verdict ends it."""

import datetime as dt

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import claims, review
from wiki.models import Claim, Event
from wiki.policy.refusal import Refused


@remembered
def waiting(published, clinician):
    """Return a change of the page that waits for review."""
    return cast.propose_change(published, clinician)


def expire(claim):
    Claim.objects.filter(pk=claim.pk).update(until=claim.since)


def test_a_claim_holds_for_two_hours_and_is_logged(waiting, moderator):
    made = claims.claim(waiting.pk, by=moderator)

    assert made.until - made.since == dt.timedelta(hours=2)
    assert claims.held_of(waiting) == made
    assert Event.objects.filter(act="claim", revision=waiting, actor=moderator).count() == 1


def test_renewing_a_claim_keeps_its_start(waiting, moderator):
    first = claims.claim(waiting.pk, by=moderator)

    again = claims.claim(waiting.pk, by=moderator)

    assert again.since == first.since
    assert again.until > first.until


def test_a_second_claim_is_refused_until_the_first_expires(waiting, moderator, second_moderator):
    held = claims.claim(waiting.pk, by=moderator)
    with pytest.raises(Refused, match=r"Dr Amara Osei is looking at this until .* You may still"):
        claims.claim(waiting.pk, by=second_moderator)
    expire(held)

    taken = claims.claim(waiting.pk, by=second_moderator)

    assert taken.person == second_moderator
    assert taken.since > held.since


def test_a_claim_does_not_stop_another_moderators_approval(waiting, moderator, second_moderator):
    claims.claim(waiting.pk, by=moderator)

    assert cast.approve(waiting, second_moderator).revision == waiting


def test_a_verdict_ends_the_claim_of_its_giver(waiting, moderator):
    claims.claim(waiting.pk, by=moderator)

    review.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    assert not Claim.objects.exists()


def test_releasing_a_claim_frees_the_submission(waiting, moderator, second_moderator):
    claims.claim(waiting.pk, by=moderator)

    claims.release(waiting.pk, by=moderator)

    assert claims.held_of(waiting) is None
    assert Event.objects.filter(act="release", revision=waiting).exists()
    with pytest.raises(Refused, match="You had not claimed this"):
        claims.release(waiting.pk, by=second_moderator)


def test_authors_readers_and_moderators_of_decided_work_cannot_claim(
    waiting, clinician, moderator, second_moderator
):
    with pytest.raises(Refused, match="among the authors"):
        claims.claim(waiting.pk, by=clinician)
    review.reject(waiting.pk, by=moderator, reason="No source.")

    with pytest.raises(Refused, match="was first"):
        claims.claim(waiting.pk, by=second_moderator)
