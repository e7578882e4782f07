"""A question: its words with their weights, and what pages must or must not hold."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

from wiki.text.search.drug_names import names_beside
from wiki.text.search.folding import (
    NAMES_OF_SIGNS,
    STOP_WORDS,
    WordPiece,
    lexeme_of,
    lexemes_of,
    pieces_of,
    rows_of,
)
from wiki.text.search.typed import plain_operators, typed_line

MOST_WORDS: Final = 200
MOST_COUNTED: Final = 6
_PHRASE: Final = re.compile(r'(?<!\S)(-?)"([^"]*)"|(?<!\S)-+(\w\S*)')
# A code of ICD-10, which many programs write without its point.
_ICD: Final = re.compile(r"([a-z]\d\d)(\.?)(\d{1,4})")
# Weights of lexemes relative to a word: part of a code, joined parts, synonym.
_SHORT_PART, _JOIN, _SYNONYM = 0.3, 0.5, 0.6
# What makes one word with the one behind the hyphen, which by itself means the contrary: "anti-psychotics".
_PREFIXES: Final = frozenset({"anti", "hyper", "hypo", "non", "pseudo"})
# A word that says what is asked of a thing, beside one that says of what: few pages hold "avoid", so that by
# how rare it is it would weigh more than "brain".
_INTENT: Final = 0.3


@dataclass(frozen=True)
class Word:
    """One word of a question: as typed, folded, and its lexemes with their weights."""

    typed: str
    folded: str
    lexemes: Mapping[str, float]


@dataclass(frozen=True)
class SearchQuestion:
    """A parsed question."""

    words: tuple[Word, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    # What is asked as one text, without what pages must not hold.
    text: str = ""

    @property
    def weights(self) -> dict[str, float]:
        """Return every lexeme with its weight, synonyms included."""
        weights: dict[str, float] = {}
        shares: dict[str, float] = {}
        less = 1.0 if self.says_of_nothing else _INTENT
        for word in self.words:
            share = less if word.folded in _intent_words() else 1.0
            for lexeme, weight in word.lexemes.items():
                weights[lexeme] = max(weight * share, weights.get(lexeme, 0))
                shares[lexeme] = max(share * weight, shares.get(lexeme, 0))
        instead: dict[str, float] = {}
        for said, meant in self.synonyms.items():
            for lexeme in meant:
                instead[lexeme] = max(_SYNONYM * shares.get(said, 1.0), instead.get(lexeme, 0))
        return instead | weights

    @property
    def synonyms(self) -> dict[str, set[str]]:
        """Return the lexemes that are looked for as well, by each lexeme that has some, alone or in a phrase.

        A joined word counts as one word and as its parts: "cat-scan" is "cat scan". A drug has other names.
        """
        forms = [list(word.lexemes) for word in self.words if word.lexemes]
        apart = [part for form in forms for part in form[1:] or form]
        found: dict[str, set[str]] = {}
        as_said = ([form[0] for form in forms], apart, _content_words(self.text))
        known = list(chain.from_iterable(map(synonyms_of, as_said)))
        for said, meant in known:
            # However the question is read, what stands within a longer phrase is no phrase by itself.
            if any(set(said) < set(longer) for longer, _ in known):
                continue
            also = [*synonyms_of(meant)] if said in _abbreviated() else []
            for lexeme in said:
                found.setdefault(lexeme, set()).update(meant, *(one for _, one in also))
        for word in self.words:
            if word.lexemes and (names := names_beside(word.folded)):
                called = lexemes_of(" ".join(names))
                kinds = (one for _, meant in synonyms_of(called[:3]) for one in meant)
                found.setdefault(next(iter(word.lexemes)), set()).update(called, kinds)
        return found

    @property
    def content(self) -> set[str]:
        """Return the different words of the question that say something."""
        return {word.folded for word in self.words if word.typed and word.folded not in STOP_WORDS}

    @property
    def says_of_nothing(self) -> bool:
        """Return whether the question only says what is asked, and not of what: "what should I avoid"."""
        return bool(self.content) and self.content <= _intent_words()

    @property
    def subject(self) -> str:
        """Return of what something is asked, if that stands at one place: of "which doctor should I see for
        lupus" it is "lupus"; "" otherwise.
        """
        typed = self.text.split()
        silent = STOP_WORDS | _intent_words()
        says = [any(word not in silent for word in piece.words) for _, piece in pieces_of(self.text)]
        if True not in says:
            return ""
        first, after = says.index(True), len(says) - says[::-1].index(True)
        asks = (
            "".join(piece.words) in _intent_words() for _, piece in pieces_of(" ".join(typed[first:after]))
        )
        return "" if any(asks) else " ".join(typed[first:after])

    @property
    def subject_names(self) -> list[str]:
        """Return how of what something is asked may be called: as it was said, and in other words for it."""
        meant = _phrases().get(tuple(_content_words(self.subject)), "")
        return [one for one in (self.subject, meant, *names_beside(self.subject.lower())) if one]

    @property
    def in_full(self) -> str:
        """Return what is asked; of an abbreviation, and of what pages say otherwise, what it means."""
        return _phrases().get(tuple(_content_words(self.text)), self.text)

    @property
    def only_leaves_out(self) -> bool:
        """Return whether it is only said what pages must not hold: "-epilepsy"."""
        return bool(self.excluded) and not self.words

    @property
    def is_in_other_script(self) -> bool:
        """Return whether no letter of the words is Latin: "癫痫"."""
        letters = [one for one in self.text if one.isalpha()]
        return bool(letters) and not any("LATIN" in unicodedata.name(one, "") for one in letters)

    @property
    def all_words(self) -> str:
        """Return a `tsquery` for the pages that hold every word, one that says little included."""
        return " & ".join(dict.fromkeys(_quoted(word.folded) for word in self.words if word.folded.isalnum()))

    @property
    def must_hold(self) -> str:
        """Return what a page must hold, and must not, as a `tsquery`; "" when that is nothing."""
        parts = [_phrase(one) for one in self.phrases] + [f"!({_phrase(one)})" for one in self.excluded]
        return " & ".join(parts)

    def mended(self, mending: Mapping[str, str]) -> "SearchQuestion":
        """Return the question with some words replaced by corrections."""
        if not mending:
            return self
        words = (
            _words(mending[one.folded], one.typed) if one.folded in mending else [one] for one in self.words
        )
        typed = {one.typed: mending[one.folded] for one in self.words if one.folded in mending}
        text = " ".join(typed.get(one, one) for one in self.text.split())
        return replace(self, words=tuple(word for some in words for word in some), text=text)


def read(line: str) -> SearchQuestion:
    """Parse a typed question: words, "phrases", and -words that pages must not hold."""
    line = plain_operators(typed_line(line))
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    for minus, phrase, word in _PHRASE.findall(line):
        if lexemes := tuple(lexemes_of(phrase or word)):
            (excluded if minus or word else phrases).append(lexemes)
    rest = _PHRASE.sub(lambda found: "" if found[1] or found[3] else f" {found[2]} ", line)
    return SearchQuestion(tuple(_words(rest)[:MOST_WORDS]), tuple(phrases), tuple(excluded), rest)


def counted_words(line: str) -> str:
    """Return the words of a search as they are counted: folded, in order of the alphabet.

    It is "" for a text that may say something of a person: a long one, an address, a long number.
    """
    pieces = [piece for _, piece in pieces_of(typed_line(line)) if piece.words]
    words = sorted({word for piece in pieces for word in piece.words if word not in STOP_WORDS})
    is_personal = "@" in line or re.search(r"\d{5}|\d[-./ ]\d+[-./ ]\d", line) is not None
    return "" if is_personal or len(words) > MOST_COUNTED else " ".join(words)[:200]


def all_of(line: str) -> str:
    """Return a `tsquery` for the pages that hold every word and "phrase" of a line, and not what it excludes
    by a minus; "" for none.
    """
    question = read(line)
    words = map(_quoted, dict.fromkeys(lexemes_of(question.text)))
    return " & ".join(filter(None, (*words, question.must_hold)))


def _words(text: str, typed: str = "") -> list[Word]:
    pieces = [(written, piece) for written, piece in pieces_of(text) if piece.parts]
    content = [one for one in pieces if not _is_stop(one[1])]
    found = [
        Word(typed or written, "".join(piece.words), _lexemes(piece)) for written, piece in content or pieces
    ]
    return [*found, *_pairs([piece for _, piece in pieces])] if not typed else found


def _is_stop(piece: WordPiece) -> bool:
    return not piece.joins and len(piece.parts) == 1 and piece.parts[0] in STOP_WORDS


def _lexemes(piece: WordPiece) -> dict[str, float]:
    parts = [one for one in piece.parts if one not in STOP_WORDS] or (
        [] if piece.joins else list(piece.parts)
    )
    if not piece.joins or (len(piece.words) == 1 and not _is_short(piece.words[0])):
        return {**dict.fromkeys(parts, 1.0), **dict.fromkeys(piece.joins, 1.0)}
    is_prefixed = piece.words[0] in _PREFIXES
    is_code = is_prefixed or any(map(_is_short, piece.words))
    weights = {one: _SHORT_PART if is_prefixed or _is_short(one) else 1.0 for one in parts}
    wider = dict.fromkeys(_wider_codes(piece.joins[-1]), _SYNONYM)
    return {**dict.fromkeys(piece.joins, 1.0 if is_code else _JOIN), **weights, **wider}


def _is_short(part: str) -> bool:
    return len(part) <= 2 or part[0].isdigit() or part in NAMES_OF_SIGNS


def _wider_codes(code: str) -> Iterator[str]:
    """Yield the codes of ICD-10 above one, the nearest first: "g40.9" and "g40" above "g40.90"; before them
    "g40.90" itself for "g4090".
    """
    if found := _ICD.fullmatch(code):
        start, point, rest = found.groups()
        if not point:
            yield f"{start}.{rest}"
        yield from (f"{start}.{rest[:length]}" for length in range(len(rest) - 1, 0, -1))
        yield start


def _pairs(pieces: Sequence[WordPiece]) -> Iterator[Word]:
    """Yield neighbours as one word: "beta blocker" finds "betablocker", and "vitamin a" vitamin A."""
    for one, other in pairwise(pieces):
        is_letter = len(other.parts[0]) == 1
        if (
            len(one.words) == len(other.words) == 1
            and not _is_stop(one)
            and (is_letter or not _is_stop(other))
        ):
            joined = one.words[0] + other.words[0]
            yield Word("", joined, {lexeme_of(joined): _JOIN})


def synonyms_of(lexemes: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the phrases of up to three of the words that have synonyms, and these.

    What stands within a longer one is no phrase by itself: a stiff neck is not stiffness.
    """
    taken: set[int] = set()
    for length in (3, 2, 1):
        for start in range(len(lexemes) - length + 1):
            places = range(start, start + length)
            said = tuple(lexemes[start : start + length])
            if taken.isdisjoint(places) and (meant := _synonyms().get(said)):
                taken.update(places)
                yield said, meant


