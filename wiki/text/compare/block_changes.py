"""What happened to one block between two versions of a body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wiki.text.compare.columns import paired_columns
from wiki.text.compare.inline_diff import Step, as_rendered
from wiki.text.compare.word_diff import Piece, words
from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, Container

type Change = Literal[
    "same", "changed", "added", "removed", "moved", "reworded", "left", "under another heading"
]

# The name of each container of blocks.
_CALLED = {
    "ul": "a list",
    "ol": "a numbered list",
    "blockquote": "a quotation",
    "box": "an urgent box",
    "dl": "a list of terms",
    "note": "a note",
    "thead": "the head of a table",
    "tbody": "a table",
}


@dataclass(frozen=True)
class BlockChange:
    """One block: what became of it, as the old version has it and as the new one does.

    "moved" stands elsewhere word for word, "reworded" elsewhere and changed; where either stood before is a
    pointer, "left", that holds no words. One "under another heading" stands where it stood, and the headings
    above it are others. `notes` say what differs that no word shows. `under` has the words of
    the blocks that came under a heading or fell from it; of another block, of the unchanged ones that it
    introduces otherwise, and of the notes whose marks it got or lost. One that `is_divided` is of a text that
    says the same in other blocks.
    """

    change: Change
    old: Block | None
    new: Block | None
    notes: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    is_divided: bool = False
    # For a part of a body that is compared by itself: the heading above it.
    place: str = ""

    @property
    def block(self) -> Block:
        """Return the new block, or the old one if it was removed."""
        found = self.new or self.old
        assert found is not None  # noqa: S101  # a change is of something
        return found

    @property
    def is_shown(self) -> bool:
        """Return whether it differs in any way."""
        return self.change != "same"

    @property
    def is_pointer(self) -> bool:
        """Return whether it only marks where a block moved from."""
        return self.change == "left"

    @property
    def section(self) -> str:
        """Return the heading above it."""
        return self._here.section or self.place

    @property
    def number(self) -> int:
        """Return its number among its kind under its heading; 0 for a heading."""
        return self._here.number

    @property
    def _here(self) -> Block:
        return self.old if self.is_pointer and self.old else self.block

    @property
    def other(self) -> str | None:
        """Return the heading at the other end of a move, None if it did not move."""
        if self.change in ("moved", "reworded", "under another heading") and self.old:
            return self.old.section
        return self.new.section if self.is_pointer and self.new else None

    @property
    def paths(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the headings above it before and after."""
        return (self.old.headings if self.old else (), self.new.headings if self.new else ())

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its exact text, word by word."""
        if self.is_pointer:
            return ()
        if self.change in ("same", "moved"):
            return (Piece("same", self.text),)
        return tuple(words(self.old_text, self.text if self.new else ""))

    @cached_property
    def words_read(self) -> tuple[Piece, ...]:
        """Return the words that readers read of it, without Markdown's signs, those of a row cell by cell."""
        if self.is_pointer or self.block.kind in UNSEEN:
            return ()
        if self.change in ("same", "moved") or self.is_divided:
            return (Piece("same", self.block.words),)
        if self.block.kind is not BlockKind.ROW or not (self.old and self.new):
            return tuple(words(*(one.words if one else "" for one in (self.old, self.new))))
        cells = (
            (
                "" if was is None else self.old.cells[was].words,
                "" if now is None else self.new.cells[now].words,
            )
            for was, now in paired_columns(self.old.cells, self.new.cells)
        )
        return tuple(piece for cell in cells for piece in words(*cell))

    @cached_property
    def steps(self) -> tuple[Step, ...] | None:
        """Return how it differs as readers see it; None where that cannot be shown."""
        return as_rendered(self.old, self.new)

    @property
    def text(self) -> str:
        """Return its source in the new version, or in the old one if it was removed."""
        return "" if self.is_pointer else self.block.source

    @property
    def old_text(self) -> str:
        """Return its source in the old version."""
        return "" if self.is_pointer or not self.old else self.old.source


def what_differs(old: Block, new: Block) -> tuple[str, ...]:
    """Return the differences between two versions of a block that its words do not show."""
    return () if old.identity == new.identity else tuple(_differences(old, new))


def _differences(old: Block, new: Block) -> Iterator[str]:
    if old.kind is not new.kind:
        yield f"was {_with_article(old.kind)}, is {_with_article(new.kind)}"
    elif old.level != new.level:
        yield f"was a heading of level {old.level}, is one of level {new.level}"
    was, now = (_within(one.containers) for one in (old, new))
    if was != now:
        yield f"stood {was}, stands {now}"
    numbers = [[c.words or "1" for c in one.containers if c.tag == "ol"] for one in (old, new)]
    if numbers[0] != numbers[1] and {*numbers[0], *numbers[1]} != {"1"}:
        yield f"the numbers of its list: {_from(numbers[0])} before, {_from(numbers[1])} now"
    boxes = [[c.words for c in one.containers if c.tag == "box"] for one in (old, new)]
    if len(boxes[0]) == len(boxes[1]) and boxes[0] != boxes[1]:
        yield "its box says that it is urgent in another way"
    labels = [[c.words for c in one.containers if c.tag == "note"] for one in (old, new)]
    if all(labels) and labels[0] != labels[1]:
        yield f"was note {labels[0][0]}, is note {labels[1][0]}"
    for column, place in paired_columns(old.cells, new.cells):
        if column is not None and place is not None:
            one, other = old.cells[column].align, new.cells[place].align
            if one != other:
                yield f"column {place + 1}: {one or 'left'} before, {other or 'left'} now"
    if len(old.cells) != len(new.cells):
        had, has = len(old.cells), len(new.cells)
        yield f"had {had} cell{'s' * (had != 1)}, has {has}"
    if old.picture and new.picture and old.picture.name != new.picture.name:
        yield "another picture"


def _from(numbers: Sequence[str]) -> str:
    return f"from {' in '.join(numbers)}" if numbers else "none"


def _with_article(kind: BlockKind) -> str:
    return f"{'an' if kind.startswith(('a', 'e', 'i', 'o', 'u')) else 'a'} {kind}"


def _within(containers: tuple[Container, ...]) -> str:
    names = [_CALLED[one.tag] for one in containers if one.tag in _CALLED]
    return f"in {' in '.join(reversed(names))}" if names else "in no list, box or quotation"
