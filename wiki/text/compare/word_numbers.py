"""The words that a text newly says, as numbers: two texts stem from each other only if they share a number.

`stems.stemming` finds that new words stem from typed ones by a run of words, or by a sentence that is alike.
A run has a number of its own. Of a sentence, each two of its longest words have one: sentences of which
`LIKE` of the words are the same share at least two among so many of the longest.
"""

import math
from collections.abc import Collection, Iterator
from hashlib import blake2b
from itertools import combinations
from typing import Final

from wiki.text.compare.stems import FEWEST_ALIKE, LIKE, Wording

# The number of this way of computing them, `stems` and the parser included. Whoever changes what comes out
# raises it: what was kept in an earlier way is not relied on, and `manage.py rebuild` computes it anew.
METHOD: Final = 1

_BYTES: Final = 8
_TOGETHER: Final = 2


def numbers_of(page_id: int, text: Wording, had: Collection[Wording]) -> set[int]:
    """Return a number for each part of `text` that `had` does not say. Those of two pages differ."""
    runs = text.runs.difference(*(one.runs for one in had))
    whole = text.whole.difference(*(one.whole for one in had))
    parts = [("run", *one) for one in runs]
    parts += (("alike", *pair) for one in whole for pair in _longest_pairs(set(one)))
    return {_number(f"{page_id} {' '.join(one)}") for one in parts}


def _longest_pairs(words: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield each two of the longest words of a sentence.

    A sentence that is alike has all but `others` of the words. So of the `others` + 2 longest it has two; and
    those are among its own longest as well, as both are ordered in the same way.
    """
    others = len(words) - max(FEWEST_ALIKE, math.ceil(LIKE * len(words) - 1e-9))
    if others >= 0:
        ordered = sorted(words, key=lambda word: (-len(word), word))
        yield from combinations(ordered[: others + _TOGETHER], _TOGETHER)


def _number(said: str) -> int:
    return int.from_bytes(blake2b(said.encode(), digest_size=_BYTES).digest(), signed=True)
