"""Publishers' markup in titles and names: signs become characters, tags and entities go."""

import re
from html import escape, unescape
from typing import Final

from wiki.text.formulas import on_one_line
from wiki.text.raised_signs import LOWERABLE, LOWERED, RAISABLE, RAISED

_TAG: Final = re.compile(
    r"</?(?:i|b|u|em|strong|bold|italic|sub|sup|sc|scp|span|p|br|tt|\w+:[\w-]+)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>",
    re.IGNORECASE,
)
_SHIFTED: Final = re.compile(r"<((?:\w+:)?su[bp])\b[^<>]*>([^<>]{0,40})</\1>", re.IGNORECASE)
_IS_SHIFT: Final = re.compile(r"</?(?:\w+:)?su[bp]\b", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
# MathML, whose tags may have a prefix, as Crossref's have.
_FORMULA: Final = re.compile(r"<((?:\w+:)?)math\b[^<>]*>.{0,5000}?</\1math>", re.IGNORECASE | re.DOTALL)
_PREFIX: Final = re.compile(r"(</?)\w+:(?=m\w)", re.IGNORECASE)


def without_markup(text: str) -> str:
    """Return a text without tags and entities; a number that is raised or lowered stays so."""
    for _ in range(2):
        text = _ENTITY.sub(lambda one: unescape(one[0]), _without_tags(text))
    return _without_tags(text)


def _without_tags(text: str) -> str:
    text = _FORMULA.sub(_formula, text)
    # Tags within what is raised go first: it could not be read with them.
    text = _TAG.sub(lambda tag: tag[0] if _IS_SHIFT.match(tag[0]) else "", text)
    return _TAG.sub("", _SHIFTED.sub(_shifted, text))


def _formula(match: re.Match[str]) -> str:
    """Return a formula of MathML on one line; a fraction keeps apart from a number before it."""
    line = on_one_line(_PREFIX.sub(r"\1", match[0]))
    is_behind_number = match.string[match.start() - 1 : match.start()].isdigit() and line[:1].isdigit()
    return f"{' ' * is_behind_number}{escape(line, quote=False)}"


def _shifted(match: re.Match[str]) -> str:
    """Return what is raised or lowered as such characters; letters behind a number after a caret."""
    plain, is_raised = match[2].strip(), match[1].lower().endswith("sup")
    # "99m" is a nuclide's.
    table, signs = (RAISED, rf"{RAISABLE}|\d{{1,3}}m\d?") if is_raised else (LOWERED, LOWERABLE)
    if re.fullmatch(signs, plain):
        return plain.translate(table)
    before = match.string[match.start() - 1 : match.start()]
    is_ordinal = re.fullmatch("st|nd|rd|th|er|e|o|®|™", plain, re.IGNORECASE)
    return f"^{plain}" if is_raised and before.isdigit() and not is_ordinal else match[2]
