"""Words of copied HTML that came neither into the Markdown nor among what was left out by name."""

import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

NOT_TAKEN: Final = "words of drawings, fields, menus or players: {}"
LONGEST_LISTED: Final = 300
# What a program reads and no person saw.
_OF_PROGRAMS: Final = frozenset(("script", "style", "template", "title", "xml", "head"))
# A mark over a letter, which formulas hold by itself, is no word.
_WORD: Final = re.compile(r"[^\W_\u02b0-\u02ff]+")


def words_not_taken(html: str, taken: Iterable[str]) -> list[str]:
    """Return what tells of the words of `html` that none of the texts `taken` holds, if any."""
    parser = _Texts()
    parser.feed(html)
    parser.close()
    pool = _bare(" ".join(taken))
    lost = [words for words in parser.texts if any(_bare(one) not in pool for one in _WORD.findall(words))]
    return [NOT_TAKEN.format(_listed(lost))] if lost else []


def _bare(text: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _listed(texts: list[str]) -> str:
    named = [f"“{' '.join(one.split())[:LONGEST_LISTED]}”" for one in dict.fromkeys(texts)]
    shown = named[:1]
    for one in named[1:]:
        if sum(map(len, shown)) + len(one) > LONGEST_LISTED:
            return f"{', '.join(shown)} and {len(named) - len(shown)} more"
        shown.append(one)
    return ", ".join(shown)


class _Texts(HTMLParser):
    """Collects the texts of a document that a person may have seen."""

    def __init__(self) -> None:
        """Begin outside of what programs read."""
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where what programs read begins."""
        if tag in _OF_PROGRAMS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if tag in self._open:
            del self._open[self._open.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self._open and data.strip():
            self.texts.append(data.strip())
