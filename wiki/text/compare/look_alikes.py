"""Characters that were exchanged for others that nobody can tell from them: µ and μ, a and а, 1 and l."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from wiki.text.compare.word_diff import words_and_signs
from wiki.text.confusables import letter_like
from wiki.text.words import tokens_of_text

# How many pairs of one change are named, and in how long a change they are looked for.
MOST_NAMED: Final = 4
LONGEST: Final = 2_000
_DASHES: Final = "\u2212\u2043\u02d7"
# A capital I, a small l, a one and a bar; a capital O and a zero; signs of mathematics and those of texts.
_LIKE: Final = {"I": "l", "1": "l", "|": "l", "0": "O", "\u2044": "/", "\u2215": "/", "\u2236": ":"}
# Forms of a character that look otherwise, such as a raised one.
_SEEN_FORMS: Final = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>", "<small>")
# A character with the accents that are typed after it.
_WITH_ACCENTS: Final = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


def looks_of(text: str) -> list[str]:
    """Return the words and signs of a text, the same for those that nobody can tell from each other."""
    return [_look(token) for token in words_and_signs(text)]


def look_alikes(old: str, new: str) -> list[tuple[str, str]]:
    """Return each character of a text with the one in its place that looks like it and is not the same.

    A letter typed with its accent and one typed before it are such characters, too. Only words that look the
    same as a whole are compared.
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
            found |= dict.fromkeys(_exchanged(there.pop(0), token))
    return list(found)[:MOST_NAMED]


def _exchanged(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the characters that differ between two words that look the same."""
    if old == new:
        return
    was, now = (unicodedata.normalize("NFC", word) for word in (old, new))
    if was != now:
        yield from ((one, other) for one, other in zip(was, now, strict=True) if one != other)
        return
    letters = [_WITH_ACCENTS.findall(word) for word in (old, new)]
    pairs = zip(*letters, strict=True) if len(letters[0]) == len(letters[1]) else [(old, new)]
    yield from ((one, other) for one, other in pairs if one != other)


def name_of(characters: str) -> str:
    """Return what a character is called, such as “Greek small letter mu”; of several each of them."""
    return " + ".join(map(_name_of, characters))


def _name_of(character: str) -> str:
    words = unicodedata.name(character, f"U+{ord(character):04X}").lower().replace("hyphen-minus", "hyphen")
    script, space, rest = words.partition(" ")
    is_letter = unicodedata.category(character).startswith("L") and " letter " in words
    return f"{script.title()}{space}{rest}" if is_letter else words


@lru_cache(maxsize=8192)
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
    plain = letter_like(plain)
    return _LIKE.get(plain, plain)
