"""Declarations of interests: each holds for a year."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from wiki.acts import unmet
from wiki.audit import log
from wiki.models import Disclosure, Interest, Page, User, clock
from wiki.policy import reasons
from wiki.policy.permissions import refuse_suspended

# How long a declaration of interests holds.
DISCLOSURE_DAYS = 365


@dataclass(frozen=True)
class Declared:
    """One interest as it was entered in the form of a declaration."""

    nature: str
    party: str
    pages: Collection[Page] = ()
    names: Sequence[str] = ()


@transaction.atomic
def declare(person: User, interests: Sequence[Declared] = ()) -> Disclosure:
    """Store a person's declaration of all their interests; it is valid for a year."""
    refuse_suspended(person)
    reasons.refuse_unseen(*(text for one in interests for text in (one.party, *one.names)))
    now = clock.now()
    expires_on = timezone.localdate(now) + dt.timedelta(days=DISCLOSURE_DAYS)
    made = Disclosure.objects.create(person=person, declared_at=now, expires_on=expires_on)
    for one in interests:
        row = Interest.objects.create(
            disclosure=made, nature=one.nature, party=one.party, names=list(one.names)
        )
        row.pages.set(one.pages)
    log.write("declare", by=person, person=person, interests=len(interests))
    if interests:
        unmet.tell_of_loss(person.role)
    return made
