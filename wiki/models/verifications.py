"""Verifications: that somebody looked again and found nothing to change."""

import datetime as dt
from typing import Any, Self

from django.db import models

from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import NamedPerson, User
from wiki.text.days import month_in_words


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Reads over verifications."""

    def of_page(self, page: Page | int) -> Self:
        """Keep those of one page, newest first."""
        return self.filter(page=page).order_by("-verified_at", "-pk")

    def says_again(self, person: User, checked: str) -> bool:
        """Return whether a person wrote the very same of any whole page before."""
        return self.filter(by=person, relation="", checked__iexact=checked).exists()

    def for_history(self) -> Self:
        """Load what a page's history tells, newest first."""
        shown = self.select_related("by", "object__published_page").order_by("-verified_at", "-pk")
        return shown.defer(
            "object__published_page__html", "object__published_page__plain", "object__published_page__vector"
        )

    def by_person(self, person: User) -> Self:
        """Keep one person's, with which version it was of."""
        return self.filter(by=person).select_related("revision").defer("revision__content").order_by("pk")

    def of_whole(self, revision: Any) -> "Verification | None":
        """Return the newest one of a whole revision, or None."""
        return self.filter(revision=revision, relation="").order_by("-verified_at", "-pk").first()


class Verification(models.Model):
    """An act of its own: looked at again, unchanged. Never an edit, never changed."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="verifications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="verifications")
    digest = models.CharField(max_length=64)
    # One statement, as its relation and other page; the whole page when empty.
    relation = models.CharField(max_length=40, blank=True)
    object = models.ForeignKey(Page, models.PROTECT, null=True, related_name="+")
    checked = models.TextField("what was checked")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="verifications")
    by_name = models.CharField(max_length=120)
    by_profession = models.CharField(max_length=80, blank=True)
    standing = models.JSONField(default=dict)
    verified_at = models.DateTimeField()
    # When it is due again; of a statement, nothing.
    due_on = models.DateField(null=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(checked=""), name="verification_says_what_was_checked"
            ),
            models.CheckConstraint(
                condition=models.Q(relation="", object=None, due_on__isnull=False)
                | (~models.Q(relation="") & models.Q(object__isnull=False, due_on=None)),
                name="verification_is_of_a_page_or_of_a_statement",
            ),
        ]

    def __str__(self) -> str:
        """Return who verified what."""
        return f"{self.by_name} looked again at page {self.page_id}"

    @property
    def told(self) -> str:
        """Return what it means from now on, in a sentence."""
        if self.due_on is None:
            return "It is on record that this statement was looked at again, unchanged."
        due = month_in_words(self.due_on)
        return f"It is on record. Readers see that you looked again; the next review is due {due}."

    @property
    def verifier(self) -> NamedPerson:
        """Return who looked, with their public page."""
        return NamedPerson(self.by_name, self.by_profession, self.by.get_absolute_url() if self.by else "")

    @property
    def on(self) -> dt.date:
        """Return the day."""
        return self.verified_at.date()
