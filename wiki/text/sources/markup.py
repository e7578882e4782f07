"""Publishers' markup in titles and names: signs become characters, tags and entities go."""

import re
from html import unescape
from typing import Final

from wiki.text.raised_signs import LOWERABLE, LOWERED, RAISABLE, RAISED

_TAG: Final = re.compile(
    r"</?(?:i|b|u|em|strong|bold|italic|sub|sup|sc|scp|span|p|br|tt|\w+:[\w-]+"
    r"|math|m(?:row|i|n|o|text|space|style|padded|sup|sub|subsup|frac|sqrt|over|under)|semantics)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>",
    re.IGNORECASE,
)
_SHIFTED: Final = re.compile(r"<((?:\w+:)?su[bp])\b[^<>]*>([^<>]{0,40})</\1>", re.IGNORECASE)
_IS_SHIFT: Final = re.compile(r"</?(?:\w+:)?su[bp]\b", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
# Parts of a formula of MathML that stand over or behind each other, and how they read on one line.
_SCRIPTS: Final = {
    "msup": "<mrow>{0}<sup>{1}</sup></mrow>",
    "msub": "<mrow>{0}<sub>{1}</sub></mrow>",
    "msubsup": "<mrow>{0}<sub>{1}</sub><sup>{2}</sup></mrow>",
    "mfrac": "<mrow> {0}/{1} </mrow>",
}
_SCRIPT: Final = re.compile(
    rf"<((?:\w+:)?)({'|'.join(_SCRIPTS)})\b[^<>]*>"
    rf"((?:(?!</?\1(?:{'|'.join(_SCRIPTS)})\b).){{0,1000}}?)</\1\2>",
    re.IGNORECASE | re.DOTALL,
)
_CHILD: Final = re.compile(
    r"<((?:\w+:)?mrow)\b[^<>]*>(.*?)</\1>|<((?:\w+:)?m\w+)\b[^<>]*>([^<>]*)</\3>", re.IGNORECASE | re.DOTALL
)


def without_markup(text: str) -> str:
    """Return a text without tags and entities; a number that is raised or lowered stays so."""
    for _ in range(2):
        text = _ENTITY.sub(lambda one: unescape(one[0]), _without_tags(text))
    return _without_tags(text)


def _without_tags(text: str) -> str:
    # The innermost part of a formula first; its tags would hide those around it.
    for _ in range(3):
        text = _SCRIPT.sub(_on_one_line, text)
    # Tags within what is raised go first: it could not be read with them.
    return _TAG.sub("", _SHIFTED.sub(_shifted, _without_plain_tags(text)))


def _without_plain_tags(text: str) -> str:
    return _TAG.sub(lambda tag: tag[0] if _IS_SHIFT.match(tag[0]) else "", text)


def _on_one_line(match: re.Match[str]) -> str:
    """Return a power, an index or a fraction of MathML; what has another number of parts stays."""
    form = _SCRIPTS[match[2].lower()]
    parts = [_without_plain_tags(one[2] or one[4] or "").strip() for one in _CHILD.finditer(match[3])]
    return form.format(*parts) if len(parts) == form.count("{") else match[0]


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
