"""Lines with marks of their own, which are meant as a list and which readers get as one paragraph."""

import re
from itertools import pairwise
from typing import Final

# The mark of an item that begins no list here: a bullet or a dash, a letter, or a number in brackets.
_OTHER_ITEM: Final = re.compile(
    r"[ \t>]*([•·▪◦‣●○■–—]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]\.|[ivx]{1,4}\.)"
    r"(?:[ \t]+\S|(?<=[•▪◦‣●○■])\S)"
)
# Two blanks or a backslash at its end keep a line apart from the next one.
_KEPT_APART: Final = re.compile(r"(?: {2,}|\\)$")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def first_run_together(source: str) -> re.Match[str] | None:
    """Return the first such line of a paragraph, its mark as the first group; None if there is none."""
    for before, line in pairwise(source.rstrip().split("\n")):
        first, second = _OTHER_ITEM.match(before), _OTHER_ITEM.match(line)
        if first and second and _follows(first[1], second[1]) and not _KEPT_APART.search(before):
            return first
    return None


def _follows(mark: str, next_mark: str) -> bool:
    """Return whether the second mark is that of the item after the first."""
    bare, following = mark.strip("()."), next_mark.strip("().")
    if mark == next_mark:
        return not bare.isalnum()
    if bare in _ROMAN[:-1] and following == _ROMAN[_ROMAN.index(bare) + 1]:
        return True
    if bare.isdigit() and following.isdigit():
        return int(following) == int(bare) + 1
    return len(bare) == len(following) == 1 and ord(following) == ord(bare) + 1
