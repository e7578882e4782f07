"""The words of a text: counted for people, and split with spaces and signs for comparison."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"\w+(?:[-'’.,/]\w+)*")
# A number with decimals is one word, so that a change from 10.5 to 20.5 shows the whole number.
_TOKEN: Final = re.compile(r"\s+|\d+(?:[.,]\d+)+|(?:[^\W_]|[\u0300-\u036f])+|.", re.DOTALL)


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


def tokens_of_text(text: str) -> list[str]:
    """Return the words, runs of spaces and single signs of a text, in order."""
    return _TOKEN.findall(text)


def normalised(text: str) -> str:
    """Return a text in the form for matching: NFKC, nothing invisible, case folded, single spaces."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKC", text)
    folded = "".join(one for one in plain if not _is_invisible(one)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


@lru_cache(maxsize=4096)
def _is_invisible(sign: str) -> bool:
    """Return whether a character is invisible: format, private use, variation selectors, fillers."""
    code = ord(sign)
    picks = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    is_filler = code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)
    is_control = unicodedata.category(sign) == "Cc" and not sign.isspace()
    return unicodedata.category(sign) in ("Cf", "Co") or picks or is_filler or is_control
