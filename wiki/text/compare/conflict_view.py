"""A merge as people are shown it: each side's changes in words, and the merged page."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from wiki.domain.document_fields import MERGED_WHOLE
from wiki.text.compare.diff import (
    BlockChange,
    Change,
    Comparison,
    Piece,
    RowChange,
    blocks,
    compare,
    rows,
    words,
)
from wiki.text.compare.diff3 import By, Settled
from wiki.text.compare.merge import Clash, Merge
from wiki.text.document import Document, Row
from wiki.text.markdown.stretches import Stretch, joined
from wiki.text.slugs import name_key

COUNTED: Final[tuple[Change, ...]] = ("changed", "added", "removed", "moved", "under another heading")
_REORDERED: Final = {"aliases": "names", "codes": "codes", "statements": "statements"}


@dataclass(frozen=True)
class Untouched:
    """Paragraphs that neither side changed."""

    paragraphs: tuple[str, ...]
    what: Literal["untouched"] = "untouched"


@dataclass(frozen=True)
class MergedParagraph:
    """One changed paragraph without a conflict."""

    by: By
    block: BlockChange
    what: Literal["passage"] = "passage"


@dataclass(frozen=True)
class MergedField:
    """A changed title, kind or summary without a conflict."""

    by: By
    field: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Member:
    """A name or code of the merged page, or a removed one; `by` is "" if it is unchanged.

    Of a name that one side added and that is left out, `same_as` is the spelling that stands.
    """

    by: By
    text: str
    is_gone: bool
    same_as: str = ""


@dataclass(frozen=True)
class MergedStatement:
    """A changed statement without a conflict."""

    by: By
    change: RowChange


@dataclass(frozen=True)
class MergeView:
    """A merge in parts, with the conflicts of the text at their places."""

    singles: tuple[MergedField, ...]
    aliases: tuple[Member, ...]
    codes: tuple[Member, ...]
    body: tuple[Untouched | MergedParagraph | Clash, ...]
    statements: tuple[MergedStatement, ...]
    rows_untouched: int


def combined(base: Document, ours: Document, theirs: Document, merge: Merge) -> MergeView:
    """Return the parts of `merge`, which is the merge of these three documents."""
    changes = tuple(_statements(base.statements, ours.statements, theirs.statements, merge))
    rows_in_all = sum(isinstance(part, Row) for part in merge.statements)
    kept = sum(one.change.change != "removed" for one in changes)
    asked = {one for clash in merge.clashes for side in clash.members for one in side or ()}
    codes = [
        Member(by, code.in_words, is_gone)
        for by, code, is_gone in _members(base.codes, ours.codes, theirs.codes)
        if code not in asked
    ]
    names = [
        _named(by, name, is_gone, merge)
        for by, name, is_gone in _members(base.aliases, ours.aliases, theirs.aliases)
        if name not in asked
    ]
    return MergeView(
        singles=tuple(_singles(base, ours, theirs)),
        aliases=tuple(names) if any(one.by for one in names) else (),
        codes=tuple(codes) if any(one.by for one in codes) else (),
        body=tuple(_untouched_together(_moves_once(list(_body(merge))))),
        statements=changes,
        rows_untouched=rows_in_all - kept,
    )


def in_words(old: Document, new: Document) -> list[str]:
    """Return the changes from `old` to `new`, one short sentence each."""
    found = compare(old, new)
    singles = (label for name, label in MERGED_WHOLE.items() if getattr(old, name) != getattr(new, name))
    told = [f"{label} changed" for label in singles]
    told += _counted("paragraph", Counter(_as_counted(block.change) for block in found.blocks))
    told += _counted("statement", Counter(row.change for row in found.rows))
    names = (("name", found.aliases_added, found.aliases_removed), _codes_of(found))
    for noun, added, removed in names:
        told += [f"{noun} “{one}” added" for one in added] + [f"{noun} “{one}” removed" for one in removed]
    told += [f"{_REORDERED[name]} in another order" for name in found.reordered]
    if old.retirement != new.retirement:
        told.append("page retired" if new.retirement else "page brought back")
    return [one[0].upper() + one[1:] for one in told]


def _as_counted(change: Change) -> Change:
    """Return the word under which a paragraph is counted; one that moved and changed counts as moved."""
    return "moved" if change == "reworded" else change


def _codes_of(found: Comparison) -> tuple[str, list[str], list[str]]:
    added, removed = ([code.in_words for code in codes] for codes in (found.codes_added, found.codes_removed))
    return "code", added, removed


def _counted(noun: str, changes: Mapping[Change, int]) -> list[str]:
    return [
        f"{changes[change]} {noun}{'s' if changes[change] > 1 else ''} {change}"
        for change in COUNTED
        if changes.get(change)
    ]


def _changed_by[Value](base: Value, ours: Value, theirs: Value) -> By:
    """Return who changed a value; conflicts are handled elsewhere."""
    if ours == theirs:
        return "" if ours == base else "both"
    return "theirs" if ours == base else "ours"


def _singles(base: Document, ours: Document, theirs: Document) -> Iterator[MergedField]:
    for name, label in MERGED_WHOLE.items():
        was, our, their = (getattr(one, name) for one in (base, ours, theirs))
        by = _changed_by(was, our, their)
        if by and (their in (was, our) or our == was):
            yield MergedField(by, name, label, tuple(words(was, their if by == "theirs" else our)))


def _members[Item: Hashable](
    base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]
) -> Iterator[tuple[By, Item, bool]]:
    """Yield (who changed it, name or code, whether it is gone) of all three versions, each once."""
    for one in dict.fromkeys([*base, *ours, *theirs]):
        by = _changed_by(one in base, one in ours, one in theirs)
        yield by, one, bool(by) and one in base


def _named(by: By, name: str, is_gone: bool, merge: Merge) -> Member:
    """Return a name of the merge; one that is left out names the spelling, or the title, that stands."""
    title = "" if any(clash.field == "title" for clash in merge.clashes) else merge.document.title
    names = [one for one in merge.aliases if isinstance(one, str)]
    stand = merge.document.aliases if title else names
    if not by or is_gone or name in stand:
        return Member(by, name, is_gone)
    spellings = (one for one in (title, *stand) if name_key(one) == name_key(name))
    return Member(by, name, is_gone=True, same_as=next(spellings, ""))


def _statements(
    base: Sequence[Row], ours: Sequence[Row], theirs: Sequence[Row], merge: Merge
) -> Iterator[MergedStatement]:
    """Yield the changed statements without a conflict."""
    was, our, their = ({row.key: row for row in side} for side in (base, ours, theirs))
    merged = {part.key: part for part in merge.statements if isinstance(part, Row)}
    clashing = {row.key for clash in merge.clashes for row in clash.rows if row}
    for key in dict.fromkeys([*our, *was, *their]):
        versions = before, _, _ = was.get(key), our.get(key), their.get(key)
        by, after = _changed_by(*versions), merged.get(key)
        if after not in versions:
            by = "each"
        if by and key not in clashing:
            told = rows([before] if before else [], [after] if after else [])
            yield MergedStatement(by, told[0])


def _body(merge: Merge) -> Iterator[MergedParagraph | Clash]:
    """Yield the body paragraph by paragraph, each with its heading."""
    section = ""
    for part in merge.body:
        if not isinstance(part, Settled):
            yield part[0]
            section = _last_title(part[1].ours, section)
            continue
        before = joined(part.base if part.by else part.paragraphs)
        for block in blocks(before, joined(part.paragraphs)):
            by: By = part.by if block.change != "same" else ""
            yield MergedParagraph(by, replace(block, place=section))
            section = block.section or section


def _last_title(paragraphs: Sequence[Stretch], before: str) -> str:
    return next((one.title for one in reversed(paragraphs) if one.title is not None), before)


def _moves_once(parts: list[MergedParagraph | Clash]) -> Iterator[MergedParagraph | Clash]:
    """Yield the parts; a paragraph that one side only moved appears once, at its new place."""
    passages = [one for one in parts if isinstance(one, MergedParagraph)]
    gone, come = (_by_text(passages, change) for change in ("removed", "added"))
    # Each removed paragraph is matched with one added paragraph.
    pairs = [pair for told, there in come.items() for pair in zip(gone.get(told, ()), there, strict=False)]
    origin = {id(new): old.block.old for old, new in pairs}
    left = {id(old) for old, _ in pairs}
    for part in parts:
        if isinstance(part, MergedParagraph) and (was := origin.get(id(part))):
            yield replace(part, block=replace(part.block, change="moved", old=was))
        elif id(part) not in left:
            yield part


def _by_text(parts: list[MergedParagraph], change: str) -> dict[tuple[By, str], list[MergedParagraph]]:
    found: dict[tuple[By, str], list[MergedParagraph]] = defaultdict(list)
    for one in parts:
        if one.block.change == change:
            found[_side_and_text(one)].append(one)
    return found


def _side_and_text(part: MergedParagraph) -> tuple[By, str]:
    return part.by, _text(part.block)


def _text(block: BlockChange) -> str:
    return "".join(piece.text for piece in block.pieces)


def _untouched_together(
    parts: Iterator[MergedParagraph | Clash],
) -> Iterator[Untouched | MergedParagraph | Clash]:
    """Yield the parts, with adjacent unchanged ones joined."""
    stretch: list[str] = []
    for part in parts:
        if isinstance(part, MergedParagraph) and not part.by:
            stretch.append(_text(part.block))
            continue
        if stretch:
            yield Untouched(tuple(stretch))
            stretch = []
        yield part
    if stretch:
        yield Untouched(tuple(stretch))
