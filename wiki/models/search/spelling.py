"""Misspelt words of a question: the nearest spelling that some page has."""

import math
from collections.abc import Mapping
from typing import Final

from django.db import connection
from rapidfuzz.distance import OSA

from wiki.models.search.postings import how_common
from wiki.text.language.spelling import differ_in_sense
from wiki.text.language.vocabulary import (
    is_kind_of_drug,
    is_known,
    is_listed_drug,
    is_made_of_known,
    is_medical,
)
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
_HELD: Final = """
    SELECT DISTINCT word, lexeme FROM wiki_spelling WHERE wiki_spelling.word = ANY (%(parts)s::text[])
"""
# Of a short word a slip changes most trigrams, so all words that are one slip away are looked up as well; of
# one with four letters too many words are: "fats" is not "fits".
_SHORT: Final = range(5, 8)
_SHORTEST_PART: Final = 3
# What tells that a word is spelt as it is meant, whether or not a page says it.
_RIGHT: Final = (is_known, is_medical, is_kind_of_drug, is_made_of_known)


def mending(words: Mapping[str, str]) -> dict[str, str]:
    """Return the correction of each misspelt word, where a word of the wiki is similar enough.

    The words are given as they are looked up, each with how it was typed.

    Of several it is the nearest, and of those as near the one that most pages say.
    """
    asked = [word for word, typed in words.items() if _can_be_mended(word, typed)]
    if not asked:
        return {}
    slips = [(word, slip) for word in asked if len(word) in _SHORT for slip in one_slip_away(word)]
    given = {"words": asked, "typed": [one for one, _ in slips], "slips": [slip for _, slip in slips]}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, given)
        near = [row for row in cursor.fetchall() if _is_near(row[0], row[1])]
    common = how_common({lexeme for *_, lexeme in near})
    best: dict[str, tuple[float, str]] = {}
    for typed, word, lexeme in near:
        if pages := common[lexeme]:
            cost = OSA.distance(typed, word) + 0.5 * (typed[0] != word[0]) - 0.2 * math.log(pages)
            best[typed] = min(best.get(typed, (math.inf, "")), (cost, word))
    return _apart([word for word in asked if word not in best]) | {
        typed: one[1] for typed, one in best.items()
    }


def _apart(words: list[str]) -> dict[str, str]:
    """Return words that were written as one apart, where pages have both: "braintumour" is "brain tumour"."""
    cuts = {word: [(word[:at], word[at:]) for at in _places_to_cut(word)] for word in words}
    parts = [part for pairs in cuts.values() for pair in pairs for part in pair]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"parts": parts})
        held = dict(cursor.fetchall())
    common = how_common(list(held.values()))
    found: dict[str, str] = {}
    for word, pairs in cuts.items():
        known = [(min(common[held[one]] for one in pair), pair) for pair in pairs if held.keys() >= set(pair)]
        if known and max(known)[0]:
            found[word] = " ".join(max(known)[1])
    return found


def _places_to_cut(word: str) -> range:
    return range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)


def _can_be_mended(word: str, typed: str) -> bool:
    """Return whether a word may be misspelt: "cats" and "bradykinesia" are right, though no page says them,
    and so are "statins", which no list has.

    With an accent it is of another language, which no list here knows: "tuberöse" is no "tuberose".
    """
    if len(word) < 4 or not (word.isalpha() and word.isascii()):
        return False
    return not typed.isascii() or not any(is_right(word) for is_right in _RIGHT)


def _is_near(typed: str, word: str) -> bool:
    if is_listed_drug(typed):  # only the same name with another ending: "albendazol", never another drug
        return word.startswith(typed) and len(word) <= len(typed) + 2
    # Hardly anybody misspells the first letter and two more: "anthracyclines" are no "tetracyclines".
    most = 1 if len(typed) < 6 or typed[0] != word[0] else 2 if len(typed) < 10 else 3
    return OSA.distance(typed, word, score_cutoff=most) <= most and not differ_in_sense(typed, word)
