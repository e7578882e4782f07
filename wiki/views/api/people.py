"""Contributors whose names readers see, for machines."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from wiki.models.queries.machines import lists
from wiki.models.queries.machines.lists import part_of
from wiki.views.api import rows, schemas

router = Router(tags=["people"])
USERNAME: Any = Path(..., description="The user name.", examples=["clinician"])  # type: ignore[type-arg]


@router.get(
    "/people",
    response=schemas.PeopleOut,
    url_name="people",
    operation_id="people",
    summary="List contributors",
)
def people(request: HttpRequest, asked: Query[schemas.ListPartIn]) -> dict[str, Any]:
    """List whoever wrote or signed something that readers have seen."""
    return rows.listed(request, part_of(lists.people(), asked.after, asked.limit), rows.person)


@router.get(
    "/people/{username}",
    response=schemas.PersonOut,
    url_name="person",
    operation_id="person",
    summary="Read a contributor",
)
def person(request: HttpRequest, username: str = USERNAME) -> dict[str, Any]:
    """Read what readers are told of a contributor. `/pages?written_by=` lists their pages."""
    return rows.person(get_object_or_404(lists.people(), username=username))
