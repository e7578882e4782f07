"""Footnotes of word processors, converted to notes of a page."""

import hashlib
import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

_NOTE: Final = re.compile(
    r"#(?:user-content-)?_?(?:(ftn|edn|fn)t?[:-]?(\d{1,3})(?:-[0-9a-f]{6,})?|(sdfootnote|sdendnote)(\d{1,3})sym)$"
)
_REFERENCE: Final = re.compile(
    r"#(?:user-content-)?_?(?:(ftn|edn|fn)(?:t_)?ref[:-]?(\d{1,3})(?:-[0-9a-f]{6,})?"
    r"|(sdfootnote|sdendnote)(\d{1,3})anc)$"
)
# What leads back from a note to its place in the text.
_BACK: Final = re.compile(r"\s*[↩↑⤴⏎^][\ufe0e\ufe0f\d]*\s*")
_AT_THE_END: Final = ("edn", "sdendnote")


def name_footnotes(soup: BeautifulSoup) -> list[str]:
    """Write references to notes as [^name], and each note, where it was copied too, as [^name]: words.

    The names hold a part of the notes' digest: what is pasted later names other notes. Return the signs that
    led back from notes, which are left out.
    """
    signs = _put_first(soup)
    notes = {_named(one, _REFERENCE): one for one in soup.find_all("a", href=_REFERENCE)}
    words = "".join(str(one.parent.get_text()) for one in notes.values() if one.parent)
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:4]
    referred = set()
    for mark in soup.find_all("a", href=_NOTE):
        if (name := _named(mark, _NOTE)) in notes:
            referred.add(name)
            _replace(soup, mark, f"[^{name}-{digest}]")
    for name in sorted(referred):
        _join_paragraphs(soup, notes[name])
        _replace(soup, notes[name], f"[^{name}-{digest}]: ")
    return signs


def _put_first(soup: BeautifulSoup) -> list[str]:
    """Make each list of notes, in which a sign behind a note leads back, paragraphs with that sign in front.

    In other lists of works the signs are taken out. Return the signs.
    """
    signs = []
    for entries in soup.find_all(["ol", "ul"]):
        items = entries.find_all("li", recursive=False)
        backs = [[one for one in item.find_all("a", href=_TO_PLACE) if _is_back(one)] for item in items]
        if not any(backs):
            continue
        first = [next((one for one in links if _REFERENCE.search(str(one["href"]))), None) for links in backs]
        are_notes = all(first)
        for item, links, back in zip(items, backs, first, strict=True):
            for one in links:
                signs.append(one.get_text())
                one.extract()
            if are_notes and back is not None:
                for paragraph in item.find_all("p"):
                    paragraph.insert_before(" ")
                    paragraph.unwrap()
                item.name = "p"
                item.insert(0, back)
        if are_notes:
            entries.name = "div"
    return signs


_TO_PLACE: Final = re.compile(r"#")


def _is_back(link: Tag) -> bool:
    return str(link["href"]).startswith("#") and bool(_BACK.fullmatch(link.get_text()))


def _join_paragraphs(soup: BeautifulSoup, mark: Tag) -> None:
    """Put the paragraphs of a note into one, as a note of a page is one paragraph."""
    first = mark.find_parent("p")
    box = first.parent if first is not None else None
    # Only where a box holds this one note: else the paragraphs behind it are not its own.
    if first is None or box is None or box.name != "div" or len(box.find_all("a", href=_REFERENCE)) != 1:
        return
    for further in first.find_next_siblings("p"):
        first.append(" ")
        first.extend(list(further.contents))
        further.decompose()


def _named(link: Tag, pattern: re.Pattern[str]) -> str:
    """Return the number of a note; of an endnote with a letter, for footnotes are numbered apart."""
    match = pattern.search(str(link["href"]))
    kind, number = [one for one in match.groups() if one] if match else ("", "0")
    return f"e{int(number)}" if kind in _AT_THE_END else f"{int(number)}"


def _replace(soup: BeautifulSoup, link: Tag, words: str) -> None:
    """Put words in place of a link, with what only raises it."""
    outer = link
    while outer.parent is not None and outer.parent.name in ("sup", "span") and not _text_beside(outer):
        outer = outer.parent
    if outer.parent is None:
        return  # It stood in another link, which was replaced.
    made = soup.new_tag("code")
    made["data-note"] = link.get_text().strip() or "1"
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
