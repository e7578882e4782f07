"""BM25 over the postings of the words asked for, and the words that the best pages share (RM3).

What is read does not grow with the wiki: of each word only the pages that hold it most are looked at, and
only the best of these are added up in full.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db import connection

MOST_PAGES: Final = 1000
# Of each word so many pages are read, and so many are added up over all words.
_BEST_OF_A_WORD: Final = 300
_SUMMED: Final = 300
_HELD: Final = 2000
# A word without a stored count is counted up to here.
COUNTED: Final = 300
# RM3 (N. Abdul-Jaleel and others, 2004), with its usual values: ten pages, twenty words, half the weight.
FEEDBACK_PAGES: Final = 10
FEEDBACK_WORDS: Final = 20
_CONSIDERED: Final = 100
SHARE: Final = 0.5
TOO_COMMON: Final = 0.1

PAGES: Final = """coalesce(
    (SELECT pages FROM wiki_commonword WHERE wiki_commonword.lexeme = asked.lexeme),
    (SELECT count(*) FROM (
        SELECT FROM wiki_posting WHERE wiki_posting.lexeme = asked.lexeme LIMIT %(counted)s
    ) AS counted)
)"""
ALL_PAGES: Final = """greatest(
    (SELECT pages FROM wiki_searchstatistics LIMIT 1),
    (SELECT count(*) FROM (SELECT FROM wiki_publishedpage LIMIT %(counted)s) AS counted)
)"""
# Whether something is called by exactly a name.
IS_NAMED: Final = """SELECT count(*) FROM (
    SELECT FROM wiki_name JOIN wiki_publishedpage USING (page_id) WHERE wiki_name.key = %(name)s LIMIT 1
) AS named"""
_HOW_COMMON: Final = f"""
    SELECT asked.lexeme, {PAGES} FROM unnest(%(lexemes)s::text[]) AS asked (lexeme)
    UNION ALL SELECT '', {ALL_PAGES}
"""  # noqa: S608  # our own words


def ranked_by(asked: str, most: str) -> str:
    """Return the query for the pages that hold the words of a table best, with their scores.

    These forms make the planner look postings up word by word, then page by page; a plain join is free to
    read all postings of each word, and does.
    """
    return f"""
        WITH best AS MATERIALIZED (
            SELECT champion.page_id, asked.weight * champion.impact AS part
            FROM {asked} AS asked CROSS JOIN LATERAL (
                SELECT page_id, impact FROM wiki_posting WHERE wiki_posting.lexeme = asked.lexeme
                ORDER BY impact DESC LIMIT {_BEST_OF_A_WORD}
            ) AS champion
        ), listed AS MATERIALIZED (
            SELECT page_id, sum(part) AS part, row_number() OVER (ORDER BY sum(part) DESC, page_id) AS place
            FROM best GROUP BY page_id ORDER BY 2 DESC, 1 LIMIT {most}
        )
        SELECT page_id, CASE WHEN place <= {_SUMMED} THEN (
                SELECT sum(asked.weight * posting.impact)
                FROM wiki_posting AS posting JOIN {asked} AS asked USING (lexeme)
                WHERE posting.page_id = listed.page_id
                AND posting.lexeme = ANY (ARRAY(SELECT lexeme FROM {asked}))
            ) ELSE part END AS score
        FROM listed
    """  # noqa: S608  # our own words


_RANKED: Final = f"""
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(lexemes)s::text[], %(weights)s::float8[]) AS asked (lexeme, weight)
    ), ranked AS ({ranked_by("asked", str(MOST_PAGES))})
    SELECT page_id, score FROM ranked ORDER BY 2 DESC, 1
"""  # noqa: S608  # our own words
# Pages that hold a phrase, or do not hold a word: the index of vectors knows them.
_HOLDING: Final = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(lexemes)s::text[], %(weights)s::float8[]) AS asked (lexeme, weight)
    ), listed AS MATERIALIZED (
        SELECT page_id FROM wiki_publishedpage WHERE vector @@ %(must_hold)s::tsquery LIMIT %(held)s
    )
    SELECT page_id, coalesce((
            SELECT sum(asked.weight * posting.impact) FROM wiki_posting AS posting JOIN asked USING (lexeme)
            WHERE posting.page_id = listed.page_id AND posting.lexeme = ANY (%(lexemes)s::text[])
        ), 0) AS score FROM listed ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
_WITHOUT: Final = """
    SELECT page_id FROM wiki_publishedpage
    WHERE page_id = ANY (%(pages)s) AND vector @@ %(must_hold)s::tsquery
"""


def words_shared_by(first: str) -> str:
    """Return the query for the words that the pages of a table share, each with its part and how common it
    is.
    """
    return f"""
        WITH counted AS MATERIALIZED (
            SELECT first.page_id, first.score, found.lexeme, (
                SELECT sum(CASE field WHEN 'A' THEN 3 WHEN 'D' THEN 1 ELSE 2 END)
                FROM unnest(found.weights) AS field
            )::float8 AS times
            FROM {first} AS first
            JOIN wiki_publishedpage AS page USING (page_id), unnest(page.vector) AS found
            WHERE found.lexeme NOT LIKE '^%%'
        ), shared AS (
            SELECT lexeme, times / sum(times) OVER (PARTITION BY page_id) * score AS part FROM counted
        )
        SELECT lexeme, part, {PAGES} AS pages FROM (
            SELECT lexeme, sum(part) AS part FROM shared
            WHERE lexeme <> ALL (%(stop)s) AND lexeme !~ '^[0-9.]+$'
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_CONSIDERED}
        ) AS asked
    """  # noqa: S608  # our own words


def how_common(lexemes: Collection[str]) -> dict[str, int]:
    """Return how many pages hold each of some lexemes. Of many pages, as they were last counted."""
    found = dict(_rows(_HOW_COMMON, {"lexemes": list(lexemes), "counted": COUNTED}))
    total = max(found.pop(""), 1)
    return {lexeme: min(pages, total) for lexeme, pages in found.items()}


def best_pages(weights: Mapping[str, float]) -> list[tuple[int, float]]:
    """Return the pages that hold the words best, with their scores, best first."""
    return _rows(_RANKED, _asked(weights)) if weights else []


def pages_holding(weights: Mapping[str, float], must_hold: str) -> list[tuple[int, float]]:
    """Return the pages that a `tsquery` matches, those that hold the words best first."""
    return _rows(_HOLDING, _asked(weights) | {"must_hold": must_hold, "held": _HELD, "most": MOST_PAGES})


def kept_of(pages: Sequence[tuple[int, float]], must_hold: str) -> list[tuple[int, float]]:
    """Return those of some pages that a `tsquery` matches."""
    kept = {
        page for (page,) in _rows(_WITHOUT, {"pages": [page for page, _ in pages], "must_hold": must_hold})
    }
    return [one for one in pages if one[0] in kept]


def _asked(weights: Mapping[str, float]) -> dict[str, Any]:
    return {"lexemes": list(weights), "weights": list(weights.values())}


def _rows(statement: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
