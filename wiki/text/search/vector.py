"""The search vector of a page: its words by field, as PostgreSQL stores them."""

from collections import defaultdict
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
    places: dict[str, list[str]] = defaultdict(list)
    forms: dict[str, str] = {}
    place = 0
    for field, text in texts:
        are_names = field in NAMES
        for _, piece in pieces_of(text):
            parts, first = piece.parts, place + 1
            here = f"{min(first, _LAST_PLACE)}{field}"
            for number, lexeme in enumerate(parts, first):
                places[lexeme].append(here if number == first else f"{min(number, _LAST_PLACE)}{field}")
            for lexeme in piece.joins:
                places[lexeme].append(here)
            for lexeme in piece.lexemes if are_names else ():
                places[in_names(lexeme)].append(here)
            forms.update(zip(piece.words, parts, strict=True))
            place += len(parts)
        place += _GAP  # no phrase runs from one text into the next
    kept = sorted(f"{word} {lexeme}" for word, lexeme in forms.items() if _is_form(word))
    vector = (f"'{word}':{','.join(_first_places(found))}" for word, found in sorted(places.items()))
    return " ".join(vector), kept


def in_names(lexeme: str) -> str:
    """Return the lexeme of a word restricted to titles, other names and codes.

    Where nearly every page says "brain", who asks for it means the few that are called so.
    """
    return f"^{lexeme}"


def _first_places(places: list[str]) -> list[str]:
    return list(dict.fromkeys(places))[:_MOST_PLACES]


def _is_form(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST_FORM and word not in STOP_WORDS
