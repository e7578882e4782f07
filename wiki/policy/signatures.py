"""Signatures in words: who must sign, who has signed, who still can, and the stated impact of a change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wiki.domain.professions import Impact
from wiki.models import Decision, Disclosure, Requirement, Revision, User, Verdict
from wiki.policy import interests, quorum
from wiki.policy.refusal import Refused
from wiki.text.days import day_in_words


@dataclass(frozen=True)
class Signature:
    """An approval of the present words: the need that it counts for, or why it does not count."""

    verdict: Verdict
    need: Requirement | None
    why_not: str = ""


@dataclass(frozen=True)
class Signatures:
    """The required and the given signatures of a revision. The verdicts' reviewers must be loaded."""

    needs: Sequence[Requirement]
    approvals: Sequence[Verdict]
    # Why an approval no longer counts, by its id: interests that its giver declared later.
    barred: Mapping[int, str] = field(default_factory=dict)

    def why_void(self, verdict: Verdict) -> str:
        """Return why an approval no longer counts, in words; "" if it counts."""
        return why_void(verdict) or self.barred.get(verdict.pk, "")

    @property
    def counting(self) -> list[Verdict]:
        """Return the approvals that count."""
        return [one for one in self.approvals if not self.why_void(one)]

    @cached_property
    def _needs_met(self) -> dict[int, Requirement]:
        """Return the need that each counting approval meets, by the approval's id."""
        counting = self.counting
        met = quorum.matched(self.needs, [one.standing for one in counting])
        return {counting[place].pk: need for place, need in met.items()}

    @cached_property
    def given(self) -> list[Signature]:
        """Return the approvals, oldest first, each with the need that it counts for."""
        return [Signature(one, self._needs_met.get(one.pk), self.why_void(one)) for one in self.approvals]

    @cached_property
    def missing(self) -> list[Requirement]:
        """Return the signatures that are still needed."""
        met = {need.pk for need in self._needs_met.values()}
        return [need for need in self.needs if need.pk not in met]

    @property
    def are_complete(self) -> bool:
        """Return whether all required signatures are given and count."""
        return bool(self.approvals) and not self.missing

    @property
    def why(self) -> str:
        """Return why these signatures are required."""
        return "; ".join(dict.fromkeys(need.reason for need in self.needs if need.reason))

    @property
    def words(self) -> str:
        """Return who must sign and who has signed, in a sentence."""
        asked = f"Needs {_listed([need.label for need in self.needs])}"
        had = [f"{one.need.label} ({_signer(one.verdict)})" for one in self.given if one.need]
        return f"{asked}; has {_listed(had)}." if had else f"{asked}; nobody has signed yet."

    @property
    def still(self) -> str:
        """Return the missing signatures, in words; "" if none is missing."""
        return _listed([need.label for need in self.missing])

    def has_signed(self, person: User) -> bool:
        """Return whether this person has given one of the approvals."""
        return any(one.reviewer_id == person.pk for one in self.approvals)

    def would_be(self, standing: dict[str, Any]) -> Requirement | None:
        """Return the need that a signature by somebody with this standing would meet; None if it meets none.

        Who has signed already may be counted as something else for it.
        """
        people = [one.standing for one in self.counting]
        met = quorum.matched(self.needs, [*people, standing])
        return met.get(len(people)) if len(met) > len(self._needs_met) else None

    def gained_by(self, person: User, standing: dict[str, Any]) -> str:
        """Return as what somebody who has signed could sign only today, of what is missing; "" for nothing.

        A registration may have been verified since. What they signed as stays what it was.
        """
        then = [one.standing for one in self.counting if one.reviewer_id == person.pk]
        now = (need for need in self.missing if quorum.meets(need, standing))
        gained = (need for need in now if then and not quorum.meets(need, then[0]))
        return next((need.label.removeprefix("one ") for need in gained), "")

    def with_one_more(self, standing: dict[str, Any]) -> str:
        """Return in words what would be missing after a signature by somebody with this standing."""
        people = [one.standing for one in self.counting]
        met = {need.pk for need in quorum.matched(self.needs, [*people, standing]).values()}
        return _listed([need.label for need in self.needs if need.pk not in met])

    def refuse_idle(self, standing: dict[str, Any]) -> None:
        """Raise `Refused` if a signature by somebody with this standing would not count."""
        if sentence := self.why_idle(standing):
            raise Refused(sentence)

    def why_idle(self, standing: dict[str, Any]) -> str:
        """Return why a signature by somebody with this standing would not count; "" if it would."""
        if not self.missing or self.would_be(standing):
            return ""
        missing = _listed([need.label.removeprefix("one ") for need in self.missing])
        trained = "for which your account has no verified registration that holds today"
        return f"Your signature would not count: what is missing is that of a {missing}, {trained}."


