"""Publications: when readers saw which revision. And the reading copy derived from the open one."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVectorField,
)
from django.db import models
from django.urls import reverse
from django.utils import timezone

from wiki.lifecycle import State
from wiki.models.images import Image
from wiki.models.names import NOT_IN_LISTS, Name
from wiki.models.pages import Address, Page
from wiki.models.revisions import Origin, Revision, Verdict
from wiki.models.sources import Source
from wiki.models.users import User
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

    def live_of(self, page: Page) -> "Publication | None":
        """Return what readers see of a page now, with what it says and who approved it."""
        found = self.open().filter(page=page).select_related("revision", "verdict", "reading")
        return found.defer("reading__html", "reading__plain", "reading__vector").first()

    def for_files(self) -> Self:
        """Keep those in force, retired pages among them, with what a file of the page holds."""
        return self.open().select_related("revision")

    def replaced_by(self, page: Page) -> Self:
        """Keep those that retire a page in favour of `page`, with their titles."""
        found = self.filter(page__replaced_by=page).select_related("revision")
        return found.defer("revision__content").order_by("page", "pk")

    def live_ids(self, page_ids: Collection[int]) -> dict[int, int]:
        """Return the id of the revision that readers see now, for each page that shows one."""
        return dict(self.open().filter(page__in=page_ids).values_list("page_id", "revision_id"))

    def at(self, moment: dt.datetime) -> Self:
        """Keep those that readers saw at `moment`."""
        return self.filter(in_force__contains=moment)

    def on(self, day: dt.date) -> Self:
        """Keep those that readers saw when `day` ended."""
        return self.at(dt.datetime.combine(day, dt.time.max, timezone.get_current_timezone()))

    def of_page(self, page: Page) -> Self:
        """Keep those of one page, newest first, with the people they name."""
        return (
            self.filter(page=page)
            .select_related("revision__author", "verdict__reviewer")
            .defer("revision__content")
            .prefetch_related("revision__verdicts")
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


# What a search excerpt's hits stand between: characters that no text holds.
MARKERS = "\x02", "\x03"


@dataclass(frozen=True)
class Standing:
    """How far a page can be trusted today, and who says so. Every place that tells it asks here."""

    code: str  # current, overdue, disputed, unreviewed
    lead: str
    by: str
    username: str
    profession: str
    on: dt.date
    due: dt.date
    number: int
    disputed: int

    @property
    def sentence(self) -> str:
        """Return the review line in plain text, for lists, exports and structured data."""
        if self.code == "unreviewed":
            said = f"{self.lead}, loaded {_said(self.on)}; not yet reviewed by a clinician"
            return f"{said} · {self.conflicts}" if self.conflicts else said
        who = ", ".join(part for part in (f"{self.lead} by {self.by}", self.profession) if part)
        due = "review was due in" if self.code == "overdue" else "next review due"
        parts = (f"{who}, {_said(self.on)}", f"{due} {self.due:%B %Y}", self.conflicts)
        return " · ".join(part for part in parts if part)

    @property
    def conflicts(self) -> str:
        """Return on how many of its statements the evidence conflicts, in words; "" for none."""
        if not self.disputed:
            return ""
        return f"evidence conflicts on {self.disputed} statement{'s' if self.disputed > 1 else ''}"


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Reads over what is in force."""

    def for_page(self) -> Self:
        """Load what the page template shows, and refuse to load anything later."""
        return self.select_related("publication__revision", "publication__verdict__reviewer").fetch_mode(
            models.FETCH_RAISE
        )

    def at(self, slug: str) -> "Reading | None":
        """Return the page that is shown at an address."""
        return self.filter(slug=slug).first()

    def for_lists(self) -> Self:
        """Load what a line in a list shows: no text."""
        return self.select_related("publication__revision", "publication__verdict__reviewer").defer(
            *NOT_IN_LISTS, "publication__revision__content"
        )

    def of_pages(self, page_ids: Collection[int]) -> Self:
        """Keep some pages, with their addresses, titles and kinds."""
        return self.filter(page__in=page_ids).only("slug", "title", "kind")

    def counts_by_kind(self) -> list[tuple[Kind, int]]:
        """Return every kind with how many pages of it are in force, the fullest first."""
        counts = dict(self.values_list("kind").annotate(models.Count("pk")).order_by())
        return sorted(((kind, counts.get(kind.value, 0)) for kind in Kind), key=lambda one: -one[1])

    def starter(self) -> Self:
        """Keep the pages that no clinician has reviewed."""
        return self.filter(publication__revision__origin=Origin.STARTER)

    def of_kind(self, kind: str) -> Self:
        """Keep the pages of one kind; all of them for ""."""
        return self.filter(kind=kind) if kind else self

    def citing(self, source: Source) -> Self:
        """Keep the pages whose text cites a source."""
        return self.filter(page__citations__source=source, page__citations__statement=None)

    def written_by(self, person: User) -> Self:
        """Keep the pages of which readers have seen a version by one person."""
        seen = models.Q(publications__isnull=False) | models.Q(state=State.INCLUDED)
        return self.filter(page__in=Revision.objects.filter(seen, author=person).values("page"))

    def reviewed_by(self, person: User) -> Self:
        """Keep the pages of which readers have seen a version that one person approved."""
        return self.filter(page__in=Publication.objects.filter(verdict__reviewer=person).values("page"))

    def showing(self, image: Image) -> Self:
        """Keep the pages that show a picture, A to Z; with what a line of a list shows."""
        return self.filter(page__depictions__image=image).only("slug", "title", "kind").order_by("slug", "pk")

    def linking_to(self, page_id: int) -> Self:
        """Keep the pages whose text links to a page, A to Z; with what a line of a list shows."""
        linking = Mention.objects.filter(target=page_id).exclude(page=page_id).values("page")
        return self.filter(page__in=linking).only("slug", "title", "kind").order_by("slug", "pk")

    def linking_to_addresses_of(self, page_ids: Collection[int]) -> Self:
        """Keep the pages whose text names an address of one of some pages, wherever it leads; A to Z."""
        slugs = Address.objects.filter(page__in=page_ids).values("slug")
        linking = Mention.objects.filter(slug__in=slugs).exclude(page__in=page_ids).values("page")
        return self.filter(page__in=linking).only("slug", "title", "kind").order_by("slug", "pk")

    def overdue(self, today: dt.date) -> Self:
        """Keep the pages whose review date has passed, longest overdue first."""
        return self.filter(publication__due_on__lt=today).order_by("publication__due_on", "pk")

    def called(self, key: str) -> Self:
        """Keep the pages that have this very title; if none has, those with such an alias or code."""
        names = Name.objects.filter(key=key) if key else Name.objects.none()
        best = names.values("rank").order_by("rank")[:1]
        return self.filter(page__in=names.filter(rank=best).values("page")).order_by("slug")

    def matching(self, words: str) -> Self:
        """Keep what holds `words`, best first, with an excerpt in which they stand between `MARKERS`."""
        query = SearchQuery(words, config="causeway", search_type="websearch")
        excerpt = SearchHeadline(
            "plain",
            query,
            config="causeway",
            start_sel=MARKERS[0],
            stop_sel=MARKERS[1],
            max_words=32,
            min_words=16,
            max_fragments=2,
            fragment_delimiter=" … ",
        )
        found = self.filter(vector=query).annotate(
            rank=SearchRank(models.F("vector"), query), excerpt=excerpt
        )
        return found.order_by("-rank", "slug")

    def next_due(self) -> Self:
        """Order by review date, soonest first."""
        return self.order_by("publication__due_on", "pk")

    def a_to_z(self) -> Self:
        """Order by title as an index does."""
        return self.order_by("slug", "pk")

    def newest_first(self) -> Self:
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
    def first_letter(self) -> str:
        """Return what the page stands under in an index."""
        return self.slug[:1] if self.slug[:1].isalpha() else "0"

    @property
    def safe_html(self) -> str:
        """Return the body as it was sanitised when it went live."""
        return vouched(self.html)

    @property
    def number(self) -> int:
        """Return the version that readers see."""
        return self.publication.revision.number or 0

    @property
    def standing(self) -> Standing:
        """Return how far this page can be trusted today."""
        verdict, due = self.publication.verdict, self.publication.due_on
        code = "current"
        if self.is_starter:
            code = "unreviewed"
        elif due < timezone.localdate():
            code = "overdue"
        elif self.disputed:
            code = "disputed"
        return Standing(
            code=code,
            lead="Starter content" if self.is_starter else "Reviewed",
            by=verdict.reviewer_name,
            username=verdict.reviewer.username if verdict.reviewer else "",
            profession=verdict.reviewer_profession,
            on=timezone.localdate(verdict.decided_at),
            due=due,
            number=self.number,
            disputed=self.disputed,
        )

    @property
    def is_starter(self) -> bool:
        """Return whether no clinician has reviewed this text."""
        return self.publication.revision.origin == Origin.STARTER


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
