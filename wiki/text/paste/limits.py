"""Limits of what is taken over from a clipboard, so that nothing pasted keeps the server busy."""

import re
from collections import Counter
from typing import Final

LONGEST: Final = 1_000_000
LONGEST_CLEAN: Final = 400_000
MOST_TAGS: Final = 10_000
MOST_OPEN: Final = 20
DEEPEST: Final = 100


class TooMuch(ValueError):
    """Pasted text that is not worth its trouble; its message is a sentence for the person who pasted it."""


TOO_MUCH: Final = "This is too much to take over with its headings, lists and tables."
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
# Some have no end, others may leave theirs out: they hold one another only where a list or a table begins.
_NEVER_DEEP: Final = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"),
    *("p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "option"),
}
# Browsers carry these on into every paragraph that follows, so few that stay open make much of little.
_CARRIED: Final = {
    *["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
}


def fragment_of(html: str) -> str:
    """Return the part that was copied; around it stand the styles of the whole document."""
    if len(html) > LONGEST:
        raise TooMuch(TOO_MUCH)
    start, end = html.find("<!--StartFragment-->"), html.rfind("<!--EndFragment-->")
    return html[start + 20 : end] if 0 <= start < end else html


def refuse_what_grows(html: str) -> None:
    """Refuse what becomes far larger or deeper when it is read as HTML than it is as text."""
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
