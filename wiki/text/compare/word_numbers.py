"""The words that a text newly says, as numbers: two texts stem from each other only if they share a number.

`stems.stemming` finds that new words stem from typed ones by a run of words, or by a sentence that is alike.
A run has a number of its own. Of a sentence, each two of its longest words have one: sentences of which
`LIKE` of the words are the same share at least two among so many of the longest.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from itertools import combinations
from typing import Final

from wiki.text.compare.stems import FEWEST_ALIKE, LIKE, Wording, Words, runs_of

# The number of this way of computing them, `stems` and the parser included. Whoever changes what comes out
# raises it: what was kept in an earlier way is not relied on, and `manage.py rebuild` computes it anew.
# Of words deleted from drafts only numbers are kept: if a run gets another one, whose they were is lost.
METHOD: Final = 1

_BYTES: Final = 8
_TOGETHER: Final = 2


def numbers_of(page_id: int, text: Wording, had: Collection[Wording]) -> set[int]:
    """Return a number for each part of `text` that `had` does not say. Those of two pages differ."""
    runs = text.runs.difference(*(one.runs for one in had))
    whole = text.whole.difference(*(one.whole for one in had))
    pairs = {pair for one in whole for pair in _longest_pairs(set(one))}
    return numbers_of_runs(page_id, runs) | {_number(page_id, "alike", pair) for pair in pairs}


def numbers_of_runs(page_id: int, runs: Iterable[Words]) -> set[int]:
    """Return the number of each run of words, as said on one page."""
    return {_number(page_id, "run", one) for one in runs}


def numbers_of_deleted(page_id: int, before: Wording, after: Wording) -> set[int]:
    """Return the numbers of the runs of words in sentences of `before` that are in none of `after`."""
    gone, new = before.whole - after.whole, after.whole - before.whole
    kept = {run for words in new for run in runs_of(words)}
    return numbers_of_runs(page_id, {run for words in gone for run in runs_of(words)} - kept)


def _longest_pairs(words: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield each two of the longest words of a sentence.

    A sentence that is alike has all but `others` of the words. So of the `others` + 2 longest it has two; and
    those are among its own longest as well, as both are ordered in the same way.
    """
    others = len(words) - max(FEWEST_ALIKE, math.ceil(LIKE * len(words) - 1e-9))
    if others >= 0:
        ordered = sorted(words, key=lambda word: (-len(word), word))
        yield from combinations(ordered[: others + _TOGETHER], _TOGETHER)


def _number(page_id: int, what: str, words: Words) -> int:
    said = f"{page_id} {what} {' '.join(words)}"
    return int.from_bytes(blake2b(said.encode(), digest_size=_BYTES).digest(), signed=True)
