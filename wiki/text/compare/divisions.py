"""Text that is divided into blocks otherwise, no word changed: a paragraph split in two, or two joined."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from wiki.text.compare.block_changes import BlockChange
from wiki.text.compare.word_diff import words_and_signs
from wiki.text.markdown.blocks import TEXTS, Block, BlockKind

# What a block leads to, by the names of its fields.
_LED_TO: Final = ("pages", "targets", "tooltips", "citations", "notes")
_IN_PLACE: Final = frozenset({"changed", "added", "removed"})
# The most pairs of blocks of one changed stretch that are tried.
MOST_COMPARED: Final = 10_000

# A stretch of the old blocks and of the new ones that say the same: where each begins and ends.
type _Same = tuple[int, int, int, int]


def with_divisions(found: Sequence[BlockChange]) -> list[BlockChange]:
    """Return the changes in which blocks that are only divided otherwise say so."""
    told: list[BlockChange] = []
    for is_text, stretch in groupby(found, _is_text_in_place):
        changes = list(stretch)
        told += _told_in(changes) if is_text and len(changes) > 1 else changes
    return told


def _is_text_in_place(one: BlockChange) -> bool:
    sides = [side for side in (one.old, one.new) if side]
    return one.change in _IN_PLACE and all(side.kind in TEXTS and side.words for side in sides)


def _told_in(changes: Sequence[BlockChange]) -> list[BlockChange]:
    """Return the changes of one stretch, with a note on each block of a text that is divided otherwise."""
    olds = [one.old for one in changes if one.old]
    news = [one.new for one in changes if one.new]
    notes: dict[int, str] = {}
    if len(olds) * len(news) <= MOST_COMPARED:
        for old, old_end, new, new_end in _same_texts(olds, news):
            before, after = olds[old:old_end], news[new:new_end]
            inside = {id(one) for one in (*before, *after)}
            group = [one for one in changes if inside & {id(one.old), id(one.new)}]
            if all({id(side) for side in (one.old, one.new) if side} <= inside for one in group):
                notes |= dict.fromkeys(map(id, group), _in_words(before, after))
    return [
        replace(one, notes=(*one.notes, notes[id(one)]), is_divided=True) if id(one) in notes else one
        for one in changes
    ]


def _same_texts(olds: Sequence[Block], news: Sequence[Block]) -> Iterator[_Same]:
    """Yield the stretches of both sides that say the same in blocks that are not the same."""
    said = [[words_and_signs(one.words) for one in side] for side in (olds, news)]
    first = 0
    for old in range(len(olds)):
        for new in range(first, len(news)):
            if said[0][old][0] != said[1][new][0]:
                continue
            ends = _ends_of_same(said[0][old:], said[1][new:])
            if ends and _belong_together(olds[old : old + ends[0]], news[new : new + ends[1]]):
                yield old, old + ends[0], new, new + ends[1]
                first = new + ends[1]
                break


def _ends_of_same(olds: Sequence[list[str]], news: Sequence[list[str]]) -> tuple[int, int] | None:
    """Return how many texts of each side, from the first, say the same together; None for one of each."""
    was, now = list(olds[0]), list(news[0])
    old = new = 1
    while was != now:
        shorter = min(len(was), len(now))
        if was[:shorter] != now[:shorter]:
            return None
        if len(was) < len(now) and old < len(olds):
            was += olds[old]
            old += 1
        elif len(now) < len(was) and new < len(news):
            now += news[new]
            new += 1
        else:
            return None
    return (old, new) if (old, new) != (1, 1) else None


def _belong_together(olds: Sequence[Block], news: Sequence[Block]) -> bool:
    """Return whether blocks are of one kind in one place, and lead to the same pages, sources and notes."""
    if len({(one.kind, one.headings, tuple(c.look for c in one.containers)) for one in (*olds, *news)}) > 1:
        return False
    return all(
        [part for one in olds for part in getattr(one, led)]
        == [part for one in news for part in getattr(one, led)]
        for led in _LED_TO
    )


def _in_words(olds: Sequence[Block], news: Sequence[Block]) -> str:
    is_marked = all(one.marks for one in (*olds, *news))
    noun = olds[0].kind if is_marked and olds[0].kind is BlockKind.ITEM else BlockKind.PARAGRAPH
    was, now = len(olds), len(news)
    if was == 1:
        return f"one {noun} is split into {now}: no word changed"
    if now == 1:
        return f"{was} {noun}s are joined into one: no word changed"
    ends = "begin and end elsewhere" if was == now else f"are divided otherwise, into {now}"
    return f"{was} {noun}s {ends}: no word changed"
