"""The difference of two documents: prose by word, bodies by paragraph, statements by row."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final, Literal

from wiki.text.compare.align import LEAST_ALIKE, hunks, likeness
from wiki.text.document import Code, Document, Retirement, Row
from wiki.text.markdown.paragraphs import Paragraph, paragraphs_of
from wiki.text.words import tokens_of_text, word_count

type Op = Literal["same", "added", "removed"]
type Change = Literal["same", "changed", "added", "removed", "moved", "reworded", "left"]

# A paragraph that came elsewhere is told as moved and changed when it is at least so much like one that went,
# and has so many words: two short lines are soon alike.
MOVED_ALIKE: Final = 0.6
LEAST_MOVED: Final = 5
# How many old paragraphs a new one is compared with, to find the one that it was made of.
LOOK_AHEAD: Final = 20
# How many such comparisons one changed stretch is worth; a longer one looks less far ahead.
MOST_COMPARED: Final = 10_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both versions have, or only one."""

    op: Op
    text: str


@dataclass(frozen=True)
class BlockChange:
    """One paragraph of a body: what became of it, and where it stands.

    "moved" stands elsewhere word for word, "reworded" elsewhere and changed; where a reworded one stood
    before is a block of its own, "left", that holds no words. `other` names the section at the other end.
    """

    change: Change
    section: str
    number: int
    pieces: tuple[Piece, ...]
    other: str | None = None

    @property
    def text(self) -> str:
        """Return the paragraph as the new version has it; of one that was removed, as the old one had it."""
        return self._without("added" if self.change == "removed" else "removed")

    @property
    def old_text(self) -> str:
        """Return the paragraph as the old version had it."""
        return self._without("added")

    def _without(self, op: Op) -> str:
        return "".join(piece.text for piece in self.pieces if piece.op != op)


@dataclass(frozen=True)
class RowChange:
    """What became of one statement; `fields` names what differs when it changed."""

    change: Literal["same", "changed", "added", "removed"]
    old: Row | None
    new: Row | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All that differs between two documents; `is_empty` when a reader would see no difference."""

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


def compare(old: Document | None, new: Document) -> Comparison:
    """Return all that differs; of a page's first revision, everything is added."""
    before = old or Document(title="", kind="")
    title, kind = words(before.title, new.title), whole(before.kind, new.kind)
    summary = words(before.summary, new.summary)
    changed = _reunited(blocks(before.body, new.body))
    pieces = [*title, *summary, *_of_reasons(before, new)]
    pieces += [piece for block in changed for piece in block.pieces]
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
        words_added=_count(pieces, "added"),
        words_removed=_count(pieces, "removed"),
        is_empty=old is not None and _as_seen(old) == _as_seen(new),
    )


