"""What readers send: reports of mistakes and applications to write; and what people watch."""

from collections.abc import Collection, Iterable
from typing import Self

from django.db import models
from django.urls import reverse

from wiki.domain.professions import Specialty
from wiki.models import locks
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import User


class ReportState(models.TextChoices):
    """The state of a report."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Being put right"
    CLOSED = "closed", "Answered"


class ReportQuerySet(models.QuerySet["Report"]):
    """Queries on reports."""

    def open(self) -> Self:
        """Keep the unanswered ones."""
        return self.exclude(state=ReportState.CLOSED)

    def number_open_on(self, page_id: int) -> int:
        """Return how many of a page are unanswered."""
        return self._number_open_on(page_id) or 0

    @prepared_row
    def _number_open_on(self, page_id: int) -> "models.QuerySet[Report, int]":
        number = models.Func("pk", function="count", output_field=models.IntegerField())
        return self.open().filter(page=page_id).annotate(found=number).values_list("found", flat=True)

    def taken_up_by(self, person: User) -> Self:
        """Keep those that one person's draft is to answer."""
        return self.filter(state=ReportState.TAKEN, handled_by=person).order_by("pk")

    def closed(self) -> Self:
        """Keep those that were answered, the last one first."""
        return self.filter(state=ReportState.CLOSED).order_by("-handled_at", "-pk")

    def oldest_first(self) -> Self:
        """Order as they came in."""
        return self.order_by("reported_at", "pk")

    def for_list(self) -> Self:
        """Load what a list shows: the page's name, the version read, the draft that answers."""
        return self.select_related("page__published_page", "revision", "draft").defer(
            "revision__content", "draft__content", "page__published_page__html", "page__published_page__plain"
        )

    def locked(self, pk: int) -> "Report":
        """Return the report, holding its row until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("page", "revision", "draft").get(pk=pk)


class Report(models.Model):
    """A fault that a reader found on a page, in their words."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="reports")
    # The revision that the reader had on the screen.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reports")
    wrong = models.TextField("what is wrong")
    source = models.TextField("what says so", blank=True)
    # Removed when the report is closed.
    email = models.EmailField(blank=True)
    reported_at = models.DateTimeField(db_default=models.functions.Now())
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    # The draft that answers it. When that is discarded, the report is open again.
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
        """Return its state, in words."""
        if self.state == ReportState.TAKEN and not self.is_taken:
            return str(ReportState.OPEN.label)
        return str(ReportState(self.state).label)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reads over applications."""

    def open(self) -> Self:
        """Keep those that nobody has answered yet, the oldest first."""
        return self.filter(answered_at=None).select_related("person").order_by("applied_at", "pk")

    def answered(self) -> Self:
        """Keep those that were answered, the last one first."""
        return self.exclude(answered_at=None).select_related("person").order_by("-answered_at", "-pk")

    def of_person(self, person: User) -> Self:
        """Keep those of one person, the newest first."""
        return self.filter(person=person).order_by("-applied_at", "-pk")

    def locked(self, pk: int) -> "Application | None":
        """Return the application, holding its row until the transaction ends; None when it is gone."""
        locks.note(locks.Rank.ROW)
        found = self.select_for_update(of=("self",)).select_related("person")
        return found.filter(pk=pk).first()


class Application(models.Model):
    """Somebody with an account asks to be allowed to write: who they are, and what for."""

    person = models.ForeignKey(User, models.CASCADE, related_name="applications")
    profession = models.CharField(max_length=200)
    wish = models.TextField("what they want to write about")
    applied_at = models.DateTimeField(db_default=models.functions.Now())
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_by_name = models.CharField(max_length=120, blank=True)
    is_granted = models.BooleanField(default=False)
    answer = models.TextField(blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answered_at=None),
                name="one_open_application_of_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | ~models.Q(answer=""),
                name="answered_application_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        """Return who applies."""
        return f"{self.person} applies to write"

    def get_absolute_url(self) -> str:
        """Return where administrators answer it."""
        return reverse("application", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Return whether nobody has answered it yet."""
        return self.answered_at is None


class WatchQuerySet(models.QuerySet["Watch"]):
    """Queries on who watches what."""

    def of_person(self, person: User) -> Self:
        """Keep all that one person watches, pages by name."""
        shown = self.filter(person=person).select_related("page__published_page")
        return shown.defer("page__published_page__html", "page__published_page__plain").order_by(
            "page__published_page__slug", "pk"
        )

    def is_watched(self, page: Page, person: User) -> bool:
        """Return whether a person watches a page."""
        return self.filter(page=page, person=person).exists()

    def all_of(self, person: User) -> Self:
        """Keep all that one person watches."""
        return self.filter(person=person).order_by("pk")

    def because(self, why: str) -> Self:
        """Keep the subscription that is the reason `why` of a notice."""
        what, _, value = why.partition(":")
        return self.filter(**{what: True if what == "queue" else value})

    def that_hear(
        self, *, page: int | None, kind: str, specialties: Collection[str], queue: bool
    ) -> Iterable["Watch"]:
        """Return the subscriptions to any of these, with their people, the most specific reason of a person
        first.
        """
        # Nothing equals NULL.
        return self._that_hear(page, kind or None, [*specialties], queue or None)

    @prepared
    def _that_hear(
        self, page: int | None, kind: str | None, specialties: list[str], queue: bool | None
    ) -> "models.QuerySet[Watch]":
        heard = models.Q(is_any_of("specialty", specialties)) | models.Q(page=page)
        heard |= models.Q(kind=kind) | models.Q(queue=queue)
        found = self.filter(heard, person__is_active=True).select_related("person")
        return found.order_by(models.F("page").asc(nulls_last=True), "-specialty", "-kind", "pk")


class Watch(models.Model):
    """A person's subscription to a page, a kind of page, a specialty or the queue."""

    person = models.ForeignKey(User, models.CASCADE, related_name="watches")
    # Exactly one of these four.
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="watched_by")
    kind = models.CharField(max_length=20, blank=True)
    specialty = models.CharField(max_length=30, choices=Specialty, blank=True)
    queue = models.BooleanField(default=False)
    since = models.DateTimeField(db_default=models.functions.Now())

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "kind", "specialty", "queue"],
                name="watched_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, kind="", specialty="", queue=False)
                | (models.Q(page=None, specialty="", queue=False) & ~models.Q(kind=""))
                | (models.Q(page=None, kind="", queue=False) & ~models.Q(specialty=""))
                | models.Q(page=None, kind="", specialty="", queue=True),
                name="watch_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        """Return who watches what."""
        return f"{self.person} watches {self.kind or self.specialty or self.page_id or 'the queue'}"

    @property
    def title(self) -> str:
        """Return the name of the page that is watched, if readers see it. Needs `of_person`."""
        published_page = getattr(self.page, "published_page", None)
        return published_page.title if published_page else ""

    @property
    def why(self) -> str:
        """Return the reason in the form that a notice stores."""
        if self.queue:
            return "queue"
        if self.page_id is not None:
            return f"page:{self.page_id}"
        return f"kind:{self.kind}" if self.kind else f"specialty:{self.specialty}"
