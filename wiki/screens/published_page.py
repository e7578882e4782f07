"""The published page screen: statements from both ends, numbered references, pages that link here."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet

from wiki.domain.evidence import DOUBTED, Stance
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import details_of
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.keyset import ListPart, first_part
from wiki.models.lists.prepared import prepared
from wiki.models.published_pages import A_TO_Z, PublishedPage
from wiki.models.sources import NoticeNature, Source, SourceQuerySet
from wiki.models.statements import Statement
from wiki.models.tasks import later_notices
from wiki.screens.explained_page import explained_page
from wiki.screens.structured_data import structured
from wiki.text.markdown.explained_words import ExplainedText
from wiki.text.markdown.retraction_mentions import says_retracted
from wiki.text.markdown.writer import lettered
from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse


@dataclass(frozen=True)
class BackLink:
    """One place that cites a reference: the anchor to return to, and its letter."""

    anchor: str
    letter: str


@dataclass
class NumberedReference:
    """A source with its number on this page."""

    number: int
    source: Source
    places: list[BackLink] = field(default_factory=list)

    @property
    def identifiers(self) -> list[Identifier]:
        """Return the identifiers that lead somewhere. Needs `with_keys`."""
        return [one for one in map(_parsed, self.source.keys) if one and one.address]  # type: ignore[attr-defined]  # annotated


@dataclass(frozen=True)
class StatementLine:
    """A statement as it reads from this page."""

    statement: Statement
    title: str
    slug: str
    kind: str
    citations: tuple[tuple[str, int], ...]  # (anchor, number of the reference)


@dataclass(frozen=True)
class StatementGroup:
    """The statements of this page with one relation."""

    id: str
    label: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class Warned:
    """One day's notices of one nature on works that the page rests on, by the numbers of the references."""

    nature: str
    on: dt.date | None
    numbers: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """Return the nature of the notice, in words."""
        sources = "A source" if len(self.numbers) == 1 else f"{len(self.numbers)} sources"
        was = "was" if len(self.numbers) == 1 else "were"
        if self.nature == NoticeNature.CONCERN:
            return f"{sources} of this page {was} called into question"
        return f"{sources} of this page {was} {NoticeNature(self.nature).label.lower()}"


@prepared
def _sources(sources: SourceQuerySet, ids: list[int], page_ids: list[int]) -> "QuerySet[Source]":
    """Return some sources with their keys, and with the notices on each, as settled on some pages."""
    return sources.filter(is_any_of("pk", ids)).with_keys().annotate(later_notices=later_notices(page_ids))


