"""A body as passages: blocks that are read together, such as a list, with their place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, Cell, blocks_of

# Containers whose blocks form one passage, and what a writer calls them.
_TOGETHER: Final = {"ul": "list", "ol": "list", "table": "table", "dl": "list of terms"}


@dataclass(frozen=True)
class Passage:
    """What stands together in a body. `start` and `end` are its characters, `level` counts a heading's signs.

    `number` counts the passages of its `kind` in a section, from 1; a heading, box or picture has 0. `prose`
    holds the words that do not stand in `cells`.
    """

    words: str
    start: int
    end: int
    section: str = ""
    kind: str = ""
    number: int = 0
    level: int = 0
    boxed: bool = False
    bold: bool = False
    picture: bool = False
    citations: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    prose: str = ""

    @property
    def is_heading(self) -> bool:
        """Return whether this opens a section."""
        return self.level > 0

    @property
    def place(self) -> str:
        """Return its place, in words."""
        section = f"“{self.section}”" if self.section else "the opening"
        if self.is_heading:
            return f"the heading “{self.words}”" if self.words else f"a heading after {section}"
        if self.boxed or self.picture:
            return f"a {'box' if self.boxed else 'picture'} in {section}"
        return f"{section}, {self.kind} {self.number}"


@lru_cache(maxsize=64)
def passages_of(body: str) -> tuple[Passage, ...]:
    """Return the passages of a body from top to bottom."""
    blocks = (one for one in blocks_of(body) if one.kind not in UNSEEN)
    groups = (tuple(group) for _, group in groupby(enumerate(blocks), key=_group))
    return tuple(sorted(_numbered([one for _, one in group] for group in groups), key=lambda one: one.start))


def _group(numbered: tuple[int, Block]) -> tuple[str, int]:
    """Return what the blocks of one passage have in common."""
    place, block = numbered
    if not block.is_heading:
        for one in block.containers:
            if one.tag in _TOGETHER:
                return one.tag, one.number
    return "", place


def _numbered(groups: Iterator[Sequence[Block]]) -> Iterator[Passage]:
    section, counts = "", Counter[str]()
    for group in groups:
        first = group[0]
        words = "\n".join(filter(None, (line for one in group for line in one.words.split("\n"))))
        cited = tuple(dict.fromkeys(key for one in group for key in one.citations))
        end = max(one.end for one in group)
        if first.is_heading:
            level = _signs(first)
            yield Passage(words, first.start, end, section, level=level, citations=cited, prose=words)
            if words:
                section, counts = words, Counter()
        elif words or cited:
            aside = first.is_boxed or first.kind is BlockKind.PICTURE
            kind = _kind(first)
            counts[kind] += not aside
            yield Passage(
                words,
                first.start,
                end,
                first.section if first.kind is BlockKind.FOOTNOTE else section,
                kind,
                0 if aside else counts[kind],
                boxed=first.is_boxed,
                bold=first.is_bold and not first.containers,
                picture=first.kind is BlockKind.PICTURE,
                citations=cited,
                cells=tuple(cell for one in group for cell in one.cells if not cell.is_head),
                prose="\n".join(filter(None, map(_prose, group))),
            )


def _kind(first: Block) -> str:
    """Return what a writer calls the passage that begins with a block."""
    return next((_TOGETHER[one.tag] for one in first.containers if one.tag in _TOGETHER), first.kind.value)


def _prose(block: Block) -> str:
    """Return the words of a block that stand in no cell of a table's body."""
    return block.words if not block.cells or block.cells[0].is_head else ""


def _signs(heading: Block) -> int:
    """Return the number of signs before a heading; an underlined one counts as # or ##."""
    markup = heading.tokens[0].markup
    return len(markup) if markup.startswith("#") else 1 + (markup == "-")
