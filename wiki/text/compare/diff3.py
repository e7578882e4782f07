"""The three-way merge of bodies, paragraph by paragraph."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wiki.text.compare import item_numbers, note_names
from wiki.text.compare.align import LEAST_ALIKE, Hunk, hunks, likeness
from wiki.text.markdown.blocks import BlockKind, blocks_of
from wiki.text.markdown.stretches import BOX, ITEM, NOTE, TABLE, Stretch, joined, parts_of, stretches_of

type Paragraphs = tuple[Stretch, ...]
# Which side made a change: one, both in the same way, or neither.
type By = Literal["ours", "theirs", "both", "each", ""]


@dataclass(frozen=True)
class Settled:
    """Paragraphs without a conflict; if changed, which side changed them and what they were before."""

    paragraphs: Paragraphs
    by: By = ""
    base: Paragraphs = ()


@dataclass(frozen=True)
class Disputed:
    """The versions of a place that both sides changed."""

    base: Paragraphs
    ours: Paragraphs
    theirs: Paragraphs


@dataclass(frozen=True)
class _Change:
    """One side's replacement of a stretch of the base."""

    start: int
    end: int
    side: int
    replacement: Paragraphs
    # Whether all that it replaces and puts there are items, rows or notes, which stand each for itself.
    is_of_units: bool = False

    @property
    def is_edit(self) -> bool:
        """Return whether this replaces one paragraph by one."""
        return self.end - self.start == len(self.replacement) == 1

    def clashes_with(self, other: "_Change") -> bool:
        """Return whether two sides' changes overlap, or touch and neither is of units nor both are edits."""
        if self.is_edit and other.is_edit:
            return self.start == other.start
        if self.is_of_units or other.is_of_units:
            both_add = self.start == self.end == other.start == other.end
            return both_add or (self.start < other.end and other.start < self.end)
        return self.start <= other.end and other.start <= self.end


def merged(base: str, ours: str, theirs: str) -> list[Settled | Disputed]:
    """Return the body in order, with the places that both sides changed as disputes.

    Two edits of one paragraph are never melted together, and changes that touch are disputed, unless
    both only reword paragraphs that stand next to each other, or one is of items, rows or notes.
    """
    if ours in (base, theirs) or theirs == base:
        return [_whole(base, ours, theirs)]
    theirs = note_names.apart(base, ours, theirs)
    found = _numbered(_merged(*map(stretches_of, (base, ours, theirs))))
    settled = [part for part in found if isinstance(part, Settled)]
    if len(settled) == len(found):
        body = joined([one for part in settled for one in part.paragraphs])
        if notes := note_names.missing(body, base, theirs, ours):
            found.append(Settled(tuple(notes), "each"))
    return found


def _numbered(parts: list[Settled | Disputed]) -> list[Settled | Disputed]:
    """Return the parts with the items of numbered lists counted on, where their own version does so."""
    found: list[Settled | Disputed] = []
    before: Stretch | None = None
    for part in parts:
        if isinstance(part, Disputed):
            found.append(part)
            before = None
            continue
        paragraphs = []
        for one in part.paragraphs:
            before = item_numbers.counted_on(one, before)
            paragraphs.append(before)
        found.append(replace(part, paragraphs=tuple(paragraphs)))
    return found


def _merged(base: Paragraphs, ours: Paragraphs, theirs: Paragraphs) -> list[Settled | Disputed]:
    kept = _with_changed_gaps(base, ours, theirs)
    found: list[Settled | Disputed] = []
    place = 0
    for group in _groups(_changes(base, ours, 0), _changes(base, theirs, 1)):
        start, end = min(change.start for change in group), max(change.end for change in group)
        found += [Settled(tuple(kept[place:start])), _outcome(kept, start, end, group)]
        place = end
    return [*found, Settled(tuple(kept[place:]))]


def _whole(base: str, ours: str, theirs: str) -> Settled:
    """Return a body that only one side changed, or both in the same way, or neither."""
    by: By = ("" if theirs == base else "theirs") if ours == base else "ours" if theirs == base else "both"
    paragraphs = tuple(stretches_of(theirs if ours == base else ours))
    return Settled(paragraphs, by, tuple(stretches_of(base))) if by else Settled(paragraphs)


def _with_changed_gaps(
    base: Sequence[Stretch], ours: Sequence[Stretch], theirs: Sequence[Stretch]
) -> list[Stretch]:
    """Return the base's paragraphs, with the blank lines and numbers of the side that changed those."""
    kept = list(base)
    for side in (theirs, ours):
        for hunk in _hunks(base, side):
            if hunk.same:
                for place in range(hunk.old_start, hunk.old_end):
                    now = side[place - hunk.old_start + hunk.new_start]
                    if now.text != base[place].text:
                        kept[place] = replace(now, gap=kept[place].gap)
                    if now.gap != base[place].gap:
                        kept[place] = replace(kept[place], gap=now.gap)
    return kept


