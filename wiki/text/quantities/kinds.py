"""Kinds of quantity, and the form in which two of a kind are compared."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from wiki.text.quantities import words
from wiki.text.quantities.context import Context
from wiki.text.quantities.frequencies import (
    FACTORS,
    HOURLY,
    STARTS_OF_FREQUENCIES,
    change,
    frequency,
    is_shorthand,
    time_of_day,
)
from wiki.text.quantities.grammar import Amount, Measured, Number
from wiki.text.quantities.units import PLAIN_ENGLISH, TAKEN, UNITS, Measures, Unit


class QuantityKind(StrEnum):
    """The kind of a quantity."""

    DOSE = "dose"
    CHANGE = "change of a dose"
    FREQUENCY = "frequency"
    DURATION = "duration"
    CONCENTRATION = "concentration"
    MEASUREMENT = "measurement"
    SHARE = "share"
    COUNT = "count"
    AGE = "age"
    DATE = "date"
    NAME = "name"


class ReadQuantity(NamedTuple):
    """A quantity at a place: `end` is the token after it, `is_dose` whether it can be taken."""

    kind: QuantityKind
    normal: str
    end: int
    is_dose: bool
    figures: tuple[str, ...] = ()
    unit: str = ""


# The words with which a quantity can begin; other tokens are skipped at once.
_STARTS: Final = frozenset(
    {
        *(*words.SMALL_NUMBERS, *words.TENS, *words.POWERS, *words.PARTS, *words.OFTEN, *words.ADVERBS),
        *(*words.SHORTHAND, *STARTS_OF_FREQUENCIES, "a", "an", "another", "several", "few"),
    }
)
_ENDS_OF_BOUNDS: Final = frozenset(one.split("-")[-1] for one in words.BOUNDS)
_FOR: Final = frozenset({"for", "over", "x", "×", "course"})
_LAB_VOLUMES: Final = (1, 100, 1000)
_UNTIL_VERB, _UNTIL_BARE = 8, 8
_YEARS: Final = range(1800, 2100)


def read_at(context: Context, place: int) -> ReadQuantity | None:
    """Return the quantity that begins at a place."""
    token = context.tokens[place]
    if token.sort != "number" and token.text not in _STARTS and token.text[:1] != "q":
        return None
    if token.name:
        return ReadQuantity(
            QuantityKind.DATE if token.is_date else QuantityKind.NAME, token.text, place + 1, False
        )
    if token.sort == "number" and token.value is not None and context.stands_alone(place):
        kind = QuantityKind.DATE if _is_year(token.written) else QuantityKind.COUNT
        return ReadQuantity(kind, _plain(token.value), place + 1, False, (token.written,))
    return (
        _change(context, place)
        or _days_over_seven(context, place)
        or _frequency(context, place)
        or _article(context, place)
        or _amount(context, place)
    )


def _change(context: Context, place: int) -> ReadQuantity | None:
    found = change(context.reader, place)
    if found is None:
        # In "The dose may be doubled" the object is before the verb.
        factor = FACTORS.get(context.reader.text(place))
        if factor is None or not context.is_dosed(place, 6, 0):
            return None
        return ReadQuantity(QuantityKind.CHANGE, f"dose {factor}", place + 1, True)
    normal, end, certain = found
    return ReadQuantity(
        QuantityKind.CHANGE, normal, end, certain or context.is_given(place, _UNTIL_VERB, _UNTIL_VERB)
    )


def _frequency(context: Context, place: int) -> ReadQuantity | None:
    found = frequency(context.reader, place)
    if found is None:
        return None
    normal, end = found
    is_hourly = context.reader.text(end - 1) in HOURLY and end - place > 1
    certain = is_shorthand(context.reader, place) or normal.startswith("scheme") or is_hourly
    given = context.is_given(place, _UNTIL_VERB, _UNTIL_BARE) or context.has_amount_nearby(place)
    return ReadQuantity(QuantityKind.FREQUENCY, normal, end, certain or given)


def _days_over_seven(context: Context, place: int) -> ReadQuantity | None:
    """Read the British shorthand 5/7 (five days), 2/52 (two weeks) and 3/12 (three months)."""
    reader = context.reader
    if not (reader.is_number(place) and reader.text(place + 1) == "/" and reader.text(place - 1) in _FOR):
        return None
    unit = {"7": "day", "52": "week", "12": "month"}.get(reader.text(place + 2))
    value = context.tokens[place].value
    if unit is None or value is None:
        return None
    return ReadQuantity(QuantityKind.DURATION, _span((Number(value, "", 0),), UNITS[unit]), place + 3, True)


def _article(context: Context, place: int) -> ReadQuantity | None:
    """Read "a tablet", "another capsule", "for a week"; "a patch of skin" is none."""
    reader = context.reader
    if reader.text(place) not in ("a", "an", "another") or reader.number(place):
        return None
    measured = reader.measured(place + 1)
    if measured is None:
        return None
    unit, number = measured.unit, Number(Fraction(1), "", place + 1)
    if unit.measures == Measures.TIME:
        if reader.text(place - 1) not in ("for", "over", "within", "after"):
            return None
        return _timed(context, place, Amount((number,), "", None, measured, measured.end))
    is_form = unit.measures in (Measures.FORM, Measures.SPOON)
    if not is_form and (unit.measures not in (Measures.MASS, Measures.VOLUME) or len(measured.written) < 4):
        return None
    if unit.base == "dose":  # "a dose of 10" is read from its number
        return None
    if unit.base in PLAIN_ENGLISH and not context.is_given(place, 4):
        return None
    return _measured(context, place, Amount((number,), "", None, measured, measured.end))


def _amount(context: Context, place: int) -> ReadQuantity | None:
    amount = context.reader.amount(place)
    if amount is None:
        return None
    if amount.measured is None and context.head_unit and _is_plain_figure(context, place, amount):
        headed = Amount(amount.numbers, amount.joined, amount.times, context.head_unit, amount.end)
        return _measured(context, place, headed)
    if amount.measured is None:
        return _bare(context, place, amount)
    return _measured(context, place, amount)


def _is_plain_figure(context: Context, place: int, amount: Amount) -> bool:
    """Return whether a number has no unit of its own, so that the column's unit applies."""
    after = context.reader.text(amount.end)
    return after not in words.PEOPLE and context.reader.text(place - 1) not in words.LABELS


