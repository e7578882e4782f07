"""How the difference between two documents is told: words in prose, rows in statements.

Usage: `{% comparison_of old new as changes %}{% include "parts/comparison.html" %}`; `old` may be None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import template
from django.utils import timezone

from wiki.models import Decision, Ending, Family, Origin, Publication, Reading, Revision
from wiki.text.combined import Statement
from wiki.text.diff import Block, Comparison, RowChange, compare
from wiki.text.document import Document, Retirement, Row
from wiki.vocabulary import RELATIONS, Basis, Grade, Kind, Stance

register = template.Library()

STARTER = " Starter content, not yet reviewed by a clinician."
MARKS = {"added": "Added", "removed": "Removed", "changed": "Changed"}


@dataclass(frozen=True)
class ToldRow:
    """One statement that differs, in words."""

    change: str
    mark: str
    relation: str
    title: str
    slug: str
    cells: tuple[tuple[str, str, str], ...]  # (field, old words, new words)
    sources_removed: tuple[str, ...]
    sources_added: tuple[str, ...]
    sources_kept: tuple[str, ...]


class Changes:
    """A comparison with what its template needs beside it."""

    def __init__(self, old: Document | None, new: Document) -> None:
        """Compare the two documents."""
        self.old, self.new = old, new
        self.comparison: Comparison = compare(old, new)

    @cached_property
    def blocks(self) -> list[Block]:
        """Return the paragraphs that differ."""
        return [block for block in self.comparison.blocks if block.change != "same"]

    @cached_property
    def unchanged(self) -> int:
        """Return how many paragraphs are as they were."""
        return len(self.comparison.blocks) - len(self.blocks)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many statements were added, changed, removed and left as they were."""
        found = dict.fromkeys(("added", "changed", "removed", "same"), 0)
        for row in self.comparison.rows:
            found[row.change] += 1
        return found

    @cached_property
    def rows(self) -> list[ToldRow]:
        """Return the statements that differ, in words. One query names all their pages."""
        return _rows_told([row for row in self.comparison.rows if row.change != "same"])

    @cached_property
    def retirement(self) -> tuple[str, str] | None:
        """Return how the page was retired and how it would be, in words; None when that stays as it is."""
        before, after = self.comparison.retirement
        if before == after:
            return None
        names = _names({one.replaced_by for one in (before, after) if one and one.replaced_by is not None})
        return _retired(before, names), _retired(after, names)

    @property
    def kind(self) -> tuple[str, str]:
        """Return the kind before and after, in words."""
        return _kind(self.old.kind if self.old else ""), _kind(self.new.kind)

    @property
    def is_renamed(self) -> bool:
        """Return whether the title differs from the one before."""
        return self.old is None or self.old.title != self.new.title

    @property
    def is_of_another_kind(self) -> bool:
        """Return whether the kind differs from the one before."""
        return self.old is None or self.old.kind != self.new.kind

    @property
    def has_new_summary(self) -> bool:
        """Return whether the plain summary differs from the one before."""
        return self.old is None or self.old.summary != self.new.summary


@register.simple_tag
def comparison_of(old: Document | None, new: Document) -> Changes:
    """Return what differs between two documents; all of `new` when `old` is None."""
    return Changes(old, new)


@register.simple_tag
def told_changes(statements: Sequence[Statement]) -> list[tuple[str, ToldRow]]:
    """Return who changed each statement of a merge, with the change in words."""
    rows = _rows_told([one.change for one in statements])
    return [(one.by, row) for one, row in zip(statements, rows, strict=True)]


@dataclass(frozen=True)
class Fate:
    """What became of a published version, in words."""

    sentence: str
    standing: str
    reason: str = ""
    now: bool = False  # whether something else is in force that one should read instead


