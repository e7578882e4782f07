"""Lists of word processors and web pages, with the numbers and marks that they show."""

import re
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from wiki.text.paste.check_boxes import MEANT

_ITEM: Final = re.compile(r"mso-list:\s*(l\d+) level(\d)(?: (lfo\d+))?")
_NUMBER: Final = re.compile(r"\(?(\d{1,4})[.)]$")
_BULLET: Final = re.compile(r"[^\w(]*|o|\w")


def make_lists(soup: BeautifulSoup) -> list[str]:
    """Change `soup` so that every list is an HTML list with its visible numbers and marks.

    Return the ticks and crosses that stood in place of bullets, and stand before the words now.
    """
    _take_items_apart(soup)
    ticks = _make_lists(soup)
    _put_lists_into_items(soup)
    _keep_marks(soup)
    _begin_anew_at_values(soup)
    return ticks


def _take_items_apart(soup: BeautifulSoup) -> None:
    """Flatten lists of one item each with a level attribute, as Word on the desktop writes them."""
    for item in soup.find_all("li", attrs={"data-aria-level": re.compile(r"^\d$")}):
        outer = _outermost(item)
        marker = soup.new_tag("span", style="mso-list:ignore")
        marker.string = f"{outer[0].get('start') or 1}." if outer[0].name == "ol" else "·"
        item.name, item["style"] = "p", f"mso-list:l0 level{item['data-aria-level']}"
        item.insert(0, marker)
        for paragraph in item.find_all("p"):
            paragraph.name = "span"
        outer[-1].insert_before(item.extract())
        if not outer[0].find("li"):
            _without_items(outer[-1])


def _without_items(found: Tag) -> None:
    """Take out a list that has no items left; words in it that are no item stay."""
    if found.get_text(strip=True):
        found.unwrap()
    else:
        found.decompose()


def _outermost(item: Tag) -> list[Tag]:
    """Return the list of an item, then what holds nothing but this list."""
    outer = [tag for tag in item.parents if tag.name in ("ul", "ol")][:1] or [item]
    parent = outer[0].parent
    if parent is not None and parent.name == "div" and len(parent.find_all(True, recursive=False)) == 1:
        outer.append(parent)
    return outer


@dataclass
class _OpenList:
    """A list being built: its level, its number in the document, the next item's number."""

    level: int
    tag: Tag
    identity: str
    next: int | None


def _make_lists(soup: BeautifulSoup) -> list[str]:
    """Make lists of paragraphs that only look like items, each with its mark as text in front.

    Two lists of the document stay two; a number that does not go on begins a list; what is no number in
    figures, such as a) or 1.1, stays as words. Return the ticks and crosses among the marks.
    """
    ticks: list[str] = []
    still_open: list[_OpenList] = []
    root: Tag | None = None
    for item in soup.find_all(["p", "h1", "h2", "h3", "h4", "h5", "h6"], style=_ITEM):
        mark = _taken_mark(item)
        if item.name != "p":
            if mark and not _BULLET.fullmatch(mark):
                item.insert(0, f"{mark} ")
            continue
        if root is None or _content_before(item) is not root:
            still_open = []
        number = _NUMBER.fullmatch(mark)
        found = _ITEM.search(str(item.get("style") or ""))
        level, identity = (int(found[2]), f"{found[1]} {found[3]}") if found else (1, "")
        wanted = _OpenList(level, item, identity, int(number[1]) if number else None)
        while still_open and not _goes_on(still_open[-1], wanted):
            still_open.pop()
        if not still_open or still_open[-1].level < level:
            root = _begin(soup, wanted, item, still_open, root)
        if mark in MEANT:
            ticks.append(mark)
        if mark in MEANT or (not number and not _BULLET.fullmatch(mark)):
            item.insert(0, f"{mark} ")
        item.name, item.attrs = "li", {}
        still_open[-1].tag.append(item.extract())
        if number:
            still_open[-1].next = int(number[1]) + 1
    return ticks


def _goes_on(last: _OpenList, item: _OpenList) -> bool:
    """Return whether an item belongs to the open list, or to a list inside it."""
    if last.level != item.level:
        return last.level < item.level
    return (
        (last.next is None) == (item.next is None)
        and last.identity == item.identity
        and last.next == item.next
    )


def _begin(
    soup: BeautifulSoup, wanted: _OpenList, item: Tag, still_open: list[_OpenList], root: Tag | None
) -> Tag | None:
    """Insert a new list at its place; return the outermost open list."""
    made = soup.new_tag("ul" if wanted.next is None else "ol")
    if wanted.next is not None:
        made["start"] = str(wanted.next)
    if still_open:
        list(still_open[-1].tag.children)[-1].append(made)  # type: ignore[attr-defined]  # it holds items only
    else:
        item.insert_before(made)
        root = made
    still_open.append(_OpenList(wanted.level, made, wanted.identity, wanted.next))
    return root


