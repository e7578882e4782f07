"""How the difference between two documents is told: words in prose, rows in statements.

Usage: `{% comparison_of old new as changes %}{% include "parts/comparison.html" %}`; `old` may be None.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wiki.acts.reviewing.remarks import Discussion, Passage, Thread, on_paragraph, on_statement
from wiki.domain.vocabulary import RELATIONS, Basis, Grade, Kind, Stance
from wiki.models import Decision, Ending, Family, Origin, Place, Publication, Reading, Revision, Verdict
from wiki.text.compare.conflict_view import Statement
from wiki.text.compare.diff import Block, Comparison, RowChange, compare
from wiki.text.compare.inline_diff import Step, as_seen
from wiki.text.document import Document, Retirement, Row

register = template.Library()

STARTER = " Starter content, not yet reviewed by a clinician."
# Text longer than this is compared by its exact words: the reader's view is made paragraph by paragraph.
MOST_AS_SEEN = 60_000
# How the parts of a paragraph are written that would be something else here: a heading, a link.
SHOWN_AS = {
    "h2": ("p", "as-heading"),
    "h3": ("p", "as-heading"),
    "h4": ("p", "as-heading"),
    "link": ("span", "as-link"),
    "target": ("span", "as-target"),
    "source": ("span", "as-source"),
}
WRITTEN = {"same": "{}", "added": "<ins>{}</ins>", "removed": "<del>{}</del>"}
MARKS = {"same": "As before", "added": "Added", "removed": "Removed", "changed": "Changed"}


@dataclass(frozen=True)
class ToldRow:
    """One statement that differs, in words; `key` is how the discussion knows it."""

    change: str
    key: str
    mark: str
    relation: str
    title: str
    slug: str
    cells: tuple[tuple[str, str, str], ...]  # (field, old words, new words)
    sources_removed: tuple[str, ...]
    sources_added: tuple[str, ...]
    sources_kept: tuple[str, ...]


@dataclass(frozen=True)
class ToldBlock:
    """One paragraph of the screen: `html` as readers see it, or "" where its exact text is shown."""

    block: Block
    key: str
    threads: Sequence[Thread]
    html: str


@dataclass(frozen=True)
class Run:
    """A paragraph that differs, or several in a row that are as before and of which nothing is said."""

    is_quiet: bool
    blocks: list[ToldBlock]

    @property
    def paragraphs(self) -> int:
        """Return how many of them are no headings."""
        return sum(one.block.number > 0 for one in self.blocks)

    @property
    def sections(self) -> list[str]:
        """Return the headings under which they stand."""
        return list(dict.fromkeys(one.block.section for one in self.blocks if one.block.section))


class Changes:
    """A comparison with what its template needs beside it."""

    def __init__(
        self,
        old: Document | None,
        new: Document,
        *,
        talk: Discussion | None = None,
        at: str = "",
        exact: bool = False,
    ) -> None:
        """Compare the two documents; `talk` is said of them, most of all at the passage called `at`."""
        self.old, self.new = old, new
        self.comparison: Comparison = compare(old, new)
        self.talk, self.at = talk, at
        self.exact = exact or sum(len(block.text) for block in self.comparison.blocks) > MOST_AS_SEEN

    @cached_property
    def runs(self) -> list[Run]:
        """Return the paragraphs in order, those that are as before and of which nothing is said together."""
        runs: list[Run] = []
        known: set[str] = set()
        for block in self.comparison.blocks:
            one = self._told(block, known)
            is_quiet = block.change == "same" and not one.threads and not (one.key and one.key == self.at)
            if runs and is_quiet and runs[-1].is_quiet:
                runs[-1].blocks.append(one)
            else:
                runs.append(Run(is_quiet, [one]))
        return runs

    def _told(self, block: Block, known: set[str]) -> ToldBlock:
        """Return a paragraph as it is shown; the second of two equal ones cannot be remarked on."""
        key = on_paragraph(block.text).key if self.talk and block.text else ""
        key = "" if key in known else key
        known.add(key)
        old = "" if block.change == "added" else block.old_text
        steps = None if self.exact else as_seen(old, "" if block.change == "removed" else block.text)
        return ToldBlock(block, key, self._threads(key), _written(steps) if steps else "")

    def _threads(self, key: str) -> Sequence[Thread]:
        return self.talk.by_key.get(key, ()) if self.talk else ()

    @property
    def exact_differs(self) -> bool:
        """Return whether any paragraph is shown otherwise than as it was typed."""
        return any(one.html for run in self.runs for one in run.blocks)

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
        """Return the statements that differ or are talked of, in words. One query names all their pages."""
        return _rows_told([row for row in self.comparison.rows if row.change != "same" or self._is_said(row)])

    def _is_said(self, row: RowChange) -> bool:
        one = _either(row)
        return bool(self._threads(on_statement(one.relation, one.object).key))

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
def comparison_of(
    old: Document | None,
    new: Document,
    talk: Discussion | None = None,
    at: str = "",
    exact: bool = False,
) -> Changes:
    """Return what differs between two documents; all of `new` when `old` is None."""
    return Changes(old, new, talk=talk, at=at, exact=exact)


@dataclass(frozen=True)
class Here:
    """A passage of the screen that is no paragraph, and what is said of it."""

    key: str
    threads: Sequence[Thread]


@register.simple_tag
def talk_of(talk: Discussion, place: str, text: str = "") -> Here:
    """Return what is said of the title, the summary or the whole; of a statement, by its name."""
    key = Passage(Place(place), text).key
    return Here(key, talk.by_key.get(key, ()))


def _written(steps: Iterable[Step]) -> SafeString:
    """Return steps as HTML: tags of a closed list, all words escaped."""
    return format_html_join("", "{}", ((_step(one),) for one in steps))


def _step(step: Step) -> SafeString:
    if step.op in ("open", "close"):
        tag = step.text.partition(" ")[0]
        name, of_class = SHOWN_AS.get(tag, (tag, ""))
        if step.op == "close":
            return format_html("</{}>", name)
        return format_html('<{} class="{}">', name, of_class) if of_class else format_html("<{}>", name)
    return format_html(WRITTEN[step.op], step.text)


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


@register.filter
def cosigners(publication: Publication) -> list[Verdict]:
    """Return who signed a published version beside the one whose approval published it."""
    signed = publication.revision.verdicts.all()
    return [one for one in signed if one.decision == "approve" and one.pk != publication.verdict_id]


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
        key=on_statement(either.relation, either.object).text,
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
