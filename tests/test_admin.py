"""Django's admin: accounts are looked after there, content is only shown."""

from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import recovery
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.admin import site
from wiki.models import Event, Letter, User
from wiki.policy.refusal import Refused

SHOWN = ["user", "revision", "verdict", "publication", "source", "event", "letter"]


@pytest.fixture
def office(client, administrator):
    """Return the browser of an administrator."""
    client.force_login(administrator)
    return client


@remembered
def everything(published, clinician, colleague, moderator):
    """Return a wiki that has a row for every table of the admin."""
    source = cast.make_source(clinician)
    cast.make_page(clinician, moderator, "Cause", statements=(cast.statement(published),))
    drafts.propose(cast.document("Secret draft"), author=clinician)
    cast.submit(cast.make_edit(published, clinician, title="Secret waiting"))
    rejected = cast.submit(cast.make_edit(published, colleague, title="Secret rejected"))
    review.reject(rejected.pk, by=moderator, reason="Secret reason.")
    return source


def person_form(person, **changes):
    kept = {"name": person.name, "profession": person.profession, "about": "", "email": person.email}
    kept |= {"is_active": "on", "reason": "They asked for it."}
    return {**kept, **changes}


@pytest.mark.parametrize("table", SHOWN)
def test_every_table_is_shown_and_none_can_be_added_to_or_deleted_from(office, everything, table):
    rows = office.get(reverse(f"admin:wiki_{table}_changelist"))

    assert rows.status_code == HTTPStatus.OK
    assert office.get(reverse(f"admin:wiki_{table}_add")).status_code == HTTPStatus.FORBIDDEN
    for row in rows.context["cl"].queryset:
        one = reverse(f"admin:wiki_{table}_change", args=[row.pk])
        assert office.get(one).status_code == HTTPStatus.OK
        gone = reverse(f"admin:wiki_{table}_delete", args=[row.pk])
        assert office.post(gone, {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN
        if table != "user":
            assert office.post(one, {"title": "Other", "text": "Other"}).status_code == HTTPStatus.FORBIDDEN


def test_only_the_listed_models_are_registered():
    assert {model._meta.model_name for model in site._registry} == set(SHOWN)


@pytest.mark.parametrize("table", SHOWN)
def test_an_administrator_sees_no_more_than_a_reader(office, everything, table):
    rows = office.get(reverse(f"admin:wiki_{table}_changelist"))
    said = rows.content.decode()
    for row in rows.context["cl"].queryset:
        said += office.get(reverse(f"admin:wiki_{table}_change", args=[row.pk])).content.decode()

    assert "Secret" not in said


def test_an_account_is_corrected_but_its_role_is_not_granted_here(office, clinician):
    address = reverse("admin:wiki_user_change", args=[clinician.pk])

    words = {"role": "administrator", "is_staff": "on", "is_superuser": "on", "username": "other"}
    office.post(address, person_form(clinician, name="Dr I. Albrecht", **words))

    clinician.refresh_from_db()
    assert (clinician.name, clinician.role, clinician.username) == (
        "Dr I. Albrecht",
        "clinician",
        "clinician",
    )
    assert not clinician.is_staff
    assert not clinician.is_superuser
    assert LogEntry.objects.get().object_id == str(clinician.pk)
    line = Event.objects.get(act="change_account")
    assert line.data["changed"] == {"name": ["Dr Ines Albrecht", "Dr I. Albrecht"]}


def test_a_correction_without_a_reason_or_with_a_taken_name_is_refused(office, clinician, moderator):
    address = reverse("admin:wiki_user_change", args=[clinician.pk])

    for changes in ({"reason": ""}, {"name": "Prof. Am\u0430ra Osei"}, {"name": "Causeway"}):
        words = person_form(clinician) | {"name": "Dr I. Albrecht"} | changes
        assert office.post(address, words).status_code == HTTPStatus.OK

    clinician.refresh_from_db()
    assert clinician.name == "Dr Ines Albrecht"


def test_a_closed_account_cannot_sign_in(office, client, clinician):
    EmailAddress.objects.create(user=clinician, email=clinician.email, primary=True, verified=True)
    office.post(reverse("admin:wiki_user_change", args=[clinician.pk]), person_form(clinician, is_active=""))

    assert not User.objects.get(pk=clinician.pk).is_active
    line = Event.objects.get(act="close_account")
    assert (line.person, line.data["changed"]) == (clinician, {"is_active": [True, False]})
    assert line.data["reason"] == "They asked for it."
    assert clinician.notices.filter(event=line).exists()
    client.logout()
    client.post(reverse("account_login"), {"login": "clinician", "password": cast.PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_administrator_removes_a_lost_second_step(office, moderator, administrator):
    address = reverse("admin:wiki_user_change", args=[moderator.pk])
    for kind in Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES:
        Authenticator.objects.create(user=moderator, type=kind, data={})
    other = Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})

    office.post(address, person_form(moderator, forgets_second_step="on", reason="Phone lost, rang up."))

    assert list(Authenticator.objects.all()) == [other]
    line = Event.objects.get(act="reset_second_step")
    assert (line.actor, line.person, line.data["reason"]) == (
        administrator,
        moderator,
        "Phone lost, rang up.",
    )
    assert moderator.notices.filter(event=line).exists()
    again = office.post(address, person_form(moderator, forgets_second_step="on"))
    assert "This account has set up no second step." in again.content.decode()


def test_an_administrator_changes_an_address_and_the_old_one_is_notified(office, clinician, moderator):
    address, before = reverse("admin:wiki_user_change", args=[clinician.pk]), clinician.email
    EmailAddress.objects.create(user=clinician, email=before, primary=True, verified=True)
    # Whoever asked for an address and has not confirmed it yet may still sign in by it.
    EmailAddress.objects.create(user=moderator, email="asked@example.org", primary=False, verified=False)
    for wrong in ("", "nobody", moderator.email.upper(), "Asked@example.org"):
        assert office.post(address, person_form(clinician, email=wrong)).status_code == HTTPStatus.OK
    assert not Event.objects.filter(act="change_address").exists()

    office.post(address, person_form(clinician, email="new@example.org"))

    clinician.refresh_from_db()
    kept = EmailAddress.objects.get(user=clinician)
    assert (clinician.email, kept.email, kept.verified) == ("new@example.org", "new@example.org", False)
    line = Event.objects.get(act="change_address")
    assert before not in str(line.data)
    assert {one.address for one in Letter.objects.filter(subject="Your email address was changed")} == {
        before,
        "new@example.org",
    }


def test_only_another_administrator_restores_access(administrator, moderator, clinician):
    for by, person in ((moderator, clinician), (administrator, administrator)):
        with pytest.raises(Refused, match="administrator"):
            recovery.reset_second_step(person, by=by, reason="Phone lost.")
        with pytest.raises(Refused, match="administrator"):
            recovery.change_address(person, by=by, address="new@example.org", reason="Mailbox lost.")


def test_administrators_cannot_close_their_own_account(office, administrator):
    address = reverse("admin:wiki_user_change", args=[administrator.pk])

    answer = office.post(address, person_form(administrator, is_active=""))

    assert answer.status_code == HTTPStatus.FORBIDDEN
    administrator.refresh_from_db()
    assert administrator.is_active


@pytest.mark.django_db
def test_the_admin_redirects_to_the_general_sign_in(client):
    assert client.get(reverse("admin:index")).url == f"{reverse('account_login')}?next=/admin/"
    assert client.post(reverse("admin:login"), {"username": "a", "password": "b"}).url == "/admin/"


@pytest.mark.parametrize(
    ("here", "there"), [("logout", "account_logout"), ("password_change", "account_change_password")]
)
def test_admin_sign_out_and_password_pages_redirect_to_the_site(office, here, there):
    assert office.post(reverse(f"admin:{here}")).url == reverse(there)
