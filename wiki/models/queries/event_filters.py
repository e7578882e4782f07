"""The record as people read it: names of acts, who may see which, filters and lines."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from wiki.domain.decisions import Decision
from wiki.domain.lifecycle import State
from wiki.models.events import NEWEST_EVENT_FIRST, SUPPRESSING, Event, EventQuerySet
from wiki.models.lists.conditions import ExistsForEach
from wiki.models.pages import Address
from wiki.models.publications import Publication
from wiki.models.queries.verdict_openings import OPENED_AT, SECONDS
from wiki.models.revisions import Revision
from wiki.models.sources import Source
from wiki.models.users import User, Visitor
from wiki.text.days import end_of

ACTS: Final = {
    "submit": "Sent in",
    "rebase": "Rebased",
    "carry_signature": "Signature carried over a rebase",
    "signature_fell": "Signature not carried over a rebase",
    "withdraw": "Withdrawn",
    "claim": "Claimed for review",
    "release": "Claim given up",
    "sign": "Signed; more signatures needed",
    "unmet": "Waits for a signature that nobody can give",
    "approve": "Approved and published",
    "include": "Approved as part of a later version",
    "request_changes": "Changes requested",
    "reject": "Rejected",
    "remark": "Comment made",
    "answer": "Comment answered",
    "resolve": "Comment resolved",
    "reopen": "Comment reopened",
    "second_read": "Read a second time",
    "unapprove": "Approval reverted",
    "retire": "Retired",
    "load": "Loaded, reviewed by nobody",
    "load_folder": "Pages loaded from files, reviewed by nobody",
    "sign_page": "Whole page read; more signatures needed",
    "review_page": "Whole page reviewed",
    "verify": "Statement looked at again, unchanged",
    "correct": "Correction for safety proposed",
    "second": "Corrected for safety",
    "lift": "Correction for safety lifted",
    "suppress": "Text hidden for now",
    "confirm_suppression": "Text hidden for good",
    "show_again": "Hidden text shown again",
    "withdraw_meaning": "What a change means withdrawn",
    "protect": "Protected",
    "unprotect": "Protection lifted",
    "change_owner": "Given to somebody to look after",
    "hand_over_work": "Handed on to somebody else",
    "remind": "Reminded that it is due",
    "premise": "A premise changed",
    "recheck": "Statement to re-review",
    "open_task": "Page to re-review",
    "close_task": "Task closed",
    "report": "Mistake reported",
    "take_up_report": "Report taken up",
    "release_report": "Report given back",
    "close_report": "Report answered",
    "add_source": "Source added",
    "learn_identifier": "Identifier of a source learned",
    "ask_source_check": "Record of a source compared",
    "check_source": "Record of a source verified",
    "decline_source_check": "Check of a source declined",
    "merge_sources": "Sources merged",
    "unmerge_sources": "Sources parted",
    "source_notice": "A journal’s notice added",
    "detach_notice": "A journal’s notice found to be about another work",
    "add_picture": "Picture added",
    "withdraw_picture": "Picture withdrawn",
    "discard": "Draft discarded",
    "declare": "Interests declared",
    "apply_to_write": "Applied to write",
    "answer_application": "Application to write answered",
    "enter_credential": "Registration entered",
    "withdraw_credential": "Registration withdrawn",
    "verify_credential": "Registration verified",
    "decline_credential": "Registration declined",
    "revoke_credential": "Registration revoked",
    "role": "Role changed",
    "invite": "Person invited",
    "choose_signers": "Who signs for treatment chosen",
    "change_account": "Account changed",
    "close_account": "Account closed",
    "open_account": "Account opened again",
    "reset_second_step": "Second step removed",
    "change_address": "Email address changed",
    "suspend": "Account suspended",
    "lift_suspension": "Suspension lifted",
    "remove_account": "Account removed",
    "demo": "Demo begun",
}
# A journal's notice comes to a source, or goes: the lines are public where a published page rests on it.
ABOUT_SOURCES: Final = ("source_notice", "detach_notice")
# Acts that changed what readers see: the log lines of these are public.
PUBLIC: Final = (
    *("load", "approve", "unapprove", "retire", "sign_page", "review_page", "verify"),
    *("second", "lift", "suppress", "confirm_suppression", "show_again", "withdraw_meaning"),
)
# What is said of a text that nobody may read.
# What became of a text, which its author may follow too.
ABOUT_TEXTS: Final = (
    *("submit", "rebase", "carry_signature", "signature_fell", "withdraw"),
    *("sign", "include", "request_changes", "reject", *PUBLIC),
)
# The keys of event data that hold words; a line shows the first that the event has.
WORDS: Final = ("merge", "reason", "note", "meaning", "answer")


@dataclass(frozen=True)
class EventFilter:
    """The filters of the record; an empty one keeps everything."""

    act: str = ""
    about: int | None = None
    person: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def condition(self) -> models.Q:
        """Return the filter as a condition on events."""
        zone, found = timezone.get_current_timezone(), models.Q()
        if self.act:
            found &= models.Q(act=self.act)
        if self.about is not None:
            found &= models.Q(page=self.about)
        if self.person:
            found &= models.Q(actor_name__icontains=self.person) | models.Q(
                person_name__icontains=self.person
            )
        if self.since:
            found &= models.Q(at__gte=dt.datetime.combine(self.since, dt.time.min, zone))
        if self.until:
            found &= models.Q(at__lte=end_of(self.until))
        return found


@dataclass(frozen=True)
class EventLine:
    """One line of the record, as one reader may see it."""

    event: Event
    # Whether the reader may see all of it.
    whole: bool

    @property
    def act(self) -> str:
        """Return the act, in words."""
        return ACTS[self.event.act]

    @property
    def slug(self) -> str:
        """Return the address of the page, if it is published."""
        published_page = getattr(self.event.page, "published_page", None)
        return published_page.slug if published_page else ""

    @property
    def title(self) -> str:
        """Return the page's title, now or in the line's version. Titles of drafts are not shown."""
        event = self.event
        if event.page is None:
            return ""
        if published_page := getattr(event.page, "published_page", None):
            return str(published_page.title)
        told = event.revision is not None and event.revision.state != State.DRAFT and self.whole
        return event.revision.title if told and event.revision else f"Page {event.page_id}"

    @property
    def number(self) -> int | None:
        """Return which version it is about."""
        return self.event.revision.number if self.event.revision else None

    @property
    def source(self) -> int | None:
        """Return the source that it is about, if it is about one."""
        about = self.event.data.get("source")
        return about if isinstance(about, int) else None

    @property
    def words(self) -> str:
        """Return the reason, or the other words of the act."""
        found = (str(self.event.data.get(name) or "").strip() for name in WORDS)
        return next(filter(None, found), "")

    @property
    def signed_with(self) -> list[str]:
        """Return the other people who signed what was published, in the order of their signatures."""
        event = self.event
        if event.act != "approve" or event.revision is None:
            return []
        given = sorted(event.revision.verdicts.all(), key=lambda one: (one.decided_at, one.pk))
        is_other = [one for one in given if one.decision == Decision.APPROVE and one.decided_at < event.at]
        return [one.reviewer_name for one in is_other if one.digest == event.data.get("digest")]

    def as_row(self) -> dict[str, Any]:
        """Return the line for a file; those who may see all of it get the data of the act too."""
        event = self.event
        row = {
            "id": event.pk,
            "at": event.at.astimezone(dt.UTC).isoformat(),
            "act": event.act,
            "act_in_words": self.act,
            "by": event.actor_name,
            "by_account": event.actor_id,
            "by_user_name": event.actor.username if event.actor else "",
            "signed_with": " and ".join(self.signed_with),
            "person": event.person_name if self.whole else "",
            "person_account": event.person_id if self.whole else None,
            "person_user_name": event.person.username if self.whole and event.person else "",
            "page": event.page_id,
            "title": self.title,
            "version": self.number,
            "source": self.source,
            "words": self.words,
            "opened_at": event.data.get(OPENED_AT, ""),
        }
        return row | ({SECONDS: event.data.get(SECONDS, ""), "data": event.data} if self.whole else {})


def may_see_all(user: Visitor) -> bool:
    """Return whether somebody may read the whole record: who reviews, inspects or administers."""
    return isinstance(user, User) and (user.can_inspect or user.can_administer)


def visible_to(user: Visitor) -> EventQuerySet:
    """Return the events that somebody may see. Every view of the record asks here.

    Everybody sees what changed what readers see, but not of a text that was suppressed, nor notices about
    works that no published page rests on. Writers also see what they did themselves, and what became of
    their texts.
    """
    if may_see_all(user):
        return Event.objects.all()
    is_readable = models.Q(~Revision.objects.suppressed("revision"))
    seen = models.Q(act__in=SUPPRESSING) | models.Q(act__in=PUBLIC) & is_readable
    # Every signature under what readers have seen, not the last one alone.
    published = Publication.objects.filter(revision=models.OuterRef("revision"))
    seen |= models.Q(ExistsForEach(published), act="sign") & is_readable
    seen |= models.Q(ExistsForEach(_of_published_sources()), act__in=ABOUT_SOURCES)
    if isinstance(user, User) and user.can_write:
        seen |= models.Q(actor=user) | models.Q(revision__author=user, act__in=ABOUT_TEXTS)
    return Event.objects.filter(seen)


def _of_published_sources() -> EventQuerySet:
    """Return the event of the row that is looked at, if a published page rests on the source it is about."""
    about = models.Q(pk=models.OuterRef("about")) | models.Q(merged_from=models.OuterRef("about"))
    found = Event.objects.annotate(about=Cast(KT("data__source"), models.BigIntegerField()))
    return found.filter(ExistsForEach(Source.objects.published().filter(about)), pk=models.OuterRef("pk"))


def lines(user: Visitor, wanted: EventFilter) -> EventQuerySet:
    """Return the filtered events that somebody may see, newest first, ready for a list."""
    found = visible_to(user).filter(wanted.condition)
    shown = (
        "page__published_page__slug",
        "page__published_page__title",
        "revision__title",
        "revision__number",
        "revision__state",
        "actor__username",
        "person__username",
    )
    own = ("at", "act", "actor_name", "person_name", "data", "page_id", "revision_id", "actor", "person")
    return (
        found.select_related("page__published_page", "revision", "actor", "person")
        .only(*own, *shown)
        .prefetch_related("revision__verdicts")
        .order_by(*NEWEST_EVENT_FIRST.by)
    )


def all_lines(user: Visitor, wanted: EventFilter) -> Iterator[EventLine]:
    """Yield every filtered line, a few at a time: for files."""
    whole = may_see_all(user)
    for event in lines(user, wanted).iterator(500):
        yield EventLine(event, whole)


def acts_visible_to(user: Visitor) -> list[tuple[str, str]]:
    """Return the acts that somebody may look for, with their names."""
    if may_see_all(user):
        return list(ACTS.items())
    known = ABOUT_TEXTS if isinstance(user, User) and user.can_write else (*PUBLIC, "sign")
    return [(act, label) for act, label in ACTS.items() if act in (*known, *ABOUT_SOURCES)]


def page_called(slug: str) -> int | None:
    """Return the page that has an address, past or present."""
    return Address.objects.filter(slug=slug).values_list("page_id", flat=True).first()
