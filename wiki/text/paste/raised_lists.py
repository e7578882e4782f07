"""Superscripts that stand side by side and are one: a list of references, a charge, the power of ten."""

import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from wiki.text.paste.beside import words_before
from wiki.text.paste.raised import is_power

# Longer than any list of references; without an end each further one would be read with all before it.
LONGEST: Final = 200
_DASH: Final = "[‐‑‒–—−-]"
_BETWEEN: Final = re.compile(rf"\s*(?:[,;]|{_DASH})?\s*")
_LIST: Final = re.compile(
    rf"(?:\d{{1,3}}|\[\d{{1,3}}\])(?:\s*(?:[,;]|{_DASH})\s*(?:\d{{1,3}}|\[\d{{1,3}}\]))*"
    r"|[a-z](?:\s*[,;]\s*[a-z])*"
)
_CHARGE: Final = re.compile(r"\d{0,2}[+−–-]")
_OF_TEN: Final = re.compile(r"(?<![\w.,])10$")
# Of two numbers side by side only a 1 goes on: "10" with 6 and 5 is a power with a reference.
_POWER_OF_TEN: Final = re.compile(rf"{_DASH}?1\d|\d{{1,2}}{_DASH}\d{{1,2}}")
_NEGATIVE: Final = re.compile(rf"{_DASH}\d{{1,2}}")


def join_raised(soup: BeautifulSoup) -> None:
    """Make one superscript of those that programs cut into several, in the order in which they stand."""
    for span in soup.find_all("span"):
        inner = [one for one in span.contents if isinstance(one, Tag) or str(one)]
        if len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name == "sup":
            span.unwrap()
    for name in ("sup", "sub"):
        _unwrap_doubled(soup, name)
    soup.smooth()
    for one in soup.find_all("sup"):
        if not one.decomposed and one.parent is not None:
            _join_from(one)


def _unwrap_doubled(soup: BeautifulSoup, name: str) -> None:
    """Take away a tag within another of its name that raises or lowers the same words, or goes on a list."""
    for inner in soup.select(f"{name} {name}"):
        around = inner.find_parent(name)
        if around is None:
            continue
        whole, words = around.get_text().strip(), inner.get_text().strip()
        if whole == words or words[:1] in _LISTED or whole.removesuffix(words).rstrip()[-1:] in _LISTED:
            inner.unwrap()


_LISTED: Final = ("", ",", ";")


def is_power_of_power(raised: Tag) -> bool:
    """Return whether something is raised again within a superscript: the 2 of e^(x²)."""
    return raised.find("sup") is not None


def _join_from(first: Tag) -> None:
    """Join the superscripts behind one to it, as far as they go on with it."""
    while found := _next(first):
        between, other = found
        text, more = first.get_text(), f"{between}{other.get_text()}"
        if len(text) > LONGEST or not _goes_on(text, more, words_before(first), is_beside=between == ""):
            return
        sign = first.next_sibling
        while sign is not None and sign is not other:
            following: PageElement | None = sign.next_sibling
            sign.extract()
            sign = following
        first.append(NavigableString(between))
        first.extend(list(other.contents))
        other.decompose()


def _next(first: Tag) -> tuple[str, Tag] | None:
    """Return the superscript behind one on its line, with the blanks and the sign between them."""
    between, beside = "", first.next_sibling
    while isinstance(beside, NavigableString):
        between += str(beside)
        beside = beside.next_sibling
    if isinstance(beside, Tag) and beside.name == "sup" and _BETWEEN.fullmatch(between):
        return between, beside
    return None


def _goes_on(text: str, more: str, before: str, *, is_beside: bool) -> bool:
    """Return whether raised words go on with what stands behind them."""
    both = (text + more).strip()
    if is_beside and (_CHARGE.fullmatch(both) or _is_power_of_ten(text.strip(), both, before)):
        return True
    if not is_beside and text.strip()[-1:].isalpha():
        return False
    if text.strip()[-1:].isalnum() and more[:1].isalnum():
        # Two numbers without a sign between them may be a power and a reference.
        return False
    listed = both if more.strip()[-1:].isalnum() or more.strip().endswith("]") else f"{both}1"
    is_list = bool(_LIST.fullmatch(re.sub(r"(?<=[\d\]])\s+(?=[\d\[])", ",", listed.lstrip(" ,;"))))
    return is_list and not (text.strip(" ,;") and is_power(text.strip(), before, has_references=True))


def _is_power_of_ten(text: str, both: str, before: str) -> bool:
    """Return whether a raised part of a power of ten and what stands behind it are one power, or a range."""
    whole = _POWER_OF_TEN if text[-1:].isdigit() or text[:1].isdigit() else _NEGATIVE
    return bool(_OF_TEN.search(before) and whole.fullmatch(both))


def is_behind_power(raised: Tag) -> bool:
    """Return whether a number stands behind another superscript with which it was not joined: a reference."""
    before = raised.previous_sibling
    return isinstance(before, Tag) and before.name == "sup" and raised.get_text().strip()[:1].isdigit()


def may_be_one_power(raised: Tag) -> str:
    """Return the power of ten that a number and the one before it may be together, such as "10^23", or ""."""
    before = raised.previous_sibling
    digits = raised.get_text().strip()
    if not (isinstance(before, Tag) and is_behind_power(raised) and digits.isdigit()):
        return ""
    power = f"{before.get_text().strip()}{digits}"
    return f"10^{power}" if _OF_TEN.search(words_before(before)) and re.fullmatch(r"\d\d", power) else ""


def is_numerator(raised: Tag) -> bool:
    """Return whether a number is the upper part of a fraction: a bar and a lowered number stand behind it."""
    bar = raised.next_sibling
    below = bar.next_sibling if isinstance(bar, NavigableString) and bar.strip() in ("/", "\u2044") else None
    return isinstance(below, Tag) and below.name == "sub" and raised.get_text().strip().isdigit()
