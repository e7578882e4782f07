"""Finding people by name, role and the state of their account."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.reviewing import words
from wiki.acts.people import suspension
from wiki.models import Role, User, clock
from wiki.text.days import day_in_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client, administrator):
    """Return the browser of an administrator, in a wiki with accounts of every sort."""
    trained = cast.make_user("trained", Role.MODERATOR, "Toni Trained")
    cast.make_qualified(trained, "neurology")
    late = cast.make_user("late", Role.CLINICIAN, "Lou Late")
    cast.make_qualified(late, "neurology", until=dt.date(2020, 1, 1))
    # Revoked, long before the day until which it was to count.
    revoked = cast.make_user("revoked", Role.CLINICIAN, "Rae Revoked")
    registration = cast.make_qualified(revoked, "neurology")
    registration.ended_at, registration.ended_reason = clock.now(), "The register has removed the entry."
    registration.save()
    User.objects.filter(pk__in=(late.pk, revoked.pk)).update(role=Role.MODERATOR)
    away = cast.make_user("away", Role.CLINICIAN, "Ari Away")
    away.suspended_until, away.suspended_reason = clock.now() + dt.timedelta(days=3), "Why."
    away.save()
    gone = cast.make_user("gone", Role.READER, "Gil Gone")
    gone.is_active = False
    gone.save()
    client.force_login(administrator)
    return client


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"role": "moderator"}, {"trained", "late", "revoked"}),
        ({"role": "moderator", "state": "unverified"}, {"late", "revoked"}),
        ({"role": "moderator", "state": "unverified", "q": "toni"}, set()),
        ({"state": "suspended"}, {"away"}),
        ({"state": "closed"}, {"gone"}),
        ({"role": "clinician", "state": "open"}, set()),
        ({"q": "gil"}, {"gone"}),
    ],
)
def test_people_are_filtered_by_role_and_state(people, asked, found):
    answer = people.get(reverse("roles"), asked)

    shown = {one.username for one in answer.context["people"]}
    assert shown & {"trained", "late", "revoked", "away", "gone"} == found
    assert b"Show everybody" in answer.content


def test_the_log_of_roles_tells_days_in_words(client, clinician, administrator):
    until = timezone.localdate() + dt.timedelta(days=3)
    suspension.suspend(clinician, by=administrator, reason="A complaint is looked into.", until=until)
    client.force_login(administrator)

    said = words(client.get("/accounts/roles/"))

    assert f"until {day_in_words(until)}: A complaint is looked into." in said
    assert f"{until}" not in said


def test_a_closed_account_says_whom_to_ask(client):
    answer = client.get("/accounts/inactive/")

    assert 'href="/contact/"' in answer.content.decode()
