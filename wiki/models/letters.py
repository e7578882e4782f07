"""Letters (mail to be sent), and which version somebody last read."""

import datetime as dt
from collections.abc import Collection
from typing import Final, Self

from django.db import connection, models

from wiki.models.clock import WallClock
from wiki.models.events import Event
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.pages import Page
from wiki.models.reports import Report
from wiki.models.revisions import Revision
from wiki.models.users import User


class Sending(models.TextChoices):
    """The status of a letter."""

    WAITING = "waiting", "To be sent"
    SENDING = "sending", "Handed to the mail server"
    SENT = "sent", "Taken by the mail server"
    FAILED = "failed", "Given up"
    UNKNOWN = "unknown", "Cut off while it was sent; not sent again"
    DROPPED = "dropped", "Not sent: no longer wanted, or no longer theirs to read"


def ref_of_answer(report: Report) -> str:
    """Return the reference of the letter that answers a report; there is only one."""
    return f"answer to report {report.pk}"


# The moment at which the database is asked: asked for once, so that it is looked up in an index.
AT_ONCE: Final = WallClock(template="(SELECT %(function)s())", function="clock_timestamp")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Queries on letters."""

    def due(self, now: "dt.datetime | WallClock") -> Self:
        """Keep those to be sent by now, oldest first."""
        return self.filter(state=Sending.WAITING, send_at__lte=now).order_by("send_at", "pk")

    def next_to_send(self, among: "Collection[int] | None" = None) -> "Letter | None":
        """Return the first letter, of all or `among` some, that is due and not locked by another process.

        Its row is locked then, and `tried_at` is the present moment.
        """
        letter = self._next() if among is None else self._next_among([*among])
        if letter is not None:
            letter.tried_at = letter.asked_at
        return letter

    @prepared_row
    def _next(self) -> "models.QuerySet[Letter]":
        return self._free()

    @prepared_row
    def _next_among(self, ids: list[int]) -> "models.QuerySet[Letter]":
        return self.filter(is_any_of("pk", ids))._free()

    def _free(self) -> Self:
        free = self.due(AT_ONCE).select_for_update(of=("self",), skip_locked=True)
        shown = free.select_related("recipient", "event__revision").defer("event__revision__content")
        return shown.annotate(asked_at=AT_ONCE)[:1]

    def handed_over_before(self, moment: dt.datetime) -> Self:
        """Keep those that were given to the mail server before a moment, without an answer since."""
        return self.filter(state=Sending.SENDING, tried_at__lt=moment)

    def waiting_for(self, person: User, why: str) -> Self:
        """Keep the unsent letters to one person that were written for one reason, whatever follows it."""
        is_for = models.Q(notices__why=why) | models.Q(notices__why__startswith=f"{why}:")
        return self.filter(is_for, recipient=person, state=Sending.WAITING)

    def answering(self, report: Report) -> "Letter | None":
        """Return the letter that carries the answer to a report."""
        return self.filter(ref=ref_of_answer(report)).first()

    def busy(self, people: Collection[int], since: dt.datetime, most: int) -> set[int]:
        """Return which of some people got at least `most` letters about events since a moment.

        The mails of an account do not count: anybody can ask for them, with somebody else's address.
        """
        return {person for person, number in self._about_events([*people], since) if number >= most}

    @prepared
    def _about_events(
        self, people: list[int], since: dt.datetime
    ) -> "models.QuerySet[Letter, tuple[int, int]]":
        told = self.filter(is_any_of("recipient", people), event__isnull=False, made_at__gt=since)
        counted = told.values("recipient").annotate(number=models.Count("pk"))
        return counted.order_by().values_list("recipient", "number")


class Letter(models.Model):
    """One mail to one address. Written in the transaction of the act that it tells of.

    Once it is sent, given up or not wanted any more, the database removes the address and the text: either
    may be a stranger's, and a text may hold a link that opens an account.
    """

    # None for a reader without an account, and for mail of an account to an address that is not confirmed.
    recipient = models.ForeignKey(User, models.CASCADE, null=True, related_name="letters")
    address = models.EmailField(blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="letters")
    subject = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    # Headers such as List-Unsubscribe, and the Message-ID that stays the same however often it is tried.
    headers = models.JSONField(default=dict)
    # One letter for this, ever: "event 12 to 3", "digest 2026-11-23 to 3", "answer to report 5".
    ref = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=Sending, default=Sending.WAITING)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    # When `next_to_send` found it.
    asked_at: dt.datetime

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=Sending.values), name="sending_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=(Sending.WAITING, Sending.SENDING))
                | models.Q(address="", body=""),
                name="letter_that_is_done_is_blank",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "made_at"], name="letter_by_recipient"),
            models.Index(fields=["send_at", "id"], condition=models.Q(state="waiting"), name="letter_due"),
        ]

    def __str__(self) -> str:
        """Return reason and person of the letter. Its text is private."""
        return self.ref

    def save_sending(self) -> None:
        """Save how far the letter is, and when it was sent if it just was; raises `NotUpdated` if it is gone.

        Written out, as each letter is saved twice and composing that takes longer than the database.
        """
        values = (self.state, self.send_at, self.tries, self.tried_at, self.trouble)
        with connection.cursor() as cursor:
            cursor.execute(_SAVE_SENDING, [*values, self.state == Sending.SENT, self.pk])
            if (row := cursor.fetchone()) is None:
                raise Letter.NotUpdated(f"letter {self.pk} is gone")
        (self.sent_at,) = row


_SAVE_SENDING: Final = """
UPDATE wiki_letter SET state = %s, send_at = %s, tries = %s, tried_at = %s, trouble = %s,
    sent_at = CASE WHEN %s THEN clock_timestamp() ELSE sent_at END
WHERE id = %s RETURNING sent_at
"""


class LastReadManager(models.Manager["LastRead"]):
    """The way in which it is noted what somebody read."""

    def note(self, person_id: int, page_id: int, revision_id: int) -> None:
        """Note that somebody reads a version; what they read before stays beside it."""
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [person_id, page_id, revision_id])


_NOTE: Final = """
INSERT INTO wiki_lastread AS known (person_id, page_id, revision_id, read_at)
VALUES (%s, %s, %s, clock_timestamp())
ON CONFLICT (person_id, page_id) DO UPDATE
SET before_id = known.revision_id, revision_id = excluded.revision_id, read_at = excluded.read_at
WHERE known.revision_id <> excluded.revision_id
"""


class LastRead(models.Model):
    """The version of a page that a signed-in person read last."""

    person = models.ForeignKey(User, models.CASCADE, related_name="last_reads")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    # What they had read before that, and since when they read the other.
    before = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="+")
    read_at = models.DateTimeField()

    objects = LastReadManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="page_is_last_read_once")]

    def __str__(self) -> str:
        """Return who read which page."""
        return f"{self.person} read page {self.page_id}"