def _measured(context: Context, place: int, amount: Amount) -> ReadQuantity:
    measured = amount.measured
    assert measured is not None  # noqa: S101
    if measured.unit.measures == Measures.TIME and not measured.per:
        return _timed(context, place, amount)
    kind, is_dose = _kind_of(context, place, measured, amount.end)
    is_dose = is_dose or _is_called_dose(context, place, amount.end)
    normal = _normal(context, place, amount)
    figures = tuple(one.figures for one in (amount.times, *amount.numbers) if one and one.figures)
    return ReadQuantity(kind, normal, amount.end, is_dose, figures, measured.written)


def _kind_of(context: Context, place: int, measured: Measured, end: int) -> tuple[QuantityKind, bool]:
    """Return the kind of an amount with a unit, and whether it is a dose."""
    unit, below = measured.unit, [one[1] for one in measured.per]
    if unit.measures == Measures.SHARE:
        is_strength = _is_strength(context, place, end)
        return (QuantityKind.CONCENTRATION, True) if is_strength else (QuantityKind.SHARE, False)
    if unit.measures not in TAKEN or UNITS["1.73m2"] in below:
        return QuantityKind.MEASUREMENT, False
    volumes = [one for one in measured.per if one[1].measures == Measures.VOLUME]
    if any(one[1].factor * one[2] not in _LAB_VOLUMES for one in volumes):
        # 125 mg in 5 mL is the strength of a syrup; blood values have other units.
        return QuantityKind.DOSE, True
    is_flow = unit.measures == Measures.VOLUME and any(_is_short(one) for one in below)
    if volumes or is_flow or any(one.measures in (Measures.MASS, Measures.AMOUNT) for one in below):
        kind = QuantityKind.MEASUREMENT if is_flow else QuantityKind.CONCENTRATION
        if unit.measures in (Measures.FORM, Measures.SPOON):
            return QuantityKind.DOSE, True
        is_given = _is_strength_of_drugs(unit, volumes) or (
            context.is_given(place, 3) and not context.is_among(place)
        )
        return kind, is_given or context.is_prepared(place, 6, end - place + 5)
    return QuantityKind.DOSE, True


def _is_strength_of_drugs(unit: Unit, volumes: list[tuple[str, Unit, Fraction]]) -> bool:
    """Return whether it is milligrams or units per millilitre, which is never a blood value."""
    is_of_drugs = (unit.base == "mg" and unit.factor >= 1) or unit.base == "unit"
    return is_of_drugs and any(one[1].factor * one[2] == 1 for one in volumes)


def _is_called_dose(context: Context, place: int, end: int) -> bool:
    """Return whether the words beside an amount call it a dose, in any unit: "the dose is 5 mmol/L"."""
    return context.is_dosed(place, 3, end - place + 2)


def _is_short(unit: Unit) -> bool:
    return unit.measures == Measures.TIME and unit.base == "h" and unit.factor < 1


