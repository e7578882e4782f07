"""Questions to the links between pages and entries, for machines: the same answers as on the site."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wiki.screens.exploring.questions import LONGEST_NAME, MOST_ASKED, HowLinked, Shared
from wiki.views.api import data_rows, data_schemas

router = Router(tags=["explore"])
NAME = "The address, the title, another name or the code of a page or of an entry."


class LinkedIn(Schema):
    """Which two are asked for."""

    start: str = Field(
        ..., alias="from", max_length=LONGEST_NAME, description=NAME, examples=["hypoparathyroidism"]
    )
    end: str = Field(..., alias="to", max_length=LONGEST_NAME, description=NAME, examples=["seizures"])


class SharedIn(Schema):
    """Which are asked for."""

    names: list[str] = Field(
        ...,
        alias="of",
        max_length=MOST_ASKED,
        description=f"{NAME} Given several times, once for each.",
        examples=[["hypoparathyroidism", "pseudohypoparathyroidism"]],
    )


@router.get(
    "/explore/linked",
    response=data_schemas.LinkedOut,
    url_name="linked",
    operation_id="linked",
    summary="Ask how two are linked",
)
def linked(request: HttpRequest, asked: Query[LinkedIn]) -> dict[str, Any]:
    """Find the ways from one page or entry to another, through statements and rows of data sets."""
    answer = HowLinked([asked.start, asked.end])
    ways = [
        {
            "heading": one.heading,
            "certainty": one.weakest.certainty,
            "steps": [data_rows.step(step) for step in one.steps],
        }
        for one in answer.paths
    ]
    return data_rows.answered(answer.asked, answer.evidence) | {"items": ways}


@router.get(
    "/explore/shared",
    response=data_schemas.SharedOut,
    url_name="shared",
    operation_id="shared",
    summary="Ask what some share",
)
def shared(request: HttpRequest, asked: Query[SharedIn]) -> dict[str, Any]:
    """Find what two or more pages or entries are linked to in the same way."""
    answer = Shared(asked.names)
    found = [
        data_rows.place(one.steps[0].end) | {"steps": [data_rows.step(step) for step in one.steps]}
        for one in answer.rows
    ]
    return data_rows.answered(answer.asked, answer.evidence) | {"items": found}
