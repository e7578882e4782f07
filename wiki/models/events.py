"""Events of the log, and the notices that tell people of them."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from wiki.domain.lifecycle import State
from wiki.models.lists.conditions import ExistsForEach
from wiki.models.lists.keyset import KeyOrder, moment, number
from wiki.models.lists.prepared import prepared_row
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.tasks import Task
from wiki.models.users import User

ABOUT_ACCOUNTS = (
    "role",
    "invite",
    "choose_signers",
    "remove_account",
    "change_account",
    "close_account",
    "open_account",
    "reset_second_step",
    "change_address",
    "suspend",
    "lift_suspension",
    "verify_credential",
    "decline_credential",
    "revoke_credential",
)
NEWEST_EVENT_FIRST: Final = KeyOrder.downward(moment("at"), number("pk"))
# As a person was told of them.
NEWEST_NOTICE_FIRST: Final = KeyOrder.downward(number("event_id"))
# Acts that hide a text. What is told of them holds no word of it.
SUPPRESSING = ("suppress", "confirm_suppression")
# Acts that take from readers, or give back to them, what could hurt somebody.
FOR_SAFETY = (
    *(*SUPPRESSING, "show_again", "second", "lift", "unapprove", "source_notice"),
    *("detach_notice", "withdraw_meaning", "withdraw_picture", "remove_account"),
)


class EventQuerySet(models.QuerySet["Event"]):
    """Queries on the log."""

    def reminders_of(self, page_ids: Collection[int]) -> set[tuple[int, str, str]]:
        """Return the reminders that were sent for some pages: which review, which stage, which day."""
        rows = self.filter(act="remind", page__in=page_ids).values_list("data", flat=True)
        return {(data["review"] or 0, data["stage"], data["due"]) for data in rows}

    def of_act(self, act: str) -> Self:
        """Keep the events of one act, newest first."""
        return self.filter(act=act).order_by("-pk")

    @prepared_row
    def newest_of_act(self, act: str) -> "models.QuerySet[Event]":
        """Return the newest event of one act."""
        return self.of_act(act)[:1]

    def about_accounts(self) -> Self:
        """Keep the events of roles and accounts, newest first, with their people."""
        found = self.filter(act__in=ABOUT_ACCOUNTS).select_related("actor", "person")
        return found.order_by(*NEWEST_EVENT_FIRST.by)


class Event(models.Model):
    """One line of the append-only log."""

    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="events")
    actor_name = models.CharField(max_length=120)
    act = models.CharField(max_length=40)
    page = models.ForeignKey(Page, models.PROTECT, null=True, related_name="events")
    # A draft that is discarded takes its row with it, so the log keeps the number, not a key.
    revision = models.ForeignKey(
        Revision, models.DO_NOTHING, null=True, related_name="events", db_constraint=False
    )
    # The person to whom it was done, if any.
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    person_name = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    # The transaction that wrote it, set by `sql/events.sql`, in which life of the database: a copy that is
    # restored elsewhere counts from the beginning again.
    epoch = models.PositiveSmallIntegerField(db_default=0)
    transaction = models.BigIntegerField(db_default=0)

    # The people notified since it was written in this process; None when it was loaded from the database.
    notified: set[int] | None = None

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            # For parts of a name.
            GinIndex(OpClass(Upper("actor_name"), name="gin_trgm_ops"), name="event_by_actor"),
            GinIndex(OpClass(Upper("person_name"), name="gin_trgm_ops"), name="event_by_person"),
            models.Index(fields=["at", "id"], name="event_by_time"),
            models.Index(fields=["page", "at", "id"], name="event_by_page"),
            models.Index(fields=["act", "at", "id"], name="event_by_act_and_time"),
            models.Index(fields=["act", "id"], name="event_by_act"),
            models.Index(fields=["epoch", "transaction", "id"], name="event_by_commit"),
        ]

    def __str__(self) -> str:
        """Return who did what."""
        return f"{self.actor_name}: {self.act}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Queries on notices."""

    def of_person(self, user: User) -> Self:
        """Keep one person's, newest first."""
        return (
            self.filter(recipient=user)
            .select_related("event__revision")
            .defer("event__revision__content")
            .order_by(*NEWEST_NOTICE_FIRST.by)
        )

    def unseen(self) -> Self:
        """Keep those not yet looked at."""
        return self.filter(seen_at=None)

    def to_mail(self, before: dt.datetime) -> Self:
        """Keep those from before a moment that wait for the next digest."""
        return self.filter(by_mail=True, letter=None, event__at__lt=before)

    def people_to_mail(self, now: dt.datetime) -> list[int]:
        """Return the ids of the people for whom something waits for the next digest."""
        rows = self.to_mail(now).order_by("recipient").distinct()
        return list(rows.values_list("recipient_id", flat=True))

    def visible_to(self, user: User) -> Self:
        """Keep those about things that a person may see today, and those that their own text was hidden."""
        seen = ExistsForEach(Revision.objects.visible_to(user).filter(pk=models.OuterRef("event__revision")))
        is_own_text_hidden = models.Q(event__act__in=SUPPRESSING, event__revision__author=user)
        return self.filter(models.Q(event__revision=None) | models.Q(seen) | is_own_text_hidden)

    def ids_notified_of(self, event: "Event") -> set[int]:
        """Return the ids of the people who were notified of an event."""
        return set(self.filter(event=event).values_list("recipient_id", flat=True))


class Notice(models.Model):
    """One event of which one person is notified."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    seen_at = models.DateTimeField(null=True)
    # The reason for the notification: own, account, or a subscription (page:12, kind:gene, queue).
    why = models.CharField(max_length=50, default="own", db_default="own")
    # Whether it also goes by mail, and the letter that it is in.
    by_mail = models.BooleanField(default=False, db_default=False)
    letter = models.ForeignKey("wiki.Letter", models.RESTRICT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "event"], name="person_hears_of_an_event_once"),
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=models.Q(seen_at=None), name="notice_unseen"),
            models.Index(
                fields=["recipient"], condition=models.Q(by_mail=True, letter=None), name="notice_to_mail"
            ),
        ]

    def __str__(self) -> str:
        """Return person and event."""
        return f"{self.recipient}: {self.event}"


def person_with_counts(pk: int) -> User | None:
    """Return a person with the counts of the header: drafts, unseen notices, waiting reviews. One query."""
    return _with_counts(User.objects.get_queryset(), pk)


# The header tells numbers up to this one.
MOST_COUNTED: Final = 100


@prepared_row
def _with_counts(people: "models.QuerySet[User]", pk: int) -> models.QuerySet[Any, User]:
    return people.filter(pk=pk).annotate(**counts_of_header())


def counts_of_header() -> dict[str, models.Func]:
    """Return what a query on people counts for the header of a page, by the attribute that holds it."""
    drafts = Revision.objects.filter(author=models.OuterRef("pk"), state=State.DRAFT)
    unseen = Notice.objects.filter(recipient=models.OuterRef("pk"), seen_at=None)
    return {
        "drafts_count": _count(drafts),
        "notices_count": _count(unseen),
        "waiting_count": _count(Revision.objects.waiting()),
        "tasks_count": _count(Task.objects.open()),
    }


def _count(rows: models.QuerySet[Any]) -> models.Func:
    """Return how many rows a subquery holds, `MOST_COUNTED` at most."""
    ones = rows.order_by().annotate(one=models.Value(1)).values("one")[:MOST_COUNTED]
    return models.Func(
        models.Subquery(ones),
        template="(SELECT count(*) FROM %(expressions)s AS found)",
        output_field=models.IntegerField(),
    )
