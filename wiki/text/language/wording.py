"""Wording that medical texts should avoid, recognised by form: misread doses, shorthand, orders."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from wiki.text.quantities.extract import Quantity, QuantityKind
from wiki.text.quantities.words import SHORTHAND
from wiki.text.sentences import sentences

_TRAILING_ZERO: Final = re.compile(r"\d*\.\d*0")
_NAKED_DECIMAL: Final = re.compile(r"\.\d+")
_LONG_NUMBER: Final = re.compile(r"\d{4,}(?:\.\d+)?")
_MISREAD: Final = frozenset({"mcg", "μg", "IU", "iu", "U", "u", "cc"})
_EVERY_HOURS: Final = re.compile(r"q\d+[hdw]")
_SULFATES: Final = re.compile(r"(?<![\w.])(?:MSO4|MgSO4|MS(?= \d)|(?<=\dmg )MS|(?<=\d mg )MS)(?!\w)")
# Abbreviated routes: "sc" has been read as SL, "po" as "left eye" (per oculus sinister).
# Into the spinal canal is "IT" or "i.t.": "it" without dots is the pronoun.
_ROUTES: Final = re.compile(
    r"(?<![\w.])(?:p\.?o|s\.?c|s\.?l|p\.?r|p\.?v|i\.t|(?-i:IT)|neb|inh|ung|gtts?)(?!\w)\.?", re.IGNORECASE
)
_BEFORE_A_ROUTE: Final = re.compile(
    r"(?:[\dµμ]\s?[a-zA-Zµμ]{0,12}|given|tablets?|capsules?|daily|drops?)\s+$"
)

_QUOTED: Final = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"")
_YOU: Final = re.compile(r"(?<![\w’'-])(?:you|your|yours|yourself|yourselves)(?![\w-])", re.IGNORECASE)
_ORDER: Final = re.compile(
    r"(?:please )?(?:take|(?:never|always|do not|don[’']t)"
    r" (?!(?:events?|before|present|seen|found|been|the|a)\b)[a-z]+"
    r"|(?:stop|start|avoid|keep|try|begin|resume) [a-z]+ing\b"
    r"|(?:give|swallow|inject|drink|eat|call|skip|increase|reduce|double|halve|continue|stop|start|use|apply)"
    r" (?:it|them|this|these|the|a|an|one|no|only|more|less|up|at once|oxygen|water|plenty|\d+)"
    r"|(?:ask|see|consult|contact|call|talk to|go to) (?:a|an|the) (?:doctor|physician|specialist|hospital)"
    r"|seek (?:medical|urgent|help))(?!\w)(?! care of| part| place)",
    re.IGNORECASE,
)
_LONGEST_QUOTED: Final = 90


def trailing_zeros(some: Iterable[Quantity]) -> Iterator[str]:
    """Yield doses such as 5.0 mg; in a concentration the zero shows the precision."""
    yield from _with_figures(some, _TRAILING_ZERO)


def naked_decimals(some: Iterable[Quantity]) -> Iterator[str]:
    """Yield amounts such as .5 mg."""
    yield from _with_figures(some, _NAKED_DECIMAL)


def long_numbers(some: Iterable[Quantity]) -> Iterator[str]:
    """Yield amounts of four or more digits without separators, such as 50000 units."""
    yield from _with_figures(some, _LONG_NUMBER)


def short_units(some: Iterable[Quantity]) -> Iterator[str]:
    """Yield amounts whose unit is easily misread, such as 5 U, 400 IU, 50 µg and 2 cc."""
    yield from (one.text for one in some if one.kind == QuantityKind.DOSE and one.unit in _MISREAD)


def latin_shorthand(text: str, some: Iterable[Quantity]) -> Iterator[str]:
    """Yield easily misread abbreviations of frequencies and of drugs."""
    found = [
        (one.start, one.text)
        for one in some
        if one.kind == QuantityKind.FREQUENCY and _is_shorthand(one.text)
    ]
    found += _drugs_and_routes(text)
    yield from (words for _, words in sorted(found))


@lru_cache(maxsize=2048)  # the passages that a change leaves alone are looked at by each act again
def _drugs_and_routes(text: str) -> tuple[tuple[int, str], ...]:
    """Return where abbreviated drugs and routes stand in a text, and their words."""
    drugs = [(match.start(), match[0]) for match in _SULFATES.finditer(text)]
    routes = [
        (match.start(), match[0])
        for match in _ROUTES.finditer(text)
        if _BEFORE_A_ROUTE.search(text[max(0, match.start() - 20) : match.start()])
    ]
    return (*drugs, *routes)


def _with_figures(some: Iterable[Quantity], pattern: re.Pattern[str]) -> Iterator[str]:
    for one in some:
        if one.kind == QuantityKind.DOSE and any(pattern.fullmatch(figures) for figures in one.figures):
            yield one.text


def _is_shorthand(words: str) -> bool:
    bare = words.replace(".", "").lower()
    return bare in SHORTHAND or bool(_EVERY_HOURS.fullmatch(bare))


def orders(text: str) -> Iterator[str]:
    """Yield sentences that address the reader as a patient; quotations are left out."""
    for sentence in sentences(_QUOTED.sub("“…”", text)):
        if (you := _YOU.search(sentence)) or _ORDER.match(sentence):
            yield shortened(sentence, around=you.start() if you else 0)


def shortened(text: str, *, around: int = 0) -> str:
    """Return at most 90 characters of a text, whole words, so that the one at `around` is among them."""
    if len(text) <= _LONGEST_QUOTED:
        return text
    start = 0 if around < _LONGEST_QUOTED // 2 else text.find(" ", around - _LONGEST_QUOTED // 2) + 1
    return text[start : start + _LONGEST_QUOTED].rpartition(" ")[0] or text[start : start + _LONGEST_QUOTED]
