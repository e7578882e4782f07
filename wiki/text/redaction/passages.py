"""Passages that readers must not see: where they are in a text, and their replacements."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Final

from wiki.text.document import Document, Row, RowKey
from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, blocks_of
from wiki.text.markdown.html import plain
from wiki.text.normal_form import normal
from wiki.text.redaction.table_rows import cells_of, framed_row, is_row, row_in_words, row_instead

# What a line begins with that is not its own words: how deep it stands, the mark of an item, of a meaning, of
# a footnote, of a box.
_BEFORE: Final = re.compile(
    r"(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])|:(?=[ \t]))*"
    r"(?:\[\^[^\s\[\]]{1,100}\]:[ \t]+)?(?P<box>:{3,}[ \t]*(?:urgent\b)?[ \t]*)?"
)
_BLOCK: Final = re.compile(r"\s*(?:#|>|\||```|~~~|:::|\[\^|\[[^\]]*\]:|[-*_=+]|\d+[.)]\s)|!\[")
# What stands for a population that readers must not see.
WITHHELD_POPULATION: Final = "a group of people whose description is being corrected"


@dataclass(frozen=True)
class StandIn:
    """A passage, and the Markdown that replaces it: a paragraph, or a row of a table; "" removes it.

    `frame` are two words that stand around the replacement, so that it is found after rendering.
    """

    passage: str
    text: str = ""
    frame: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> str:
        """Return the replacement of a block."""
        text = "; ".join(cells_of(self.text)) if is_row(self.text) else self.text
        return "\n\n".join(filter(None, (*self.frame[:1], text, *self.frame[1:])))

    def row(self, width: int) -> str:
        """Return the replacement of a row of a table with so many cells; "" for none."""
        if not (self.text or self.frame):
            return ""
        row = row_instead(self.text, width)
        if self.frame and is_row(self.text):
            return framed_row(row, *self.frame)
        return row_instead(" ".join((*self.frame[:1], self.text, *self.frame[1:])), width)


def holds(text: str, passage: str) -> bool:
    """Return whether the words of `passage` are in `text`, in sequence."""
    return bool(passage.strip()) and _as_words(passage) in _as_words(text)


def _as_words(text: str) -> str:
    """Return a text in the form for comparison: normalised words separated by single spaces."""
    lines = (line[_before(line).end() :] for line in text.split("\n"))
    return f" {normal(' '.join(lines))} "


def _before(line: str) -> re.Match[str]:
    """Return the start of a line before its words; may be empty."""
    found = _BEFORE.match(line)
    assert found is not None  # noqa: S101  # the pattern fits the empty text too
    return found


def holds_passage(document: Document, passage: str) -> bool:
    """Return whether readers of `document` would read `passage`: in its summary, its text or a note."""
    lines = (document.summary, *(text for row in document.statements for text in row.texts.values()))
    return stands_in(document.body, passage) or any(holds(one, passage) for one in lines)


def stands_in(body: str, passage: str) -> bool:
    """Return whether a passage is in a body: as typed, or in the words that readers get."""
    return bool(_places(list(_spots(body)), passage))


def passages(document: Document) -> list[str]:
    """Return what can be corrected separately: the summary, then each block of the text except headings.

    Of a table it is each row, and before them all of it: a row says what a cell is about.
    """
    spots = [
        one for one in _spots(document.body) if one.kind not in (*UNSEEN, BlockKind.HEADING, BlockKind.LINE)
    ]
    sources = [document.body[one.start : max(one.end, one.table_end)].strip() for one in spots]
    worded = [one for one in sources if _as_words(one).strip()]
    return [one for one in dict.fromkeys((document.summary.strip(), *worded)) if one]


def width_of_row(body: str, passage: str) -> int:
    """Return how many cells the row has that a passage is; 0 if it is no single row of a table."""
    spots = list(_spots(body))
    found = [spots[place] for place in sorted(_places(spots, passage))]
    widths = {one.width if not one.table_end and _is_all_of(one, passage) else 0 for one in found}
    return widths.pop() if len(widths) == 1 else 0


def _is_all_of(spot: "_Spot", passage: str) -> bool:
    return _as_words(spot.source) == _as_words(passage) or spot.read == _read_in_row(passage)


def row_of(passage: str) -> str:
    """Return a row without the marks of what the table stands in."""
    line = passage.strip()
    return line[_before(line).end() :]


def can_stand_instead(text: str, width: int) -> bool:
    """Return whether a text can stand in place of a passage: of a row with so many cells, or of a block."""
    if width and text.strip():
        return is_row(text) and len(cells_of(text)) == width
    return is_one_paragraph(text)


def is_one_paragraph(text: str) -> bool:
    """Return whether `text` is plain running text that cannot change the blocks around it."""
    lines = text.strip().splitlines()
    return all(line.strip() and not _BLOCK.match(line) for line in lines)


def without(document: Document, stand_ins: Sequence[StandIn]) -> Document:
    """Return `document` with each passage replaced in summary, text and notes."""
    rows = _made_distinct(_row_without(row, stand_ins) for row in document.statements)
    summary, body = line_without(document.summary, stand_ins), body_without(document.body, stand_ins)
    return replace(document, summary=summary, body=body, statements=rows)


def _row_without(row: Row, stand_ins: Sequence[StandIn]) -> Row:
    """Return a statement with each passage replaced in every text that readers see."""
    texts: dict[str, Any] = {name: line_without(text, stand_ins) for name, text in row.texts.items()}
    if row.population and texts["population"] != row.population:
        # Without any words there it would be said of everybody.
        texts["population"] = WITHHELD_POPULATION
    return replace(row, **texts)


def _made_distinct(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return statements with a number behind each population that is withheld in more than one of them."""
    told: list[Row] = []
    known: set[RowKey] = set()
    for row in rows:
        one, number = row, 1
        while one.key in known and row.population == WITHHELD_POPULATION:
            number += 1
            one = replace(row, population=f"{WITHHELD_POPULATION} ({number})")
        known.add(one.key)
        told.append(one)
    return tuple(told)


