"""The search vector of a page: its words by field, as PostgreSQL stores them."""

from collections import defaultdict
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from wiki.text.search.folding import STOP_WORDS, pieces_of, word_to_join

# PostgreSQL's weight letters, the highest first: title; other names and codes; summary and headings; the
# rest.
FIELDS: Final = "ABCD"
NAMES: Final = "AB"
_LAST_PLACE: Final = 16_383
_MOST_PLACES: Final = 250
_SHORTEST_FORM: Final = 3
_GAP: Final = 1


def vector_of(texts: tuple[tuple[str, str], ...]) -> tuple[str, list[str]]:
    """Return texts, each with the letter of its field, as a `tsvector`; and the spellings of its words.

    A spelling is followed by a blank and what it is looked up as.
    """
    places: dict[str, dict[str, None]] = defaultdict(dict)
    forms: set[str] = set()
    place = 0
    for field, text in texts:
        before = ""
        for written in text.split("\n"):
            line = _line(written, before, field in NAMES)
            for lexeme, words in line.places:
                here = places[lexeme]
                for word in words:
                    here[f"{min(place + word, _LAST_PLACE)}{field}"] = None
            forms.update(line.forms)
            place += line.length
            before = line.last
        place += _GAP  # no phrase runs from one text into the next
    vector = (f"'{word}':{','.join(islice(found, _MOST_PLACES))}" for word, found in sorted(places.items()))
    return " ".join(vector), sorted(forms)


class _Line(NamedTuple):
    """What a vector has of one line: where each lexeme stands in it, counted in words from 1."""

    places: tuple[tuple[str, tuple[int, ...]], ...]
    forms: frozenset[str]
    length: int
    # Its last word, if that may be joined with the next line.
    last: str


@lru_cache(maxsize=512)  # a change leaves most lines of a page as they are
def _line(text: str, before: str, are_names: bool) -> _Line:
    places: dict[str, dict[int, None]] = defaultdict(dict)
    forms: set[str] = set()
    place = 0
    for written, piece in pieces_of(text, before):
        for lexeme in piece.joins:
            places[lexeme][place + 1] = None
        for lexeme in piece.lexemes if are_names else ():
            places[in_names(lexeme)][place + 1] = None
        for word, lexeme in zip(piece.words, piece.parts, strict=True):
            place += 1
            places[lexeme][place] = None
            if _is_form(word):
                forms.add(f"{word} {lexeme}")
        before = word_to_join(written, piece)
    found = tuple((lexeme, tuple(some)) for lexeme, some in places.items())
    return _Line(found, frozenset(forms), place, before)


def in_names(lexeme: str) -> str:
    """Return the lexeme of a word restricted to titles, other names and codes.

    Where nearly every page says "brain", who asks for it means the few that are called so.
    """
    return f"^{lexeme}"


def _is_form(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST_FORM and word not in STOP_WORDS
