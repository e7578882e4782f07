"""What a list of found pages can be narrowed by: kind, review, statements."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from wiki.models.published_pages import PublishedPage
from wiki.models.statements import Statement


class Facets(NamedTuple):
    """What a page is narrowed by."""

    kind: str
    is_reviewed: bool
    has_statements: bool


def facets_of(page_ids: Collection[int]) -> dict[int, Facets]:
    """Return what each of some published pages is narrowed by. One query."""
    told = Statement.objects.filter(Q(subject=OuterRef("pk")) | Q(object=OuterRef("pk")))
    rows = (
        PublishedPage.objects.filter(pk__in=page_ids)
        .annotate(is_told=Exists(told))
        .values_list("pk", "kind", "whole_page_review", "is_told")
    )
    return {page: Facets(kind, review is not None, is_told) for page, kind, review, is_told in rows}
