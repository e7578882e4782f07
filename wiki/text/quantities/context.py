"""The context of a number: verbs of giving, dose words, preparations, heads of a table."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from wiki.text.normal_form import FRACTIONS
from wiki.text.quantities import words
from wiki.text.quantities.grammar import Measured, Reader
from wiki.text.quantities.tokens import Token, tokens_of
from wiki.text.quantities.units import PLAIN_ENGLISH, TAKEN, Measures

_FAR: Final = 10**9
_NEAR_AMOUNT: Final = 15
_NEAR_FORM: Final = 3
# A distance beyond the range of every rule.
_NEAR_NUMBER: Final = 24
_PARTING: Final = frozenset(",;()[].")

# Of each token the distances to the nearest token of a sort before it and after it, in its sentence.
type Distances = tuple[Sequence[int], Sequence[int]]


class Context:
    """Answers which words are near a token, from arrays that are computed once, when a text needs them."""

    def __init__(self, tokens: Sequence[Token], heads: tuple[str, ...]) -> None:
        self.reader = Reader(tokens)
        self.tokens = tokens
        self.heads = heads

    @cached_property
    def _giving(self) -> Distances:
        return _distances(self.tokens, [token.text in words.GIVING for token in self.tokens])

    @cached_property
    def _dosing(self) -> Distances:
        return _distances(self.tokens, [token.text in words.DOSE_WORDS for token in self.tokens])

    @cached_property
    def _preparing(self) -> Distances:
        return _distances(self.tokens, [token.text in words.ROUTES for token in self.tokens])

    @cached_property
    def _forms(self) -> Distances:
        return _distances(self.tokens, [self._is_form(place) for place in range(len(self.tokens))])

    @cached_property
    def _amounts(self) -> Distances:
        return _distances(self.tokens, [self._ends_amount(place) for place in range(len(self.tokens))])

    @cached_property
    def _telling(self) -> Distances:
        return _distances(self.tokens, [_gives_sense(token) for token in self.tokens])

    @cached_property
    def head_unit(self) -> Measured | None:
        """Return the unit in a table's heads."""
        return next((found for head in self.heads if (found := _unit_in(head))), None)

    @cached_property
    def is_headed_dose(self) -> bool:
        """Return whether a head says that the cells below are doses."""
        said = {token.text for head in self.heads for token in tokens_of(head)}
        return bool(said & words.DOSE_WORDS)

    def stands_alone(self, place: int) -> bool:
        """Return whether no word or sign nearby says what the number at a place counts."""
        return not self.heads and not _is_within(self._telling, place, _NEAR_NUMBER)

    def _ends_amount(self, place: int) -> bool:
        """Return whether the unit of a dose is at a place."""
        found = self.reader.unit(place)
        if not found or found[0].measures not in TAKEN:
            return False
        measured = self.reader.measured(place)
        if measured and any(one[1].measures == Measures.VOLUME for one in measured.per):
            return False
        before = self.reader.text(place - 1)
        is_counted = self.reader.is_number(place - 1) or before in words.SMALL_NUMBERS or before in words.TENS
        return is_counted or (before in ("a", "half", "-") and found[0].base not in PLAIN_ENGLISH)

    def has_amount_nearby(self, place: int) -> bool:
        """Return whether a dose, or a form such as a tablet, is near in the sentence."""
        near_amount, near_form = self._amounts, self._forms
        return _is_within(near_amount, place, _NEAR_AMOUNT) or _is_within(near_form, place, _NEAR_FORM)

    def _is_form(self, place: int) -> bool:
        found = self.reader.unit(place)
        return bool(found and found[0].measures in (Measures.FORM, Measures.SPOON))

    def is_given(self, place: int, before: int, after: int = 0) -> bool:
        """Return whether a verb of giving is within so many tokens of a place in its sentence."""
        if self.is_headed_dose:
            return True
        back, ahead = self._giving
        return back[place] <= before or ahead[place] <= after or self.is_dosed(place, before, after)

    def is_dosed(self, place: int, before: int, after: int) -> bool:
        """Return whether the word dose is within so many tokens of a place."""
        back, ahead = self._dosing
        return self.is_headed_dose or back[place] <= before or ahead[place] <= after

    def is_prepared(self, place: int, before: int, after: int) -> bool:
        """Return whether a preparation or a route is within so many tokens of a place."""
        back, ahead = self._preparing
        return back[place] <= before or ahead[place] <= after

    def is_among(self, place: int) -> bool:
        """Return whether the word before a number makes it a count of cases and not an amount."""
        before, earlier = self.reader.text(place - 1), self.reader.text(place - 2)
        if before == "of" and (earlier in words.DOSE_WORDS or earlier in words.BOUNDS or earlier == "total"):
            return False
        if before in ("to", "from"):
            return not any(self.reader.text(at) in words.ADJUSTING for at in range(place - 7, place - 1))
        return before in words.AMONG


def _gives_sense(token: Token) -> bool:
    """Return whether a token can say what a number beside it counts, or joins two numbers."""
    if token.sort == "number":
        return token.name or token.written in FRACTIONS
    return token.sort == "word" or (token.sort == "sign" and token.text not in _PARTING)


def _distances(tokens: Sequence[Token], counts: Sequence[bool]) -> Distances:
    """Return the distance to the nearest counting token before and after each token, within its sentence."""
    if True not in counts:
        nowhere = [_FAR] * len(tokens)
        return nowhere, nowhere
    return _walked(tokens, counts), _walked(tokens[::-1], counts[::-1])[::-1]


def _is_within(distances: Distances, place: int, most: int) -> bool:
    return min(distances[0][place], distances[1][place]) <= most


def _walked(tokens: Sequence[Token], counts: Sequence[bool]) -> list[int]:
    found, distance = [], _FAR
    for token, here in zip(tokens, counts, strict=True):
        distance = 0 if here else _FAR if token.sort == "end" else distance + 1
        found.append(distance)
    return found


def _unit_in(head: str) -> Measured | None:
    """Return the unit in a head such as "Dose (mg/kg)", "mg a day" or "Amount, mg"."""
    reader = Reader(tokens_of(head))
    for place, token in enumerate(reader.tokens):
        before = reader.text(place - 1)
        found = reader.measured(place) if token.sort == "word" or token.text in "%°" else None
        if found is None or found.unit.base == "dose":
            continue
        stands_alone = place == 0 or before in ("(", "[", ",", "/", ":", "in")
        if stands_alone and (
            len(token.text) > 1 or before in ("(", "[", "in", ",") or len(reader.tokens) == 1
        ):
            return found
        if found.unit.measures in TAKEN - {Measures.FORM, Measures.SPOON} and len(token.text) > 1:
            return found
    return None
