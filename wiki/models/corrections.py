"""Safety corrections, suppressions, and withdrawn sentences of approvers."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils import timezone

from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared, prepared_row
from wiki.models.pages import Page
from wiki.models.revisions import Revision
from wiki.models.users import User
from wiki.models.verdicts import Verdict


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Queries on corrections."""

    def in_effect(self) -> Self:
        """Keep those that two moderators agreed on and nobody lifted, oldest first."""
        return self.filter(seconded_at__isnull=False, lifted_at=None).order_by("seconded_at", "pk")

    def proposed(self) -> Self:
        """Keep those that wait for a second moderator, oldest first."""
        return self.filter(seconded_at=None, lifted_at=None).order_by("proposed_at", "pk")

    def of_page(self, page: Page | int) -> Self:
        """Keep those of one page."""
        return self.filter(page=page)

    def over(self) -> Self:
        """Keep the lifted ones, newest first."""
        return self.filter(lifted_at__isnull=False).order_by("-lifted_at", "-pk")

    def that_sent_in(self, revisions: Collection[Revision]) -> Self:
        """Keep those that submitted one of these revisions for full review."""
        return self.filter(follow_up__in=[one.pk for one in revisions])

    def lapsed(self, now: dt.datetime) -> Self:
        """Keep those in effect whose replacement has expired."""
        return self.in_effect().filter(lapses_at__lte=now)

    def for_list(self) -> Self:
        """Load what a line of a list shows."""
        shown = self.select_related("revision", "follow_up", "page__published_page")
        return shown.defer(
            "revision__content",
            "follow_up__content",
            "page__published_page__html",
            "page__published_page__plain",
        )

    def locked(self, pk: int) -> "Correction":
        """Return the correction as it is now. Its page must be locked."""
        return self.select_related("revision", "proposed_by").get(pk=pk)

    def in_effect_by_page(self, page_ids: Collection[int]) -> dict[int, list["Correction"]]:
        """Return what is in effect on each of some pages, oldest first; pages without any are left out."""
        found: dict[int, list[Correction]] = defaultdict(list)
        for one in self._in_effect_on([*page_ids]):
            found[one.page_id].append(one)
        return found

    @prepared
    def _in_effect_on(self, page_ids: list[int]) -> "models.QuerySet[Correction]":
        return self.in_effect().filter(is_any_of("page", page_ids))


class Correction(models.Model):
    """What readers get instead of one passage of a published page.

    From the second moderator's word on readers see `replacement`; from `lapses_at` on they see that a passage
    is withheld. It holds for every text of the page in which the passage stands, until a moderator lifts it.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="corrections")
    # The live revision when it was proposed.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="corrections")
    # The paragraph of the body, or the whole summary, exactly as it is published.
    passage = models.TextField()
    replacement = models.TextField(blank=True)
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    seconded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    seconded_by_name = models.CharField(max_length=120, blank=True)
    seconded_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)
    # The revision that was submitted with it for full review.
    follow_up = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    lifted_by_name = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(seconded_by=models.F("proposed_by")),
                name="correction_needs_two_moderators",
            ),
            models.CheckConstraint(
                condition=models.Q(seconded_at=None, lapses_at=None)
                | models.Q(
                    lapses_at__lte=models.F("seconded_at") + dt.timedelta(hours=72),
                    lapses_at__gt=models.F("seconded_at"),
                ),
                name="correction_lapses_after_72_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None) | ~models.Q(lifted_reason=""),
                name="lifted_correction_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_by=None)
                | models.Q(seconded_by=None)
                | ~models.Q(lifted_by=models.F("proposed_by")) & ~models.Q(lifted_by=models.F("seconded_by")),
                name="correction_is_lifted_by_a_third",
            ),
            # A paragraph can be too long for an index, so its digest is indexed.
            models.UniqueConstraint(
                models.F("page"),
                MD5("passage"),
                condition=models.Q(lifted_at=None),
                name="passage_is_corrected_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return f"correction of page {self.page_id}"

    def get_absolute_url(self) -> str:
        """Return where moderators find it."""
        return reverse("correction", args=[self.pk])

    @property
    def has_lapsed(self) -> bool:
        """Return whether its replacement has expired, so that readers only see that a passage is withheld."""
        return self.lapses_at is not None and self.lapses_at <= timezone.now()

    @property
    def is_proposed(self) -> bool:
        """Return whether it waits for a second moderator."""
        return self.seconded_at is None and self.lifted_at is None

    @property
    def is_in_effect(self) -> bool:
        """Return whether two moderators agreed on it and nobody lifted it."""
        return self.seconded_at is not None and self.lifted_at is None

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what the second moderator agrees to: the passage and its replacement."""
        return hashlib.sha256(f"{self.passage}\0{self.replacement}".encode()).hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Queries on suppressions."""

    def on_pages(self, page_ids: Collection[int]) -> Self:
        """Keep those of texts of some pages, with the texts."""
        return self.filter(revision__page__in=page_ids).select_related("revision")

    @prepared_row
    def of_revision(self, revision_id: int) -> "models.QuerySet[Suppression, int]":
        """Return the id of the suppression of one revision, if there is one."""
        return self.filter(revision=revision_id).values_list("pk", flat=True)

    def of_version(self, page: Page, number: int) -> "Suppression | None":
        """Return the suppression of one revision, if there is one."""
        return self.filter(revision__page=page, revision__number=number).first()

    def proposed(self) -> Self:
        """Keep those that wait for a second moderator, oldest first, with what a line of a list shows."""
        found = self.filter(confirmed_at=None).select_related("revision__page__published_page")
        left_out = ("content", "page__published_page__html", "page__published_page__plain")
        return found.defer(*(f"revision__{name}" for name in left_out)).order_by("at", "pk")


class Suppression(models.Model):
    """That the text of one version is for nobody but moderators and administrators.

    For good once a second moderator confirmed it; before that it may be shown again, and this row goes. The
    version and its digest stay, as proof of what was signed.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="suppression")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    reason = models.TextField()
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    confirmed_by_name = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="suppression_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("by")), name="suppression_needs_two_moderators"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, confirmed_by=None, confirmed_by_name="")
                | models.Q(confirmed_at__gte=models.F("at")) & ~models.Q(confirmed_by_name=""),
                name="confirmed_suppression_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        """Return who hid what."""
        return f"version {self.revision_id} suppressed by {self.by_name}"

    def get_absolute_url(self) -> str:
        """Return where moderators decide about it."""
        return reverse("suppress-sent-in", args=[self.revision_id])

    @property
    def is_confirmed(self) -> bool:
        """Return whether two moderators stand for it, so that the text is hidden for good."""
        return self.confirmed_at is not None


class MeaningWithdrawal(models.Model):
    """An approver's sentence for readers that is no longer shown to anybody; it stays on record."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="meaning_withdrawal")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="meaning_withdrawal_has_a_reason"),
        ]

    def __str__(self) -> str:
        """Return who took what back."""
        return f"what {self.verdict_id} means, withdrawn by {self.by_name}"
