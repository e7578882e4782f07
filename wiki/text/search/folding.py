"""The one fold of search: how words of a page and words of a question are made the same.

A piece is what stands between two blanks. It has parts (letters, or digits), each a lexeme; and joins: the
parts written as one word, so that "IL-6", "IL 6" and "IL6" are one, and "E20.9" is a code.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from wiki.text.search.stemming import stem
from wiki.text.slugs import LETTERS

_FOLDER: Final = Path(__file__).parent
# The longest word; PostgreSQL's limit is 2 kB.
_LONGEST: Final = 60
_MOST_PARTS: Final = 12
_PART: Final = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*|[^\W_a-z0-9]+")
_DASH: Final = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad]")
# Signs that distinguish codes at their end: CD4+ and CD4−, 5′ and 3″.
_SIGN: Final = re.compile(r"(?<=[A-Z0-9])([+-])(?=$|[\s,;:)./-])")
_SIGNS: Final = {"+": "-plus", "-": "-minus"}
NAMES_OF_SIGNS: Final = frozenset({"plus", "minus", "plusminus", "prime"})
# The Latin letters that stand for Greek ones in symbols of genes (HGNC): TNFA is TNF-α, and IL1B is IL-1β.
_LATIN: Final = {name: name[0] for name in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "kappa")}
_LONGEST_SYMBOL: Final = 6
_GREEK: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
_MOST_SIGNS: Final = 3
_POSSESSIVE: Final = re.compile(r"['’ʼ`]s\b")
_QUOTE: Final = re.compile(r"['’ʼ`]")

STOP_WORDS: Final = frozenset((_FOLDER / "stop_words.txt").read_text("utf-8").split())


@dataclass(frozen=True)
class WordPiece:
    """A folded piece between two spaces: its words in order, and their joined forms."""

    words: tuple[str, ...]
    parts: tuple[str, ...]
    joins: tuple[str, ...] = ()

    @property
    def lexemes(self) -> tuple[str, ...]:
        """Return everything by which the piece is found."""
        return (*self.parts, *self.joins)


@lru_cache(maxsize=100_000)
def piece_of(text: str) -> WordPiece:
    """Return a piece of text, folded."""
    words = tuple(_PART.findall(_plain(text)))[:_MOST_PARTS]
    parts = tuple(map(lexeme_of, words))
    joins: list[str] = []
    if len(words) > 1:
        joins += [lexeme_of(one + other) for one, other in pairwise(words)]
        joins += [lexeme_of("".join(words))] if len(words) > 2 else []
        joins += _symbols_of_genes(words)
    elif words and words[0] in STOP_WORDS and len(words[0]) > 1 and text.strip(".,;:()").isupper():
        joins.append(words[0].upper())  # WHO is not "who"; no other lexeme has capitals
    return WordPiece(words, parts, tuple(dict.fromkeys(joins)))


def _symbols_of_genes(words: Sequence[str]) -> Iterator[str]:
    """Yield the symbols of genes that words with the name of a Greek letter stand for, with its number."""
    for place, (word, after) in enumerate(zip(words, (*words[1:], ""), strict=True)):
        before = "".join(words[:place])
        if word in _LATIN and 0 < len(before) <= _LONGEST_SYMBOL:
            yield lexeme_of(f"{before}{_LATIN[word]}{after if after.isdigit() else ''}")


def pieces_of(text: str, before: str = "") -> Iterator[tuple[str, WordPiece]]:
    """Yield the pieces of a text, as written and folded; some are joined with the next one.

    That is a word before a number, a single letter or a Greek one: "IL 6", "vitamin D", "TNF alpha". `before`
    is the word before the text, as `word_to_join` has it.
    """
    for written in text.split():
        piece = piece_of(written[: _LONGEST * 4])
        words = piece.words
        if before and words and (joined := _joined(before, words, written)):
            piece = WordPiece(words, piece.parts, (*piece.joins, joined))
        yield written, piece
        before = word_to_join(written, piece)


def word_to_join(written: str, piece: WordPiece) -> str:
    """Return the word of a piece that may be joined with the next piece; empty where none is."""
    return piece.words[0] if len(piece.words) == 1 and written[-1].isalnum() else ""


def _joined(before: str, words: tuple[str, ...], written: str) -> str:
    first = words[0]
    goes_on = first.isdigit() or (len(first) == 1 and written[0].isupper())
    if not goes_on and _LATIN.keys().isdisjoint(words):
        return ""  # most words
    if before in STOP_WORDS or before.isdigit():
        return ""
    if symbols := list(_symbols_of_genes((before, *words))):
        return symbols[0]
    return lexeme_of(before + first) if goes_on else ""


@lru_cache(maxsize=100_000)
def lexeme_of(word: str) -> str:
    """Return the lexeme of a folded word: one spelling of English, without its ending."""
    if word in STOP_WORDS or not (word.isascii() and word.isalpha()):
        return word[:_LONGEST]
    word = _variants().get(word) or _british().get(word, word)
    return stem(american_spelling(word))[:_LONGEST]


def lexemes_of(text: str) -> list[str]:
    """Return the lexemes of a text in order, without joined forms."""
    return [part for _, piece in pieces_of(text) for part in piece.parts]


def _plain(text: str) -> str:
    """Return a piece in small Latin letters: no accents, Greek letters by name, every dash as a hyphen."""
    if text.isascii() and text.isalpha():
        return text.lower()
    text = _DASH.sub(
        "-", unicodedata.normalize("NFKC", re.sub("[µμ](?=[gGlLmM])", "u", text.replace("\u00ad", "")))
    )
    text = text.replace("′", "-prime").replace("±", "-plusminus-").replace("+/-", "-plusminus-")
    text = _SIGN.sub(lambda sign: _SIGNS[sign[1]], text)
    text = _QUOTE.sub("", _POSSESSIVE.sub("", text)).casefold().translate(LETTERS)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", _GREEK.sub(_named, text))
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.combining(one))


def _named(letters: re.Match[str]) -> str:
    """Return the names of Greek letters that are signs, as in "γδ T cells"; a Greek word stays as it is."""
    return letters[0] if len(letters[0]) > _MOST_SIGNS else "".join(map(_in_latin, letters[0]))


@cache
def _in_latin(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK SMALL LETTER "):
        greek = name.removeprefix("GREEK SMALL LETTER ").split()[0].lower().replace("lamda", "lambda")
        return f"-{greek.replace('final', 'sigma')}-"
    return letter


# Applied in this order. Some words ("does") are folded needlessly, but the same way in pages and questions.
_RULES: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=\w)[ao]e(?!r[io])(?=\w)|^[ao]e(?=\w{3})(?!er)", "e"),
        (r"sulph", "sulf"),
        (r"(?<=\w{3})our(?=(?:s|ed|ing|al|able|less|ful|ism|ist|y|ly|ally|ous)?$)", "or"),
        (r"(?<=\w{2})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "iz"),
        (r"(?<=\w{2})ys(?=(?:e|ed|er|ers|ing)$)", "yz"),
        (r"(?<=\w{2}[tb])re(?=s?$)", "er"),
        (r"ogues?$", "og"),
        (r"(?<=\w{3}[aeio])ll(?=(?:ed|ing|er|ers)$)", "l"),
        # Who works in a field, and the field: "neurologist" and "neurology".
        (r"(?<=\w{2})ologists?$", "ology"),
        (r"(?<=\w{2})iatrists?$", "iatry"),
    )
)


def american_spelling(word: str) -> str:
    if len(word) < 5:
        return word
    for pattern, instead in _RULES:
        word = pattern.sub(instead, word)
    return word


@cache
def _variants() -> dict[str, str]:
    """Return words with irregular spellings, each with the common form of its spellings."""
    return {other: first for first, *others in rows_of("variants.tsv") for other in others}


@cache
def _british() -> dict[str, str]:
    """Return words with a British spelling that no rule makes American, each with the American one."""
    return {other: first for first, *others in rows_of("british.tsv") for other in others}


def rows_of(name: str) -> list[list[str]]:
    """Return the rows of a search data file, without comments."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
