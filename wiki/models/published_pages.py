"""Published pages as readers get them, made ready at approval; and how far each can be trusted."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVectorField,
)
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from wiki.domain.kinds import KINDS, Kind
from wiki.domain.lifecycle import State
from wiki.models.images import Image
from wiki.models.names import NOT_IN_LISTS, Name
from wiki.models.pages import Address, Page
from wiki.models.publications import SHOWN, Publication
from wiki.models.revisions import Decision, Origin, Revision
from wiki.models.sources import Source
from wiki.models.users import NamedPerson, User, Visitor
from wiki.models.verifications import Verification
from wiki.text.days import day_in_words, month_in_words
from wiki.text.markdown.html import vouched
from wiki.text.redaction.stand_ins import Fix, filled, summary_now
from wiki.text.search.typed import websearch

# What a search excerpt's hits stand between: characters that no text holds.
MARKERS = "\x02", "\x03"


@dataclass(frozen=True)
class Again:
    """That somebody looked at a whole page again, and changed nothing."""

    by: str
    username: str
    profession: str
    on: dt.date

    @property
    def verifier(self) -> NamedPerson:
        """Return who looked again, with their public page."""
        return _named(self.by, self.profession, self.username)


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
    again: Again | None = None
    cosigners: tuple[dict[str, str], ...] = ()

    @property
    def signers(self) -> list[NamedPerson]:
        """Return everybody whose signature was needed to publish it, the last one first."""
        others = (_named(one["name"], one["profession"], one["username"]) for one in self.cosigners)
        return [_named(self.by, self.profession, self.username), *others]

    @property
    def last_on(self) -> dt.date:
        """Return the day on which somebody last vouched for the page."""
        return self.again.on if self.again else self.on

    @property
    def reviewers(self) -> list[str]:
        """Return who vouches for it: who approved it, and who looked again."""
        names = [one.name for one in self.signers]
        return list(dict.fromkeys([*names, *([self.again.by] if self.again else ())]))

    @property
    def sentence(self) -> str:
        """Return the review line in plain text, for lists, exports and structured data."""
        if self.code == "unreviewed":
            said = f"{self.lead}, loaded {day_in_words(self.on)}; not yet reviewed by a clinician"
            return f"{said} · {self.conflicts}" if self.conflicts else said
        who = f"{self.lead} by {' and '.join(map(str, self.signers))}"
        due = "review was due in" if self.code == "overdue" else "next review due"
        again = self.again
        looked = f"looked at again, unchanged, by {again.verifier}, {day_in_words(again.on)}" if again else ""
        parts = (
            f"{who}, {day_in_words(self.on)}",
            looked,
            f"{due} {month_in_words(self.due)}",
            self.conflicts,
        )
        return " · ".join(part for part in parts if part)

    @property
    def conflicts(self) -> str:
        """Return on how many of its statements the evidence conflicts, in words; "" for none."""
        if not self.disputed:
            return ""
        return f"evidence conflicts on {self.disputed} statement{'s' if self.disputed > 1 else ''}"


def _named(name: str, profession: str, username: str) -> NamedPerson:
    return NamedPerson(name, profession, reverse("person", args=[username]) if username else "")


# When a page is due: by its approval, or a later look at all of it.
DUE: Final = Coalesce("verification__due_on", "publication__due_on")


class PublishedPageQuerySet(models.QuerySet["PublishedPage"]):
    """Reads over what is in force."""

    def put(self, page: Page, values: dict[str, Any]) -> None:
        """Write the row of a page, whether it is there already or not: one query."""
        row = self.model(page=page, **values)
        self.bulk_create([row], update_conflicts=True, unique_fields=["page"], update_fields=[*values])

    def for_page(self) -> Self:
        """Load what the page template shows, and refuse to load anything later."""
        return self.select_related(*SHOWN, "page__owner").fetch_mode(models.FETCH_RAISE)

    def read_by(self, person: Visitor) -> Self:
        """Tell as `last_read` which version somebody signed in had read before, and note that they read this.

        It costs no query: the database does it on the way.
        """
        if not person.is_authenticated:
            return self
        shown = models.F("page_id"), models.F("publication__revision_id")
        noted = models.Func(models.Value(person.pk), *shown, function="causeway_last_read")
        return self.annotate(last_read=models.ExpressionWrapper(noted, models.IntegerField()))

    def at(self, slug: str) -> "PublishedPage | None":
        """Return the page that is shown at an address."""
        return self.filter(slug=slug).first()

    def for_lists(self) -> Self:
        """Load what a line in a list shows: no text."""
        return self.select_related(*SHOWN).defer(*NOT_IN_LISTS, "publication__revision__content")

    def of_page(self, page_id: int) -> "PublishedPage | None":
        """Return what readers get of one page."""
        return self.filter(page=page_id).first()

    def of_pages(self, page_ids: Collection[int]) -> Self:
        """Keep some pages, with their addresses, titles and kinds."""
        return self.filter(page__in=page_ids).only("slug", "title", "kind")

    def counts_by_kind(self) -> list[tuple[Kind, int]]:
        """Return every kind with how many pages of it are in force, the fullest first."""
        counts = dict(self.values_list("kind").annotate(models.Count("pk")).order_by())
        return sorted(((kind, counts.get(kind.value, 0)) for kind in KINDS.values()), key=lambda one: -one[1])

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
        signed = models.Q(verdicts__reviewer=person, verdicts__decision=Decision.APPROVE)
        seen = Revision.objects.filter(signed, publications__isnull=False)
        return self.filter(page__in=seen.values("page"))

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
        return self.due_by(today - dt.timedelta(days=1)).next_due()

    def due_by(self, day: dt.date) -> Self:
        """Keep the pages whose review is due on `day` or was before."""
        return self.annotate(due=DUE).filter(due__lte=day)

    def reviewed(self) -> Self:
        """Leave out the pages that no clinician has reviewed."""
        return self.exclude(publication__revision__origin=Origin.STARTER)

    def called(self, key: str) -> Self:
        """Keep the pages that have this very title; if none has, those with such an alias or code."""
        names = Name.objects.filter(key=key) if key else Name.objects.none()
        best = names.values("rank").order_by("rank")[:1]
        return self.filter(page__in=names.filter(rank=best).values("page")).order_by("slug")

    def matching(self, words: str) -> Self:
        """Keep what holds `words`, best first, with an excerpt in which they stand between `MARKERS`."""
        query = SearchQuery(websearch(words), config="causeway", search_type="websearch")
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
        return self.order_by(DUE, "pk")

    def a_to_z(self) -> Self:
        """Order by title as an index does."""
        return self.order_by("slug", "pk")

    def newest_first(self) -> Self:
        """Order by approval, newest first."""
        return self.order_by("-publication__in_force", "-pk")


class PublishedPage(models.Model):
    """What readers get of a page in force, made ready when it was approved. Derived."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="published_page")
    publication = models.OneToOneField(Publication, models.CASCADE, related_name="published_page")
    # The last time that somebody looked at the whole of this version again and changed nothing.
    verification = models.ForeignKey(Verification, models.SET_NULL, null=True, related_name="+")
    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    summary = models.TextField()
    aliases = ArrayField(models.CharField(max_length=120), default=list)
    codes = models.JSONField(default=list)
    html = models.TextField()
    contents = models.JSONField(default=list)
    places = models.JSONField(default=list)
    cited = ArrayField(models.BigIntegerField(), default=list)
    acknowledged_retractions = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="sources of which the text says at each place that they were retracted",
    )
    authors = models.JSONField(default=list)
    # Who signed this version beside the one whose approval published it, in the order in which they signed.
    cosigners = models.JSONField(default=list)
    # What to show where a passage was corrected for safety, and until when. The other columns never hold it.
    corrected = models.JSONField(default=list)
    plain = models.TextField()
    words = models.PositiveIntegerField()
    disputed = models.PositiveIntegerField(default=0, help_text="own statements on which evidence conflicts")
    vector = SearchVectorField(null=True)

    objects = PublishedPageQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="published_page_search"),
            models.Index(fields=["kind", "slug"], name="published_page_index"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page's permanent, short address."""
        return reverse("page", args=[self.slug])

    @property
    def writers(self) -> list[NamedPerson]:
        """Return who wrote it, with their public pages."""
        return [_named(one["name"], "", one["username"]) for one in self.authors]

    @property
    def first_letter(self) -> str:
        """Return what the page stands under in an index."""
        return self.slug[:1] if self.slug[:1].isalpha() else "0"

    @property
    def safe_html(self) -> str:
        """Return the body as it was sanitised when it went live, with what was corrected since."""
        return vouched(filled(self.html, self.fixes))

    @property
    def fixes(self) -> list[Fix]:
        """Return the corrections for safety that show on this page now."""
        return [Fix.from_json(one) for one in self.corrected]

    @property
    def lead(self) -> str:
        """Return the plain summary that readers get now. What shows a summary asks here."""
        return summary_now(self.summary, self.fixes)

    @property
    def number(self) -> int:
        """Return the version that readers see."""
        return self.publication.revision.number or 0

    @property
    def standing(self) -> Standing:
        """Return how far this page can be trusted today."""
        verdict, due = self.publication.verdict, self.due_on
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
            again=self._again,
            cosigners=tuple(self.cosigners),
        )

    @property
    def due_on(self) -> dt.date:
        """Return when it is due: by its approval, or by a later look at all of it."""
        again = self.verification
        return again.due_on if again and again.due_on else self.publication.due_on

    @property
    def _again(self) -> Again | None:
        if (one := self.verification) is None:
            return None
        username = one.by.username if one.by else ""
        return Again(one.by_name, username, one.by_profession, timezone.localdate(one.verified_at))

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
