"""Words that a medical text should not have, found by their form: doses, shorthand, orders to the reader."""

import re
from collections.abc import Iterator
from typing import Final

from wiki.text.language.readability import sentences

# How much of something, as people write it: bounded, so that no run of digits is read twice.
_NUMBER: Final = r"(?<![\w.,])\d[\d.,]{0,14}"
_UNIT: Final = (
    r"(?:mg|g|kg|mcg|ng|micrograms?|milligrams?|grams?|nanograms?|µg|μg|ml|mL|cc|IU|iu|[Uu]|units?"
    r"|mmol|mEq|drops|tablets?|capsules?|puffs)"
)
# An amount to take ends here: what is so much in a litre of blood is a finding.
_NOT_PER: Final = r"(?:/kg)?(?!\w)(?!\s?/\s?[dmµμ]?[lL]\b)(?!\s?per\s(?:deci|milli)?lit)"

_DOSE: Final = re.compile(
    rf"{_NUMBER}(?:\s?[-–]\s?\d[\d.,]{{0,14}})?\s?"
    rf"(?:mg|mcg|micrograms?|milligrams?|µg|μg|ml|mL|IU|units?|drops|tablets?){_NOT_PER}"
)
_TRAILING_ZERO: Final = re.compile(rf"(?<![\w.,])\d{{1,9}}\.\d{{0,6}}0\s?{_UNIT}{_NOT_PER}")
_NAKED_DECIMAL: Final = re.compile(rf"(?<![\w.,])\.\d{{1,6}}\s?{_UNIT}(?!\w)")
_SHORT_UNIT: Final = re.compile(rf"{_NUMBER}\s?(?:mcg|µg|μg|IU|iu|[Uu]|cc){_NOT_PER}")
_LONG_NUMBER: Final = re.compile(
    rf"(?<![\w.,])\d{{4,12}}(?:\.\d{{1,6}})?\s?(?:mg|mcg|micrograms?|milligrams?|µg|μg|IU|units?){_NOT_PER}"
)
_LATIN: Final = re.compile(
    r"(?<![\w.])(?:QOD|QD|qod|qd|q\.o\.d\.|q\.d\.|BIW|TIW|b\.i\.d\.|t\.i\.d\.|q\.i\.d\.|prn|p\.r\.n\.|MSO4|MgSO4)(?!\w)"
)

_QUOTED: Final = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"")
_YOU: Final = re.compile(r"(?<![\w’'-])(?:you|your|yours|yourself|yourselves)(?![\w-])", re.IGNORECASE)
_ORDER: Final = re.compile(
    r"(?:please )?(?:take|(?:stop|start|avoid) (?:taking|using)|never take|(?:do not|don[’']t) (?:take|stop)"
    r"|(?:ask|see|consult|contact|call|talk to|go to) (?:a|an|the) (?:doctor|physician|specialist|hospital)"
    r"|seek (?:medical|urgent|help))(?!\w)(?! care of| part| place)",
    re.IGNORECASE,
)
_LONGEST_QUOTED: Final = 90


def doses(text: str) -> Iterator[str]:
    """Yield what looks like an amount to take, and not like a concentration in blood."""
    yield from (match[0] for match in _DOSE.finditer(text))


def trailing_zeros(text: str) -> Iterator[str]:
    """Yield doses such as 5.0 mg; in a concentration the nought tells how well it was measured."""
    yield from (match[0] for match in _TRAILING_ZERO.finditer(text))


def naked_decimals(text: str) -> Iterator[str]:
    """Yield amounts such as .5 mg."""
    yield from (match[0] for match in _NAKED_DECIMAL.finditer(text))


def short_units(text: str) -> Iterator[str]:
    """Yield amounts whose unit is easily misread, such as 5 U, 400 IU, 50 µg and 2 cc."""
    yield from (match[0] for match in _SHORT_UNIT.finditer(text))


def long_numbers(text: str) -> Iterator[str]:
    """Yield amounts of four digits or more that nothing parts, such as 50000 units."""
    yield from (match[0] for match in _LONG_NUMBER.finditer(text))


def latin_shorthand(text: str) -> Iterator[str]:
    """Yield how often to take something, or what, in letters that are easily misread."""
    yield from (match[0] for match in _LATIN.finditer(text))


def orders(text: str) -> Iterator[str]:
    """Yield the sentences that speak to the reader as to a patient; what is quoted is somebody else's."""
    for sentence in sentences(_QUOTED.sub("“…”", text)):
        if (you := _YOU.search(sentence)) or _ORDER.match(sentence):
            yield shortened(sentence, around=you.start() if you else 0)


def shortened(text: str, *, around: int = 0) -> str:
    """Return at most 90 characters of a text, whole words, so that the one at `around` is among them."""
    if len(text) <= _LONGEST_QUOTED:
        return text
    start = 0 if around < _LONGEST_QUOTED // 2 else text.find(" ", around - _LONGEST_QUOTED // 2) + 1
    return text[start : start + _LONGEST_QUOTED].rpartition(" ")[0] or text[start : start + _LONGEST_QUOTED]
