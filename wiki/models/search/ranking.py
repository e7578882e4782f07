"""Search over what is published: one list, best first, with no tier for pages that hold all words.

Pages are ranked by BM25. To a short question the words are added that its first pages share; the first pages
of a long one are put in order by what they mean, where word vectors are at hand.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from wiki.models.published_pages import PublishedPage
from wiki.models.search.at_once import OF_A_CODE, WordAsked, WordsAsked, ranked_at_once
from wiki.models.search.guesses import guessed_pages, nearest
from wiki.models.search.index import SearchStatistics
from wiki.models.search.meaning import by_meaning
from wiki.models.search.postings import MOST_PAGES as MOST_PAGES
from wiki.models.search.postings import Pages
from wiki.models.search.spelling import can_be_mended, mending
from wiki.models.search.with_pages import ListedPart, ranked_with_pages
from wiki.text.search.folding import lexemes_of
from wiki.text.search.question import SearchQuestion, Word
from wiki.text.search.vector import in_names
from wiki.text.search.word_parts import plain_words
from wiki.text.slugs import fold

# What a word in names counts beside the word anywhere, whose own rarity counts half against it.
_IN_NAMES = 0.7
_AMOUNTS: Final = frozenset({"high", "low"})
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
    # What was looked for where no page says a quoted phrase: its words.
    loosened: str = ""
    # Whether something is called exactly so.
    is_named: bool = False
    # Pages of the part that was asked for, by their ids, as far as they came with the ranking.
    rows: Mapping[int, PublishedPage] = field(default_factory=dict)


def ranked(
    question: SearchQuestion, *, name: str = "", as_typed: bool = False, part: ListedPart | None = None
) -> Ranking:
    """Return the pages that match a question, best first, at most `MOST_PAGES`. One query.

    Words that no page holds, in no other words either, are mended first, unless they are meant `as_typed`:
    as those are by which, as a `name`, something is called. That takes a second query, and so do guesses, and
    the words of a phrase that no page says.
    With a `part` of the list it takes two queries at most to have the rows of its pages as well.
    """
    first = _asked(question, name=name, as_typed=as_typed)
    if part and not as_typed and not question.excluded:
        first = replace(first, guessed_by=question.in_full)
    found = asked = ranked_at_once(first)
    gone = {place: one for place, one in enumerate(question.words) if _says_something(one, question)}
    missing = {one.folded: one.typed for place, one in gone.items() if place in asked.missing}
    as_typed = as_typed or asked.is_named
    # Where no page holds any word, names that begin so are guessed.
    mended = {} if as_typed else mending(missing, asked.near, finishes=bool(asked.pages))
    rows: dict[int, PublishedPage] = {}
    loosens = bool(question.phrases) and not asked.pages and not as_typed
    if loosens:
        question = replace(question, phrases=())
    if mended or loosens:
        question = question.mended(mended)
        anew = _asked(question, as_typed=True)
        found, rows = ranked_with_pages(anew, part) if part else (ranked_at_once(anew), {})
    pages = found.pages
    if _is_long(question):
        pages = by_meaning(question.text, pages, found.vectors)
    pages = _first_of(pages, found.subject)
    is_guessed = not pages and not question.must_hold and not as_typed
    if is_guessed:
        is_at_hand = first.guessed_by == question.in_full
        pages = nearest(question.in_full, asked.guesses) if is_at_hand else guessed_pages(question.in_full)
    return Ranking(
        pages=tuple(pages),
        weights=found.weights,
        mending=mended,
        unknown=tuple(typed for folded, typed in missing.items() if folded not in mended),
        # A word that pages say in other words is spelt as it is meant.
        reworded=tuple(one.typed for place, one in gone.items() if place in asked.reworded),
        is_guessed=is_guessed,
        loosened=question.text if loosens and found.pages else "",
        is_named=asked.is_named,
        rows=rows,
    )


def _asked(question: SearchQuestion, *, as_typed: bool, name: str = "") -> WordsAsked:
    """Return what pages are looked for by.

    What a phrase says, or a question of words that say little, pages must hold; of what is left out they must
    not.
    """
    meant = question.synonyms
    words = [_word_asked(one, meant) for one in question.words]
    # What only stands in for a word is counted too, and weighs nothing by itself.
    stand_ins = dict.fromkeys(chain.from_iterable(one.instead for one in words), 0.0)
    says_little = not question.content and not question.must_hold
    must_hold = question.all_words if says_little else question.must_hold
    is_held = says_little or bool(question.phrases)
    of_nothing = question.says_of_nothing
    doubtful = {
        place: one.folded
        for place, one in enumerate(question.words)
        if not as_typed and _says_something(one, question) and can_be_mended(one.folded, one.typed)
    }
    return WordsAsked(
        stand_ins | _in_names_too(question.weights),
        words,
        doubtful,
        name,
        must_hold=must_hold if is_held else "",
        without="" if is_held else must_hold,
        widens=bool(question.content) and not must_hold and not _is_long(question) and not of_nothing,
        with_vectors=_is_long(question),
        by_links=of_nothing,
        is_one_word=len(question.content) == 1 and not must_hold,
        subject=() if question.must_hold else list(map(fold, question.subject_names)),
    )


def _first_of(pages: Pages, subject: Sequence[int]) -> Pages:
    """Return pages with those first that are called as what is asked about."""
    best = max((score for _, score in pages), default=1.0)
    return [*((page, best) for page in subject), *(one for one in pages if one[0] not in subject)]


def _word_asked(word: Word, meant: Mapping[str, set[str]]) -> WordAsked:
    small = {one for one, weight in word.lexemes.items() if weight < OF_A_CODE and not _NUMBER.match(one)}
    instead = _in_names_too(dict.fromkeys((one for each in word.lexemes for one in meant.get(each, ())), 1.0))
    if not instead:
        # What the parts of a word mean is told in texts. A page that is called so is on another thing: "high"
        # and "calcium" stand in for hypercalcaemia, and are not what low blood calcium is called. Where a
        # word says that there is much or little of a thing, such names count against a page: that on
        # alendronate sodium is not on low sodium.
        parts = lexemes_of(" ".join(plain_words(word.folded)))
        instead = dict.fromkeys(parts, 1.0)
        if not _AMOUNTS.isdisjoint(parts):
            instead |= {in_names(one): -_IN_NAMES for one in parts}
    return WordAsked(word.lexemes, frozenset(small), instead)


def _in_names_too(weights: Mapping[str, float]) -> dict[str, float]:
    return {**weights, **{in_names(lexeme): weight * _IN_NAMES for lexeme, weight in weights.items()}}


def _says_something(word: Word, question: SearchQuestion) -> bool:
    return bool(word.typed) and word.folded in question.content


def _is_long(question: SearchQuestion) -> bool:
    return len(question.content) > _SHORT and not question.must_hold


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
