"""Typed search text, limited and cleaned before it reaches the database."""

import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 2000
_MOST_READ: Final = 2 * MOST_CHARACTERS
_PART: Final = re.compile(r'-?"[^"]*"|[^\s"]+')
# What telephones and word processors write for quotation marks, and for a minus before a word.
_QUOTES: Final = re.compile("[\u201c-\u201f\u00ab\u00bb\uff02]")
_MINUS: Final = re.compile(r'(?<!\S)[\u2010\u2011\u2013\u2212](?=[\w"])')


def typed_line(text: str) -> str:
    """Return the typed text as one line of at most 2,000 storable characters."""
    seen = "".join(" " if _is_no_text(one) else one for one in text[:_MOST_READ])
    return " ".join(seen.split())[:MOST_CHARACTERS].strip()


def _is_no_text(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")


def plain_operators(line: str) -> str:
    """Return a question with its quotation marks and the minuses before words as a keyboard has them."""
    return _MINUS.sub("-", _QUOTES.sub('"', line))


def websearch(line: str) -> str:
    """Return a question for `websearch_to_tsquery`: words and phrases, each with one minus at most.

    PostgreSQL reads every further minus as "not": enough of them exhaust its stack.
    """
    parts = (_one_minus(one) for one in _PART.findall(plain_operators(line)))
    return " ".join(part for part in parts if any(map(str.isalnum, part)))


def _one_minus(part: str) -> str:
    bare = part.lstrip("-")
    return f"-{bare}" if part.startswith("-") else bare
