"""The words of a question counted and the pages ranked by them, as one statement.

It takes for granted that pages say each word as it was typed. Where they do not, the counts tell it, and
whoever asks puts other words in their place and ranks again (`ranking.py`).
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.models.search.postings import (
    ALL_PAGES,
    COUNTED,
    FEEDBACK_PAGES,
    FEEDBACK_WORDS,
    IS_NAMED,
    MOST_PAGES,
    PAGES,
    SHARE,
    TOO_COMMON,
    ranked_by,
    words_shared_by,
)
from wiki.text.search.folding import STOP_WORDS

# In a smaller wiki there are not ten pages on one thing, so they share nothing that helps.
FEEDBACK_FROM: Final = 1000
# What the rarity of a word anywhere takes from that of the same word in names.
ANYWHERE: Final = 0.5
# The first pages of a long question, which are put in order by what they mean.
MOST_REORDERED: Final = 200

# BM25's idf; `ranking.py` has the same in Python.
_RARITY: Final = "ln(1 + (known.total - pages + 0.5)::float8 / (pages + 0.5)::float8)"
_FEW: Final = 3 * FEEDBACK_PAGES
_MOST_FIRST: Final = f"(SELECT CASE WHEN so THEN {_FEW} ELSE {MOST_PAGES} END FROM widening)"  # noqa: S608  # ours


def _worth(words: str) -> str:
    """Return the weight of each word of a table times how rare it is, in names less what it is anywhere."""
    return f"""{words}.weight * ({words}.rarity - CASE WHEN {words}.lexeme LIKE '^%%' THEN
        {ANYWHERE}::float8 * (
            SELECT one.rarity FROM common AS one WHERE one.lexeme = substr({words}.lexeme, 2)
        )
    ELSE 0 END)"""  # noqa: S608  # our own words


# Of a short question in a wiki that is large enough, `second` has the pages by the words asked for and those
# that the first ten share, half of the weight each (RM3).
_RANKED_AT_ONCE: Final = f"""
    WITH known AS MATERIALIZED (SELECT greatest({ALL_PAGES}, 1) AS total), common AS MATERIALIZED (
        SELECT lexeme, weight, pages, {_RARITY} AS rarity FROM known, LATERAL (
            SELECT asked.lexeme, asked.weight, least({PAGES}, known.total) AS pages
            FROM unnest(%(lexemes)s::text[], %(weights)s::float8[]) AS asked (lexeme, weight)
        ) AS counted
    ), asked AS MATERIALIZED (
        SELECT lexeme, {_worth("common")} AS weight, weight AS given
        FROM common WHERE pages > 0 AND %(ranks)s
    ), widening AS MATERIALIZED (SELECT %(widens)s AND total >= %(large)s AS so FROM known),
    first AS MATERIALIZED ({ranked_by("asked", _MOST_FIRST)}), ahead AS MATERIALIZED (
        SELECT page_id, score FROM first WHERE (SELECT so FROM widening)
        ORDER BY score DESC, page_id LIMIT {FEEDBACK_PAGES}
    ), in_common AS MATERIALIZED ({words_shared_by("ahead")}), kept AS MATERIALIZED (
        SELECT lexeme, part / sum(part) OVER () AS part, pages FROM (
            SELECT in_common.* FROM in_common, known WHERE pages < {TOO_COMMON} * total
            ORDER BY part DESC, lexeme LIMIT {FEEDBACK_WORDS}
        ) AS rarer
    ), mixed AS MATERIALIZED (
        SELECT mixture.lexeme, sum(mixture.weight) AS weight,
            coalesce(min(common.rarity), min(mixture.rarity)) AS rarity
        FROM (
            SELECT lexeme, {1 - SHARE}::float8 * given / (
                SELECT sum(given) FROM asked WHERE lexeme NOT LIKE '^%%'
            ) AS weight, NULL::float8 AS rarity FROM asked
            UNION ALL
            SELECT lexeme, {SHARE}::float8 * part, {_RARITY} FROM kept, known
        ) AS mixture LEFT JOIN common ON common.lexeme = mixture.lexeme
        WHERE EXISTS (SELECT FROM kept) GROUP BY 1
    ), meant AS MATERIALIZED (SELECT lexeme, {_worth("mixed")} AS weight FROM mixed),
    second AS MATERIALIZED ({ranked_by("meant", str(MOST_PAGES))})
    SELECT 'word', lexeme, pages, NULL::float8, NULL::bytea, NULL::bytea FROM common
    UNION ALL SELECT 'all', '', total, NULL, NULL, NULL FROM known
    UNION ALL SELECT 'named', '', ({IS_NAMED}), NULL, NULL, NULL
    UNION ALL SELECT 'second', '', page_id, score, NULL, NULL FROM second
    UNION ALL SELECT 'first', '', page_id, score, vector.text, vector.title FROM (
        SELECT *, row_number() OVER (ORDER BY score DESC, page_id) AS place FROM first
    ) AS found LEFT JOIN LATERAL (
        SELECT text, title FROM wiki_pagevector WHERE place <= {MOST_REORDERED} AND page_id = found.page_id
    ) AS vector ON true WHERE %(vectors)s
    UNION ALL SELECT 'first', '', page_id, score, NULL, NULL FROM first WHERE NOT %(vectors)s
"""  # noqa: S608  # our own words

type Pages = list[tuple[int, float]]
# Of pages by their ids, the vectors of text and title.
type Vectors = Mapping[int, tuple[bytes, bytes]]


class RankedAtOnce(NamedTuple):
    """How common the words are, and the pages by them, best first."""

    common: dict[str, int]
    total: int
    # Whether something is called by the name.
    is_named: bool
    pages: Pages
    # Of the first pages, where they were asked for.
    vectors: Vectors


def ranked_at_once(
    weights: Mapping[str, float], *, name: str = "", ranks: bool = True, widens: bool = False
) -> RankedAtOnce:
    """Return how common some words are, and, if it `ranks`, the pages by them.

    If it `widens`, as for a short question, the words are added that the first pages share; if it does not,
    the vectors of the first pages come with them.
    """
    given: dict[str, Any] = {"lexemes": list(weights), "weights": list(weights.values()), "name": name}
    given |= {
        "ranks": ranks,
        "widens": ranks and widens,
        "vectors": ranks and not widens,
        "large": FEEDBACK_FROM,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RANKED_AT_ONCE, given | {"counted": COUNTED, "stop": list(STOP_WORDS)})
        rows = cursor.fetchall()
    said = {"all": 1, "named": 0} | {what: number for what, _, number, *_ in rows}
    first, second = (_best_first(rows, what) for what in ("first", "second"))
    vectors = {page: (bytes(text), bytes(title)) for _, _, page, _, text, title in rows if text is not None}
    common = {lexeme: number for what, lexeme, number, *_ in rows if what == "word"}
    # The first page stays the first: it holds what was asked, not only what goes with it.
    pages = (
        [(first[0][0], second[0][1]), *(one for one in second if one[0] != first[0][0])] if second else first
    )
    return RankedAtOnce(common, said["all"], said["named"] > 0, pages, vectors)


def _best_first(rows: list[tuple[Any, ...]], wanted: str) -> Pages:
    pages = [(page, score) for what, _, page, score, *_ in rows if what == wanted]
    return sorted(pages, key=lambda one: (-one[1], one[0]))
