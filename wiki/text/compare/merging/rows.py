"""The three-way merge of one statement, field by field where the meaning of the fields allows it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from wiki.domain.statement_fields import STATEMENT_FIELDS, MergeRule
from wiki.text.compare.merging.members import woven
from wiki.text.document import Row

_NAMES: Final = {rule: frozenset(f.name for f in STATEMENT_FIELDS if f.merge is rule) for rule in MergeRule}
_SOURCES: Final = _NAMES[MergeRule.UNITED]


def merged_row(base: Row | None, ours: Row, theirs: Row) -> Row | None:
    """Return the statement with the changes of both sides; None where a person has to choose.

    All three have the same key. Without `base` both sides added it.
    """
    was = base or _added_by_both(ours, theirs)
    if was is None:
        return None
    differing = {one.name for one in STATEMENT_FIELDS if getattr(ours, one.name) != getattr(theirs, one.name)}
    mine, others = (
        {name for name in differing if getattr(side, name) != getattr(was, name)} for side in (ours, theirs)
    )
    if (mine & others) - _SOURCES or _is_one_judgement(mine, others, was, ours, theirs):
        return None
    taken: dict[str, Any] = {name: getattr(theirs, name) for name in others - _SOURCES}
    sources = _united(was.sources, ours.sources, theirs.sources)
    # Each left the statement a source; with none it rests on nothing.
    is_bare = ours.sources and theirs.sources and not sources
    return None if is_bare else replace(ours, **taken, sources=sources)


def _added_by_both(ours: Row, theirs: Row) -> Row | None:
    """Return what two new statements have in common: the same evidence and no details; None if it differs."""
    empty = {one.name: one.default for one in STATEMENT_FIELDS if one.default is not None}
    mine, others = replace(ours, **empty), replace(theirs, **empty)  # type: ignore[arg-type]
    return mine if mine == others else None


def _is_one_judgement(
    mine: Collection[str], others: Collection[str], was: Row, ours: Row, theirs: Row
) -> bool:
    """Return whether the two sides changed fields that only one person can judge together."""
    both = [
        (set(mine), set(was.sources) - set(ours.sources)),
        (set(others), set(was.sources) - set(theirs.sources)),
    ]
    if all(changed for changed, _ in both) and any(_NAMES[MergeRule.CLAIM] & one for one, _ in both):
        return True
    evidence = [_NAMES[MergeRule.EVIDENCE] & one or ({"sources"} if gone else set()) for one, gone in both]
    judged = [_NAMES[MergeRule.EVIDENCE] & one for one, _ in both]
    if all(evidence) and any(judged):
        return True
    return all(_NAMES[MergeRule.GENETICS] & one for one, _ in both)


def _united(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    was, our, their = set(base), set(ours), set(theirs)
    kept = (our & their) | (our - was) | (their - was)
    return tuple(key for key in woven(ours, theirs) if key in kept)
