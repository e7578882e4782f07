"""Recalls: who wants to be told of which, and telling them by mail.

By webhook all recalls come; who follows a page, a version or words is told of these by mail.
"""

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.conf import settings
from django.db import transaction

from wiki.mail import outbox
from wiki.models import (
    ANYBODY,
    Citation,
    Correction,
    Letter,
    Page,
    PublishedPage,
    RecallWatch,
    Revision,
    Source,
    User,
    clock,
)
from wiki.models.events import Event
from wiki.models.queries.changes import ReaderChange, recalls
from wiki.policy.refusal import Refused
from wiki.published.links import render_now
from wiki.text.redaction.passages import holds_passage
from wiki.text.search.typed import typed_line

MOST: Final = 200
# A recall is told as long as this: the job may not have run for a while.
TOLD_FOR: Final = dt.timedelta(days=14)


@transaction.atomic
def follow(person: User, *, page: Page | None = None, version: int | None = None, words: str = "") -> None:
    """Tell a person of recalls from now on: of a page, of one version of it, or of what some words find."""
    if not person.can_act:
        raise Refused(person.suspension or "Sign in with all steps to do this.")
    words, revision = ("" if page else typed_line(words)), None
    if page is None and not words:
        raise Refused("Name a page, or write the words that a search would find it by.")
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
    since = clock.now() - TOLD_FOR
    return sum(_told(ReaderChange(one)) for one in recalls().filter(at__gte=since))


@transaction.atomic
def _told(change: ReaderChange) -> int:
    """Write the letters about one recall."""
    event, found = change.event, {}
    pages = _pages(change)
    for watch in RecallWatch.objects.from_before(event.at):
        is_asked = watch.person_id not in found and watch.person_id != event.actor_id
        if is_asked and watch.person.is_active and watch.person.email and _concerns(change, watch, pages):
            found[watch.person_id] = watch
    known = set(
        Letter.objects.filter(ref__in=[_ref(event, one) for one in found]).values_list("ref", flat=True)
    )
    new = [one for pk, one in found.items() if _ref(event, pk) not in known]
    return len(outbox.post(_letter(change, one) for one in new))


def _ref(event: Event, person_id: int) -> str:
    return f"recall {event.pk} to {person_id}"


def _pages(change: ReaderChange) -> Collection[int]:
    """Return the pages that a recall concerns."""
    if change.source is not None:
        return Citation.objects.pages_resting_on(change.source)
    return [change.event.page_id] if change.event.page_id else []


def _concerns(change: ReaderChange, watch: RecallWatch, pages: Collection[int]) -> bool:
    """Return whether somebody asked to be told of a recall like this."""
    if watch.revision is not None:
        return _concerns_version(change, watch.revision)
    if watch.page_id is not None:
        return watch.page_id in pages
    if PublishedPage.objects.matching(watch.words).filter(page__in=pages).exists():
        return True
    return change.event.revision_id is not None and _holds(change.event.revision_id, watch.words)


def _holds(revision_id: int, words: str) -> bool:
    """Return whether a version that may not be published any more holds each of some words."""
    document = Revision.objects.get(pk=revision_id).document
    text = " ".join((document.title, *document.aliases, document.summary, document.body)).casefold()
    return all(one in text for one in words.casefold().split())


def _concerns_version(change: ReaderChange, version: Revision) -> bool:
    """Return whether a recall concerns what one version says."""
    event = change.event
    if event.act == "second" and event.page_id == version.page_id:
        one = Correction.objects.get(pk=event.data["correction"])
        return holds_passage(version.document, one.passage)
    if change.source is None:
        return event.revision_id == version.pk
    kept = Source.objects.standing_for(change.source)
    keys = {key for row in version.document.statements for key in row.sources}
    return kept in {*Source.objects.by_key(keys).values(), *render_now(version.document.body).sources}


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
