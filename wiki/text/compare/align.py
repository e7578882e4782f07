"""Alignment of two sequences, used for comparing and merging."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

# The alignment needs one bit of memory for each pair of items: at most 50 MB.
MOST_PAIRS: Final = 400_000_000
# Below this similarity two items count as one removed and one added.
LEAST_ALIKE: Final = 0.35


@dataclass(frozen=True)
class Hunk:
    """A stretch of the old sequence and the corresponding stretch of the new one."""

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hunk]:
    """Return hunks that cover both sequences, in order; no two changed ones touch.

    Sequences too long to be aligned in bounded time are one changed hunk between what they begin
    and end with in common.
    """
    head, tail = _common_ends(old, new)
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    runs = [(True, head, head), *_aligned(*middle), (True, tail, tail)]
    return list(_fused(runs))


def likeness(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """Return the similarity of two sequences, from 0 to 1."""
    return Indel.normalized_similarity(*_numbered(old, new))


def likenesses(old: Sequence[Sequence[Hashable]], new: Sequence[Sequence[Hashable]]) -> Iterator[list[float]]:
    """Yield for each old sequence its similarity to each new one, 0 where that is less than `LEAST_ALIKE`."""
    numbers: dict[Hashable, int] = {}
    before, after = (
        [[numbers.setdefault(item, len(numbers)) for item in one] for one in side] for side in (old, new)
    )
    for one in before:
        yield [Indel.normalized_similarity(one, other, score_cutoff=LEAST_ALIKE) for other in after]


def most_alike_in_order(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs that are the most alike of all that do not cross each other.

    `scores` has for each old item its likeness to each new one; less than `LEAST_ALIKE` makes no pair. The
    squares are added up, so that one good pair outweighs two poor ones.
    """
    olds, news = len(scores), max(map(len, scores), default=0)
    # The best sum of what follows each pair of places, and the pairs that make it.
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]]
    best = [[(0.0, ())] * (news + 1) for _ in range(olds + 1)]
    for old in reversed(range(olds)):
        for new in reversed(range(news)):
            score = scores[old][new]
            kept = max(best[old][new + 1], best[old + 1][new], key=lambda one: one[0])
            total, pairs = best[old + 1][new + 1]
            together = (total + score**2, ((old, new), *pairs)) if score >= LEAST_ALIKE else kept
            best[old][new] = max(together, kept, key=lambda one: one[0])
    return list(best[0][0][1])


def _common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return the number of equal items at the start, and at the end."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[bool, int, int]]:
    """Return runs as (same?, how many of old, how many of new)."""
    if len(old) * len(new) > MOST_PAIRS:
        return [(False, len(old), len(new))]
    return [
        (step.tag == "equal", step.src_end - step.src_start, step.dest_end - step.dest_start)
        for step in Indel.opcodes(*_numbered(old, new))
    ]


def _numbered(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Return the sequences with a number for each different item, because rapidfuzz compares hashes."""
    numbers: dict[Hashable, int] = {}
    return (
        [numbers.setdefault(item, len(numbers)) for item in old],
        [numbers.setdefault(item, len(numbers)) for item in new],
    )


def _fused(runs: list[tuple[bool, int, int]]) -> Iterator[Hunk]:
    """Yield a hunk for each stretch of runs of the same sort."""
    old_start = new_start = old_end = new_end = 0
    sort = True
    for same, olds, news in runs:
        if same != sort and (olds or news):
            if (old_start, new_start) != (old_end, new_end):
                yield Hunk(sort, old_start, old_end, new_start, new_end)
            old_start, new_start, sort = old_end, new_end, same
        old_end, new_end = old_end + olds, new_end + news
    if (old_start, new_start) != (old_end, new_end):
        yield Hunk(sort, old_start, old_end, new_start, new_end)
