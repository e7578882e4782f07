"""Approving asks for a verified registration in force; the rest of reviewing does not."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import cast
from tests.reviewing import at, signed_in, verdict_on, words
from wiki.acts.people import credentials
from wiki.acts.reviewing import review
from wiki.models import Credential, clock
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.queue_rows import waiting_for


@pytest.fixture
def waiting(published, clinician):
    return cast.propose_change(published, clinician)


def end_all_of(person, administrator):
    for one in Credential.objects.filter(person=person):
        credentials.revoke(one.pk, by=administrator, reason="It has ended.")


@pytest.mark.parametrize("how", ["revoked", "never verified"])
def test_a_moderator_without_registration_cannot_approve_and_is_told_why(
    how, waiting, moderator, administrator
):
    end_all_of(moderator, administrator)
    if how == "never verified":
        credentials.enter(moderator, profession="physician", specialties=[], body="Council", number="7")
    desk = signed_in(moderator)

    screen = words(desk.get(at("review", waiting)))
    posted = desk.post(at("approve", waiting), verdict_on(waiting))

    assert "Nobody approves here without a registration" in screen
    assert "Enter it on your profile" in screen
    assert not waiting.verdicts.exists()
    assert posted.status_code == 409
    with pytest.raises(Refused, match="has verified"):
        cast.sign(waiting, moderator)
    assert [one.can_sign for one in waiting_for(moderator)] == [False]


def test_a_moderator_without_registration_cannot_sign_for_a_whole_page(
    clinician, moderator, second_moderator, administrator, settings
):
    drug = cast.make_page(clinician, second_moderator, "Ranoxol", kind="drug", body="Words on it.")
    end_all_of(moderator, administrator)

    screen = words(signed_in(moderator).get(reverse("review-page", args=["ranoxol"])))
    with pytest.raises(Refused, match="Nobody signs for a whole page here"):
        cast.review_whole(drug, moderator)

    assert "Nobody signs for a whole page here" in screen
    settings.REGISTRATION_REQUIRED = False
    assert cast.review_whole(drug, moderator).missing


def test_a_registration_counts_through_its_last_day(waiting, moderator, administrator):
    end_all_of(moderator, administrator)
    cast.make_qualified(moderator, until=clock.now().date() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="has run out"):
        cast.sign(waiting, moderator)

    cast.make_qualified(moderator, until=clock.now().date())

    assert cast.sign(waiting, moderator) is not None


def test_a_moderator_without_registration_can_request_changes(waiting, moderator, administrator):
    end_all_of(moderator, administrator)

    verdict = review.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    assert verdict.reviewer == moderator


def test_the_registration_requirement_can_be_switched_off_and_the_site_says_so(
    client, settings, waiting, moderator, administrator
):
    said = words(client.get(reverse("about-review")))
    assert "Nobody approves anything without a registration" in said
    end_all_of(moderator, administrator)

    settings.REGISTRATION_REQUIRED = False

    assert cast.sign(waiting, moderator) is not None
    assert "This wiki does without." in words(client.get(reverse("about-review")))


@pytest.mark.parametrize("was_false", [True, False])
def test_a_signature_given_with_a_false_registration_does_not_count(
    was_false, published, clinician, moderator, second_moderator, administrator
):
    draft = cast.make_edit(published, clinician, summary="Other plain words, once more.")
    waiting = cast.submit(draft, impact="safety", meaning="Some people took too much.")
    cast.sign(waiting, moderator)
    registrations = reverse("revoke-registration", args=[Credential.objects.filter(person=moderator)[0].pk])
    posted = {"reason": "The register does not know them.", **({"was_false": "on"} if was_false else {})}

    signed_in(administrator).post(registrations, posted)

    (row,) = waiting_for(second_moderator)
    (given,) = row.signatures.given
    why = "the registration that it was given with was revoked as false" if was_false else ""
    assert given.why_not == why
    assert (
        why in words(signed_in(second_moderator).get(at("review", waiting)))
    ) is was_false or not was_false
    told = words(signed_in(moderator).get(reverse("notices")))
    assert ("What you signed with it does not count any more." in told) is was_false
    cast.sign(waiting, second_moderator)
    waiting.refresh_from_db()
    assert waiting.state == ("submitted" if was_false else "approved")