class PublishedPageContent:
    """Statements, references and links of one published page: three queries, however many rows."""

    def __init__(self, published_page: PublishedPage, statements: list[Statement] | None = None) -> None:
        """Load and number everything; statements too, unless those of another day are given."""
        self.published_page = published_page
        # Whether other pages make more statements about it than are shown here.
        self.has_more_statements = False
        if statements is None:
            statements, self.has_more_statements = Statement.objects.about(published_page.page_id)
        self.statements = statements
        self._resting = [(one, tuple(one.source_ids)) for one in statements]
        wanted = [*published_page.cited, *(pk for one in statements for pk in one.source_ids)]
        pages = {published_page.page_id, *(one.subject_id for one in statements)}
        cited = _sources(Source.objects.all(), [*set(wanted)], [*pages]) if wanted else ()
        self._sources = {one.pk: one for one in cited}
        self._references: dict[int, NumberedReference] = {}
        for source, anchor in published_page.places:
            self._cite(source, anchor)
        self.groups = [group for group in self._grouped(statements) if group.lines]

    @cached_property
    def text(self) -> ExplainedText:
        """Return the text, with the words that explain themselves to readers."""
        page = self.published_page
        return explained_page(page.safe_html, page.title, getattr(page, "explaining", ()))

    @property
    def references(self) -> list[NumberedReference]:
        """Return the references in the order of their numbers."""
        return list(self._references.values())

    @property
    def warnings(self) -> list[Warned]:
        """Return later notices on references that the page still rests on."""
        found: dict[tuple[str, str], list[int]] = {}
        for reference in self._references.values():
            for notice in reference.source.later_notices:  # type: ignore[attr-defined]  # annotated
                if self._rests_on(reference.source.pk, notice["nature"], notice["settled"]):
                    found.setdefault((notice["nature"], notice["on"] or ""), []).append(reference.number)
        return [
            Warned(nature, dt.date.fromisoformat(on) if on else None, tuple(dict.fromkeys(numbers)))
            for (nature, on), numbers in found.items()
        ]

    def _rests_on(self, source: int, nature: str, settled: Collection[int]) -> bool:
        """Return whether the page rests on a source in spite of a notice on it.

        Where a moderator has settled it, or the words around it say that it was retracted, they know.
        """
        own, published_page = self.published_page.page_id, self.published_page
        is_retracted = nature == NoticeNature.RETRACTION
        is_admitted = is_retracted and source in published_page.acknowledged_retractions
        if own not in settled and source in published_page.cited and not is_admitted:
            return True
        return any(
            source in sources and one.subject_id not in settled and not (is_retracted and _doubts(one))
            for one, sources in self._resting
        )

    @property
    def sites(self) -> tuple[StatementLine, ...]:
        """Return the supported statements that say which parts of the body this affects."""
        found = next((group.lines for group in self.groups if group.id == "affects-site"), ())
        return tuple(line for line in found if line.statement.stance == Stance.ASSERTED)

    @cached_property
    def linked_from(self) -> ListPart:
        """Return the first pages whose text links here, A to Z."""
        return first_part(PublishedPage.objects.first_linking_to(self.published_page.page_id), A_TO_Z)

    @property
    def structured(self) -> dict[str, object]:
        """Return the page as schema.org data, with its review line."""
        return structured(self)

    def _cite(self, source: int, anchor: str) -> int:
        reference = self._references.get(source)
        if reference is None:
            reference = NumberedReference(len(self._references) + 1, self._sources[source])
            self._references[source] = reference
        reference.places.append(BackLink(anchor, lettered(len(reference.places) + 1)))
        return reference.number

    def _grouped(self, statements: list[Statement]) -> Iterable[StatementGroup]:
        self._anchors = 0
        own = self.published_page.page_id
        for relation in RELATIONS.values():
            mine = [one for one in statements if one.relation == relation.id]
            written_here = [one for one in mine if one.subject_id == own]
            written_there = [one for one in mine if one.subject_id != own]
            if relation.symmetric:
                yield self._group(relation.id, relation.label, self._without_repeats(mine))
            else:
                yield self._group(relation.id, relation.label, written_here)
                yield self._group(relation.inverse_id, relation.inverse_label, written_there)

    def _without_repeats(self, statements: list[Statement]) -> list[Statement]:
        """Return statements without those that repeat another one from the other end.

        Each page may have written it. The better grade is told, on the sources of both; where the two
        differ in what the evidence says, of whom or how much, both are told.
        """
        found: dict[tuple[object, ...], Statement] = {}
        for one in sorted(statements, key=lambda one: (-one.rank, one.pk)):
            key = (self._other_end(one)[1], one.stance, *details_of(one).items())
            first = found.setdefault(key, one)
            first.source_ids = list(dict.fromkeys([*first.source_ids, *one.source_ids]))
        return list(found.values())

    def _group(self, id_: str, label: str, statements: list[Statement]) -> StatementGroup:
        ranked = sorted(statements, key=lambda one: (-one.rank, self._other_end(one)[0].casefold()))
        return StatementGroup(id_.replace("_", "-"), label, tuple(map(self._line, ranked)))

    def _other_end(self, one: Statement) -> tuple[str, str, str]:
        """Return title, slug and kind of the other end. Needs `about`."""
        end = "object" if one.subject_id == self.published_page.page_id else "subject"
        title, slug, kind = (getattr(one, f"{end}_{part}") for part in ("title", "slug", "kind"))
        return title, slug, kind

    def _line(self, one: Statement) -> StatementLine:
        citations = []
        for source in one.source_ids:
            self._anchors += 1
            anchor = f"s{self._anchors}"
            citations.append((anchor, self._cite(source, anchor)))
        return StatementLine(one, *self._other_end(one), tuple(citations))


def _doubts(statement: Statement) -> bool:
    """Return whether a statement itself says that its sources are against it, or that one was retracted."""
    return statement.stance in DOUBTED or says_retracted(statement.note)


def _parsed(key: str) -> Identifier | None:
    try:
        return parse(key)
    except BadIdentifier:
        return None
