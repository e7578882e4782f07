"""Data sets beside the pages, for machines: releases, entries, rows. Nothing here is a page of the wiki."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja import Field, Path, Query, Router, Schema

from wiki.domain.data_sets import DATA_SETS
from wiki.domain.relations import RELATIONS
from wiki.models import DataRelease
from wiki.models.data_sets.citations import was_ever_cited
from wiki.models.queries.machines import data_set_rows
from wiki.models.queries.machines.lists import part_of
from wiki.views.api import data_rows, data_schemas, rows, schemas
from wiki.views.api.problems import Gone

router = Router(tags=["data sets"])
KEY = "[0-9a-f]{64}"
DATA_SET: Any = Path(  # type: ignore[type-arg]
    ..., pattern=f"^({'|'.join(DATA_SETS)})$", description="The id of a data set.", examples=["hpo"]
)
CODE: Any = Path(  # type: ignore[type-arg]
    ..., pattern="^[A-Za-z0-9:._-]{1,60}$", description="The code of an entry.", examples=["HP:0002135"]
)
# A row of the Human Phenotype Ontology on brain calcification.
ROW: Any = Path(  # type: ignore[type-arg]
    ...,
    pattern=f"^{KEY}$",
    description="The key of a row.",
    examples=["f441871bf86789e57a8743389f00fc0105f2acfbb444cd3612307ca35987ef34"],
)


class DataRowsIn(Schema):
    """Which rows are asked for."""

    after: str = Field("", pattern=f"^({KEY})?$", description="Where `next` of the part before says.")
    limit: int = Field(
        schemas.LIMIT, ge=1, le=schemas.MOST, description="How many rows at most.", examples=[10]
    )
    data_set: str = Field(
        "", pattern=schemas.one_of(DATA_SETS), description="The id of a data set.", examples=["hpo"]
    )
    entry: str = Field("", description="The code of an entry at either end.", examples=["HP:0002135"])
    page: str = Field("", description="The address of a page whose subject is an entry at either end.")
    relation: str = Field("", pattern=schemas.one_of(RELATIONS), description="The id of a relation.")


@router.get(
    "/data-sets",
    response=data_schemas.DataSetsOut,
    url_name="data-sets",
    operation_id="data-sets",
    summary="List data sets",
)
def data_sets(request: HttpRequest) -> dict[str, Any]:
    """List the data sets in the release that readers are shown, each with its licence."""
    releases = DataRelease.objects.current().order_by("data_set")
    return {"items": [data_rows.data_set(one) for one in releases], "next": None}


@router.get(
    "/data-sets/{data_set}/entries/{code}",
    response=data_schemas.EntryOut,
    url_name="entry",
    operation_id="entry",
    summary="Read an entry",
    openapi_extra=schemas.MOVED,
)
def entry(request: HttpRequest, data_set: str = DATA_SET, code: str = CODE) -> dict[str, Any] | HttpResponse:
    """Read a finding or a disease of a data set. A former code leads to the present one."""
    found = data_set_rows.entries(data_set).filter(code=code).first()
    if found is not None:
        return data_rows.entry(found)
    present = data_set_rows.present_code(data_set, code)
    if present is None:
        raise Http404
    if not present:
        raise Gone("The present release of the data set has no such entry.")
    return redirect("api:entry", data_set, present)


@router.get(
    "/data-rows",
    response=data_schemas.DataRowsOut,
    url_name="data-rows",
    operation_id="data-rows",
    summary="List rows of data sets",
)
def listed(request: HttpRequest, asked: Query[DataRowsIn]) -> dict[str, Any]:
    """List what data sets say of two entries each. What is named twice must hold twice."""
    found = data_set_rows.data_rows(**asked.dict(exclude={"after", "limit"}))
    return rows.listed(request, part_of(found, asked.after, asked.limit), data_rows.data_row)


@router.get(
    "/data-rows/{key}",
    response=data_schemas.DataRowOut,
    url_name="data-row",
    operation_id="data-row",
    summary="Read a row of a data set",
)
def data_row(request: HttpRequest, key: str = ROW) -> dict[str, Any]:
    """Read one row of a data set. One that was cited here and that the present release has not is gone."""
    found = data_set_rows.data_rows().filter(pk=key).first()
    if found is None and was_ever_cited(key):
        raise Gone("The present release of the data set has no such row.")
    if found is None:
        raise Http404
    return data_rows.data_row(found)
