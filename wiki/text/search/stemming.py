"""Stems of English words (M. F. Porter, An algorithm for suffix stripping, 1980)."""

import re
from functools import lru_cache
from typing import Final

_STEP_2: Final = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
    ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
    ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
_STEP_3: Final = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
    ("ful", ""), ("ness", ""),
)  # fmt: skip
_STEP_4: Final = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ion", "al", "er", "ic", "ou",
)  # fmt: skip
_SHAPE: Final = re.compile(r"v+c+")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a word in small ASCII letters; words of up to three letters stay unchanged."""
    if len(word) <= 3:
        return word
    word = _step_1c(_step_1b(_step_1a(word)))
    word = _swapped(word, _STEP_2)
    word = _swapped(word, _STEP_3)
    return _step_5(_step_4(word))


def _shape(word: str) -> str:
    """Return a word as vowels and consonants: "syzygy" is "cvcvcv"."""
    shape = ""
    for letter in word:
        is_vowel = letter in "aeiou" or (letter == "y" and shape[-1:] == "c")
        shape += "v" if is_vowel else "c"
    return shape


def _measure(word: str) -> int:
    return len(_SHAPE.findall(_shape(word)))


def _step_1a(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _step_1b(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for end in ("ed", "ing"):
        if len(word) > len(end) + 1 and word.endswith(end) and "v" in _shape(word[: -len(end)]):
            return _after_1b(word[: -len(end)])
    return word


def _after_1b(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return f"{word}e"
    if word[-1] == word[-2:-1] and word[-1] not in "aeioulsz":
        return word[:-1]
    return f"{word}e" if _measure(word) == 1 and _is_short(word) else word


def _is_short(word: str) -> bool:
    return _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _step_1c(word: str) -> str:
    return f"{word[:-1]}i" if word.endswith("y") and "v" in _shape(word[:-1]) else word


def _swapped(word: str, ends: tuple[tuple[str, str], ...]) -> str:
    for end, instead in ends:
        if word.endswith(end):
            before = word[: -len(end)]
            return before + instead if _measure(before) > 0 else word
    return word


def _step_4(word: str) -> str:
    for end in _STEP_4:
        if word.endswith(end):
            before = word[: -len(end)]
            fits = _measure(before) > 1 and (end != "ion" or before.endswith(("s", "t")))
            return before if fits else word
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        before = word[:-1]
        if _measure(before) > 1 or (_measure(before) == 1 and not _is_short(before)):
            word = before
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
