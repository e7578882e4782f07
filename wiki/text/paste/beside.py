"""Words beside a tag on the line on which readers see it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from bs4.element import PageElement, Tag

INLINE: Final = frozenset(("a", "b", "i", "span", "sup", "sub", "code", "q"))
_WORDS: Final = re.compile(r"\S")
MOST_BESIDE: Final = 12
LONGEST_BESIDE: Final = 60


def words_before(el: PageElement) -> str:
    """Return the last words on the line before a tag."""
    words = ""
    for one in islice(_beside(el, is_before=True), MOST_BESIDE):
        words = one + words
        if len(words) >= LONGEST_BESIDE:
            break
    return words[-LONGEST_BESIDE:]


def words_after(el: PageElement) -> str:
    """Return the first words on the line behind a tag."""
    return next((one for one in islice(_beside(el, is_before=False), MOST_BESIDE) if one), "")[
        :LONGEST_BESIDE
    ]


def _beside(el: PageElement, *, is_before: bool) -> Iterator[str]:
    """Yield the texts beside a tag on its line, the nearest first."""
    here: PageElement | None = el
    while here is not None:
        beside = here.previous_sibling if is_before else here.next_sibling
        if beside is None:
            here = here.parent if here.parent is not None and here.parent.name in INLINE else None
        elif isinstance(beside, Tag) and beside.name not in INLINE:
            return
        else:
            yield beside.get_text()
            here = beside


def starts_line(el: PageElement) -> bool:
    """Return whether nothing stands before this text in its line."""
    here: PageElement = el
    while here.previous_sibling is None and here.parent is not None and here.parent.name in INLINE:
        here = here.parent
    before = here.previous_sibling
    return before is None or (isinstance(before, Tag) and before.name not in INLINE)


def is_among_items(el: PageElement) -> bool:
    """Return whether the paragraph before or after that of a text begins with a hyphen, too."""
    here: PageElement = el
    while here.parent is not None and here.parent.name in ("p", "div", *INLINE):
        here = here.parent
    beside = (here.find_previous(string=_WORDS), here.find_next(string=_WORDS) if here is el else None)
    after = here.next_sibling
    while after is not None and not after.get_text().strip():
        after = after.next_sibling
    return any(str(one.get_text()).strip().startswith("- ") for one in (*beside, after) if one is not None)
