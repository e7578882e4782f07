"""Suspending an account for a time, and reassigning the person's open work."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from wiki.acts import unmet
from wiki.acts.people import open_work
from wiki.acts.people.open_work import HandedOverWork
from wiki.audit import log
from wiki.mail import notices
from wiki.models import Role, User, clock
from wiki.models.locks import lock_site
from wiki.policy import reasons
from wiki.policy.permissions import held, reload
from wiki.policy.refusal import Refused
from wiki.text.days import end_of

LONGEST_DAYS = 366


@transaction.atomic
def suspend(person: User, *, by: User, reason: str, until: dt.date, to: User | None = None) -> HandedOverWork:
    """Suspend an account until the end of a day, and reassign the person's open work.

    Claims end and reports they had taken up are open again. The pages that they look after, and what was
    returned to them, go to the colleague `to`; without one the pages are nobody's and the texts wait.
    """
    _administrator(by, person)
    today = timezone.localdate(clock.now())
    reason = reasons.required_reason(reason, who_reads=reasons.PERSON)
    if not today < until <= today + dt.timedelta(days=LONGEST_DAYS):
        raise Refused("A suspension ends on a day between tomorrow and a year from now.")
    pages = open_work.hold(person)
    person = held(person)
    person.suspended_until = end_of(until)
    person.suspended_reason = reason
    person.save(update_fields=["suspended_until", "suspended_reason"])
    event = log.write("suspend", by=by, person=person, reason=reason, until=f"{until}")
    notices.tell(event, [person])
    open_work.let_go(person, by=by)
    unmet.tell_of_loss(person.role)
    return open_work.hand_over(person, pages, by=by, to=to)


@transaction.atomic
def lift(person: User, *, by: User, reason: str) -> User:
    """End a suspension early. Work that was reassigned stays with the colleague."""
    _administrator(by, person)
    reason = reasons.required_reason(reason, who_reads=reasons.PERSON)
    person = held(person)
    if not person.is_suspended:
        raise Refused(f"{person} is not suspended.")
    person.suspended_until = None
    person.save(update_fields=["suspended_until"])
    event = log.write("lift_suspension", by=by, person=person, reason=reason)
    notices.tell(event, [person])
    return person


@transaction.atomic
def hand_over_work(person: User, *, by: User, to: User) -> HandedOverWork:
    """Reassign the open work of a person whose account is suspended or closed to a colleague, including
    what was returned to them later.
    """
    _administrator(by, person)
    pages = open_work.hold(person)
    person = held(person)
    if person.is_active and not person.is_suspended:
        raise Refused(f"{person} is not suspended and carries on alone.")
    return open_work.hand_over(person, pages, by=by, to=to)


def _administrator(by: User, person: User) -> None:
    """Return the administrator; refuse anybody else, and refuse to suspend one's own account."""
    lock_site()
    # The lock decides which of two administrators who suspend each other at the same time comes first.
    list(User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update(no_key=True))
    if not reload(by).can_administer:
        raise Refused("Only an administrator suspends accounts, and lifts that again.")
    if by.pk == person.pk:
        raise Refused("You cannot suspend your own account. Ask another administrator.")
