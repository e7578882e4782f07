"""Markup of word processors, made into bold words, lists and tables."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

MOST_COLUMNS: Final = 30
MOST_CELLS: Final = 5_000

_LEVEL: Final = re.compile(r"mso-list:\s*l\d+ level(\d)")
_NUMBERED: Final = re.compile(r"\(?(\d{1,4}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
_STRUCK: Final = re.compile(r"text-decoration(-line)?:[^;]*line-through")
_HIDDEN: Final = re.compile(r"display:\s*none|mso-hide:\s*all")
_COMMENT: Final = re.compile(r"mso-element:\s*comment")
_HEAVY: Final = re.compile(r"font-weight:\s*(bold|[6-9]00)")
_SLANTED: Final = re.compile(r"font-style:\s*(italic|oblique)")
_PLAIN: Final = {
    "b": re.compile(r"font-weight:\s*(normal|[1-4]00)"),
    "i": re.compile(r"font-style:\s*normal"),
}
_RAISED: Final = re.compile(r"vertical-align:\s*(super|sub)\b")


def reshape(soup: BeautifulSoup) -> tuple[str, ...]:
    """Change `soup` into plain HTML that says what its writer saw; return what was left out of it."""
    left_out = _leave_out(soup)
    _take_items_apart(soup)
    _make_lists(soup)
    _put_lists_into_items(soup)
    _name_styles(soup)
    _square_tables(soup)
    return left_out


# --- What is not taken over --------------------------------------------------------------------------------


def _leave_out(soup: BeautifulSoup) -> tuple[str, ...]:
    """Take out what the wiki does not take from a clipboard, and what was not to be seen."""
    _each(soup, lambda tag: bool(_HIDDEN.search(_style(tag))), Tag.decompose)
    kinds: dict[str, Callable[[Tag], bool]] = {
        "pictures": lambda tag: tag.name == "img",
        "words that were struck out": lambda tag: (
            tag.name in ("del", "s", "strike") or bool(_STRUCK.search(_style(tag)))
        ),
        "comments": lambda tag: "class" in tag.attrs or bool(_COMMENT.search(_style(tag))),
    }
    return tuple(name for name, fits in kinds.items() if _each(soup, fits, Tag.decompose))


def _each(soup: BeautifulSoup, fits: Callable[[Tag], bool], act: Callable[[Tag], object]) -> bool:
    """Do `act` with each tag that fits; return whether one did."""
    found = [tag for tag in soup.find_all(True) if fits(tag)]
    for tag in found:
        if not tag.decomposed:
            act(tag)
    return bool(found)


def _style(tag: Tag) -> str:
    return str(tag.get("style") or "")


# --- Lists -------------------------------------------------------------------------------------------------


def _take_items_apart(soup: BeautifulSoup) -> None:
    """Write lists that hold one item each, with its level in an attribute, as Word on the desktop does."""
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
            outer[-1].decompose()


def _outermost(item: Tag) -> list[Tag]:
    """Return the list of an item, then what holds nothing but this list."""
    outer = [tag for tag in item.parents if tag.name in ("ul", "ol")][:1] or [item]
    parent = outer[0].parent
    if parent is not None and parent.name == "div" and len(parent.find_all(True, recursive=False)) == 1:
        outer.append(parent)
    return outer


def _make_lists(soup: BeautifulSoup) -> None:
    """Make lists of paragraphs that only look like items, each with its mark as text in front."""
    still_open: list[tuple[int, Tag]] = []
    root: Tag | None = None
    for item in soup.find_all(["p", "h1", "h2", "h3", "h4", "h5", "h6"], style=_LEVEL):
        mark = _taken_mark(item)
        if item.name != "p":
            continue
        if root is None or _content_before(item) is not root:
            still_open = []
        number = _NUMBERED.match(mark)
        found = _LEVEL.search(_style(item))
        level, name = int(found[1]) if found else 1, "ol" if number else "ul"
        while still_open and (
            still_open[-1][0] > level or (still_open[-1][0] == level and still_open[-1][1].name != name)
        ):
            still_open.pop()
        if not still_open or still_open[-1][0] < level:
            made = soup.new_tag(name)
            if number and number[1].isdigit():
                made["start"] = number[1]
            root = _opened(made, item, still_open, root)
            still_open.append((level, made))
        item.name, item.attrs = "li", {}
        still_open[-1][1].append(item.extract())


def _opened(made: Tag, item: Tag, still_open: list[tuple[int, Tag]], root: Tag | None) -> Tag | None:
    """Put a new list where it belongs; return the outermost list that is being made."""
    if still_open:
        list(still_open[-1][1].children)[-1].append(made)  # type: ignore[attr-defined]  # it holds items only
        return root
    item.insert_before(made)
    return made


def _taken_mark(item: Tag) -> str:
    """Take the mark out of an item and return it."""
    marks = item.find_all("span", style=re.compile(r"mso-list:\s*ignore"))
    text = " ".join(mark.get_text().strip() for mark in marks)
    for mark in marks:
        mark.decompose()
    return text


def _content_before(tag: Tag) -> PageElement | None:
    """Return what stands before, blanks apart."""
    before = tag.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before


def _put_lists_into_items(soup: BeautifulSoup) -> None:
    """Put lists that stand between two items into the first of them."""
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
        if len(paragraphs) == 1:
            paragraphs[0].name = "span"


# --- Words -------------------------------------------------------------------------------------------------


def _name_styles(soup: BeautifulSoup) -> None:
    """Name by a tag what is bold, in italics, raised or lowered; drop tags that a style takes back."""
    for tag in soup.find_all(["strong", "em"]):
        tag.name = "b" if tag.name == "strong" else "i"
    for tag in soup.find_all(["span", "b", "i"]):
        style = _style(tag)
        if tag.name in _PLAIN and _PLAIN[tag.name].search(style):
            tag.name = "span"
        if tag.name == "span":
            for name in _names_of(style):
                inner = soup.new_tag(name)
                inner.extend(list(tag.contents))
                tag.append(inner)
    for tag in soup.find_all(["b", "i"]):
        if tag.find_parent([tag.name, *_ALREADY_HEAVY]):
            tag.name = "span"


_ALREADY_HEAVY: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "th")


def _names_of(style: str) -> Iterator[str]:
    if _HEAVY.search(style):
        yield "b"
    if _SLANTED.search(style):
        yield "i"
    if raised := _RAISED.search(style):
        yield "sup" if raised[1] == "super" else "sub"


# --- Tables ------------------------------------------------------------------------------------------------


def _square_tables(soup: BeautifulSoup) -> None:
    """Give every row of a table as many cells; one that only arranges the page becomes its paragraphs."""
    for table in soup.find_all("table"):
        if table.find_parent("table"):
            table.replace_with(table.get_text(" ", strip=True))
            continue
        rows = table.find_all("tr")
        widest = max((len(_cells(row)) for row in rows), default=0)
        if widest < 2 or not table.get_text(strip=True):
            _set_free(table)
        else:
            _square(soup, rows)


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _set_free(table: Tag) -> None:
    for tag in [table, *table.find_all(["caption", "thead", "tbody", "tfoot", "tr", "td", "th"])]:
        tag.name = "div"


def _square(soup: BeautifulSoup, rows: list[Tag]) -> None:
    """Fill what a wide cell covers with nothing and what a tall one covers with its words again."""
    for bold in rows[0].find_all("b"):
        bold.name = "span"
    reaching: dict[int, tuple[int, str]] = {}
    widest, filled = 0, 0
    for row in rows:
        column = 0
        for cell in _cells(row):
            column = _filled_up(soup, reaching, column, row, cell)
            tall = _span(cell, "rowspan")
            for offset in range(wide := _span(cell, "colspan")):
                if tall > 1:
                    reaching[column + offset] = (tall - 1, "" if offset else cell.get_text(" ", strip=True))
                if offset:
                    cell.insert_after(soup.new_tag(cell.name))
            column += wide
        column = _filled_up(soup, reaching, column, row, None)
        widest, filled = max(widest, column), filled + column
        if filled > MOST_CELLS:
            return
    for row in rows:
        row.extend([soup.new_tag("td") for _ in range(widest - len(_cells(row)))])


def _filled_up(
    soup: BeautifulSoup, reaching: dict[int, tuple[int, str]], column: int, row: Tag, before: Tag | None
) -> int:
    """Add the cells that reach down into this row in front of one of its own; return the next free column."""
    while column in reaching and column < MOST_COLUMNS:
        left, words = reaching.pop(column)
        if left > 1:
            reaching[column] = (left - 1, words)
        cell = soup.new_tag("td")
        cell.string = words
        if before is None:
            row.append(cell)
        else:
            before.insert_before(cell)
        column += 1
    return column


def _span(cell: Tag, name: str) -> int:
    """Return how many rows or columns a cell covers, within reason."""
    written = str(cell.get(name) or "")
    return min(max(int(written), 1), MOST_COLUMNS) if re.fullmatch(r"\d{1,4}", written, re.ASCII) else 1