def line_without(text: str, stand_ins: Sequence[StandIn]) -> str:
    """Return a one-line text, or the plain words of the replacement if it holds a passage."""
    found = next((one for one in stand_ins if holds(text, one.passage)), None)
    return text if found is None else plain(found.paragraphs).replace("\n", " ")


@dataclass(frozen=True)
class _Spot:
    """Lines of a body that are replaced together: one block, a row of a table with its number of cells, or
    the head of a table, which all of it goes with.
    """

    kind: BlockKind
    start: int
    end: int
    source: str
    read: str
    width: int = 0
    table_end: int = 0

    def holds_row(self, other: "_Spot") -> bool:
        """Return whether it is the head of the table that a row is in."""
        return self.start < other.start < self.table_end


def body_without(body: str, stand_ins: Sequence[StandIn]) -> str:
    """Return a body with each passage replaced; the first replacement that fits a block is used.

    A passage that was spread over several blocks, or put into a longer one, takes all of them with it.
    """
    spots = list(_spots(body))
    taken: dict[int, StandIn] = {}
    for one in stand_ins:
        for place in _places(spots, one.passage):
            taken.setdefault(place, one)
    for place in sorted(taken, reverse=True):
        spot = spots[place]
        # Without its head no table is left: its rows go with it.
        if not any(head in taken and spots[head].holds_row(spot) for head in range(place)):
            is_first = taken.get(place - 1) is not taken[place]
            body = _replaced(body, spot, taken[place] if is_first else StandIn(""))
    return body


def _spots(body: str) -> Iterator[_Spot]:
    """Yield the separately replaceable spots, in source order."""
    end = -1
    for block in sorted(blocks_of(body), key=lambda one: one.start):
        if block.start < end:
            continue
        end = block.end
        spot = _Spot(block.kind, block.start, block.end, block.source, _read(block), len(block.cells))
        yield _whole_head(body, block, spot) if block.cells and block.cells[0].is_head else spot


