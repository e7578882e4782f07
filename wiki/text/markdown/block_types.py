"""The types of a block of a body; `blocks` makes them and documents their fields."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from markdown_it.token import Token

from wiki.text.markdown.pictures import Picture
from wiki.text.words import normalised


class BlockKind(StrEnum):
    """The kind of a block. A plain paragraph is named by its container."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "list item"
    ROW = "table row"
    QUOTATION = "quotation"
    BOX_TITLE = "title of a box"
    BOX = "box"
    FOOTNOTE = "note"
    TERM = "term"
    EXPLANATION = "explanation"
    CODE = "code"
    PICTURE = "picture"
    LINE = "line"
    DEFINITION = "link definition"
    UNUSED_NOTE = "note that nothing refers to"
    UNREAD = "text too long to be read"


# Kinds of running text: a blank line ends it, and it may lead in to what comes after it.
TEXTS: Final = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTATION, BlockKind.BOX}
    | {BlockKind.FOOTNOTE, BlockKind.EXPLANATION}
)
# Kinds that readers do not see as blocks of their own.
UNSEEN: Final = frozenset({BlockKind.DEFINITION, BlockKind.UNUSED_NOTE})


@dataclass(frozen=True)
class Container:
    """A container of blocks: its tag with its attributes, and its number in the body."""

    tag: str
    number: int
    words: str = ""
    is_loose: bool = False
    # Its lines in the body, as the index of the first character and of the one behind the last.
    span: tuple[int, int] = field(default=(0, 0), compare=False, repr=False)

    @property
    def look(self) -> tuple[str, str]:
        """Return what is equal for two containers that look the same to a reader."""
        return self.tag, self.words


@dataclass(frozen=True)
class Cell:
    """A cell of a table: `heads` are the words of the heads of its column and row."""

    words: str
    html: str
    align: str
    heads: tuple[str, ...] = ()
    is_head: bool = False
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Block:
    """One block of a body; the module `blocks` says what its fields hold."""

    kind: BlockKind
    words: str
    html: str
    source: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    containers: tuple[Container, ...] = ()
    number: int = 0
    level: int = 0
    lead: str = ""
    # The number of items, meanings or notes that begin with this block: each has a mark of its own.
    marks: int = 0
    is_bold: bool = False
    cells: tuple[Cell, ...] = ()
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def identity(self) -> tuple[object, ...]:
        """Return everything that readers get of it: kind, HTML and containers."""
        return self.kind, self.html, self.marks, tuple(one.look for one in self.containers)

    @cached_property
    def normal(self) -> str:
        """Return its words in the form that rules match."""
        return normalised(self.words)

    @property
    def section(self) -> str:
        """Return the heading above it, "" before the first; a heading belongs to its own section."""
        if self.is_heading:
            return self.words
        return self.headings[-1] if self.headings else ""

    @property
    def is_heading(self) -> bool:
        """Return whether it opens a section."""
        return self.kind is BlockKind.HEADING

    @property
    def heading_id(self) -> str:
        """Return the id that a heading has on the page, "" for any other block."""
        return str(self.tokens[0].meta["id"]) if self.is_heading else ""

    @property
    def is_boxed(self) -> bool:
        """Return whether it stands in a box of urgent advice."""
        return any(one.tag == "box" for one in self.containers)

    @property
    def picture(self) -> Picture | None:
        """Return the picture; None for a block of another kind."""
        found: Picture | None = self.tokens[0].meta["picture"] if self.kind is BlockKind.PICTURE else None
        return found

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Return the titles of the pages that it links to."""
        return tuple(one.meta["title"] for one in self._inline if one.type == "wikilink")

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """Return where its other links lead."""
        if self.kind is BlockKind.DEFINITION:
            return (str(self.tokens[0].attrs["href"]),)
        return tuple(str(one.attrs["href"]) for one in self._inline if one.type == "link_open")

    @cached_property
    def tooltips(self) -> tuple[str, ...]:
        """Return the titles of its links, which readers see on pointing at them."""
        tokens = self.tokens if self.kind is BlockKind.DEFINITION else self._inline
        return tuple(str(one.attrs["title"]) for one in tokens if one.attrs.get("title"))

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """Return the keys of the sources that it cites."""
        return tuple(key for one in self._inline if one.type == "citation" for key in one.meta["keys"])

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Return the names of the footnotes that it refers to."""
        return tuple(one.meta["label"] for one in self._inline if one.type == "footnote_ref")

    @property
    def _inline(self) -> tuple[Token, ...]:
        return tuple(child for one in self.tokens for child in one.children or ())
