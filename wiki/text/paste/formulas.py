"""Formulas of word processors and web pages, each on one line of text."""

import re
from html import escape
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from wiki.text.formulas import apart, line_of
from wiki.text.paste.mathjax import with_mathml

MOST: Final = 500
# What programs that know no formulas get in their place; of no use beside the formula.
_FOR_OTHERS: Final = re.compile(r"<!\[if !msEquation\]>(?:(?!<!\[).){0,20000}<!\[endif\]>", re.I | re.S)
_FOR_WORD: Final = re.compile(
    r"<!--\[if gte msEquation \d+\]>((?:(?!-->|<!--).){0,50000})<!\[endif\]-->", re.I | re.S
)
_HAS_FORMULA: Final = re.compile(r"math|\{\\(?:display|text)style", re.IGNORECASE)
# The tag in which a program draws a formula beside its words, and would be taken for words of its own.
_DRAWN: Final = re.compile(r"<(/?)nobr\b", re.IGNORECASE)
# The tag of a formula of MathJax, of which the letters are drawn and are no text.
CONTAINER: Final = "drawn-formula"
_CONTAINER: Final = re.compile(r"<(/?)mjx-container\b", re.IGNORECASE)
# A formula of Wikipedia that was drawn as a picture, and says in TeX what it shows; not one behind its words.
_IMAGE: Final = re.compile(
    r"(?<!</math></span>)<img\b[^<>]*\balt=[\"']\{\\(?:display|text)style\s?([^\"'<>]*)\}[\"'][^<>]*>",
    re.IGNORECASE,
)
_EDGE: Final = re.compile(r"<(/?)(m:omath|math)\b[^<>]*>", re.IGNORECASE)


def on_one_line(html: str) -> str:
    """Return HTML with each formula as a span of text, and without what stands for it elsewhere."""
    if not _HAS_FORMULA.search(html):
        return html
    html = with_mathml(_DRAWN.sub(r"<\1span", _FOR_WORD.sub(r"\1", html)))
    html = html.replace('class="katex-html"', 'class="katex-html" aria-hidden="true"')
    html = _CONTAINER.sub(rf'<\1span class="{CONTAINER}"', html)
    html = _IMAGE.sub(lambda image: f'<span data-formula="1">{image[1].strip()}</span>', html)
    if "<m:omath" in html.lower():
        html = _FOR_OTHERS.sub("", html)
    parts: list[str] = []
    end = 0
    for start, stop in _formulas(html):
        soup = BeautifulSoup(html[start:stop], "html.parser")
        words = apart(line_of(soup))
        parts += (html[end:start], f'<span data-formula="1">{escape(words)}</span>')
        parts += (
            f'<span aria-hidden="true">{escape(one.get_text())}</span>'
            for one in soup.find_all("annotation", limit=2)
        )
        end = stop
    return "".join((*parts, html[end:]))


def _formulas(html: str) -> list[tuple[int, int]]:
    """Return where formulas begin and end; one within another is part of it."""
    found: list[tuple[int, int]] = []
    start, depth = 0, 0
    for edge in _EDGE.finditer(html):
        if not edge[1]:
            start, depth = (start, depth + 1) if depth else (edge.start(), 1)
        elif depth:
            depth -= 1
            if not depth:
                found.append((start, edge.end()))
    return found[:MOST]


def leave_out_copies(soup: BeautifulSoup) -> list[str]:
    """Take out what only draws a formula, beside its words, on web pages; return the words of it."""
    words: list[str] = []
    for formula in soup.find_all("span", attrs={"data-formula": True}):
        outer: Tag = formula
        for _ in range(3):
            for copy in list(outer.find_next_siblings(attrs={"aria-hidden": "true"})) + list(
                outer.find_previous_siblings(attrs={"aria-hidden": "true"})
            ):
                words.append(copy.get_text(" "))
                copy.decompose()
            if outer.parent is None or outer.parent.name not in ("span", "div"):
                break
            outer = outer.parent
    return words


def signs_of_formulas(soup: BeautifulSoup) -> list[str]:
    """Return the signs that formulas have on one line and not where they are drawn, such as the bar of a
    fraction.
    """
    formulas = soup.find_all("span", attrs={"data-formula": True})
    return [sign for one in formulas for sign in one.get_text() if sign in "/^√∛∜"]
