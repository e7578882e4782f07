"""Shares: how many of how many, a percentage with its interval, or a frequency class of the HPO."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Final

from wiki.domain.statement_values.lines import NUMBER, BadValue, Interval, figures, interval_in, number, tidy

# A share of fewer people is told as how many of how many: a percentage would promise more than it knows.
FEWEST_FOR_A_PERCENTAGE: Final = 30
EXAMPLES: Final = "“3 of 14”, “21% (95% CI 15–28%)” or “frequent”"
_HUNDRED: Final = Decimal(100)


class FrequencyClass(Enum):
    """A frequency class of the Human Phenotype Ontology (below HP:0040279), with its range in per cent."""

    OBLIGATE = "HP:0040280", "always", "obligate", 100, 100
    VERY_FREQUENT = "HP:0040281", "very frequent", "", 80, 99
    FREQUENT = "HP:0040282", "frequent", "", 30, 79
    OCCASIONAL = "HP:0040283", "occasional", "", 5, 29
    VERY_RARE = "HP:0040284", "very rare", "rare", 1, 4
    EXCLUDED = "HP:0040285", "never", "excluded", 0, 0

    @property
    def hp_id(self) -> str:
        """Return its identifier."""
        return str(self.value[0])

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that it is typed as, the words that readers see first."""
        return tuple(filter(None, (self.value[1], self.value[2], self.hp_id.lower())))

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the lowest and the highest share that it means, in per cent."""
        return Decimal(self.value[3]), Decimal(self.value[4])

    @property
    def in_words(self) -> str:
        """Return "frequent (30–79%)"."""
        low, high = self.bounds
        span = f"{low}–{high}%" if low != high else f"{low}%"
        return f"{self.names[0]} ({span})"


_CLASSES: Final = {name: one for one in FrequencyClass for name in (*one.names, one.in_words)}
_WHOM: Final = r"(?P<whom>(?: [^\W\d_][^\s\d()%;,]*){1,12})?"
_BRACKETS: Final = r"(?:\s?\((?P<rest>[^()]*)\))?"
_COUNT: Final = re.compile(
    rf"(?P<count>{NUMBER})\s?(?:/|of the|of|out of|in)\s?(?P<total>{NUMBER}){_WHOM}{_BRACKETS}", re.IGNORECASE
)
_PERCENT: Final = re.compile(
    rf"(?:(?P<bound>about|around|approximately|under|below|less than|fewer than|up to|over|above|more than|"
    rf"at least|[<>≤≥~≈])\s?)?(?P<low>{NUMBER})%?(?:\s?(?:–|to)\s?(?P<high>{NUMBER}))?%"
    rf"(?: of{_WHOM})?{_BRACKETS}",
    re.IGNORECASE,
)
_BOUNDS: Final = {
    **dict.fromkeys(("about", "around", "approximately", "~", "≈"), "about"),
    **dict.fromkeys(("under", "below", "less than", "fewer than", "<"), "under"),
    **dict.fromkeys(("up to", "≤"), "up to"),
    **dict.fromkeys(("over", "above", "more than", ">"), "over"),
    **dict.fromkeys(("at least", "≥"), "at least"),
}


@dataclass(frozen=True)
class Share:
    """How often something is so. `low` and `high` are the lowest and highest share told, in per cent.

    `words` is the line in its usual form; `count` and `total` are None where only a percentage is known.
    """

    words: str
    low: Decimal
    high: Decimal
    count: int | None = None
    total: int | None = None
    interval: Interval | None = None
    hp_class: FrequencyClass | None = None


def read_share(text: str) -> Share:
    """Return the share that a line tells; raise `BadValue` with a sentence where it tells none."""
    line = tidy(text)
    if found := _CLASSES.get(line.casefold()):
        return Share(found.in_words, *found.bounds, hp_class=found)
    if match := _COUNT.fullmatch(line):
        return _counted(match)
    if match := _PERCENT.fullmatch(line):
        return _percentage(match)
    if re.search(r"% of (?:the )?\d", line):
        raise BadValue("Count the people instead of a percentage of them, such as “28 of 50”")
    raise BadValue(f"Write how often as {EXAMPLES}")


def share_in(text: str) -> Share | None:
    """Return the share that a stored line tells, None where it is empty or was corrected into other words."""
    try:
        return read_share(text) if text else None
    except BadValue:
        return None


def _counted(match: re.Match[str]) -> Share:
    count, total = number(match["count"]), number(match["total"])
    if count % 1 or total % 1 or count < 0 or total <= 0:
        raise BadValue("People are counted in whole numbers, such as “3 of 14”")
    if count > total:
        raise BadValue(f"{figures(count)} is more than all {figures(total)}; write the smaller number first")
    share = count / total * _HUNDRED
    told, interval = _rest(match["rest"])
    if told is not None and abs(told - share) > _half_of_last_place(told):
        raise BadValue(
            f"{figures(count)} of {figures(total)} is {_rounded(share)}%, not {figures(told)}%. "
            "Correct one of them"
        )
    shown = (
        ""
        if total < FEWEST_FOR_A_PERCENTAGE
        else f"{figures(told) if told is not None else _rounded(share)}%"
    )
    said = "; ".join(filter(None, (shown, _interval_words(interval, share))))
    words = f"{figures(count)} of {figures(total)}{match['whom'] or ''}{f' ({said})' if said else ''}"
    return Share(words, share, share, int(count), int(total), interval)


def _percentage(match: re.Match[str]) -> Share:
    low = number(match["low"])
    high = number(match["high"]) if match["high"] else low
    if not 0 <= low <= high <= _HUNDRED:
        raise BadValue("A percentage lies between 0 and 100, the lower one first")
    bound = _BOUNDS.get((match["bound"] or "").lower(), "")
    if bound not in ("", "about") and match["high"]:
        raise BadValue("Give one number behind “under” or “over”, or a range without it")
    told, interval = _rest(match["rest"])
    if told is not None:
        raise BadValue(f"Write the percentage once, as {EXAMPLES}")
    said = _interval_words(interval, low) if low == high else _interval_words(interval, None)
    span = f"{figures(low)}–{figures(high)}" if match["high"] else figures(low)
    whom = f" of{match['whom']}" if match["whom"] else ""
    words = f"{f'{bound} ' if bound else ''}{span}%{whom}{f' ({said})' if said else ''}"
    if bound in ("under", "up to"):
        low = Decimal(0)
    elif bound in ("over", "at least"):
        high = _HUNDRED
    return Share(words, low, high, interval=interval)


def _rest(text: str | None) -> tuple[Decimal | None, Interval | None]:
    """Return the percentage and the interval that stand in brackets."""
    percent, interval = None, None
    for part in filter(None, (one.strip() for one in re.split(r"[;,](?=\s)", text or ""))):
        if found := interval_in(part):
            interval = found
        elif re.fullmatch(rf"{NUMBER}%", part):
            percent = number(part.removesuffix("%"))
        else:
            raise BadValue(f"“{part}” in brackets is no interval; write it as (95% CI 15–28%)")
    return percent, interval


def _interval_words(interval: Interval | None, share: Decimal | None) -> str:
    if interval is None:
        return ""
    if not 0 <= interval.low <= interval.high <= _HUNDRED:
        raise BadValue("The interval of a percentage lies between 0 and 100")
    # A share is told rounded, so that it may stand just outside an interval that is rounded too.
    if share is not None and not interval.low - 1 <= share <= interval.high + 1:
        raise BadValue("The interval does not hold the share that it belongs to. Correct one of them")
    return interval.in_words("%")


def _half_of_last_place(told: Decimal) -> Decimal:
    exponent = told.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * Decimal("0.51")


def _rounded(share: Decimal) -> str:
    place = (
        Decimal("1")
        if share >= 10 or share == 0
        else Decimal("0.1")
        if share >= Decimal("0.1")
        else Decimal("0.01")
    )
    found = share.quantize(place, ROUND_HALF_UP)
    return figures(found.normalize() if found % 1 == 0 and found < 10 else found)
