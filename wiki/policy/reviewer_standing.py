"""The standing of a reviewer on a day: role, credentials, declaration of interests."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from wiki.models import Credential, Disclosure, User
from wiki.policy.refusal import Refused

NO_DISCLOSURE = (
    "A declaration of interests from the last year is required before you can review. Yours is missing "
    "or has expired. Declare your interests, or that you have none, on your profile; then review."
)
_REGISTRATION = (
    "without a registration as a health professional that an administrator has verified and that holds "
    "today; yours is missing or has run out. Enter it on your profile, under Registrations: administrators "
    "are told at once."
)
NO_REGISTRATION = f"Nobody approves here {_REGISTRATION} Until then you can ask for changes, or reject."
NO_REGISTRATION_FOR_PAGES = f"Nobody signs for a whole page here {_REGISTRATION}"


@dataclass(frozen=True)
class ReviewerStanding:
    """A person's standing at a moment. Each table is read once, when it is first needed."""

    person: User
    moment: dt.datetime

    @cached_property
    def credentials(self) -> list[Credential]:
        """Return the credentials that are valid at the moment, the newest first."""
        return Credential.objects.of_person_valid_on(self.person.pk, timezone.localdate(self.moment))

    @property
    def calling(self) -> str:
        """Return the person's profession in a few words, from the valid credentials."""
        return self.person.calling_with((one.profession, one.specialties) for one in self.credentials)

    @cached_property
    def newest_disclosure(self) -> Disclosure | None:
        """Return the last declaration of interests, expired or not."""
        return Disclosure.objects.newest_of(self.person)

    @property
    def disclosure(self) -> Disclosure | None:
        """Return the declaration of interests that is valid at the moment."""
        newest = self.newest_disclosure
        return newest if newest and newest.expires_on >= timezone.localdate(self.moment) else None

    def refuse_undeclared(self) -> None:
        """Refuse a person who has no valid declaration of interests."""
        if self.disclosure is None:
            raise Refused(NO_DISCLOSURE)

    @property
    def lacks_registration(self) -> bool:
        """Return whether this wiki requires a verified registration and the person has no valid one."""
        return not is_registered({"credentials": self.credentials})

    def refuse_unregistered(self, sentence: str = NO_REGISTRATION) -> None:
        """Refuse a person without a verified registration in force, where the wiki asks for one."""
        if self.lacks_registration:
            raise Refused(sentence)

    def as_json(self) -> dict[str, Any]:
        """Return the standing in the form that a verdict stores.

        The number in the register is left out: a signature outlives the account, and tells no more than
        it must.
        """
        return standing_as_json(self.person, self.credentials, self.disclosure)


def standing_as_json(
    person: User, credentials: Sequence[Credential], disclosure: Disclosure | None
) -> dict[str, Any]:
    """Return what a person stands for with the registrations and the declaration that count."""
    return {
        "role": person.role,
        "professions": sorted({one.profession for one in credentials}),
        "specialties": sorted({specialty for one in credentials for specialty in one.specialties}),
        "credentials": [
            {"words": str(one), "body": one.body, "until": f"{one.valid_until}"} for one in credentials
        ],
        "disclosure": _as_json(disclosure) if disclosure else None,
    }


def _as_json(disclosure: Disclosure) -> dict[str, Any]:
    interests = [str(one) for one in disclosure.interests_that_count]
    return {"declared": timezone.localdate(disclosure.declared_at).isoformat(), "interests": interests}


def is_registered(standing: Mapping[str, Any]) -> bool:
    """Return whether somebody with this standing has the verified registration that this wiki asks for."""
    return bool(standing["credentials"]) or not settings.REGISTRATION_REQUIRED


def standing_of(person: User, moment: dt.datetime) -> dict[str, Any]:
    """Return what a person stands for at `moment`, as a verdict keeps it."""
    return ReviewerStanding(person, moment).as_json()


def refuse_undeclared(person: User, moment: dt.datetime) -> None:
    """Refuse a person who has no valid declaration of interests at `moment`."""
    ReviewerStanding(person, moment).refuse_undeclared()
