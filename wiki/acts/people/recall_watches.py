"""Recalls: who wants to be told of which, and telling them by mail.

A webhook is sent the same recalls (`mail/webhooks.py`), where its person asks for those alone.
"""

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import transaction

from wiki.mail import outbox
from wiki.mail.recalled import concerned
from wiki.models import (
    ANYBODY,
    Letter,
    Page,
    RecallWatch,
    Revision,
    User,
    clock,
)
from wiki.models.events import Event
from wiki.models.queries.changes import ReaderChange, recalls
from wiki.policy.refusal import Refused
from wiki.text.search.question import read
from wiki.text.search.typed import typed_line

MOST: Final = 200
# A recall is told as long as this: the job may not have run for a while.
SENT_FOR: Final = dt.timedelta(days=14)


@transaction.atomic
def follow(person: User, *, page: Page | None = None, version: int | None = None, words: str = "") -> None:
    """Tell a person of recalls from now on: of a page, of one version of it, or of what some words find."""
    if not person.can_act:
        raise Refused(person.suspension or "Sign in with all steps to do this.")
    words, revision = ("" if page else typed_line(words)), None
    if page is None and not words:
        raise Refused("Name a page, or write the words that a search would find it by.")
    if page is None and not read(words).words:
        raise Refused("Write at least one word that the pages hold, beside those that they must not hold.")
    if page is not None and version is not None:
        revision = Revision.objects.visible_to(ANYBODY).numbered(page.pk, version)
        if revision is None:
            raise Refused("Readers have seen no such version of this page.")
    if RecallWatch.objects.of_person(person).count() >= MOST:
        raise Refused("You follow as many as one can. End some first.")
    same = RecallWatch.objects.filter(person=person, page=page, revision=revision, words__iexact=words)
    if not same.update(is_on=True):
        RecallWatch.objects.create(
            person=person, page=page, revision=revision, words=words, since=clock.now()
        )


@transaction.atomic
def switch(person: User, watch_id: int, *, is_on: bool) -> None:
    """End one of a person's, or let it begin again."""
    RecallWatch.objects.filter(person=person, pk=watch_id).update(is_on=is_on)


def tell() -> int:
    """Write the letters about recalls that are due; return how many. Each person hears of each once."""
    since = clock.now() - SENT_FOR
    return sum(_write_letters(ReaderChange(one)) for one in recalls().filter(at__gte=since))


@transaction.atomic
def _write_letters(change: ReaderChange) -> int:
    """Write the letters about one recall."""
    event, found = change.event, {}
    for watch in concerned(change, RecallWatch.objects.from_before(event.at)):
        is_asked = watch.person_id not in found and watch.person_id != event.actor_id
        if is_asked and watch.person.is_active and watch.person.email:
            found[watch.person_id] = watch
    known = set(
        Letter.objects.filter(ref__in=[_ref(event, one) for one in found]).values_list("ref", flat=True)
    )
    new = [one for pk, one in found.items() if _ref(event, pk) not in known]
    return len(outbox.post(_letter(change, one) for one in new))


def _ref(event: Event, person_id: int) -> str:
    return f"recall {event.pk} to {person_id}"


def _letter(change: ReaderChange, watch: RecallWatch) -> Letter:
    reason = f"Reason:\n  {change.reason}\n\n" if change.reason else ""
    body = (
        f"{change.title}.\n\nDo not rely on what you have of it before you have looked.\n\n{reason}"
        f"Read it here: {settings.SITE_URL}/recalls/#recall-{change.event.pk}\n\n"
        "You get this because you asked to be told of recalls.\n"
    )
    subject = f"Recall: {change.title}"
    ref, why = _ref(change.event, watch.person_id), f"recall:{watch.pk}"
    return outbox.letter_to(watch.person, subject=subject, body=body, why=why, ref=ref, event=change.event)
