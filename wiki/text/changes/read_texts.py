"""Texts of a document as readers read them: each with its place, its links and its citations.

Title, names, summary and reason of retirement count like the body. Of the body each block is a text, each
cell and each row of a table, and each title of a link. What has no words is a text too, because readers see
its place: a line across the page, an empty heading, item or cell. Notes of statements belong to their rows.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from markdown_it.token import Token

from wiki.text.document import Document
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of
from wiki.text.markdown.introductions import introductions_of
from wiki.text.markdown.wikilinks import split_target
from wiki.text.normal_form import has_unseen, normal, odd_letters, plain, plain_of
from wiki.text.quantities.doses import section_heads
from wiki.text.sentences import sentences

_OF_A_TABLE: Final = frozenset({"thead", "tbody"})
_SENTENCE_ENDS: Final = (".", "!", "?", "…")
# After these a new line sets nothing further apart.
_ENDS: Final = (*_SENTENCE_ENDS, ":", ";")
_IN_A_NOTE: Final = "note "
# Parts of a place that stand where a table tells no head.
_NO_WORDS: Final = frozenset({"", "row", "head", *(f"column {number}" for number in range(100))})
_BLANKS: Final = re.compile(r"\s+")
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class TextLink:
    """A linked stretch of words: `page` is a title in normal form, `section` a heading of it, `address` any
    other target.
    """

    start: int
    end: int
    page: str = ""
    section: str = ""
    address: str = ""

    @property
    def target(self) -> tuple[str, str, str]:
        """Return where it leads."""
        return self.page, self.section, self.address

    @property
    def address_in_words(self) -> str:
        """Return the words of its address: "https www nhs uk medicines lithium"."""
        return " ".join(_NO_LETTERS.split(unquote(self.address)))

    @property
    def is_outside(self) -> bool:
        """Return whether it leads to another site."""
        return bool(self.address) and not self.address.startswith(("#", "/"))


@dataclass(frozen=True)
class Mark:
    """A citation, footnote mark or new line within a sentence, and the number of characters before it."""

    at: int
    sort: str
    name: str


@dataclass(frozen=True)
class ReadText:
    """One text. `place` is all that says where it stands; `words` are plain, so that they can be matched.

    `heads` are what its quantities are read under, `headings` those above it as they are written.
    """

    place: tuple[str, ...]
    words: str
    links: tuple[TextLink, ...] = ()
    marks: tuple[Mark, ...] = ()
    heads: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    picture: str = ""
    is_boxed: bool = False
    has_unseen: bool = False
    odd: str = ""  # letters that differ from `words` only in form

    @property
    def key(self) -> tuple[object, ...]:
        """Return everything that readers get of it, without its place."""
        return self.words, self.links, self.marks, self.picture, self.has_unseen, self.odd

    @property
    def with_introductions(self) -> tuple[str, ...]:
        """Return its words, each time with words that introduce them: those before a list, the head of a
        column or row, the term that it explains.
        """
        said = (one[2:] for one in self.place if one.startswith((": ", "| ")))
        return tuple(f"{one.rstrip(':')}: {self.words}" for one in said if one not in _NO_WORDS)

    @property
    def within_notes(self) -> tuple[str, ...]:
        """Return the name of the footnote that it belongs to; empty for none."""
        return tuple(one.removeprefix(_IN_A_NOTE) for one in self.place if one.startswith(_IN_A_NOTE))

    @property
    def wordless_links(self) -> tuple[tuple[str, str, str], ...]:
        """Return where the links lead that hold no word, so that no name says what they lead to."""
        return tuple(
            one.target for one in self.links if not any(map(str.isalnum, self.words[one.start : one.end]))
        )

    @property
    def noted_sentences(self) -> Counter[tuple[str, str]]:
        """Return the footnotes that it refers to, each with the sentence that its mark stands in."""
        found: Counter[tuple[str, str]] = Counter()
        for one in self.marks:
            if one.sort == "note":
                before, behind = sentences(self.words[: one.at]), sentences(self.words[one.at :])
                is_ended = not before or before[-1].endswith(_SENTENCE_ENDS)
                rest = "" if is_ended or not behind else behind[0]
                found[one.name, f"{before[-1] if before else ''}{rest}".rstrip(".")] += 1
        return found


def texts_of(document: Document) -> tuple[ReadText, ...]:
    """Return the texts of a document in the order of reading."""
    names = [("title", document.title), *(("name", one) for one in document.aliases)]
    fields = [*names, ("summary", document.summary)]
    if document.retirement:
        fields.append(("retirement", document.retirement.reason))
    return (*(line_text(text, name) for name, text in fields if text), *_texts_of_body(document.body))


def line_text(text: str, *place: str) -> ReadText:
    """Return a text of plain words as it is compared."""
    return ReadText(place, plain(text), has_unseen=has_unseen(text), odd=odd_letters(text))


# Each side is asked for by the signatures, the checks and the screens, and the old one by each signer.
@lru_cache(maxsize=32)
def _texts_of_body(body: str) -> tuple[ReadText, ...]:
    found: list[ReadText] = []
    blocks, last = blocks_of(body), None
    for block, above in zip(blocks, introductions_of(body), strict=True):
        # The heads of a table are told of each cell by itself.
        introduced = [blocks[one].words for one in above if not _is_head_of_columns(blocks[one])]
        found += _texts_of_block(block, _place(block, introduced, _begins_numbering(block, last)))
        last = block
    return tuple(found)


_SHOWN_BY_KIND = (BlockKind.HEADING, BlockKind.PICTURE, BlockKind.CODE, BlockKind.DEFINITION)


def _place(block: Block, introduced: Sequence[str], begins_numbering: bool) -> tuple[str, ...]:
    inside = [f"{one.tag} {one.words}" for one in block.containers if one.tag not in _OF_A_TABLE]
    # What a mark stands before says what belongs together: "Adults" and "avoid" may be one item or two.
    marks = [f"{block.marks} marks"] if block.marks else []
    numbering = ["numbered anew"] if begins_numbering else []
    kind = [block.kind] if block.kind in _SHOWN_BY_KIND else []
    heads = [f"# {normal(one)}" for one in block.headings]
    return ("body", *inside, *marks, *numbering, *kind, *heads, *(f": {normal(one)}" for one in introduced))


def _is_head_of_columns(block: Block) -> bool:
    return any(cell.is_head for cell in block.cells)


def _begins_numbering(block: Block, last: Block | None) -> bool:
    """Return whether a numbered list begins with a block that comes after another."""
    before = {one.number for one in last.containers} if last else set()
    return any(one.tag == "ol" and one.number not in before for one in block.containers)


def _texts_of_block(block: Block, place: tuple[str, ...]) -> Iterator[ReadText]:
    section = section_heads(block.headings[-1]) if block.headings else ()
    if block.cells:
        for cell, heads in zip(block.cells, _heads_of_cells(block), strict=True):
            yield _read(cell.tokens, block, (*place, *heads), (*section, *cell.heads))
        # The number and its unit may be in two cells.
        yield ReadText((*place, "| row"), plain(block.words), heads=section, headings=block.headings)
    else:
        yield _read(block.tokens, block, place, section)
    for tooltip in block.tooltips:
        yield line_text(tooltip, *place, "title of a link")


def _heads_of_cells(block: Block) -> Iterator[tuple[str, ...]]:
    """Yield what each cell of a row is read under; its column's number too where heads do not tell it."""
    read = [tuple(f"| {normal(one)}" for one in cell.heads) or ("| head",) for cell in block.cells]
    for column, (cell, heads) in enumerate(zip(block.cells, read, strict=True)):
        is_told = cell.is_head or (heads[0] != "| " and read.count(heads) == 1)
        yield heads if is_told else (*heads, f"| column {column}")


