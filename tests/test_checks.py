import os
from types import ModuleType

import pytest
from django.core import checks
from django.db import connection
from django.urls import clear_url_caches, include, path

from wiki.checks import (
    check_addresses_of_the_site,
    check_database_suits,
    check_folders_can_be_written,
    check_key_is_long,
    check_lookups_have_an_address,
    check_mail_has_a_sender,
    check_markdownx_urls_are_not_included,
    check_owner_can_be_written_to,
    check_owner_is_named,
    check_passwords_are_hashed_slowly,
    check_policy_is_strict,
)
from wiki.domain.owner import OWNER_FACTS


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


def test_the_present_settings_pass_every_check():
    assert [message for message in checks.run_checks() if (message.id or "").startswith("wiki.")] == []


def test_markdownx_urls_are_refused_at_any_depth(addresses):
    addresses(path("deep/", include([path("er/", include("markdownx.urls"))])))

    assert ids(check_markdownx_urls_are_not_included(None)) == ["wiki.E001"]


def test_other_urls_are_accepted(addresses):
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


def test_fast_password_hashing_is_refused_outside_tests(settings):
    assert check_passwords_are_hashed_slowly(None) == []

    settings.TESTING = False

    assert ids(check_passwords_are_hashed_slowly(None)) == ["wiki.E004"]


def test_look_ups_without_a_valid_contact_address_are_refused(settings):
    settings.LOOKUP_EMAIL = "nobody"
    assert [one.id for one in check_lookups_have_an_address(None)] == ["wiki.E007"]

    settings.LOOKUP_EMAIL = "editor@example.org"
    assert not check_lookups_have_an_address(None)


@pytest.mark.parametrize("name", ["https://wiki.example.org", "wiki.example.org:443", "wiki.example.org/"])
def test_a_host_name_that_is_an_address_is_refused(settings, name):
    settings.ALLOWED_HOSTS = ["wiki.example.org", name]

    [found] = check_addresses_of_the_site(None)

    assert found.id == "wiki.E008"
    assert f"holds {name}:" in found.msg


@pytest.mark.parametrize("name", ["wiki.example.org", ".example.org", "*", "127.0.0.1", "[::1]"])
def test_valid_host_names_are_accepted(settings, name):
    settings.ALLOWED_HOSTS = [name]

    assert check_addresses_of_the_site(None) == []


@pytest.mark.parametrize("address", ["wiki.example.org", "https://", "ftp://wiki.example.org"])
def test_an_invalid_site_url_is_refused(settings, address):
    settings.SITE_URL = address

    assert ids(check_addresses_of_the_site(None)) == ["wiki.E009"]


def test_folders_that_cannot_be_written_are_refused(settings, tmp_path):
    file = tmp_path / "file"
    file.touch()
    settings.MEDIA_ROOT = str(file / "pictures")
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": str(file / "cache")}}

    assert ids(check_folders_can_be_written(None)) == ["wiki.E010", "wiki.E010"]


@pytest.fixture
def nobody():
    """Act as a user who is not root: to root every folder is open."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_folders_of_another_user_are_refused(settings, tmp_path, request):
    closed = tmp_path / "var"
    closed.mkdir()
    closed.chmod(0)
    request.getfixturevalue("nobody")
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": str(closed / "cache")}}
    settings.MEDIA_ROOT = "/proc/pictures"

    assert ids(check_folders_can_be_written(None)) == ["wiki.E010", "wiki.E010"]


def test_folders_that_can_be_made_are_accepted(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "new" / "pictures")
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://cache:6379/0"}}

    assert check_folders_can_be_written(None) == []


@pytest.mark.django_db
def test_an_old_postgresql_is_refused(monkeypatch):
    assert check_database_suits(None, databases=["default"]) == []

    monkeypatch.setattr("wiki.checks.OLDEST_POSTGRES", 99)

    assert ids(check_database_suits(None, databases=["default"])) == ["wiki.E011"]


@pytest.fixture
def made_with(monkeypatch):
    """Return a function that leads to a database with another encoding and locale."""
    name = f"{connection.settings_dict['NAME']}_other"

    def make(encoding, locale):
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE_PROVIDER libc LOCALE '{locale}'"
                " TEMPLATE template0"
            )
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "NAME", name)

    yield make
    connection.close()
    monkeypatch.undo()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")


@pytest.mark.parametrize(
    ("encoding", "locale", "complaints"),
    [("SQL_ASCII", "C", ["wiki.E012"]), ("UTF8", "C", ["wiki.W001"]), ("UTF8", "C.UTF-8", [])],
)
@pytest.mark.django_db(transaction=True)
def test_a_database_with_an_unsuitable_encoding_or_locale_is_refused(made_with, encoding, locale, complaints):
    made_with(encoding, locale)

    assert ids(check_database_suits(None, databases=["default"])) == complaints


def test_no_database_is_checked_if_none_is_named():
    assert check_database_suits(None) == []


def test_a_sender_that_mail_servers_refuse_raises_a_warning(settings):
    settings.DEFAULT_FROM_EMAIL = "Causeway <causeway@localhost>"
    assert ids(check_mail_has_a_sender(None)) == ["wiki.W002"]

    settings.DEFAULT_FROM_EMAIL = "Causeway <wiki@example.org>"
    assert check_mail_has_a_sender(None) == []


def test_each_missing_fact_of_the_owner_raises_a_warning(settings):
    settings.OWNER = {fact.name: "Said." for fact in OWNER_FACTS} | {"funding": "", "authority": "  "}

    found = check_owner_is_named(None)

    assert ids(found) == ["wiki.W003", "wiki.W003"]
    assert [one.msg.split()[0] for one in found] == ["CAUSEWAY_OWNER_FUNDING", "CAUSEWAY_OWNER_AUTHORITY"]


def test_the_settings_have_every_fact_of_the_owner(settings):
    assert list(settings.OWNER) == [fact.name for fact in OWNER_FACTS]


def test_an_invalid_e_mail_address_of_the_owner_is_refused(settings):
    settings.OWNER = settings.OWNER | {"email": "the office"}
    assert ids(check_owner_can_be_written_to(None)) == ["wiki.E013"]

    settings.OWNER = settings.OWNER | {"email": "office@example.org"}
    assert check_owner_can_be_written_to(None) == []
