"""Words that could tell who a patient is: found by their form, so a person has to look."""

import re
from collections.abc import Iterator
from typing import Final

_DATE: Final = r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ (?:19|20)\d{2}"
_MARKS: Final = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(rf"(?i:\b(?:born(?: on)?|date of birth|d\.?o\.?b\.?)):? (?:{_DATE}|\d{{4}}-\d\d-\d\d)"),
    re.compile(r"(?i:\b(?:hospital|patient|record|mrn)(?: (?:number|no\.?|id))):? ?[A-Z]*\d{4,}"),
    re.compile(r"(?<![\w.])(?:\+\d{1,3}[ -]?|\(?0)\d(?:[ ()-]{0,2}\d){7,12}(?![\w.]\d)"),
)
_NHS: Final = re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)")


def looks_personal(text: str) -> Iterator[str]:
    """Yield what has the form of an e-mail address, a telephone or patient number, or a date of birth."""
    for pattern in _MARKS:
        yield from (match[0] for match in pattern.finditer(text))
    yield from (match[0] for match in _NHS.finditer(text) if _is_nhs_number(match[0]))


def _is_nhs_number(text: str) -> bool:
    """Return whether the last of ten digits is the check digit of the NHS's numbers (modulus 11)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    rest = 11 - sum((10 - place) * digit for place, digit in enumerate(digits[:9])) % 11
    return rest % 11 == digits[9]