def _taken_mark(item: Tag) -> str:
    """Remove the mark from an item and return it."""
    marks = item.find_all("span", style=re.compile(r"mso-list:\s*ignore"))
    text = " ".join(mark.get_text().strip() for mark in marks)
    for mark in marks:
        mark.decompose()
    return text


def _content_before(tag: Tag) -> PageElement | None:
    """Return the content before a tag, ignoring spaces."""
    before = tag.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before


def _put_lists_into_items(soup: BeautifulSoup) -> None:
    """Move lists that stand between two items into the first of them."""
    for inner in soup.find_all(["ul", "ol"]):
        if inner.parent is None or inner.parent.name not in ("ul", "ol"):
            continue
        before = inner.find_previous_sibling("li")
        if before is None:
            inner.unwrap()
        else:
            before.append(inner.extract())
    for item in soup.find_all("li"):
        paragraphs = item.find_all("p", recursive=False)
        if len(paragraphs) == 1 and not _has_words_beside(paragraphs[0]):
            paragraphs[0].name = "span"


def _has_words_beside(paragraph: Tag) -> bool:
    """Return whether words of the same item touch a paragraph, so that it has to stand apart."""
    beside = (paragraph.previous_sibling, paragraph.next_sibling)
    return any(
        one is not None and getattr(one, "name", None) not in _APART and _WORD.search(one.get_text())
        for one in beside
    )


_WORD: Final = re.compile(r"\w")
_APART: Final = ("ul", "ol", "table", "div", "blockquote", "pre", "br")


# --- Numbers and marks -------------------------------------------------------------------------------------


def _keep_marks(soup: BeautifulSoup) -> None:
    """Write letters and Roman numerals of a list as words, because Markdown has only digits."""
    for found in soup.find_all("ol", style=_NO_MARKS):
        found.name = "ul"
    for found in soup.find_all("ol"):
        style, is_reversed = _style_of(found), found.get("reversed") is not None
        if style is None and not is_reversed:
            continue
        items = found.find_all("li", recursive=False)
        first = len(items) if is_reversed else 1
        number = int(str(found.get("start"))) if str(found.get("start") or "").isdigit() else first
        for item in items:
            number = int(str(item["value"])) if str(item.get("value") or "").isdigit() else number
            inner = item.find(["p", "span"]) or item
            inner.insert(0, f"{_mark(number, style)}) ")
            number += -1 if is_reversed else 1
        found.name = "ul"


_NO_MARKS: Final = re.compile(r"list-style-type:\s*none")


def _style_of(found: Tag) -> str | None:
    """Return how a list numbers its items, if not in figures: a, A, i, I or α."""
    kind = str(found.get("type") or "")
    if kind in ("a", "A", "i", "I"):
        return kind
    first = found.find("li", recursive=False)
    styles = f"{found.get('style') or ''};{first.get('style') or '' if first else ''}".lower()
    match = re.search(r"list-style-type:\s*(lower|upper)-(alpha|latin|roman|greek)", styles)
    if match is None:
        return None
    letter = {"roman": "i", "greek": "α"}.get(match[2], "a")
    return letter.upper() if match[1] == "upper" else letter


_ROMAN: Final = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


_GREEK: Final = "αβγδεζηθικλμνξοπρστυφχψω"


def _mark(number: int, style: str | None) -> str:
    """Return a number as the list shows it: 2 as b, B, ii or II, or as it is."""
    if style is None:
        return str(number)
    text = ""
    if style.lower() == "α":
        text = _GREEK[(number - 1) % len(_GREEK)]
    elif style.lower() == "a":
        while number > 0:
            number, rest = divmod(number - 1, 26)
            text = chr(ord("a") + rest) + text
    else:
        for worth, letters in _ROMAN:
            count, number = divmod(min(number, 399), worth)
            text += letters * count
    return text.upper() if style.isupper() else text


def _begin_anew_at_values(soup: BeautifulSoup) -> None:
    """Begin a new list at an item whose number does not continue the one before."""
    for found in soup.find_all("ol"):
        if found.decomposed:
            continue
        current, number = (
            found,
            int(str(found.get("start"))) if str(found.get("start") or "").isdigit() else 1,
        )
        for item in list(found.find_all("li", recursive=False)):
            value = str(item.get("value") or "")
            if value.isdigit() and len(value) < 5 and int(value) != number:
                number = int(value)
                made = soup.new_tag("ol", start=value)
                current.insert_after(made)
                current = made
            if current is not found:
                current.append(item.extract())
            number += 1
        if not found.find("li"):
            _without_items(found)


def delimiter_of(ordered: Tag) -> str:
    """Return what stands behind the numbers of a list: another sign than in the list just before it."""
    before, delimiter = ordered.previous_sibling, "."
    while before is not None:
        if isinstance(before, Tag) and before.name == "ol":
            delimiter = ")" if delimiter == "." else "."
        elif isinstance(before, Tag) or str(before).strip():
            break
        before = before.previous_sibling
    return delimiter
