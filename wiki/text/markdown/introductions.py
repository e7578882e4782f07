"""What introduces a block besides headings: an item, a term, a table's heads, a line that ends in a colon.

“50 mg” beneath the item “adults” says something else beneath “children”, though no word of it changed.
"""

from collections.abc import Sequence
from typing import Final

from wiki.text.markdown.blocks import Block, BlockKind, blocks_of, is_all_bold
from wiki.text.markdown.parser import LONGEST_BODY, ParsedBody, parsed

# Containers that the line before them may introduce as a whole.
_INTRODUCED: Final = frozenset({"ul", "ol", "dl", "table", "blockquote", "box"})
# Kinds that introduce what stands beneath them otherwise than by a colon, or nothing at all.
_NO_LEAD_IN: Final = frozenset({BlockKind.HEADING, BlockKind.BOX_TITLE, BlockKind.ROW, BlockKind.TERM})


def introductions_of(body: str) -> tuple[tuple[int, ...], ...]:
    """Return for each block of a body the indices of the blocks that introduce it, the nearest last."""
    if len(body) > LONGEST_BODY:
        return ((),)
    return parsed(body).once(_introductions)


def _introductions(text: ParsedBody) -> tuple[tuple[int, ...], ...]:
    blocks = blocks_of(text.body)
    first: dict[int, int] = {}
    terms: tuple[int, ...] = ()
    found: list[tuple[int, ...]] = []
    for place, block in enumerate(blocks):
        for container in block.containers:
            first.setdefault(container.number, place)
        nearest = _nearest(blocks, place, first, terms)
        found.append((*found[nearest[0]], *nearest) if nearest else ())
        if block.kind is BlockKind.TERM:
            terms = (*terms, place) if terms[-1:] == (place - 1,) else (place,)
    return tuple(found)


def _nearest(
    blocks: Sequence[Block], place: int, first: dict[int, int], terms: tuple[int, ...]
) -> tuple[int, ...]:
    """Return what introduces a block directly: more than one where several terms have one explanation."""
    if _leads_in(blocks, place - 1):
        return (place - 1,)
    for container in reversed(blocks[place].containers):
        begun = first[container.number]
        match container.tag:
            case "li" | "table" if begun != place:
                return (begun,)
            case "dd":
                return terms
            case tag if tag in _INTRODUCED and _leads_in(blocks, begun - 1):
                return (begun - 1,)
    return ()


def _leads_in(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a block introduces what comes right after it: it ends in a colon, or is all in bold."""
    if place < 0 or blocks[place + 1].is_heading:
        return False
    one = blocks[place]
    return one.kind not in _NO_LEAD_IN and (one.words.rstrip().endswith(":") or is_all_bold(one.tokens))
