"""Effects: a measure such as an odds ratio with its value, interval, step and what it is compared with."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from wiki.domain.statement_values.lines import NUMBER, BadValue, Interval, figures, interval_in, number, tidy

EXAMPLES: Final = "“OR 0.9 (95% CI 0.7–1.2)” or “mean difference −3.2 points, compared with placebo”"


class Measure(Enum):
    """How an effect is measured: its name, what people type for it, and whether it is a ratio."""

    ODDS_RATIO = "odds ratio", ("or",), True
    RISK_RATIO = "risk ratio", ("rr", "relative risk"), True
    HAZARD_RATIO = "hazard ratio", ("hr",), True
    RATE_RATIO = "rate ratio", ("irr", "incidence rate ratio"), True
    PREVALENCE_RATIO = "prevalence ratio", ("pr",), True
    MEAN_DIFFERENCE = "mean difference", ("md",), False
    STANDARDISED = "standardised mean difference", ("smd", "standardized mean difference"), False
    RISK_DIFFERENCE = "risk difference", ("rd", "absolute risk difference"), False

    @property
    def label(self) -> str:
        """Return its name in words."""
        return str(self.value[0])

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that it is typed as."""
        return (self.label, *self.value[1])

    @property
    def is_ratio(self) -> bool:
        """Return whether 1 means no difference; else 0 does."""
        return bool(self.value[2])


_MEASURES: Final = {name: one for one in Measure for name in one.names}
_NAMES: Final = "|".join(sorted(map(re.escape, _MEASURES), key=len, reverse=True))
_EFFECT: Final = re.compile(
    rf"(?P<adjusted>adjusted |a(?=(?:or|rr|hr)\b))?(?P<measure>{_NAMES})\s?(?:of\s|[=:]\s?)?"
    rf"(?P<value>{NUMBER})(?P<percent>%)?(?P<unit> (?!per\b|compared|vs\b|v\b)[^\d(),;]{{1,40}}?)?"
    r"(?:\s?\((?P<interval>[^()]*)\))?"
    r"(?:,? (?P<per>per [^(),;]{1,60}?))?"
    r"(?:,? (?:compared with|compared to|versus|vs|v)\.? (?P<other>[^();]{1,80}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Effect:
    """How much something changes something. `words` is the line in its usual form."""

    words: str
    measure: Measure
    value: Decimal
    interval: Interval | None = None
    is_adjusted: bool = False
    unit: str = ""
    per: str = ""
    comparator: str = ""


def read_effect(text: str) -> Effect:
    """Return the effect that a line tells; raise `BadValue` with a sentence where it tells none."""
    match = _EFFECT.fullmatch(tidy(text))
    if not match:
        raise BadValue(f"Write the effect as {EXAMPLES}")
    measure, value = _MEASURES[match["measure"].lower()], number(match["value"])
    interval = _interval(match["interval"])
    if measure.is_ratio and (value <= 0 or (interval and interval.low < 0)):
        raise BadValue(f"{_capital(measure.label)}s are greater than 0")
    if interval and not interval.holds(value):
        raise BadValue("The interval does not hold the value that it belongs to. Correct one of them")
    unit = "%" if match["percent"] else (match["unit"] or "").strip()
    per, other = (match["per"] or "").strip(), (match["other"] or "").strip()
    words = f"{'adjusted ' if match['adjusted'] else ''}{measure.label} {figures(value)}"
    words += unit if unit == "%" else f" {unit}" * bool(unit)
    words += f" ({interval.in_words('%' if unit == '%' else '')})" if interval else ""
    words += f" {per}" * bool(per) + f", compared with {other}" * bool(other)
    return Effect(words, measure, value, interval, bool(match["adjusted"]), unit, per, other)


def _interval(text: str | None) -> Interval | None:
    if not text:
        return None
    # In brackets behind a value two numbers alone are its interval too.
    found = interval_in(text) or interval_in(f"95% CI {text}")
    if found is None:
        raise BadValue(f"“{text}” in brackets is no interval; write it as (95% CI 0.7–1.2)")
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
