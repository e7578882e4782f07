"""BM25 over the postings of the words asked for, and the words that the best pages share (RM3), as parts of
the one statement (`at_once.py`).

What is read does not grow with the wiki: of each word only the pages that hold it most are looked at, and
only the best of these are added up in full.
"""

from collections.abc import Mapping
from typing import Final

MOST_PAGES: Final = 1000
# The first pages of a long question, which are put in order by what they mean.
MOST_REORDERED: Final = 200
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

# Pages by their ids, each with its score, best first.
type Pages = list[tuple[int, float]]
# Of pages by their ids, the vectors of text and title.
type Vectors = Mapping[int, tuple[bytes, bytes]]

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

# The few pages with exactly the first of some names as a title; if there is none, those with such another
# name; if there is none either, those with the next of the names.
CALLED: Final = """SELECT page_id FROM (
    SELECT page_id, dense_rank() OVER (ORDER BY array_position(%(subject)s::text[], key), rank) AS place
    FROM wiki_name JOIN wiki_publishedpage USING (page_id) WHERE key = ANY (%(subject)s::text[]) LIMIT 20
) AS named WHERE place = 1"""


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
        SELECT page_id, CASE WHEN place <= {_SUMMED} THEN ({_summed(asked)}) ELSE part END AS score
        FROM listed
    """  # noqa: S608  # our own words


def held_by(asked: str, must_hold: str) -> str:
    """Return the query for the pages that a `tsquery` matches, those that hold the words of a table best."""
    return f"""
        SELECT page_id, coalesce(({_summed(asked)}), 0) AS score FROM (
            SELECT page_id FROM wiki_publishedpage WHERE vector @@ {must_hold} LIMIT {_HELD}
        ) AS listed ORDER BY 2 DESC, 1 LIMIT {MOST_PAGES}
    """  # noqa: S608  # our own words


def _summed(asked: str) -> str:
    return f"""
        SELECT sum(asked.weight * posting.impact)
        FROM wiki_posting AS posting JOIN {asked} AS asked USING (lexeme)
        WHERE posting.page_id = listed.page_id AND posting.lexeme = ANY (ARRAY(SELECT lexeme FROM {asked}))
    """  # noqa: S608  # our own words


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
