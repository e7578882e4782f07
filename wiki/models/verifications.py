"""Signatures beside verdicts: required ones, whole-page reviews, and verifications of single statements."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from wiki.domain.lifecycle import State
from wiki.domain.professions import Profession, Specialty
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import NamedPerson, Role, User
from wiki.text.days import month_in_words


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Queries on required signatures."""

    @prepared
    def of_revision(self, revision_id: int) -> Self:
        """Return those that a revision requires, in the order in which they were computed."""
        return self.filter(revision=revision_id).order_by("pk")


class Requirement(models.Model):
    """A signature that a revision requires before it is published, computed at submission."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="requirements")
    role = models.CharField(max_length=20, choices=Role)
    # The signer needs one of these professions or specialties; if both are empty, the role is enough.
    professions = ArrayField(models.CharField(max_length=20, choices=Profession), default=list)
    specialties = ArrayField(models.CharField(max_length=30, choices=Specialty), default=list)
    label = models.CharField(max_length=80)
    # The reason, in words: "a dose changes".
    reason = models.CharField(max_length=2000, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "label"], name="requirement_is_named_once"),
        ]

    def __str__(self) -> str:
        """Return the need in words."""
        return self.label


class WholePageReviewQuerySet(models.QuerySet["WholePageReview"]):
    """Queries on whole-page reviews."""

    def of_text(self, page_id: int, digest: str) -> Self:
        """Keep those of exactly these words of a page, oldest first; none if the text was reverted."""
        standing = self.exclude(revision__state=State.UNAPPROVED)
        return standing.filter(page=page_id, digest=digest).order_by("pk")

    @prepared_row
    def last_complete_of(self, page_id: int, digest: str) -> Self:
        """Return the newest complete one of those."""
        return self.of_text(page_id, digest).filter(due_on__isnull=False).order_by("-pk")[:1]

    def for_credits(self, texts: Mapping[int, tuple[str, int | None]]) -> list["WholePageReview"]:
        """Return those of some texts, and the one that each inherits with whoever signed along, oldest first.

        `texts` has the digest of each page's text, and the id of the review that it inherits.
        """
        inherited = {pk for _, pk in texts.values() if pk is not None}
        rows = self._alike([*texts], [digest for digest, _ in texts.values()], [*inherited])
        said = {one.pk: one.digest for one in rows}
        return [one for one in rows if _counts(one, *texts[one.page_id], said)]

    @prepared
    def _alike(
        self, page_ids: list[int], digests: list[str], inherited: list[int]
    ) -> "models.QuerySet[WholePageReview]":
        read = self.model.objects.filter(is_any_of("pk", inherited)).values("digest")
        alike = models.Q(is_any_of("digest", digests)) | models.Q(digest__in=models.Subquery(read))
        found = self.filter(alike, is_any_of("page", page_ids)).select_related("by", "revision")
        return found.defer("revision__content").order_by("pk")

    def repeats(self, person: User, checked: str) -> bool:
        """Return whether a person wrote exactly the same about any page before."""
        return self.filter(by=person, checked__iexact=checked).exists()

    def load_signers(self, reviews: Iterable["WholePageReview"]) -> None:
        """Load who signed along with each of some reviews. One query; none where all stand alone."""
        some = list(reviews)
        wanted = {pk for one in some for pk in one.together_with}
        along = self.filter(is_any_of("pk", [*wanted])).select_related("by").order_by("pk") if wanted else ()
        for one in some:
            one.signed_along = [each for each in along if each.pk in one.together_with]

    def for_history(self) -> Self:
        """Load what a page's history tells, newest first."""
        return self.select_related("by").order_by("-reviewed_at", "-pk")

    def by_person(self, person: User) -> Self:
        """Keep one person's, with which version it was of."""
        return self.filter(by=person).select_related("revision").defer("revision__content").order_by("pk")


class WholePageReview(models.Model):
    """One person's signature under the whole of a text. Never changed, never removed.

    A text counts as reviewed when the signatures under it meet what it would need if all of it were new:
    the one that completes them has a due date, and names those that it counts on.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="whole_page_reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="whole_page_reviews")
    digest = models.CharField(max_length=64)
    # The page's own checklist as it was answered, with the words of its questions.
    checklist = models.JSONField(default=list)
    checked = models.TextField("what was checked")
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="whole_page_reviews", db_index=False
    )
    by_name = models.CharField(max_length=120)
    by_profession = models.CharField(max_length=80, blank=True)
    standing = models.JSONField(default=dict)
    reviewed_at = models.DateTimeField()
    # The signatures still missing, in words; empty if this one completes the review.
    missing = ArrayField(models.CharField(max_length=80), default=list)
    # The earlier signatures under the same words that count together with this one.
    together_with = ArrayField(models.BigIntegerField(), default=list)
    due_on = models.DateField("next review due", null=True)

    objects = WholePageReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(checked=""), name="whole_page_review_says_what_was_checked"
            ),
            models.CheckConstraint(
                condition=models.Q(missing=[], due_on__isnull=False)
                | (~models.Q(missing=[]) & models.Q(due_on=None)),
                name="whole_page_review_is_due_again_when_complete",
            ),
        ]
        indexes = [models.Index(fields=["by", "id"], name="whole_page_review_by_person")]

    def __str__(self) -> str:
        """Return person and page."""
        return f"{self.by_name} read the whole of page {self.page_id}"

    @property
    def sentence(self) -> str:
        """Return the consequence, in a sentence."""
        if self.due_on is None:
            missing = " and ".join(self.missing)
            return f"Signed. Readers see that the whole page was reviewed once {missing} has signed too."
        due = month_in_words(self.due_on)
        return f"Signed. Readers see that you reviewed the whole page; the next review is due {due}."

    @property
    def reviewer(self) -> NamedPerson:
        """Return who read it, with their public page."""
        return NamedPerson(self.by_name, self.by_profession, self.by.get_absolute_url() if self.by else "")

    @cached_property
    def signed_along(self) -> list["WholePageReview"]:
        """Return the earlier signatures that count together with this one, oldest first."""
        WholePageReview.objects.load_signers([self])
        return self.signed_along

    @property
    def reviewers(self) -> tuple[NamedPerson, ...]:
        """Return everybody whose signatures the review counts on."""
        return tuple(one.reviewer for one in (*self.signed_along, self))

    @property
    def on(self) -> dt.date:
        """Return the day."""
        return timezone.localdate(self.reviewed_at)


def _counts(one: WholePageReview, digest: str, inherited: int | None, said: Mapping[int, str]) -> bool:
    """Return whether a review is of a page's text and that was not reverted, or of the text it inherits."""
    if one.digest == digest:
        return one.revision.state != State.UNAPPROVED
    return inherited is not None and one.digest == said.get(inherited)


def last_complete(reviews: Iterable[WholePageReview]) -> WholePageReview | None:
    """Return the newest complete review among some, which are given oldest first."""
    return next((one for one in reversed(list(reviews)) if one.due_on is not None), None)


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Queries on verifications."""

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
    """A person's confirmation that an unchanged statement still holds. Never an edit, never changed."""

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
    def sentence(self) -> str:
        """Return the consequence, in a sentence."""
        return "It is on record that this statement was looked at again, unchanged."

    @property
    def verifier(self) -> NamedPerson:
        """Return who looked, with their public page."""
        return NamedPerson(self.by_name, self.by_profession, self.by.get_absolute_url() if self.by else "")

    @property
    def on(self) -> dt.date:
        """Return the day."""
        return timezone.localdate(self.verified_at)
