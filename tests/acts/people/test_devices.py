"""A name that is locked for guessing lets its owner in on a device that signed in before."""

import pytest
from django.test import Client

from tests import cast
from wiki.acts.people import devices

LOCKED = "Too many attempts to sign in"


@pytest.fixture(autouse=True)
def _limits(settings):
    # Whoever has an account here has confirmed their address.
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip,3/300s/key"}


def sign_in(browser, login, password):
    return browser.post("/accounts/login/", {"login": login, "password": password}, follow=False)


def guess(login="clinician"):
    stranger = Client()
    for _ in range(4):
        sign_in(stranger, login, "a wrong password")
    return stranger


def test_a_locked_name_can_sign_in_only_on_a_known_device(clinician):
    own = Client()
    assert sign_in(own, "clinician", cast.PASSWORD).status_code == 302
    own.post("/accounts/logout/")
    stranger = guess()

    assert LOCKED in sign_in(stranger, "clinician", cast.PASSWORD).content.decode()
    assert LOCKED in sign_in(Client(), "clinician", cast.PASSWORD).content.decode()
    assert sign_in(own, "clinician", cast.PASSWORD).status_code == 302


def test_a_known_device_counts_for_the_e_mail_address_too(clinician):
    own = Client()
    sign_in(own, "clinician", cast.PASSWORD)
    own.post("/accounts/logout/")
    guess(clinician.email)

    assert sign_in(own, clinician.email, cast.PASSWORD).status_code == 302


def test_another_persons_device_does_not_bypass_the_lock(clinician, colleague):
    other = Client()
    sign_in(other, "colleague", cast.PASSWORD)
    other.post("/accounts/logout/")
    guess()

    assert LOCKED in sign_in(other, "clinician", cast.PASSWORD).content.decode()


def test_guesses_on_a_known_device_are_counted_too(clinician):
    own = Client()
    sign_in(own, "clinician", cast.PASSWORD)
    own.post("/accounts/logout/")
    for _ in range(4):
        sign_in(own, "clinician", "a wrong password")

    assert LOCKED in sign_in(own, "clinician", cast.PASSWORD).content.decode()


def test_a_device_cookie_with_a_bad_signature_is_ignored(clinician):
    assert devices.device_of("nonsense", "clinician") == ""
    kept = devices.remembered("nonsense", clinician)
    assert devices.device_of(kept, "CLINICIAN") != ""
    assert devices.device_of(f"{kept}x", "clinician") == ""


def test_a_device_cookie_remembers_several_people(clinician, colleague):
    kept = devices.remembered(devices.remembered("", clinician), colleague)

    assert devices.device_of(kept, "clinician") == devices.device_of(kept, "colleague") != ""


def test_signing_up_with_a_known_address_hashes_a_password_too(clinician, monkeypatch, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    hashed = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"

    def encode(self, password, salt):
        hashed.append(password)
        return f"md5${salt}$x"

    monkeypatch.setattr(hasher, encode)
    password = "a long password of mine"
    form = {"name": "Pat Doe", "password1": password, "password2": password}

    answers = []
    for number, email in enumerate((clinician.email, "new@example.org")):
        before = len(hashed)
        answer = Client().post("/accounts/signup/", {**form, "email": email, "username": f"pat{number}"})
        answers.append((answer.status_code, answer.headers["Location"], len(hashed) - before))

    assert answers[0] == answers[1]
    assert answers[0][2] > 0
