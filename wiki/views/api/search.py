"""Search over published pages, for machines: the same answer as on the site."""

from typing import Any, Final

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wiki.screens.search_results import SearchResults, answer
from wiki.text.search.excerpts import without_marks
from wiki.text.search.typed import typed_line
from wiki.views.api import rows, schemas

router = Router(tags=["search"])
SCORE: Final = r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?"


class SearchIn(Schema):
    """What is searched for."""

    q: str = Field(..., max_length=500, description="Words, a name or a code.", examples=["calcification"])
    after: str = Field(
        "", max_length=60, pattern=f"^({SCORE}_[0-9]+)?$", description="Where `next` of the part before says."
    )
    limit: int = Field(
        schemas.LIMIT, ge=1, le=schemas.MOST, description="How many pages at most.", examples=[10]
    )
    as_typed: bool = Field(
        False, description="Search for exactly these words, without mending their spelling."
    )


def _results(asked: SearchIn) -> SearchResults:
    """Return what the search of the site finds. The only place here that knows how it is asked."""
    return answer(
        typed_line(asked.q),
        after=asked.after,
        as_typed=asked.as_typed,
        per_page=asked.limit,
        in_few_queries=True,
    )


@router.get("/search", response=schemas.HitsOut, url_name="search", operation_id="search", summary="Search")
def search(request: HttpRequest, asked: Query[SearchIn]) -> dict[str, Any]:
    """Search published pages, best first: of very many the first 1,000."""
    if not typed_line(asked.q):
        return {"query": "", "instead": "", "items": [], "next": None}
    results = _results(asked)
    return {
        "query": results.query,
        "instead": results.instead,
        "items": [rows.page(one.page) | {"excerpt": without_marks(one.excerpt)} for one in results.hits],
        "next": rows.next_part(request, "after", results.next_key or None),
    }
