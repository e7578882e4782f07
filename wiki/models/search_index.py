"""The index of search: which page holds which word, and how much. Derived by a trigger."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from wiki.models.published_pages import PublishedPage


class Posting(models.Model):
    """A page in force holds a word. `sql/postings.sql` writes it."""

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


class Spelling(models.Model):
    """A word as some page writes it, to mend what is misspelt.

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
    common = models.JSONField(default=dict, help_text="how many pages hold a word that very many hold")

    def __str__(self) -> str:
        """Return how many pages were counted."""
        return f"{self.pages} pages"
