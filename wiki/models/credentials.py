"""Credentials, and declarations of interests."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import functions, prefetch_related_objects
from django.utils import timezone

from wiki.domain.professions import Profession, Specialty
from wiki.models import locks
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.pages import Page
from wiki.models.users import User


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Queries on credentials."""

    def of_person(self, person: User) -> Self:
        """Keep one person's, the newest first."""
        return self.filter(person=person).order_by("-entered_at", "-pk")

    def valid_on(self, day: dt.date) -> Self:
        """Keep those that an administrator has verified and that hold on `day`."""
        return self.filter(verified_at__isnull=False, ended_at=None, valid_until__gte=day)

    @prepared
    def of_people_valid_on(self, person_ids: list[int], day: dt.date) -> "models.QuerySet[Credential]":
        """Return those of some people that hold on `day`."""
        return self.filter(is_any_of("person", person_ids)).valid_on(day).order_by("pk")

    @prepared
    def of_person_valid_on(self, person_id: int, day: dt.date) -> "models.QuerySet[Credential]":
        """Return one person's that hold on `day`, the newest first."""
        return self.filter(person=person_id).valid_on(day).order_by("-entered_at", "-pk")

    def shown_of(self, person: User) -> Self:
        """Keep the public ones of a person: those that are valid, or were valid until they expired."""
        return self.of_person(person).filter(verified_at__isnull=False, ended_at=None)

    def with_people(self) -> Self:
        """Load their people too."""
        return self.select_related("person")

    def unverified(self) -> Self:
        """Keep those that wait for an administrator, oldest first, with their people."""
        waiting = self.filter(verified_at=None, ended_at=None).select_related("person")
        return waiting.order_by("entered_at", "pk")

    def verified(self) -> Self:
        """Keep those that were verified and not ended, those that expire soonest first, with their people."""
        held = self.filter(verified_at__isnull=False, ended_at=None).select_related("person")
        return held.order_by("valid_until", "pk")

    def locked(self, pk: int) -> "Credential":
        """Return the credential, holding its row until the transaction ends."""
        locks.note(locks.Rank.ROW)
        return self.select_for_update(of=("self",)).select_related("person").get(pk=pk)


class Credential(models.Model):
    """A registration that a person entered and an administrator verified in the body's register."""

    person = models.ForeignKey(User, models.CASCADE, related_name="credentials")
    profession = models.CharField(max_length=20, choices=Profession)
    specialties = ArrayField(models.CharField(max_length=30, choices=Specialty), default=list, blank=True)
    body = models.CharField("registration body", max_length=120)
    number = models.CharField("registration number", max_length=40)
    entered_at = models.DateTimeField(db_default=models.functions.Now())
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    verified_by_name = models.CharField(max_length=120, blank=True)
    # How it was verified: the register and its answer.
    verified_how = models.CharField(max_length=300, blank=True)
    valid_until = models.DateField(null=True)
    # Withdrawn by the person, declined or revoked by an administrator.
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    # Revoked because it never was this person's, or never was true: what was signed with it does not count.
    was_false = models.BooleanField(default=False)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(profession__in=Profession.values), name="profession_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at=None, valid_until=None, verified_by_name="")
                | (
                    models.Q(verified_at__isnull=False, valid_until__isnull=False)
                    & ~models.Q(verified_by_name="")
                ),
                name="verified_credential_says_by_whom_and_until_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(verified_by=models.F("person")),
                name="nobody_verifies_their_own_credential",
            ),
        ]

    def __str__(self) -> str:
        """Return profession and specialties in words."""
        names = [Specialty(one).label.lower() for one in self.specialties]
        return ", ".join([Profession(self.profession).label, *names])

    def holds_on(self, day: dt.date) -> bool:
        """Return whether it is verified and neither expired nor ended by `day`."""
        return self.ended_at is None and self.valid_until is not None and self.valid_until >= day

    @property
    def standing(self) -> str:
        """Return its status today: waiting, valid, expired, revoked, declined or withdrawn."""
        if self.ended_at is not None:
            if not self.ended_reason:
                return "withdrawn"
            return "revoked" if self.verified_at else "declined"
        if self.verified_at is None:
            return "waiting"
        return "valid" if self.holds_on(timezone.localdate()) else "expired"

    @property
    def is_open(self) -> bool:
        """Return whether nobody has ended it."""
        return self.ended_at is None


class InterestNature(models.TextChoices):
    """What kind of interest it is, after the ICMJE disclosure form."""

    EMPLOYMENT = "employment", "Employment or position"
    ADVISORY = "advisory", "Advisory board or consulting"
    SPEAKER = "speaker", "Fees for talks or writing"
    RESEARCH = "research", "Research funding"
    SHARES = "shares", "Shares or patents"
    OWN_PAPER = "own_paper", "A paper of one's own"
    FAMILY = "family", "An interest of somebody close"
    OTHER = "other", "Another interest"


