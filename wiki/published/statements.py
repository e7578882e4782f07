"""Statement rows of published pages, resolved to the pages that readers are led to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wiki.domain.evidence import Grade
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import COLUMNS
from wiki.domain.statement_values.shares import share_in
from wiki.models import (
    Citation,
    Live,
    Page,
    Publication,
    Revision,
    Source,
    Statement,
    Succession,
)
from wiki.published.redaction import redacted_in
from wiki.text.document import Document, Row


@dataclass(frozen=True)
class Stating:
    """A page with the revision and the document from which its statements are written."""

    page: Page
    revision: Revision
    document: Document


def restate(open_publications: QuerySet[Publication]) -> None:
    """Derive the statements of some published pages again, where they lead elsewhere now."""
    publications = list(open_publications.select_related("page", "revision"))
    told = Statement.objects.targets_by_page(one.page_id for one in publications)
    again = []
    for one, document in zip(publications, (safe.framed for safe in redacted_in(publications)), strict=True):
        wanted = {row.key_about(object_id) for row, object_id in resolve_statements(one.page_id, document)}
        if document.retirement is None and wanted != told.get(one.page_id, set()):
            again.append(Stating(one.page, one.revision, document))
    write_statements(again)


def write_statements(
    pages: Sequence[Stating], known: Mapping[str, int] | None = None, *, are_first: bool = False
) -> None:
    """Write the statements of some pages, with their citations, where they are not there as they should.

    `known` has the ids of the sources, if the caller has loaded them.
    """
    rows = [row for one in pages for row in one.document.statements]
    if known is None:
        known = Source.objects.by_key(key for row in rows for key in row.sources)
    objects = {row.object for row in rows}
    there = Page.objects.known(objects)
    succession = Succession(there)
    wanted = {
        one.page.pk: [
            statement_of(row, object_id, known, revision=one.revision, subject=one.page)
            for row, object_id in resolve_statements(one.page.pk, one.document, succession, there)
        ]
        for one in pages
    }
    if not are_first:
        changed = _changed(wanted)
        if not changed:
            return
        Citation.objects.filter(page__in=changed).exclude(statement=None).delete()
        Statement.objects.filter(subject__in=changed).delete()
        wanted = {page_id: wanted[page_id] for page_id in changed}
    statements = Statement.objects.bulk_create(one for written in wanted.values() for one in written)
    Citation.objects.bulk_create(
        Citation(page_id=one.subject_id, source_id=source, statement=one)
        for one in statements
        for source in one.source_ids
    )


def _changed(wanted: Mapping[int, Sequence[Statement]]) -> list[int]:
    """Return the pages whose statements, or citations by these, are not there as they are wanted."""
    written: dict[int, list[tuple[Any, ...]]] = {page_id: [] for page_id in wanted}
    cited: dict[int, list[int]] = {page_id: [] for page_id in wanted}
    for one in Statement.objects.of_subjects([*wanted]):
        written[one.subject_id].append(_values(one))
    for page_id, source in Citation.objects.by_statements_of([*wanted]):
        cited[page_id].append(source)
    return [
        page_id
        for page_id, rows in wanted.items()
        if written[page_id] != [_values(one) for one in rows]
        or cited[page_id] != [source for one in rows for source in one.source_ids]
    ]


def _values(one: Statement) -> tuple[Any, ...]:
    columns = (field for field in Statement._meta.concrete_fields if not field.primary_key)
    return tuple(field.to_python(getattr(one, field.attname)) for field in columns)


def statement_of(row: Row, object_id: int, known: Mapping[str, int], **columns: Any) -> Statement:
    """Return a statement as readers get it, unsaved: told of the page `object_id`, on sources by their ids.

    `known` has the ids of the sources, `columns` the columns that a row does not have.
    """
    share = share_in(row.frequency)
    return Statement(
        object_id=object_id,
        rank=Grade(row.grade).rank,
        share_low=round(share.low, 4) if share else None,
        share_high=round(share.high, 4) if share else None,
        source_ids=list(dict.fromkeys(known[key] for key in row.sources if key in known)),
        **{name: getattr(row, name) for name in COLUMNS},
        **columns,
    )


def resolve_statements(
    page_id: int,
    document: Document,
    succession: Succession | None = None,
    there: Collection[int] | None = None,
) -> list[tuple[Row, int]]:
    """Return each statement with the page that it is told of: the one it names, or what replaces that.

    It follows where the relation fits the page that replaces, which may not be the statement's own; and
    where the page does not say the same of that one itself. Else it stays where readers cannot see it.
    `succession` has the pages of the statements, if the caller has loaded it, and `there` those that there
    are, published or not; without it only published ones count.
    """
    if succession is None:
        there = Page.objects.known({row.object for row in document.statements})
        succession = Succession(there)
    known = succession.pages if there is None else there
    rows = [row for row in document.statements if row.object in known]
    taken = {row.key for row in rows if succession.successor_of(row.object) is None}
    told = []
    for row in rows:
        successor = succession.successor_of(row.object)
        if successor and may_follow(row, successor, page_id, document.kind):
            key = row.key_about(successor.page_id)
            told.append((row, row.object if key in taken else successor.page_id))
            taken.add(key)
        else:
            told.append((row, row.object))
    return told


def may_follow(row: Row, successor: Live, page_id: int, kind: str) -> bool:
    """Return whether a statement of a page of `kind` can be applied to the page that replaces its
    other end.
    """
    return successor.page_id != page_id and RELATIONS[row.relation].fits(kind, successor.kind)
