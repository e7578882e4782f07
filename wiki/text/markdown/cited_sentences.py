"""Sentences of a body with the works that each one cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.parser import words_of
from wiki.text.sentences import sentences

# What stands for a citation while a text is cut into sentences; PostgreSQL keeps no text with a NUL.
_MARK: Final = re.compile("\0([0-9]+)\0")
_STOP: Final = re.compile(r"[.!?…]+[\"'”’)]*$")


@dataclass(frozen=True)
class CitedSentence:
    """A sentence, and the keys that it cites."""

    words: str
    keys: frozenset[str]


def cited_sentences(body: str) -> Iterator[CitedSentence]:
    """Yield the sentences of a body that cite anything, in order."""
    for block in blocks_of(body):
        if not block.citations:
            continue
        groups: list[list[str]] = []
        for token in block.tokens:
            if token.type == "inline":
                yield from _cited(_marked(token.children or (), groups), groups)


def _marked(tokens: Sequence[Token], groups: list[list[str]]) -> str:
    """Return a text with a mark for each citation, before the stop that it stands behind."""
    text = ""
    for token in tokens:
        if token.type != "citation":
            text += words_of([token])
            continue
        groups.append(token.meta["keys"])
        stop = _STOP.search(text)
        end = stop.start() if stop else len(text)
        text = f"{text[:end]}\0{len(groups) - 1}\0{text[end:]}"
    return text


def _cited(text: str, groups: Sequence[Sequence[str]]) -> Iterator[CitedSentence]:
    for one in sentences(text):
        keys = frozenset(key for number in _MARK.findall(one) for key in groups[int(number)])
        if keys:
            yield CitedSentence(" ".join(_MARK.sub("", one).split()), keys)
