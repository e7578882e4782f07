"""What a comparison tells of blocks beneath others: an item, a term, a table's heads, a lead-in."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from textwrap import shorten
from typing import Final

from wiki.text.compare.block_changes import BlockChange
from wiki.text.markdown.blocks import Block

# How many blocks beneath one are named, and how many characters of what stands above.
MOST_NAMED: Final = 60


def with_introductions(
    found: Sequence[BlockChange],
    after: Sequence[Block],
    above: Sequence[Sequence[int]],
    displaced: Collection[int],
) -> list[BlockChange]:
    """Return the changes in which each block names those that it introduces or notes otherwise than before.

    `above` has for each block of `after` the indices of those that introduce it; `displaced` are those
    that stand beneath another than before. Only what is told as unchanged is named, because everything
    else is shown where it stands.
    """
    place_of = {id(block): place for place, block in enumerate(after)}
    unchanged = [one.new for one in found if one.new and not one.is_shown]
    beneath: dict[int, list[Block]] = defaultdict(list)
    notes: dict[str, list[Block]] = defaultdict(list)
    for block in unchanged:
        for index in above[place_of[id(block)]]:
            beneath[index].append(block)
        for container in block.containers:
            if container.tag == "note":
                notes[container.words].append(block)
    named: list[BlockChange] = []
    for one in found:
        words: list[str] = []
        if one.is_shown and not one.is_pointer and not one.block.is_heading:
            if one.old and one.new:
                place = place_of[id(one.new)]
                if one.old.words != one.new.words or place in displaced:
                    words += _named(one, beneath[place])
            words += _notes_of(one, notes)
        named.append(replace(one, under=tuple(dict.fromkeys(words))[:MOST_NAMED]) if words else one)
    return named


def _notes_of(one: BlockChange, notes: Mapping[str, Sequence[Block]]) -> Iterator[str]:
    """Yield the words of the unchanged footnotes whose marks came to a block or went from it."""
    was, now = (Counter(side.notes if side else ()) for side in (one.old, one.new))
    for label in (was - now) + (now - was):
        for block in notes.get(label, ()):
            yield _words(block)


def _named(one: BlockChange, blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the words of the blocks beneath; of a table those of the cells in columns whose heads changed."""
    for block in blocks:
        if not (one.old and one.block.cells and one.block.cells[0].is_head):
            yield _words(block)
            continue
        heads = zip_longest(one.old.cells, one.block.cells)
        for cell, (was, now) in zip(block.cells, heads, strict=False):
            if cell.words and not (was and now and was.words == now.words):
                yield ": ".join((*cell.heads[1:], cell.words))


def beneath_other(old: Block | None, new: Block | None) -> str:
    """Return beneath what a block stood and stands; one of the two may be None."""
    was = f"stood beneath {quoted(old)}, " if old else ""
    if new is None:
        return f"{was}no longer does"
    return f"{was}stands beneath {quoted(new)}" if old else f"stands now beneath {quoted(new)}"


def quoted(block: Block) -> str:
    """Return the first words of a block in quotation marks, those of a row's cells apart from each other."""
    return f"“{shorten(_words(block), MOST_NAMED, placeholder=' …') or '…'}”"


def _words(block: Block) -> str:
    cells = (cell.words for cell in block.cells)
    return " · ".join(filter(None, cells)) if block.cells else block.words
