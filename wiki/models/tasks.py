"""Tasks: what moderators are to check again, and why."""

from typing import Any, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.keyset import KeyOrder, moment, number
from wiki.models.lists.prepared import prepared
from wiki.models.names import NOT_IN_LISTS
from wiki.models.pages import Page
from wiki.models.sources import NoticeNature, SourceNotice
from wiki.models.users import User


class Cause(models.TextChoices):
    """Why a task was opened."""

    RETRACTION = "retraction", "A source was retracted, corrected or questioned"
    PREMISE = "premise", "A page that this rests on has changed"
    SECOND_READ = "second_read", "A second reader disagrees"
    LAPSED = "lapsed", "A safety correction has lapsed"
    DATA_ROW = "data_row", "A row of a data set changed or is gone"


OLDEST_TASK_FIRST: Final = KeyOrder.upward(moment("opened_at"), number("pk"))


class TaskQuerySet(models.QuerySet["Task"]):
    """Queries on tasks."""

    def open(self) -> Self:
        """Keep the open ones."""
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        """Keep the closed ones, newest first."""
        return self.exclude(closed_at=None).order_by("-closed_at", "-pk")

    def of_page(self, page: Page | int) -> Self:
        """Keep those of one page."""
        return self.filter(page=page)

    def of_cause(self, cause: str) -> Self:
        """Keep those of one cause; all of them for ""."""
        return self.filter(cause=cause) if cause else self

    @prepared
    def for_notices(self, page_id: int) -> "models.QuerySet[Task]":
        """Return those of a page because of journals' notices, with these."""
        return self.of_page(page_id).of_cause(Cause.RETRACTION).select_related("notice")

    def counts_by_cause(self) -> list[tuple[Cause, int]]:
        """Return the number of these tasks for every cause."""
        counts = dict(self.values_list("cause").annotate(models.Count("pk")).order_by())
        return [(cause, counts.get(cause.value, 0)) for cause in Cause]

    def for_list(self) -> Self:
        """Load what a list shows, oldest first."""
        shown = self.select_related(
            "page__published_page", "page__owner", "object__published_page", "notice__source"
        )
        long = (f"{end}__published_page__{part}" for end in ("page", "object") for part in NOT_IN_LISTS)
        return shown.defer(*long).order_by(*OLDEST_TASK_FIRST.by)

    def of_statement(self, relation: str, object_id: int) -> Self:
        """Keep those of one statement."""
        return self.filter(relation=relation, object=object_id)

    def of_retracted_works(self) -> Self:
        """Keep those that only a new version of the page can close."""
        return self.filter(notice__nature=NoticeNature.RETRACTION)

    @prepared
    def on_statements_of(self, page_id: int) -> Self:
        """Return the open ones of a page that a change of its statements may close."""
        return self.open().filter(cause__in=(Cause.PREMISE, Cause.DATA_ROW), page=page_id)

    def premises(self) -> Self:
        """Keep the open ones that mark a statement whose premise changed."""
        return self.open().filter(cause=Cause.PREMISE)

    def locked(self, pk: int) -> "Task":
        """Return the task, holding its row until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Task(models.Model):
    """A page, or one of its statements, to be checked again. It is closed once and then stays unchanged."""

    cause = models.CharField(max_length=12, choices=Cause)
    page = models.ForeignKey(Page, models.PROTECT, related_name="tasks")
    # The key of its cause (notice, publication, second read), so that one cause opens one task.
    ref = models.CharField(max_length=200)
    # For a changed premise: the statement, as its relation and other page.
    relation = models.CharField(max_length=40, blank=True)
    object = models.ForeignKey(Page, models.PROTECT, null=True, related_name="+")
    # For a retraction: the journal's notice.
    notice = models.ForeignKey(SourceNotice, models.PROTECT, null=True, related_name="tasks")
    # Details in words: for a premise, the old and the new sentence.
    data = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    closed_by_name = models.CharField(max_length=120, blank=True)
    outcome = models.TextField(blank=True)
    # Whether a person closed it with an outcome; if not, its cause went away.
    settled = models.BooleanField(default=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cause__in=Cause.values), name="task_cause_is_known"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="", settled=False)
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="closed_task_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(cause=Cause.PREMISE, object__isnull=False) & ~models.Q(relation="")
                | ~models.Q(cause=Cause.PREMISE) & models.Q(relation="", object=None),
                name="premise_is_of_a_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(cause=Cause.RETRACTION, notice__isnull=False)
                | ~models.Q(cause=Cause.RETRACTION) & models.Q(notice=None),
                name="retraction_is_of_a_notice",
            ),
            models.UniqueConstraint(fields=["cause", "page", "ref"], name="task_is_opened_once"),
        ]
        indexes = [
            models.Index(fields=["opened_at", "id"], condition=models.Q(closed_at=None), name="task_open"),
        ]

    def __str__(self) -> str:
        """Return why which page."""
        return f"{self.get_cause_display()}: page {self.page_id}"

    @property
    def page_title(self) -> str:
        """Return what the page is called. Needs its reading."""
        return _title(self.page) or "A page that is not published"

    @property
    def object_title(self) -> str:
        """Return what the other page of the statement is called, "" without one. Needs its reading."""
        return _title(self.object) or "a page that is not published" if self.object else ""

    @property
    def is_closed(self) -> bool:
        """Return whether it is closed."""
        return self.closed_at is not None

    @property
    def needs_the_page_changed(self) -> bool:
        """Return whether only a change of the page can close it: the page rests on a retracted work."""
        return self.notice is not None and self.notice.nature == NoticeNature.RETRACTION


def _title(page: Page) -> str:
    published_page = getattr(page, "published_page", None)
    return str(published_page.title) if published_page else ""


def later_notices(page_ids: list[int]) -> Any:
    """Return, for a query of sources, the later notices of journals: nature, day, and on which pages each is
    settled.

    What a later notice takes back is left out; settled it is on some of the pages that are asked for.
    """
    settled = Task.objects.filter(
        is_any_of("page", page_ids), cause=Cause.RETRACTION, settled=True, notice=models.OuterRef("pk")
    )
    notices = SourceNotice.objects.standing().filter(
        models.Q(source=models.OuterRef("pk")) | models.Q(source__merged_into=models.OuterRef("pk"))
    )
    told = notices.annotate(settled_on=ArraySubquery(settled.values("page").distinct())).values(
        later=JSONObject(nature="nature", on="noticed_on", settled="settled_on")
    )
    return ArraySubquery(told.order_by("-nature", "noticed_on", "pk"))
