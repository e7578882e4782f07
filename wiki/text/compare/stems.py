"""Words that stem from another text: words of a new text that are unpublished and that somebody typed before.

Two rules say that a sentence of the new text stems from a sentence that was typed before:

- it holds `RUN` words in a row of it, or all of it where it is shorter (down to `SHORTEST` words);
- it is a sentence with other words in it: `LIKE` of the words are the same, and it is nearer to what was
  typed than to anything that readers have.

Words are compared without case, accents, look-alike letters, invisible characters, citations and markup.
Where a paragraph stands does not count. One word, or two, are nobody's, and so are headings of a few words; a
title, another name, and what a statement says are somebody's whole.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from wiki.domain.statement_fields import CHOICE_FIELDS
from wiki.text.confusables import skeleton
from wiki.text.document import Document
from wiki.text.markdown.blocks import Block, BlockKind, blocks_of
from wiki.text.sentences import sentences

RUN: Final = 5
SHORTEST: Final = 3
LIKE: Final = 0.6
FEWEST_ALIKE: Final = 4

_CITATION: Final = re.compile(r"\[@[^\]]*\]")
_LINK: Final = re.compile(r"\[\[[^\[\]|]*\|([^\[\]]*)\]\]")
_MARKUP: Final = re.compile(r"[*_`~\\]|<[^>]{0,200}>")
_WORD: Final = re.compile(r"[^\W_]+")

type Words = tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One sentence as written, and its words in the form for comparison."""

    text: str
    words: Words

    @cached_property
    def runs(self) -> frozenset[Words]:
        """Return every run of words that says whose the sentence is."""
        return frozenset(runs_of(self.words))


@dataclass(frozen=True)
class Wording:
    """The words of a document in the form for comparison."""

    document: Document

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Return every sentence that is long enough to have an author, and every name and fact."""
        found = [sentence for one in _texts(self.document) for sentence in _sentences_of(one)]
        return found + list(_facts(self.document))

    @cached_property
    def runs(self) -> frozenset[Words]:
        """Return the runs of all sentences."""
        return frozenset().union(*(one.runs for one in self.sentences))

    @cached_property
    def whole(self) -> frozenset[Words]:
        """Return the sentences in the form for comparison."""
        return frozenset(one.words for one in self.sentences)


def stemming(after: Wording, live: Collection[Wording], typed: Wording, on: Collection[Wording]) -> list[str]:
    """Return the sentences of `after` that are not in `live` and stem from what `typed` brought in.

    That is what `typed` says and what it was written `on` does not.
    """
    had = frozenset().union(*(one.runs for one in live))
    beneath = frozenset().union(*(one.runs for one in on))
    brought = (typed.runs - beneath) & (after.runs - had)
    by_run = {one.text for one in after.sentences if not brought.isdisjoint(one.runs)}
    alike = set(_alike(after, live, typed, on))
    return [text for text in dict.fromkeys(one.text for one in after.sentences) if text in by_run | alike]


def _alike(
    after: Wording, live: Collection[Wording], typed: Wording, on: Collection[Wording]
) -> Iterator[str]:
    """Yield the new sentences that are more similar to a typed one than to any earlier one."""
    known = [one.words for text in (*live, *on) for one in text.sentences]
    was = set(known)
    theirs = [set(one) for one in typed.whole - was if len(one) >= FEWEST_ALIKE]
    for one in after.sentences if theirs else ():
        if one.words in was:
            continue
        words = set(one.words)
        nearest = max(_likeness(words, other) for other in theirs)
        if nearest >= LIKE and nearest > max((_likeness(words, set(other)) for other in known), default=0):
            yield one.text


def _likeness(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return shared / max(len(one), len(other)) if shared >= FEWEST_ALIKE else 0


@lru_cache(maxsize=1024)  # most blocks of two versions are the same, and so are their runs
def _sentences_of(text: str) -> tuple[Sentence, ...]:
    found = (Sentence(one, words_of(one)) for one in sentences(" ".join(text.split())))
    return tuple(one for one in found if len(one.words) >= SHORTEST)


@lru_cache(maxsize=4096)  # most sentences of two versions are the same
def words_of(text: str) -> Words:
    """Return the words of a text in the form for comparison."""
    plain = html.unescape(unicodedata.normalize("NFKC", text))
    bare = _MARKUP.sub("", _LINK.sub(r"\1", _CITATION.sub(" ", plain)))
    is_seen = bare.isascii()  # no ASCII character is of the category Cf
    seen = bare if is_seen else "".join(one for one in bare if unicodedata.category(one) != "Cf")
    return tuple(map(_folded, _WORD.findall(seen)))


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return skeleton(word) or word


def runs_of(words: Words) -> Iterator[Words]:
    """Yield every run of the words of a sentence that says whose it is."""
    if len(words) <= RUN:
        yield words
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]


def _texts(document: Document) -> Iterator[str]:
    """Yield the running texts: summary, paragraphs, notes of statements, reason of retirement."""
    yield document.summary
    yield from (one.words for one in blocks_of(document.body) if _is_text(one))
    yield from (text for row in document.statements for text in row.texts.values())
    if document.retirement:
        yield document.retirement.reason


def _is_text(block: Block) -> bool:
    """Return whether a block is no heading, or a heading long enough to have an author."""
    return block.kind != BlockKind.HEADING or len(words_of(block.words)) >= RUN


def _facts(document: Document) -> Iterator[Sentence]:
    """Yield what has an author as a whole: names of the page, and its statements."""
    for name in (document.title, *document.aliases):
        yield Sentence(name, _one_run(("name", *words_of(name))))
    for row in document.statements:
        choices = (str(getattr(row, field.name)) for field in CHOICE_FIELDS)
        said = ("statement", row.relation, str(row.object), *choices)
        yield Sentence(f"{row.relation.replace('_', ' ')}: {row.stance}, {row.grade}", _one_run(said))


def _one_run(words: Sequence[str]) -> Words:
    """Return words joined as one unit: a fact is either the same or different."""
    return (" ".join(words),)
