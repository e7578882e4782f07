"""Published pages as readers get them, prepared at approval, with their review status."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models.functions import Cast, JSONObject, Least
from django.utils import timezone

from wiki.addresses import address_of
from wiki.domain.glossary import EXPLAINED_KINDS
from wiki.domain.kinds import KINDS, Kind
from wiki.domain.origins import Origin
from wiki.models.images import Image
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.keyset import ROWS_A_PART, KeyOrder, day, number, text
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.names import NOT_IN_LISTS, Name
from wiki.models.pages import Address, Page
from wiki.models.publications import SHOWN, Publication
from wiki.models.sources import Source
from wiki.models.users import NamedPerson
from wiki.models.verifications import WholePageReview
from wiki.text.markdown.html import vouched
from wiki.text.redaction.stand_ins import Fix, filled, summary_now
from wiki.text.search.question import all_of
from wiki.text.slugs import fold
from wiki.text.standing import Approved, Reviewed, Standing


def _named(name: str, profession: str, username: str) -> NamedPerson:
    return NamedPerson(name, profession, address_of("person", username) if username else "")


def _people(kept: Iterable[dict[str, str]]) -> tuple[NamedPerson, ...]:
    return tuple(_named(one["name"], one["profession"], one["username"]) for one in kept)


# When a page is due again: the whole of one that was reviewed, or the first of its parts that names a day.
# PostgreSQL leaves out what is null.
DUE: Final = Least("whole_due_on", "check_on")
NEXT_DUE_FIRST: Final = KeyOrder.upward(day("due_on", DUE), number("pk"))
A_TO_Z: Final = KeyOrder.upward(text("slug"))


class PublishedPageQuerySet(models.QuerySet["PublishedPage"]):
    """Queries on what is published."""

    def put(self, pages: Mapping[int, dict[str, Any]]) -> None:
        """Insert or update the rows of some pages, by their ids, with one query."""
        rows = [self.model(page_id=page_id, **values) for page_id, values in pages.items()]
        columns = [*next(iter(pages.values()), ())]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["page"], update_fields=columns)

    def before_their_targets(self, after: int) -> Self:
        """Keep those behind the page `after` with a missing link, published before one that they link to."""
        since = "published_page__publication__in_force__startswith"
        newer = Mention.objects.filter(
            page=models.OuterRef("page"),
            **{f"target__{since}__gte": models.OuterRef("publication__in_force__startswith")},
        )
        found = self.filter(models.Exists(newer), page__gt=after, html__contains='class="missing"')
        return found.select_related("publication__revision").order_by("page")

    def for_page(self) -> Self:
        """Load what the page template shows; a later load of anything else raises."""
        linked = PublishedPage.objects.filter(page__mentioned_by__page=models.OuterRef("page_id"))
        shown = self.select_related(*SHOWN, "page__owner").fetch_mode(models.FETCH_RAISE)
        return shown.annotate(explaining=ArraySubquery(linked.explaining()))

    @prepared_row
    def page_at(self, slug: str) -> Self:
        """Return the page at an address with what its template shows."""
        return self.for_page().filter(slug=slug)

    @prepared_row
    def page_for(self, slug: str, person_id: int) -> Self:
        """Return the same with what somebody read of it before."""
        return self.for_page().read_by(person_id).filter(slug=slug)

    def explaining(self) -> models.QuerySet["PublishedPage", dict[str, Any]]:
        """Return what explains the names of those pages whose kind does that."""
        told = JSONObject(**{name: name for name in ("slug", "title", "aliases", "summary", "corrected")})
        pages = self.filter(kind__in=EXPLAINED_KINDS).order_by("slug").distinct()
        return pages.values_list(told, flat=True)

    def with_review(self) -> Self:
        """Load also who reviewed the whole page and who approved its changes."""
        return self.select_related(*SHOWN)

    def read_by(self, person_id: Any) -> Self:
        """Annotate `last_read`, the version that somebody read before, and `has_read`, whether it is this."""
        shown = models.F("page_id"), models.F("publication__revision_id")
        number, answer = models.IntegerField(), models.BooleanField()
        before = models.Func(person_id, *shown, function="causeway_last_read", output_field=number)
        noted = models.Func(person_id, *shown, function="causeway_has_read", output_field=answer)
        return self.annotate(last_read=before, has_read=noted)

    def at_addresses(self, slugs: Collection[str]) -> Self:
        """Return the pages at these addresses, present or earlier."""
        return self.filter(page__addresses__slug__in=slugs)

    def for_lists(self) -> Self:
        """Load the columns of a list, without the text."""
        return self.select_related(*SHOWN).defer(*NOT_IN_LISTS, "publication__revision__content")

    def with_words(self) -> Self:
        """Load the columns of a list, and the text without markup."""
        long = [part for part in NOT_IN_LISTS if part != "plain"]
        return self.select_related(*SHOWN).defer(*long, "publication__revision__content")

    @prepared_row
    def listed(self, page_id: int) -> Self:
        """Return the row of one page with the columns of a list, without the text."""
        return self.for_lists().filter(page=page_id)

    def of_page(self, page_id: int) -> "PublishedPage | None":
        """Return the published row of one page."""
        return self.filter(page=page_id).first()

    def of_pages(self, page_ids: Collection[int]) -> Self:
        """Keep some pages, with their addresses, titles and kinds."""
        return self.filter(page__in=page_ids).only("slug", "title", "kind")

    @prepared
    def named(self, page_ids: list[int]) -> "models.QuerySet[PublishedPage, tuple[int, str, str]]":
        """Return (id, kind, title) of some pages."""
        return self.filter(is_any_of("page", page_ids)).values_list("page_id", "kind", "title")

    def counts_by_kind(self) -> list[tuple[Kind, int]]:
        """Return every kind with how many pages of it are published, the fullest first."""
        counts = dict(self.values_list("kind").annotate(models.Count("pk")).order_by())
        return sorted(((kind, counts.get(kind.value, 0)) for kind in KINDS.values()), key=lambda one: -one[1])

    def for_search_engines(self) -> Self:
        """Keep the pages that search engines are shown: those that somebody has reviewed as a whole."""
        return self.filter(whole_page_review__due_on__isnull=False)

    def newest_by_kind(self) -> list[tuple[str, int, dt.datetime]]:
        """Return each kind that has pages, how many, and when the newest version of one was published."""
        newest = models.Max("publication__in_force__startswith")
        counted = self.values("kind").annotate(pages=models.Count("pk"), newest=newest).order_by("kind")
        return [(one["kind"], one["pages"], one["newest"]) for one in counted]

    def unreviewed(self) -> Self:
        """Keep the pages without a whole-page review, A to Z."""
        return self.filter(whole_page_review=None).a_to_z()

    def of_kind(self, kind: str) -> Self:
        """Keep the pages of one kind; all of them for ""."""
        return self.filter(kind=kind) if kind else self

    def citing(self, source: Source) -> Self:
        """Keep the pages whose text cites a source."""
        return self.filter(page__citations__source=source, page__citations__statement=None)

    def resting_on(self, sources: Collection[int]) -> Self:
        """Keep the pages that rest on some sources, one row for each, with which (`rests_on`); A to Z."""
        standing_for = models.functions.Coalesce("merged_into", "pk")
        kept = Source.objects.filter(pk__in=sources).values(kept=standing_for)
        cited = models.F("page__citations__source")
        found = self.filter(page__citations__source__in=kept).annotate(rests_on=cited)
        return found.only("slug", "title", "kind").order_by("slug", "pk").distinct()

    def showing(self, image: Image) -> Self:
        """Keep the pages that show a picture, A to Z; with what a line of a list shows."""
        return self.filter(page__depictions__image=image).only("slug", "title", "kind").order_by("slug", "pk")

    def linking_to(self, page_id: int) -> Self:
        """Keep the pages whose text links to a page, A to Z; with what a line of a list shows."""
        linking = Mention.objects.filter(target=page_id).exclude(page=page_id).values("page")
        return self.filter(page__in=linking).only("slug", "title", "kind").order_by("slug", "pk")

    @prepared
    def first_linking_to(self, page_id: int) -> "models.QuerySet[PublishedPage]":
        """Return the first of those: one more than a part of a list has."""
        return self.linking_to(page_id)[: ROWS_A_PART + 1]

    def linking_to_addresses_of(self, page_ids: Collection[int]) -> Self:
        """Keep the pages whose text names an address of one of some pages, wherever it leads; A to Z."""
        slugs = Address.objects.filter(page__in=page_ids).values("slug")
        linking = Mention.objects.filter(slug__in=slugs).exclude(page__in=page_ids).values("page")
        return self.filter(page__in=linking).only("slug", "title", "kind").order_by("slug", "pk")

    def some_linking_to_addresses_of(self, page_ids: Collection[int], most: int) -> "list[PublishedPage]":
        """Return at most so many of those pages, A to Z: whichever the database finds first."""
        slugs = list(Address.objects.filter(page__in=page_ids).values_list("slug", flat=True))
        # Without an order, so that of a page to which very many link few links are read. One page may name
        # several addresses.
        links = Mention.objects.filter(slug__in=slugs).exclude(page__in=page_ids)
        found = dict.fromkeys(links.values_list("page", flat=True)[: most * max(len(slugs), 1)])
        return list(self.of_pages([*found][:most]).order_by("slug", "pk"))

    def overdue(self, today: dt.date) -> Self:
        """Keep the pages that are past their day, in whole or in part, longest overdue first."""
        return self.due_by(today - dt.timedelta(days=1)).next_due()

    def due_by(self, on: dt.date) -> Self:
        """Keep the pages that are due on a day or were before, in whole or in part."""
        return self.alias(due=DUE).filter(due__lte=on)

    def called(self, key: str) -> Self:
        """Keep the pages with this title; if there is none, those with such an alias or code."""
        names = Name.objects.filter(key=key) if key else Name.objects.none()
        best = names.values("rank").order_by("rank")[:1]
        return self.filter(page__in=names.filter(rank=best).values("page")).order_by("slug")

    def matching(self, words: str) -> Self:
        """Keep the pages that hold all that a line asks for, in any spelling, and not what it excludes."""
        asked = Cast(models.Value(all_of(words)), SearchQueryField())
        holds = models.Func("vector", asked, template="(%(expressions)s)", arg_joiner=" @@ ")
        return self.filter(models.ExpressionWrapper(holds, models.BooleanField()))

    def ranked(self, page_ids: Sequence[int]) -> "list[PublishedPage]":
        """Return some pages in this order, with their text, as far as they are published."""
        found = self.in_bulk(page_ids, field_name="page_id")
        return [found[one] for one in page_ids if one in found]

    def next_due(self) -> Self:
        """Keep the pages that are due at some time, soonest first."""
        return self.alias(due=DUE).filter(due__isnull=False).order_by(*NEXT_DUE_FIRST.by)

    def a_to_z(self) -> Self:
        """Order by title as an index does."""
        return self.order_by(*A_TO_Z.by)

    def newest_first(self) -> Self:
        """Order by approval, newest first."""
        return self.order_by(models.F("publication__in_force__startswith").desc(), "-pk")


class PublishedPage(models.Model):
    """A published page as readers get it, prepared when it was approved. Derived."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="published_page")
    publication = models.OneToOneField(Publication, models.CASCADE, related_name="published_page")
    # The review of the whole page that holds for this text, if there is one.
    whole_page_review = models.ForeignKey(WholePageReview, models.SET_NULL, null=True, related_name="+")
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
    # Where the text that lies beneath came from, and when it was loaded.
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PERSON)
    loaded_at = models.DateTimeField(null=True)
    # Who reviewed the whole page, and in which version of it.
    reviewers = models.JSONField(default=list)
    reviewed_version = models.PositiveIntegerField(null=True)
    # How many changes were approved since; who signed each of which something stands, the last one last.
    changes = models.PositiveIntegerField(default=0)
    approvals = models.JSONField(default=list)
    # What to show where a passage was corrected for safety, and until when. The other columns never hold it.
    corrected = models.JSONField(default=list)
    plain = models.TextField()
    words = models.PositiveIntegerField()
    # The days on which the whole page is to be reviewed again, and the first of its parts checked.
    whole_due_on = models.DateField(null=True)
    check_on = models.DateField(null=True)
    disputed = models.PositiveIntegerField(default=0, help_text="own statements on which evidence conflicts")
    # The search vector, and the spellings of its words, each with its lexeme.
    vector = SearchVectorField(null=True)
    forms = ArrayField(models.TextField(), default=list)

    # Where it was loaded by `read_by`: the version that somebody read before, and whether they read this one.
    last_read: int | None
    has_read: bool

    objects = PublishedPageQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="published_page_search"),
            models.Index(fields=["kind", "slug"], name="published_page_index"),
            models.Index(DUE, "page", name="published_page_due"),
            models.Index(
                fields=["slug"], condition=models.Q(whole_page_review=None), name="published_page_unreviewed"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page's permanent, short address."""
        return address_of("page", self.slug)

    @property
    def writers(self) -> list[NamedPerson]:
        """Return who wrote it, with their public pages."""
        return [_named(one["name"], "", one["username"]) for one in self.authors]

    @property
    def first_letter(self) -> str:
        """Return the heading under which it stands in an index."""
        return self.slug[:1] if self.slug[:1].isalpha() else "0"

    @property
    def safe_html(self) -> str:
        """Return the body as it was sanitised at approval, with present corrections filled in."""
        return vouched(filled(self.html, self.fixes))

    @property
    def fixes(self) -> list[Fix]:
        """Return the safety corrections that show on this page now."""
        return [Fix.from_json(one) for one in self.corrected]

    @property
    def names(self) -> list[str]:
        """Return its other names and its codes."""
        return [*self.aliases, *(one["code"] for one in self.codes)]

    def called(self, typed: str) -> str:
        """Return the one of its other names and codes that somebody typed; "" for anything else."""
        key = fold(typed) if typed else ""
        return next((name for name in self.names if key and fold(name) == key), "")

    @property
    def lead(self) -> str:
        """Return the plain summary that readers get now, with present corrections."""
        return summary_now(self.summary, self.fixes)

    @property
    def number(self) -> int:
        """Return the version that readers see."""
        return self.publication.revision.number or 0

    @property
    def standing(self) -> Standing:
        """Return the review status of the page today."""
        *earlier, last = [None, *(_approved(one) for one in self.approvals)]
        return Standing(
            number=self.number,
            origin=self.origin,
            loaded_on=timezone.localdate(self.loaded_at) if self.loaded_at else None,
            whole=self._reviewed,
            change=last,
            changes=self.changes,
            earlier=tuple(filter(None, earlier)),
            disputed=self.disputed,
            today=timezone.localdate(),
            check=self.check_on,
        )

    @property
    def _reviewed(self) -> Reviewed | None:
        one = self.whole_page_review
        if one is None or one.due_on is None:
            return None
        on = timezone.localdate(one.reviewed_at)
        return Reviewed(_people(self.reviewers), on, self.reviewed_version or 0, one.due_on)

    @property
    def is_for_search_engines(self) -> bool:
        """Return whether search engines are shown it: what nobody has reviewed as a whole is left out."""
        return self._reviewed is not None

    @property
    def due_on(self) -> dt.date | None:
        """Return when it is due again, in whole or in its first part; None where no day is set."""
        return min(filter(None, (self.whole_due_on, self.check_on)), default=None)


def _approved(one: dict[str, Any]) -> Approved:
    on = timezone.localdate(dt.datetime.fromisoformat(one["at"]))
    return Approved(_people(one["by"]), on, one["version"])


class Mention(models.Model):
    """A link in the text of a published page, whether or not it leads somewhere. Derived."""

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
