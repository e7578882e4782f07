"""Sources that published pages rest on, for machines."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja import Path, Query, Router

from wiki.models import Source
from wiki.models.queries.machines import lists
from wiki.models.queries.machines.lists import part_of
from wiki.views.api import rows, schemas

router = Router(tags=["sources"])
ID: Any = Path(..., ge=1, le=schemas.LARGEST, description="The number of the source.", examples=[1])  # type: ignore[type-arg]


@router.get(
    "/sources",
    response=schemas.SourcesOut,
    url_name="sources",
    operation_id="sources",
    summary="List sources",
)
def sources(request: HttpRequest, asked: Query[schemas.ListPartIn]) -> dict[str, Any]:
    """List the sources of published pages, with the notices of journals on them."""
    return rows.listed(request, part_of(lists.sources(), asked.after, asked.limit), rows.source)


@router.get(
    "/sources/{id}",
    response=schemas.SourceRecordOut,
    url_name="source",
    operation_id="source",
    summary="Read a source",
    openapi_extra=schemas.MOVED,
)
def source(request: HttpRequest, id: int = ID) -> dict[str, Any] | HttpResponse:  # noqa: A002  # its name outside
    """Read the record of a source. One that was merged leads to the one that stands for it."""
    if (kept := Source.objects.standing_for(id)) != id:
        return redirect("api:source", kept)
    one = lists.sources().filter(pk=id).first()
    if one is None:
        raise Http404
    return rows.source(one) | {"csl": one.csl, "checked_how": one.checked_how}
