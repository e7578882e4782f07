"""What somebody stands for on the day they sign: role, verified credentials, declaration of interests."""

import datetime as dt
from typing import Any

from wiki.models import Credential, Disclosure, User
from wiki.policy.interests import conflicts_of as conflicts_of
from wiki.policy.interests import refuse_conflict as refuse_conflict
from wiki.policy.refusal import Refused

NO_DISCLOSURE = (
    "Nobody reviews without a declaration of their interests from the last year, and yours is missing "
    "or has expired. Declare your interests, or that you have none, on your profile; then review."
)


def standing_of(person: User, moment: dt.datetime) -> dict[str, Any]:
    """Return what a person stands for at `moment`, as a verdict keeps it: role, credentials, disclosure.

    The number in the register is left out: a signature outlives the account, and tells no more than it must.
    """
    credentials = list(Credential.objects.of(person).valid_on(moment.date()))
    disclosure = Disclosure.objects.current_of(person, moment.date())
    return {
        "role": person.role,
        "professions": sorted({one.profession for one in credentials}),
        "specialties": sorted({specialty for one in credentials for specialty in one.specialties}),
        "credentials": [
            {"words": str(one), "body": one.body, "until": f"{one.valid_until}"} for one in credentials
        ],
        "disclosure": _told(disclosure) if disclosure else None,
    }


def _told(disclosure: Disclosure) -> dict[str, Any]:
    interests = [str(one) for one in disclosure.interests.all()]
    return {"declared": disclosure.declared_at.date().isoformat(), "interests": interests}


def refuse_undeclared(person: User, moment: dt.datetime) -> None:
    """Refuse a person who has no valid declaration of interests at `moment`."""
    if Disclosure.objects.current_of(person, moment.date()) is None:
        raise Refused(NO_DISCLOSURE)