def _is_strength(context: Context, place: int, end: int) -> bool:
    """Return whether a percentage is that of a preparation, not of people."""
    before = context.reader.unit(place - 2)
    if context.reader.text(place - 1) == "of" and before and before[0].measures in TAKEN:
        return True
    if context.is_prepared(place, 2, end - place + 2) or context.is_dosed(place, 4, end - place + 4):
        return True
    return context.is_given(place, 3) and not context.is_among(place)


def _timed(context: Context, place: int, amount: Amount) -> ReadQuantity:
    """Read an age, a duration of treatment, or another time."""
    reader, measured = context.reader, amount.measured
    assert measured is not None  # noqa: S101
    if measured.written == "s" and reader.glued(amount.end - 1) and _is_year(amount.numbers[0].figures):
        return ReadQuantity(QuantityKind.DATE, f"{amount.numbers[0].figures}s", amount.end, False)
    # "over 15 minutes" is the duration of an infusion, "over 65 years old" an age.
    bound = "" if reader.text(place - 1) == "over" else _bound(context, place)
    normal = bound + _span(amount.numbers, measured.unit)
    figures = tuple(one.figures for one in amount.numbers if one.figures)
    behind = [reader.text(at) for at in range(amount.end, amount.end + 3)]
    before = [reader.text(at) for at in range(place - 4, place)]
    if "old" in behind[:2] or behind[:2] == ["of", "age"] or {"age", "aged", "ages"} & {*before}:
        return ReadQuantity(QuantityKind.AGE, normal, amount.end, False, figures, measured.written)
    is_course = bool(_FOR & {*before}) or "course" in behind[:2]
    given = context.is_given(place, _UNTIL_VERB + 4) or context.has_amount_nearby(place)
    is_between_doses = context.is_dosed(place, 0, amount.end - place + 4)
    is_dose = is_between_doses or _is_called_dose(context, place, amount.end) or (is_course and given)
    return ReadQuantity(QuantityKind.DURATION, normal, amount.end, is_dose, figures, measured.written)


def _bare(context: Context, place: int, amount: Amount) -> ReadQuantity:
    """Read a number without a unit: a name, a year, a share, a count, or a dose."""
    reader, end = context.reader, amount.end
    figures = tuple(one.figures for one in amount.numbers if one.figures)
    normal = _bound(context, place) + _figures(amount, Fraction(1))
    if kind := _named(context, place, amount):
        return ReadQuantity(kind, normal, end, False, figures)
    second = end + 1 + (reader.text(end) == "out")
    joint, second = reader.text(second - 1), second + (reader.text(second) in ("the", "these", "those"))
    if joint in ("of", "in") and (whole := reader.amount(second)) and not whole.measured:
        shared = f"{normal} of {_figures(whole, Fraction(1))}"
        return ReadQuantity(QuantityKind.SHARE, shared, whole.end, False, figures)
    if reader.text(end) == ":" and reader.is_number(end + 1) and reader.glued(end + 1):
        ratio = f"{normal}:{reader.tokens[end + 1].written}"
        return ReadQuantity(
            QuantityKind.CONCENTRATION, ratio, end + 2, context.is_prepared(place, 6, 6), figures
        )
    if not _is_taken(context, place, end):
        return ReadQuantity(QuantityKind.COUNT, normal, end, False, figures)
    unknown = reader.text(end) if _is_word(context, end) and reader.text(end) not in words.AFTER_BARE else ""
    return ReadQuantity(
        QuantityKind.DOSE, f"{normal} {unknown}".strip(), end + bool(unknown), True, figures, unknown
    )


# Words between a test and its value: "INR of 2", "target INR: 2".
_JOINTS: Final = frozenset({"of", "is", "was", "to", "between", "above", "below", "target", "a", "=", ":"})


def _named(context: Context, place: int, amount: Amount) -> QuantityKind | None:
    """Return the kind of a number that counts nothing: page 12, IL-6, 1992, INR 2."""
    reader = context.reader
    end = amount.end
    place -= _bound(context, place) == "-"
    before = reader.text(place - 1)
    if before in (".", "#", ":") and reader.glued(place - 1):
        before = reader.text(place - 2)
    if before in words.READINGS or (
        reader.text(place - 1) in _JOINTS
        and words.READINGS & {reader.text(place - 2), reader.text(place - 3)}
    ):
        return QuantityKind.MEASUREMENT
    if before in words.LABELS:
        return QuantityKind.NAME
    is_dashed = reader.text(place - 1) in ("-", "–") and reader.glued(place - 1) and reader.glued(place)
    if is_dashed and place >= 2 and context.tokens[place - 2].sort == "word":
        return QuantityKind.NAME
    figures = [one.figures for one in amount.numbers]
    if all(map(_is_year, figures)) and (before in words.BEFORE_YEARS or not context.is_given(place, 2)):
        return QuantityKind.DATE
    if before in words.MONTHS or _is_month(context, end):
        return QuantityKind.DATE
    unit = UNITS.get(before)
    if unit and unit.measures == Measures.TIME and not before.endswith("s") and len(before) > 2:
        return QuantityKind.NAME
    return None


