"""Second reads of submissions."""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject, Now, TruncDate

from wiki.domain.decisions import Decision
from wiki.models.credentials import Disclosure
from wiki.models.publications import Publication
from wiki.models.remarks import Opening, Remark
from wiki.models.revisions import Revision
from wiki.models.users import User
from wiki.models.verdicts import Verdict
from wiki.models.verifications import Requirement


class SecondReadQuerySet(models.QuerySet["SecondRead"]):
    """Queries on second reads."""

    def undecided(self) -> Self:
        """Keep those that wait for somebody, oldest first."""
        return self.filter(decided_at=None).order_by("drawn_at", "pk")

    def decided(self) -> Self:
        """Keep those that were judged, newest first."""
        return self.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")

    def unknown_to(self, person: User) -> Self:
        """Keep those on which a person has neither decided, remarked nor written, nor seen the decision."""
        wrote = Revision.objects.filter(pk=models.OuterRef("revision"), author=person)
        judged = Verdict.objects.filter(revision=models.OuterRef("revision"), reviewer=person)
        said = Remark.objects.filter(revision=models.OuterRef("revision"), author=person)
        saw = Opening.objects.filter(
            revision=models.OuterRef("revision"), person=person, opened_at__gte=models.OuterRef("drawn_at")
        )
        known = (models.Exists(one) for one in (wrote, judged, said, saw))
        return self.exclude(reduce(or_, known))

    def declared_by(self, person: User) -> Self:
        """Keep all if a person has a declaration of interests that is valid today, else none."""
        newest = Disclosure.objects.filter(person=person).order_by("-declared_at", "-pk")
        until = models.Subquery(newest.values("expires_on")[:1])
        return self.alias(declared_until=until).filter(declared_until__gte=TruncDate(Now()))

    def with_texts(self) -> Self:
        """Load the two compared texts."""
        return self.select_related("revision__author", "revision__page", "verdict__compared_with")

    def with_needs(self) -> Self:
        """Load `needs`: the signatures that the change needed, without another query."""
        fields = {name: name for name in ("label", "professions", "specialties", "role")}
        needs = Requirement.objects.filter(revision=models.OuterRef("revision")).order_by("pk")
        return self.annotate(needs=ArraySubquery(needs.values(as_json=JSONObject(**fields))))

    def disagreed(self) -> Self:
        """Keep those in which the two decided differently, newest first, with what a list shows."""
        differing = self.decided().exclude(decision=models.F("verdict__decision"))
        return differing.select_related("revision", "verdict").defer("revision__content")

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return kind, first and second decision of each."""
        return list(self.decided().values_list("kind", "verdict__decision", "decision"))


class SecondRead(models.Model):
    """A decided revision that another reviewer judges again without knowing the first decision.

    Drawn from approvals and from what was turned down alike: if only approvals were, the second reader would
    know the first decision, and agreement beyond chance could not be told from agreement by chance.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="second_read")
    # Its publication; None if it was not approved.
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="+")
    # The first verdict, at which it was drawn.
    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="second_read")
    kind = models.CharField(max_length=20)
    drawn_at = models.DateTimeField()
    reader = models.ForeignKey(User, models.SET_NULL, null=True, related_name="second_reads")
    reader_name = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = SecondReadQuerySet.as_manager()

    # The signatures that the change needed, loaded by `with_needs`.
    needs: list[dict[str, Any]]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decision="")
                | (models.Q(decided_at__isnull=False) & ~models.Q(decision="")),
                name="decided_second_read_says_what",
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", Decision.APPROVE]) | ~models.Q(reason=""),
                name="second_reader_owes_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return what is read again."""
        return f"second read of {self.revision_id}"

    @property
    def agrees(self) -> bool:
        """Return whether both decided the same."""
        return self.decision == self.verdict.decision
