"""Search over what is published: one list, best first, with no tier for pages that hold all words.

Pages are ranked by BM25. To a short question the words are added that its first pages share; the first pages
of a long one are put in order by what they mean, where word vectors are at hand.
"""

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from wiki.models.published_pages import PublishedPage
from wiki.models.search.at_once import ANYWHERE, RankedAtOnce, ranked_at_once
from wiki.models.search.by_data_sets import pages_by_data_sets
from wiki.models.search.index import SearchStatistics
from wiki.models.search.meaning import by_meaning, nearest_in_meaning
from wiki.models.search.postings import MOST_PAGES as MOST_PAGES
from wiki.models.search.postings import best_pages, kept_of, pages_holding
from wiki.models.search.spelling import mending
from wiki.models.search.suggestions import pages_called_so
from wiki.text.search.question import SearchQuestion
from wiki.text.search.vector import anywhere_of, in_names, is_in_names

# What a word in names counts beside the word anywhere, whose own rarity counts half against it.
_IN_NAMES = 0.7
# What weighs less is a part of a code.
_OF_A_CODE: Final = 0.5
_NUMBER: Final = re.compile(r"\d{3}")
# A question of at most so many different words is short.
_SHORT: Final = 4
_AT_ONCE: Final = 100
_SMALL: Final = 2000
_FRESH: Final = dt.timedelta(hours=6)


