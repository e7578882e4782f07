"""Frequencies, and changes of a dose, as people write them."""

import re
from fractions import Fraction
from typing import Final

from wiki.text.quantities import words
from wiki.text.quantities.grammar import Number, Reader
from wiki.text.quantities.units import UNITS, Measures, Unit

_DASHES: Final = frozenset("-–—")
_ORDINALS: Final = {"other": 2, "second": 2, "alternate": 2, "third": 3, "fourth": 4, "2nd": 2, "3rd": 3}
_EVERY: Final = frozenset({"every", "each", "q", "all", "alle", "jeden", "jede"})
_TIMES: Final = frozenset({"times", "time", "x", "×", "mal", "doses"})
_EVERY_HOURS: Final = re.compile(r"q(\d{1,2})(h|hr|hrs|d|w|)")
_NEEDED: Final = frozenset({"needed", "required", "necessary", "prn"})

FACTORS: Final = {
    **dict.fromkeys(("double", "doubles", "doubled", "doubling"), "× 2"),
    **dict.fromkeys(("triple", "triples", "tripled", "tripling", "treble", "trebled"), "× 3"),
    **dict.fromkeys(("quadruple", "quadrupled"), "× 4"),
    **dict.fromkeys(("halve", "halves", "halved", "halving"), "× 0.5"),
}


_PERIODS: Final = {
    **{"hourly": "hour", "daily": "day", "nightly": "day", "taglich": "day", "tgl": "day", "weekly": "week"},
    **{"monthly": "month", "yearly": "year", "annually": "year"},
}
HOURLY: Final = frozenset({"hourly", "hrly", "hly"})
_WHEN: Final = frozenset({"as", "when", "if", "where"})
_AT: Final = frozenset({"at", "in", "before", "after", "with", "on"})
_CUTTING: Final = frozenset({"cut", "break", "split", "divide", "snap"})
STARTS_OF_FREQUENCIES: Final = frozenset(
    {*_EVERY, "alternate", *_WHEN, *_AT, *_CUTTING, *FACTORS, *words.UP, *words.DOWN}
)


def frequency(reader: Reader, place: int) -> tuple[str, int] | None:
    """Return how often, in one form for "twice a day", "every 12 hours" and "bd"."""
    numbers = (_times_per, _number_ly, _scheme)
    for read in (
        numbers
        if reader.is_number(place)
        else (_times_per, _every, _number_ly, _word, time_of_day, _as_needed)
    ):
        if found := read(reader, place):
            return found
    return None


def interval_of(times: Fraction | None, period: Unit, many: Fraction = Fraction(1)) -> str:
    """Return the interval between doses when there are so many in a period."""
    if not times:
        return f"? per {period.base}"
    interval = period.factor * many / times
    return f"every {interval} {period.base}"


def _past_dash(reader: Reader, place: int) -> int:
    return place + 1 if reader.text(place) in _DASHES else place


def _period(reader: Reader, place: int) -> tuple[Unit, int] | None:
    """Return a unit of time, in full or as a letter behind a slash."""
    found = reader.unit(place)
    if not found or found[0].measures != Measures.TIME or found[0].factor < Fraction(1, 60):
        return None
    return found


