"""BM25 over the postings of the words asked for, and the words that the best pages share (RM3).

What is read does not grow with the wiki: of each word only the pages that hold it most are looked at, and
only the best of these are added up in full.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.text.search.folding import STOP_WORDS

MOST_PAGES: Final = 1000
# Of each word so many pages are read, and so many are added up over all words.
_BEST_OF_A_WORD: Final = 300
_SUMMED: Final = 300
_HELD: Final = 2000
# A word without a stored count is counted up to here.
_COUNTED: Final = 300
# RM3 (N. Abdul-Jaleel and others, 2004), with its usual values: ten pages, twenty words, half the weight.
FEEDBACK_PAGES: Final = 10
_FEEDBACK_WORDS: Final = 20
_CONSIDERED: Final = 100
_SHARE: Final = 0.5
_TOO_COMMON: Final = 0.1

_PAGES: Final = """coalesce(
    (SELECT pages FROM wiki_commonword WHERE wiki_commonword.lexeme = asked.lexeme),
    (SELECT count(*) FROM (
        SELECT FROM wiki_posting WHERE wiki_posting.lexeme = asked.lexeme LIMIT %(counted)s
    ) AS counted)
)"""
_ALL_PAGES: Final = """greatest(
    (SELECT pages FROM wiki_searchstatistics LIMIT 1),
    (SELECT count(*) FROM (SELECT FROM wiki_publishedpage LIMIT %(counted)s) AS counted)
)"""
# The last row says whether something is called by exactly a name.
_HOW_COMMON: Final = f"""
    SELECT asked.lexeme, {_PAGES} FROM unnest(%(lexemes)s::text[]) AS asked (lexeme)
    UNION ALL SELECT '', {_ALL_PAGES}
    UNION ALL SELECT NULL, count(*) FROM (
        SELECT FROM wiki_name JOIN wiki_publishedpage USING (page_id) WHERE wiki_name.key = %(name)s LIMIT 1
    ) AS named
"""  # noqa: S608  # our own words
# These forms make the planner look postings up word by word, then page by page; a plain join is free to read
# all postings of each word, and does.
_RANKED: Final = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(lexemes)s::text[], %(weights)s::float8[]) AS asked (lexeme, weight)
    ), best AS MATERIALIZED (
        SELECT champion.page_id, asked.weight * champion.impact AS part FROM asked CROSS JOIN LATERAL (
            SELECT page_id, impact FROM wiki_posting WHERE wiki_posting.lexeme = asked.lexeme
            ORDER BY impact DESC LIMIT %(best)s
        ) AS champion
    ), listed AS MATERIALIZED (
        SELECT page_id, sum(part) AS part, row_number() OVER (ORDER BY sum(part) DESC, page_id) AS place
        FROM best GROUP BY page_id ORDER BY 2 DESC, 1 LIMIT %(most)s
    )
    SELECT page_id, CASE WHEN place <= %(summed)s THEN (
            SELECT sum(asked.weight * posting.impact) FROM wiki_posting AS posting JOIN asked USING (lexeme)
            WHERE posting.page_id = listed.page_id AND posting.lexeme = ANY (%(lexemes)s::text[])
        ) ELSE part END AS score
    FROM listed ORDER BY 2 DESC, 1
"""
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
_SHARED: Final = f"""
    WITH first AS MATERIALIZED (
        SELECT * FROM unnest(%(pages)s::bigint[], %(scores)s::float8[]) AS first (page_id, score)
    ), counted AS MATERIALIZED (
        SELECT first.page_id, first.score, found.lexeme, (
            SELECT sum(CASE field WHEN 'A' THEN 3 WHEN 'D' THEN 1 ELSE 2 END)
            FROM unnest(found.weights) AS field
        )::float8 AS times
        FROM first JOIN wiki_publishedpage AS page USING (page_id), unnest(page.vector) AS found
        WHERE found.lexeme NOT LIKE '^%%'
    ), shared AS (
        SELECT lexeme, times / sum(times) OVER (PARTITION BY page_id) * score AS part FROM counted
    )
    SELECT lexeme, part, {_PAGES}, {_ALL_PAGES} FROM (
        SELECT lexeme, sum(part) AS part FROM shared WHERE lexeme <> ALL (%(stop)s) AND lexeme !~ '^[0-9.]+$'
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(considered)s
    ) AS asked ORDER BY part DESC, lexeme
"""  # noqa: S608  # our own words


