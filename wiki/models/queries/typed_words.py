"""The words that each version brought to its page, or that a draft lost again, as numbers: who typed what.

`text.compare.word_numbers` computes them, `policy.own_words` asks for them. Where they were computed in
another way than now, they are not relied on: such a version counts as one that brought each word.

What somebody typed and did not send in, because they deleted it or discarded the draft, is nowhere as text;
its numbers stay, so that nobody signs it when somebody else sends it in.
"""

import json
from collections.abc import Collection
from typing import Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.expressions import RawSQL

from wiki.domain.lifecycle import State
from wiki.models.lists.conditions import ExistsForEach, is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.pages import Page
from wiki.models.queries.succession import replaced_by
from wiki.models.revisions import Revision
from wiki.models.users import User
from wiki.text.compare.word_numbers import METHOD

HOLDING: Final = "ARRAY(SELECT causeway_versions_with(%s::bigint[], %s::bigint[], %s::smallint))"


class TypedWordsQuerySet(models.QuerySet["TypedWords"]):
    """Queries on the words of versions."""

    def versions_with(self, numbers: Collection[int], pages: Collection[int]) -> "models.QuerySet[Revision]":
        """Return what was sent in, oldest first, and brought one of these words.

        And, of some pages, the first versions: all of their words are new, so none are kept; and those whose
        words were computed in another way than now.
        """
        # One condition alone: beside another, PostgreSQL would look through all versions of the page.
        holding = RawSQL(HOLDING, [[*numbers], [*pages], METHOD])  # noqa: S611  ours
        found = Revision.objects.filter(is_any_of("pk", holding))
        return found.exclude(state=State.DRAFT).select_related("author").order_by("pk")

    def pages_written_on(self, people: Collection[int], pages: Collection[int]) -> set[int]:
        """Return on which of some pages, or of those that were to be merged into them, somebody wrote.

        Drafts count, and what was typed into one and is gone.
        """
        if len(pages) == 1:
            (page,) = pages
            return set(self._written_on([*people], page, json.dumps(replaced_by(page))))
        return set(_written_on(Revision.objects.merging_into(pages), [*people], [*pages]))

    @prepared
    def _written_on(self, people: list[int], page: int, merging: str) -> "models.QuerySet[Page, int]":
        # What most acts ask. How many pages there are decides what the query looks like.
        return _written_on(Revision.objects.filter(content__contains=merging), people, [page])

    def computed_before(self) -> Self:
        """Keep what was computed in an earlier way than now, the first versions first."""
        return self.filter(method__lt=METHOD).order_by("pk")

    def of_versions(self, revisions: Collection[Revision]) -> Self:
        """Keep those of some versions."""
        return self.filter(revision__in=[one.pk for one in revisions])


def _written_on(
    merging: "models.QuerySet[Revision]", people: list[int], pages: list[int]
) -> "models.QuerySet[Page, int]":
    merged = ArraySubquery(merging.values("page"))
    wrote = Revision.objects.filter(is_any_of("author", people), page=models.OuterRef("pk"))
    among = Page.objects.filter(models.Q(pk__in=pages) | models.Q(is_any_of("pk", merged)))
    # Each of the two states has an index of its own.
    sent_in, drafted = wrote.exclude(state=State.DRAFT), wrote.filter(state=State.DRAFT)
    deleted = DeletedWords.objects.filter(is_any_of("author", people), page=models.OuterRef("pk"))
    wrote_there = ExistsForEach(sent_in) | ExistsForEach(drafted) | ExistsForEach(deleted)
    return among.filter(wrote_there).values_list("pk", flat=True)


class TypedWords(models.Model):
    """The words that one version brought, and that what it was written on did not say.

    `sql/typed_words.sql` refuses changes, but by a later method, and a later version of a page without its
    words.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="typed_words")
    numbers = ArrayField(models.BigIntegerField())
    # The way in which they were computed.
    method = models.PositiveSmallIntegerField(default=METHOD)

    objects = TypedWordsQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["numbers"], name="versions_by_typed_words", fastupdate=False),
            models.Index(fields=["method", "revision"], name="typed_words_by_method"),
        ]

    def __str__(self) -> str:
        """Return whose they are."""
        return f"{len(self.numbers)} words of {self.revision_id}"


class DeletedWordsQuerySet(models.QuerySet["DeletedWords"]):
    """Queries on the words that people typed and deleted."""

    def with_any(self, numbers: Collection[int], pages: Collection[int], people: Collection[int]) -> Self:
        """Keep what some people typed on some pages and deleted, if one of these words was among it."""
        mine = self.filter(page__in=pages, author__in=people, numbers__overlap=[*numbers])
        return mine.order_by("pk")


class DeletedWords(models.Model):
    """The words that somebody typed into one draft of a page and that nobody can read any more."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    numbers = ArrayField(models.BigIntegerField())
    # When the draft was begun.
    since = models.DateTimeField()

    objects = DeletedWordsQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["numbers"], name="authors_by_deleted_words", fastupdate=False)]

    def __str__(self) -> str:
        """Return whose they are."""
        return f"{len(self.numbers)} words of {self.author_id}, deleted"
