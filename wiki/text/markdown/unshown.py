"""Parts of the Markdown of a body that readers do not get, or get otherwise than it was meant."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, blocks_of


@dataclass(frozen=True)
class Unshown:
    """A part of a body, what happens to it in words, and its place."""

    text: str
    sentence: str
    start: int
    end: int
    # Whether readers lose words; if not, they only see an unintended mark.
    is_lost: bool = True


_NOTE: Final = re.compile(r"^ {0,3}\[\^([^\s\[\]]{1,100})\]:", re.MULTILINE)
_CELL: Final = re.compile(r"(?<!\\)\|")
# Marks of other systems, and incomplete marks of ours: readers see them literally.
_LEFTOVER: Final = (
    (re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>\n]{0,200})?/?>", re.IGNORECASE), "HTML is shown as it is typed"),
    (re.compile(r"\{\{[^{}\n]{1,200}\}\}"), "Readers see this template of another wiki as it is typed"),
    (
        re.compile(r"'{2,3}(?=\w)[^'\n]{1,200}'{2,3}"),
        "Apostrophes make no emphasis; put stars around the words",
    ),
    (re.compile(r"^={2,6}[^=\n]{1,200}={2,6}\s*$", re.MULTILINE), "A heading begins with ## here"),
    (
        re.compile(r"\]\([^)\s]{1,300}(?:\s\"[^\"]{0,100}\")?\)"),
        "This link leads nowhere that the wiki links to",
    ),
    (re.compile(r"\]\[[^\]\n]{0,100}\](?!\()"), "This link has no address"),
    (re.compile(r"\[\^[^\s\[\]]{1,100}\]"), "There is no note of this name"),
    (
        re.compile(r"(?<!\w)\*{2,3}(?=\S)|(?<=\S)\*{2,3}(?!\w)|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)"),
        "These marks emphasise nothing",
    ),
    (re.compile(r":{3,}"), "This mark of a box is shown as it is typed"),
    (
        re.compile(r"^\s*\|?(?:\s*:?-{3,}:?\s*\|)+", re.MULTILINE),
        "This line of a table is shown as it is typed",
    ),
    (
        re.compile(r"\[/?(?:b|i|u|url|img|quote)\b[^\]\n]{0,100}\]", re.IGNORECASE),
        "This is a mark of another system",
    ),
)


def unshown(body: str) -> list[Unshown]:
    """Return every part of a body that readers will not get, or get otherwise than written, in order."""
    blocks = blocks_of(body)
    found = [*_unused(blocks), *_doubled_notes(body), *_cells_beyond(blocks), *_leftover(blocks)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _unused(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield unused notes and link definitions."""
    for block in blocks:
        if block.kind == BlockKind.UNUSED_NOTE:
            yield _in_block(block, block.source, "Nothing refers to this note, so no reader gets it")
        elif block.kind == BlockKind.DEFINITION and not _is_used(block, blocks):
            yield _in_block(block, block.source, "No link uses this address, so no reader gets it")


def _is_used(definition: Block, blocks: tuple[Block, ...]) -> bool:
    match = re.match(r"\s*\[([^\]]+)\]:", definition.source)
    label = " ".join(match[1].split()).casefold() if match else ""
    wanted = re.compile(rf"\[{re.escape(label)}\](?!:)", re.IGNORECASE)
    others = (one for one in blocks if one is not definition)
    return any(wanted.search(" ".join(one.source.split())) for one in others)


def _doubled_notes(body: str) -> Iterator[Unshown]:
    """Yield notes with a duplicate name: only one of them is shown."""
    matches = list(_NOTE.finditer(body))
    times = Counter(match[1] for match in matches)
    for match in matches:
        if times[match[1]] > 1:
            sentence = f"{times[match[1]]} notes are called {match[1]}; readers get one of them"
            yield Unshown(match[0], sentence, match.start(), match.end())


def _cells_beyond(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield rows with more cells than the table's head: the others are not shown."""
    columns = 0
    for block in blocks:
        if block.kind != BlockKind.ROW:
            continue
        line = block.source.strip()
        cells = _cells(line)
        if any(one.tag == "thead" for one in block.containers):
            columns = len(cells)
        elif len(cells) > columns:
            left = ", ".join(f"“{one}”" for one in cells[columns:] if one) or "an empty cell"
            sentence = f"This row has {len(cells)} cells for {columns} columns; {left} is left out"
            yield _in_block(block, line, sentence)


def _cells(line: str) -> list[str]:
    """Return the cells of a row as they are typed, where a bar begins each."""
    inner = line.removeprefix("|")
    inner = inner if inner.endswith("\\|") else inner.removesuffix("|")
    return [one.strip() for one in _CELL.split(inner)]


def _leftover(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield unintended marks that readers see."""
    for block in blocks:
        if block.kind in UNSEEN or block.kind == BlockKind.CODE:
            continue
        shown = _without_code(block)
        for pattern, sentence in _LEFTOVER:
            for match in pattern.finditer(shown):
                yield replace(_in_block(block, match[0], sentence), is_lost=False)


def _without_code(block: Block) -> str:
    """Return the words of a block as readers get them, without those that are set as code."""
    words = block.words
    for token in block.tokens:
        for child in token.children or ():
            if child.type == "code_inline":
                words = words.replace(child.content, " ", 1)
    return words


def _in_block(block: Block, text: str, sentence: str) -> Unshown:
    at = block.source.find(text)
    start = block.start + max(at, 0)
    return Unshown(text, sentence, start, start + len(text) if at >= 0 else block.end)
