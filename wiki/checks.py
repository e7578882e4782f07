"""What must be true of the settings and addresses, asked whenever a command starts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.csp import CSP

SHORTEST_KEY = 50
LOOSE = "'unsafe-"


@register(Tags.urls)
def check_markdownx_urls_are_not_included(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse the views of django-markdownx: anybody may call them, and they return scripts unchanged."""
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
    """Refuse a secret key that could be guessed: it signs sessions and password resets."""
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
    """Refuse the quick password hasher of the tests anywhere else."""
    if "MD5" in settings.PASSWORD_HASHERS[0] and not settings.TESTING:
        return [Error("Passwords must not be hashed with MD5.", id="wiki.E004")]
    return []


@register()
def check_lookups_have_an_address(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse to look works up in the name of what is no e-mail address."""
    try:
        if settings.LOOKUP_EMAIL:
            validate_email(settings.LOOKUP_EMAIL)
    except ValidationError:
        hint = "Crossref and PubMed write to it when something is wrong with our look-ups."
        return [Error("CAUSEWAY_LOOKUP_EMAIL must be an e-mail address.", hint=hint, id="wiki.E007")]
    return []


def _patterns(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[URLPattern]:
    """Go through all addresses, however deep they are nested."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _module(pattern: URLPattern) -> str:
    """Return where the view of an address was written, under its decorators too."""
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return str(getattr(view, "__module__", ""))
