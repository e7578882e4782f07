"""The last check of a comparison: every difference in the rendered pages must be shown as a change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wiki.text.compare.block_changes import BlockChange
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of

OTHERWISE = "readers get it otherwise"


def defended(found: Sequence[BlockChange], old: str, new: str) -> tuple[list[BlockChange], bool]:
    """Return the changes with every difference of the rendered pages; and whether they could be aligned.

    It trusts nothing that found the changes. Each block of both pages must be told once, the new ones in
    their order, and what is told as the same must have the same HTML, in itself and up to the block before
    it. Else it is told as changed, and the whole of both texts as removed and added if blocks are missing.
    """
    before, after = blocks_of(old), blocks_of(new)
    if not _has_every_block_once(found, before, after) or any(
        one.kind is BlockKind.UNREAD for one in (*before, *after)
    ):
        gone = [BlockChange("removed", one, None) for one in before]
        return [*gone, *(BlockChange("added", None, one) for one in after)], old == new
    places = {id(one): place for place, one in enumerate(before)}
    told: list[BlockChange] = []
    # The index of the last old block, -1 at the beginning; None after a new block.
    previous: int | None = -1
    for one in found:
        is_hidden = _hides(one, previous, places)
        told.append(replace(one, change="changed", notes=(OTHERWISE,)) if is_hidden else one)
        if one.new and not one.is_pointer:
            previous = places[id(one.old)] if one.old else None
    return told, True


def _has_every_block_once(
    found: Sequence[BlockChange], before: Sequence[Block], after: Sequence[Block]
) -> bool:
    """Return whether each block of both sides appears once, the new ones in order."""
    told = [one for one in found if not one.is_pointer]
    olds = Counter(id(one.old) for one in told if one.old)
    if olds != Counter(map(id, before)):
        return False
    return [id(one.new) for one in told if one.new] == list(map(id, after))


def _hides(one: BlockChange, previous: int | None, places: dict[int, int]) -> bool:
    """Return whether a block is marked as unchanged though readers get something else."""
    if one.change != "same" or one.old is None or one.new is None:
        return False
    if one.old.identity != one.new.identity or one.old.headings != one.new.headings:
        return True
    is_next = previous is not None and places[id(one.old)] == previous + 1
    return is_next and one.old.lead != one.new.lead
