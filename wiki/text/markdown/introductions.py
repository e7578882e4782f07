"""What introduces a block besides headings: an item, a term, heads of a table or of rows, a lead-in.

“50 mg” beneath the item “adults” says something else beneath “children”, though no word of it changed.
"""

from collections.abc import Sequence
from typing import Final

from wiki.text.markdown.blocks import TEXTS, Block, BlockKind, blocks_of, is_all_bold
from wiki.text.markdown.parser import LONGEST_BODY, ParsedBody, parsed

# Containers that the text before them introduces, if it ends in no full stop.
_INTRODUCED: Final = frozenset({"ul", "ol", "dl", "table", "blockquote", "box"})
_FULL_STOPS: Final = (".", "!", "?", "…")


def introductions_of(body: str) -> tuple[tuple[int, ...], ...]:
    """Return for each block of a body the indices of the blocks that introduce it, the nearest last."""
    if len(body) > LONGEST_BODY:
        return ((),)
    return parsed(body).once(_introductions)


def _introductions(text: ParsedBody) -> tuple[tuple[int, ...], ...]:
    blocks = blocks_of(text.body)
    first: dict[int, int] = {}
    terms: tuple[int, ...] = ()
    # For each table the last row of its body that is a head of those beneath.
    group: dict[int, int] = {}
    found: list[tuple[int, ...]] = []
    for place, block in enumerate(blocks):
        for container in block.containers:
            first.setdefault(container.number, place)
        nearest = _nearest(blocks, place, first, terms)
        if block.cells and not block.cells[0].is_head:
            table = block.containers[-2].number
            if _heads_rows(block):
                group[table] = place
            elif table in group:
                nearest = (group[table],)
        found.append((*found[nearest[0]], *nearest) if nearest else ())
        if block.kind is BlockKind.TERM:
            terms = (*terms, place) if terms[-1:] == (place - 1,) else (place,)
    return tuple(found)


def _heads_rows(row: Block) -> bool:
    """Return whether a row has words in its first cell alone."""
    head, *others = row.cells
    return bool(head.words and others) and not any(cell.words for cell in others)


def _nearest(
    blocks: Sequence[Block], place: int, first: dict[int, int], terms: tuple[int, ...]
) -> tuple[int, ...]:
    """Return what introduces a block directly: more than one where several terms have one explanation."""
    if place and not blocks[place].is_heading and _announces(blocks[place - 1]):
        return (place - 1,)
    for container in reversed(blocks[place].containers):
        begun = first[container.number]
        match container.tag:
            case "li" | "table" if begun != place:
                return (begun,)
            case "dd":
                return terms
            case tag if tag in _INTRODUCED and begun and _leads_in(blocks[begun - 1]):
                return (begun - 1,)
    return ()


def _announces(block: Block) -> bool:
    """Return whether a text introduces what comes right after it: it ends in a colon, or is all bold."""
    return block.kind in TEXTS and (block.words.rstrip().endswith(":") or is_all_bold(block.tokens))


def _leads_in(block: Block) -> bool:
    """Return whether a text introduces a list, table or quotation after it: it ends in no full stop."""
    words = block.words.rstrip("”’)\"' ")
    return block.kind in TEXTS and bool(words) and not words.endswith(_FULL_STOPS)
