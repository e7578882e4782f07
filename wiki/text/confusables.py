"""Names that look alike to the eye: the skeleton of a text, by Unicode’s list of confusables (UTS 39).

Names of people and names of pages rest on it: of people spaces and signs do not count, of pages words do.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from confusable_homoglyphs.confusables import confusables_data

# The longest skeleton of words, in characters: as much as the column of a page's name holds.
LONGEST: Final = 320

# What the list leaves apart and most typefaces do not: I, i, l and 1 are one once case does not count.
_MORE: Final = {"i": "l", "w": "vv"}
_SMALL_CAPITAL: Final = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])\Z")
# Marks above, below and across a letter; vowel signs and the voicing marks of kana make another letter.
_ACCENTS_FROM: Final = 200
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Me", "Zl", "Zp"})
# Letters and fillers without a shape of their own, which Unicode counts as letters or marks.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d") | {
    chr(point) for point in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}


def skeleton(text: str) -> str:
    """Return what two texts share when a reader cannot tell them apart: no case, accents, spaces or signs."""
    kept = "".join(
        one for one in _prototype_of(text) if _is_of_a_word(one) or unicodedata.category(one) == "So"
    )
    return unicodedata.normalize("NFKC", kept)


@lru_cache(maxsize=4096)
def word_skeleton(text: str) -> str:
    """Return the skeleton of a text with single spaces between its words; a sign ends a word."""
    return unicodedata.normalize("NFKC", _words_only(_prototype_of(text)))[:LONGEST]


# Endings that tell one from many, as skeletons: an i is an l there.
_ENDINGS: Final = (r"(?<![su])s\Z", r"e\Z", r"(?:on|u(?:m|rn)|a)\Z", r"[ly]\Z")
_LEAST: Final = 4  # letters that stay of a word
_SMALL_WORDS: Final = frozenset({"of", "the", "a", "an", "ln"})


@lru_cache(maxsize=4096)
def name_skeleton(text: str) -> str:
    """Return what names that are taken for each other share: the skeletons of their words, in any order.

    One and many are the same, and words such as "of" do not count.
    """
    words = word_skeleton(text).split()
    kept = [word for word in words if word not in _SMALL_WORDS] or words
    return " ".join(sorted(map(_stem, kept)))


def _stem(word: str) -> str:
    """Return a skeleton without the ending that tells one from many."""
    for ending in _ENDINGS:
        shorter = re.sub(ending, "", word)
        word = shorter if len(shorter) >= _LEAST else word
    return word


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """Return the words of a text without case, accents and signs.

    Two texts with one skeleton that differ here are written with different letters.
    """
    return _words_only(_visible(text).casefold())


_LIKE_LATIN: Final = re.compile(r"(?:CYRILLIC|ARMENIAN|GREEK|LATIN|COPTIC|CHEROKEE) ")
# Greek letters that stand for themselves in medicine.
_GREEK_SIGNS: Final = frozenset("βγδζηθλμξπσςφψωϲ")


@cache
def latin_letter(letter: str) -> str:
    """Return the one letter of ASCII that a letter looks like, in its case; "" where it looks like none."""
    name = unicodedata.name(letter, "")
    if letter.isascii() or letter in _GREEK_SIGNS or not _LIKE_LATIN.match(name):
        return ""
    if capital := _SMALL_CAPITAL.match(name):
        return capital[1].lower()
    for one in (letter, letter.upper()):
        found = _prototypes().get(one, "")
        if len(found) == 1 and found.isascii() and found.isalpha():
            # A capital I stands for l in the list.
            found = "i" if found == "l" and letter.upper() == letter else found
            return found.upper() if letter.isupper() else found.lower()
    return ""


def letter_like(letter: str) -> str:
    """Return the one letter that stands for all that look like a letter, one of ASCII if there is one."""
    if letter.isascii():
        return letter
    found = latin_letter(letter) or _prototypes().get(letter, letter)
    return found if len(found) == 1 and found.isalpha() else letter


def skeletons(text: str) -> frozenset[str]:
    """Return the skeletons of a text in each case: two texts look alike when they share one.

    A capital Greek nu looks like N and a small one like v, so one spelling alone does not tell.
    """
    return frozenset(skeleton(one) for one in (text, text.casefold(), text.upper())) - {""}


def _prototype_of(text: str) -> str:
    """Return the text with each character replaced by those that stand for all that look like it."""
    once = "".join(map(_looks_like, _visible(text)))
    return "".join(map(_looks_like, _visible(once.casefold())))


def _words_only(text: str) -> str:
    return " ".join("".join(one if _is_of_a_word(one) else " " for one in text).split())


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def _visible(text: str) -> str:
    """Return the text taken apart into letters, without accents and what nobody sees."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not _is_unseen(one))


def _is_unseen(character: str) -> bool:
    is_accent = unicodedata.combining(character) >= _ACCENTS_FROM or unicodedata.combining(character) == 1
    return is_accent or character in _BLANK or unicodedata.category(character) in _INVISIBLE


@cache
def _looks_like(character: str) -> str:
    """Return the letters of the list that stand for a character, itself where it has none."""
    if capital := _SMALL_CAPITAL.match(unicodedata.name(character, "")):
        return _looks_like(capital[1].lower())
    found = _prototypes().get(character, character)
    if not found.isascii():
        # Of a small letter such as м, only the capital looks like a Latin one.
        latin = _prototypes().get(character.upper(), "").casefold()
        found = latin if latin.isascii() and latin else found
    if character.isalnum() and not any(map(str.isalnum, found)):
        return character  # A Chinese “one” is no dash when signs do not count.
    return "".join(_MORE.get(one, one) for one in found)


@cache
def _prototypes() -> dict[str, str]:
    """Return for each character of the list the one that stands for all that look like it.

    The package holds each pair both ways: of the two, the one that has other pairs or several letters is it.
    """
    pairs = {_unmarked(one): [_unmarked(other["c"]) for other in others] for one, others in _listed()}
    return {
        one: others[0]
        for one, others in pairs.items()
        if len(one) == 1 and len(others) == 1 and _stands_for(others[0], one, pairs)
    }


def _listed() -> list[tuple[str, list[dict[str, str]]]]:
    return list(confusables_data.items())


def _stands_for(other: str, one: str, pairs: dict[str, list[str]]) -> bool:
    """Return whether of two that look alike `other` is the one that stands for both."""
    if len(other) > 1 or len(pairs.get(other, ())) > 1:
        return True
    return (not other.isascii(), other) < (not one.isascii(), one)


def _unmarked(text: str) -> str:
    """Return an entry without the marks that keep the list itself readable from left to right."""
    return text.strip("\u200e")
