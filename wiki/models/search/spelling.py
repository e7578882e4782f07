"""Misspelt words of a question: the nearest spelling that some page has.

The near spellings come with the first statement of a search, for those words alone that no page holds.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import OSA

from wiki.models.search.postings import PAGES
from wiki.text.language.spelling import differ_in_sense
from wiki.text.language.vocabulary import (
    is_kind_of_drug,
    is_known,
    is_listed_drug,
    is_made_of_known,
    is_medical,
)
from wiki.text.search.slips import one_slip_away
from wiki.text.search.word_parts import is_made_of_parts

# Fewer letters begin too many words.
_SHORTEST_BEGINNING: Final = 4
# From so many letters on the beginning of a word is nearer to it than a word with one slip.
_BEGUN_FROM: Final = 5
_BEGUN: Final = 0.3
_LONG_WAY: Final = 10.0
_NONE: Final = (math.inf, "")
# Of the words in doubt that no page holds, in other words either, the near spellings, those of their parts
# and those that begin so, each with how many pages say it.
NEAR_SPELLINGS: Final = f"""
    WITH doubt AS MATERIALIZED (
        SELECT one.word FROM unnest(%(doubtful)s::text[], %(places)s::int[]) AS one (word, place)
        WHERE place IN (SELECT place FROM state WHERE is_missing AND NOT is_reworded)
    ), near AS MATERIALIZED (
        SELECT doubt.word AS typed, near.word, near.lexeme, 'near' AS what FROM doubt, LATERAL (
            SELECT word, lexeme FROM wiki_spelling WHERE wiki_spelling.word %% doubt.word
            ORDER BY similarity(wiki_spelling.word, doubt.word) DESC, word LIMIT 40
        ) AS near
        UNION
        SELECT other.typed, held.word, held.lexeme, other.what
        FROM unnest(%(typed)s::text[], %(others)s::text[], %(what)s::text[]) AS other (typed, word, what),
            LATERAL (
                SELECT word, lexeme FROM wiki_spelling WHERE wiki_spelling.word = other.word LIMIT 1
            ) AS held
        WHERE other.typed IN (SELECT word FROM doubt)
        UNION
        SELECT doubt.word, begun.word, begun.lexeme, 'begun' FROM doubt, LATERAL (
            SELECT word, lexeme FROM wiki_spelling
            WHERE wiki_spelling.word > doubt.word AND wiki_spelling.word < doubt.word || %(last_letter)s
            ORDER BY word LIMIT 40
        ) AS begun WHERE length(doubt.word) >= {_SHORTEST_BEGINNING}
    ), counted AS MATERIALIZED (
        SELECT asked.lexeme, least({PAGES}, known.total) AS pages
        FROM known, (SELECT DISTINCT lexeme FROM near) AS asked
    )
    SELECT what, typed || ' ' || word, pages FROM near JOIN counted USING (lexeme)
