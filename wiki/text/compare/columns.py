"""The columns of a row in two versions of its table: which old one is which new one."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from wiki.text.compare.align import hunks, likenesses, most_alike_in_order
from wiki.text.compare.word_diff import words_and_signs
from wiki.text.markdown.blocks import Cell

# In a table of up to so many pairs of columns the heads are compared by word, else as a whole.
MOST_WEIGHED: Final = 900

# The places of a column in the old row and in the new one; None where it has none.
type Column = tuple[int | None, int | None]


def paired_columns(old: Sequence[Cell], new: Sequence[Cell]) -> tuple[Column, ...]:
    """Return each column of two versions of a row once, those of either version in their order.

    Those whose heads say the same or nearly so are one column, and the others between two such ones are by
    their place. Where the same heads only stand in another order, each place is one column.
    """
    return _paired(tuple(map(_head, old)), tuple(map(_head, new)))


def _head(cell: Cell) -> str:
    """Return the words at the head of a cell's column, its own if it is the head."""
    return (cell.heads[0] if cell.heads else cell.words).casefold()


@lru_cache(maxsize=256)
def _paired(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Column, ...]:
    by_head = [] if sorted(old) == sorted(new) else _by_head(old, new)
    return tuple(_with_places(by_head, len(old), len(new)))


def _by_head(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of columns with heads that are alike, in order."""
    if len(old) * len(new) <= MOST_WEIGHED:
        sides = ([words_and_signs(one) for one in side] for side in (old, new))
        return most_alike_in_order(list(likenesses(*sides)))
    same = [one for one in hunks(old, new) if one.same]
    return [(h.old_start + n, h.new_start + n) for h in same for n in range(h.old_end - h.old_start)]


def _with_places(pairs: Sequence[tuple[int, int]], olds: int, news: int) -> Iterator[Column]:
    """Yield the pairs, and between them the other columns by their place."""
    old = new = 0
    for old_end, new_end in (*pairs, (olds, news)):
        while old < old_end or new < new_end:
            yield (old if old < old_end else None), (new if new < new_end else None)
            old, new = min(old + 1, old_end), min(new + 1, new_end)
        if (old_end, new_end) != (olds, news):
            yield old_end, new_end
            old, new = old_end + 1, new_end + 1
