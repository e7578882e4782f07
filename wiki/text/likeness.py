"""The similarity of two texts: which passages of one the other still holds, and whether they say the same."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from wiki.text.canonical_json import digest_of
from wiki.text.document import Document
from wiki.text.markdown.blocks import blocks_of
from wiki.text.words import word_count

_SIGNS: Final = re.compile(r"[\W_]+")
# The share of a reviewed text's words that must remain for the review to apply to the present text.
ENOUGH: Final = 0.5


def passage_lengths(document: Document) -> Counter[str]:
    """Return the passages of a document, each with its number of words, at whatever place.

    Of the text, a passage is a block: a paragraph, a list item, a row of a table.
    """
    found: Counter[str] = Counter()
    for said in _passages(document):
        found[hashlib.sha256(said.encode()).hexdigest()[:16]] += max(word_count(said), 1)
    return found


def _passages(document: Document) -> Iterator[str]:
    """Yield each passage with normalised spaces, and its place."""
    for place, said in _places(document):
        if words := " ".join(said.split()):
            yield f"{place}: {words}"


def _places(document: Document) -> Iterator[tuple[str, str]]:
    yield "title", document.title
    yield "kind", document.kind
    yield "summary", document.summary
    yield from (("alias", one) for one in document.aliases)
    yield from (("code", code.in_words) for code in document.codes)
    yield from ((block.kind, block.source) for block in blocks_of(document.body))
    for row in document.as_json().get("statements", ()):
        yield "statement", " ".join(f"{name} {value}" for name, value in sorted(row.items()))
    if document.retirement:
        yield "retired", f"{document.retirement.reason} {document.retirement.replaced_by}"


def likeness_of(document: Document) -> str:
    """Return a digest that is equal for documents which differ only in punctuation, capitals or line ends."""
    words = (_SIGNS.sub(" ", said).casefold().split() for said in _passages(document))
    return digest_of(sorted(filter(None, (" ".join(one) for one in words))))[:32]


def is_rewritten(before: Document, after: Document) -> bool:
    """Return whether most words of a document are not in the document before."""
    old, new = passage_lengths(before), passage_lengths(after)
    kept = sum(min(words, old[passage]) for passage, words in new.items())
    return kept < ENOUGH * sum(new.values())
