"""Patient identifiers in a text, recognised by their form."""

import re
from collections.abc import Iterator
from typing import Final

_DATE: Final = r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ (?:19|20)\d{2}"
_MONTH_FIRST: Final = r"[A-Z][a-z]+ \d{1,2},? (?:19|20)\d\d|\d{4}-\d\d-\d\d"
_WHO: Final = (
    r"(?:man|woman|boy|girl|male|female|lady|gentleman|patient|child|infant|mother|father|nurse|teacher)"
)
_TOWN: Final = r"(?:from|of|in|living in|born in|resident in) (?-i:[A-Z])[\w’'-]+"
_AGED: Final = r"\d{1,3}[- ](?:year|month|week|day)s?[- ]old"
# Each form with letters that it must contain: most texts are dismissed by that quick test.
_MARKS: Final = (
    ("@", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    ("b", re.compile(rf"(?i:\b(?:born(?: on)?|date of birth|d\.?o\.?b\.?)):? (?:{_DATE}|\d{{4}}-\d\d-\d\d)")),
    ("", re.compile(r"(?i:\b(?:hospital|patient|record|mrn)(?: (?:number|no\.?|id))):? ?[A-Z]*\d{4,}")),
    ("", re.compile(r"(?<![\w.])(?:\+\d{1,3}[ -]?|\(?0)\d(?:[ ()-]{0,2}\d){7,12}(?![\w.]\d)")),
    # What a case report must not carry over: initials beside an age, a town beside one, a day in hospital,
    # a patient of one's own, the name of a file.
    ("old", re.compile(rf"(?<![\w.])(?:[A-Z]\.? ?){{2,3}},? (?:is |was )?(?:an? )?(?i:{_AGED})")),
    (
        "old",
        re.compile(
            rf"(?<![\d-]){_AGED}(?: [a-z-]{{2,20}}){{0,3}}? {_WHO},? (?:who (?:lives|lived) )?{_TOWN}",
            re.IGNORECASE,
        ),
    ),
    (
        " on ",
        re.compile(
            r"(?i:\b(?:admitted|discharged|operated(?: on)?|hospitali[sz]ed|presented|seen|examined|scanned"
            rf"|died|diagnosed))(?: [a-z]{{2,12}}){{0,3}}? on (?:the )?(?:{_DATE}|{_MONTH_FIRST})"
        ),
    ),
    ("patient", re.compile(r"\b(?i:(?:our|my) (?:own )?(?:index )?patients?|a patient of (?:ours|mine))\b")),
    ("m", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Master)\.? [A-Z](?:\.|[\w’'-]+)")),
)
_KIND_OF_FILE: Final = re.compile(r"\.(?:jpe?g|png|tiff?|dcm|docx?|pdf|xlsx?|pptx?)\b", re.IGNORECASE)
_FILE: Final = re.compile(rf"(?<![\w./@-])[\w-]{{1,80}}{_KIND_OF_FILE.pattern}", re.IGNORECASE)
_NHS: Final = re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)")


def looks_personal(text: str) -> Iterator[str]:
    """Yield words in the form of a person's address, number or date, or of a detailed case."""
    small = text.lower()
    for sign, pattern in _MARKS:
        if sign in small:
            yield from (match[0] for match in pattern.finditer(text))
    if _KIND_OF_FILE.search(text):
        yield from (match[0] for match in _FILE.finditer(text))
    yield from (match[0] for match in _NHS.finditer(text) if _is_nhs_number(match[0]))


def _is_nhs_number(text: str) -> bool:
    """Return whether the last of ten digits is an NHS number's check digit (modulus 11)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    rest = 11 - sum((10 - place) * digit for place, digit in enumerate(digits[:9])) % 11
    return rest % 11 == digits[9]
