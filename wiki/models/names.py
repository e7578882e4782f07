"""The names that lead to published pages: titles, aliases and codes. Derived."""

from collections.abc import Collection
from typing import Final, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models.functions import Greatest

from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.pages import Page

# Long columns of a published page that lists do not need.
NOT_IN_LISTS: Final = ("html", "contents", "places", "vector", "forms", "plain")


class NameQuerySet(models.QuerySet["Name"]):
    """Queries on names."""

    def leading_from(self, keys: Collection[str]) -> Self:
        """Keep the names that are equal to one of `keys`, titles first."""
        return self.filter(key__in=keys).order_by("rank", "pk")

    def looking_like(self, skeletons: Collection[str], *, but: int | None) -> Self:
        """Keep the names of pages other than `but` that look like one of these, titles first."""
        return self.filter(skeleton__in=skeletons).exclude(page=but).order_by("rank", "pk")

    @prepared
    def published_like(self, skeletons: list[str]) -> "models.QuerySet[Name, tuple[str, int, str, int, str]]":
        """Return (skeleton, id of the page, name, rank, title of the page) of the names of published pages
        that look like one of these, titles first.
        """
        names = self.filter(is_any_of("skeleton", skeletons), page__published_page__isnull=False)
        shown = names.order_by("rank", "text")
        return shown.values_list("skeleton", "page_id", "text", "rank", "page__published_page__title")

    @prepared
    def of_kinds(self, kinds: list[str]) -> "models.QuerySet[Name, str]":
        """Return the titles and names of all published pages of some kinds."""
        of_them = is_any_of("page__published_page__kind", kinds)
        return self.filter(of_them, rank__lt=Name.CODE).values_list("text", flat=True)

    def near(self, key: str) -> Self:
        """Keep the names similar to `key`, most similar first, with the columns of a list."""
        alike = models.Q(key__trigram_similar=key) | models.Q(key__trigram_word_similar=key)
        nearness = Greatest(TrigramSimilarity("key", key), TrigramWordSimilarity(key, "key"))
        found = self.filter(alike).exclude(rank=2)._for_lists().annotate(nearness=nearness)
        return found.order_by("-nearness", "rank", "pk")

    def nearest_pages(self, key: str, but: Collection[models.Model] = (), most: int = 6) -> "list[Name]":
        """Return the most similar name of each of the most similar pages, except the pages in `but`."""
        seen = {one.pk for one in but}
        found: dict[int, Name] = {}
        for name in self.near(key)[: most * 5] if key else ():
            if name.page_id not in seen:
                found.setdefault(name.page_id, name)
        return list(found.values())[:most]

    def beginning(self, key: str, *, kinds: Collection[str]) -> Self:
        """Keep the names with a word that begins with `key`, with their pages: those of `kinds` first.

        What is typed in full comes before what only begins so, and titles before other names.
        """
        at_a_word = models.Q(key__startswith=key) | models.Q(key__contains=f" {key}")
        found = self.filter(at_a_word)._for_lists()
        return found.annotate(
            fits=models.Case(models.When(page__published_page__kind__in=kinds, then=0), default=1),
            whole=models.Case(models.When(key=key, then=0), default=1),
        ).order_by("fits", "whole", "rank", "text", "pk")

    def on_published_pages(self, ids: Collection[int]) -> Self:
        """Keep some names of published pages, with these pages."""
        return self.filter(pk__in=ids)._for_lists()

    def _for_lists(self) -> Self:
        found = self.filter(page__published_page__isnull=False).select_related("page__published_page")
        return found.defer(*(f"page__published_page__{part}" for part in NOT_IN_LISTS))


class Name(models.Model):
    """A title, alias or code that leads straight to a published page. Derived."""

    CODE: Final = 2

    page = models.ForeignKey(Page, models.CASCADE, related_name="names")
    text = models.CharField(max_length=160)
    key = models.CharField(max_length=160)
    # Equal for names that look the same in different letters. Empty for codes.
    skeleton = models.CharField(max_length=320, default="", blank=True)
    rank = models.PositiveSmallIntegerField(help_text="0 title, 1 alias, 2 code")

    objects = NameQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key", "rank"], name="name_exact"),
            models.Index(fields=["skeleton"], name="name_looks"),
            GinIndex(OpClass("key", name="gin_trgm_ops"), name="name_trigrams"),
        ]

    def __str__(self) -> str:
        """Return the name as it is written."""
        return self.text
