"""Publishers' markup in titles and names: signs become characters, tags and entities go."""

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:i|b|u|em|strong|bold|italic|sub|sup|sc|scp|span|p|br|tt|\w+:[\w-]+)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>",
    re.IGNORECASE,
)
_SHIFTED: Final = re.compile(r"<((?:\w+:)?su[bp])\b[^<>]*>([^<>]{0,40})</\1>", re.IGNORECASE)
_IS_SHIFT: Final = re.compile(r"</?(?:\w+:)?su[bp]\b", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
_RAISED: Final = str.maketrans("0123456789+-−–=()nm", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿᵐ")
_LOWERED: Final = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")


def without_markup(text: str) -> str:
    """Return a text without tags and entities; a number that is raised or lowered stays so."""
    for _ in range(2):
        text = _ENTITY.sub(lambda one: unescape(one[0]), _without_tags(text))
    return _without_tags(text)


def _without_tags(text: str) -> str:
    # Tags within what is raised go first: it could not be read with them.
    text = _TAG.sub(lambda tag: tag[0] if _IS_SHIFT.match(tag[0]) else "", text)
    return _TAG.sub("", _SHIFTED.sub(_shifted, text))


def _shifted(match: re.Match[str]) -> str:
    """Return what is raised or lowered as such characters; letters behind a number after a caret."""
    plain, is_raised = match[2].strip(), match[1].lower().endswith("sup")
    # "99m" is a nuclide's.
    table, signs = (_RAISED, r"[\d+−–=()n-]+|\d{1,3}m\d?") if is_raised else (_LOWERED, r"[\d+−–=()-]+")
    if re.fullmatch(signs, plain):
        return plain.translate(table)
    before = match.string[match.start() - 1 : match.start()]
    is_ordinal = re.fullmatch("st|nd|rd|th|er|e|o|®|™", plain, re.IGNORECASE)
    return f"^{plain}" if is_raised and before.isdigit() and not is_ordinal else match[2]
