"""Devices on which somebody has signed in before: failed sign-ins elsewhere do not lock them out there."""

import secrets
from typing import Any, Final

from django.core import signing
from django.db.models import Q

from wiki.models import User

COOKIE: Final = "device"
YEAR: Final = 365 * 24 * 60 * 60
# Several people may share a computer.
MOST_PEOPLE: Final = 8
_SALT: Final = "wiki.acts.people.devices"


def remembered(cookie: str, person: User) -> str:
    """Return the cookie value for a device: its own random name, and the accounts that signed in on it."""
    known = _read(cookie) or {"device": secrets.token_urlsafe(12), "people": []}
    people = [person.pk, *(pk for pk in known["people"] if pk != person.pk)][:MOST_PEOPLE]
    return signing.dumps({**known, "people": people}, salt=_SALT)


def device_of(cookie: str, login: str) -> str:
    """Return the device's name if the account with this user name or address signed in on it
    before; else "".
    """
    if not (known := _read(cookie)):
        return ""
    theirs = User.objects.filter(Q(username__iexact=login) | Q(email__iexact=login), pk__in=known["people"])
    return str(known["device"]) if theirs.exists() else ""


def _read(cookie: str) -> dict[str, Any] | None:
    try:
        known: dict[str, Any] = signing.loads(cookie, salt=_SALT, max_age=YEAR)
    except signing.BadSignature:
        return None
    return known
