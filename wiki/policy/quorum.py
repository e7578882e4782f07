"""The quorum of a change: who must sign it, worked out from what it touches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wiki.domain.professions import Risk
from wiki.models import Decision, Origin, Requirement, Revision, Verdict
from wiki.policy.signature_rules import MODERATOR, RULES, WHY, Change, Need, SignatureRule, touched
from wiki.text.document import Document

__all__ = ["MODERATOR", "RULES", "WHY", "Need", "Quorum", "left_of", "meets", "quorum_of", "unmet", "worst"]


@dataclass(frozen=True)
class Quorum:
    """What a change touches, how much harm it could do, and who must sign it."""

    rules: tuple[str, ...]
    risk: Risk
    needs: tuple[Need, ...]


def quorum_of(
    before: Document | None, after: Document, kinds: Mapping[int, str] | None = None, *, origin: str
) -> Quorum:
    """Return who must sign the change from `before` to `after`; `kinds` are those of the other pages.

    Starter content says of itself that nobody has reviewed it: one moderator lets it in.
    """
    rules = touched(Change(before, after, kinds or {}))
    needs = (replace(MODERATOR, reason=STARTER),) if origin == Origin.STARTER else _asked_by(rules)
    return Quorum(tuple(rule.id for rule in rules), worst(rule.risk for rule in rules), needs)


STARTER = "starter content, which says of itself that no clinician has reviewed it"


def _asked_by(rules: Sequence[SignatureRule]) -> tuple[Need, ...]:
    """Return the fewest signatures with which every rule has its own.

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


def unmet(revision: Revision) -> list[Requirement]:
    """Return the signatures that a revision still needs, when each person's counts for one at most.

    A signature counts while its signer may still review, for what they stood for on the day, and only for
    the digest that it is on.
    """
    signed = revision.verdicts.filter(decision=Decision.APPROVE, digest=revision.digest).select_related(
        "reviewer"
    )
    return left_of(list(revision.requirements.order_by("pk")), signed)


def left_of(needs: Sequence[Requirement], signed: Iterable[Verdict]) -> list[Requirement]:
    """Return the needs that some approvals do not meet; their reviewers must be loaded."""
    counting = [one.standing for one in signed if one.reviewer and one.reviewer.can_review]
    met = {need.pk for need in matched(needs, counting).values()}
    return [need for need in needs if need.pk not in met]


def matched(needs: Sequence[Requirement], people: Sequence[dict[str, Any]]) -> dict[int, Requirement]:
    """Return the most needs that people can meet, one each, by the person’s place; earlier needs first."""
    taken: dict[int, Requirement] = {}

    def find(need: Requirement, seen: set[int]) -> bool:
        # Who is free first: nobody is moved to another place without need.
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
    return bool(
        {*need.professions} & {*standing.get("professions", ())}
        or {*need.specialties} & {*standing.get("specialties", ())}
    )


def worst(risks: Iterable[Risk]) -> Risk:
    """Return the highest of some risks; low when there are none."""
    return min(risks, key=list(Risk).index, default=Risk.LOW)
