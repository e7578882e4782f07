"""Statement rows of published pages, resolved to the pages that readers are led to."""

from collections.abc import Mapping
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


def restate(open_publications: QuerySet[Publication]) -> None:
    """Derive the statements of some published pages again, where they lead elsewhere now."""
    publications = list(open_publications.select_related("page", "revision"))
    told = Statement.objects.targets_by_page(one.page_id for one in publications)
    for one, document in zip(publications, (safe.framed for safe in redacted_in(publications)), strict=True):
        wanted = {row.told_of(object_id) for row, object_id in resolve_statements(one.page_id, document)}
        if document.retirement is None and wanted != told.get(one.page_id, set()):
            write_statements(one.page, one.revision, document)


def write_statements(page: Page, revision: Revision, document: Document, *, is_first: bool = False) -> None:
    known = Source.objects.by_key(key for row in document.statements for key in row.sources)
    if not is_first:
        Citation.objects.filter(page=page).exclude(statement=None).delete()
        Statement.objects.filter(subject=page).delete()
    statements = Statement.objects.bulk_create(
        statement_of(row, object_id, known, revision=revision, subject=page)
        for row, object_id in resolve_statements(page.pk, document)
    )
    Citation.objects.bulk_create(
        Citation(page=page, source_id=source, statement=statement)
        for statement in statements
        for source in statement.source_ids
    )


def statement_of(row: Row, object_id: int, known: Mapping[str, int], **told_of: Any) -> Statement:
    """Return a statement as readers get it, unsaved: told of the page `object_id`, on sources by their ids.

    `known` has the ids of the sources, `told_of` the columns that a row does not have.
    """
    share = share_in(row.frequency)
    return Statement(
        object_id=object_id,
        rank=Grade(row.grade).rank,
        share_low=round(share.low, 4) if share else None,
        share_high=round(share.high, 4) if share else None,
        source_ids=list(dict.fromkeys(known[key] for key in row.sources if key in known)),
        **{name: getattr(row, name) for name in COLUMNS},
        **told_of,
    )


def resolve_statements(
    page_id: int, document: Document, succession: Succession | None = None
) -> list[tuple[Row, int]]:
    """Return each statement with the page that it is told of: the one it names, or what replaces that.

    It follows where the relation fits the page that replaces, which may not be the statement's own; and
    where the page does not say the same of that one itself. Else it stays where readers cannot see it.
    `succession` has the pages of the statements, if the caller has loaded it.
    """
    there = Page.objects.filter(pk__in={row.object for row in document.statements})
    known = set(there.values_list("pk", flat=True)) if succession is None else succession.pages
    succession = succession or Succession(known)
    rows = [row for row in document.statements if row.object in known]
    taken = {row.key for row in rows if succession.successor_of(row.object) is None}
    told = []
    for row in rows:
        successor = succession.successor_of(row.object)
        if successor and may_follow(row, successor, page_id, document.kind):
            key = row.told_of(successor.page_id)
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
