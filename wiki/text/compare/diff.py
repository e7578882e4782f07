"""The difference of two documents: prose by word, bodies by block, statements by row."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from threading import Lock
from typing import Final, Literal

from wiki.text.compare.block_changes import BlockChange as BlockChange
from wiki.text.compare.block_changes import Change as Change
from wiki.text.compare.block_diff import blocks as blocks
from wiki.text.compare.unshown import defended
from wiki.text.compare.word_diff import Op as Op
from wiki.text.compare.word_diff import Piece as Piece
from wiki.text.compare.word_diff import count_of, whole
from wiki.text.compare.word_diff import words as words
from wiki.text.document import Code, Document, Retirement, Row, RowKey


@dataclass(frozen=True)
class RowChange:
    """What happened to one statement; `fields` names the differing fields of a changed one."""

    change: Literal["same", "changed", "added", "removed"]
    old: Row | None
    new: Row | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All that differs between two documents; `is_empty` when a reader would see no difference.

    `is_whole` says that the two texts could not be lined up, so that all of both is told as removed and
    added; `is_retyped` that the text is typed otherwise in places where readers get the same; `reordered`
    names what stands in another order: "aliases", "codes", "statements". The words counted are those that
    readers read.
    """

    title: tuple[Piece, ...]
    kind: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    aliases_added: tuple[str, ...]
    aliases_removed: tuple[str, ...]
    codes_added: tuple[Code, ...]
    codes_removed: tuple[Code, ...]
    blocks: tuple[BlockChange, ...]
    rows: tuple[RowChange, ...]
    retirement: tuple[Retirement | None, Retirement | None]
    words_added: int
    words_removed: int
    is_empty: bool
    is_whole: bool = False
    is_retyped: bool = False
    reordered: tuple[str, ...] = ()

    @property
    def moved(self) -> int:
        """Return how many passages stand at another place, reworded or not."""
        return sum(one.change in ("moved", "reworded") for one in self.blocks)

    @property
    def statement_changes(self) -> list[str]:
        """Return what happened to the statements, in words such as "1 added" or "in another order"."""
        counts = Counter(row.change for row in self.rows)
        told = [f"{counts[change]} {change}" for change in ("added", "changed", "removed") if counts[change]]
        return [*told, *["in another order"] * ("statements" in self.reordered)]

    @property
    def changed_names(self) -> list[str]:
        """Return which lists of names changed, by members or order: "other names", "codes"."""
        names = self.aliases_added or self.aliases_removed or "aliases" in self.reordered
        codes = self.codes_added or self.codes_removed or "codes" in self.reordered
        return ["other names"] * bool(names) + ["codes"] * bool(codes)


# How many differences are kept, and how long their texts may be together: some 20 MB for each process.
MOST_PAIRS: Final = 200
MOST_KEPT: Final = 200_000
_kept: OrderedDict[tuple[Document | None, Document], Comparison] = OrderedDict()
_lock = Lock()


def compare(old: Document | None, new: Document) -> Comparison:
    """Return all differences; for a page's first revision everything is added.

    What was compared last is kept, under all that the two documents hold: one from which a passage is
    withheld is another document. It lives as long as the process, so no other version of this code reads it.
    """
    asked = (old, new)
    with _lock:
        if asked in _kept:
            _kept.move_to_end(asked)
            return _kept[asked]
    found = _compared(old, new)
    with _lock:
        _kept[asked] = found
        while len(_kept) > MOST_PAIRS or sum(map(_length, _kept)) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _length(pair: tuple[Document | None, Document]) -> int:
    return sum(len(one.body) for one in pair if one)


def _compared(old: Document | None, new: Document) -> Comparison:
    before = old or Document(title="", kind="")
    title, kind = words(before.title, new.title), whole(before.kind, new.kind)
    summary = words(before.summary, new.summary)
    changed, is_lined_up = defended(blocks(before.body, new.body), before.body, new.body)
    shown = [one for one in changed if one.is_shown]
    pieces = [*title, *summary, *_of_reasons(before, new)]
    pieces += [piece for one in shown for piece in one.words_read]
    return Comparison(
        title=tuple(title),
        kind=tuple(kind),
        summary=tuple(summary),
        aliases_added=_without(new.aliases, before.aliases),
        aliases_removed=_without(before.aliases, new.aliases),
        codes_added=_without(new.codes, before.codes),
        codes_removed=_without(before.codes, new.codes),
        blocks=tuple(changed),
        rows=tuple(rows(before.statements, new.statements)),
        retirement=(before.retirement, new.retirement),
        words_added=count_of(pieces, "added"),
        words_removed=count_of(pieces, "removed"),
        is_empty=old is not None and not shown and replace(old, body=new.body) == new,
        is_whole=not is_lined_up,
        is_retyped=_is_retyped(before.body, new.body, shown),
        reordered=tuple(_reordered(before, new)),
    )


def _is_retyped(old: str, new: str, shown: Sequence[BlockChange]) -> bool:
    """Return whether two texts differ that readers read alike."""
    return old.split() != new.split() and not shown


def _reordered(old: Document, new: Document) -> Iterable[str]:
    """Yield the parts of a document whose order alone changed."""
    lists = {
        "aliases": (old.aliases, new.aliases),
        "codes": (old.codes, new.codes),
        "statements": tuple([row.key for row in one.statements] for one in (old, new)),
    }
    for name, (was, now) in lists.items():
        if _without(was, _without(was, now)) != _without(now, _without(now, was)):
            yield name


def rows(old: Iterable[Row], new: Iterable[Row]) -> list[RowChange]:
    """Return what happened to each statement, in the order of `new`, then the removed ones.

    Of two that say of the same page the same relation, the first is told with the first of the other side.
    """
    before: dict[RowKey, list[Row]] = defaultdict(list)
    for row in old:
        before[row.key].append(row)
    changes = [_row_change(before[row.key].pop(0) if before[row.key] else None, row) for row in new]
    return changes + [RowChange("removed", row, None) for left in before.values() for row in left]


def _row_change(old: Row | None, new: Row) -> RowChange:
    if old is None:
        return RowChange("added", None, new)
    differing = tuple(f.name for f in fields(Row) if getattr(old, f.name) != getattr(new, f.name))
    return RowChange("changed" if differing else "same", old, new, differing)


def _of_reasons(old: Document, new: Document) -> list[Piece]:
    """Return the difference of the reasons for which the page is retired."""
    return words(*(one.retirement.reason if one.retirement else "" for one in (old, new)))


def _without[Item: Hashable](items: Sequence[Item], others: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items of one list that another lacks; one that it holds less often is left so often."""
    left = Counter(others)
    found = []
    for item in items:
        if left[item]:
            left[item] -= 1
        else:
            found.append(item)
    return tuple(found)