def _times_per(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read "twice a day", "3 times daily", "2–3 x/week", "four per night", "once-weekly"."""
    if often := words.OFTEN.get(reader.text(place)):
        return _rate_per(reader, _past_dash(reader, place + 1), Fraction(often), None, bare=False)
    amount = reader.amount(place)
    if amount is None or (amount.measured and amount.measured.unit.base != "dose"):
        return None
    numbers = amount.numbers
    at, bare = amount.numbers[-1].end, True
    if amount.times:  # "3 x 2 …" counts two things
        return None
    if amount.measured or reader.text(at) in _TIMES:
        at, bare = at + 1, False
    at = _past_dash(reader, at)
    second = numbers[1].value if len(numbers) > 1 else None
    return _rate_per(reader, at, numbers[0].value, second, bare=bare)


def _rate_per(
    reader: Reader, place: int, first: Fraction | None, second: Fraction | None, *, bare: bool
) -> tuple[str, int] | None:
    word = reader.text(place)
    if not bare and word in _PERIODS:
        return _interval_text(first, second, UNITS[_PERIODS[word]]), place + 1
    at = place + (word == "in") * (reader.text(place + 1) in ("a", "each", "every", "one"))
    joint = reader.text(at)
    if joint not in ("a", "an", "per", "each", "every", "/", "pro", "one", "in", "the"):
        return None
    at += 1
    many = Fraction(1)
    if joint in ("per", "/", "every", "in") and reader.is_number(at) and (value := reader.tokens[at].value):
        many, at = value, at + 1
    elif joint in ("in", "the", "one"):
        return None
    if period := _period(reader, at):
        return _interval_text(first, second, period[0], many), period[1]
    if when := words.TIMES_OF_DAY.get(reader.text(at)):
        return f"{_figures(first, second)} {when}", at + 1
    return None


def _interval_text(
    first: Fraction | None, second: Fraction | None, period: Unit, many: Fraction = Fraction(1)
) -> str:
    lowest = interval_of(first, period, many)
    return lowest if second is None else f"{lowest} to {interval_of(second, period, many)}"


def _figures(first: Fraction | None, second: Fraction | None) -> str:
    return "–".join(str(one) for one in (first, second) if one is not None) or "?"


def _every(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read "every 4 to 6 hours", "every other day", "each morning", "q6h", "on alternate days"."""
    word = reader.text(place)
    if match := _EVERY_HOURS.fullmatch(word):
        return _hours(reader, place, match)
    if word == "alternate" and (period := _period(reader, place + 1)):
        return interval_of(Fraction(1), period[0], Fraction(2)), period[1]
    if word not in _EVERY:
        return None
    at = place + 1
    if ordinal := _ORDINALS.get(reader.text(at)):
        if reader.text(at + 1) in ("dose", "tablet"):
            return f"every {ordinal} {reader.text(at + 1)}", at + 2
        period = _period(reader, at + 1)
        return (interval_of(Fraction(1), period[0], Fraction(ordinal)), period[1]) if period else None
    if when := words.TIMES_OF_DAY.get(reader.text(at)):
        return when, at + 1
    if interval := _interval(reader, at):
        return interval
    if word in ("every", "each") and (period := _period(reader, at)):
        return interval_of(Fraction(1), period[0]), period[1]
    return None


def _interval(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read what follows "every": 4 to 6 hours, three days."""
    amount = reader.amount(place)
    measured = amount.measured if amount else None
    if not amount or not measured or measured.unit.measures != Measures.TIME or measured.per:
        return None
    spans = [
        interval_of(Fraction(1), measured.unit, one.value) if one.value else f"? {one.figures}"
        for one in amount.numbers
    ]
    return " to ".join(spans), measured.end


def _hours(reader: Reader, place: int, match: re.Match[str]) -> tuple[str, int] | None:
    """Read "q6h" and "q4-6h"."""
    first, letter, end = Fraction(match[1]), match[2][:1], place + 1
    if letter:
        return interval_of(Fraction(1), UNITS[letter], first), end
    if not (reader.text(end) in _DASHES and reader.is_number(end + 1) and reader.text(end + 2) in UNITS):
        return None
    unit, second = UNITS[reader.text(end + 2)], reader.tokens[end + 1].value
    if unit.measures != Measures.TIME or second is None:
        return None
    return f"{interval_of(Fraction(1), unit, first)} to {interval_of(Fraction(1), unit, second)}", end + 3


def _number_ly(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read "6-hourly", "8 hrly", "two-weekly", "4 to 6 hourly"."""
    if reader.text(place) in words.OFTEN:
        return None
    amount = reader.amount(place)
    if amount is None or amount.measured or amount.times:
        return None
    at = _past_dash(reader, amount.end)
    periods = {"hourly": "h", "hrly": "h", "hly": "h", "weekly": "week", "monthly": "month", "daily": "day"}
    period = periods.get(reader.text(at))
    if period is None or (
        period == "day" and at == amount.end
    ):  # "take 2 daily" is twice a day, not every 2 days
        return (_interval_text(amount.numbers[0].value, None, UNITS["day"]), at + 1) if period else None
    spans = [interval_of(Fraction(1), UNITS[period], one.value or Fraction(0)) for one in amount.numbers]
    return " to ".join(spans), at + 1


def _word(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read one word: daily, nightly, tds."""
    word = reader.text(place)
    if word in words.ADVERBS:
        return words.ADVERBS[word], place + 1
    if word in words.SHORTHAND and is_shorthand(reader, place):
        return words.SHORTHAND[word], place + 1
    return None


_BETWEEN: Final = frozenset(
    {".", ",", "(", "ou", "os", "eye", "eyes", "ear", "ears", "each", "both", "by", "into", "nostril"}
)


def is_shorthand(reader: Reader, place: int) -> bool:
    """Return whether a word is prescription shorthand: not in "QDs" (quantum dots), or "bid" alone."""
    token = reader.tokens[place]
    if token.text not in words.SHORTHAND:
        return bool(_EVERY_HOURS.fullmatch(token.text)) or token.text == "q"
    is_dotted = token.end - token.start > len(token.text)
    is_one_case = token.written.islower() or token.written.isupper() or token.written.istitle()
    is_dosing = reader.text(place + 1) in words.DOSE_WORDS
    is_known = is_dotted or is_dosing or token.text not in words.SHORTHAND_BEHIND_AMOUNTS
    return is_one_case and (is_known or _is_behind_amount(reader, place))


def _is_behind_amount(reader: Reader, place: int) -> bool:
    """Return whether an amount, and a route at most, stands just before."""
    at = place - 1
    for _ in range(4):
        if reader.text(at) in words.ROUTES or reader.text(at) in _BETWEEN:
            at -= 1
    unit = reader.unit(at)
    if unit and unit[1] == at + 1 and reader.text(at) not in ("a", "in"):
        return unit[0].measures not in (Measures.TIME, Measures.OTHER, Measures.SHARE)
    return (
        reader.is_number(at) or reader.text(at) in words.SMALL_NUMBERS or reader.text(at) in words.SHORTHAND
    )


def time_of_day(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read "at night", "in the morning", "before bed", "with meals"."""
    word = reader.text(place)
    if word not in _AT:
        return None
    at = place + 1 + (reader.text(place + 1) in ("the", "each", "every"))
    if word in ("before", "on") and reader.text(at) in ("bed", "retiring", "going"):
        return "at night", at + 1
    when = words.TIMES_OF_DAY.get(reader.text(at))
    if when is None or (when == "with meals" and word not in ("before", "after", "with", "at")):
        return None
    return (when if when != "with meals" else f"{word} meals"), at + 1


def _as_needed(reader: Reader, place: int) -> tuple[str, int] | None:
    if reader.text(place) in _WHEN and reader.text(place + 1) in _NEEDED:
        return "as needed", place + 2
    return None


def _scheme(reader: Reader, place: int) -> tuple[str, int] | None:
    """Read 1-0-1: how many in the morning, at noon, in the evening (and at night)."""
    parts: list[Fraction | None] = []
    at = place
    while len(parts) < 5 and reader.is_number(at) and len(reader.tokens[at].written) < 4:
        parts.append(reader.tokens[at].value)
        at += 1
        if not (
            reader.text(at) == "-" and reader.glued(at) and reader.glued(at + 1) and reader.is_number(at + 1)
        ):
            break
        at += 1
    if len(parts) not in (3, 4) or any(one is None or one > 9 for one in parts):
        return None
    return f"scheme {'-'.join(map(str, parts))}", at


def change(reader: Reader, place: int) -> tuple[str, int, bool] | None:
    """Return the size of a change of dose, the end of its words, and whether it is certainly a dose."""
    word = reader.text(place)
    if word in FACTORS:
        at = _object(reader, place + 1)
        return (
            (f"dose {FACTORS[word]}", at, word in words.ORDERS or reader.text(at - 1) in words.DOSE_WORDS)
            if at
            else None
        )
    if (word in words.UP or word in words.DOWN) and (step := _change_by(reader, place, up=word in words.UP)):
        return step
    return _cut_dose(reader, place) or _share_of_dose(reader, place)


def _cut_dose(reader: Reader, place: int) -> tuple[str, int, bool] | None:
    """Read "cut the tablet in half"."""
    if reader.text(place) not in _CUTTING:
        return None
    for at in range(place + 1, place + 6):
        if reader.text(at) in ("in", "into") and (part := words.PARTS.get(reader.text(at + 1))):
            return f"dose × {part}", at + 2, True
    return None


def _object(reader: Reader, place: int) -> int:
    """Return the end of the words that name what is doubled, or 0 if it is no dose."""
    for at in range(place, place + 5):
        if reader.text(at) in words.DOSED:
            return at + 1
        if at < len(reader.tokens) and reader.tokens[at].sort == "end":
            return 0
    return 0


def _change_by(reader: Reader, place: int, *, up: bool) -> tuple[str, int, bool] | None:
    """Read "increase it by a third", "reduce the dose by 50%", "increased by 25 mg"."""
    dosed = False
    for at in range(place + 1, place + 7):
        word = reader.text(at)
        dosed = dosed or word in words.DOSE_WORDS
        if word == "by" and (amount := reader.amount(at + 1)):
            is_order = reader.text(place) in words.ORDERS and at == place + 1
            return (*_step(reader, amount.numbers, amount.end, up=up), dosed or is_order)
        if not word or (at < len(reader.tokens) and reader.tokens[at].sort == "end"):
            break
    return None


def _step(reader: Reader, numbers: tuple[Number, ...], end: int, *, up: bool) -> tuple[str, int]:
    figures = "–".join(str(one.value) if one.value is not None else one.figures for one in numbers)
    amount = reader.measured(numbers[-1].end)
    return f"{'up' if up else 'down'} by {figures}{f' {amount.written.lower()}' if amount else ''}", end


def _share_of_dose(reader: Reader, place: int) -> tuple[str, int, bool] | None:
    """Read "half the dose", "twice as much", "three times the usual dose", "ten-fold the dose"."""
    number = reader.number(place)
    value = (
        Fraction(words.OFTEN[reader.text(place)])
        if reader.text(place) in words.OFTEN
        else number and number.value
    )
    at = place + 1 if reader.text(place) in words.OFTEN else number.end if number else 0
    if not value or not at:
        return None
    at += reader.text(at) in ("times", "x")
    if reader.text(at) == "as" and reader.text(at + 1) in ("much", "many", "often"):
        return f"dose × {value}", at + 2, False
    at += reader.text(at) == "of"
    if reader.text(at) not in (
        "the",
        "this",
        "that",
        "your",
        "their",
        "his",
        "her",
        "usual",
        "normal",
        "adult",
    ):
        return None
    for end in range(at, at + 4):
        if reader.text(end) in words.DOSE_WORDS:
            return f"dose × {value}", end + 1, True
    return None
