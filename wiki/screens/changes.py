"""The difference between two documents as the screens show it: paragraphs, statements, a retirement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten
from typing import Final, NamedTuple

from wiki.acts.reviewing.remarks import Discussion, Thread, on_paragraph, on_statement
from wiki.domain.kinds import label_of
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import (
    DETAIL_FIELDS,
    STATEMENT_FIELDS,
    TEXT_FIELDS,
    ReviewDisplay,
    StatementField,
)
from wiki.models import ANYBODY, Image, PublishedPage, Revision, Visitor
from wiki.screens.changed_pictures import ChangedPicture, images_in, picture_changed, pictures_together
from wiki.screens.cited_sources import ChangedSources, CitedSource, cited_sources
from wiki.text.compare.conflict_view import MergedStatement
from wiki.text.compare.diff import BlockChange, Comparison, Piece, RowChange, compare, words
from wiki.text.compare.inline_diff import Step
from wiki.text.compare.word_diff import whole
from wiki.text.document import Document, Retirement, Row
from wiki.text.markdown.html import outline

# Longer texts are compared by their exact words, because the reader's view costs time for each paragraph.
MOST_RENDERED: Final = 60_000
MARKS: Final = {"same": "As before", "added": "Added", "removed": "Removed", "changed": "Changed"}
BEFORE_THE_FIRST_HEADING: Final = "Before the first heading"
_LEADS: Final = {one.name: one.lead for one in DETAIL_FIELDS}
_TEXTS: Final = frozenset(one.name for one in TEXT_FIELDS)
# In place of the title of a page that the reader may not see.
UNKNOWN_PAGE: Final = ("a page that readers cannot see", "")


class FieldChange(NamedTuple):
    """One field of a statement in words, before and after."""

    field: str
    old: str
    new: str

    @property
    def lead(self) -> str:
        """Return what stands before a detail, "" for any other field."""
        return _LEADS.get(self.field, "")

    @property
    def pieces(self) -> list[Piece]:
        """Return the added, removed and unchanged parts: word by word for texts, as a whole for choices."""
        return (words if self.field in _TEXTS else whole)(self.old, self.new)


@dataclass(frozen=True)
class ChangedStatement:
    """One changed statement in words; `key` identifies it in the discussion."""

    change: str
    key: str
    mark: str
    relation: str
    title: str
    slug: str
    cells: tuple[FieldChange, ...]
    sources: ChangedSources


@dataclass(frozen=True)
class VersionStatement:
    """One statement of a version, with the present title of its other page."""

    relation: str
    title: str
    slug: str
    row: Row


@dataclass(frozen=True)
class ParagraphChange:
    """One paragraph of the screen: `steps` as readers see it, or None if its exact text is shown."""

    block: BlockChange
    key: str
    threads: Sequence[Thread]
    steps: Sequence[Step] | None
    picture: ChangedPicture | None = None

    @property
    def place(self) -> str:
        """Return under which heading it stands, and as which paragraph of that section."""
        section = self.block.section or BEFORE_THE_FIRST_HEADING
        kind = self.block.block.kind
        return f"{section}, {kind} {self.block.number}" if self.block.number else f"{section}, heading"

    @property
    def is_as_before(self) -> bool:
        """Return whether its text and place are unchanged."""
        return self.block.change == "same"

    @property
    def moved(self) -> str:
        """Return where it moved from or to, in words; "" if it did not move."""
        block = self.block
        top = "the sections of the page" if block.block.is_heading else f"“{BEFORE_THE_FIRST_HEADING}”"
        was, now = (f"“{' › '.join(one)}”" if one else top for one in block.paths)
        if block.change in ("moved", "reworded"):
            came = f"moved here from {was} to {now}" if was != now else f"moved within {now}"
            return f"{came}, words unchanged" if block.change == "moved" else f"{came}, and changed"
        if block.change == "left":
            return f"moved from here to {now}" if was != now else f"moved from here within {now}"
        if block.old and block.new and was != now and block.is_shown and not block.block.is_heading:
            return f"stood under {was}, stands under {now}"
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Return differences that no word shows, and the blocks that came under a heading or left it."""
        if not self.block.under:
            return self.block.notes
        named = ", ".join(f"“{shorten(one, 60, placeholder=' …') or '…'}”" for one in self.block.under)
        lead = "Other headings stand now above" if self.block.block.is_heading else "Unchanged beneath it"
        return (*self.block.notes, f"{lead}: {named}")


