"""Markup of word processors, made into bold words, lists and tables."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from wiki.text.paste.check_boxes import write_check_boxes
from wiki.text.paste.drawn_formulas import LEFT_OUT as DRAWN
from wiki.text.paste.drawn_formulas import write_drawn_formulas
from wiki.text.paste.edges import tidy_edges
from wiki.text.paste.footnotes import name_footnotes
from wiki.text.paste.formulas import leave_out_copies, signs_of_formulas
from wiki.text.paste.lists import make_lists
from wiki.text.paste.raised_lists import join_raised
from wiki.text.paste.stacked import part_stacked
from wiki.text.paste.style_sheets import apply_styles
from wiki.text.paste.symbol_fonts import UNKNOWN, replace_symbols

MOST_COLUMNS: Final = 30
MOST_CELLS: Final = 5_000

_STRUCK: Final = re.compile(r"text-decoration(-line)?:[^;]*line-through")
_HIDDEN: Final = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden|font-size:\s*0(?!\.?\d)")
_COMMENT: Final = re.compile(r"mso-element:\s*comment")
_HEAVY: Final = re.compile(r"font-weight:\s*(bold|[6-9]00)")
_SLANTED: Final = re.compile(r"font-style:\s*(italic|oblique)")
_PLAIN: Final = {
    "b": re.compile(r"font-weight:\s*(normal|[1-4]00)"),
    "i": re.compile(r"font-style:\s*normal"),
}
# By name, or by how far; a height of nothing raises nothing.
_RAISED: Final = re.compile(
    r"(?:vertical-align|font-variant-position):\s*(super|sub)\b"
    r"|(?:vertical-align|mso-text-raise):\s*(-?)(?=[\d.]*[1-9])[\d.]+(?:pt|px|em|ex|%)"
)
# By a place relative to the line; by less than this, icons and letters are only set straight.
_MOVED: Final = re.compile(r"(?:^|;)(top|bottom):\s*(-?)(\d{0,4}(?:\.\d{1,6})?(?<=\d))(pt|px|r?em|ex)\b")
_LEAST_MOVED: Final = {"pt": 2.0, "px": 3.0, "em": 0.2, "rem": 0.2, "ex": 0.4}


def reshape(soup: BeautifulSoup, sheet: dict[str, str]) -> "LeftOut":
    """Change `soup` into plain HTML that says what its writer saw; return what was left out of it."""
    unread = write_drawn_formulas(soup)
    boxes = write_check_boxes(soup)
    apply_styles(soup, sheet)
    copies = leave_out_copies(soup)
    pictured = _write_signs(soup)
    part_stacked(soup)
    left_out = _leave_out(soup)
    signs = replace_symbols(soup)
    tidy_edges(soup)
    names = [UNKNOWN_SIGNS] if any(sign == UNKNOWN for _, sign in signs) else []
    names += [DRAWN] if unread else []
    words = (*left_out.words, *copies, *(drawn for _, drawn in unread))
    left_out = replace(left_out, names=(*left_out.names, *names), words=words, signs=tuple(signs))
    for font in soup.find_all("font"):
        font.name = "span"
    _transform(soup)
    backs = name_footnotes(soup)
    left_out = replace(left_out, words=(*left_out.words, *backs))
    boxes += make_lists(soup)
    _name_styles(soup)
    join_raised(soup)
    put_in = (*boxes, *pictured, *(stand_in for stand_in, _ in unread), *signs_of_formulas(soup))
    return replace(left_out, repeated=(*put_in, *_square_tables(soup)))


UNKNOWN_SIGNS: Final = f"signs of a font that the wiki does not know, marked {UNKNOWN}"


@dataclass(frozen=True)
class LeftOut:
    """What is not taken over from a clipboard: its names for the person, and the words that go with it."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    # The words of tall cells, which stand in each row that they reach, and signs of boxes and ticks.
    repeated: tuple[str, ...] = ()
    # Letters of fonts of signs, each with the sign that it shows.
    signs: tuple[tuple[str, str], ...] = ()


# --- What is not taken over --------------------------------------------------------------------------------


def _leave_out(soup: BeautifulSoup) -> LeftOut:
    """Take out what the wiki does not take from a clipboard, and what was not to be seen."""
    hidden = _taken_out(soup, _is_hidden)
    kinds: dict[str, Callable[[Tag], bool]] = {
        "pictures": lambda tag: tag.name == "img",
        "words that were struck out": lambda tag: (
            tag.name in ("del", "s", "strike") or bool(_STRUCK.search(_style(tag)))
        ),
        "comments": lambda tag: (
            "class" in tag.attrs or bool(_COMMENT.search(_style(tag))) or _is_of_a_comment(tag)
        ),
    }
    found = {name: _taken_out(soup, fits) for name, fits in kinds.items()}
    names = tuple(name for name, words in found.items() if words is not None)
    return LeftOut(names, tuple(words for words in (hidden, *found.values()) if words))


def _write_signs(soup: BeautifulSoup) -> list[str]:
    """Write each picture of one sign, such as "μ", as that sign; return the signs."""
    signs: list[str] = []
    for image in soup.find_all("img", alt=_ONE_SIGN):
        signs.append(str(image["alt"]).strip())
        image.replace_with(signs[-1])
    return signs


# A letter that is not of this alphabet, a sign or a small picture, with what joins its parts.
_ONE_SIGN: Final = re.compile(r"\s*[^\x00-\x7f][\u200d\ufe0f\U0001f3fb-\U0001f3ff]?\s*")


