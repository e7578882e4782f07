"""The grammar of numbers, units and amounts.

Each reads at one place and looks at a bounded number of tokens, so that all take time linear in the text.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from wiki.text.normal_form import FRACTIONS
from wiki.text.quantities import words
from wiki.text.quantities.tokens import Token
from wiki.text.quantities.units import UNITS, UNITS_AS_WRITTEN, Measures, Unit

_DASHES: Final = frozenset("-–—")
_SLASHES: Final = frozenset("/⁄∕")
_TIMES: Final = frozenset("x×*")
_LONGEST_NUMBER: Final = 12
_MOST_DENOMINATORS: Final = 4
_PER: Final = frozenset({"per", "pro"})
_ORDINALS: Final = {"other": 2, "second": 2, "alternate": 2, "third": 3, "fourth": 4, "few": None}
_DIVIDED: Final = frozenset({"divided", "equal", "single", "separate"})
# The words with which a number in words begins.
_FIRST_OF_NUMBER: Final = frozenset(
    {*words.SMALL_NUMBERS, *words.TENS, *words.POWERS, *words.PARTS, "a", "an", "several", "few"}
)
# The first words of all units, in small letters.
_FIRST_OF_UNIT: Final = frozenset(
    {*(spelling.split("-")[0] for spelling in UNITS), *(one.lower() for one in UNITS_AS_WRITTEN), "fl"}
)
# "two white tablets", "3 heaped teaspoons".
_NO_ADJECTIVE: Final = (
    words.PEOPLE
    | words.COUNTED
    | words.GIVING - {"maintenance", "loading"}
    | words.DOSE_WORDS
    | {"x", "a", "an", "the"}
    | {
        "per",
        "for",
        "at",
        "on",
        "with",
        "by",
        "from",
        "every",
        "each",
        "until",
        "then",
        "after",
        "before",
        "times",
    }
    | set(words.OFTEN)
    | set(words.ADVERBS)
    | set(words.SHORTHAND)
)


class Number(NamedTuple):
    """A number: its value (None if unknown), its digits, and where it ends."""

    value: Fraction | None
    figures: str
    end: int


class Measured(NamedTuple):
    """A unit, with everything that it is counted per."""

    unit: Unit
    written: str
    per: tuple[tuple[str, Unit, Fraction], ...]
    end: int


class Amount(NamedTuple):
    """A number, a range or a product, with its unit if it has one."""

    numbers: tuple[Number, ...]
    joined: str  # "", "–" for a range, "/" or "or"
    times: Number | None
    measured: Measured | None
    end: int


def _is_alike(first: Measured, last: Measured | None) -> bool:
    """Return whether two units can form one range: "5 mg to 1 g" can, "5 mg to 2 tablets" cannot."""
    return last is not None and (first.unit.base, first.per or last.per) == (last.unit.base, last.per)


class _Texts(dict[int, str]):
    """The words and signs of a text by index; "" outside of it."""

    def __missing__(self, place: int) -> str:
        return ""


class Reader:
    """Reads tokens at an index; results say where they end."""

    # The word or sign at an index, in small letters: the bound method itself, for speed.
    text: Callable[[int], str]

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.text = _Texts((place, token.text) for place, token in enumerate(tokens)).__getitem__
        self._amounts: dict[int, Amount | None] = {}
        self._units: dict[int, Measured | None] = {}

    def is_number(self, place: int) -> bool:
        """Return whether there are digits at a place."""
        return 0 <= place < len(self.tokens) and self.tokens[place].is_number

    def glued(self, place: int) -> bool:
        """Return whether nothing separates a token from the one before."""
        return 0 <= place < len(self.tokens) and self.tokens[place].glued

    def number(self, place: int) -> Number | None:
        """Return the number at a place, in digits or in words."""
        if self.is_number(place):
            return self._figures(place)
        return self._worded(place) if self.text(place) in _FIRST_OF_NUMBER else None

    def _figures(self, place: int) -> Number:
        token = self.tokens[place]
        value, figures, end = token.value, token.written, place + 1
        if value is not None and self._fraction(end) and (part := self.tokens[end].value):
            return Number(value + part, figures + self.tokens[end].written, end + 1)
        if over := self._over(place):
            return over
        if value is not None and not self.glued(end) and (over := self._over(end)) and over.value:
            return Number(value + over.value, f"{figures} {over.figures}", over.end)
        if self.text(end) == "and" and value is not None and (half := self._part(end + 1)):
            return Number(value + half[0], figures, half[1])
        if self.text(end) in words.POWERS and value is not None:
            return Number(value * words.POWERS[self.text(end)], figures, end + 1)
        return Number(value, figures, end)

    def _fraction(self, place: int) -> bool:
        return self.is_number(place) and self.tokens[place].written in FRACTIONS

    def _over(self, place: int) -> Number | None:
        """Return a fraction such as 1/2; 20/5 and 5/7 are none."""
        if not (self.is_number(place) and self.text(place + 1) in _SLASHES and self.is_number(place + 2)):
            return None
        top, bottom = self.tokens[place].value, self.tokens[place + 2].value
        if not top or bottom not in (2, 3, 4, 8) or top >= bottom:
            return None
        return Number(top / bottom, f"{top}/{bottom}", place + 3)

    def _part(self, place: int) -> tuple[Fraction, int] | None:
        """Return a part in words: half, a half, one quarter of, three-quarters."""
        top, at = 1, place
        if self.text(at) in ("a", "an"):
            at = self._past_dash(at + 1)
        elif (small := words.SMALL_NUMBERS.get(self.text(at))) and self.text(
            self._past_dash(at + 1)
        ) in words.PARTS:
            top, at = small, self._past_dash(at + 1)
        part = words.PARTS.get(self.text(at))
        if at == place and part and self.text(at) not in ("half", "quarter"):
            return None  # "the third patient" is no third of a patient
        return (top * part, at + 1) if part else None

    def _past_dash(self, place: int) -> int:
        return place + 1 if self.text(place) in _DASHES else place

    def _worded(self, place: int) -> Number | None:
        if part := self._part(place):
            value, end = part
            end += self.text(end) == "of" and self.text(end + 1) in ("a", "an", "one")
            end += self.text(end) in ("a", "an", "one")
            if power := words.POWERS.get(self.text(end)):
                return Number(value * power, "", end + 1)
            return Number(value, "", end)
        some = place + (self.text(place) == "a")
        if self.text(some) in ("several", "few") and (form := self.unit(some + 1)):
            is_taken = form[0].measures in (Measures.FORM, Measures.SPOON)
            return Number(None, self.text(some), some + 1) if is_taken else None
        whole = self._whole(place)
        if whole is None:
            return None
        value, end = whole
        joint = self._past_dash(end)
        if self.text(joint) == "and" and (half := self._part(self._past_dash(joint + 1))):
            return Number(value + half[0], "", half[1])
        return Number(value, "", end + (self.text(end) == "of" and self.text(end - 1) == "couple"))

    def _whole(self, place: int) -> tuple[Fraction, int] | None:
        """Return a whole number in words, such as one hundred and fifty, or twenty-five."""
        total, current, at = 0, 0, place
        at += self.text(at) in ("a", "an") and self.text(at + 1) in (*words.POWERS, "dozen", "couple")
        start = at
        while at < start + _LONGEST_NUMBER:
            word = self.text(at)
            if word in words.SMALL_NUMBERS or word in words.TENS:
                small = words.SMALL_NUMBERS.get(word, words.TENS.get(word, 0))
                if current % 100 and word != "dozen" and not self._is_tens(current, small):
                    break
                current = current * small if word == "dozen" and current else current + small
            elif word == "hundred":
                current = 100 * max(current, 1)
            elif word in words.POWERS:
                total, current = total + max(current, 1) * words.POWERS[word], 0
            elif not (at > start and (word in _DASHES or word == "and") and self._goes_on(at)):
                break
            at += 1
        return (Fraction(total + current), at) if at > start else None

    @staticmethod
    def _is_tens(current: int, small: int) -> bool:
        return current % 10 == 0 and current % 100 >= 20 and small < 10

    def _goes_on(self, place: int) -> bool:
        """Return whether a dash or "and" is part of a number: twenty-five, one hundred and fifty."""
        before, after = self.text(place - 1), self.text(place + 1)
        if self.text(place) == "and":
            return before in words.POWERS and (after in words.SMALL_NUMBERS or after in words.TENS)
        return before in words.TENS and words.SMALL_NUMBERS.get(after, 10) < 10

    def unit(self, place: int) -> tuple[Unit, int] | None:
        """Return the unit at a place, of up to three words."""
        first = self.text(place)
        if first not in _FIRST_OF_UNIT:
            return None
        if first == "fl" and self.text(place + 1) == "oz":
            return Unit("fluid ounce", Measures.VOLUME), place + 2
        for past in (2, 3):
            joined = f"{first}-{self.text(place + past - 1)}"
            if (past == 2 or self.text(place + 1) in _DASHES) and joined in UNITS:
                return UNITS[joined], place + past
        if first in ("°", "degrees", "degree") and f"°{self.text(place + 1)[:1]}" in ("°c", "°f"):
            return UNITS[f"°{self.text(place + 1)[0]}"], place + 2
        found = UNITS_AS_WRITTEN.get(self.tokens[place].written) or UNITS.get(first)
        return (found, place + 1) if found else None

    def measured(self, place: int) -> Measured | None:
        """Return a unit with everything that it is counted per, such as mg per kilogram of body weight per
        day.
        """
        if place not in self._units:
            self._units[place] = self._measured(place)
        return self._units[place]

    def _measured(self, place: int) -> Measured | None:
        at = self._past_dash(place) if self.glued(place) or self.text(place) in _DASHES else place
        start, found = at, self.unit(at)
        if found is None and (at := self._past_adjectives(at)):
            found = self.unit(at)
        if found is None:
            return None
        unit, end = found
        end += self.text(end) == "." and self.glued(end) and self.text(end + 1) in (*_SLASHES, *_PER)
        per: list[tuple[str, Unit, Fraction]] = []
        while len(per) < _MOST_DENOMINATORS and (one := self._denominator(end)):
            per.append(one[0])
            end = one[1]
        written = "".join(token.written for token in self.tokens[start : found[1]])
        return Measured(unit, written, tuple(per), end)

    def _past_adjectives(self, place: int) -> int:
        """Return the index of a dose form after one or two adjectives, or 0."""
        for at in range(place, min(place + 5, len(self.tokens))):
            token = self.tokens[at]
            if (
                at > place
                and (unit := UNITS.get(token.text))
                and unit.measures in (Measures.FORM, Measures.SPOON)
            ):
                return 0 if unit.base == "dose" else at
            if token.text in _DIVIDED and self.text(at + 1) in ("dose", "doses"):
                return at + 1
            is_dash = token.text in _DASHES and token.glued
            if not is_dash and (token.sort != "word" or token.text in _NO_ADJECTIVE or self.number(at)):
                return 0
        return 0

    def _denominator(self, place: int) -> tuple[tuple[str, Unit, Fraction], int] | None:
        text = self.text(place)
        if text in _SLASHES or text in _PER:
            return self._over_unit(place + 1, named=True)
        if text in ("a", "an", "each", "every", "daily", "weekly", "hourly", "in"):
            return self._spoken_denominator(place)
        at = place
        if (found := self.unit(at)) and found[0].measures in (Measures.BODY, Measures.TIME, Measures.VOLUME):
            after = found[1]
            if self.text(after) == "⁻" and self.text(after + 1) == "¹":
                return ("", found[0], Fraction(1)), after + 2
            if (
                self.text(after) == "-"
                and self.glued(after)
                and self.text(after + 1) == "1"
                and self.glued(after + 1)
            ):
                return ("", found[0], Fraction(1)), after + 2
        return None

    def _spoken_denominator(self, place: int) -> tuple[tuple[str, Unit, Fraction], int] | None:
        text = self.text(place)
        if text in ("daily", "weekly", "hourly"):
            period = {"daily": "day", "weekly": "week", "hourly": "hour"}[text]
            return ("", UNITS[period], Fraction(1)), place + 1
        if text == "in":
            return self._within(place + 1)
        found = self._over_unit(place + 1, named=False) if not self.number(place + 1) else None
        if (
            not found
            or found[0][1].measures != Measures.TIME
            or (text == "every" and found[0][1].factor < 24)
        ):
            return None
        return found

    def _within(self, place: int) -> tuple[tuple[str, Unit, Fraction], int] | None:
        """Return what follows "in": 125 mg in 5 mL, 8 tablets in 24 hours, one tablet in a day."""
        found = self._over_unit(place + (self.text(place) in ("a", "any", "each")), named=False)
        if found and (found[0][1].measures == Measures.TIME or self.is_number(place)):
            return found if found[0][1].measures in (Measures.TIME, Measures.VOLUME) else None
        return None

    def _over_unit(self, place: int, *, named: bool) -> tuple[tuple[str, Unit, Fraction], int] | None:
        """Return the denominator: a unit, a number of units, or another word."""
        many, at = Fraction(1), place
        if self.is_number(at) and (value := self.tokens[at].value):
            many, at = value, at + 1
        if many == Fraction("1.73") and self.text(at) in ("m2", "m²"):
            return ("", UNITS["1.73m2"], Fraction(1)), at + 1
        found = self.unit(at)
        if found:
            return ("", found[0], many), self._past_body(found[1])
        is_word = at < len(self.tokens) and self.tokens[at].sort == "word"
        if not named or many != 1 or not is_word or self.number(at):
            return None
        return (self.text(at), Unit(self.text(at), Measures.OTHER), many), at + 1

    def _past_body(self, place: int) -> int:
        at = place + (self.text(place) == "of")
        if self.text(at) in ("body", "bw", "bodyweight"):
            at += 1
            at += self.text(at) in _DASHES
            return at + (self.text(at) in ("impact", "surface", "mass")) + (self.text(at + 1) == "area")
        return place

    def amount(self, place: int) -> Amount | None:
        """Return the amount at a place: 5 mg, 5–10 mg, 5 mg to 10 mg, 2 x 500 mg, half a tablet."""
        if place not in self._amounts:
            self._amounts[place] = self._amount(place)
        return self._amounts[place]

    def _amount(self, place: int) -> Amount | None:
        first = self.number(place)
        if first is None:
            return None
        times = None
        if self.text(first.end) in _TIMES and (second := self.number(first.end + 1)):
            times, first = first, second
        unit = self.measured(first.end)
        joined, second = self._second(first, unit, place)
        if second is None:
            return Amount((first,), "", times, unit, unit.end if unit else first.end)
        last = self.measured(second.end)
        if (unit and not _is_alike(unit, last)) or (joined == "/" and not last):
            return Amount((first,), "", times, unit, unit.end if unit else first.end)
        if unit and last and first.value is not None:
            first = first._replace(value=first.value * unit.unit.factor / last.unit.factor)
        return Amount((first, second), joined, times, last, last.end if last else second.end)

    def _second(self, first: Number, unit: Measured | None, place: int) -> tuple[str, Number | None]:
        """Return the joint between a first and a second number, and the second number."""
        at = unit.end if unit else first.end
        sign = self.text(at)
        if sign in _DASHES or sign == "to" or sign in ("up-to", "until", "bis", "through"):
            joined = "–"
        elif sign == "or" or (sign in _SLASHES and not unit):
            joined = "or" if sign == "or" else "/"
        elif sign == "and" and self.text(place - 1) == "between":
            joined = "–"
        else:
            return "", None
        second = self.number(at + 1 + (self.text(at + 1) == "up" and self.text(at + 2) == "to"))
        return joined, second
