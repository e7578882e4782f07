"""One line as people type it: numbers, dashes and intervals, and how a value is written back."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# "4,122" and "0.9"; a comma parts thousands, never decimals.
NUMBER: Final = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_INTERVAL: Final = re.compile(
    rf"(?:(?P<level>\d{{2}}(?:\.\d)?)\s?%\s?)?(?:ci|confidence interval)\s?[:=,]?\s?"
    rf"(?P<low>{NUMBER})\s?%?\s?(?:–|to|,|;)\s?(?P<high>{NUMBER})\s?%?",
    re.IGNORECASE,
)
_USUAL_LEVEL: Final = "95"
_DASHES: Final = re.compile(r"(?<=[\d%])\s?[-‐‑‒–—]\s?(?=[\d−-])")


class BadValue(ValueError):
    """A line cannot be read as the value that its field holds; the message says why and shows an example."""


@dataclass(frozen=True)
class Interval:
    """A confidence interval, of 95% unless another level is told."""

    low: Decimal
    high: Decimal
    level: str = _USUAL_LEVEL

    def in_words(self, unit: str = "") -> str:
        """Return "95% CI 15–28%", with `unit` behind the last number."""
        joint = " to " if self.low < 0 or self.high < 0 else "–"
        return f"{self.level}% CI {figures(self.low)}{joint}{figures(self.high)}{unit}"

    def holds(self, value: Decimal) -> bool:
        """Return whether a value lies in it."""
        return self.low <= value <= self.high


def tidy(text: str) -> str:
    """Return a line with single spaces, one kind of dash between numbers, one word for per cent."""
    line = " ".join(text.split()).strip(" .;,")
    line = re.sub(r"\s?(?:per cent|percent|%)", "%", line, flags=re.IGNORECASE)
    return _DASHES.sub("–", line)


def number(text: str) -> Decimal:
    """Return a number that `NUMBER` fits."""
    return Decimal(text.replace(",", "").replace("−", "-"))


def figures(value: Decimal) -> str:
    """Return a number as readers see it: a real minus, thousands parted."""
    return f"{value:,f}".replace("-", "−")


def interval_in(text: str) -> Interval | None:
    """Return the interval that a whole stretch of text is, None where it is something else."""
    found = _INTERVAL.fullmatch(text.strip())
    if not found:
        return None
    low, high = number(found["low"]), number(found["high"])
    if low > high:
        raise BadValue(f"The interval ends before it begins: {figures(low)} to {figures(high)}")
    return Interval(low, high, found["level"] or _USUAL_LEVEL)
