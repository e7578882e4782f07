"""The difference of two texts, word by word."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wiki.text.compare.align import LEAST_ALIKE, hunks, likeness
from wiki.text.words import tokens_of_text, word_count

type Op = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text in both versions, or in only one."""

    op: Op
    text: str


def words(old: str, new: str) -> list[Piece]:
    """Return the stretches of both texts, word by word.

    The same and removed pieces joined are `old` exactly, the same and added ones `new`.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for hunk in hunks(before, after):
        gone = "".join(before[hunk.old_start : hunk.old_end])
        come = "".join(after[hunk.new_start : hunk.new_end])
        pieces += [Piece("same", gone)] if hunk.same else _reworded(gone, come)
    return list(_joined(pieces))


def whole(old: str, new: str) -> list[Piece]:
    """Return the difference of two values that are shown whole, such as kinds."""
    if old == new:
        return [Piece("same", old)] if old else []
    return _replaced(old, new)


def count_of(pieces: Iterable[Piece], op: Op) -> int:
    """Return the number of words added or removed."""
    return sum(word_count(piece.text) for piece in pieces if piece.op == op)


def words_and_signs(text: str) -> list[str]:
    """Return a text without its spaces, in words and signs."""
    return _without_spaces(tokens_of_text(text))


def _without_spaces(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]


def _reworded(old: str, new: str) -> Iterable[Piece]:
    """Return the pieces of two texts that differ."""
    if not (old and new):
        return _replaced(old, new)
    before, after = tokens_of_text(old), tokens_of_text(new)
    if likeness(_without_spaces(before), _without_spaces(after)) < LEAST_ALIKE:
        return _replaced(old, new)
    runs = hunks(before, after)
    last = len(runs) - 1
    pieces: list[Piece] = []
    for place, hunk in enumerate(runs):
        gone, come = before[hunk.old_start : hunk.old_end], after[hunk.new_start : hunk.new_end]
        kept = hunk.same and (place in (0, last) or not _is_island(gone))
        pieces += [Piece("same", "".join(gone))] if kept else _replaced("".join(gone), "".join(come))
    return pieces


def _is_island(tokens: Sequence[str]) -> bool:
    """Return whether an unchanged stretch between two changes is so short that it hinders reading."""
    return sum(1 for token in tokens if not token.isspace()) <= 1


def _replaced(old: str, new: str) -> list[Piece]:
    return [Piece("removed", old)] * bool(old) + [Piece("added", new)] * bool(new)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with each stretch of changes as one removal and one addition."""
    gone = come = same = ""
    for piece in pieces:
        if piece.op == "same" and (gone or come):
            yield from _replaced(gone, come)
            gone = come = ""
        elif piece.op != "same" and same:
            yield Piece("same", same)
            same = ""
        same += piece.text if piece.op == "same" else ""
        gone += piece.text if piece.op == "removed" else ""
        come += piece.text if piece.op == "added" else ""
    yield from [Piece("same", same)] if same else _replaced(gone, come)
