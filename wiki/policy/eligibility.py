"""Eligibility: which moderators can give which signature today, and until when."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.utils import timezone

from wiki.models import Credential, Disclosure, Requirement, Revision, User, clock
from wiki.policy import interests, quorum
from wiki.policy.quorum import Need
from wiki.policy.review_state import WholePageSignatures
from wiki.policy.reviewer_standing import ReviewerStanding, is_registered, standing_as_json
from wiki.policy.signatures import Signatures
from wiki.policy.signing_choices import as_chosen

UNDECLARED = "no declaration of interests from the last year"
UNREGISTERED = "no verified registration that holds today"


@dataclass(frozen=True)
class Signer:
    """One moderator on one day: the registrations that are valid, and the last declaration of interests."""

    person: User
    credentials: Sequence[Credential]
    disclosure: Disclosure | None
    day: dt.date

    @property
    def is_declared(self) -> bool:
        """Return whether the declaration of interests is valid."""
        return self.disclosure is not None and self.disclosure.expires_on >= self.day

    @property
    def why_not(self) -> str:
        """Return why this person cannot sign anything today, in words; "" if they can."""
        if self.person.is_suspended:
            return "suspended"
        if not self.is_declared:
            return UNDECLARED
        return "" if is_registered({"credentials": self.credentials}) else UNREGISTERED

    @property
    def remark(self) -> str:
        """Return which signatures this person cannot give, and why, in words."""
        return self.why_not or ("" if self.credentials else UNREGISTERED)

    @cached_property
    def standing(self) -> dict[str, Any]:
        """Return what this person stands for, as a verdict keeps it."""
        return standing_as_json(self.person, self.credentials, self.disclosure if self.is_declared else None)

    def until(self, need: Need) -> dt.date | None:
        """Return the last day on which this person can give a signature, as it looks today."""
        ends = [self.disclosure.expires_on] if self.disclosure else []
        fit = [one.valid_until for one in self.credentials if _meets(need, one) and one.valid_until]
        if not need.is_anybodys and fit:
            ends.append(max(fit))
        return min(ends, default=None)


def _meets(need: Need, credential: Credential) -> bool:
    return credential.profession in need.professions or bool({*credential.specialties} & {*need.specialties})


@dataclass(frozen=True)
class TodaysModerators:
    """All moderators of today, whether they can sign or not. Loaded with three queries."""

    people: Sequence[Signer]

    @classmethod
    def today(cls, now: dt.datetime | None = None) -> Self:
        """Load the moderators; `now` is the present time, if the caller has it."""
        day = timezone.localdate(now or clock.now())
        people = User.objects.get_queryset().all_moderators()
        credentials: dict[int, list[Credential]] = {}
        for one in Credential.objects.of_people_valid_on([one.pk for one in people], day):
            credentials.setdefault(one.person_id, []).append(one)
        newest = Disclosure.objects.newest_of_each(people)
        return cls([Signer(one, credentials.get(one.pk, []), newest.get(one.pk), day) for one in people])

    @classmethod
    def of_person(cls, person: User, now: dt.datetime) -> Self:
        """Return a bench of one person; empty if they may not review."""
        if not person.can_review:
            return cls([])
        known = ReviewerStanding(person, now)
        return cls([Signer(person, known.credentials, known.newest_disclosure, now.date())])

    def signer(self, person: User) -> Signer | None:
        """Return what one person can sign with; None of somebody who may not review."""
        return next((one for one in self.people if one.person.pk == person.pk and person.can_review), None)

    @cached_property
    def able(self) -> list[Signer]:
        """Return those who can sign something today."""
        return [one for one in self.people if not one.why_not]

    def able_to(self, need: Need) -> list[Signer]:
        """Return those who can give one signature on a change that they neither wrote nor have an interest
        in.
        """
        return [one for one in self.able if quorum.meets(need, one.standing)]

    def specialists_for(self, asked: "WaitingSubmission", missing: Iterable[Requirement]) -> dict[User, str]:
        """Return who can give one of some missing signatures that take a specialist, each with as what."""
        narrow = [need for need in missing if need.specialties]
        found: dict[User, str] = {}
        for one in self.able:
            need = next((need for need in narrow if quorum.meets(need, one.standing)), None)
            if need and one.person.pk not in asked.out:
                found[one.person] = need.label.removeprefix("one ")
        bound = [one for one in self.able if one.person in found and _has_interests(one)]
        if bound:
            about = interests.subjects_of_all([(asked.revision, asked.before)])
            for one in bound:
                if _barred(one, about):
                    del found[one.person]
        return found

    def out_of_reach(self, waiting: Sequence["WaitingSubmission"]) -> dict[int, list[Requirement]]:
        """Return of each submission the missing signatures that nobody can give today, by its id.

        Each person gives one at most; who has signed is counted as what they signed for. Who declared an
        interest in a change is left out; that is asked only of what others cannot sign, for all at once.
        """
        unbound = [one for one in self.able if not _has_interests(one)]
        left = {one.revision.pk: one.left_by(unbound) for one in waiting}
        stuck = [one for one in waiting if left[one.revision.pk]]
        bound = [one for one in self.able if _has_interests(one)]
        if stuck and bound:
            about = interests.subjects_of_all((one.revision, one.before) for one in stuck)
            barred = {one.person.pk: _barred(one, about) for one in bound}
            for each in stuck:
                pk = each.revision.pk
                free = [one for one in bound if pk not in barred[one.person.pk]]
                left[pk] = each.left_by([*unbound, *free])
        return left

    def out_of_reach_for_whole(
        self, revision: Revision, signatures: WholePageSignatures, writers: Collection[int | None]
    ) -> list[Need]:
        """Return the missing signatures under the whole of a version that nobody can give today."""
        given = {one.by_id for one in signatures.counting}
        free = [one for one in self.able if one.person.pk not in {*writers, *given}]
        if any(_has_interests(one) for one in free):
            about = interests.subjects_of_all([(revision, None)])
            free = [one for one in free if not _has_interests(one) or not _barred(one, about)]
        standings = [one.standing for one in signatures.counting] + [one.standing for one in free]
        met = {need.label for need in quorum.matched(signatures.needs, standings).values()}
        return [need for need in signatures.needs if need.label not in met]


@dataclass(frozen=True)
class WaitingSubmission:
    """A waiting submission: its required and given signatures, its base version and its authors."""

    revision: Revision
    before: Revision | None
    signatures: Signatures
    writers: Collection[int]

    @property
    def out(self) -> set[int]:
        """Return who cannot sign it: who wrote it or has signed it."""
        signed = (one.reviewer_id for one in self.signatures.counting)
        return {*self.writers, *(pk for pk in signed if pk is not None)}

    def left_by(self, people: Iterable[Signer]) -> list[Requirement]:
        """Return the needs that remain when all of some people sign who may."""
        standings = [one.standing for one in self.signatures.counting]
        standings += [one.standing for one in people if one.person.pk not in self.out]
        needs = self.signatures.needs
        met = {need.pk for need in quorum.matched(needs, standings).values()}
        return [need for need in needs if need.pk not in met]


def _has_interests(one: Signer) -> bool:
    return bool(one.disclosure and one.disclosure.interests_that_count)


def _barred(one: Signer, about: Mapping[int, interests.Subjects]) -> set[int]:
    """Return which of some changes touch an interest that the person declared."""
    found = interests.conflicts_with(one.disclosure, about) if one.disclosure else {}
    return {pk for pk, sentences in found.items() if sentences}


def needs_of_rules() -> list[Need]:
    """Return every signature that any change can need, the unrestricted ones first."""
    found = dict.fromkeys(need for rule in quorum.RULES for need in rule.needs)
    return sorted(as_chosen(found), key=lambda need: (not need.is_anybodys, need.label))
