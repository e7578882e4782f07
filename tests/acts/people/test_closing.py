"""Closing an account: who carries on what waits for its person."""

import pytest
from django.urls import reverse

from tests import cast
from wiki.acts.people import accounts, open_work
from wiki.models import Event, Role, User


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


def test_closing_an_account_hands_its_work_to_the_named_colleague(
    office, published, colleague, moderator, clinician
):
    published.owner = moderator
    published.save(update_fields=["owner"])
    change = cast.propose_change(published, clinician)
    office.force_login(moderator)
    office.post(reverse("claim", args=[change.pk]))
    assert open_work.work_of(moderator).claims
    office.force_login(User.objects.get(role=Role.ADMINISTRATOR))

    answer = office.post(
        reverse("admin:wiki_user_change", args=[moderator.pk]),
        {"name": moderator.name, "profession": "", "about": "", "email": moderator.email}
        | {"to": colleague.pk, "reason": "Left the hospital."},
    )

    assert answer.status_code == 302
    work = open_work.work_of(User.objects.get(pk=moderator.pk))
    assert not work.is_any
    assert not work.claims
    published.refresh_from_db()
    assert published.owner == colleague
    assert Event.objects.get(act="close_account").data["reason"] == "Left the hospital."


def test_closing_without_a_colleague_leaves_the_pages_without_owner(published, moderator, administrator):
    published.owner = moderator
    published.save(update_fields=["owner"])
    said = {"name": moderator.name, "profession": "", "about": ""}

    accounts.correct_account(moderator, by=administrator, reason="Left.", is_active=False, **said)

    published.refresh_from_db()
    assert published.owner is None