@dataclass(frozen=True)
class Run:
    """A changed paragraph, or several unchanged ones in a row without remarks."""

    is_quiet: bool
    blocks: list[ParagraphChange]

    @property
    def paragraphs(self) -> int:
        """Return the number of its paragraphs, without headings."""
        return sum(one.block.number > 0 for one in self.blocks)

    @property
    def sections(self) -> list[str]:
        """Return the headings above them."""
        return list(dict.fromkeys(one.block.section for one in self.blocks if one.block.section))


class Changes:
    """A comparison with what its template needs beside it. What names pages is one query, asked once."""

    def __init__(
        self,
        old: Document | None,
        new: Document,
        *,
        talk: Discussion | None = None,
        at: str = "",
        exact: bool = False,
        reader: Visitor = ANYBODY,
        is_linked: bool = True,
    ) -> None:
        """Compare the two documents; `talk` is said of them, most of all at the passage called `at`.

        Other pages are named as far as `reader` may know of them. Unless it `is_linked` nothing leads to the
        page of a source or of a picture.
        """
        self.old, self.new, self.reader, self.is_linked = old, new, reader, is_linked
        self.comparison: Comparison = compare(old, new)
        self.talk, self.at = talk, at
        self.exact = exact or sum(len(block.text) for block in self.comparison.blocks) > MOST_RENDERED

    @cached_property
    def runs(self) -> list[Run]:
        """Return the paragraphs in order, with unchanged ones without remarks grouped."""
        runs: list[Run] = []
        known: set[str] = set()
        for block in pictures_together(self.comparison.blocks):
            one = self._paragraph(block, known)
            is_quiet = block.change == "same" and not one.threads and not (one.key and one.key == self.at)
            if runs and is_quiet and runs[-1].is_quiet:
                runs[-1].blocks.append(one)
            else:
                runs.append(Run(is_quiet, [one]))
        return runs

    def _paragraph(self, block: BlockChange, known: set[str]) -> ParagraphChange:
        """Return a paragraph for the screen; only the first of two equal ones can be remarked on."""
        key = on_paragraph(block.text).key if self.talk and block.text else ""
        key = "" if key in known else key
        known.add(key)
        picture = picture_changed(block, self._images) if self._images else None
        is_seen = self.exact or block.is_pointer or (picture is not None and picture.is_alone)
        steps = None if is_seen else block.steps
        if steps and block.change in ("changed", "reworded") and not block.notes and not _is_marked(steps):
            steps = None
        return ParagraphChange(block, key, self._threads(key), steps or None, picture)

    @cached_property
    def _images(self) -> dict[str, Image]:
        return images_in(one.body for one in (self.old, self.new) if one)

    @cached_property
    def pictures(self) -> list[ChangedPicture]:
        """Return the pictures that change for readers."""
        shown = (block.picture for run in self.runs for block in run.blocks)
        return [one for one in shown if one and not one.is_same]

    @cached_property
    def sources(self) -> dict[str, CitedSource]:
        """Return every source that either version cites, by its key. Two queries."""
        documents = [one for one in (self.old, self.new) if one]
        rows = (key for one in documents for row in one.statements for key in row.sources)
        texts = (key for one in documents for key in outline(one.body).citations)
        return cited_sources(list(dict.fromkeys((*rows, *texts))), is_linked=self.is_linked)

    def _threads(self, key: str) -> Sequence[Thread]:
        return self.talk.by_key.get(key, ()) if self.talk else ()

    @property
    def exact_differs(self) -> bool:
        """Return whether readers see any paragraph otherwise than as it was typed."""
        return any(one.steps for run in self.runs for one in run.blocks)

    @cached_property
    def blocks(self) -> list[BlockChange]:
        """Return the changed paragraphs."""
        return [block for block in self.comparison.blocks if block.change != "same"]

    @cached_property
    def unchanged(self) -> int:
        """Return the number of unchanged paragraphs."""
        return len(self.comparison.blocks) - len(self.blocks)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return the numbers of added, changed, removed and unchanged statements."""
        found = dict.fromkeys(("added", "changed", "removed", "same"), 0)
        for row in self.comparison.rows:
            found[row.change] += 1
        return found

    @cached_property
    def rows(self) -> list[ChangedStatement]:
        """Return the statements that changed or have remarks, in words. One query for all their pages."""
        told = [row for row in self.comparison.rows if row.change != "same" or self._is_talked_of(row)]
        return changed_statements(told, self.sources, reader=self.reader) if told else []

    def _is_talked_of(self, row: RowChange) -> bool:
        one = _either(row)
        return bool(self._threads(on_statement(*one.key).key))

    @cached_property
    def retirement(self) -> tuple[str, str] | None:
        """Return the retirement before and after, in words; None if it is unchanged."""
        before, after = self.comparison.retirement
        if before == after:
            return None
        into = {one.replaced_by for one in (before, after) if one and one.replaced_by is not None}
        names = _names(into, self.reader)
        return _retired(before, names), _retired(after, names)

    @property
    def order_of_statements(self) -> tuple[str, str]:
        """Return the statements before and after, by relation and page. One query."""
        sides = (self.old.statements if self.old else (), self.new.statements)
        names = _names({row.object for rows in sides for row in rows}, self.reader)
        before, after = (
            " · ".join(
                f"{RELATIONS[row.relation].label} {names.get(row.object, UNKNOWN_PAGE)[0]}" for row in rows
            )
            for rows in sides
        )
        return before, after

    @property
    def kind(self) -> tuple[str, str]:
        """Return the kind before and after, in words."""
        return label_of(self.old.kind if self.old else ""), label_of(self.new.kind)

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


def _is_marked(steps: Sequence[Step]) -> bool:
    return any(one.op in ("added", "removed") for one in steps)


def statements_of(document: Document, *, reader: Visitor) -> list[VersionStatement]:
    """Return a version's statements with the present names of the pages they tie it to."""
    names = _names({row.object for row in document.statements}, reader)
    return [
        VersionStatement(RELATIONS[row.relation].label, *names.get(row.object, UNKNOWN_PAGE), row)
        for row in document.statements
    ]


