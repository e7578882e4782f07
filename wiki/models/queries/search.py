"""Search over what is published: BM25 over the postings of the words asked for, the best of each word.

One list, best first, and no tier for pages that hold all words. What is read does not grow with the wiki:
of each word only the pages that hold it most are looked at.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from rapidfuzz.distance import OSA

from wiki.text.language.spelling import differ_in_sense
from wiki.text.search.question import SearchQuestion
from wiki.text.search.vector import in_names

MOST_PAGES: Final = 1000
_BEST_OF_A_WORD: Final = 1000
_IN_NAMES: Final = 0.7
_COUNTED: Final = 1000

_HOW_COMMON: Final = """
    SELECT asked.lexeme,
        (SELECT count(*) FROM (
            SELECT FROM wiki_posting WHERE lexeme = asked.lexeme LIMIT %(counted)s
        ) AS counted),
        (SELECT (common ->> asked.lexeme)::int FROM wiki_searchstatistics)
    FROM unnest(%(lexemes)s::text[]) AS asked (lexeme)
    UNION ALL
    SELECT '', (SELECT count(*) FROM (SELECT FROM wiki_publishedpage LIMIT %(counted)s) AS counted),
        (SELECT pages FROM wiki_searchstatistics)
"""
# This form makes the planner look postings up page by page; a plain join reads all postings of each word.
_RANKED: Final = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(lexemes)s::text[], %(weights)s::float8[]) AS asked (lexeme, weight)
    ), found AS MATERIALIZED (
        SELECT DISTINCT best.page_id FROM asked, LATERAL (
            SELECT page_id FROM wiki_posting WHERE wiki_posting.lexeme = asked.lexeme
            ORDER BY impact DESC LIMIT %(best)s
        ) AS best
    ), kept AS MATERIALIZED (
        SELECT page_id FROM found WHERE %(must_hold)s = '' OR EXISTS (
            SELECT FROM wiki_publishedpage AS shown
            WHERE shown.page_id = found.page_id AND shown.vector @@ nullif(%(must_hold)s, '')::tsquery
        )
    )
    SELECT kept.page_id, one.score FROM kept, LATERAL (
        SELECT sum(weight * impact) AS score FROM wiki_posting JOIN asked USING (lexeme)
        WHERE wiki_posting.page_id = kept.page_id AND wiki_posting.lexeme = ANY (%(lexemes)s::text[])
    ) AS one
    ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
_ONLY_HELD: Final = """
    SELECT page_id, 1.0 FROM wiki_publishedpage WHERE vector @@ %(must_hold)s::tsquery
    ORDER BY 1 LIMIT %(most)s
"""
_NEAR: Final = """
    SELECT asked.word, near.word, near.lexeme,
        (SELECT count(*) FROM (
            SELECT FROM wiki_posting WHERE lexeme = near.lexeme LIMIT %(counted)s
        ) AS counted)
    FROM unnest(%(words)s::text[]) AS asked (word), LATERAL (
        SELECT word, lexeme FROM wiki_spelling
        WHERE wiki_spelling.word %% asked.word
        ORDER BY similarity(wiki_spelling.word, asked.word) DESC, word LIMIT 40
    ) AS near
"""


@dataclass(frozen=True)
class Ranking:
    """The pages that match a question, best first, and the corrected spellings of its words."""

    pages: tuple[tuple[int, float], ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    mending: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def ranked(question: SearchQuestion, *, as_typed: bool = False) -> Ranking:
    """Return the pages that match a question, best first, at most `MOST_PAGES`.

    Words that no page holds are mended first, unless they are meant `as_typed`.
    """
    common, total = _how_common(_asked(question))
    missing = {
        one.folded: one.typed for one in question.words if _is_missing(one.lexemes, common) and one.typed
    }
    mending = {} if as_typed else _mending([one for one in missing if _can_be_mended(one)])
    if mending:
        question = question.mended(mending)
        common, total = _how_common(_asked(question))
    weights = {
        lexeme: weight * math.log(1 + (total - common[lexeme] + 0.5) / (common[lexeme] + 0.5))
        for lexeme, weight in _asked(question).items()
        if common[lexeme]
    }
    unknown = tuple(typed for folded, typed in missing.items() if folded not in mending)
    return Ranking(_pages(weights, question.must_hold), weights, mending, unknown)


def _asked(question: SearchQuestion) -> dict[str, float]:
    """Return the lexemes of the question, each with its weight: anywhere, and in names."""
    weights = question.weights
    return weights | {in_names(lexeme): weight * _IN_NAMES for lexeme, weight in weights.items()}


def _is_missing(lexemes: Mapping[str, float], common: Mapping[str, int]) -> bool:
    """Return whether no page holds the main lexeme of a word."""
    most = max(lexemes.values(), default=0)
    return not any(common[one] for one, weight in lexemes.items() if weight == most)


def _how_common(lexemes: Collection[str]) -> tuple[dict[str, int], int]:
    """Return how many pages hold each lexeme, and how many pages there are: exact while few, stored while
    many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOW_COMMON, {"lexemes": list(lexemes), "counted": _COUNTED})
        rows = cursor.fetchall()
    found = {lexeme: max(few, many or 0) if few == _COUNTED else few for lexeme, few, many in rows}
    total = max(found.pop(""), 1)
    return {lexeme: min(pages, total) for lexeme, pages in found.items()}, total


def _pages(weights: Mapping[str, float], must_hold: str) -> tuple[tuple[int, float], ...]:
    if not weights and (not must_hold or must_hold.startswith("!")):
        return ()
    asked: dict[str, Any] = {
        "lexemes": list(weights),
        "weights": list(weights.values()),
        "must_hold": must_hold,
        "best": _BEST_OF_A_WORD,
        "most": MOST_PAGES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RANKED if weights else _ONLY_HELD, asked)
        return tuple(cursor.fetchall())


def _can_be_mended(word: str) -> bool:
    return len(word) >= 4 and word.isalpha() and word.isascii()


def _mending(words: list[str]) -> dict[str, str]:
    """Return the correction of each misspelt word, where a word of the wiki is similar enough."""
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"words": words, "counted": _COUNTED})
        rows = cursor.fetchall()
    best: dict[str, tuple[float, str]] = {}
    for typed, word, _, pages in rows:
        most = 1 if len(typed) < 6 else 2 if len(typed) < 10 else 3
        distance = OSA.distance(typed, word, score_cutoff=most)
        if pages and distance <= most and not differ_in_sense(typed, word):
            cost = distance + 0.5 * (typed[0] != word[0]) - 0.2 * math.log(pages)
            best[typed] = min(best.get(typed, (math.inf, "")), (cost, word))
    return {typed: word for typed, (_, word) in best.items()}


def count_words() -> int:
    """Count what ranking needs to know of the whole wiki anew; return how many pages there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT causeway_count_words()")
        return int(cursor.fetchone()[0])
