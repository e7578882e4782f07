"""Digests: one mail a day or a week with what a person did not get at once."""

import datetime as dt
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wiki.domain.professions import Impact
from wiki.mail import notices, outbox, present
from wiki.mail.audience import MAIL
from wiki.models import Event, Letter, Mailing, Notice, User, clock
from wiki.policy.permissions import lacks_second_factor
from wiki.text.days import day_in_words

HOUR = 7
# Highest impact first; events without an impact are not changes of a page.
HEADINGS = {
    Impact.SAFETY.value: "Safety",
    Impact.ACTION.value: "Changes advice",
    Impact.WORDING.value: "Wording",
    Impact.NONE.value: "No change of meaning",
    "": "Other news",
}


def write_due(now: dt.datetime | None = None) -> int:
    """Write the digests that are due; return how many."""
    now = now or clock.now()
    return sum(_write(pk, now) for pk in Notice.objects.people_to_mail(now))


def last_due(mailing: str, now: dt.datetime) -> dt.datetime:
    """Return when digests were last due: daily at seven in the morning, weekly on Monday."""
    local = timezone.localtime(now)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if due > local:
        due -= dt.timedelta(days=1)
    return due - dt.timedelta(days=due.weekday()) if mailing == Mailing.WEEKLY else due


@transaction.atomic
def _write(person_id: int, now: dt.datetime) -> bool:
    """Write one person's digest under the lock of their row, so that two processes write one."""
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    due = last_due(person.mailing, now)
    ref = f"digest {due:%Y-%m-%d} to {person.pk}"
    waiting = Notice.objects.of_person(person).to_mail(due)
    if person.letters.filter(ref=ref).exists() or not waiting.exists():
        return False
    is_wanted = notices.has_mail(person) and person.mailing != Mailing.NEVER
    told = [one.event for one in waiting.visible_to(person)] if is_wanted else []
    if lacks_second_factor(person):
        told = [one for one in told if outbox.may_be_mailed_to_anybody(one, person)]
    told = [one for one in told if _is_news(one, person)]
    if told:
        (letter,) = outbox.post([_digest(person, told, due, ref)])
        waiting.filter(event__in=told).order_by().update(letter=letter)
    # The rest is dropped: the person may no longer read it, or has no mail.
    waiting.order_by().update(by_mail=False)
    return bool(told)


def _is_news(event: Event, person: User) -> bool:
    """Return whether an event is worth telling: not if all it asks for is done and it is not theirs."""
    is_theirs = event.revision is not None and event.revision.author_id == person.pk
    return not present.is_hidden(event) and (is_theirs or not present.is_settled(event))


def _digest(person: User, told: list[Event], due: dt.datetime, ref: str) -> Letter:
    """Return the letter with several events, highest impact first."""
    days = "week" if person.mailing == Mailing.WEEKLY else "day"
    number = f"{len(told)} piece{'s' if len(told) > 1 else ''} of news"
    ranked = sorted(told, key=lambda one: ([*HEADINGS].index(notices.impact_of(one)), one.at, one.pk))
    parts = [f"What you follow on Causeway, until {day_in_words(due)}: {number}."]
    for impact, events in groupby(ranked, key=notices.impact_of):
        parts.append(HEADINGS[impact].upper())
        parts += [_entry(one, person) for one in events]
    return outbox.letter_to(
        person,
        subject=f"Your {days} on Causeway: {number}",
        body="\n\n".join(parts) + "\n",
        why=MAIL,
        ref=ref,
    )


def _entry(event: Event, person: User) -> str:
    lines = [notices.sentence_of(event), present.since(event), notices.meaning_of(event)]
    lines += notices.remark_of(event).splitlines()
    lines.append(f"{settings.SITE_URL}{notices.address_of(event, person)}")
    return "\n".join(f"  {line}" for line in lines if line)
