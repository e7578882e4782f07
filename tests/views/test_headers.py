"""What every answer carries, and what no page ever asks a browser to fetch."""

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from wiki.models import Role
from wiki.text.slugs import slug_of

ROOT = Path(__file__).resolve().parent.parent.parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Where an element fetches from by itself, without anybody asking.
FETCHES = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "embed": "src", "object": "data", "input": "src", "form": "action", "link": "href",
}  # fmt: skip
PAGES = {
    "anonymous": ["home", "page", "history", "index", "search", "about", "account_login", "account_signup"],
    "clinician": ["new", "drafts", "edit", "add-source", "profile", "account_email", "mfa_index"],
    "moderator": ["queue", "notices", "revert", "page", "usersessions_list", "account_logout"],
    "admin": ["roles", "admin:index", "admin:wiki_user_changelist"],
}
VISITS = [(person, name) for person, pages in PAGES.items() for name in pages]


class Fetched(HTMLParser):
    """Collects what a page fetches, and whatever in it the policy would stop."""

    def __init__(self):
        """Begin with nothing."""
        super().__init__()
        self.addresses, self.inline, self.data = [], [], False

    def handle_starttag(self, tag, attrs):
        """Look at one element."""
        given = dict(attrs)
        named = tag == "link" and given.get("rel") in {"canonical", "alternate", "license", "next", "prev"}
        if (address := given.get(FETCHES.get(tag, ""), "")) and not named:
            self.addresses.append(address)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in given and not given.get("type", "").endswith("json")
        ):
            self.inline.append(tag)


def visit(person, path):
    client = Client()
    if person != "anonymous":
        role = Role.ADMINISTRATOR if person == "admin" else Role(person)
        client.force_login(cast.make_user(f"a-{person}", role))
    return client.get(path)


@pytest.fixture
def path_of(published):
    def path(name):
        of_page = name in {"page", "history", "edit", "revert"}
        return reverse(name, args=[slug_of("Hypoparathyroidism")] if of_page else [])

    return path


@pytest.mark.parametrize(("person", "name"), VISITS)
def test_every_page_has_the_security_headers(person, name, path_of):
    answer = visit(person, path_of(name))

    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(("person", "name"), VISITS)
def test_no_page_loads_foreign_or_inline_resources(person, name, path_of):
    found = Fetched()

    found.feed(visit(person, path_of(name)).content.decode())

    assert found.addresses
    assert [
        one for one in found.addresses if not one.startswith(("/", "#", "?", "data:")) or one[:2] == "//"
    ] == []
    assert found.inline == []


@pytest.mark.parametrize("path", ["/nowhere/", "/wiki/nowhere/", "/review/999/", "/accounts/roles/"])
def test_refused_pages_have_the_content_security_policy(path, reader):
    client = Client()
    client.force_login(reader)

    answer = client.get(path)

    assert answer.status_code in {403, 404}
    assert answer["Content-Security-Policy"] == POLICY


PERSONAL = [(person, name) for person, name in VISITS if person != "anonymous"]


@pytest.mark.parametrize(("person", "name"), PERSONAL)
def test_pages_for_signed_in_people_are_not_cached(person, name, path_of):
    kept = visit(person, path_of(name))["Cache-Control"]

    assert "no-store" in kept
    assert "private" in kept


@pytest.mark.parametrize(
    "path",
    ["/record/record.csv", "/record/record.jsonl", "/review/999/", "/nowhere/", "/wiki/hypoparathyroidism/"],
)
def test_files_and_refusals_for_signed_in_people_are_not_cached(published, moderator, path):
    browser = Client()
    browser.force_login(moderator)

    assert "no-store" in browser.get(path)["Cache-Control"]


def test_the_sign_out_answer_is_not_cached(reader):
    browser = Client()
    browser.force_login(reader)

    assert "no-store" in browser.post("/accounts/logout/")["Cache-Control"]


def test_anonymous_pages_and_feeds_may_be_cached(published, client):
    assert "no-store" not in client.get("/wiki/hypoparathyroidism/").get("Cache-Control", "")
    assert "public" in client.get("/feeds/approvals/")["Cache-Control"]


def test_anonymous_pages_have_no_cookie_or_token(published, client):
    for name in ("home", "index", "about", "search", "latest", "sources"):
        answer = client.get(reverse(name))
        assert "csrfmiddlewaretoken" not in answer.content.decode(), name
        assert not answer.cookies, name


@pytest.fixture
def production():
    """Return the environment of a wiki in earnest, on the database of the tests."""
    place = connection.settings_dict
    user = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    host = quote(str(place["HOST"]), safe="")
    ours = ("CAUSEWAY_", "DATABASE_URL", "PYTEST_VERSION", "MYPY_CONFIG", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {
        "CAUSEWAY_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "CAUSEWAY_ALLOWED_HOSTS": "wiki.example.org",
        "CAUSEWAY_SMTP_URL": "smtp+tls://user:password@mail.example.org",
        "CAUSEWAY_EMAIL_FROM": "wiki@example.org",
        **{f"CAUSEWAY_OWNER_{name.upper()}": "office@example.org" for name in settings.OWNER},
        "DATABASE_URL": f"postgres://{user}@/{place['NAME']}?host={host}&port={place['PORT']}",
    }


SAFE = {
    "DEBUG": False,
    "MFA_REQUIRED": True,
    "MFA_ALLOW_UNVERIFIED_EMAIL": False,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "X_FRAME_OPTIONS": "DENY",
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
}


@pytest.mark.django_db
def test_production_settings_for_cookies_and_second_step_are_strict(production):
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {list(SAFE)}}}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=production | {"DJANGO_SETTINGS_MODULE": "wiki.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == SAFE


@pytest.mark.django_db
def test_the_deployment_check_passes(production):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=production,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr[-2000:]


def test_a_head_request_says_what_a_get_says_whoever_comes_first(published, settings):
    settings.STORES_ANSWERS = True

    head = Client().head("/wiki/hypoparathyroidism/")
    full = Client().get("/wiki/hypoparathyroidism/")

    assert (head.content, len(full.content)) == (b"", int(head.headers["Content-Length"]))
    assert dict(head.headers) == dict(full.headers)
    assert "ETag" in head.headers