def _read(tokens: Sequence[Token], block: Block, place: tuple[str, ...], heads: tuple[str, ...]) -> ReadText:
    reader = _Reader()
    for one in tokens:
        for child in one.children or ():
            reader.see(child)
    if not block.cells and not any(one.children for one in tokens):
        reader.add(block.words)
    return ReadText(
        place,
        reader.words.rstrip(),
        tuple(reader.links),
        tuple(reader.marks),
        heads,
        block.headings,
        block.picture.name if block.picture else "",
        block.is_boxed,
        reader.has_unseen,
        reader.odd,
    )


@dataclass
class _Reader:
    """Collects the words of inline tokens."""

    words: str = ""
    links: list[TextLink] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    has_unseen: bool = False
    odd: str = ""
    open: tuple[int, str] | None = None

    def see(self, token: Token) -> None:
        """Take one inline token."""
        if token.type in ("softbreak", "hardbreak"):
            if token.type == "hardbreak" and not self.words.rstrip().endswith(_ENDS):
                self.marks.append(Mark(len(self.words.rstrip()), "line", ""))
            self.add(" ")
        elif token.type == "citation":
            self.marks += [Mark(len(self.words.rstrip()), "citation", key) for key in token.meta["keys"]]
        elif token.type == "footnote_ref":
            self.marks.append(Mark(len(self.words.rstrip()), "note", str(token.meta["label"])))
        elif token.type == "link_open":
            self.open = (len(self.words), str(token.attrs.get("href", "")))
        elif token.type == "link_close" and self.open:
            self.links.append(TextLink(self.open[0], len(self.words), address=self.open[1]))
        else:
            start = len(self.words)
            self.add(token.content)
            if token.type == "wikilink":
                page, section = map(normal, split_target(token.meta["title"]))
                self.links.append(TextLink(start, len(self.words), page, section))

    def add(self, text: str) -> None:
        """Add words, with repeated spaces removed."""
        self.has_unseen = self.has_unseen or has_unseen(text)
        self.odd += odd_letters(text)
        words = _BLANKS.sub(" ", plain_of(text)[0])
        self.words += words.removeprefix(" ") if not self.words or self.words.endswith(" ") else words
