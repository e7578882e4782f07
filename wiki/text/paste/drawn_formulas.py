"""Formulas of which a clipboard has the drawing alone: KaTeX without its MathML, and MathJax."""

from typing import Final, NoReturn

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from wiki.text.formulas import GAP, OVER, accented, apart, fraction, power_and_index, root
from wiki.text.paste.edges import UNSEEN
from wiki.text.paste.formulas import CONTAINER

LEFT_OUT: Final = "a formula that was copied as a drawing; type it where [formula] stands"
_STAND_IN: Final = "[formula]"


class _Unreadable(Exception):
    """Signs of the formula stand over each other in a way that has no form on one line."""


def write_drawn_formulas(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Write each formula that was only drawn on one line; return the sign that stands for each that has no
    such form, with the words that it was drawn with.
    """
    unread: list[tuple[str, str]] = []
    for drawn in soup.find_all("span", class_=["katex-html", CONTAINER]):
        around = drawn.parent if drawn.parent is not None and "katex" in _classes(drawn.parent) else drawn
        if drawn.decomposed or around.find("span", attrs={"data-formula": True}):
            continue
        try:
            words = "" if CONTAINER in _classes(drawn) else apart(_line(drawn))
        except _Unreadable:
            words = ""
        if not words:
            unread.append((_STAND_IN, drawn.get_text()))
        written = soup.new_tag("span", attrs={"data-formula": "1"})
        written.string = words or _STAND_IN
        drawn.replace_with(written)
    return unread


def _classes(tag: Tag) -> list[str]:
    return [str(one) for one in tag.get_attribute_list("class")]


def _line(drawn: Tag) -> str:
    """Return what a part of a formula shows, on one line; what is over another comes from the lowest up."""
    classes = _classes(drawn)
    if "mspace" in classes:
        return drawn.get_text() or GAP
    if "msupsub" in classes:
        below, above = _below_and_above(drawn)
        return power_and_index("", below, above)
    if "mfrac" in classes:
        # Without a line it is a binomial, and no fraction.
        return fraction(*reversed(_rows(drawn, 2))) if drawn.find("span", class_="frac-line") else _refuse()
    if "sqrt" in classes:
        degree = drawn.find("span", class_="root", recursive=False)
        of = _line(degree) if isinstance(degree, Tag) else ""
        inner = drawn.find("span", class_="vlist-t", recursive=False)
        return root(_rows(inner, 1)[0], of) if isinstance(inner, Tag) else _refuse()
    if "accent" in classes:
        return _accented(drawn)
    if line := _LINES.keys() & {*classes}:
        return accented(_rows(drawn, 1)[0], _LINES[line.pop()])
    if _WIDE & {*classes} and drawn.find_parent("span", class_="sqrt") is None:
        _refuse()
    if "vlist-t" in classes:
        return _rows(drawn, 1)[0]
    return "".join(
        _line(one) if isinstance(one, Tag) else UNSEEN.sub("", str(one))
        for one in drawn.children
        if isinstance(one, Tag | NavigableString)
    )


_LINES: Final = {"overline": "\u0304", "underline": "\u0332"}
# Arrows, braces and strokes over or through several signs, of which a clipboard has nothing.
_WIDE: Final = frozenset({"hide-tail", "stretchy", "cancel-pad", "cancel-lap", "sout"})


def _accented(drawn: Tag) -> str:
    """Return a letter with its hat, bar or dot; the arrow of a vector is a picture without words."""
    rows = _rows(drawn, 1, 2)
    sign = rows[1] if len(rows) > 1 else "\u20d7" if drawn.find("span", class_="overlay") else ""
    return accented(rows[0], sign) if sign in OVER else _refuse()


def _refuse() -> NoReturn:
    raise _Unreadable


def _below_and_above(raised: Tag) -> tuple[str, str]:
    """Return an index and a power; a list with a depth, of two columns, holds the index first."""
    table = raised.find("span", class_="vlist-t")
    if not isinstance(table, Tag):
        raise _Unreadable
    if "vlist-t2" not in _classes(table):
        return "", _rows(table, 1)[0]
    rows = _rows(table, 1, 2)
    return (rows[0], rows[1]) if len(rows) > 1 else (rows[0], "")


def _rows(drawn: Tag, *numbers: int) -> list[str]:
    """Return the words of what stands over each other, the lowest first, if they are as many as that."""
    column = drawn.find("span", class_="vlist")
    parts = column.find_all("span", recursive=False) if isinstance(column, Tag) else []
    rows = [words for one in parts if (words := _line(one).strip())]
    if len(rows) not in numbers:
        raise _Unreadable
    return rows