def retirement_of(document: Document, *, reader: Visitor) -> str:
    """Return how a version retires its page, in words; "" if it does not."""
    told = document.retirement
    into = {told.replaced_by} if told and told.replaced_by is not None else set()
    return _retired(told, _names(into, reader))


def merged_statements(
    statements: Iterable[MergedStatement], *, reader: Visitor
) -> list[tuple[str, ChangedStatement]]:
    """Return each changed statement of a merge with the side that changed it, in words."""
    statements = list(statements)
    changes = [one.change for one in statements]
    keys = (key for one in changes for row in (one.old, one.new) if row for key in row.sources)
    rows = changed_statements(changes, cited_sources(list(dict.fromkeys(keys))), reader=reader)
    return [(one.by, row) for one, row in zip(statements, rows, strict=True)]


def changed_statements(
    rows: Sequence[RowChange], sources: Mapping[str, CitedSource], *, reader: Visitor
) -> list[ChangedStatement]:
    """Return changed statements, in words."""
    names = _names({_either(row).object for row in rows}, reader)
    return [_statement(row, *names.get(_either(row).object, UNKNOWN_PAGE), sources) for row in rows]


def _either(row: RowChange) -> Row:
    found = row.new or row.old
    assert found is not None  # noqa: S101  # a change is of something
    return found


def _names(page_ids: set[int], reader: Visitor) -> dict[int, tuple[str, str]]:
    """Return title and address of each published page; for others the newest title that `reader` may see."""
    newest = Revision.objects.visible_to(reader).titles_of(page_ids)
    live = {
        pk: (title, slug)
        for pk, title, slug in PublishedPage.objects.filter(page__in=page_ids).values_list(
            "page_id", "title", "slug"
        )
    }
    return {pk: (title, "") for pk, title in newest.items()} | live


def _retired(told: Retirement | None, names: dict[int, tuple[str, str]]) -> str:
    if told is None:
        return ""
    if told.replaced_by is None:
        return f"{told.reason} No page replaces it."
    into, _ = names.get(told.replaced_by, UNKNOWN_PAGE)
    return f"{told.reason} Readers are led to {into}."


def _words(row: Row | None, field: StatementField) -> str:
    return field.in_words(getattr(row, field.name)) if row else ""


def _statement(row: RowChange, title: str, slug: str, known: Mapping[str, CitedSource]) -> ChangedStatement:
    either = _either(row)
    relation = RELATIONS.get(either.relation)
    sides = (one.sources if one else () for one in (row.old, row.new))
    cells = (
        FieldChange(field.name, _words(row.old, field), _words(row.new, field))
        for field in STATEMENT_FIELDS
        if field.review is ReviewDisplay.WORDS
    )
    return ChangedStatement(
        change=row.change,
        key=on_statement(*either.key).text,
        mark=MARKS[row.change],
        relation=relation.label if relation else either.relation,
        title=title,
        slug=slug,
        cells=tuple(one for one in cells if one.old or one.new),
        sources=ChangedSources(*(tuple(known[key] for key in keys) for keys in sides)),
    )