@dataclass(frozen=True)
class Ranking:
    """The pages that match a question, best first, and the corrected spellings of its words."""

    pages: tuple[tuple[int, float], ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    mending: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    # Words that no page says, for which others were looked for.
    reworded: tuple[str, ...] = ()
    # Whether no page holds any of the words: then the pages are those with a name that begins so, or that
    # have to do with them by data sets, or that mean something alike, if any.
    is_guessed: bool = False
    # Whether something is called exactly so.
    is_named: bool = False


def ranked(question: SearchQuestion, *, name: str = "", as_typed: bool = False) -> Ranking:
    """Return the pages that match a question, best first, at most `MOST_PAGES`.

    Words that no page holds, in no other words either, are mended first, unless they are meant `as_typed`:
    as those are by which, as a `name`, something is called.
    """
    found = _looked_up(question, _asked(question), name=name)
    common, is_named = found.common, found.is_named
    as_typed = as_typed or is_named
    meant = question.synonyms
    gone = [
        one
        for one in question.words
        if one.typed and one.folded in question.content and _is_missing(one.lexemes, common)
    ]
    # A word that pages say in other words is spelt as it is meant.
    reworded = [
        one for one in gone if any(common[each] for word in one.lexemes for each in meant.get(word, ()))
    ]
    missing = {one.folded: one.typed for one in gone if one not in reworded}
    parts = _parts_of_unknown_codes(question, common)
    mended = {} if as_typed else mending(missing)
    if mended:
        question = question.mended(mended)
        found = _looked_up(question, _asked(question))
        common = found.common
    weights = _asked(question) | _stand_ins(question, common)
    asked = {one: weight for one, weight in weights.items() if common[one] and one not in parts}
    rarity = _rarity(asked, common, found.total)
    if asked != {one: weight for one, weight in _asked(question).items() if common[one]}:
        found = _looked_up(question, asked)
    pages = _pages(question, rarity, found)
    unknown = tuple(typed for folded, typed in missing.items() if folded not in mended)
    is_guessed = not pages and not question.must_hold and not as_typed
    if is_guessed:
        pages = (
            pages_called_so(question.text)
            or pages_by_data_sets(question.text)
            or nearest_in_meaning(question.text)
        )
    others = tuple(one.typed for one in reworded)
    return Ranking(tuple(pages), rarity, mended, unknown, others, is_guessed=is_guessed, is_named=is_named)


def _looked_up(question: SearchQuestion, weights: Mapping[str, float], *, name: str = "") -> RankedAtOnce:
    """Return how common the words of a question are, and the pages by them, if it asks for nothing else."""
    ranks = bool(question.content) and not question.must_hold
    return ranked_at_once(weights, name=name, ranks=ranks, widens=len(question.content) <= _SHORT)


def _pages(
    question: SearchQuestion, rarity: Mapping[str, float], found: RankedAtOnce
) -> list[tuple[int, float]]:
    if must_hold := question.must_hold:
        if question.phrases:
            return pages_holding(rarity, must_hold)
        return kept_of(best_pages(rarity), must_hold)
    if not question.content:
        return pages_holding({}, line) if (line := question.all_words) else best_pages(rarity)
    if len(question.content) > _SHORT:
        return by_meaning(question.text, found.pages, found.vectors)
    return found.pages


def _asked(question: SearchQuestion) -> dict[str, float]:
    """Return the lexemes of the question, each with its weight: anywhere, and in names."""
    weights = question.weights
    return weights | {in_names(lexeme): weight * _IN_NAMES for lexeme, weight in weights.items()}


def _parts_of_unknown_codes(question: SearchQuestion, common: Mapping[str, int]) -> set[str]:
    """Return the parts of codes that no page holds: who asks for HP:0002072 does not ask for every "HP"."""
    known: set[str] = set()
    parts: set[str] = set()
    for one in question.words:
        is_known = any(common[each] for each, weight in one.lexemes.items() if weight >= _OF_A_CODE)
        small = {
            each for each, weight in one.lexemes.items() if weight < _OF_A_CODE and not _NUMBER.match(each)
        }
        parts |= small if not is_known else set()
        known |= one.lexemes.keys() - small if not is_known else one.lexemes.keys()
    return {each for lexeme in parts - known for each in (lexeme, in_names(lexeme))}


def _stand_ins(question: SearchQuestion, common: Mapping[str, int]) -> dict[str, float]:
    """Return what pages say instead of the words that none of them holds: it counts like the words."""
    meant = question.synonyms
    gone = (one.lexemes for one in question.words if not any(common[lexeme] for lexeme in one.lexemes))
    instead = {other for lexemes in gone for lexeme in lexemes for other in meant.get(lexeme, ())}
    return dict.fromkeys(instead, 1.0) | {in_names(lexeme): _IN_NAMES for lexeme in instead}


def _rarity(weights: Mapping[str, float], common: Mapping[str, int], total: int) -> dict[str, float]:
    """Return weights times how rare each lexeme is in the wiki (BM25's idf).

    Of a lexeme in names it counts how much rarer it is there than anywhere.
    """
    rarity = {lexeme: math.log(1 + (total - pages + 0.5) / (pages + 0.5)) for lexeme, pages in common.items()}
    return {
        lexeme: weight * (rarity[lexeme] - ANYWHERE * rarity[anywhere_of(lexeme)] * is_in_names(lexeme))
        for lexeme, weight in weights.items()
    }


def _is_missing(lexemes: Mapping[str, float], common: Mapping[str, int]) -> bool:
    """Return whether no page holds the main lexeme of a word."""
    most = max(lexemes.values(), default=0)
    return not any(common[one] for one, weight in lexemes.items() if weight == most)


def count_words_if_due() -> int:
    """Count the words anew where that is due; return how many pages there are, 0 where it is not.

    A small wiki is counted each time, a large one once it has grown by a twentieth, or after six hours.
    """
    total = PublishedPage.objects.count()
    last = SearchStatistics.objects.first()
    is_fresh = last is not None and timezone.now() - last.counted_at < _FRESH
    if total > _SMALL and last and is_fresh and abs(total - last.pages) < last.pages / 20:
        return 0
    return count_words()


def count_words() -> int:
    """Count what ranking needs to know of the whole wiki anew; return how many pages there are.

    Where pages have become longer or shorter, their words are written again, some pages at a time: nobody who
    approves a change waits for it longer than for a few pages.
    """
    pages = list(PublishedPage.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT causeway_count_words()")
        has_moved = cursor.fetchone()[0]
        for start in range(0, len(pages) if has_moved else 0, _AT_ONCE):
            with transaction.atomic():
                cursor.execute("SELECT causeway_post_again(%s)", [pages[start : start + _AT_ONCE]])
    return len(pages)
