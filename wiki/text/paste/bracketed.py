"""Citations that other texts set in brackets of their own: two pairs would make a link to a page."""

import re
from typing import Final

_CITATION: Final = r"\[@[^\[\]\n]{1,320}\]"
_SEVERAL: Final = re.compile(rf"({_CITATION})\s?[,;]\s?(?={_CITATION})")
# Numbers without a link that stand between two citations.
_NUMBERS: Final = r"\s?\[\d{1,3}(?:–\d{1,3})?\]\s?"
_IN_BRACKETS: Final = re.compile(rf"\\?\[\s?((?:{_CITATION})+(?:(?:{_NUMBERS})?(?:{_CITATION})+)*)\s?\\?\]")


def citations_apart(text: str) -> str:
    """Return a text in which citations stand beside each other, and in no brackets but their own."""
    return _IN_BRACKETS.sub(r"\1", _SEVERAL.sub(r"\1", text))
