"""Subscriptions: what a person is notified of (pages, kinds, specialties, the queue), and unsubscribing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from wiki.mail.audience import MAIL
from wiki.mail.unsubscribe import RECALL, Ticket
from wiki.models import Letter, Mailing, Notice, Page, Personal, RecallWatch, Sending, User, Watch
from wiki.policy.permissions import held
from wiki.policy.refusal import Refused


@transaction.atomic
def watch(page: Page, *, by: User, wanted: bool) -> None:
    """Subscribe `by` to a page, or unsubscribe."""
    if wanted:
        Watch.objects.get_or_create(person=by, page=page)
    else:
        _stop(by, f"page:{page.pk}")


@transaction.atomic
def begin(person: User) -> None:
    """Subscribe a new moderator to the queue. They can change that under their subscriptions."""
    Watch.objects.get_or_create(person=person, queue=True)


@dataclass(frozen=True)
class SubscriptionChoice:
    """Everything that a person wants to be notified of, and how often by mail."""

    mailing: str
    queue: bool
    kinds: Collection[str]
    specialties: Collection[str]
    pages: Collection[int]  # the watched pages that stay watched
    not_mailed: Collection[str] = ()  # what of `Personal` does not come by mail


@transaction.atomic
def choose(person: User, choice: SubscriptionChoice) -> None:
    """Set a person's subscriptions. Pages can only be removed here; they are added on the page itself."""
    person = held(person)
    wanted = {f"kind:{one}" for one in choice.kinds} | {f"specialty:{one}" for one in choice.specialties}
    wanted |= {f"page:{one}" for one in choice.pages}
    if choice.queue and person.can_review:
        wanted.add("queue")
    had = {one.why for one in Watch.objects.all_of(person)}
    for why in sorted(had - wanted):
        _stop(person, why)
    for why in sorted(wanted - had):
        if not why.startswith("page:"):
            _start(person, why)
    person.not_mailed = []
    for what in choice.not_mailed:
        _stop_mail(person, what)
    _mail(person, choice.mailing)


def _start(person: User, why: str) -> None:
    what, _, value = why.partition(":")
    page = Page.objects.filter(pk=value).first() if what == "page" else None
    if what == "page" and page is None:
        raise Refused("This page is no longer there.")
    Watch.objects.get_or_create(
        person=person,
        page=page,
        kind=value if what == "kind" else "",
        specialty=value if what == "specialty" else "",
        queue=what == "queue",
    )


def _stop(person: User, why: str) -> None:
    """End one subscription; delete its letters that were not sent yet."""
    Watch.objects.all_of(person).because(why).delete()
    _drop_letters(person, why)


def _stop_mail(person: User, what: str) -> None:
    """End letters about one personal matter, and drop those that were not sent yet."""
    person.not_mailed = sorted({*person.not_mailed, what})
    person.save(update_fields=["not_mailed"])
    _drop_letters(person, what)


def _drop_letters(person: User, why: str) -> None:
    Letter.objects.waiting_for(person, why).update(state=Sending.DROPPED)
    told = Notice.objects.filter(Q(why=why) | Q(why__startswith=f"{why}:"), recipient=person, letter=None)
    told.update(by_mail=False)


def _mail(person: User, mailing: str) -> None:
    """Change how often a person gets mail; for "never", drop what was waiting for the next digest."""
    person.mailing = mailing
    person.save(update_fields=["mailing", "not_mailed"])
    if mailing == Mailing.NEVER:
        Notice.objects.filter(recipient=person, letter=None).update(by_mail=False)


# --- One click ---------------------------------------------------------------------------------------------


@transaction.atomic
def unsubscribe(ended: Ticket) -> None:
    """Do what a signed unsubscribe link says. A second call changes nothing."""
    if ended.why == MAIL:
        _mail(ended.person, Mailing.NEVER)
        for what in Personal:
            _drop_letters(ended.person, what)
    elif ended.why in Personal:
        _stop_mail(ended.person, ended.why)
    elif ended.why.startswith(f"{RECALL}:"):
        _switch_recalls(ended, is_on=False)
    else:
        _stop(ended.person, ended.why)


def _switch_recalls(ended: Ticket, *, is_on: bool) -> None:
    number = ended.why.partition(":")[2]
    RecallWatch.objects.filter(person=ended.person, pk=number).update(is_on=is_on)


@transaction.atomic
def resume(ended: Ticket) -> None:
    """Undo what a signed unsubscribe link did."""
    if ended.why == MAIL:
        _mail(ended.person, ended.before or Mailing.AT_ONCE)
    elif ended.why in Personal:
        ended.person.not_mailed = [one for one in ended.person.not_mailed if one != ended.why]
        ended.person.save(update_fields=["not_mailed"])
    elif ended.why.startswith(f"{RECALL}:"):
        _switch_recalls(ended, is_on=True)
    else:
        _start(ended.person, ended.why)
