"""Populations: of whom a statement is true, by age, sex, setting, genotype or stage."""

import re
from dataclasses import dataclass
from typing import Final

from wiki.domain.statement_values.lines import BadValue, tidy

LONGEST: Final = 160
_AGE: Final = r"(?P<{0}>\d{{1,3}})(?: ?(?P<{0}_unit>days?|weeks?|months?|years?))?"
_SPANS: Final = (
    re.compile(rf"\b{_AGE.format('low')}(?: ?–| to| and| but under) ?{_AGE.format('high')}\b", re.IGNORECASE),
    re.compile(rf"\b(?:under|below|younger than|up to|until) {_AGE.format('high')}\b", re.IGNORECASE),
    re.compile(rf"\b(?:over|above|older than|from|at least|aged) {_AGE.format('low')}\b", re.IGNORECASE),
    re.compile(rf"\b{_AGE.format('low')}(?: of age)? (?:and|or) (?:over|older|above|more)\b", re.IGNORECASE),
)
_YEARS: Final = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "year": 1.0}
_GROUPS: Final = (
    (re.compile(r"\b(?:newborns?|neonates?)\b", re.IGNORECASE), 0, 28 / 365.25),
    (re.compile(r"\b(?:infants?|babies|baby)\b", re.IGNORECASE), 0, 1),
    (re.compile(r"\b(?:children|child|boys|girls)\b", re.IGNORECASE), 0, 18),
    (re.compile(r"\b(?:adults?|men|women)\b", re.IGNORECASE), 18, None),
)
_FEMALE: Final = re.compile(r"\b(?:women|woman|girls?|females?|pregnan\w*)\b", re.IGNORECASE)
_MALE: Final = re.compile(r"\b(?:men|man|boys?|males?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Population:
    """Of whom something is true. Ages are in years, None where the words set no limit.

    `sex` is "female", "male" or "" for both. All that is not age or sex (setting, genotype, stage) stands
    in `words`, which is the whole line as readers see it.
    """

    words: str
    youngest: float | None = None
    oldest: float | None = None
    sex: str = ""


def read_population(text: str) -> Population:
    """Return the people that a line names; raise `BadValue` where it names nobody or too much for a line."""
    words = re.sub(r"^(?:only )?(?:in|among|for|of) (?=\w)", "", tidy(text), flags=re.IGNORECASE)
    if not re.search(r"[^\W\d_]", words):
        raise BadValue("Say in words of whom this is true, such as “children under 2 years”")
    if len(words) > LONGEST:
        raise BadValue(f"Shorten this to {LONGEST} characters; what more there is to say belongs in the note")
    youngest, oldest = _ages(words)
    if youngest is not None and oldest is not None and youngest > oldest:
        raise BadValue("The ages end before they begin")
    return Population(words, youngest, oldest, _sex(words))


def _ages(words: str) -> tuple[float | None, float | None]:
    for pattern in _SPANS:
        if match := pattern.search(words):
            found = match.groupdict()
            unit = found.get("high_unit") or found.get("low_unit") or "year"
            return _years(found.get("low"), found.get("low_unit") or unit), _years(found.get("high"), unit)
    return next(((low, high) for pattern, low, high in _GROUPS if pattern.search(words)), (None, None))


def _years(figures: str | None, unit: str) -> float | None:
    return None if figures is None else int(figures) * _YEARS[unit.lower().removesuffix("s")]


def _sex(words: str) -> str:
    is_female, is_male = bool(_FEMALE.search(words)), bool(_MALE.search(words))
    return "" if is_female == is_male else "female" if is_female else "male"
