"""The quorum of a change: who must sign it, computed from what it touches."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from wiki.domain.professions import Impact, Risk
from wiki.models import Requirement, Verdict
from wiki.policy.document_change import Change, KnownPages
from wiki.policy.needs import CLINICIAN, MODERATOR, Need
from wiki.policy.signature_rules import BY_ID, RULES, WHY, SignatureRule, touched
from wiki.text.document import Document
from wiki.text.normal_form import normal

__all__ = [
    "MODERATOR",
    "RULES",
    "WHY",
    "KnownPages",
    "Need",
    "Quorum",
    "left_of",
    "meets",
    "quorum_of",
    "together",
    "worst",
]


@dataclass(frozen=True)
class Quorum:
    """What a change touches, its risk, and who must sign it."""

    rules: tuple[str, ...]
    risk: Risk
    needs: tuple[Need, ...]


def quorum_of(
    before: Document | None,
    after: Document,
    kinds: Mapping[int, str] | None = None,
    *,
    impact: str = "",
    remedies: Collection[str] = (),
    patients: Collection[str] = (),
    called: Mapping[str, Collection[str]] | None = None,
) -> Quorum:
    """Return who must sign the change from `before` to `after`; `kinds` are those of the other pages.

    `impact` is what its author says that it means for a patient, `remedies` are the names of drugs and
    treatments that the wiki has pages on, `patients` the pictures that show a patient, `called` what the
    pages are called that `after` links to, by the title that it links to.
    """
    names = {normal(title): frozenset(map(normal, some)) for title, some in (called or {}).items()}
    known = KnownPages(
        kinds or {}, frozenset(filter(None, map(normal, remedies))), frozenset(patients), names
    )
    rules = touched(Change(before, after, known, impact))
    return Quorum(tuple(rule.id for rule in rules), worst(rule.risk for rule in rules), _asked_by(rules))


def together(first: Quorum, second: Quorum) -> Quorum:
    """Return the signatures that two changes in one submission require: those of either."""
    ids = tuple(dict.fromkeys([*first.rules, *second.rules]))
    rules = [BY_ID[one] for one in ids]
    return Quorum(ids, worst((first.risk, second.risk)), _asked_by(rules))


def needs_for_stated_impact(ids: Sequence[str], impact: str, *, by: str) -> tuple[Need, ...]:
    """Return the signatures that a change needs because an approver stated its impact.

    What anybody calls a matter of safety, or of what readers do, two people sign.
    """
    said = BY_ID.get(f"said_{impact}")
    if said is None:
        return ()
    rules = [BY_ID[one] for one in ids if one in BY_ID]
    told = {Impact.SAFETY: "it is about safety", Impact.ACTION: "readers would do something else"}
    reason = f"{by}, who signed it, says that {told[Impact(impact)]}"
    return tuple(replace(need, reason=reason) for need in _asked_by([*rules, said]))


def _asked_by(rules: Sequence[SignatureRule]) -> tuple[Need, ...]:
    """Return the smallest set of signatures that meets every rule.

    A signature that all can give who give another one is not asked for beside it, and anybody's is asked
    for only where one rule wants more people than there are others.
    """
    wanted = dict.fromkeys(need for rule in rules for need in rule.needs if not need.is_anybodys)
    special = [need for need in wanted if not any(one.covers(need) for one in wanted if one != need)]
    told = [replace(need, reason=_reason(need, rules)) for need in special]
    if max(len(rule.needs) for rule in rules) > len(special):
        told.append(replace(MODERATOR, reason="" if special else _reason(MODERATOR, rules)))
    return tuple(told)


def _reason(need: Need, rules: Sequence[SignatureRule]) -> str:
    def is_met(first: Need) -> bool:
        return need.covers(first) and need.is_anybodys == first.is_anybodys

    return "; ".join(rule.why for rule in rules if is_met(rule.needs[0]))


def left_of(needs: Sequence[Requirement], signed: Iterable[Verdict]) -> list[Requirement]:
    """Return the needs that some approvals do not meet; their reviewers must be loaded."""
    counting = [one.standing for one in signed if one.reviewer and one.reviewer.can_review]
    met = {need.pk for need in matched(needs, counting).values()}
    return [need for need in needs if need.pk not in met]


def matched[N: (Requirement, Need)](needs: Sequence[N], people: Sequence[dict[str, Any]]) -> dict[int, N]:
    """Return the largest matching of needs to people, one each, by the person's index; earlier
    needs first.
    """
    taken: dict[int, N] = {}

    def find(need: N, seen: set[int]) -> bool:
        # Try unassigned people first, so that an assignment changes only when it must.
        for place in sorted(range(len(people)), key=lambda place: place in taken):
            if place in seen or not meets(need, people[place]):
                continue
            seen.add(place)
            if place not in taken or find(taken[place], seen):
                taken[place] = need
                return True
        return False

    for need in needs:
        find(need, set())
    return taken


def meets(need: Requirement | Need, standing: dict[str, Any]) -> bool:
    """Return whether somebody with this standing can give that signature."""
    if standing.get("role") != need.role:
        return False
    if not need.professions and not need.specialties:
        return True
    if {*need.professions} == {*CLINICIAN.professions} and not settings.REGISTRATION_REQUIRED:
        return True  # Where the wiki does not require registrations, no need asks for one.
    return bool(
        {*need.professions} & {*standing.get("professions", ())}
        or {*need.specialties} & {*standing.get("specialties", ())}
    )


def worst(risks: Iterable[Risk]) -> Risk:
    """Return the highest of some risks; low when there are none."""
    return min(risks, key=list(Risk).index, default=Risk.LOW)