def words(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts, word by word.

    The same and removed pieces joined are `old` exactly, the same and added ones `new`.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for hunk in hunks(before, after):
        gone = "".join(before[hunk.old_start : hunk.old_end])
        come = "".join(after[hunk.new_start : hunk.new_end])
        pieces += [Piece("same", gone)] if hunk.same else _reworded(gone, come)
    return list(_joined(pieces))


def whole(old: str, new: str) -> list[Piece]:
    """Return the pieces of two values that are only ever shown whole, such as kinds."""
    if old == new:
        return [Piece("same", old)] if old else []
    return _replaced(old, new)


def blocks(old: str, new: str) -> list[BlockChange]:
    """Return what became of each paragraph, in the order of `new`, the removed where they stood.

    A paragraph that only stands elsewhere is told once, at its new place. Blank lines do not count.
    """
    before, after = placed(old), placed(new)
    moved = _moved(before, after)
    found: list[BlockChange] = []
    for hunk in hunks([p.text for p in before], [p.text for p in after]):
        gone = before[hunk.old_start : hunk.old_end]
        come = after[hunk.new_start : hunk.new_end]
        found += [p.block("same", "same") for p in come] if hunk.same else _hunk_blocks(gone, come, moved)
    return found


def rows(old: Iterable[Row], new: Iterable[Row]) -> list[RowChange]:
    """Return what became of each statement, in the order of `new`, then the removed."""
    before = {row.key: row for row in old}
    after = {row.key: row for row in new}
    changes = [_row_change(before.get(key), row) for key, row in after.items()]
    return changes + [RowChange("removed", row, None) for key, row in before.items() if key not in after]


@dataclass(frozen=True)
class Placed:
    """A paragraph and where it stands."""

    text: str
    section: str
    number: int

    def block(self, change: Change, op: Op) -> BlockChange:
        """Return the whole paragraph as one block."""
        return BlockChange(change, self.section, self.number, (Piece(op, self.text),))


def placed(body: str) -> list[Placed]:
    """Return the paragraphs of a body under their headings; a heading is number 0 of its own section."""
    section, number, found = "", 0, []
    for paragraph in paragraphs_of(body):
        title = paragraph.title
        section, number = (section, number + 1) if title is None else (title, 0)
        if text := _as_read(paragraph):
            found.append(Placed(text, section, number))
    return found


def _moved(before: list[Placed], after: list[Placed]) -> Counter[str]:
    """Return how many of each text left one place and came to another."""
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for hunk in hunks([p.text for p in before], [p.text for p in after]):
        if not hunk.same:
            gone.update(p.text for p in before[hunk.old_start : hunk.old_end])
            come.update(p.text for p in after[hunk.new_start : hunk.new_end])
    return gone & come


def _hunk_blocks(gone: list[Placed], come: list[Placed], moved: Counter[str]) -> Iterator[BlockChange]:
    """Yield what became of the paragraphs of one changed stretch."""
    left = [p for p in gone if not moved[p.text]]
    far = max(1, min(LOOK_AHEAD, MOST_COMPARED // max(len(come), 1)))
    start = 0
    for paragraph in come:
        if moved[paragraph.text]:
            yield paragraph.block("moved", "same")
            continue
        ahead = _ancestor(paragraph, left[start : start + far])
        if ahead is None:
            yield paragraph.block("added", "added")
            continue
        yield from (p.block("removed", "removed") for p in left[start : start + ahead])
        pieces = tuple(words(left[start + ahead].text, paragraph.text))
        yield BlockChange("changed", paragraph.section, paragraph.number, pieces)
        start += ahead + 1
    yield from (p.block("removed", "removed") for p in left[start:])


def _ancestor(paragraph: Placed, candidates: list[Placed]) -> int | None:
    """Return which candidate the paragraph was most likely made of; None when it is like none of them."""
    tokens = _words_and_signs(paragraph.text)
    scores = [likeness(_words_and_signs(candidate.text), tokens) for candidate in candidates]
    best = max(scores, default=0)
    return scores.index(best) if best >= LEAST_ALIKE else None


def _reunited(found: list[BlockChange]) -> list[BlockChange]:
    """Return the blocks with each pair of a removed and an added one that are clearly alike told as one."""
    gone = [place for place, block in enumerate(found) if _may_have_moved(block, "removed")]
    come = [place for place, block in enumerate(found) if _may_have_moved(block, "added")]
    if len(gone) * len(come) > MOST_COMPARED:
        return found
    tokens = {place: _words_and_signs(found[place].text) for place in (*gone, *come)}
    pairs = [(likeness(tokens[old], tokens[new]), old, new) for old in gone for new in come]
    taken: set[int] = set()
    for score, old, new in sorted(pairs, key=lambda pair: -pair[0]):
        if score >= MOVED_ALIKE and taken.isdisjoint((old, new)):
            taken |= {old, new}
            was, now = found[old], found[new]
            pieces = tuple(words(was.text, now.text))
            found[old] = BlockChange("left", was.section, was.number, (), now.section)
            found[new] = BlockChange("reworded", now.section, now.number, pieces, was.section)
    return found


def _may_have_moved(block: BlockChange, change: Change) -> bool:
    return block.change == change and block.number > 0 and word_count(block.text) >= LEAST_MOVED


def _row_change(old: Row | None, new: Row) -> RowChange:
    if old is None:
        return RowChange("added", None, new)
    differing = tuple(f.name for f in fields(Row) if getattr(old, f.name) != getattr(new, f.name))
    return RowChange("changed" if differing else "same", old, new, differing)


def _reworded(old: str, new: str) -> Iterable[Piece]:
    """Return the pieces of two texts that differ."""
    before, after = tokens_of_text(old), tokens_of_text(new)
    if likeness(_words_and_signs(old), _words_and_signs(new)) < LEAST_ALIKE:
        return _replaced(old, new)
    runs = hunks(before, after)
    last = len(runs) - 1
    pieces: list[Piece] = []
    for place, hunk in enumerate(runs):
        gone, come = before[hunk.old_start : hunk.old_end], after[hunk.new_start : hunk.new_end]
        kept = hunk.same and (place in (0, last) or not _is_island(gone))
        pieces += [Piece("same", "".join(gone))] if kept else _replaced("".join(gone), "".join(come))
    return pieces


def _is_island(tokens: Sequence[str]) -> bool:
    """Return whether so little is the same between two changes that it only breaks up the reading."""
    return sum(1 for token in tokens if not token.isspace()) <= 1


def _replaced(old: str, new: str) -> list[Piece]:
    return [Piece("removed", old)] * bool(old) + [Piece("added", new)] * bool(new)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with each stretch of changes as one removal and one addition."""
    gone = come = same = ""
    for piece in pieces:
        if piece.op == "same" and (gone or come):
            yield from _replaced(gone, come)
            gone = come = ""
        elif piece.op != "same" and same:
            yield Piece("same", same)
            same = ""
        same += piece.text if piece.op == "same" else ""
        gone += piece.text if piece.op == "removed" else ""
        come += piece.text if piece.op == "added" else ""
    yield from [Piece("same", same)] if same else _replaced(gone, come)


def _words_and_signs(text: str) -> list[str]:
    return [token for token in tokens_of_text(text) if not token.isspace()]


def _of_reasons(old: Document, new: Document) -> list[Piece]:
    """Return the pieces of what readers are told of why the page is retired."""
    return words(*(one.retirement.reason if one.retirement else "" for one in (old, new)))


def _without[Item: Hashable](items: Sequence[Item], others: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(item for item in items if item not in others)


def _count(pieces: Iterable[Piece], op: Op) -> int:
    return sum(word_count(piece.text) for piece in pieces if piece.op == op)


def _as_read(paragraph: Paragraph) -> str:
    return paragraph.text.strip("\r\n")


def _as_seen(document: Document) -> tuple[object, ...]:
    """Return the document with its body as the paragraphs that a reader sees."""
    values = [getattr(document, field.name) for field in fields(Document) if field.name != "body"]
    return (*values, [text for p in paragraphs_of(document.body) if (text := _as_read(p))])
