"""Plain facts: sentences that are shown to speak of no care, because each of their words belongs to facts.

What is done to somebody can be said in any words: "The stronger ones work sooner", "A rest comes first". No
list of such words is ever whole, so here the other side is listed: the words in which bodies, diseases,
genes, studies and pictures are described. A sentence with other words may speak of care. One other word is
let pass in a sentence of some length, since that list is never whole either.
"""

import re
from functools import cache, lru_cache
from typing import Final

from wiki.text.language import plain_fact_words as words
from wiki.text.language.directive_words import WEIGHING
from wiki.text.language.facts import speaks_of_inheritance
from wiki.text.language.vocabulary import is_common, is_medical
from wiki.text.normal_form import plain
from wiki.text.search.stemming import stem

_PHRASE: Final = re.compile(rf"(?<!\w)(?:{'|'.join(words.PHRASES)})(?!\w)", re.IGNORECASE)
_UNAIDED: Final = re.compile(rf"(?<!\w){words.UNAIDED}(?!\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# So many words say well enough what a sentence is about.
_WORDS_FOR_ONE_OTHER: Final = 8


@lru_cache(maxsize=4096)
def is_plain_fact(sentence: str) -> bool:
    """Return whether every word of a sentence is one of plain facts, a figure or a name.

    Among eight words or more one may be another, unless it weighs what is done or somebody did something.
    """
    said = plain(sentence)
    if _UNAIDED.search(said):
        return False
    allowed = words.OF_INHERITANCE if speaks_of_inheritance(said) else frozenset()
    found = _WORD.findall(_PHRASE.sub(" ", said))
    others = [one.lower() for one in found if one.lower() not in allowed and not _is_of_facts(one)]
    if len(others) == 1 and len(found) >= _WORDS_FOR_ONE_OTHER and "who" not in found:
        return others[0] not in WEIGHING
    return not others


def _is_of_facts(word: str) -> bool:
    if any(map(str.isdigit, word)):
        return True  # Figures are recognised by rules of their own.
    small = re.sub(r"['’]s?$", "", word.lower())
    if small in words.AS_WRITTEN or stem(small) in _stems() or is_medical(small):
        return True
    return word[:1].isupper() and not is_common(small)


@cache
def _stems() -> frozenset[str]:
    return frozenset(map(stem, words.ALL))
