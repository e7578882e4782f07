"""Settings from the environment, read and checked."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str = "") -> str:
    """Return a setting from the environment, or from the file that `NAME_FILE` names."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


def envbool(name: str, *, default: bool = False) -> bool:
    """Return whether a setting is on; refuse anything but yes and no."""
    answer = env(name).lower() or ("yes" if default else "no")
    if answer not in {"1", "yes", "true", "on", "0", "no", "false", "off"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0.")
    return answer in {"1", "yes", "true", "on"}


def envint(name: str, default: int) -> int:
    """Return a setting that is a whole number."""
    try:
        return int(env(name) or default)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from problem


def envshare(name: str, default: float) -> float:
    """Return a setting that is a share: a number from 0 to 1."""
    problem = ImproperlyConfigured(f"{name} must be a number from 0 to 1.")
    try:
        share = float(env(name) or default)
    except ValueError:
        raise problem from None
    if not 0 <= share <= 1:
        raise problem
    return share


def envlist(name: str, default: str = "") -> list[str]:
    """Return a setting that is a list of words separated by commas."""
    return [word.strip() for word in env(name, default).split(",") if word.strip()]


def required(name: str, what: str) -> str:
    """Return a setting that production requires; refuse to start without it."""
    if value := env(name):
        return value
    raise ImproperlyConfigured(
        f"Set {name} to {what}. To try Causeway out run `manage.py demo`; to work on it set CAUSEWAY_DEBUG=1."
    )


def mailer_at(url: str) -> dict[str, Any]:
    """Return the entry of `MAILERS` for an address: smtp, smtp+tls (STARTTLS) or smtps."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("CAUSEWAY_SMTP_URL must read smtp+tls://user:password@host:587.")
    options = {
        "host": parts.hostname,
        "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 5,
    }
    return {"BACKEND": "wiki.mail.smtp.EmailBackend", "OPTIONS": options}
