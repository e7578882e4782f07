"""Verdicts: the signed decisions of reviewers on revisions."""

from typing import Any, Self

from django.db import models

from wiki.domain.decisions import Decision
from wiki.domain.professions import Impact
from wiki.models.credentials import Credential
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.revisions import SAYS_WHAT_IT_MEANS, Revision, RevisionQuerySet
from wiki.models.users import NamedPerson, User


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Queries on verdicts."""

    def given(self) -> Self:
        """Keep each act of a reviewer once: nothing that was carried, of a merge the half that stays."""
        return self.filter(carried_from=None, revision__retired_with=None)

    def with_registrations(self) -> Self:
        """Load whether a registration that each was given with was false, as `rests_on_false`."""
        # One that was revoked before the verdict is no ground of it.
        held = Credential.objects.filter(
            person=models.OuterRef("reviewer"),
            was_false=True,
            verified_at__lte=models.OuterRef("decided_at"),
            ended_at__gte=models.OuterRef("decided_at"),
        )
        return self.annotate(rests_on_false=models.Exists(held))

    @prepared
    def on_revision(self, revision_id: int) -> "models.QuerySet[Verdict]":
        """Return those on a revision with their reviewers, the earliest first."""
        found = self.filter(revision=revision_id).select_related("reviewer").with_registrations()
        return found.order_by("decided_at", "pk")

    @prepared
    def some(self, ids: list[int]) -> "models.QuerySet[Verdict]":
        """Return some verdicts with their reviewers."""
        return self.filter(is_any_of("pk", ids)).select_related("reviewer").with_registrations()

    def published_by(self, person: User) -> Self:
        """Keep one person's approvals of what readers have seen, with what each was of."""
        seen = self.filter(reviewer=person, decision=Decision.APPROVE, revision__publications__isnull=False)
        return seen.distinct().select_related("revision").defer("revision__content").order_by("pk")


class Verdict(models.Model):
    """A reviewer's signed decision on one exact revision. Never changed, never removed.

    Names and labels are kept as they were on the day, so no later change of a person, a right or the
    vocabulary can alter what was signed.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="verdicts")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_constraint=False)
    reviewer = models.ForeignKey(User, models.SET_NULL, null=True, related_name="verdicts", db_index=False)
    reviewer_name = models.CharField(max_length=120)
    reviewer_profession = models.CharField(max_length=80, blank=True)
    reviewer_role = models.CharField(max_length=40)
    decision = models.CharField(max_length=20, choices=Decision)
    decision_label = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    compared_with = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    checklist = models.JSONField(default=list)
    decided_at = models.DateTimeField()
    # The signature on the version that this one was rebased from, which was carried over: what was signed is
    # the same in both. None where the reviewer signed these very words.
    carried_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="carried_to")
    # The reviewer's standing on the day: role, professions, specialties, credentials, disclosure.
    standing = models.JSONField(default=dict)
    # The impact for patients, as the approver confirms or corrects it.
    impact = models.CharField(max_length=10, choices=Impact, blank=True)
    meaning = models.TextField(blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=Decision.values), name="decision_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewer=models.F("author")) | models.Q(decision=Decision.UNAPPROVE),
                name="nobody_reviews_their_own_work",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.APPROVE) | ~models.Q(reason=""),
                name="verdict_owes_a_reason",
            ),
            models.UniqueConstraint(
                fields=["revision", "reviewer", "decision"], name="reviewer_decides_once"
            ),
            models.CheckConstraint(condition=SAYS_WHAT_IT_MEANS, name="verdict_says_what_it_means"),
        ]
        indexes = [
            models.Index(fields=["decided_at"], name="verdict_by_time"),
            models.Index(fields=["reviewer", "id"], name="verdict_by_reviewer"),
        ]

    def __str__(self) -> str:
        """Return who decided what."""
        return f"{self.decision_label} by {self.reviewer_name}"

    @property
    def opening(self) -> dict[str, Any]:
        """Return the data of its event, where `queries.verdict_openings` loaded it."""
        return self.__dict__.get("event_data") or {}

    @property
    def is_on_false_registration(self) -> bool:
        """Return whether its giver had a false registration, where `with_registrations` loaded it."""
        return bool(self.__dict__.get("rests_on_false"))

    @property
    def signer(self) -> NamedPerson:
        """Return who signed, as they were named on the day."""
        return NamedPerson(self.reviewer_name, self.reviewer_profession)


def with_signatures(revisions: RevisionQuerySet) -> RevisionQuerySet:
    """Return the queryset so that it loads the required signatures and the verdicts, with the reviewers."""
    verdicts = Verdict.objects.select_related("reviewer").with_registrations().order_by("pk")
    return revisions.prefetch_related("requirements", models.Prefetch("verdicts", verdicts))
