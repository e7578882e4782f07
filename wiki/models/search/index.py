"""The index that search asks: words of pages, their spellings, beginnings of names, vectors. Derived."""

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from wiki.models.names import Name
from wiki.models.published_pages import PublishedPage
from wiki.models.reading.replicas import after_reading
from wiki.text.search.question import counted_words

# How many names are offered while somebody types.
MOST_SUGGESTED: Final = 20
# Searches without results are shown once they were counted so often, and kept so long.
SHOWN_FROM: Final = 5
MOST_SHOWN: Final = 200
KEPT: Final = dt.timedelta(days=365)


class Posting(models.Model):
    """A word on a published page, for search. `sql/postings.sql` writes the rows."""

    pk = models.CompositePrimaryKey("page_id", "lexeme")
    page = models.ForeignKey(PublishedPage, models.DO_NOTHING, db_constraint=False, related_name="+")
    lexeme = models.TextField(db_collation="C")
    impact = models.FloatField(help_text="all of BM25 that does not depend on the question")

    class Meta:
        indexes = [
            models.Index("lexeme", models.F("impact").desc(), include=["page"], name="posting_best_first")
        ]

    def __str__(self) -> str:
        """Return the word."""
        return self.lexeme


class CommonWord(models.Model):
    """A word that many pages hold, and how many: counted by a regular job. Rarer words are counted live."""

    lexeme = models.TextField(primary_key=True, db_collation="C")
    pages = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Return the word."""
        return self.lexeme


class Spelling(models.Model):
    """A spelling of a word on some page, to correct misspelt questions.

    Nothing keeps one from being there twice: who publishes a page never waits for another page's words.
    """

    word = models.TextField(db_collation="C")
    lexeme = models.TextField(db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="spelling_by_word"),
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="spelling_trigrams"),
        ]

    def __str__(self) -> str:
        """Return the word."""
        return self.word


class SearchStatistics(models.Model):
    """What ranking needs to know of the whole wiki: one row, counted anew by a regular job."""

    pages = models.PositiveIntegerField()
    mean_length = models.FloatField()
    counted_at = models.DateTimeField(db_default=models.functions.Now())

    def __str__(self) -> str:
        """Return how many pages were counted."""
        return f"{self.pages} pages"


class PageVectorManager(models.Manager["PageVector"]):
    """Writes of vectors."""

    def put(self, vectors: Mapping[int, tuple[bytes, bytes] | None]) -> None:
        """Store the vectors of some pages, of text and title; delete old ones where there are none."""
        if gone := [page_id for page_id, found in vectors.items() if found is None]:
            self.filter(page__in=gone).delete()
        rows = [self.model(page_id=pk, text=one[0], title=one[1]) for pk, one in vectors.items() if one]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["page"], update_fields=["text", "title"])


class PageVector(models.Model):
    """The meaning of a page as two vectors of small whole numbers: its text, and its title."""

    page = models.OneToOneField(PublishedPage, models.CASCADE, primary_key=True, related_name="+")
    text = models.BinaryField()
    title = models.BinaryField()

    objects = PageVectorManager()

    def __str__(self) -> str:
        """Return the number of the page."""
        return str(self.page_id)


class NameWord(models.Model):
    """A name from one of its words on, for suggestions. `sql/name_words.sql` writes the rows."""

    name = models.ForeignKey(Name, models.DO_NOTHING, db_constraint=False, related_name="+")
    rest = models.CharField(max_length=160, db_collation="C")
    order = models.PositiveIntegerField(help_text="the lower, the earlier it is suggested")

    class Meta:
        indexes = [
            models.Index(fields=["rest", "order"], name="name_word_beginning"),
            models.Index(fields=["name"], name="name_word_of_name"),
        ]

    def __str__(self) -> str:
        """Return the name from this word on."""
        return self.rest


class NameBeginningManager(models.Manager["NameBeginning"]):
    """Writes of chosen names."""

    def choose(self, most: int, many: int) -> int:
        """Choose `most` names for all letters with which more than `many` begin; return for how many."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT causeway_choose_names(%s, %s)", [most, many])
            return int(cursor.fetchone()[0])


class NameBeginning(models.Model):
    """Letters with which very many names begin, and the names to suggest for them. A job writes the rows."""

    letters = models.CharField(max_length=160, primary_key=True, db_collation="C")
    names = ArrayField(models.BigIntegerField())

    objects = NameBeginningManager()

    def __str__(self) -> str:
        """Return the letters."""
        return self.letters


class FailedSearchManager(models.Manager["FailedSearch"]):
    """Counts of searches that found nothing."""

    def add(self, line: str) -> None:
        """Count one more search for a typed line today, unless it may say something of a person.

        Where the database fails the count is lost, nothing else.
        """
        if words := counted_words(line):
            after_reading(lambda: self._add(words))

    def add_code(self, code: str) -> None:
        """Count one more request for a code of a published list, which says nothing of a person."""
        after_reading(lambda: self._add(code))

    def _add(self, words: str) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_COUNT_ONE, [timezone.localdate(), words])
        except DatabaseError:
            logging.getLogger(__name__).exception("lost the count of a search that found nothing")

    def frequent(self, since: dt.date) -> list[dict[str, Any]]:
        """Return words that were searched for in vain at least five times since a day, and how often."""
        found = self.filter(day__gte=since).values("words").annotate(total=models.Sum("times"))
        often = found.filter(total__gte=SHOWN_FROM).order_by("-total", "words")[:MOST_SHOWN]
        return [dict(row) for row in often]

    def forget(self) -> int:
        """Delete what is older than a year; return how many counts went."""
        return self.filter(day__lt=timezone.localdate() - KEPT).delete()[0]


_COUNT_ONE: Final = """
    INSERT INTO "wiki_failedsearch" (day, words, times) VALUES (%s, %s, 1)
    ON CONFLICT (words, day) DO UPDATE SET times = wiki_failedsearch.times + 1
"""


class FailedSearch(models.Model):
    """Words that a search found nothing for, and how often on one day; nothing of who searched."""

    day = models.DateField()
    words = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=1)

    objects = FailedSearchManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="failed_search_counts_once")]

    def __str__(self) -> str:
        """Return the words."""
        return self.words
