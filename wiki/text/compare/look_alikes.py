"""Characters that were exchanged for others that nobody can tell from them: µ and μ, a and а, 1 and l."""

import unicodedata
from collections import defaultdict
from functools import cache
from typing import Final

from wiki.text.confusables import latin_letter
from wiki.text.words import tokens_of_text

# How many pairs of one change are named, and in how long a change they are looked for.
MOST_NAMED: Final = 4
LONGEST: Final = 2_000
_DASHES: Final = "\u2212\u2043\u02d7"
# A capital I, a small l, a one and a bar; a capital O and a zero; signs of mathematics and those of texts.
_LIKE: Final = {"I": "l", "1": "l", "|": "l", "0": "O", "\u2044": "/", "\u2215": "/", "\u2236": ":"}
# Forms of a character that look otherwise, such as a raised one.
_SEEN_FORMS: Final = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>", "<small>")


def look_alikes(old: str, new: str) -> list[tuple[str, str]]:
    """Return each character of a text with the one in its place that looks like it and is not the same.

    Only words that look the same as a whole are compared.
    """
    if max(len(old), len(new)) > LONGEST or old == new:
        return []
    looking: dict[str, list[str]] = defaultdict(list)
    after = tokens_of_text(new)
    for token in tokens_of_text(old):
        looking[_look(token)].append(token)
    found: dict[tuple[str, str], None] = {}
    for token in after:
        if there := looking.get(_look(token)):
            was = unicodedata.normalize("NFC", there.pop(0))
            pairs = zip(was, unicodedata.normalize("NFC", token), strict=True)
            found |= dict.fromkeys((one, other) for one, other in pairs if one != other)
    return list(found)[:MOST_NAMED]


def name_of(character: str) -> str:
    """Return what a character is called, such as “Greek small letter mu”."""
    words = unicodedata.name(character, f"U+{ord(character):04X}").lower().replace("hyphen-minus", "hyphen")
    script, space, rest = words.partition(" ")
    is_letter = unicodedata.category(character).startswith("L") and " letter " in words
    return f"{script.title()}{space}{rest}" if is_letter else words


def _look(token: str) -> str:
    return "".join(map(_looks_like, unicodedata.normalize("NFC", token)))


@cache
def _looks_like(character: str) -> str:
    """Return the character that stands for all that look like one."""
    if unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.category(character) == "Pd" or character in _DASHES:
        return "-"
    if unicodedata.decomposition(character).startswith(_SEEN_FORMS):
        return character
    plain = unicodedata.normalize("NFKC", character)
    plain = plain if len(plain) == 1 else character
    plain = latin_letter(plain) or plain
    return _LIKE.get(plain, plain)
