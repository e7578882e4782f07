"""Search over published pages, for machines: the same answer as on the site."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wiki.screens.search_results import SearchResults, answer
from wiki.text.search.typed import typed_line
from wiki.views.api import rows, schemas

router = Router(tags=["search"])


class SearchIn(Schema):
    """What is searched for."""

    q: str = Field(..., max_length=500, description="Words, a name or a code.", examples=["calcification"])
    part: int = Field(1, ge=1, le=1000, description="Which part of the results, from 1.", examples=[1])
    as_typed: bool = Field(
        False, description="Search for exactly these words, without mending their spelling."
    )


def _found(asked: SearchIn) -> SearchResults:
    """Return what the search of the site finds. The only place here that knows how it is asked."""
    return answer(typed_line(asked.q), part=asked.part, as_typed=asked.as_typed)


@router.get("/search", response=schemas.HitsOut, url_name="search", operation_id="search", summary="Search")
def search(request: HttpRequest, asked: Query[SearchIn]) -> dict[str, Any]:
    """Search published pages, best first. Each part holds twenty."""
    if not typed_line(asked.q):
        return {"query": "", "instead": "", "items": [], "next": None}
    results = _found(asked)
    more = asked.part + 1 if results.next_key else None
    return {
        "query": results.query,
        "instead": results.instead,
        "items": [rows.page(one.page) | {"excerpt": one.excerpt} for one in results.hits],
        "next": rows.next_part(request, "part", more),
    }
