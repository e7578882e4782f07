"""Excerpts: the sentence of a text that matches a question best."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from wiki.text.search.folding import piece_of, pieces_of
from wiki.text.sentences import sentences

# Markers around the matches in an excerpt: characters that no text holds.
MARKERS: Final = "\x02", "\x03"
# A piece without the punctuation around it, and a word within it.
_WHOLE: Final = re.compile(r"[^\W_](?:.*[^\W_])?[+′]?")
_WORD: Final = re.compile(r"[^\W_]+")
_ENDS: Final = (".", "!", "?")
_LONGEST: Final = 320
_BEFORE: Final = 12


def excerpt(text: str, weights: Mapping[str, float]) -> str:
    """Return the sentence with the most matches, these between `MARKERS`; or "".

    Of a heading and a sentence with as many, it is the sentence.
    """
    best, most = "", (0.0, True)
    for sentence in sentences(text):
        found = {one for _, piece in pieces_of(sentence) for one in piece.lexemes if one in weights}
        score = sum(weights[one] for one in found), sentence.rstrip().endswith(_ENDS)
        if score > most:
            best, most = sentence, score
    return _cut(list(_marked(best, weights))) if best else ""


def without_marks(excerpt: str) -> str:
    """Return an excerpt for a program, without the markers."""
    return excerpt.replace(MARKERS[0], "").replace(MARKERS[1], "")


def _marked(sentence: str, weights: Mapping[str, float]) -> Iterator[str]:
    """Yield the pieces of a sentence with matches marked: a whole piece, or words in it."""
    for written, piece in pieces_of(sentence):
        if weights.keys().isdisjoint(piece.lexemes):
            yield written
        elif any(one in weights for one in piece.joins) or len(piece.parts) == 1:
            yield _WHOLE.sub(_mark, written)
        else:
            yield _WORD.sub(lambda word: word[0] if _is_other(word[0], weights) else _mark(word), written)


def _is_other(word: str, weights: Mapping[str, float]) -> bool:
    return weights.keys().isdisjoint(piece_of(word).lexemes)


def _mark(found: re.Match[str]) -> str:
    return f"{MARKERS[0]}{found[0]}{MARKERS[1]}"


def _cut(words: list[str]) -> str:
    """Return a sentence; a long one is cut around the first match."""
    if sum(map(len, words)) + len(words) <= _LONGEST:
        return " ".join(words)
    first = next(place for place, word in enumerate(words) if MARKERS[0] in word)
    start = max(0, first - _BEFORE)
    kept: list[str] = []
    for word in words[start:]:
        if sum(map(len, kept)) + len(kept) + len(word) > _LONGEST:
            break
        kept.append(word)
    ends = "" if start + len(kept) == len(words) else " …"
    return f"{'… ' if start else ''}{' '.join(kept)}{ends}"
