"""Accounts in a real browser: adding a passkey and signing in with it need a script."""

from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import hold_a_key, sign_in_by_form


def test_a_passkey_is_added_and_signs_in(administrator, seat):
    tab = seat()
    hold_a_key(tab)
    tab.goto("/accounts/login/?next=/accounts/2fa/")
    sign_in_by_form(tab, administrator)
    tab.get_by_role("link", name="Add a passkey").click()
    tab.get_by_label("Password").fill(cast.PASSWORD)
    tab.get_by_role("button", name="Go on").click()
    tab.get_by_label("Sign in with this key alone").check()
    tab.get_by_role("button", name="Add the key").click()
    expect(tab.get_by_role("heading", level=1)).not_to_have_text("Add a passkey or security key")
    assert Authenticator.objects.filter(user=administrator, type="webauthn").exists()

    tab.goto("/accounts/logout/")
    tab.get_by_role("button", name="Sign out").click()
    tab.goto("/accounts/login/?next=/accounts/profile/")
    tab.get_by_role("button", name="Sign in with a passkey").click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Your profile")


def test_a_cancelled_passkey_prompt_shows_a_message(seat):
    tab = seat()
    tab.goto("/accounts/login/")
    tab.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('put away')); }")

    tab.get_by_role("button", name="Sign in with a passkey").click()

    expect(tab.get_by_role("alert")).to_have_text("The key was not used. Try again, or choose another way.")
