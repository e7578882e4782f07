"""Accounts: how people come in, what they say of themselves, what they are trusted with."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast, pictures
from wiki.acts.people import accounts, credentials, disclosures, suspension
from wiki.models import Role, User, Verdict
from wiki.policy import permissions
from wiki.policy.refusal import Refused
from wiki.views.access import moderator_required

NEW = {
    "name": "Dr Nora  Winter",
    "email": "nora@example.org",
    "username": "nora",
    "password1": "a-long-new-password",
    "password2": "a-long-new-password",
}


@pytest.fixture(autouse=True)
def _database(db):
    pass


def confirmed(person):
    """Return the person, whose email address is confirmed."""
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def sign_in(client, login, password=cast.PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def link_in(mail):
    """Return the path of the link in a mail."""
    return re.findall(r"http://testserver(\S+)", mail.body)[0]


def with_second_step(person):
    """Return the secret of an authenticator app that the person has set up."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


# --- Coming in --------------------------------------------------------------------------------------------


def test_a_new_account_has_the_role_reader(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_signup"), NEW | {"role": "administrator", "is_staff": "on"})

    person = User.objects.get(username="nora")
    assert (person.name, person.role, person.is_staff) == ("Dr Nora Winter", Role.READER, False)
    assert mailoutbox[0].to == ["nora@example.org"]


def test_an_e_mail_address_is_confirmed_by_post_only(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_signup"), NEW)
    link = link_in(mailoutbox[0])

    assert client.get(link).status_code == HTTPStatus.OK
    assert not EmailAddress.objects.get().verified
    client.post(link)
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("username", ["nоra", "no ra", "..", "@nora", "no"])
def test_a_confusable_or_unsafe_user_name_is_refused(client, username):
    answer = client.post(reverse("account_signup"), NEW | {"username": username})

    assert "username" in answer.context["form"].errors
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["Dr \u202eretniW", "Nora\u200bWinter", " "])
def test_a_name_with_invisible_characters_is_refused(client, name):
    answer = client.post(reverse("account_signup"), NEW | {"name": name})

    assert "name" in answer.context["form"].errors
    assert not User.objects.exists()


def test_a_refused_form_shows_errors_on_top_and_at_the_field(client):
    answer = client.post(reverse("account_signup"), NEW | {"password2": "another-password"})

    said = answer.content.decode()
    assert '<a href="#id_password2">The same password again: You must type' in said
    assert re.search(r'<input[^>]*name="password2"[^>]*aria-describedby="id_password2_error"', said)
    assert 'id="id_password2_error"' in said
    assert 'value="nora@example.org"' in said


@pytest.mark.parametrize("login", ["clinician", "clinician@example.org", "CLINICIAN"])
def test_people_sign_in_by_user_name_or_address(client, clinician, login):
    confirmed(clinician)

    sign_in(client, login)

    assert client.session["_auth_user_id"] == str(clinician.pk)


def test_signing_out_needs_a_post(client, clinician):
    client.force_login(clinician)

    assert client.get(reverse("account_logout")).status_code == HTTPStatus.OK
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, clinician):
    confirmed(clinician)
    for _ in range(5):
        sign_in(client, "clinician", "a-wrong-guess")

    answer = sign_in(client, "clinician")

    assert "Too many attempts to sign in" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_opening_accounts_is_rate_limited(client):
    for number in range(10):
        client.post(
            reverse("account_signup"), NEW | {"username": f"nora{number}", "email": f"{number}@x.org"}
        )
        client.logout()
    answer = client.post(reverse("account_signup"), NEW)

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Too many attempts" in answer.content.decode()
    assert not User.objects.filter(username="nora").exists()


def test_changing_the_password_signs_out_and_takes_effect(client, clinician):
    confirmed(clinician)
    client.force_login(clinician)
    words = {"oldpassword": cast.PASSWORD, "password1": "another-long-one", "password2": "another-long-one"}

    client.post(reverse("account_change_password"), words)

    assert "_auth_user_id" not in client.session
    clinician.refresh_from_db()
    assert clinician.check_password("another-long-one")


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    client, clinician, mailoutbox, django_capture_on_commit_callbacks
):
    confirmed(clinician)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": clinician.email})
    link = link_in(mailoutbox[0])

    form = client.get(link, follow=True)
    new = {"password1": "another-long-one", "password2": "another-long-one"}
    client.post(form.redirect_chain[-1][0], new)

    clinician.refresh_from_db()
    assert clinician.check_password("another-long-one")
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_resetting_a_password_does_not_reveal_accounts(client, clinician):
    known = client.post(reverse("account_reset_password"), {"email": clinician.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)

    assert known.content == unknown.content


def test_other_sessions_can_be_signed_out(client, clinician):
    elsewhere = Client()
    confirmed(clinician)
    sign_in(elsewhere, "clinician")
    sign_in(client, "clinician")

    client.post(reverse("usersessions_list"))

    assert elsewhere.get(reverse("profile")).status_code == HTTPStatus.FOUND
    assert client.get(reverse("profile")).status_code == HTTPStatus.OK


def test_closing_an_account_ends_its_session(client, clinician):
    client.force_login(clinician)
    User.objects.filter(pk=clinician.pk).update(is_active=False)

    assert client.get(reverse("profile")).status_code == HTTPStatus.FOUND


# --- The second step --------------------------------------------------------------------------------------


def test_an_authenticator_app_is_asked_for_at_the_next_sign_in(client, moderator):
    confirmed(moderator)
    sign_in(client, "moderator")
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes"))
    client.post(reverse("account_logout"))

    answer = sign_in(client, "moderator")

    assert "Unused codes" in codes.content.decode()
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("how", ["app", "recovery code"])
def test_the_second_step_signs_in(client, moderator, how):
    confirmed(moderator)
    secret = with_second_step(moderator)
    RecoveryCodes.activate(moderator)
    spare = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    sign_in(client, "moderator")

    client.post(reverse("mfa_authenticate"), {"code": code_of(secret) if how == "app" else spare})

    assert client.session["_auth_user_id"] == str(moderator.pk)


def test_a_wrong_code_does_not_sign_in(client, moderator):
    confirmed(moderator)
    with_second_step(moderator)
    sign_in(client, "moderator")

    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["queue", "drafts", "new", "notices", "profile", "roles", "admin:index"])
