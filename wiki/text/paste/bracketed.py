"""Citations that other texts set in brackets of their own: two pairs would make a link to a page."""

import re
from typing import Final

# How many brackets stand within each other at most: "[[1], [2]]".
DEEPEST: Final = 2
_CITATION: Final = r"\[@[^\[\]\n]{1,320}\]"
_SEVERAL: Final = re.compile(rf"({_CITATION})\s?[,;]\s?(?={_CITATION})")
_DASH: Final = "[‐‑‒–—−-]"
_SIGN: Final = rf"\s?(?:(?:[,;]|{_DASH})\s?)?"
# Numbers of works of which the wiki is told nothing: "7", "2–4", "2, 5".
_NUMBER: Final = r"(?<!\d)\d{1,3}(?!\d)"
_NUMBERS: Final = rf"{_NUMBER}(?:{_SIGN}{_NUMBER})*+"
_MEMBER: Final = rf"(?:{_CITATION}|\\?\[{_NUMBERS}\\?\]|{_NUMBER})"
_IN_BRACKETS: Final = re.compile(rf"\\?\[\s?({_MEMBER}(?:{_SIGN}{_MEMBER})*+)\s?\\?\]")
_PART: Final = re.compile(rf"({_SIGN})(?:({_CITATION})|\\?\[?({_NUMBERS})\\?\]?)")


def citations_apart(text: str) -> str:
    """Return a text in which citations stand beside each other, and in no brackets but their own."""
    text = _SEVERAL.sub(r"\1", text)
    for _ in range(DEEPEST):
        text = _IN_BRACKETS.sub(_each_apart, text)
    return text


def _each_apart(listed: re.Match[str]) -> str:
    """Return a list in brackets without them: each citation, and numbers in brackets of their own."""
    if "[@" not in listed[1]:
        return listed[0]
    parts = _PART.findall(listed[1])
    written = ""
    for place, (sign, citation, numbers) in enumerate(parts):
        is_beside = place == 0 or (citation and parts[place - 1][1])
        written += "–" if re.search(_DASH, sign) else "" if is_beside else " "
        written += citation or f"[{numbers}]"
    return written
