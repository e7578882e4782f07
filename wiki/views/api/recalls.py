"""Recalls, for programs: what readers were told and must not rely on any more."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wiki.models.queries.recalls import recalls_with_words
from wiki.screens.recalls import recalls_of
from wiki.views.api import rows, schemas

router = Router(tags=["changes"])


class RecallsIn(Schema):
    """Which recalls are asked for."""

    before: int = Field(schemas.LARGEST, ge=1, le=schemas.LARGEST, description="Where `next` says.")
    limit: int = Field(
        schemas.LIMIT, ge=1, le=schemas.MOST, description="How many recalls at most.", examples=[10]
    )


@router.get(
    "/recalls",
    response=schemas.RecallsOut,
    url_name="recalls",
    operation_id="recalls",
    summary="List recalls",
)
def recalls(request: HttpRequest, asked: Query[RecallsIn]) -> dict[str, Any]:
    """List the recalls, newest first, with the words that were struck. To follow them, follow the changes."""
    kept = list(recalls_with_words(before=asked.before)[: asked.limit + 1])
    found = kept[: asked.limit]
    return {
        "items": [one.as_json(settings.SITE_URL) for one in recalls_of(found)],
        "next": rows.next_part(request, "before", found[-1].pk if len(kept) > asked.limit else None),
    }
