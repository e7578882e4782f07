"""Publications: when readers saw which revision. And the reading copy derived from the open one."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse

from wiki.models.pages import Page
from wiki.models.revisions import Origin, Revision, Verdict
from wiki.text.markdown import vouched
from wiki.vocabulary import Kind


class Ending(models.TextChoices):
    """Why a publication ended."""

    REPLACED = "replaced", "Replaced"
    UNAPPROVED = "unapproved", "Approval taken back"


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Reads over publications."""

    def open(self) -> Self:
        """Keep those that readers see now."""
        return self.filter(in_force__upper_inf=True)

    def at(self, moment: dt.datetime) -> Self:
        """Keep those that readers saw at `moment`."""
        return self.filter(in_force__contains=moment)

    def of_page(self, page: Page) -> Self:
        """Keep those of one page, newest first, with the people they name."""
        return (
            self.filter(page=page)
            .select_related("revision__author", "verdict__reviewer")
            .order_by("-in_force", "-pk")
        )


class Publication(models.Model):
    """The interval in which one revision of a page is the one that readers see."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="publications")
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="publications")
    in_force = DateTimeRangeField()
    due_on = models.DateField("next review due")
    ending = models.CharField(max_length=20, choices=Ending, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="page_has_one_live_revision",
                expressions=[("page", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=models.Q(in_force__upper_inf=True, ending="")
                | (models.Q(in_force__upper_inf=False) & ~models.Q(ending="")),
                name="publication_that_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        """Return which revision, since when."""
        return f"{self.revision} since {self.since:%Y-%m-%d}"

    @property
    def since(self) -> dt.datetime:
        """Return when readers first saw it."""
        moment: dt.datetime = self.in_force.lower
        return moment

    @property
    def until(self) -> dt.datetime | None:
        """Return when readers last saw it, or None while they do."""
        moment: dt.datetime | None = self.in_force.upper
        return moment


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Reads over what is in force."""

    def for_page(self) -> Self:
        """Load what the page template shows, and refuse to load anything later."""
        return self.select_related("publication__revision", "publication__verdict__reviewer").fetch_mode(
            models.FETCH_RAISE
        )

    def for_lists(self) -> Self:
        """Load what a line in a list shows: no text."""
        return self.select_related("publication__revision", "publication__verdict__reviewer").defer(
            "html", "contents", "places", "vector", "plain", "publication__revision__content"
        )

    def overdue(self, today: dt.date) -> Self:
        """Keep the pages whose review date has passed, longest overdue first."""
        return self.filter(publication__due_on__lt=today).order_by("publication__due_on", "pk")

    def a_to_z(self) -> Self:
        """Order by title as an index does."""
        return self.order_by("slug", "pk")

    def latest(self) -> Self:
        """Order by approval, newest first."""
        return self.order_by("-publication__in_force", "-pk")


class Reading(models.Model):
    """What readers get of a page in force, made ready when it was approved. Derived."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True)
    publication = models.OneToOneField(Publication, models.CASCADE)
    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    summary = models.TextField()
    aliases = ArrayField(models.CharField(max_length=120), default=list)
    codes = models.JSONField(default=list)
    html = models.TextField()
    contents = models.JSONField(default=list)
    places = models.JSONField(default=list)
    cited = ArrayField(models.BigIntegerField(), default=list)
    authors = models.JSONField(default=list)
    plain = models.TextField()
    words = models.PositiveIntegerField()
    disputed = models.PositiveIntegerField(default=0, help_text="own statements on which evidence conflicts")
    vector = SearchVectorField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="reading_search"),
            models.Index(fields=["kind", "slug"], name="reading_index"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page's permanent, short address."""
        return reverse("page", args=[self.slug])

    @property
    def safe_html(self) -> str:
        """Return the body as it was sanitised when it went live."""
        return vouched(self.html)

    @property
    def number(self) -> int:
        """Return the version that readers see."""
        return self.publication.revision.number or 0

    @property
    def is_starter(self) -> bool:
        """Return whether no clinician has reviewed this text."""
        return self.publication.revision.origin == Origin.STARTER


class Name(models.Model):
    """A title, alias or code that leads straight to a page in force. Derived."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="names")
    text = models.CharField(max_length=160)
    key = models.CharField(max_length=160)
    rank = models.PositiveSmallIntegerField(help_text="0 title, 1 alias, 2 code")

    class Meta:
        indexes = [
            models.Index(fields=["key", "rank"], name="name_exact"),
            GinIndex(OpClass("key", name="gin_trgm_ops"), name="name_trigrams"),
        ]

    def __str__(self) -> str:
        """Return the name as it is written."""
        return self.text


class Mention(models.Model):
    """A link in the text of a page in force, whether or not it leads somewhere. Derived."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="mentions")
    slug = models.SlugField(max_length=140, allow_unicode=True)
    title = models.CharField(max_length=200)
    target = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="mentioned_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="mention_counts_once")]
        indexes = [models.Index(fields=["slug"], name="mention_by_slug")]

    def __str__(self) -> str:
        """Return the link as it is written."""
        return self.title
