"""An administrator chooses whose training counts as treating; the log keeps it."""

import pytest
from django.urls import reverse

from tests import cast
from wiki.acts.people import signers
from wiki.models import Event, Role
from wiki.policy import signing_choices
from wiki.policy.needs import TREATING
from wiki.policy.refusal import Refused

pytestmark = pytest.mark.django_db

DOSE = "## Treatment\n\nAdults take 5 mg twice a day."


def choose(client, *specialties, reason="We are a wiki on the heart."):
    return client.post(reverse("choose-signers"), {"specialties": specialties, "reason": reason})


def test_a_chosen_specialty_can_sign_for_treatment(client, administrator, published, clinician, moderator):
    client.force_login(administrator)
    heart = cast.make_user("heart", Role.MODERATOR)
    cast.make_qualified(heart, "cardiology")
    before = cast.propose_change(published, clinician, body=DOSE)
    assert "cardiology" not in before.requirements.get(label=TREATING.label).specialties

    assert choose(client, "cardiology").status_code == 302

    other = cast.make_page(clinician, moderator, "Another page")
    after = cast.propose_change(other, clinician, body=DOSE)
    assert "cardiology" in after.requirements.get(label=TREATING.label).specialties
    assert cast.sign(after, moderator) is None
    assert cast.sign(after, heart) is not None
    assert "cardiology" not in before.requirements.get(label=TREATING.label).specialties
    line = Event.objects.get(act="choose_signers")
    assert (line.actor, line.data["before"], line.data["after"]) == (administrator, [], ["cardiology"])
    assert "We are a wiki on the heart." in client.get(reverse("choose-signers")).content.decode()


def test_the_fixed_specialties_always_count(administrator):
    with pytest.raises(Refused, match="counts already"):
        signers.choose_treating(["neurology"], by=administrator, reason="Why.")
    with pytest.raises(Refused, match="so already"):
        signers.choose_treating([], by=administrator, reason="Why.")
    assert {*TREATING.specialties} <= {*signing_choices.as_chosen([TREATING])[0].specialties}


@pytest.mark.parametrize(
    ("specialties", "reason"), [(["neurology"], "Why."), (["astrology"], "Why."), (["cardiology"], " ")]
)
def test_an_invalid_choice_of_specialties_is_refused(client, administrator, specialties, reason):
    client.force_login(administrator)

    assert choose(client, *specialties, reason=reason).status_code == 422
    assert not Event.objects.filter(act="choose_signers").exists()


@pytest.mark.parametrize("role", [Role.READER, Role.CLINICIAN, Role.MODERATOR, Role.AUDITOR])
def test_only_administrators_choose_specialties(client, role):
    client.force_login(cast.make_user("somebody", role))

    assert choose(client, "cardiology").status_code == 403
    assert client.get(reverse("choose-signers")).status_code == 403
