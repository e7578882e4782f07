"""The likeness of two texts: which passages of one the other still holds, and whether they say the same."""

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
# What of the words of a reviewed text must still stand for its review to be that of the text of today.
ENOUGH: Final = 0.5


def passage_lengths(document: Document) -> Counter[str]:
    """Return the passages of a document, each with how many words it has wherever it stands.

    Of the text, a passage is a block: a paragraph, a list item, a row of a table.
    """
    found: Counter[str] = Counter()
    for said in _passages(document):
        found[hashlib.sha256(said.encode()).hexdigest()[:16]] += max(word_count(said), 1)
    return found


def _passages(document: Document) -> Iterator[str]:
    """Yield each passage with its white space made even, and where it stands."""
    for place, said in _places(document):
        if words := " ".join(said.split()):
            yield f"{place}: {words}"


def _places(document: Document) -> Iterator[tuple[str, str]]:
    yield "title", document.title
    yield "kind", document.kind
    yield "summary", document.summary
    yield from (("alias", one) for one in document.aliases)
    yield from (("code", f"{code.system} {code.code}") for code in document.codes)
    yield from ((block.kind, block.source) for block in blocks_of(document.body))
    for row in document.as_json().get("statements", ()):
        yield "statement", " ".join(f"{name} {value}" for name, value in sorted(row.items()))
    if document.retirement:
        yield "retired", f"{document.retirement.reason} {document.retirement.replaced_by}"


def likeness_of(document: Document) -> str:
    """Return what is the same of two documents that say the same, signs, capitals and line ends aside."""
    words = (_SIGNS.sub(" ", said).casefold().split() for said in _passages(document))
    return digest_of(sorted(filter(None, (" ".join(one) for one in words))))[:32]


def is_rewritten(before: Document, after: Document) -> bool:
    """Return whether most of what a document says, word for word, does not stand in the one before."""
    old, new = passage_lengths(before), passage_lengths(after)
    kept = sum(min(words, old[passage]) for passage, words in new.items())
    return kept < ENOUGH * sum(new.values())