def _whole_head(body: str, block: Block, spot: _Spot) -> _Spot:
    """Return the head of a table with the line beneath it, and where the table ends."""
    _, last = next(one.span for one in block.containers if one.tag == "table")
    head = body[spot.start : last].split("\n")[:2]
    source = "\n".join(head).rstrip()
    return replace(spot, source=source, end=spot.start + len(source), table_end=len(body[:last].rstrip()))


def _read(block: Block) -> str:
    """Return what readers get of a block, including the titles of its links."""
    return normal(" ".join((block.words, *block.tooltips)))


def _places(spots: Sequence[_Spot], passage: str) -> set[int]:
    """Return the spots that hold a passage: as typed, or in the words that readers get."""
    typed = _indexes_of([_as_words(one.source) for one in spots], _as_words(passage))
    read = [f" {one.read} " for one in spots]
    return typed.union(
        *(_indexes_of(read, f" {one} ") for one in {normal(plain(passage)), _read_in_row(passage)})
    )


def _read_in_row(passage: str) -> str:
    """Return what readers get of a passage that is a row of a table, "" of any other."""
    is_line = "|" in passage and "\n" not in passage.strip()
    return normal(row_in_words(row_of(passage))) if is_line else ""


def _indexes_of(texts: Sequence[str], wanted: str) -> set[int]:
    """Return the indexes of the texts that the wanted words are in, possibly across several."""
    texts = [one.strip() for one in texts]
    ends = list(accumulate(len(one) + bool(one) for one in texts))
    whole, found = f" {' '.join(filter(None, texts))} ", set()
    spans = [(last - len(one), last, n) for n, (one, last) in enumerate(zip(texts, ends, strict=True)) if one]
    start = whole.find(wanted) if wanted.strip() else -1
    while start >= 0:
        end = start + len(wanted) - 1
        found |= {place for first, last, place in spans if first < end and last > start + 1}
        start = whole.find(wanted, start + 1)
    return found


def _replaced(body: str, spot: _Spot, instead: StandIn) -> str:
    """Return a body with a replacement in place of the spot: at the same depth, in the same item,
    footnote or box, as a row of the same table.
    """
    before, after = body[: spot.start], body[max(spot.end, spot.table_end) :]
    if spot.width and not spot.table_end:
        row = instead.row(spot.width)
        mark = _before(spot.source)[0]
        return f"{before}{mark}{row}{after}" if row else before + re.sub(r"\A(?:\r\n?|\n)", "", after)
    text = instead.paragraphs
    lines = _as_deep(spot, text)
    if not lines:
        # Blank lines after it are removed too.
        return before + after.lstrip("\r\n")
    # A replaced heading ended by itself; its replacement needs blank lines around it.
    is_alone = spot.kind in (
        BlockKind.HEADING,
        BlockKind.BOX_TITLE,
        BlockKind.ROW,
        BlockKind.CODE,
        BlockKind.LINE,
    )
    opens = is_alone and spot.kind is not BlockKind.BOX_TITLE and before and not before.endswith("\n\n")
    closes = is_alone and text and after.strip() and not after.startswith("\n\n")
    return f"{before}{'\n' * bool(opens)}{'\n'.join(lines)}{'\n' * bool(closes)}{after}"


def _as_deep(spot: _Spot, text: str) -> list[str]:
    """Return the lines of `text`, each with the start of the spot's first line."""
    found = _before(spot.source.split("\n", 1)[0])
    mark = found[0][: found.start("box")] if found["box"] else found[0]
    inner = "".join(one if one in "> \t" else " " for one in mark)
    if "[^" in mark:
        inner = inner[: mark.index("[^")] + "    "
    if found["box"]:
        return [f"{mark}::: urgent", *(f"{inner}{line}".rstrip() for line in text.split("\n") if text)]
    return [
        f"{mark}{line}" if place == 0 else f"{inner}{line}".rstrip()
        for place, line in enumerate(text.split("\n") if text else ())
    ]
