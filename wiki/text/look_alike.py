"""Names that look the same: one skeleton for each, whatever letters it is written with.

Follows the skeletons of Unicode Technical Standard 39. `look_alikes.tsv` has, for each Latin letter or
figure, the code points that look like it: that part of Unicode’s confusables.txt, as the Python package
confusable-homoglyphs 3.3.1 carries it.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from wiki.text.characters import without_unseen

# As much as the column of a name holds; a few signs stand for whole words.
LONGEST: Final = 320

_FILE: Final = Path(__file__).with_name("look_alikes.tsv")
# Small letters and figures that are one in some typeface. Capitals have become small before.
_ONE_SHAPE: Final = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o", "m": "rn"})


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """Return what two names have in common that look the same: no case, accents, signs or scripts."""
    shown = "".join(_shown(one) for one in unicodedata.normalize("NFKD", without_unseen(name)))
    return " ".join(shown.casefold().translate(_ONE_SHAPE).split())[:LONGEST]


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name without case, accents and signs: two that differ here are written with other letters."""
    apart = unicodedata.normalize("NFKD", without_unseen(name)).casefold()
    return " ".join("".join(_of_a_word(one) for one in apart).split())


@cache
def _shown(character: str) -> str:
    """Return the Latin letter or figure that a character looks like, as a capital too; else itself."""
    table = _table()
    alike = table.get(character) or table.get(character.upper(), "").casefold()
    return alike or _of_a_word(character)


def _of_a_word(character: str) -> str:
    """Return a letter or figure as it is, nothing for an accent, and a blank for any sign."""
    if character.isalnum():
        return character
    return "" if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me") else " "


@cache
def _table() -> dict[str, str]:
    lines = (line.split("\t") for line in _FILE.read_text(encoding="ascii").splitlines())
    return {chr(int(code, 16)): letter for letter, codes in lines for code in codes.split()}
