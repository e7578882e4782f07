"""A body as passages: each paragraph, list, table and heading in plain words, with where it was written."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Final

from markdown_it.token import Token

from wiki.text.markdown.paragraphs import paragraphs_of
from wiki.text.markdown.parser import tokens_to_read, words_of

_LINE_END: Final = re.compile(r"\r\n?|\n")
_SPACE_BEFORE_STOP: Final = re.compile(r" +([.,;:!?)])(?!\w)")
_BOX: Final = "container_urgent"


@dataclass(frozen=True)
class TableCell:
    """A cell of a table's body: its words, and what stands at the head of its column and of its row."""

    words: str
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """What stands together in a body. `start` and `end` are its characters, `level` counts a heading's signs.

    `number` counts the passages of a section that are neither heading, box nor picture, from 1. `prose` holds
    the words that do not stand in `cells`.
    """

    words: str
    start: int
    end: int
    section: str = ""
    number: int = 0
    level: int = 0
    boxed: bool = False
    bold: bool = False
    picture: bool = False
    citations: tuple[str, ...] = ()
    cells: tuple[TableCell, ...] = ()
    prose: str = ""

    @property
    def is_heading(self) -> bool:
        """Return whether this opens a section."""
        return self.level > 0

    @property
    def place(self) -> str:
        """Return where it stands, in words."""
        section = f"“{self.section}”" if self.section else "the opening"
        if self.is_heading:
            return f"the heading “{self.words}”" if self.words else f"a heading after {section}"
        if self.boxed or self.picture:
            return f"a {'box' if self.boxed else 'picture'} in {section}"
        return f"{section}, paragraph {self.number}"


@dataclass
class _Piece:
    """What one paragraph of the source holds of one sort, while it is put together."""

    boxed: bool
    level: int = 0
    picture: bool = False
    words: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    bold: bool = False
    cells: list[TableCell] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """The table that is being read: its heads, and which of its cells comes next."""

    heads: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    in_head: bool = False

    def see(self, token: Token) -> None:
        """Take the opening of a table, of its head, of its body or of a row."""
        if token.type == "table_open":
            self.heads = []
        elif token.type == "tr_open":
            self.row = []
        elif token.type in ("thead_open", "thead_close"):
            self.in_head = token.nesting > 0

    def cell(self, words: str) -> TableCell | None:
        """Return the next cell of the body; a head is kept for the cells below it."""
        column = len(self.row)
        self.row.append(words)
        if self.in_head:
            self.heads.append(words)
            return None
        heads = (*self.heads[column : column + 1], *self.row[:1]) if column else tuple(self.heads[:1])
        return TableCell(words, heads)


@lru_cache(maxsize=64)
def passages_of(body: str) -> tuple[Passage, ...]:
    """Return the passages of a body from top to bottom."""
    paragraphs = paragraphs_of(body)
    ends = list(accumulate(len(one.text) + len(one.gap) for one in paragraphs))
    starts = [0, *ends[:-1]]
    lines = [0, *(match.end() for match in _LINE_END.finditer(body))]
    pieces: dict[tuple[int, bool, int], _Piece] = {}
    table = _Table()
    for token, line, boxed, level, in_cell in _worded(tokens_to_read(body), table):
        index = max(bisect_right(starts, lines[min(line, len(lines) - 1)]) - 1, 0)
        # Every heading is a passage of its own, even two that no blank line parts.
        key = (index, boxed, line + 1 if level else 0)
        piece = pieces.setdefault(key, _Piece(boxed, level))
        _add(piece, token)
        if in_cell and (cell := table.cell(piece.words[-1])):
            piece.cells.append(cell)
        else:
            piece.prose.append(piece.words[-1])
    found = sorted(pieces.items(), key=lambda one: (one[0][0], one[0][2] == 0))
    spans = [(starts[index], starts[index] + len(paragraphs[index].text)) for (index, _, _), _ in found]
    return tuple(_numbered([piece for _, piece in found], spans))


def _worded(tokens: Iterable[Token], table: _Table) -> Iterator[tuple[Token, int, bool, int, bool]]:
    """Yield what holds words: its line, whether in a box, its level as a heading, whether in a cell."""
    boxes, level, line, in_cell = 0, 0, 0, False
    for token in tokens:
        table.see(token)
        if token.type in ("th_open", "td_open", "th_close", "td_close"):
            in_cell = token.nesting > 0
        if token.type.startswith(_BOX):
            boxes += token.nesting
        elif token.type == "heading_open":
            level = len(token.markup) if token.markup.startswith("#") else 1 + (token.markup == "-")
        elif token.type in ("inline", "fence", "code_block", "picture"):
            line = token.map[0] if token.map else line
            yield token, line, boxes > 0, level, in_cell
            level = 0


def _add(piece: _Piece, token: Token) -> None:
    if token.type == "picture":
        piece.picture = True
        piece.words.append(token.meta["picture"].words)
        return
    text = words_of(token.children) if token.type == "inline" else token.content
    piece.words.append(_SPACE_BEFORE_STOP.sub(r"\1", " ".join(text.split())))
    for child in token.children or ():
        if child.type == "citation":
            piece.citations += child.meta["keys"]
    piece.bold = len(piece.words) == 1 and token.level == 1 and _is_bold(token.children or [])


def _is_bold(children: list[Token]) -> bool:
    """Return whether one pair of marks makes all of it bold."""
    types = [one.type for one in children if one.type != "text" or one.content.strip()]
    return types[:1] == ["strong_open"] and types.index("strong_close") == len(types) - 1


def _numbered(pieces: Iterable[_Piece], spans: Iterable[tuple[int, int]]) -> Iterator[Passage]:
    section, number = "", 0
    for piece, (start, end) in zip(pieces, spans, strict=True):
        words = "\n".join(filter(None, piece.words))
        if piece.level:
            cited = tuple(piece.citations)
            yield Passage(words, start, end, section, level=piece.level, citations=cited, prose=words)
            if words:
                section, number = words, 0
        elif words or piece.citations:
            aside = piece.boxed or piece.picture
            number += not aside
            yield Passage(
                words,
                start,
                end,
                section,
                0 if aside else number,
                boxed=piece.boxed,
                bold=piece.bold,
                picture=piece.picture,
                citations=tuple(dict.fromkeys(piece.citations)),
                cells=tuple(piece.cells),
                prose="\n".join(filter(None, piece.prose)),
            )