# How long an interest counts after its person has declared anew without it.
LAID_DOWN = dt.timedelta(days=90)
# How long before a declaration expires the person is reminded.
SOON = dt.timedelta(days=30)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Queries on disclosures."""

    def of_person(self, person: User) -> Self:
        """Keep one person's, the newest first."""
        return self.filter(person=person).prefetch_related("interests__pages").order_by("-declared_at", "-pk")

    def with_titles(self) -> Self:
        """Load the published titles of the pages that interests are linked to."""
        return self.prefetch_related("interests__pages__published_page")

    def current_of(self, person: User, day: dt.date) -> "Disclosure | None":
        """Return the valid declaration of a person on `day`: the newest one, unless it has expired."""
        newest = self.newest_of(person)
        return newest if newest and newest.expires_on >= day else None

    def last_of(self, person: User) -> "Disclosure | None":
        """Return a person's last declaration, expired or not, without its interests. One query."""
        return self.filter(person=person).order_by("-declared_at", "-pk").first()

    def newest_of_each(self, people: Collection[User]) -> "dict[int, Disclosure]":
        """Return the last declaration of each of some people, expired or not, with what it declares.

        Those before it that it, or another, replaced lately come along as `earlier`, the newest first. No
        query for nobody.
        """
        found: dict[int, Disclosure] = {}
        rows = self._with_those_before([one.pk for one in people]) if people else []
        _load_interests(rows)
        for one in rows:
            newest = found.setdefault(one.person_id, one)
            if one is not newest:
                one.replaced_at = (newest.earlier[-1] if newest.earlier else newest).declared_at
                newest.earlier = [*newest.earlier, one]
        return found

    @prepared
    def _with_those_before(self, person_ids: list[int]) -> "models.QuerySet[Disclosure]":
        # Composing a window costs Django more than the whole question does.
        then = functions.Now() - LAID_DOWN
        replaced = self.model.objects.filter(person=models.OuterRef("person"), declared_at__lte=then)
        after = models.Q(declared_at__gt=models.OuterRef("declared_at"))
        after |= models.Q(declared_at=models.OuterRef("declared_at"), pk__gt=models.OuterRef("pk"))
        rows = self.filter(~models.Exists(replaced.filter(after)), is_any_of("person", person_ids))
        interests = Interest.objects.filter(disclosure=models.OuterRef("pk"))
        rows = rows.annotate(declares_any=models.Exists(interests))
        return rows.order_by("person", "-declared_at", "-pk")

    def newest_of(self, person: User) -> "Disclosure | None":
        """Return a person's last declaration, expired or not, with those that were replaced lately."""
        return self.newest_of_each([person]).get(person.pk)


def _load_interests(rows: "Sequence[Any]") -> None:
    """Load the interests of some declarations, which say whether they have any: most have none."""
    prefetch_related_objects([one for one in rows if one.declares_any], "interests__pages")
    for one in rows:
        if not one.declares_any:
            none: Any = Interest.objects.none()
            none._result_cache = []
            one._prefetched_objects_cache = {"interests": none}


class Disclosure(models.Model):
    """A person's declaration of all their interests on one day. It is valid for a year and never changed."""

    person = models.ForeignKey(User, models.CASCADE, related_name="disclosures")
    declared_at = models.DateTimeField()
    expires_on = models.DateField()

    objects = DisclosureQuerySet.as_manager()

    # The declarations that were replaced lately, the newest first, and when this one was.
    earlier: Sequence["Disclosure"] = ()
    replaced_at: dt.datetime | None = None

    def __str__(self) -> str:
        """Return the person and until when it is valid."""
        return f"{self.person} until {self.expires_on}"

    @property
    def interests_that_count(self) -> "list[Interest]":
        """Return the interests declared, and those that were left out lately: they count for a while yet."""
        found = {one.what: one for one in self.interests.all()}
        for before in self.earlier:
            for one in before.interests.all():
                one.laid_down_at = before.replaced_at
                found.setdefault(one.what, one)
        return list(found.values())

    @property
    def has_expired(self) -> bool:
        """Return whether it is no longer valid."""
        return self.expires_on < timezone.localdate()

    @property
    def expires_soon(self) -> bool:
        """Return whether it is time for a new declaration."""
        return not self.has_expired and self.expires_on <= timezone.localdate() + SOON


class Interest(models.Model):
    """One interest in a company, a drug or a paper, linked to pages or names."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="interests")
    nature = models.CharField(max_length=12, choices=InterestNature)
    # The organisation, product or paper, in words.
    party = models.CharField(max_length=200)
    # What it touches: pages, and names as they stand in titles, aliases or lists of authors.
    pages = models.ManyToManyField(Page, related_name="+", blank=True)
    names = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    # When its person declared anew without it, where an earlier declaration is asked.
    laid_down_at: dt.datetime | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nature__in=InterestNature.values), name="interest_nature_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the interest in words."""
        if self.laid_down_at:
            return f"{InterestNature(self.nature).label}: {self.party} (until {self.laid_down_at:%Y-%m-%d})"
        return f"{InterestNature(self.nature).label}: {self.party}"

    @property
    def what(self) -> tuple[str, str, frozenset[str], frozenset[int]]:
        """Return all that it says, for comparing it with those of other declarations."""
        pages = frozenset(page.pk for page in self.pages.all())
        return self.nature, self.party, frozenset(self.names), pages