def signatures_of(revision: Revision) -> Signatures:
    """Return the signatures that a revision needs and has, on the words that it says."""
    verdicts = revision.verdicts.select_related("reviewer").order_by("decided_at", "pk")
    return signatures_among(verdicts, revision)


def signatures_among(verdicts: Iterable[Verdict], revision: Revision) -> Signatures:
    """Return the same from the verdicts on a revision, with their reviewers, the earliest first."""
    approvals = [one for one in verdicts if is_on(one, revision)]
    needs = Requirement.objects.of_revision(revision.pk)
    return Signatures(needs, approvals, declared_since(approvals, revision))


def declared_since(approvals: Iterable[Verdict], revision: Revision) -> dict[int, str]:
    """Return, by id, why approvals no longer count because of interests that their givers declared later.

    What bars a person on the day on which something is published voids their signature, though they gave it
    before they said so.
    """
    given = [(one, one.reviewer) for one in approvals if one.reviewer]
    newest = Disclosure.objects.newest_of_each({person for _, person in given})
    found = {}
    for one, person in given:
        declared = newest.get(person.pk)
        if declared is None or declared.declared_at <= one.decided_at:
            continue
        if interests.conflicts_of(person, revision, declared=declared):
            found[one.pk] = "this person declared an interest in it since"
    return found


def is_on(verdict: Verdict, revision: Revision) -> bool:
    """Return whether a verdict approves exactly the present words of a revision."""
    return verdict.decision == Decision.APPROVE and verdict.digest == revision.digest


def why_void(verdict: Verdict) -> str:
    """Return why an approval does not count any more, in words; "" while it does.

    It stays on record as it was given. That somebody signed for an account that is gone, or has lost the
    right, or with a registration that was false, is no ground to publish on; what was published on it before
    stands. A registration that has lapsed since was true on the day.
    """
    if verdict.reviewer is None:
        return "the account was removed since"
    if verdict.is_on_false_registration:
        return "the registration that it was given with was revoked as false"
    return "" if verdict.reviewer.can_review else "this person may not review at present"


def impact_so_far(revision: Revision, approvals: Iterable[Verdict]) -> tuple[str, str]:
    """Return the stated impact of a revision: by its last signature, else by its author.

    `approvals` are those on the words that it says, the earliest first.
    """
    said = [(one.impact, one.meaning) for one in approvals if one.impact]
    return said[-1] if said else (revision.impact, revision.meaning)


def refuse_lower_impact(approvals: Iterable[Verdict], impact: str) -> None:
    """Raise `Refused` if an approver states a lower impact than one of some earlier signatures.

    Readers would be told the lower one, and whoever stated the higher one would not hear of it.
    """
    rising = list(Impact)
    for one in approvals:
        if one.impact and rising.index(Impact(impact)) < rising.index(Impact(one.impact)):
            stated = Impact(one.impact).brief
            raise Refused(
                f"{one.reviewer_name} signed this as “{stated}”, and a later signature cannot lower that. "
                "Sign it as that, or ask for changes and say why it is less."
            )


@dataclass(frozen=True)
class ImpactCorrection:
    """An approver stated another impact than the author."""

    verdict: Verdict
    impact: Impact


def corrections_of(revision: Revision, approvals: Sequence[Verdict]) -> list[ImpactCorrection]:
    """Return where approvers stated another impact or meaning than the author."""
    said = (revision.impact, revision.meaning)
    return [
        ImpactCorrection(one, Impact(one.impact))
        for one in approvals
        if one.impact and (one.impact, one.meaning) != said
    ]


def _signer(verdict: Verdict) -> str:
    parts = (verdict.reviewer_name, verdict.reviewer_profession, day_in_words(verdict.decided_at))
    return ", ".join(part for part in parts if part)


def _listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
