"""The search vector of a page: its words by field, as PostgreSQL stores them."""

from collections import defaultdict
from itertools import islice
from typing import Final

from wiki.text.search.folding import STOP_WORDS, pieces_of

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
    forms: dict[str, str] = {}
    place = 0
    for field, text in texts:
        are_names = field in NAMES
        for _, piece in pieces_of(text):
            parts, joins = piece.parts, piece.joins
            here = f"{min(place + 1, _LAST_PLACE)}{field}"
            for lexeme in joins:
                places[lexeme][here] = None
            for lexeme in piece.lexemes if are_names else ():
                places[in_names(lexeme)][here] = None
            for word, lexeme in zip(piece.words, parts, strict=True):
                place += 1
                places[lexeme][f"{min(place, _LAST_PLACE)}{field}"] = None
                forms[word] = lexeme
        place += _GAP  # no phrase runs from one text into the next
    kept = sorted(f"{word} {lexeme}" for word, lexeme in forms.items() if _is_form(word))
    vector = (f"'{word}':{','.join(islice(found, _MOST_PLACES))}" for word, found in sorted(places.items()))
    return " ".join(vector), kept


def in_names(lexeme: str) -> str:
    """Return the lexeme of a word restricted to titles, other names and codes.

    Where nearly every page says "brain", who asks for it means the few that are called so.
    """
    return f"^{lexeme}"


def _is_form(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST_FORM and word not in STOP_WORDS
