"""Two short lines in one line of text: what is raised over what is lowered, as in SO₄²⁻ and ¹⁴₆C."""

import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

_STACK: Final = re.compile(r"display:\s*inline-(?:block|flex|table|grid)")
_BLOCK: Final = re.compile(r"display:\s*(?:block|table-row)")
_SIGNS: Final = re.compile(r"[\d+\-−–·•]{1,6}|n")


def part_stacked(soup: BeautifulSoup) -> None:
    """Write two lines of figures and signs that stand over each other as lowered and raised ones."""
    for stack in soup.find_all("span", style=_STACK):
        lines = _lines(stack)
        if len(lines) != 2 or not all(map(_SIGNS.fullmatch, lines)):
            continue
        stack.clear()
        del stack["style"]
        for name, words in zip(("sub", "sup"), reversed(lines), strict=True):
            part = soup.new_tag(name)
            part.string = words
            stack.append(part)


def _lines(stack: Tag) -> list[str]:
    """Return the words of the lines that a browser sets one over the other."""
    lines = [""]
    is_grid = "inline-grid" in str(stack.get("style") or "")
    for one in stack.contents:
        begins = isinstance(one, Tag) and (
            one.name in ("br", "div") or is_grid or bool(_BLOCK.search(str(one.get("style") or "")))
        )
        lines += [""] * begins
        lines[-1] += _words(one)
    return [words for line in lines if (words := line.strip())]


def _words(node: PageElement) -> str:
    return node.get_text() if isinstance(node, Tag | NavigableString) else ""
