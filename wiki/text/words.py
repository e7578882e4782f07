"""The words of a text: as people count them, and with spaces and signs as they are compared."""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+(?:[-'’.,/]\w+)*")
# A number with its decimals is one word: 10.5 mg becomes 20.5 mg, not 2 for 1.
_TOKEN: Final = re.compile(r"\s+|\d+(?:[.,]\d+)+|(?:[^\W_]|[\u0300-\u036f])+|.", re.DOTALL)


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


def tokens_of_text(text: str) -> list[str]:
    """Return the words, stretches of space and single signs that a text is made of, in order."""
    return _TOKEN.findall(text)
