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
class Passage:
    """What stands together in a body. `start` and `end` are its characters, `level` counts a heading's signs.

    `number` counts the passages of a section that are neither heading, box nor picture, from 1.
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


@lru_cache(maxsize=64)
def passages_of(body: str) -> tuple[Passage, ...]:
    """Return the passages of a body from top to bottom."""
    paragraphs = paragraphs_of(body)
    ends = list(accumulate(len(one.text) + len(one.gap) for one in paragraphs))
    starts = [0, *ends[:-1]]
    lines = [0, *(match.end() for match in _LINE_END.finditer(body))]
    pieces: dict[tuple[int, bool, int], _Piece] = {}
    for token, line, boxed, level in _worded(tokens_to_read(body)):
        index = max(bisect_right(starts, lines[min(line, len(lines) - 1)]) - 1, 0)
        # Every heading is a passage of its own, even two that no blank line parts.
        key = (index, boxed, line + 1 if level else 0)
        _add(pieces.setdefault(key, _Piece(boxed, level)), token)
    found = sorted(pieces.items(), key=lambda one: (one[0][0], one[0][2] == 0))
    spans = [(starts[index], starts[index] + len(paragraphs[index].text)) for (index, _, _), _ in found]
    return tuple(_numbered([piece for _, piece in found], spans))


def _worded(tokens: Iterable[Token]) -> Iterator[tuple[Token, int, bool, int]]:
    """Yield what holds words, with its line, whether it is in a box, and its level if it is a heading."""
    boxes, level, line = 0, 0, 0
    for token in tokens:
        if token.type.startswith(_BOX):
            boxes += token.nesting
        elif token.type == "heading_open":
            level = len(token.markup) if token.markup.startswith("#") else 1 + (token.markup == "-")
        elif token.type in ("inline", "fence", "code_block", "picture"):
            line = token.map[0] if token.map else line
            yield token, line, boxes > 0, level
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
            yield Passage(words, start, end, section, level=piece.level, citations=tuple(piece.citations))
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
            )
