"""Statements of published pages about each other, for machines."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router

from wiki.domain.evidence import Grade, Stance
from wiki.domain.relations import RELATIONS
from wiki.models.queries.machines import lists
from wiki.models.queries.machines.lists import part_of
from wiki.views.api import rows, schemas

router = Router(tags=["statements"])


class StatementsIn(schemas.ListPartIn):
    """Which statements are asked for. What is named twice must hold twice."""

    page: str = Field("", description="The address of a page at either end.", examples=["hypoparathyroidism"])
    subject: str = Field("", description="The address of the page that makes the statement.")
    object: str = Field("", description="The address of the page that it is about.")
    relation: str = Field(
        "", pattern=schemas.one_of(RELATIONS), description="The id of a relation.", examples=["causes"]
    )
    stance: str = Field("", pattern=schemas.one_of(Stance.values), description="What the evidence says.")
    grade: str = Field("", pattern=schemas.one_of(Grade.values), description="How certain it is.")
    source: int | None = Field(None, ge=1, le=schemas.LARGEST, description="The number of a source.")


@router.get(
    "/statements",
    response=schemas.StatementsOut,
    url_name="statements",
    operation_id="statements",
    summary="List statements",
)
def statements(request: HttpRequest, asked: Query[StatementsIn]) -> dict[str, Any]:
    """List statements between published pages, with both ends and what they rest on."""
    wanted = asked.dict(exclude={"after", "limit"})
    part = part_of(lists.statements(**wanted), asked.after, asked.limit)
    cited = lists.cited_by(part.rows)
    return rows.listed(request, part, lambda one: rows.statement(one, cited))
