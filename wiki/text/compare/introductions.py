"""What a comparison tells of blocks beneath others: an item, a term, a table's heads, a lead-in."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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
    """Return the changes in which each block that introduces others otherwise than before names those.

    `above` has for each block of `after` the indices of those that introduce it; `displaced` are those
    that stand beneath another than before. Only what is told as unchanged is named, because everything
    else is shown where it stands.
    """
    place_of = {id(block): place for place, block in enumerate(after)}
    beneath: dict[int, list[Block]] = defaultdict(list)
    for one in found:
        if one.new and not one.is_shown:
            for index in above[place_of[id(one.new)]]:
                beneath[index].append(one.new)
    return [_with_those_beneath(one, place_of, beneath, displaced) for one in found]


def _with_those_beneath(
    one: BlockChange, place_of: dict[int, int], beneath: dict[int, list[Block]], displaced: Collection[int]
) -> BlockChange:
    if one.is_pointer or not one.is_shown or not (one.old and one.new):
        return one
    place = place_of[id(one.new)]
    if place not in beneath or (one.old.words == one.new.words and place not in displaced):
        return one
    return replace(one, under=tuple(_named(one, beneath[place]))[:MOST_NAMED])


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
