"""What readers report, and who watches a page."""

from typing import Any, Self

from django.db import models
from django.urls import reverse

from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import User


class ReportState(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Being put right"
    CLOSED = "closed", "Answered"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads over reports."""

    def open(self) -> Self:
        """Keep those that nobody has answered yet."""
        return self.exclude(state=ReportState.CLOSED)

    def closed(self) -> Self:
        """Keep those that were answered, the last one first."""
        return self.filter(state=ReportState.CLOSED).order_by("-handled_at", "-pk")

    def oldest_first(self) -> Self:
        """Order as they came in."""
        return self.order_by("reported_at", "pk")

    def for_list(self) -> Self:
        """Load what a list shows: the page's name, the version read, the draft that answers."""
        return self.select_related("page__reading", "revision", "draft").defer(
            "revision__content", "draft__content", "page__reading__html", "page__reading__plain"
        )

    def locked(self, pk: int) -> "Report":
        """Return the report, holding its row until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("page", "revision", "draft").get(pk=pk)


class Report(models.Model):
    """What a reader found wrong on a page, in their words."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="reports")
    # What the reader had before them.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reports")
    wrong = models.TextField("what is wrong")
    source = models.TextField("what says so", blank=True)
    # Removed when the report is closed.
    email = models.EmailField(blank=True)
    reported_at = models.DateTimeField(db_default=models.functions.Now())
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    # The draft that answers it. When it is discarded, the report is open as it was.
    draft = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="answers")
    handled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    handled_by_name = models.CharField(max_length=120, blank=True)
    handled_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ReportState.values), name="report_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.CLOSED) | ~models.Q(answer=""),
                name="closed_report_has_an_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reported_at", "id"], condition=~models.Q(state="closed"), name="report_open"
            ),
        ]

    def __str__(self) -> str:
        """Return what is said to be wrong."""
        return self.wrong

    def get_absolute_url(self) -> str:
        """Return where writers read it."""
        return reverse("report", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Return whether it was answered."""
        return self.state == ReportState.CLOSED

    @property
    def is_taken(self) -> bool:
        """Return whether somebody's draft answers it."""
        return self.state == ReportState.TAKEN and self.draft_id is not None

    @property
    def standing(self) -> str:
        """Return where it stands, in words."""
        if self.state == ReportState.TAKEN and not self.is_taken:
            return str(ReportState.OPEN.label)
        return str(ReportState(self.state).label)


class WatchQuerySet(models.QuerySet["Watch"]):
    """Reads over who watches what."""

    def of(self, person: Any) -> Self:
        """Keep the pages that one person watches, by name."""
        shown = self.filter(person=person).select_related("page__reading")
        return shown.defer("page__reading__html", "page__reading__plain").order_by(
            "page__reading__slug", "pk"
        )

    def is_watched(self, page: Page, person: User) -> bool:
        """Return whether a person watches a page."""
        return self.filter(page=page, person=person).exists()

    def watchers_of(self, page: Page) -> list[User]:
        """Return the people who want to hear of a page."""
        return [watch.person for watch in self.filter(page=page).select_related("person").order_by("pk")]


class Watch(models.Model):
    """A person wants to hear of what happens to a page."""

    person = models.ForeignKey(User, models.CASCADE, related_name="watches")
    page = models.ForeignKey(Page, models.CASCADE, related_name="watched_by")
    since = models.DateTimeField(db_default=models.functions.Now())

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="page_is_watched_once")]

    def __str__(self) -> str:
        """Return who watches which page."""
        return f"{self.person} watches page {self.page_id}"
