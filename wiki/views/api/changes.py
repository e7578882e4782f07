"""Changes of what readers see, for programs that follow them."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from wiki.models.queries import changes as queries
from wiki.models.queries.changes import PATTERN, Position
from wiki.views.api import rows, schemas
from wiki.views.api.problems import problem

router = Router(tags=["changes"])
PUT_BACK = (
    "This wiki was put back to an earlier state, from a backup, and has not been there since. "
    "Read everything anew and begin without a position."
)


class ChangesIn(Schema):
    """Which changes are asked for."""

    since: str = Field(
        "",
        pattern=PATTERN,
        description="The `position` of the last answer; empty: from the first change; `latest`: from now on.",
        examples=["latest"],
    )
    limit: int = Field(schemas.LIMIT, ge=1, le=schemas.MOST, description="How many changes at most.")


@router.get(
    "/changes",
    response=schemas.ChangesOut,
    url_name="changes",
    operation_id="changes",
    summary="Follow changes",
    openapi_extra={"responses": {409: {"description": PUT_BACK}}},
)
def changes(request: HttpRequest, asked: Query[ChangesIn]) -> dict[str, Any] | HttpResponse:
    """Read what changed after a position, in the order of commits: nothing left out, nothing twice.

    Keep `position` and ask again with it, once a minute or so; `next` is null when you have all.
    """
    if asked.since == "latest":
        found = queries.newest(1)
        return {"items": [], "position": str(found[0].position if found else Position()), "next": None}
    position = Position.read(asked.since) if asked.since else Position()
    kept = queries.changes_after(position, asked.limit + 1)
    if not kept and position.is_to_come:
        return problem(HTTPStatus.CONFLICT, PUT_BACK)
    found = kept[: asked.limit]
    reached = str(found[-1].position if found else position)
    return {
        "items": [one.as_json(settings.SITE_URL) for one in found],
        "position": reached,
        "next": rows.next_part(request, "since", reached if len(kept) > asked.limit else None),
    }