class Counts(NamedTuple):
    """How many pages hold each lexeme, how many there are, and whether one is called by a name."""

    pages: dict[str, int]
    total: int
    is_named: bool


def counts_of(lexemes: Collection[str], *, name: str = "") -> Counts:
    """Return how common some lexemes are, and whether something is called `name`.

    Of many pages, as they were last counted.
    """
    found = dict(_rows(_HOW_COMMON, {"lexemes": list(lexemes), "counted": _COUNTED, "name": name}))
    is_named, total = found.pop(None) > 0, max(found.pop(""), 1)
    return Counts({lexeme: min(pages, total) for lexeme, pages in found.items()}, total, is_named)


def how_common(lexemes: Collection[str]) -> tuple[dict[str, int], int]:
    """Return how many pages hold each lexeme, and how many pages there are."""
    found = counts_of(lexemes)
    return found.pages, found.total


def best_pages(weights: Mapping[str, float], *, most: int = MOST_PAGES) -> list[tuple[int, float]]:
    """Return the pages that hold the words best, with their scores, best first."""
    asked = _asked(weights) | {"best": _BEST_OF_A_WORD, "summed": min(_SUMMED, most * 10), "most": most}
    return _rows(_RANKED, asked) if weights else []


def pages_holding(weights: Mapping[str, float], must_hold: str) -> list[tuple[int, float]]:
    """Return the pages that a `tsquery` matches, those that hold the words best first."""
    return _rows(_HOLDING, _asked(weights) | {"must_hold": must_hold, "held": _HELD, "most": MOST_PAGES})


def kept_of(pages: Sequence[tuple[int, float]], must_hold: str) -> list[tuple[int, float]]:
    """Return those of some pages that a `tsquery` matches."""
    kept = {
        page for (page,) in _rows(_WITHOUT, {"pages": [page for page, _ in pages], "must_hold": must_hold})
    }
    return [one for one in pages if one[0] in kept]


def shared_words(pages: Sequence[tuple[int, float]]) -> tuple[dict[str, float], dict[str, int]]:
    """Return the words that the first pages of a list share, with weights that add up to 1, and how common
    each is.

    Words of every tenth page say nothing and are left out.
    """
    first = pages[:FEEDBACK_PAGES]
    asked = {"pages": [page for page, _ in first], "scores": [score for _, score in first]}
    stop = {"stop": list(STOP_WORDS), "considered": _CONSIDERED, "counted": _COUNTED}
    rows = _rows(_SHARED, asked | stop)
    kept = [row for row in rows if row[2] < _TOO_COMMON * max(row[3], 1)][:_FEEDBACK_WORDS]
    whole = sum(part for _, part, *_ in kept)
    shared = {lexeme: part / whole for lexeme, part, *_ in kept} if whole else {}
    return shared, {lexeme: pages for lexeme, _, pages, _ in kept}


def with_shared(weights: Mapping[str, float], shared: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of a question with the words added that its first pages share."""
    if not shared:
        return dict(weights)
    asked = sum(weight for lexeme, weight in weights.items() if not lexeme.startswith("^"))
    mixed = {lexeme: (1 - _SHARE) * weight / asked for lexeme, weight in weights.items()}
    for lexeme, part in shared.items():
        mixed[lexeme] = mixed.get(lexeme, 0) + _SHARE * part
    return mixed


def _asked(weights: Mapping[str, float]) -> dict[str, Any]:
    return {"lexemes": list(weights), "weights": list(weights.values())}


def _rows(statement: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
