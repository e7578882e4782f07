from types import ModuleType

import pytest
from django.core import checks
from django.urls import clear_url_caches, include, path

from wiki.checks import (
    check_key_is_long,
    check_lookups_have_an_address,
    check_markdownx_urls_are_not_included,
    check_passwords_are_hashed_slowly,
    check_policy_is_strict,
)


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def addresses(settings):
    """Return a function that gives the wiki other addresses."""

    def become(*patterns):
        module = ModuleType("addresses")
        module.urlpatterns = list(patterns)  # type: ignore[attr-defined]
        settings.ROOT_URLCONF = module
        clear_url_caches()

    yield become
    clear_url_caches()


def test_the_wiki_as_it_is_passes():
    assert [message for message in checks.run_checks() if (message.id or "").startswith("wiki.")] == []


def test_markdownx_urls_are_refused_however_deep(addresses):
    addresses(path("deep/", include([path("er/", include("markdownx.urls"))])))

    assert ids(check_markdownx_urls_are_not_included(None)) == ["wiki.E001"]


def test_other_addresses_are_fine(addresses):
    addresses(path("accounts/", include("allauth.account.urls")))

    assert check_markdownx_urls_are_not_included(None) == []


@pytest.mark.parametrize(
    ("directive", "values"),
    [
        ("style-src", ["'self'", "'unsafe-inline'"]),
        ("script-src", ["'unsafe-eval'"]),
        ("default-src", ["'self'"]),
    ],
)
def test_a_loose_policy_is_refused(settings, directive, values):
    settings.SECURE_CSP = {**settings.SECURE_CSP, directive: values}

    assert ids(check_policy_is_strict(None)) == ["wiki.E002"]


def test_a_short_key_is_refused(settings):
    settings.SECRET_KEY = "short"

    assert ids(check_key_is_long(None)) == ["wiki.E003"]


def test_quick_hashing_is_for_tests_alone(settings):
    assert check_passwords_are_hashed_slowly(None) == []

    settings.TESTING = False

    assert ids(check_passwords_are_hashed_slowly(None)) == ["wiki.E004"]


def test_look_ups_in_the_name_of_no_address_are_refused(settings):
    settings.LOOKUP_EMAIL = "nobody"
    assert [one.id for one in check_lookups_have_an_address(None)] == ["wiki.E007"]

    settings.LOOKUP_EMAIL = "editor@example.org"
    assert not check_lookups_have_an_address(None)
