"""Verifications: that somebody looked at one statement again and found nothing to change."""

import datetime as dt
from typing import Self

from django.db import models

from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import NamedPerson, User


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Reads over verifications."""

    def of_page(self, page: Page | int) -> Self:
        """Keep those of one page, newest first."""
        return self.filter(page=page).order_by("-verified_at", "-pk")

    def for_history(self) -> Self:
        """Load what a page's history tells, newest first."""
        shown = self.select_related("by", "object__published_page").order_by("-verified_at", "-pk")
        return shown.defer(
            "object__published_page__html", "object__published_page__plain", "object__published_page__vector"
        )

    def by_person(self, person: User) -> Self:
        """Keep one person's, with which version it was of."""
        return self.filter(by=person).select_related("revision").defer("revision__content").order_by("pk")


class Verification(models.Model):
    """An act of its own: looked at again, unchanged. Never an edit, never changed."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="verifications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="verifications")
    digest = models.CharField(max_length=64)
    # The statement, as its relation and other page.
    relation = models.CharField(max_length=40)
    object = models.ForeignKey(Page, models.PROTECT, related_name="+")
    checked = models.TextField("what was checked")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="verifications")
    by_name = models.CharField(max_length=120)
    by_profession = models.CharField(max_length=80, blank=True)
    standing = models.JSONField(default=dict)
    verified_at = models.DateTimeField()

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(checked=""), name="verification_says_what_was_checked"
            ),
            models.CheckConstraint(condition=~models.Q(relation=""), name="verification_is_of_a_statement"),
        ]

    def __str__(self) -> str:
        """Return who verified what."""
        return f"{self.by_name} looked again at page {self.page_id}"

    @property
    def told(self) -> str:
        """Return what it means from now on, in a sentence."""
        return "It is on record that this statement was looked at again, unchanged."

    @property
    def verifier(self) -> NamedPerson:
        """Return who looked, with their public page."""
        return NamedPerson(self.by_name, self.by_profession, self.by.get_absolute_url() if self.by else "")

    @property
    def on(self) -> dt.date:
        """Return the day."""
        return self.verified_at.date()