@register.simple_tag
def became_of(revision: Revision, publications: list[Publication]) -> Fate:
    """Return what became of a version; `publications` are all of its page, newest first."""
    own = [one for one in publications if one.revision_id == revision.pk]
    loaded = STARTER if revision.origin == Origin.STARTER else ""
    now = any(one.until is None for one in publications)
    if not own:
        return Fate("never published. Only those who work on it see this.", "unreviewed", now=now)
    if own[0].until is None:
        return Fate(f"in force now.{loaded}", "unreviewed" if loaded else "current")
    until = timezone.localtime(own[0].until)
    day = f"{until.day} {until:%B %Y}"
    if own[0].ending == Ending.UNAPPROVED:
        verdicts = revision.verdicts.all()
        reason = next((one.reason for one in verdicts if one.decision == Decision.UNAPPROVE), "")
        said = f"its approval was taken back on {day}. Do not rely on it.{loaded}"
        return Fate(said, "overdue", reason, now=now)
    return Fate(f"superseded on {day}.{loaded}", "overdue", now=now)


@register.filter
def writers(revision: Revision, family: Family) -> list[Revision]:
    """Return one revision for each author whose words a published version brought to readers."""
    return family.writers_of(revision)


@dataclass(frozen=True)
class Told:
    """One statement of a version, with the name of the page at its other end."""

    relation: str
    title: str
    slug: str
    row: Row


@register.simple_tag
def told_statements(document: Document) -> list[Told]:
    """Return a version's statements with the present names of the pages they tie it to."""
    names = _names({row.object for row in document.statements})
    return [
        Told(RELATIONS[row.relation].label, *names.get(row.object, ("a page that is gone", "")), row)
        for row in document.statements
    ]


def _rows_told(rows: Sequence[RowChange]) -> list[ToldRow]:
    """Return statements that differ, in words. One query names all their pages."""
    names = _names({_either(row).object for row in rows})
    return [_told(row, *names.get(_either(row).object, ("a page that is gone", ""))) for row in rows]


def _either(row: RowChange) -> Row:
    found = row.new or row.old
    assert found is not None  # noqa: S101  # a change is of something
    return found


def _names(page_ids: set[int]) -> dict[int, tuple[str, str]]:
    newest = Revision.objects.titles_of(page_ids)
    live = {
        pk: (title, slug)
        for pk, title, slug in Reading.objects.filter(page__in=page_ids).values_list(
            "page_id", "title", "slug"
        )
    }
    return {pk: (title, "") for pk, title in newest.items()} | live


def _retired(told: Retirement | None, names: dict[int, tuple[str, str]]) -> str:
    if told is None:
        return ""
    into, _ = names.get(told.replaced_by or 0, ("", ""))
    return f"{told.reason} Readers are led to {into}." if into else f"{told.reason} No page replaces it."


@register.simple_tag
def told_retirement(document: Document) -> str:
    """Return how a version retires its page, in words; "" for one that does not."""
    told = document.retirement
    return _retired(told, _names({told.replaced_by} if told and told.replaced_by is not None else set()))


def _kind(kind: str) -> str:
    return Kind(kind).label if kind in Kind.values else kind


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _words(row: Row | None, field: str) -> str:
    if row is None:
        return ""
    if field == "note":
        return row.note
    return _label({"stance": Stance, "grade": Grade, "basis": Basis}[field], getattr(row, field))


def _told(row: RowChange, title: str, slug: str) -> ToldRow:
    either = _either(row)
    relation = RELATIONS.get(either.relation)
    before = row.old.sources if row.old else ()
    after = row.new.sources if row.new else ()
    return ToldRow(
        change=row.change,
        mark=MARKS[row.change],
        relation=relation.label if relation else either.relation,
        title=title,
        slug=slug,
        cells=tuple(
            (field, _words(row.old, field), _words(row.new, field))
            for field in ("stance", "grade", "basis", "note")
        ),
        sources_removed=tuple(key for key in before if key not in after),
        sources_added=tuple(key for key in after if key not in before),
        sources_kept=tuple(key for key in after if key in before),
    )
