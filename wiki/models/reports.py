"""What readers report, and who watches a page."""

from django.db import models

from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import User


class ReportState(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Being put right"
    CLOSED = "closed", "Answered"


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
    # The draft that answers it; discarding the draft opens the report again.
    draft = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="answers")
    handled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    handled_by_name = models.CharField(max_length=120, blank=True)
    handled_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

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


class Watch(models.Model):
    """A person wants to hear of what happens to a page."""

    person = models.ForeignKey(User, models.CASCADE, related_name="watches")
    page = models.ForeignKey(Page, models.CASCADE, related_name="watched_by")
    since = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="page_is_watched_once")]

    def __str__(self) -> str:
        """Return who watches which page."""
        return f"{self.person} watches page {self.page_id}"
