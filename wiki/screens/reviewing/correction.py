"""A correction for safety as its second moderator reads it: the words that readers have and would get."""

from dataclasses import dataclass, field
from typing import Any

from wiki.screens.cited_sources import CitedSource, cited_sources
from wiki.text.compare.diff import words
from wiki.text.compare.inline_diff import Step, as_rendered
from wiki.text.compare.word_diff import Piece
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of
from wiki.text.redaction.table_rows import cells_of, is_row


@dataclass(frozen=True)
class CorrectedPassage:
    """The difference between a passage and what stands instead.

    `steps` are the words as readers see them, with the targets of links; `cells` are those of each cell of a
    table's row. Where a passage is neither paragraph nor row, only `pieces` tell it, as it was written.
    """

    pieces: list[Piece]
    steps: tuple[Step, ...] = ()
    cells: tuple[tuple[Step, ...], ...] = ()
    sources: dict[str, CitedSource] = field(default_factory=dict)


def corrected_passage(passage: str, replacement: str) -> CorrectedPassage:
    """Return how a passage would change; an empty replacement withholds it."""
    pieces = words(passage, replacement)
    if is_row(passage):
        return CorrectedPassage(pieces, **_as_row(passage, replacement))
    blocks = [_paragraph(one) for one in (passage, replacement) if one]
    if None in blocks:
        return CorrectedPassage(pieces)
    old, *new = filter(None, blocks)
    steps = as_rendered(old, new[0] if new else None)
    if not steps:
        return CorrectedPassage(pieces)
    return CorrectedPassage(pieces, steps, sources=cited_sources(_cited(old, *new)))


def _as_row(passage: str, replacement: str) -> dict[str, Any]:
    """Return the cells of a row with their sources; nothing if they cannot be lined up."""
    before = cells_of(passage)
    after = cells_of(replacement) if replacement else [""] * len(before)
    if len(before) != len(after):
        return {}
    cells: list[tuple[Step, ...]] = []
    cited: list[Block] = []
    for was, now in zip(before, after, strict=True):
        blocks = [_paragraph(one) for one in (was, now) if one.strip()]
        if None in blocks:
            return {}
        cited += filter(None, blocks)
        old, new = (_paragraph(one) if one.strip() else None for one in (was, now))
        steps = (as_rendered(old, new) if blocks else None) or ()
        if not steps and blocks:
            return {}
        cells.append(steps)
    return {"cells": tuple(cells), "sources": cited_sources(_cited(*cited))}


def _paragraph(text: str) -> Block | None:
    """Return the one paragraph that a text is; None if it is something else."""
    blocks = blocks_of(text)
    return blocks[0] if len(blocks) == 1 and blocks[0].kind is BlockKind.PARAGRAPH else None


def _cited(*blocks: Block) -> list[str]:
    inline = (child for block in blocks for token in block.tokens for child in token.children or ())
    return list(dict.fromkeys(key for one in inline if one.type == "citation" for key in one.meta["keys"]))