"""  # noqa: S608  # our own words
# Of a short word a slip changes most trigrams, so all words that are one slip away are looked up as well; of
# one with four letters too many words are: "fats" is not "fits".
_SHORT: Final = range(5, 8)
_SHORTEST_PART: Final = 3
_SHORTEST_BASE: Final = 5
# Endings of words for what does something: "sclerosants" are no slip for "sclerosis".
_DOERS: Final = ("ant", "ants", "ator", "ators", "ist", "ists", "lytic", "lytics")
# What tells that a word is spelt as it is meant, whether or not a page says it.
_RIGHT: Final = (is_known, is_medical, is_kind_of_drug, is_made_of_known, is_made_of_parts)


class NearSpelling(NamedTuple):
    """A spelling `near` to a typed word, a `part` of it, or one `begun` by it, and how many pages say it."""

    typed: str
    word: str
    pages: int
    what: str = "near"


def near_spellings(words: Mapping[int, str]) -> dict[str, Any]:
    """Return what `NEAR_SPELLINGS` is given for words in doubt, by their places in the question."""
    slips = [(one, slip) for one in words.values() if len(one) in _SHORT for slip in one_slip_away(one)]
    parts = [(one, part) for one in words.values() for pair in _pairs(one) for part in pair]
    others = [*slips, *parts]
    return {
        "doubtful": list(words.values()),
        "places": list(words),
        "typed": [typed for typed, _ in others],
        "others": [other for _, other in others],
        "what": ["near"] * len(slips) + ["part"] * len(parts),
        "last_letter": "\U0010ffff",
    }


def mending(
    words: Iterable[str], spellings: Sequence[NearSpelling], *, finishes: bool = True
) -> dict[str, str]:
    """Return the correction of each misspelt word, where a word of the wiki is similar enough.

    Of several it is the nearest, and of those as near the one that most pages say. A word that was only begun
    is as near as one slip and less: "everol" is everolimus, not "every". Where it `finishes` no words, such a
    one is left as it is.
    """
    near: dict[str, tuple[float, str]] = {}
    begun: dict[str, tuple[float, str]] = {}
    parts: dict[str, dict[str, int]] = {}
    drugs = Counter(one.typed for one in spellings if one.what == "begun" and is_listed_drug(one.word))
    for typed, word, pages, what in spellings:
        if what == "part":
            parts.setdefault(typed, {})[word] = pages
        elif pages and (_may_begin(typed, word, drugs) if what == "begun" else _is_near(typed, word)):
            costs = begun if what == "begun" else near
            costs[typed] = min(costs.get(typed, _NONE), (_cost(typed, word, pages, what), word))
    apart = {one: found for one in words if one not in near and (found := _apart(one, parts.get(one, {})))}
    best = {
        typed: found
        for typed in near.keys() | (begun.keys() - apart.keys())
        if (found := _nearest(typed, near.get(typed, _NONE), begun.get(typed, _NONE), finishes=finishes))
    }
    return apart | best


def _may_begin(typed: str, word: str, drugs: Mapping[str, int]) -> bool:
    """Return whether a word may be what was begun: a drug only if no other begins so, by enough letters."""
    if is_listed_drug(typed):
        return False
    return not is_listed_drug(word) or (drugs[typed] == 1 and len(typed) >= _BEGUN_FROM)


def _nearest(typed: str, near: tuple[float, str], begun: tuple[float, str], *, finishes: bool) -> str:
    """Return the nearer word; "" for one that was only begun, where such are not finished."""
    if finishes:
        return min(near, begun)[1]
    return near[1] if near <= begun or near[1].startswith(typed) else ""


def _cost(typed: str, word: str, pages: int, what: str) -> float:
    """Return how far a word is from what was typed, in slips, less the more pages say it."""
    if what == "begun" and len(typed) < _BEGUN_FROM:
        slips = _LONG_WAY  # so few letters begin many words, so any near one is nearer
    elif word.startswith(typed) and len(typed) >= _BEGUN_FROM:
        slips = _BEGUN
    else:
        slips = OSA.distance(typed, word) + 0.5 * (typed[0] != word[0])
    return slips - 0.2 * math.log(pages)


def can_be_mended(word: str, typed: str) -> bool:
    """Return whether a word may be misspelt: "cats" and "bradykinesia" are right, though no page says them,
    and so are "statins", which no list has. It is given as it is looked up, and how it was typed.

    With an accent it is of another language, which no list here knows: "tuberöse" is no "tuberose".
    """
    if len(word) < 4 or not (word.isalpha() and word.isascii()):
        return False
    return not typed.isascii() or not any(is_right(word) for is_right in _RIGHT)


def _apart(word: str, held: Mapping[str, int]) -> str:
    """Return a word that was written as one apart, where pages have both: "braintumour" is "brain tumour"."""
    known = [(min(held[one] for one in pair), pair) for pair in _pairs(word) if held.keys() >= set(pair)]
    return " ".join(max(known)[1]) if known and max(known)[0] else ""


def _pairs(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)]


def _is_near(typed: str, word: str) -> bool:
    if is_listed_drug(typed):  # only the same name with another ending: "albendazol", never another drug
        return word.startswith(typed) and len(word) <= len(typed) + 2
    if not word.endswith(_DOERS) and any(word.startswith(base) for base in _bases(typed)):
        return False
    # Hardly anybody misspells the first letter and two more: "anthracyclines" are no "tetracyclines".
    most = 1 if len(typed) < 6 or typed[0] != word[0] else 2 if len(typed) < 10 else 3
    return OSA.distance(typed, word, score_cutoff=most) <= most and not differ_in_sense(typed, word)


def _bases(word: str) -> list[str]:
    """Return what is left of a word for what does something, without its ending."""
    bases = [word.removesuffix(end) for end in _DOERS if word.endswith(end)]
    return [one for one in bases if len(one) >= _SHORTEST_BASE]
