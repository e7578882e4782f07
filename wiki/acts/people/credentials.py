"""Acts on registrations: a person enters one, an administrator verifies it until a date."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from wiki.acts import unmet
from wiki.audit import log
from wiki.domain.professions import Profession, Specialty
from wiki.mail import notices
from wiki.models import Credential, User, clock
from wiki.models.locks import lock_site
from wiki.policy import reasons
from wiki.policy.permissions import held, refuse_suspended, reload
from wiki.policy.refusal import Refused

# The longest time for which a verification counts; after that the register is looked up again.
LONGEST_YEARS = 5
GONE = "This registration is no longer there."


@transaction.atomic
def enter(person: User, *, profession: str, specialties: Sequence[str], body: str, number: str) -> Credential:
    """Store a person's registration, to be verified by an administrator."""
    refuse_suspended(person)
    if profession not in Profession.values or not {*specialties} <= {*Specialty.values}:
        raise Refused("Choose profession and specialties from the lists.")
    reasons.refuse_unseen(body, number)
    # The lock on the person's row makes a form that was sent twice at once create one registration.
    lock_site()
    held(person)
    same = {"profession": profession, "specialties": list(specialties), "body": body, "number": number}
    if Credential.objects.unverified().filter(person=person, **same).exists():
        raise Refused("You have entered this registration already. It waits for an administrator.")
    made = Credential.objects.create(person=person, entered_at=clock.now(), **same)
    event = log.write("enter_credential", by=person, person=person, credential=made.pk, words=str(made))
    notices.tell(event, User.objects.administrators())
    return made


@transaction.atomic
def verify(credential_id: int, *, by: User, how: str, until: dt.date) -> Credential:
    """Record that a registration was verified: which register was asked, and until when it counts."""
    one, by = _held(credential_id), _administrator(by)
    if one.person_id == by.pk:
        raise Refused("You cannot verify your own registration. Ask another administrator.")
    if one.verified_at is not None:
        raise Refused(f"{one.verified_by_name} was first: this registration is verified.")
    how = reasons.required_words(how, "Say how you verified it: which register you asked, and what it said.")
    now = clock.now()
    today = timezone.localdate(now)
    if not today < until <= today + dt.timedelta(days=366 * LONGEST_YEARS):
        raise Refused(f"The end must be a day between tomorrow and {LONGEST_YEARS} years from now.")
    one.verified_at, one.verified_by, one.verified_by_name = now, by, str(by)
    one.verified_how, one.valid_until = how, until
    one.save(update_fields=["verified_at", "verified_by", "verified_by_name", "verified_how", "valid_until"])
    return _log_and_notify("verify_credential", one, by=by, how=one.verified_how, until=f"{until}")


@transaction.atomic
def decline(credential_id: int, *, by: User, reason: str) -> Credential:
    """Record that a registration could not be verified, and why. The person may enter it again."""
    one, by = _held(credential_id), _administrator(by)
    if one.person_id == by.pk:
        raise Refused("You cannot decide on your own registration. Withdraw it instead.")
    if one.verified_at is not None:
        raise Refused(f"{one.verified_by_name} has verified this registration. Revoke it instead.")
    return _ended("decline_credential", one, by=by, reason=reason)


@transaction.atomic
def revoke(credential_id: int, *, by: User, reason: str, was_false: bool = False) -> Credential:
    """End a verified registration. What was signed with it stays valid, unless it `was_false`."""
    one, by = _held(credential_id), _administrator(by)
    if one.verified_at is None:
        raise Refused("Nobody has verified this registration. Decline it instead.")
    unmet.tell_of_loss(one.person.role)
    one.was_false = was_false
    return _ended("revoke_credential", one, by=by, reason=reason)


@transaction.atomic
def withdraw(credential_id: int, *, by: User) -> Credential:
    """End a registration of one's own."""
    one = _held(credential_id)
    if one.person_id != by.pk:
        raise Refused("Only the person whose registration it is withdraws it.")
    one.ended_at = clock.now()
    one.save(update_fields=["ended_at"])
    log.write("withdraw_credential", by=by, person=by, credential=one.pk, words=str(one))
    unmet.tell_of_loss(by.role)
    return one


def _held(credential_id: int) -> Credential:
    """Return the credential with its row locked; raise `Refused` if it has ended."""
    lock_site()
    try:
        one = Credential.objects.locked(credential_id)
    except Credential.DoesNotExist:
        raise Refused(GONE) from None
    if not one.is_open:
        raise Refused(f"This registration is {one.standing} already.")
    return one


def _administrator(by: User) -> User:
    by = reload(by)
    if not by.can_administer:
        raise Refused("Only an administrator decides on registrations.")
    return by


def _ended(act: str, one: Credential, *, by: User, reason: str) -> Credential:
    one.ended_at, one.ended_reason = clock.now(), reasons.required_reason(reason, who_reads=reasons.PERSON)
    one.save(update_fields=["ended_at", "ended_reason", "was_false"])
    more = {"was_false": True} if one.was_false else {}
    return _log_and_notify(act, one, by=by, reason=one.ended_reason, **more)


def _log_and_notify(act: str, one: Credential, *, by: User, **data: Any) -> Credential:
    event = log.write(act, by=by, person=one.person, credential=one.pk, words=str(one), **data)
    notices.tell(event, [one.person])
    return one
