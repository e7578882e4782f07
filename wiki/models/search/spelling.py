"""Misspelt words of a question: the nearest spelling that some page has."""

import math
from collections.abc import Collection
from typing import Final

from django.db import connection
from rapidfuzz.distance import OSA

from wiki.models.search.postings import how_common
from wiki.text.language.spelling import differ_in_sense
from wiki.text.search.slips import one_slip_away

_NEAR: Final = """
    SELECT asked.word, near.word, near.lexeme
    FROM unnest(%(words)s::text[]) AS asked (word), LATERAL (
        SELECT word, lexeme FROM wiki_spelling
        WHERE wiki_spelling.word %% asked.word
        ORDER BY similarity(wiki_spelling.word, asked.word) DESC, word LIMIT 40
    ) AS near
    UNION
    SELECT asked.typed, word, lexeme
    FROM unnest(%(typed)s::text[], %(slips)s::text[]) AS asked (typed, slip), LATERAL (
        SELECT word, lexeme FROM wiki_spelling WHERE wiki_spelling.word = asked.slip LIMIT 1
    ) AS slipped
"""
# Of a short word a slip changes most trigrams, so all words that are one slip away are looked up as well; of
# one with four letters too many words are: "fats" is not "fits".
_SHORT: Final = range(5, 8)


def mending(words: Collection[str]) -> dict[str, str]:
    """Return the correction of each misspelt word, where a word of the wiki is similar enough.

    Of several it is the nearest, and of those as near the one that most pages say.
    """
    asked = [word for word in words if _can_be_mended(word)]
    if not asked:
        return {}
    slips = [(word, slip) for word in asked if len(word) in _SHORT for slip in one_slip_away(word)]
    given = {"words": asked, "typed": [one for one, _ in slips], "slips": [slip for _, slip in slips]}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, given)
        near = [row for row in cursor.fetchall() if _is_near(row[0], row[1])]
    common, _ = how_common({lexeme for *_, lexeme in near})
    best: dict[str, tuple[float, str]] = {}
    for typed, word, lexeme in near:
        if pages := common[lexeme]:
            cost = OSA.distance(typed, word) + 0.5 * (typed[0] != word[0]) - 0.2 * math.log(pages)
            best[typed] = min(best.get(typed, (math.inf, "")), (cost, word))
    return {typed: word for typed, (_, word) in best.items()}


def _can_be_mended(word: str) -> bool:
    return len(word) >= 4 and word.isalpha() and word.isascii()


def _is_near(typed: str, word: str) -> bool:
    most = 1 if len(typed) < 6 else 2 if len(typed) < 10 else 3
    return OSA.distance(typed, word, score_cutoff=most) <= most and not differ_in_sense(typed, word)