def _hunks(base: Sequence[Stretch], side: Sequence[Stretch]) -> list[Hunk]:
    return hunks(list(map(item_numbers.without, base)), list(map(item_numbers.without, side)))


def _changes(base: Sequence[Stretch], side: Sequence[Stretch], number: int) -> Iterator[_Change]:
    """Yield one side's changes in order; a stretch that was reworded throughout is one edit a paragraph."""
    for hunk in _hunks(base, side):
        gone = base[hunk.old_start : hunk.old_end]
        come = side[hunk.new_start : hunk.new_end]
        if hunk.same:
            continue
        if len(gone) == len(come) and all(map(_alike, gone, come)):
            for place, paragraph in enumerate(come, start=hunk.old_start):
                yield _Change(
                    place,
                    place + 1,
                    number,
                    (paragraph,),
                    _are_units((gone[place - hunk.old_start], paragraph)),
                )
        else:
            yield _Change(hunk.old_start, hunk.old_end, number, tuple(come), _are_units((*gone, *come)))


def _are_units(stretches: Iterable[Stretch]) -> bool:
    return all(stretch.kind in (ITEM, NOTE) for stretch in stretches)


def _alike(old: Stretch, new: Stretch) -> bool:
    return likeness(old.text.split(), new.text.split()) >= LEAST_ALIKE


def _groups(ours: Iterator[_Change], theirs: Iterator[_Change]) -> Iterator[list[_Change]]:
    """Yield the changes in the order of the base, with clashing ones together.

    A side's changes do not overlap, so the last one of the other side is the only one to look at.
    """
    group: list[_Change] = []
    last: dict[int, _Change] = {}
    for change in sorted([*ours, *theirs], key=lambda c: (c.start, c.end, c.is_edit)):
        other = last.get(1 - change.side)
        if group and not (other and change.clashes_with(other)):
            yield group
            group, last = [], {}
        group.append(change)
        last[change.side] = change
    if group:
        yield group


def _outcome(base: Sequence[Stretch], start: int, end: int, group: list[_Change]) -> Settled | Disputed:
    """Return the result of a group of changes."""
    ours, theirs = (_side(base, start, end, [c for c in group if c.side == side]) for side in (0, 1))
    before = tuple(base[start:end])
    if all(change.side == 0 for change in group):
        return Settled(ours, "ours", before)
    if all(change.side == 1 for change in group):
        return Settled(theirs, "theirs", before)
    if _texts(ours) == _texts(theirs):
        return Settled(ours, "both", before)
    if not before and all(one.kind == NOTE for one in (*ours, *theirs)):
        # Readers get notes in the order of their marks, so it says nothing which stands first.
        added = set(_texts(ours))
        return Settled((*ours, *(one for one in theirs if one.text not in added)), "each")
    if _as_read(before) == _as_read(ours):
        return Settled(theirs, "theirs", before)
    if _as_read(before) == _as_read(theirs):
        return Settled(ours, "ours", before)
    return _in_parts(before, ours, theirs) or Disputed(before, ours, theirs)


def _as_read(paragraphs: Paragraphs) -> list[tuple[object, ...]]:
    """Return what readers get of paragraphs; blanks and ends of lines within one are none of it."""
    found = []
    for block in blocks_of(joined(paragraphs)):
        html = block.html if block.kind is BlockKind.CODE else " ".join(block.html.split())
        found.append((html, *block.identity[2:], block.kind))
    return found


def _in_parts(base: Paragraphs, ours: Paragraphs, theirs: Paragraphs) -> Settled | None:
    """Return a table, a box or an item of which each side changed other parts; None for all else."""
    if not len(base) == len(ours) == len(theirs) == 1 or not base[0].kind == ours[0].kind == theirs[0].kind:
        return None
    versions = [parts_of(side[0]) for side in (base, ours, theirs)]
    # What the head of a table or a box says holds for each of its rows or items.
    has_head = base[0].kind in (TABLE, BOX)
    if len(versions[0]) == 1 or (has_head and len({side[0].text for side in versions}) > 1):
        return None
    found = _merged(*(_with_line_ends(side) for side in versions))
    if any(isinstance(part, Disputed) for part in found):
        return None
    parts = [one for part in found if isinstance(part, Settled) for one in part.paragraphs]
    whole = replace(ours[0], text="".join(one.text + one.gap for one in parts).rstrip("\n"))
    return Settled((whole,), "each", base)


def _with_line_ends(parts: Paragraphs) -> Paragraphs:
    return tuple(replace(part, gap=part.gap or "\n") for part in parts)


def _side(base: Sequence[Stretch], start: int, end: int, changes: list[_Change]) -> Paragraphs:
    """Return one side's version of a stretch of the base."""
    found: list[Stretch] = []
    for change in changes:
        found += [*base[start : change.start], *change.replacement]
        start = change.end
    return (*found, *base[start:end])


def _texts(paragraphs: Paragraphs) -> list[str]:
    return [paragraph.text for paragraph in paragraphs]
