"""What introduces a block besides headings: an item, a term, a table's heads, words that end in a colon.

“50 mg” beneath the item “adults” says something else beneath “children”, though no word of it changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from textwrap import shorten
from typing import Final

from wiki.text.compare.block_changes import BlockChange
from wiki.text.markdown.blocks import Block, BlockKind

# How many blocks beneath one are named, and how many characters of what stands above.
MOST_NAMED: Final = 60
# How a note begins that says beneath what a block stood or stands.
_STOOD_BENEATH: Final = "stood beneath"
_NOW_BENEATH: Final = "stands now beneath"
# Containers that a sentence ending in a colon introduces.
_INTRODUCED: Final = frozenset({"ul", "ol", "dl", "table", "blockquote"})
# Kinds that introduce what stands beneath them otherwise than by a colon, or nothing at all.
_NO_LEAD_IN: Final = frozenset({BlockKind.HEADING, BlockKind.BOX_TITLE, BlockKind.ROW, BlockKind.TERM})


def introductions(blocks: Sequence[Block]) -> list[int | None]:
    """Return for each block the index of the nearest block that introduces it; None where none does."""
    first: dict[int, int] = {}
    found: list[int | None] = []
    term: int | None = None
    for place, block in enumerate(blocks):
        for container in block.containers:
            first.setdefault(container.number, place)
        found.append(_introduction(blocks, place, first, term))
        term = place if block.kind is BlockKind.TERM else term
    return found


def _introduction(blocks: Sequence[Block], place: int, first: dict[int, int], term: int | None) -> int | None:
    containers = blocks[place].containers
    for depth in range(len(containers) - 1, -1, -1):
        begun = first[containers[depth].number]
        match containers[depth].tag:
            case "li" | "table" if begun != place:
                return begun
            case "dd":
                return term
            case tag if tag in _INTRODUCED and _leads_in(blocks, begun - 1, depth):
                return begun - 1
    return place - 1 if _leads_in(blocks, place - 1, len(containers)) else None


def _leads_in(blocks: Sequence[Block], place: int, depth: int) -> bool:
    """Return whether a block ends in a colon and stands as deep as what comes after it."""
    if place < 0:
        return False
    one, after = blocks[place], blocks[place + 1]
    if after.is_heading:
        return False
    around = [c.number for c in one.containers] == [c.number for c in after.containers[:depth]]
    return around and one.kind not in _NO_LEAD_IN and one.words.endswith(":")


def with_introductions(found: Sequence[BlockChange], after: Sequence[Block]) -> list[BlockChange]:
    """Return the changes in which each block that introduces others otherwise than before names those.

    Only what is told as unchanged is named, because everything else is shown where it stands.
    """
    above = {id(block): index for block, index in zip(after, introductions(after), strict=True)}
    beneath: dict[int, list[Block]] = defaultdict(list)
    for one in found:
        if one.new and not one.is_shown and (index := above[id(one.new)]) is not None:
            beneath[id(after[index])].append(one.new)
    return [
        replace(one, under=tuple(_named(one, beneath[id(one.new)]))[:MOST_NAMED])
        if one.old and id(one.new) in beneath and _introduces_otherwise(one)
        else one
        for one in found
    ]


def _introduces_otherwise(one: BlockChange) -> bool:
    if one.is_pointer or not one.is_shown or not (one.old and one.new):
        return False
    return one.old.words != one.new.words or any(
        note.startswith((_STOOD_BENEATH, _NOW_BENEATH)) for note in one.notes
    )


def _named(one: BlockChange, blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the words of the blocks beneath; of a table those of the cells in columns whose heads changed."""
    for block in blocks:
        if not (one.old and one.block.cells and block.cells):
            yield block.words
            continue
        heads = zip_longest(one.old.cells, one.block.cells)
        for cell, (was, now) in zip(block.cells, heads, strict=False):
            if cell.words and not (was and now and was.words == now.words):
                yield ": ".join((*cell.heads[1:], cell.words))


def beneath_other(old: Block | None, new: Block | None) -> str:
    """Return beneath what a block stood and stands; one of the two may be None."""
    if old is None or new is None:
        return f"{_NOW_BENEATH} {_short(new)}" if new else f"{_STOOD_BENEATH} {_short(old)}, no longer does"
    return f"{_STOOD_BENEATH} {_short(old)}, stands beneath {_short(new)}"


def _short(block: Block | None) -> str:
    words = " · ".join(filter(None, block.words.split("\n"))) if block else ""
    return f"“{shorten(words, MOST_NAMED, placeholder=' …') or '…'}”"
