"""A correction for safety as its second moderator reads it: the words that readers have and would get."""

from dataclasses import dataclass, field

from wiki.screens.cited_sources import CitedSource, cited_sources
from wiki.text.compare.diff import words
from wiki.text.compare.inline_diff import Step, as_rendered
from wiki.text.compare.word_diff import Piece
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of


@dataclass(frozen=True)
class CorrectedPassage:
    """The difference between a passage and what stands instead.

    `steps` are the words as readers see them, with the targets of links; where a passage is no paragraph of
    its own, such as a row of a table, only `pieces` tell it, by the text as it was written.
    """

    pieces: list[Piece]
    steps: tuple[Step, ...] = ()
    sources: dict[str, CitedSource] = field(default_factory=dict)


def corrected_passage(passage: str, replacement: str) -> CorrectedPassage:
    """Return how a passage would change; an empty replacement withholds it."""
    pieces = words(passage, replacement)
    sides = [blocks_of(one) for one in (passage, replacement) if one]
    is_a_row = passage.lstrip().startswith("|")
    if is_a_row or any(len(side) != 1 or side[0].kind is not BlockKind.PARAGRAPH for side in sides):
        return CorrectedPassage(pieces)
    old, *new = (side[0] for side in sides)
    steps = as_rendered(old, new[0] if new else None)
    if not steps:
        return CorrectedPassage(pieces)
    return CorrectedPassage(pieces, steps, cited_sources(_cited(old, *new)))


def _cited(*blocks: Block) -> list[str]:
    inline = (child for block in blocks for token in block.tokens for child in token.children or ())
    return list(dict.fromkeys(key for one in inline if one.type == "citation" for key in one.meta["keys"]))
