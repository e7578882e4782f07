"""Limits on pasted text, so that nothing pasted keeps the server busy."""

import re
from collections import Counter
from typing import Final

LONGEST: Final = 1_000_000
LONGEST_CLEAN: Final = 400_000
MOST_TAGS: Final = 10_000
MOST_OPEN: Final = 20
DEEPEST: Final = 100


class TooMuch(ValueError):
    """The pasted text is too complex; the message is a sentence for the person."""


TOO_MUCH: Final = "This is too much to take over with its headings, lists and tables."
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
# Tags with an optional end tag: they nest only inside a list or a table.
_NEVER_DEEP: Final = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"),
    *("p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "option"),
}
# HTML parsers repeat unclosed tags of these kinds in every following paragraph, so a few make a long
# document.
_CARRIED: Final = {
    *["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
}


def fragment_of(html: str) -> str:
    """Return the copied part of the clipboard's HTML, without the styles of the whole document around it."""
    if len(html) > LONGEST:
        raise TooMuch(TOO_MUCH)
    start, end = html.find("<!--StartFragment-->"), html.rfind("<!--EndFragment-->")
    return html[start + 20 : end] if 0 <= start < end else html


def refuse_what_grows(html: str) -> None:
    """Raise `TooMuch` for input that becomes far larger or deeper when parsed as HTML."""
    if sum(map(html.count, ("&", "<", ">", "\xa0"))) > 4 * MOST_TAGS:
        raise TooMuch(TOO_MUCH)
    still_open: Counter[str] = Counter()
    tags = depth = 0
    for match in _TAG.finditer(html):
        closing, name = match[1], match[2].lower()
        tags += 1
        if name in _NEVER_DEEP:
            continue
        step = -1 if closing else 1
        depth = max(depth + step, 0)
        if name in _CARRIED:
            still_open[name] = max(still_open[name] + step, 0)
        if tags > MOST_TAGS or depth > DEEPEST or still_open.total() > MOST_OPEN:
            raise TooMuch(TOO_MUCH)
