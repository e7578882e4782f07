"""Remarks on submissions, views of differences, and claims."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models.functions import Least

from wiki.domain.lifecycle import State
from wiki.models import clock
from wiki.models.lists.prepared import prepared_row
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import User


class RemarkPlace(models.TextChoices):
    """The kind of passage that a remark is about."""

    WHOLE = "whole", "The whole"
    TITLE = "title", "The title"
    SUMMARY = "summary", "The summary"
    PARAGRAPH = "paragraph", "A paragraph"
    STATEMENT = "statement", "A statement"


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Queries on remarks."""

    def threads_of(self, page: Page | int) -> Self:
        """Keep the first remark of each thread on a page's submissions, oldest first, with the answers."""
        found = self.filter(page=page, thread=None).select_related("revision").defer("revision__content")
        return found.prefetch_related("answers").order_by("made_at", "pk")

    def visible_to(self, user: User) -> Self:
        """Leave out remarks on a suppressed text, except for those who may still read it."""
        return self if user.can_review else self.filter(revision__suppression=None)

    def unresolved(self) -> Self:
        """Keep the threads that nobody has resolved."""
        return self.filter(thread=None, resolved_at=None)


class Remark(models.Model):
    """A remark on one passage of a submission, or an answer to one.

    It belongs to the page and names the revision on which it was made, so it can be shown again on the next
    one where the passage is still there.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="remarks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="remarks")
    # The remark that this one answers; None for the first of a thread.
    thread = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    place = models.CharField(max_length=10, choices=RemarkPlace, default=RemarkPlace.WHOLE)
    # The text of the paragraph or summary at that time; for a statement, its relation, the other page's
    # id and its population if it has one.
    passage = models.TextField(blank=True)
    text = models.TextField()
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="remarks")
    author_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    resolved_by_name = models.CharField(max_length=120, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__in=RemarkPlace.values), name="remark_place_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="remark_says_something"),
        ]
        indexes = [models.Index(fields=["page", "made_at"], name="remark_by_page")]

    def __str__(self) -> str:
        """Return who says what."""
        return f"{self.author_name}: {self.text}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Queries on opened comparisons, and how their time in view grows."""

    def of_comparison(self, revision: Revision, person: User, compared_with: int | None) -> Self:
        """Keep those of a person and one comparison: a revision's present text against a live one."""
        return self.filter(
            revision=revision, person=person, digest=revision.digest, compared_with=compared_with
        )

    def first_of_comparison(
        self, revision: Revision, person: User, compared_with: int | None
    ) -> "Opening | None":
        """Return the first of those, if there is one."""
        asked = (revision.pk, person.pk, revision.digest)
        return self._of_new_page(*asked) if compared_with is None else self._of_change(*asked, compared_with)

    @prepared_row
    def _of_new_page(self, revision_id: int, person_id: int, digest: str) -> Self:
        found = self.filter(revision=revision_id, person=person_id, digest=digest, compared_with=None)
        return found.order_by("pk")[:1]

    @prepared_row
    def _of_change(self, revision_id: int, person_id: int, digest: str, live_id: int) -> Self:
        found = self.filter(revision=revision_id, person=person_id, digest=digest, compared_with=live_id)
        return found.order_by("pk")[:1]

    def open(self, revision: Revision, person: User, compared_with: Revision | None) -> None:
        """Record that a person opened a comparison; an earlier record of it stays unchanged."""
        row = self.model(
            revision=revision,
            person=person,
            compared_with=compared_with,
            digest=revision.digest,
            opened_at=clock.WallClock(),
        )
        self.bulk_create([row], ignore_conflicts=True)

    def add_seconds(self, seconds: int, *, most: int) -> int:
        """Add to the time in view, up to `most`; return how many rows there were."""
        return self.update(seconds=Least(models.F("seconds") + seconds, most))


class Opening(models.Model):
    """A reviewer opened the comparison of two exact texts; and for how long it was in view."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="openings")
    person = models.ForeignKey(User, models.CASCADE, related_name="openings")
    digest = models.CharField(max_length=64)
    compared_with = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    # Reported by the browser while the screen is in view; 0 without scripts.
    seconds = models.PositiveIntegerField(default=0)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "person", "compared_with"],
                name="comparison_is_opened_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        """Return who opened what."""
        return f"{self.person} opened {self.revision_id}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Queries on claims."""

    def held(self, now: dt.datetime) -> Self:
        """Keep those that have not expired, with the people's names."""
        return self.filter(until__gt=now).select_related("person")

    def on_what_waits(self) -> Self:
        """Keep those on submissions that nobody has decided yet."""
        return self.filter(revision__state=State.SUBMITTED)

    def of_person(self, person: User) -> Self:
        """Keep one person's."""
        return self.filter(person=person)


class Claim(models.Model):
    """A reviewer's note that they are looking at a submission. It blocks nobody and expires by itself."""

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="claim")
    person = models.ForeignKey(User, models.CASCADE, related_name="claims")
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    def __str__(self) -> str:
        """Return who is looking at what."""
        return f"{self.person} looks at {self.revision_id}"