@cache
def _synonyms() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {said: tuple(lexemes_of(meant)) for said, meant in _phrases().items()}


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Return what phrases mean, by their lexemes: abbreviations, and what people say and pages do not."""
    return _abbreviated() | _meanings("synonyms.tsv")


@cache
def _abbreviated() -> dict[tuple[str, ...], str]:
    return _meanings("abbreviations.tsv")


def _meanings(name: str) -> dict[tuple[str, ...], str]:
    return {tuple(_content_words(said)): meant for said, meant in rows_of(name)}


def _content_words(text: str) -> list[str]:
    """Return the lexemes of a text that may be part of a phrase with synonyms."""
    return [one for one in lexemes_of(text) if one not in STOP_WORDS or one in _words_of_synonyms()]


@cache
def _intent_words() -> frozenset[str]:
    """Return the words that say what is asked of a thing, and not of which."""
    return frozenset(Path(__file__).with_name("intent_words.txt").read_text("utf-8").split())


@cache
def _words_of_synonyms() -> frozenset[str]:
    """Return the words that say something in a phrase with synonyms, and little elsewhere."""
    said = (word for row in rows_of("synonyms.tsv") for word in row[0].split())
    return frozenset(word.lower() for word in said if word.isupper())


def _phrase(lexemes: Sequence[str]) -> str:
    return "(" + " <-> ".join(map(_quoted, lexemes)) + ")"


def _quoted(lexeme: str) -> str:
    """Return a lexeme quoted for a `tsquery`. Folded words hold only letters, digits and points."""
    return f"'{lexeme}'"
