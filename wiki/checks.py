"""System checks of the settings and addresses, run whenever a command starts."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import WARNING, CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.csp import CSP

from wiki.domain.owner import OWNER_FACTS

SHORTEST_KEY = 50
OLDEST_POSTGRES = 16
LOOSE = "'unsafe-"


@register(Tags.urls)
def check_markdownx_urls_are_not_included(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse the views of django-markdownx: they need no sign-in, and they return scripts unchanged."""
    if any(_module(pattern).startswith("markdownx.") for pattern in _patterns(get_resolver().url_patterns)):
        return [
            Error(
                "The views of django-markdownx are reachable, and they are open to everybody.",
                hint="Remove markdownx.urls from wiki/urls.py; the preview is our own view.",
                id="wiki.E001",
            )
        ]
    return []


@register(Tags.security)
def check_policy_is_strict(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a content security policy that lets scripts or styles into the page itself."""
    policy: Mapping[str, Sequence[str]] = settings.SECURE_CSP
    loosened = [name for name, values in policy.items() for value in values if str(value).startswith(LOOSE)]
    if loosened or CSP.NONE not in policy.get("default-src", []):
        return [
            Error(
                "SECURE_CSP must start from default-src 'none' and allow nothing unsafe.",
                hint=f"Look at {', '.join(loosened) or 'default-src'}.",
                id="wiki.E002",
            )
        ]
    return []


@register(Tags.security)
def check_key_is_long(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a short secret key: it signs sessions and password resets."""
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        return [
            Error(
                f"CAUSEWAY_SECRET_KEY must have at least {SHORTEST_KEY} characters.",
                hint="python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one.",
                id="wiki.E003",
            )
        ]
    return []


@register(Tags.security)
def check_passwords_are_hashed_slowly(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse the tests' fast password hasher outside of tests."""
    if "MD5" in settings.PASSWORD_HASHERS[0] and not settings.TESTING:
        return [Error("Passwords must not be hashed with MD5.", id="wiki.E004")]
    return []


@register()
def check_lookups_have_an_address(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse look-ups at other services without a valid email address."""
    try:
        if settings.LOOKUP_EMAIL:
            validate_email(settings.LOOKUP_EMAIL)
    except ValidationError:
        hint = "Crossref and PubMed write to it when something is wrong with our look-ups."
        return [Error("CAUSEWAY_LOOKUP_EMAIL must be an email address.", hint=hint, id="wiki.E007")]
    return []


@register()
def check_addresses_of_the_site(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse allowed hosts that are URLs, which match no request, and a site address that is no URL."""
    found: list[CheckMessage] = []
    if bad := [name for name in settings.ALLOWED_HOSTS if "/" in name or name.rpartition(":")[2].isdecimal()]:
        hint = "Write wiki.example.org, without https:// and without a port."
        found.append(
            Error(f"CAUSEWAY_ALLOWED_HOSTS holds {', '.join(bad)}: no host name.", hint=hint, id="wiki.E008")
        )
    parts = urlsplit(settings.SITE_URL)
    if not found and (parts.scheme not in {"http", "https"} or not parts.hostname):
        hint = "Write https://wiki.example.org; links in mails begin with it."
        found.append(Error("CAUSEWAY_URL must be an address.", hint=hint, id="wiki.E009"))
    return found


@register()
def check_folders_can_be_written(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse folders that this user cannot write to: one holds sign-in counters, one pictures."""
    folders = [Path(settings.MEDIA_ROOT)]
    if place := settings.CACHES["default"].get("LOCATION", ""):
        folders.append(Path(place))
    return [
        Error(
            f"{folder} cannot be written by the user that runs Causeway.",
            hint="Make the folder and give it to that user.",
            id="wiki.E010",
        )
        for folder in folders
        if folder.is_absolute() and not _can_be_written(folder)
    ]


@register(deploy=True)
def check_mail_has_a_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn about the demo's sender: without mail nobody can confirm an address and sign in."""
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        words = "CAUSEWAY_EMAIL_FROM is an address at localhost, which mail servers refuse."
        return [CheckMessage(WARNING, words, hint="Set it to an address of your own.", id="wiki.W002")]
    return []


@register(deploy=True)
def check_owner_is_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of each fact that the owner has not told: readers are shown that it is missing."""
    return [
        CheckMessage(
            WARNING,
            f"{fact.setting} is not set, so readers are told that it is missing.",
            hint=f"Set it to {fact.hint}.",
            id="wiki.W003",
        )
        for fact in OWNER_FACTS
        if not settings.OWNER[fact.name].strip()
    ]


@register()
def check_owner_can_be_written_to(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse an email address of the owner that is none: readers are given it to write to."""
    try:
        if settings.OWNER["email"]:
            validate_email(settings.OWNER["email"])
    except ValidationError:
        return [Error("CAUSEWAY_OWNER_EMAIL must be an email address.", id="wiki.E013")]
    return []


@register(Tags.database)
def check_database_suits(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a PostgreSQL that is too old, and a database whose encoding or locale is unsuitable."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datctype"
                " FROM pg_database WHERE datname = current_database()"
            )
            version, encoding, letters = cursor.fetchone()
        if version < OLDEST_POSTGRES * 10_000:
            words = f"Causeway needs PostgreSQL {OLDEST_POSTGRES} or newer; this is {version // 10_000}."
            found.append(Error(words, id="wiki.E011"))
        hint = "Make it with createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0."
        if encoding != "UTF8":
            words = f"The encoding of the database is {encoding}; it must be UTF8."
            found.append(Error(words, hint=hint, id="wiki.E012"))
        elif letters in {"C", "POSIX"}:
            words = "The locale of the database knows no letters beyond ASCII, so search misses words."
            found.append(CheckMessage(WARNING, words, hint=hint, id="wiki.W001"))
    return found


def _can_be_written(folder: Path) -> bool:
    """Return whether the folder is writable, or can be created in a writable parent."""
    # os.path treats files in an unreadable folder as missing, where Path raises.
    there = next(one for one in (folder, *folder.parents) if os.path.exists(one))
    mine = os.access in os.supports_effective_ids
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK, effective_ids=mine)


def _patterns(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[URLPattern]:
    """Yield all URL patterns, however deeply nested."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _module(pattern: URLPattern) -> str:
    """Return the module in which a view is defined, beneath its decorators."""
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return str(getattr(view, "__module__", ""))
