"""Words of a hidden text that another text repeats, though nobody could know them from what may be read."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from wiki.text.document import Document
from wiki.text.language.vocabulary import is_common, is_medical
from wiki.text.words import normalised

_WORD: Final = re.compile(r"\w+(?:[-.@/:]\w+)*")
# So many ordinary words in a row are a passage.
_PASSAGE: Final = 6


def repeated(text: str, hidden: Document, readable: Iterable[Document]) -> str:
    """Return what a text repeats of a hidden document, "" for nothing: a name, a number, or a passage.

    Ordinary words may be told, such as that it names a patient; so may what the readable documents say.
    """
    secret, open_to_all = _all_of(hidden), [_all_of(one) for one in readable]
    known = {word for one in open_to_all for word in _words(one)}
    telling = {word for word in _words(secret) if word not in known and _identifies(word, secret)}
    typed = _WORD.findall(text)
    if found := next((one for one in typed if normalised(one) in telling), ""):
        return found
    passages = set(_passages(secret)).difference(*map(_passages, open_to_all))
    words = zip(*(typed[start:] for start in range(_PASSAGE)), strict=False)
    return next((" ".join(one) for one in words if tuple(map(normalised, one)) in passages), "")


def _all_of(document: Document) -> str:
    parts = (document.title, document.summary, *document.aliases, document.body)
    rows = (text for row in document.statements for text in row.texts.values())
    return "\n".join((*parts, *rows))


def _words(text: str) -> list[str]:
    return [normalised(one) for one in _WORD.findall(text)]


def _passages(text: str) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return zip(*(words[start:] for start in range(_PASSAGE)), strict=False)


def _identifies(word: str, text: str) -> bool:
    """Return whether a word may tell of somebody: a number, a rare word, or one written like a name."""
    if any(sign.isdigit() for sign in word) or not (is_common(word) or is_medical(word)):
        return True
    spans = [found.span() for found in _WORD.finditer(text)]
    return any(
        text[start].isupper() and normalised(text[start:end]) == word and text[before:start] == " "
        for (_, before), (start, end) in pairwise(spans)
    )