def _is_hidden(tag: Tag) -> bool:
    """Return whether nobody saw a tag; the words of a formula are hidden where it is drawn."""
    if "hidden" not in tag.attrs and not _HIDDEN.search(_style(tag)):
        return False
    return tag.find("span", attrs={"data-formula": "1"}) is None


def _is_of_a_comment(tag: Tag) -> bool:
    """Return whether a tag is the mark of a comment of Google Docs, or the paragraph with its words."""
    if tag.name == "a":
        return bool(re.match(r"#cmnt\d", str(tag.get("href") or "")))
    links = tag.find_all("a", href=True, limit=1) if tag.name == "p" else []
    return bool(links) and bool(re.match(r"#cmnt_ref\d", str(links[0]["href"])))


def _taken_out(soup: BeautifulSoup, fits: Callable[[Tag], bool]) -> str | None:
    """Take each tag that fits out; return their words, or None where there was none.

    A cell stays, empty: else those behind it would stand under other heads.
    """
    words: list[str] = []
    for tag in [tag for tag in soup.find_all(True) if fits(tag)]:
        if not tag.decomposed:
            words.append(tag.get_text(" "))
            if tag.name in ("td", "th") and not _HIDDEN.search(_style(tag)):
                tag.clear()
            else:
                tag.decompose()
    return " ".join(words) if words else None


def _style(tag: Tag) -> str:
    return str(tag.get("style") or "")


def _transform(soup: BeautifulSoup) -> None:
    """Write the letters that a style shows in capitals, or small, as they are seen."""
    for tag in soup.find_all(style=_TRANSFORMED):
        kind = _TRANSFORMED.findall(_style(tag))[-1]
        if "small-caps" in _style(tag):
            # Small letters that look like capitals: the "D" of D-glucose.
            if len(tag.get_text().strip()) > 1:
                continue
            kind = "uppercase"
        for text in tag.find_all(string=True):
            words = str(text)
            text.replace_with(words.upper() if kind == "uppercase" else words.lower())
        # What is within and has a style of its own comes later.


_TRANSFORMED: Final = re.compile(
    r"(?:text-transform|font-variant(?:-caps)?):[^;]*?(uppercase|lowercase|small-caps)"
)


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
        yield "sub" if raised[1] == "sub" or raised[2] else "sup"
    elif "position:relative" in style and (moved := _MOVED.search(style)) and _is_seen(moved):
        yield "sup" if (moved[1] == "top") == bool(moved[2]) else "sub"


def _is_seen(moved: re.Match[str]) -> bool:
    """Return whether something is moved so far that it was meant to stand higher or lower than its line."""
    return float(moved[3]) >= _LEAST_MOVED[moved[4]]


# --- Tables ------------------------------------------------------------------------------------------------


def _square_tables(soup: BeautifulSoup) -> list[str]:
    """Give every row of a table as many cells; one that only arranges the page becomes its paragraphs.

    Return the words that stand in more than one row now.
    """
    repeated: list[str] = []
    rows_of: defaultdict[int, list[Tag]] = defaultdict(list)
    for row in soup.find_all("tr"):
        rows_of[id(row.find_parent("table"))].append(row)
    into_words: list[Tag] = []
    for table in soup.find_all("table"):
        if table.find_parent("table"):
            into_words.append(table)
        elif max((len(_cells(row)) for row in rows_of[id(table)]), default=0) < 2:
            # The tables within come next, and are none within another any more.
            _set_free(table)
    # The innermost first, so that their words stand in those of the one around them, once.
    for table in reversed(into_words):
        words = "; ".join(filter(None, map(_in_words, rows_of[id(table)])))
        table.replace_with(f" {words} ")
    for table in soup.find_all("table"):
        if not table.get_text(strip=True):
            _set_free(table)
            continue
        for foot in table.find_all("tfoot", recursive=False):
            table.append(foot.extract())
        _part_paragraphs(table)
        repeated += _square(soup, table.find_all("tr"))
    return repeated


def _in_words(row: Tag) -> str:
    return ", ".join(filter(None, (cell.get_text(" ", strip=True) for cell in _cells(row))))


def _part_paragraphs(table: Tag) -> None:
    """Part the paragraphs of a cell, which becomes one line, by a semicolon."""
    for cell in table.find_all(["td", "th"]):
        for paragraph in cell.find_all(["p", "div"], recursive=False)[:-1]:
            words = paragraph.get_text().strip()
            if words and words[-1] not in ".:;?!,":
                paragraph.append(";")


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


_OF_TABLES: Final = ["caption", "thead", "tbody", "tfoot", "tr", "td", "th"]


def _set_free(table: Tag) -> None:
    """Make a table paragraphs; one in its cells stays a table."""
    inner = [table]
    while inner:
        tag = inner.pop()
        inner += tag.find_all(_OF_TABLES, recursive=False)
        tag.name = "div"


def _square(soup: BeautifulSoup, rows: list[Tag]) -> list[str]:
    """Fill what a wide cell covers with nothing, what a tall one covers with its words; return these."""
    for bold in rows[0].find_all("b"):
        bold.name = "span"
    reaching: dict[int, tuple[int, str]] = {}
    before = sum((_texts(row) for row in rows), Counter[str]())
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
            break
    else:
        for row in rows:
            row.extend([soup.new_tag("td") for _ in range(widest - len(_cells(row)))])
    return list((sum((_texts(row) for row in rows), Counter[str]()) - before).elements())


def _texts(row: Tag) -> Counter[str]:
    return Counter(cell.get_text(" ", strip=True) for cell in _cells(row))


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
