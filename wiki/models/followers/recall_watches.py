"""Who is told when something is recalled: of a page, of a version of it, or of whatever a search finds."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models.functions import Lower

from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import User


class RecallWatchQuerySet(models.QuerySet["RecallWatch"]):
    """Queries on who is told."""

    def of_person(self, person: User) -> Self:
        """Keep one person's, the oldest first."""
        return self.filter(person=person, is_on=True).order_by("pk")

    def from_before(self, moment: dt.datetime) -> Self:
        """Keep those that began before something happened, with what they ask for."""
        return self.filter(is_on=True, since__lte=moment).select_related("person", "revision").order_by("pk")


class RecallWatch(models.Model):
    """A person's wish to be told of recalls of one thing."""

    person = models.ForeignKey(User, models.CASCADE, related_name="recall_watches")
    # A page; with a version of it, only what that version says; or words that a search would find.
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    # Ended by the link in a letter, and kept so that it can be undone.
    is_on = models.BooleanField(default=True)

    objects = RecallWatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                "page",
                "revision",
                Lower("words"),
                name="recalls_are_followed_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, words="")
                | (models.Q(page=None, revision=None) & ~models.Q(words="")),
                name="recalls_are_of_a_page_or_of_words",
            ),
        ]

    def __str__(self) -> str:
        """Return who follows what."""
        return f"{self.person} follows recalls of {self.page_id or self.words}"