def _is_year(figures: str) -> bool:
    return len(figures) == 4 and figures.isdecimal() and int(figures) in _YEARS


def _is_month(context: Context, place: int) -> bool:
    """Return whether there is a month at a place; "5 may" and "12 march" usually are not."""
    word = context.reader.text(place)
    return word in words.MONTHS and (word not in ("may", "march") or context.reader.is_number(place + 1))


def _is_word(context: Context, place: int) -> bool:
    return place < len(context.tokens) and context.tokens[place].sort == "word"


def _is_taken(context: Context, place: int, end: int) -> bool:
    """Return whether a number without a known unit is a dose."""
    reader = context.reader
    behind = [reader.text(at) for at in range(end, end + 3)]
    if behind[0] in ("times", "fold") and (
        context.is_dosed(place, _UNTIL_VERB, 4) or context.is_given(place, 3)
    ):
        return True
    if words.PEOPLE.intersection(behind[:2]) or behind[0] in words.COUNTED or behind[:2] == ["-", "fold"]:
        return False
    if context.is_dosed(place, _UNTIL_VERB, 3) and not context.is_among(place):
        return True
    form = reader.unit(place - 2) if reader.text(place - 1) in (":", "=") else None
    if form and form[0].measures in (Measures.FORM, Measures.SPOON):
        return True
    is_rate = reader.text(place - 1) == "at" and context.is_prepared(place, 5, 0)
    is_given = context.is_given(place, _UNTIL_BARE) and not context.is_among(place)
    return is_given or is_rate or time_of_day(reader, end) is not None


def _bound(context: Context, place: int) -> str:
    """Return the words before a number that limit it: at least, up to, about, minus."""
    reader = context.reader
    before = reader.text(place - 1)
    if before in ("-", "−") and reader.glued(place) and not reader.glued(place - 1):
        return "-"
    skipped = place - (before in (".", "of", "dose", "="))
    skipped -= reader.text(skipped - 1) in ("of", "dose")
    for many in (3, 2, 1) if reader.text(skipped - 1) in _ENDS_OF_BOUNDS else ():
        said = "-".join(reader.text(at) for at in range(skipped - many, skipped))
        if said in words.BOUNDS:
            return f"{words.BOUNDS[said]} "
    return ""


def _span(numbers: Sequence[Number], unit: Unit) -> str:
    """Return a time in hours or months, so that a week equals seven days."""
    return f"{_figures(Amount(tuple(numbers), '–', None, None, 0), unit.factor)} {unit.base}"


def _normal(context: Context, place: int, amount: Amount) -> str:
    """Return a form in which 10 mg, 10 milligrams and 0.01 g are equal."""
    measured = amount.measured
    assert measured is not None  # noqa: S101
    factor, below = measured.unit.factor, ""
    for raw, unit, many in measured.per:
        if raw:
            below += f"/{raw}"
        elif unit.measures in (Measures.TIME, Measures.FORM, Measures.SPOON, Measures.OTHER):
            below += f"/{_plain(unit.factor * many)} {unit.base}"
        else:
            factor /= unit.factor * many
            below += f"/{unit.base}"
    return f"{_bound(context, place)}{_figures(amount, factor)} {measured.unit.base}{below}"


def _figures(amount: Amount, factor: Fraction) -> str:
    """Return the numbers of an amount, each times `factor`; "1 or 2" is the range from 1 to 2."""
    joined = amount.joined
    values = [one.value for one in amount.numbers]
    if joined == "or" and len(values) == 2 and None not in values and values[1] - values[0] == 1:  # type: ignore[operator]
        joined = "–"
    said = joined.join(
        _plain(one.value * factor) if one.value is not None else f"{one.figures}·{factor}"
        for one in amount.numbers
    )
    times = amount.times
    return (
        said if times is None else f"{times.figures if times.value is None else _plain(times.value)} × {said}"
    )


def _plain(value: Fraction) -> str:
    """Return a number in decimals if that is exact."""
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or value.numerator.bit_length() > 60 or value.denominator.bit_length() > 60:
        return str(value)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
