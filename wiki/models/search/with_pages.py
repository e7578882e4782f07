"""The pages for the mended words of a question and their rows, in one statement.

Who asks for a misspelt word has asked one statement before, and two are the most that a program is answered
with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from django.db import connection
from django.db.models import BinaryField, JSONField, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query

from wiki.models.published_pages import PublishedPage
from wiki.models.search.at_once import RankedAtOnce, WordsAsked, given, ranked_in, rows_of, tables_of
from wiki.models.search.index import PageVector
from wiki.models.search.postings import MOST_REORDERED, Vectors

# So many pages may come before others although their words score less: what is asked about (20) and what
# holds the words best.
_MOVED: Final = 21
# The rows of the pages that the part may show, whatever order they get: the first ones, and those around the
# page after which the part begins.
_CHOSEN: Final = f"""
    , listed AS MATERIALIZED (
        SELECT page_id, score, row_number() OVER (ORDER BY score DESC, page_id) AS place
        FROM answer WHERE what = coalesce((SELECT what FROM answer WHERE what = 'second' LIMIT 1), 'first')
    ), last AS MATERIALIZED (
        SELECT coalesce(
            (SELECT place FROM listed WHERE page_id = %(page)s),
            (SELECT count(*) FROM listed WHERE score >= %(score)s)
        ) AS place
    ), chosen AS MATERIALIZED (
        SELECT page_id FROM wiki_publishedpage WHERE page_id = ANY (ARRAY(
            SELECT page_id FROM listed, last WHERE listed.place <= %(first)s
            OR listed.place BETWEEN last.place - {_MOVED} AND last.place + {_MOVED} + %(most)s
            UNION SELECT page_id FROM answer WHERE what = 'subject'
            UNION (SELECT page_id FROM answer WHERE what = 'first' ORDER BY score DESC, page_id LIMIT 1)
        ))
    )
"""  # noqa: S608  # our own words
# The answer comes with one of the pages.
_ANSWER: Final = """CASE WHEN wiki_publishedpage.page_id = (SELECT min(page_id) FROM chosen) THEN (
    SELECT jsonb_agg(jsonb_build_array(what, lexeme, page_id, score, NULL, NULL)) FROM answer
) END"""


@dataclass(frozen=True)
class ListedPart:
    """A part of a list of pages: how many, and after which page with which score it begins."""

    most: int
    page: int | None = None
    score: float = float("inf")


class _QueryOfTables(Query):
    """A query that names tables of a WITH clause, which stands before it."""

    tables: str

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        compiler = super().get_compiler(*args, **kwargs)
        composed = compiler.as_sql

        def as_sql(*args: Any, **kwargs: Any) -> tuple[str, Sequence[Any]]:
            sql, params = composed(*args, **kwargs)
            return f"WITH {self.tables} {sql}", params

        compiler.as_sql = as_sql
        return compiler


def ranked_with_pages(asked: WordsAsked, part: ListedPart) -> tuple[RankedAtOnce, dict[int, PublishedPage]]:
    """Return what `ranked_at_once` returns, and by their ids the pages that a part of the list may show, with
    their text.

    If no page is found, nothing is known of the words either.
    """
    pages = PublishedPage.objects.with_words().filter(pk__in=RawSQL("SELECT page_id FROM chosen", ()))
    pages = pages.annotate(answer=RawSQL(_ANSWER, (), JSONField()))  # noqa: S611  # our own words
    if asked.with_vectors:
        vector = PageVector.objects.filter(page=OuterRef("pk"))
        text, title = (Subquery(vector.values(one), BinaryField()) for one in ("text", "title"))
        pages = pages.annotate(vector_of_text=text, vector_of_title=title)
    query = cast("_QueryOfTables", pages.query.chain(_QueryOfTables))
    query.tables = _tables(asked, part).replace("%", "%%")
    pages.query = query
    found: dict[int, Any] = {one.page_id: one for one in pages}
    ranking = ranked_in(next((one.answer for one in found.values() if one.answer), []))
    return ranking._replace(vectors=_vectors(found) if asked.with_vectors else {}), found


def _tables(asked: WordsAsked, part: ListedPart) -> str:
    by_links = asked.by_links and not asked.with_vectors
    rows = rows_of(replace(asked, with_vectors=False, by_links=by_links))  # the vectors come with the pages
    answer = f"answer (what, lexeme, page_id, score, text, title) AS MATERIALIZED ({rows})"
    first = part.most + _MOVED + (MOST_REORDERED if asked.with_vectors else 0)
    values = given(asked) | {"page": part.page, "score": part.score, "most": part.most, "first": first}
    composed: str = connection.ops.compose_sql(  # type: ignore[attr-defined]  # PostgreSQL's
        f"{tables_of(asked)}, {answer} {_CHOSEN}", values
    )
    return composed


def _vectors(found: dict[int, Any]) -> Vectors:
    return {
        page: (bytes(one.vector_of_text), bytes(one.vector_of_title))
        for page, one in found.items()
        if one.vector_of_text is not None
    }
