"""Pages and their addresses."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone

from wiki.addresses import address_of
from wiki.models import locks
from wiki.models.lists.conditions import ExistsForEach, is_any_of
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.users import User

# The page of a revision and, of one half of a merge of two pages, the page of the other half.
# One question each: joined by OR, PostgreSQL would answer them from all revisions of the wiki.
PAGES_OF_REVISION = """
    SELECT page_id FROM wiki_revision WHERE id = %s
    UNION ALL SELECT taken.page_id FROM wiki_revision one JOIN wiki_revision taken
        ON taken.id = one.takes_over_id WHERE one.id = %s
    UNION ALL SELECT other.page_id FROM wiki_revision one JOIN wiki_revision other
        ON other.id = one.retired_with_id WHERE one.id = %s
    UNION ALL SELECT page_id FROM wiki_revision WHERE retired_with_id = %s"""


class PageQuerySet(models.QuerySet["Page"]):
    """Queries on pages."""

    def published(self) -> Self:
        """Keep the published pages."""
        return self.filter(published_page__isnull=False)

    def is_retired_at(self, slug: str) -> bool:
        """Return whether the page at an address is retired."""
        return self.filter(addresses__slug=slug).exclude(retired="").exists()

    def known(self, pks: Collection[int]) -> set[int]:
        """Return those of some ids that are pages; no query for none."""
        return set(self.filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()

    @prepared
    def retired_among(self, pks: list[int]) -> "models.QuerySet[Page, tuple[int, str | None]]":
        """Return (id, title of what replaces it) of the retired ones of some pages."""
        retired = self.filter(is_any_of("pk", pks)).exclude(retired="")
        return retired.values_list("pk", "replaced_by__published_page__title")

    def ever_published(self, pks: Collection[int]) -> set[int]:
        """Return those of some pages of which any version was ever published."""
        ever = Page.objects.filter(pk=models.OuterRef("pk"), publications__isnull=False)
        return set(self.filter(ExistsForEach(ever), pk__in=pks).values_list("pk", flat=True))

    def with_words_of(self, person: User) -> list[int]:
        """Return the ids of the pages that name a person to readers, in the order in which they are locked.

        They wrote or signed there, or stand for what was corrected there for safety.
        """
        named = models.Q(revisions__author=person) | models.Q(corrections__seconded_by=person)
        named |= models.Q(revisions__verdicts__reviewer=person)
        return list(self.filter(named).order_by("pk").distinct().values_list("pk", flat=True))

    def that_show(self, image_id: int) -> list[int]:
        """Return the ids of the published pages that show a picture, in the order in which they
        are locked.
        """
        shown = self.filter(depictions__image=image_id).order_by("pk").distinct()
        return list(shown.values_list("pk", flat=True))

    def in_the_care_of(self, person: User) -> Self:
        """Keep the pages that a person owns."""
        return self.filter(owner=person).order_by("pk")

    def titles(self, pks: Collection[int]) -> dict[int, str]:
        """Return the published titles of some pages."""
        rows = self.filter(pk__in=pks, published_page__isnull=False)
        return dict(rows.values_list("pk", "published_page__title"))

    def locked_of_revision(self, revision_id: int) -> dict[int, "Page"]:
        """Return the page of a revision by its id, with its row locked as by `locked`.

        Of one half of a merge of two pages, both: what is done to one half is done to the other.
        """
        pages = {page.pk: page for page in self._locked_of_revision(revision_id)}
        for pk in pages:
            locks.note(locks.Rank.PAGE, pk)
        return pages

    @prepared
    def _locked_of_revision(self, revision_id: int) -> "models.QuerySet[Page]":
        of_it = self.filter(pk__in=RawSQL(PAGES_OF_REVISION, [revision_id] * 4))  # noqa: S611  ours
        return of_it.select_for_update(of=("self",), no_key=True).order_by("pk")

    def locked(self, pk: int) -> "Page":
        """Return the page with its row locked until the transaction ends. Every act begins here.

        The key itself stays free: two pages with statements about each other, approved at the same time,
        would otherwise wait for each other for ever, because each statement's foreign key holds its object.
        """
        locks.note(locks.Rank.PAGE, pk)
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def locked_all(self, pks: Collection[int]) -> dict[int, "Page"]:
        """Return those of some pages that there are, locked as by `locked`."""
        for pk in sorted(pks):
            locks.note(locks.Rank.PAGE, pk)
        held = self.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
        return {page.pk: page for page in held}


class Page(models.Model):
    """A subject with a permanent identity. What it says is in its revisions."""

    created_at = models.DateTimeField(db_default=models.functions.Now())
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Why the published page is retired, and what replaces it. Derived from the published revision.
    retired = models.TextField("why it is retired", blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaces")
    # The owner, who is notified first when it is due, reported on, or rests on something that changed.
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="owned_pages")
    # Until then only moderators may edit it.
    protected_until = models.DateTimeField(null=True)
    protected_reason = models.TextField(blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(protected_until=None) | ~models.Q(protected_reason=""),
                name="protection_has_a_reason",
            ),
            # Entries of data sets have the negative numbers: nothing that is published can point at one.
            models.CheckConstraint(condition=models.Q(id__gt=0), name="page_is_no_entry"),
        ]

    def __str__(self) -> str:
        """Return the page's id, for logs; its title belongs to its revisions."""
        return f"page {self.pk}"

    @property
    def is_protected(self) -> bool:
        """Return whether only moderators may edit it now."""
        return self.protected_until is not None and self.protected_until > timezone.now()


class AddressQuerySet(models.QuerySet["Address"]):
    """Queries on addresses."""

    def owners(self, slugs: Collection[str]) -> dict[str, int]:
        """Return the page at each of some addresses; no query for none."""
        return dict(self._owners([*slugs])) if slugs else {}

    @prepared
    def _owners(self, slugs: list[str]) -> "models.QuerySet[Address, tuple[str, int]]":
        return self.filter(is_any_of("slug", slugs)).values_list("slug", "page_id")

    @prepared
    def linked(
        self, slugs: list[str]
    ) -> "models.QuerySet[Address, tuple[str, str | None, str, str | None, list[Any]]]":
        """Return (address, title, why retired, title of what replaces it, table of contents) of the pages at
        some addresses.
        """
        return self.filter(is_any_of("slug", slugs)).values_list(
            "slug",
            "page__published_page__title",
            "page__retired",
            "page__replaced_by__published_page__title",
            "page__published_page__contents",
        )

    @prepared_row
    def with_page(self, slug: str) -> "models.QuerySet[Address]":
        """Return an address with its page and what is published of it."""
        return self.filter(slug=slug).select_related("page__published_page")

    @prepared
    def at_or_of(self, slug: str, page_id: int) -> "models.QuerySet[Address, tuple[str, int]]":
        """Return (slug, page) of the address `slug`, whosever it is, and of all addresses of a page."""
        return self.filter(models.Q(slug=slug) | models.Q(page=page_id)).values_list("slug", "page_id")


class Address(models.Model):
    """A slug that leads to a page for ever. The newest one is where the page is shown."""

    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    page = models.ForeignKey(Page, models.PROTECT, related_name="addresses")
    since = models.DateTimeField(db_default=models.functions.Now())

    objects = AddressQuerySet.as_manager()

    def __str__(self) -> str:
        """Return the path that a person would say over the telephone."""
        return f"/wiki/{self.slug}/"

    def get_absolute_url(self) -> str:
        """Return the path of the page at this address."""
        return address_of("page", self.slug)
