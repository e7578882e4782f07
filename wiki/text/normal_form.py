"""The normal form of a text: equal for texts that look the same to a reader."""

import re
import unicodedata
from functools import cache, lru_cache
from html import unescape
from typing import Final

from wiki.text.confusables import latin_letter

# Dashes that are read as a minus, and units that are written in Cyrillic letters of another shape.
_OWN: Final = dict(zip("−‐‑‒―гГлЛȷ", "-----gGlLj", strict=True))
# Invisible characters that Unicode counts as letters or signs: Hangul fillers, the Braille blank.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
FRACTIONS: Final = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
# Characters whose compatibility form would join the digits before them: 1½ is not 11/2, m² is not m2.
KEPT: Final = FRACTIONS | frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻…")
_UNSEEN: Final = frozenset({"Mn", "Me", "Cf", "Cc", "Co"})
_MARKED: Final = re.compile(r"(?<=[^\W_])[*_~`]+(?=[^\W_])")
_ENTITY: Final = re.compile(r"&#?\w{1,32};?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def plain_of(text: str) -> tuple[str, list[int] | range]:
    """Return a text without invisible characters, and the original place of each of its characters."""
    if text.isascii() and not _CONTROL.search(text):
        return text, range(len(text))
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        shown = _shown(character)
        plain.append(shown)
        places += [place] * len(shown)
    return "".join(plain), places


@cache
def _shown(character: str) -> str:
    if character.isascii() or character in KEPT:
        return _CONTROL.sub("", character)
    if character.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", character)
    digits = "".join(str(unicodedata.digit(one)) if one.isdecimal() else one for one in apart)
    seen = "".join(one for one in digits if unicodedata.category(one) not in _UNSEEN and one not in _BLANK)
    return "".join(_OWN.get(one) or latin_letter(one) or one for one in seen)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text as it is read: entities resolved, invisible characters removed, single spaces."""
    return " ".join(plain_of(unescape(text))[0].split())


def normal(text: str) -> str:
    """Return a text in the form that rules match: `plain`, in small letters, without marks within words."""
    return without_inner_marks(plain(text)).casefold()


def without_inner_marks(text: str) -> str:
    """Return a text without Markdown marks inside words, which are shown as typed."""
    return _MARKED.sub("", text)


def inner_marks(text: str) -> list[str]:
    """Return the Markdown marks inside words, which are shown as typed: "a**typical"."""
    return _MARKED.findall(text)


def has_unseen(text: str) -> bool:
    """Return whether a text holds an invisible character, or one that changes how others look."""
    return not text.isascii() and any(map(_is_unseen, unicodedata.normalize("NFC", text)))


def odd_letters(text: str) -> str:
    """Return the characters whose normal form differs, in order, and the entities, which plain texts show."""
    entities = [one for one in _ENTITY.findall(text) if unescape(one) != one]
    return "".join([*(() if text.isascii() else filter(_is_odd, text)), *entities])


@cache
def _is_unseen(character: str) -> bool:
    # A combining mark that forms no precomposed letter may strike out or hide the letter beneath it.
    unseen = ("Cf", "Cc", "Co", "Cn", "Mn", "Me")
    return character in _BLANK or (unicodedata.category(character) in unseen and not character.isspace())


@cache
def _is_odd(character: str) -> bool:
    if character.isascii() or character.isspace() or unicodedata.category(character) == "Pd":
        return False
    return _shown(character) != character
