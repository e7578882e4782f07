"""Whether a change that was put onto another text is still the one that somebody signed.

It is when every passage that it changes, what stands around each, and every statement and field that it
touches are as they were. A plain summary says the whole text in short: all of that stands around it. What is
not shown to be the same is another change.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Final

from wiki.text.changes.text_changes import text_changes
from wiki.text.compare.block_changes import BlockChange
from wiki.text.compare.diff import Comparison, compare
from wiki.text.document import Document, Row
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of

# What all of a change is read by: nobody's signature outlives another one of these.
_READ_BY: Final = {"title": "title", "kind": "kind", "retirement": "retirement"}
_FIELDS: Final = {"summary": "plain summary", "aliases": "other names", "codes": "codes"}

type Signature = tuple[object, ...]


@dataclass(frozen=True)
class SignedChange:
    """A change as somebody read it: what readers had, and what they would have."""

    before: Document
    after: Document

    @cached_property
    def comparison(self) -> Comparison:
        """Return all that it changes."""
        return compare(self.before, self.after)

    def changes(self, field: str) -> bool:
        """Return whether it changes a field."""
        return bool(getattr(self.before, field) != getattr(self.after, field))


def why_different(signed: SignedChange, now: SignedChange) -> str:
    """Return why a change is not the one that was signed, in words for who signed it; "" if it is."""
    for field, called in _READ_BY.items():
        if _pair(signed, field) != _pair(now, field):
            return f"the {called} of the page has changed"
    for field, called in _FIELDS.items():
        if signed.changes(field) != now.changes(field):
            return f"what it changes of the {called} is not what was signed"
        if signed.changes(field) and _pair(signed, field) != _pair(now, field):
            return f"the {called} it changes are not those that were signed"
    if list(_statements(signed)) != list(_statements(now)):
        return "a statement that it changes, or one about the same page, has changed"
    if signed.changes("summary") and _differ(signed.before, now.before):
        return "the text that the plain summary says in short has changed"
    was, is_now = list(_passages(signed)), list(_passages(now))
    if signed.comparison.is_whole or now.comparison.is_whole:
        return "the texts could not be lined up, so it is not known to be what was signed"
    if was != is_now:
        return "a passage that it changes, or what stands beside one, has changed"
    return "" if _changes_anything(signed) else "nothing is left of what was signed"


def _differ(one: Document, other: Document) -> bool:
    """Return whether the bodies of two documents differ by more than spelling and form."""
    bodies = (replace(other, title="", summary="", aliases=(), body=each.body) for each in (one, other))
    return any(not change.trifles for change in text_changes(*bodies))


def _changes_anything(signed: SignedChange) -> bool:
    return not signed.comparison.is_empty


def _pair(change: SignedChange, field: str) -> tuple[object, object]:
    return getattr(change.before, field), getattr(change.after, field)


def _statements(change: SignedChange) -> Iterator[object]:
    """Yield each statement that changes, then all about the same pages, as they were and would be."""
    changed = [one for one in change.comparison.rows if one.change != "same"]
    yield from changed
    yield "statements" in change.comparison.reordered
    about = {row.object for one in changed for row in (one.old, one.new) if row}
    for side in (change.before, change.after):
        yield tuple(_about(side.statements, about))


def _about(rows: Sequence[Row], pages: set[int]) -> Iterator[Row]:
    return (row for row in rows if row.object in pages)


def _passages(change: SignedChange) -> Iterator[object]:
    """Yield each block that changes, with what stands around it on both sides."""
    old, new = _Body(change.before), _Body(change.after)
    for one in change.comparison.blocks:
        if one.is_shown:
            yield one.change, one.notes, one.under, old.around(one.old), new.around(_new_of(one))


def _new_of(one: BlockChange) -> Block | None:
    return None if one.is_pointer else one.new


class _Body:
    """The blocks of a body, those of one list, table, quotation or box together."""

    def __init__(self, document: Document) -> None:
        self._summary = document.summary
        blocks = blocks_of(document.body)
        self._units = [list(unit) for _, unit in groupby(enumerate(blocks), lambda pair: _unit(*pair))]
        self._places = {block.start: place for place, unit in enumerate(self._units) for _, block in unit}
        self._notes: dict[str, list[Block]] = defaultdict(list)
        self._noted: dict[str, list[Block]] = defaultdict(list)
        for block in blocks:
            for label in _labels(block):
                self._notes[label].append(block)
            for label in block.notes:
                self._noted[label].append(block)

    def around(self, block: Block | None) -> object:
        """Return a block, all of the list or table that it stands in, and what comes before and after.

        What is noted at the foot of any of these belongs to it, and what a note is noted of to that.
        """
        if block is None:
            return None
        place = self._places[block.start]
        units = [self._at(one) for one in (place - 1, place, place + 1)]
        noted = {label for unit in units for one in unit for label in one.notes}
        notes = [_read(one) for label in sorted(noted) for one in self._notes.get(label, ())]
        of = [_read(one) for label in _labels(block) for one in self._noted.get(label, ())]
        above = self._summary if place == 0 else ""
        return _read(block), [[_read(one) for one in unit] for unit in units], notes, of, above

    def _at(self, place: int) -> list[Block]:
        inside = 0 <= place < len(self._units)
        return [block for _, block in self._units[place]] if inside else []


def _labels(block: Block) -> list[str]:
    """Return the labels of the footnotes that a block stands in."""
    return [one.words for one in block.containers if one.tag == "note"]


def _unit(place: int, block: Block) -> tuple[str, int]:
    """Return what of a body a block stands in: its outermost container, or itself."""
    if block.containers:
        return "container", block.containers[0].number
    return ("definitions", 0) if block.kind is BlockKind.DEFINITION else ("block", place)


def _read(block: Block) -> Signature:
    """Return all that a reader gets of a block and reads it by."""
    look = tuple(one.look for one in block.containers)
    leads = block.pages, block.targets, block.tooltips, block.citations
    return block.kind, block.source.strip(), block.normal, block.headings, look, leads
