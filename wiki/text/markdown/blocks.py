"""The one segmentation of a body: blocks, as the parser that renders it reads them.

`blocks_of(body)` returns every block in the order in which readers meet it: footnotes stand at the end, then
what no reader meets, link definitions and notes that nothing refers to. Of each block:

- `kind` says what it is, `containers` what it stands in, from the outside (a list, its item, a box …);
- `source`, `start`, `end` are its Markdown, whole lines, and where that stands in the body;
- `words` are what readers read, `normal` the same as rules match it: NFKC, nothing invisible, case folded;
- `headings` is its path: the words of each heading above it, a box's title and lines all in bold among them;
- `html` is what it renders to, `lead` what stands between the block before and it: ends and beginnings of
  lists, boxes and the like. All leads and HTML in turn are the whole page, but for what ends after the last;
- `cells` a row's cells, each with the heads of its column and row;
- `pages`, `targets`, `tooltips`, `citations`, `notes` and `picture` are what it leads to;
- `number` counts the blocks of its kind under its heading, from 1; a heading has 0.

What is one block for readers is one block for everybody else. `identity` is all that a reader gets of it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, Final

from markdown_it.token import Token

from wiki.text.markdown.block_html import html_by_token
from wiki.text.markdown.block_types import TEXTS as TEXTS
from wiki.text.markdown.block_types import UNSEEN as UNSEEN
from wiki.text.markdown.block_types import Block as Block
from wiki.text.markdown.block_types import BlockKind as BlockKind
from wiki.text.markdown.block_types import Cell as Cell
from wiki.text.markdown.block_types import Container as Container
from wiki.text.markdown.heading_path import HeadingPath
from wiki.text.markdown.lines import Lines
from wiki.text.markdown.parser import LONGEST_BODY, ParsedBody, parsed, words_of

# Containers of blocks, by the tokens that open them.
_CONTAINERS: Final = {
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
    "container_urgent_open": "box",
    "dl_open": "dl",
    "dd_open": "dd",
    "footnote_open": "note",
    "table_open": "table",
    "thead_open": "thead",
    "tbody_open": "tbody",
}
# Containers with a mark or a number of their own.
_MARKED: Final = frozenset({"li", "dd", "note"})
_CLOSINGS: Final = frozenset(name.replace("_open", "_close") for name in _CONTAINERS)
# The kind of a plain paragraph, by the container around it.
_CALLED: Final = {
    "li": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTATION,
    "box": BlockKind.BOX,
    "dd": BlockKind.EXPLANATION,
    "note": BlockKind.FOOTNOTE,
}
_LEAVES: Final = frozenset({"paragraph_open", "heading_open", "urgent_title_open", "tr_open", "dt_open"})
_SPACE_BEFORE_STOP: Final = re.compile(r" +([.,;:!?)])(?!\w)")
_SINGLE: Final = {
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "hr": BlockKind.LINE,
    "picture": BlockKind.PICTURE,
}


@lru_cache(maxsize=16)
def blocks_of(body: str) -> tuple[Block, ...]:
    """Return the blocks of a body in reading order; a body that is too long is a single block."""
    if len(body) > LONGEST_BODY:
        return (Block(BlockKind.UNREAD, body, body, body, 0, len(body)),)
    return parsed(body).once(_blocks)


def _blocks(text: ParsedBody) -> tuple[Block, ...]:
    notes = tuple(text.env.get("footnote_lines", ()))
    reading = _BlockReader(Lines(text.body), text.tokens, html_by_token(text.tokens), notes)
    found = list(reading.blocks())
    return (*found, *reading.unseen(text.env, sorted(one.start for one in found)))


@dataclass
class _BlockReader:
    """Walks the tokens of a body."""

    lines: Lines
    tokens: Sequence[Token]
    html: Sequence[str]
    # The lines of each footnote that is defined.
    notes: Sequence[tuple[int, int]] = ()
    path: HeadingPath = field(default_factory=HeadingPath)
    inside: list[Container] = field(default_factory=list)
    # For each container around this place: the number of blocks before it, and its first line.
    begun: list[tuple[int, int]] = field(default_factory=list)
    counts: Counter[BlockKind] = field(default_factory=Counter)
    containers: int = 0
    blocks_read: int = 0
    # The index of the first token whose HTML no block has yet.
    given: int = 0
    line: int = 0
    heads: tuple[str, ...] = ()
    # The headings above the first mark of each footnote, which are also those of the note.
    marked: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in the order of reading."""
        tokens, place = self.tokens, 0
        while place < len(tokens):
            token = tokens[place]
            if token.map:
                self.line = token.map[0]
            if token.type in _CONTAINERS:
                self._enter(token, tokens[place + 1 : place + 3])
            elif token.type in _CLOSINGS:
                yield from self._leave(place)
            elif token.type in _LEAVES:
                end = _end_of(tokens, place)
                yield self._leaf(place, end + 1)
                place = end
            elif token.type in _SINGLE:
                yield self._leaf(place, place + 1)
            place += 1

    def _enter(self, token: Token, following: Sequence[Token]) -> None:
        tag = _CONTAINERS[token.type]
        words = str(token.attrs.get("start", "")) if tag == "ol" else ""
        if tag == "box":
            words = str(token.attrs.get("class", ""))
        if tag == "note":
            words = token.meta["label"]
            self.path = HeadingPath.from_words(self.marked.get(words, ()))
            self.counts.clear()
        is_loose = any(one.type == "paragraph_open" and not one.hidden for one in following)
        self.containers += 1
        first, end = token.map or self._lines_of_note(following)
        span = self.lines.start(first), self.lines.start(max(end, first + 1))
        self.inside.append(Container(tag, self.containers, words, is_loose, span))
        self.begun.append((self.blocks_read, self.line))

    def _lines_of_note(self, following: Sequence[Token]) -> Sequence[int]:
        """Return the lines of the note with these tokens, which has no place of its own."""
        line = next((one.map[0] for one in following if one.map), self.line)
        return next((one for one in self.notes if one[0] <= line < one[1]), (line, line + 1))

    def _leave(self, place: int) -> Iterator[Block]:
        """Close a container; an empty one is a block too, because readers see its place."""
        blocks_before, line = self.begun[-1]
        container = self.inside[-1]
        if blocks_before == self.blocks_read and container.tag in _CALLED:
            yield self._block(_CALLED[container.tag], "", (place, place), (line, line + 1))
        self.inside.pop()
        self.begun.pop()
        if container.tag == "box":
            self.path.leave_box(container.number)

    def _leaf(self, start: int, end: int) -> Block:
        first, place = self.tokens[start], (start, end)
        lines = (first.map[0], first.map[1]) if first.map else (self.line, self.line + 1)
        if first.type == "tr_open":
            return self._row(place, lines)
        words = _words(self.tokens[start:end])
        if first.type == "heading_open":
            level, is_nested = int(first.tag[1]), first.level > 0
            self.path.leave_sections(level, is_nested=is_nested)
            block = self._block(BlockKind.HEADING, words, place, lines)
            self.path.see_heading(level, words, is_nested=is_nested)
            self.counts.clear()
            return block
        if first.type == "urgent_title_open":
            block = self._block(BlockKind.BOX_TITLE, words, place, lines)
            self.path.enter_box(words, self.inside[-1].number)
            return block
        inside = self.inside[-1].tag if self.inside else ""
        kind = _SINGLE.get(first.type) or _CALLED.get(inside, BlockKind.PARAGRAPH)
        if first.type == "dt_open":
            kind = BlockKind.TERM
        is_bold = kind is not BlockKind.ITEM and is_all_bold(self.tokens[start:end])
        if is_bold:
            self.path.see_bold(words)
        return self._block(kind, words, place, lines, is_bold=is_bold)

    def _row(self, place: tuple[int, int], lines: tuple[int, int]) -> Block:
        """Return a row of a table, each cell with the heads of its column and of its row."""
        inlines = [at for at in range(*place) if self.tokens[at].type == "inline"]
        words = [_words(self.tokens[at : at + 1]) for at in inlines]
        is_head = self.inside[-1].tag == "thead"
        if is_head:
            self.heads = tuple(words)
        cells = tuple(
            Cell(
                words[column],
                "".join(self.html[at - 1 : at + 2]).strip("\n"),
                str(self.tokens[at - 1].attrs.get("style", "")).removeprefix("text-align:"),
                () if is_head else self._heads_of(column, words),
                is_head,
                tuple(self.tokens[at : at + 1]),
            )
            for column, at in enumerate(inlines)
        )
        return self._block(BlockKind.ROW, "\n".join(words), place, lines, cells=cells)

    def _heads_of(self, column: int, row: Sequence[str]) -> tuple[str, ...]:
        above = self.heads[column : column + 1]
        return (*above, *row[:1]) if column else above

    def _block(
        self, kind: BlockKind, words: str, place: tuple[int, int], lines: tuple[int, int], **more: Any
    ) -> Block:
        """Return the block of the tokens from one place to another, and count it."""
        tokens = tuple(self.tokens[place[0] : place[1]])
        lead = "".join(self.html[self.given : place[0]])
        self.given = place[1]
        for label in _notes_of(tokens):
            self.marked.setdefault(label, self.path.words)
        level = int(tokens[0].tag[1]) if kind is BlockKind.HEADING else 0
        html = "".join(self.html[place[0] : place[1]])
        marks = 0
        for container, (blocks, _) in zip(reversed(self.inside), reversed(self.begun), strict=True):
            if blocks != self.blocks_read:
                break
            marks += container.tag in _MARKED
        more |= {"level": level, "lead": lead, "marks": marks, "tokens": tokens}
        return self._counted(kind, words, html, lines, **more)

    def _counted(self, kind: BlockKind, words: str, html: str, lines: tuple[int, int], **more: Any) -> Block:
        self.blocks_read += 1
        if kind is not BlockKind.HEADING:
            self.counts[kind] += 1
        start, end = self.lines.span(*lines)
        return Block(
            kind=kind,
            words=words,
            html=html,
            source=self.lines.body[start:end],
            start=start,
            end=end,
            headings=self.path.words,
            containers=tuple(self.inside),
            number=self.counts[kind],
            **more,
        )

    def unseen(self, env: Mapping[str, Any], starts: Sequence[int]) -> Iterator[Block]:
        """Yield what readers do not see: link definitions, and unused notes."""
        self.path, self.inside = HeadingPath(), []
        self.counts.clear()
        first = ({"label": label, **one} for label, one in env.get("references", {}).items())
        for one in sorted([*first, *env.get("duplicate_refs", ())], key=lambda one: int(one["map"][0])):
            token = Token("definition", "a", 0, attrs={"href": one["href"], "title": one["title"]})
            html = (
                f'<a href="{escape(one["href"])}" title="{escape(one["title"])}">{escape(one["label"])}</a>'
            )
            first_line, end = one["map"]
            words = " ".join(self.lines.body[slice(*self.lines.span(first_line, end))].split())
            yield self._counted(BlockKind.DEFINITION, words, html, (first_line, end), tokens=(token,))
        for first_line, end in env.get("footnote_lines", ()):
            start, stop = self.lines.span(first_line, end)
            if bisect_left(starts, start) == bisect_right(starts, stop):
                source = self.lines.body[start:stop]
                yield self._counted(BlockKind.UNUSED_NOTE, source, escape(source), (first_line, end))


def _end_of(tokens: Sequence[Token], place: int) -> int:
    """Return the index of the token that closes the one at a place."""
    closing = tokens[place].type.replace("_open", "_close")
    return next(at for at in range(place, len(tokens)) if tokens[at].type == closing)


def _words(tokens: Sequence[Token]) -> str:
    """Return what readers read of a block's tokens, without what only marks a reference."""
    for token in tokens:
        if token.type == "picture":
            return str(token.meta["picture"].words)
        if token.type in ("fence", "code_block"):
            return token.content.strip("\n")
        if token.type == "inline":
            return _SPACE_BEFORE_STOP.sub(r"\1", " ".join(words_of(token.children).split()))
    return ""


def _notes_of(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield child.meta["label"]


def is_all_bold(tokens: Sequence[Token]) -> bool:
    """Return whether one pair of marks makes the whole paragraph bold."""
    if not tokens or tokens[0].type != "paragraph_open":
        return False
    types = [one.type for one in tokens[1].children or () if one.type != "text" or one.content.strip()]
    return types[:1] == ["strong_open"] and types.index("strong_close") == len(types) - 1
