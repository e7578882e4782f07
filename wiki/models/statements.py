"""Statements and citations of published pages. Derived from revisions and written nowhere else."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from wiki.domain.evidence import Basis, Grade, Stance
from wiki.domain.lifecycle import State
from wiki.domain.relations import RELATIONS, Relation
from wiki.domain.statement_values.clinical_terms import Inheritance, Onset, Strength
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.keyset import KeyOrder, number
from wiki.models.lists.prepared import prepared
from wiki.models.names import NOT_IN_LISTS
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.sources import Source, SourceNotice
from wiki.models.tasks import Task
from wiki.text.document import RowKey

# A page shows its own statements, and so many that other pages make about it; the rest stands in parts.
MOST_OF_OTHERS: Final = 100
SUREST_FIRST: Final = KeyOrder.downward(number("rank"), number("pk"))


class StatementQuerySet(models.QuerySet["Statement"]):
    """Queries on published statements."""

    def public(self) -> Self:
        """Keep those both of whose ends are published."""
        return self.filter(subject__published_page__isnull=False, object__published_page__isnull=False)

    @prepared
    def own_of(self, page_id: int) -> Self:
        """Return all that a page says of others, with nothing of these."""
        return self.filter(subject=page_id)

    @prepared
    def said_of(self, page_id: int) -> Self:
        """Return what published pages say about one, with those that say it."""
        about = self.public().filter(object=page_id).select_related("subject")
        return about.order_by("subject_id", "pk")

    def written_on(self, page: Page | int) -> Self:
        """Keep those of a page itself, with what the template shows of the other end."""
        return self.public().filter(subject=page).with_both_ends().order_by("-rank", "pk")

    def made_elsewhere_about(self, page: Page | int) -> Self:
        """Keep those that other pages make about a page, with what the template shows of these."""
        return self.public().filter(object=page).with_both_ends()

    def about(self, page: Page | int) -> "tuple[list[Statement], bool]":
        """Return those of a page itself and the surest that others make about it, at most
        `MOST_OF_OTHERS`, and whether there are more. One query, which reads no further ones.
        """
        page_id = page.pk if isinstance(page, Page) else page
        found = self._about(page_id)
        told = [one for one in found if one.object_id == page_id]
        if len(told) <= MOST_OF_OTHERS:
            return found, False
        last = min(told, key=lambda one: (one.rank, one.pk))
        return [one for one in found if one is not last], True

    @prepared
    def _about(self, page_id: int) -> "models.QuerySet[Statement]":
        first = self.made_elsewhere_about(page_id).order_by(*SUREST_FIRST.by)[: MOST_OF_OTHERS + 1]
        return self.written_on(page_id).order_by().union(first, all=True).order_by("-rank", "pk")

    @prepared
    def of_subjects(self, page_ids: list[int]) -> "models.QuerySet[Statement]":
        """Return those of some pages themselves, in the order in which they were written."""
        return self.filter(is_any_of("subject", page_ids)).order_by("pk")

    def with_both_ends(self) -> Self:
        """Load what readers see of both pages, and when a premise changed that nobody has checked since."""
        return self.annotate(
            subject_title=models.F("subject__published_page__title"),
            subject_slug=models.F("subject__published_page__slug"),
            subject_kind=models.F("subject__published_page__kind"),
            object_title=models.F("object__published_page__title"),
            object_slug=models.F("object__published_page__slug"),
            object_kind=models.F("object__published_page__kind"),
            premise_changed_at=_premise_changed_at(),
        )

    def _named(self) -> Self:
        return self.annotate(
            subject_title=models.F("subject__published_page__title"),
            subject_slug=models.F("subject__published_page__slug"),
            object_title=models.F("object__published_page__title"),
            object_slug=models.F("object__published_page__slug"),
        )

    def made_about(self, page_id: int, *, by: Collection[int]) -> Self:
        """Keep the statements of some published pages about a page, with the titles of those pages."""
        found = self.filter(object=page_id, subject__in=by, subject__published_page__isnull=False)
        long = (f"subject__published_page__{part}" for part in NOT_IN_LISTS)
        return found.select_related("subject__published_page").defer(*long).order_by("-rank", "pk")

    def resting_on(self, source: Source) -> Self:
        """Keep those that readers see and that rest on a source, with the names of both ends."""
        return self.public().filter(citations__source=source)._named().order_by("subject_slug", "pk")

    def readable(self, page: Page, relation: str, object_id: int) -> list["Statement"]:
        """Return what readers see of one relation to one page, for each population, with both names."""
        found = self.public().filter(subject=page, relation=relation, object=object_id)
        return list(found._named().order_by("-rank", "pk"))

    def example(self) -> "Statement | None":
        """Return one well-supported statement, as an example for the home page."""
        good = self.public().filter(relation="causes", stance=Stance.ASSERTED)
        return good._named().order_by("-rank", "-source_ids__len", "pk").first()

    def targets_by_page(self, page_ids: Iterable[int]) -> dict[int, set[RowKey]]:
        """Return what each of some pages says of which others, by the keys of the statements."""
        told: dict[int, set[RowKey]] = {}
        for one in self.filter(subject__in=page_ids).only("subject", "relation", "object", "population"):
            told.setdefault(one.subject_id, set()).add(one.key)
        return told

    def with_share_between(self, low: float, high: float) -> Self:
        """Keep those that hold for a share of people that may lie between two percentages."""
        return self.filter(share_low__lte=high, share_high__gte=low)

    def half_visible(self) -> Self:
        """Keep those whose other end is unpublished: moderators see them, readers do not."""
        return (
            self.filter(object__published_page__isnull=True)
            .annotate(
                subject_title=models.F("subject__published_page__title"),
                subject_slug=models.F("subject__published_page__slug"),
                object_title=models.Subquery(
                    Revision.objects.filter(page=models.OuterRef("object"))
                    .exclude(state=State.DRAFT)
                    .order_by("-number")
                    .values("title")[:1]
                ),
            )
            .order_by("subject_id", "pk")
        )


def _premise_changed_at() -> models.Subquery:
    """Return when a premise of a statement last changed, if nobody has checked it since."""
    of_it = {name: models.OuterRef(name) for name in ("relation", "object")}
    tasks = Task.objects.premises().filter(page=models.OuterRef("subject"), **of_it)
    return models.Subquery(tasks.order_by("-opened_at").values("opened_at")[:1])


class Statement(models.Model):
    """A typed cross-link of a published page. Written on the subject's page, shown on both."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    subject = models.ForeignKey(Page, models.CASCADE, related_name="statements")
    relation = models.CharField(max_length=30, choices=[(r.id, r.label) for r in RELATIONS.values()])
    object = models.ForeignKey(Page, models.CASCADE, related_name="statements_about", db_index=False)
    stance = models.CharField(max_length=20, choices=Stance)
    grade = models.CharField(max_length=20, choices=Grade)
    basis = models.CharField(max_length=30, choices=Basis)
    rank = models.PositiveSmallIntegerField(help_text="for sorting: the grade's")
    note = models.TextField(blank=True)
    strength = models.CharField(max_length=20, blank=True, choices=Strength)
    population = models.TextField(blank=True)
    frequency = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    onset = models.CharField(max_length=20, blank=True, choices=Onset)
    inheritance = models.CharField(max_length=20, blank=True, choices=Inheritance)
    penetrance = models.TextField(blank=True)
    check_by = models.TextField(blank=True)
    # The lowest and highest share that the frequency tells, in per cent.
    share_low = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    share_high = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    source_ids = ArrayField(models.BigIntegerField(), default=list)

    # When a page that this rests on changed, if nobody has checked it since; set by `about`.
    premise_changed_at: dt.datetime | None

    objects = StatementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "relation",
                "stance",
                models.F("rank").desc(),
                models.F("source_ids__len").desc(),
                "id",
                name="statement_by_support",
            ),
            models.Index(fields=["object", "rank", "id"], name="statement_of_an_object"),
        ]
        constraints = [
            models.UniqueConstraint(
                "subject",
                "relation",
                "object",
                Lower("population"),
                name="statement_is_made_once",
            ),
            models.CheckConstraint(
                condition=models.Q(share_low=None, share_high=None)
                | models.Q(
                    share_low__isnull=False,
                    share_high__isnull=False,
                    share_low__gte=0,
                    share_low__lte=models.F("share_high"),
                    share_high__lte=100,
                ),
                name="share_is_between_nothing_and_all",
            ),
            models.CheckConstraint(
                condition=models.Q(strength__in=["", *Strength.values]), name="strength_is_known"
            ),
            models.CheckConstraint(condition=models.Q(onset__in=["", *Onset.values]), name="onset_is_known"),
            models.CheckConstraint(
                condition=models.Q(inheritance__in=["", *Inheritance.values]), name="inheritance_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(subject=models.F("object")), name="no_statement_about_itself"
            ),
            models.CheckConstraint(condition=models.Q(stance__in=Stance.values), name="stance_is_known"),
            models.CheckConstraint(condition=models.Q(grade__in=Grade.values), name="grade_is_known"),
            models.CheckConstraint(condition=models.Q(basis__in=Basis.values), name="basis_is_known"),
            models.CheckConstraint(
                condition=models.Q(relation__in=list(RELATIONS)), name="relation_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the triple."""
        return f"{self.subject_id} {self.relation} {self.object_id}"

    @property
    def key(self) -> RowKey:
        """Return what `Row.key` is of the same statement."""
        return self.relation, self.object_id, self.population.casefold()

    @property
    def type(self) -> Relation:
        """Return the relation with its labels."""
        return RELATIONS[self.relation]


class CitationQuerySet(models.QuerySet["Citation"]):
    """Queries on citations."""

    def pages_resting_on(self, source_id: int) -> list[int]:
        """Return the published pages that rest on a source, in the order in which they are locked."""
        kept = Source.objects.standing_for(source_id)
        return list(self.filter(source=kept).order_by("page").values_list("page", flat=True).distinct())

    def sources_of(self, page: Page) -> set[int]:
        """Return the sources that a published page rests on, in its text or through its statements."""
        return set(self._sources_of(page.pk))

    @prepared
    def _sources_of(self, page_id: int) -> "models.QuerySet[Citation, int]":
        return self.filter(page=page_id).values_list("source", flat=True)

    @prepared
    def by_statements_of(self, page_ids: list[int]) -> "models.QuerySet[Citation, tuple[int, int]]":
        """Return page and source of what statements of some pages cite, in the order of the statements."""
        found = self.filter(is_any_of("page", page_ids), statement__isnull=False)
        return found.order_by("statement", "pk").values_list("page_id", "source_id")

    def resting_on_notices(self, page_ids: Collection[int]) -> set[int]:
        """Return those of some pages that rest on a work on which a journal's notice stands."""
        notices = SourceNotice.objects.standing().filter(kept=models.OuterRef("source"))
        found = self.filter(models.Exists(notices), page__in=page_ids)
        return set(found.values_list("page_id", flat=True))

    def pages_with_notices_unheeded(self) -> list[int]:
        """Return the published pages that rest on a work with a notice for which they have no task at all."""
        notices = SourceNotice.objects.standing().filter(kept=models.OuterRef("source"))
        of_it = {"page": models.OuterRef(models.OuterRef("page")), "notice": models.OuterRef("pk")}
        heeded = Task.objects.filter(**of_it)
        found = self.filter(models.Exists(notices.exclude(models.Exists(heeded))))
        return list(found.order_by("page").values_list("page", flat=True).distinct())


class Citation(models.Model):
    """A source that a published page rests on, in its text or through a statement. Derived."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.CASCADE, related_name="citations")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="citations")

    objects = CitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source", "statement"],
                nulls_distinct=False,
                name="citation_counts_once",
            ),
        ]

    def __str__(self) -> str:
        """Return which page rests on which source."""
        return f"page {self.page_id} cites source {self.source_id}"
