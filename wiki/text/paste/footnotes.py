"""Footnotes of word processors, converted to notes of a page."""

import hashlib
import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

_NOTE: Final = re.compile(r"#_?(?:ftn|edn|ftnt|fn)[:-]?(\d{1,3})$")
_REFERENCE: Final = re.compile(r"#_?(?:ftnref|ednref|ftnt_ref|fnref)[:-]?(\d{1,3})$")


def name_footnotes(soup: BeautifulSoup) -> None:
    """Write references to notes as [^name], and each note, where it was copied too, as [^name]: words.

    The names hold a part of the notes' digest: what is pasted later names other notes.
    """
    notes = {_number(one, _REFERENCE): one for one in soup.find_all("a", href=_REFERENCE)}
    marks = {_number(one, _NOTE): one for one in soup.find_all("a", href=_NOTE)}
    words = "".join(str(one.parent.get_text()) for one in notes.values() if one.parent)
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:4]
    for number in sorted(notes.keys() & marks.keys()):
        name = f"{number}-{digest}"
        _replace(soup, marks[number], f"[^{name}]")
        _replace(soup, notes[number], f"[^{name}]: ")


def _number(link: Tag, pattern: re.Pattern[str]) -> int:
    match = pattern.search(str(link["href"]))
    return int(match[1]) if match else 0


def _replace(soup: BeautifulSoup, link: Tag, words: str) -> None:
    """Put words in place of a link, with what only raises it."""
    outer = link
    while outer.parent is not None and outer.parent.name in ("sup", "span") and not _text_beside(outer):
        outer = outer.parent
    made = soup.new_tag("code")
    made["data-note"] = "1"
    made.string = words
    outer.replace_with(made)


def _text_beside(tag: Tag) -> str:
    """Return the text beside a tag in its parent."""
    return (
        "".join(
            str(one.get_text() if isinstance(one, Tag) else one)
            for one in tag.parent.children
            if one is not tag
        ).strip()
        if tag.parent
        else ""
    )