@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR])
def test_moderators_and_administrators_must_set_up_a_second_step(client, settings, name, role):
    settings.MFA_REQUIRED = True
    client.force_login(cast.make_user("ann", role))

    for answer in (client.get(reverse(name), follow=True), client.post(reverse(name), follow=True)):
        assert answer.redirect_chain[0][0] == reverse("mfa_index")
        assert "sign in with a second step" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["home", "index", "about", "search", "mfa_index", "account_logout", "account_email", "healthz"]
)
def test_reading_signing_out_and_set_up_need_no_second_step(client, settings, moderator, name):
    settings.MFA_REQUIRED = True
    client.force_login(moderator)

    assert client.get(reverse(name)).status_code != HTTPStatus.FOUND


def test_reading_without_a_second_step_shows_pictures_help_and_report(client, settings, clinician, moderator):
    image = pictures.make_image(clinician)
    cast.make_page(clinician, moderator, "Shown", body=pictures.shown(image))
    settings.MFA_REQUIRED = True
    client.force_login(moderator)

    for path in (image.renditions[0][1], image.get_absolute_url(), "/help/", "/wiki/shown/report/"):
        assert client.get(path).status_code == HTTPStatus.OK


def test_a_second_step_opens_the_review_and_admin_pages(client, settings, administrator):
    settings.MFA_REQUIRED = True
    with_second_step(administrator)
    client.force_login(administrator)

    assert client.get(reverse("roles")).status_code == HTTPStatus.OK
    assert client.get(reverse("admin:index")).status_code == HTTPStatus.OK


def test_recovery_codes_alone_are_no_second_step(settings, moderator):
    settings.MFA_REQUIRED = True
    RecoveryCodes.activate(moderator)

    assert permissions.lacks_second_factor(moderator)


def test_clinicians_and_readers_need_no_second_step(settings, clinician, reader):
    settings.MFA_REQUIRED = True

    assert not permissions.lacks_second_factor(clinician)
    assert not permissions.lacks_second_factor(reader)


def test_moderator_required_refuses_without_a_second_step(rf, settings, moderator):
    settings.MFA_REQUIRED = True
    request = rf.get("/review/")
    request.user = moderator

    with pytest.raises(PermissionDenied, match="second step"):
        moderator_required(lambda request: HttpResponse())(request)


# --- One's own profile ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_the_profile_says_what_ones_role_allows(client, role):
    client.force_login(cast.make_user("ann", role))

    said = client.get(reverse("profile")).content.decode()

    assert str(role.label) in said
    assert role.allows in said.replace("&#x27;", "'")


def test_a_new_name_does_not_change_earlier_verdicts(client, published, moderator):
    client.force_login(moderator)

    words = {"name": "Prof  Amara Osei", "profession": "neurologist", "about": "In Accra."}
    client.post(reverse("profile"), words)

    moderator.refresh_from_db()
    assert (str(moderator), moderator.profession, moderator.about) == (
        "Prof Amara Osei",
        "neurologist",
        "In Accra.",
    )
    assert Verdict.objects.get().reviewer_name == "Dr Amara Osei"


def test_a_profile_without_a_name_is_refused_with_typed_values(client, clinician):
    client.force_login(clinician)

    answer = client.post(reverse("profile"), {"name": "", "about": "Words of mine."})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Words of mine." in answer.content.decode()
    clinician.refresh_from_db()
    assert clinician.name == "Dr Ines Albrecht"


def test_the_first_administrator_is_made_at_the_command_line():
    ann = User.objects.create_superuser("ann", "ann@example.org", cast.PASSWORD)

    assert ann.can_administer
    assert not ann.is_superuser
    assert not ann.has_perm("wiki.delete_verdict")


@pytest.mark.parametrize("name", ["profile", "registrations", "interests", "watching"])
def test_a_suspended_person_can_read_and_cannot_change_the_profile(client, clinician, administrator, name):
    until = timezone.localdate() + dt.timedelta(days=3)
    suspension.suspend(clinician, by=administrator, reason="A complaint is looked into.", until=until)
    client.force_login(clinician)
    path = reverse(name)

    assert client.get(path).status_code == HTTPStatus.OK
    answer = client.post(path, {"name": "Dr Somebody Else", "shown": "name"})

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "A complaint is looked into." in answer.content.decode()
    clinician.refresh_from_db()
    assert clinician.name == "Dr Ines Albrecht"


def test_acts_on_ones_own_account_are_refused_while_suspended(clinician, administrator):
    until = timezone.localdate() + dt.timedelta(days=3)
    suspension.suspend(clinician, by=administrator, reason="A complaint is looked into.", until=until)

    for act in (
        lambda: accounts.introduce(clinician, name="Dr Other", profession="", about=""),
        lambda: credentials.enter(
            clinician, profession="physician", specialties=[], body="Council", number="1"
        ),
        lambda: disclosures.declare(clinician),
    ):
        with pytest.raises(Refused, match="suspended until"):
            act()
