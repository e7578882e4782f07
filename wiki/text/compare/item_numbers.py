"""Numbers of the items of a list: of all but the first, readers see what the list counts."""

import re
from dataclasses import replace
from typing import Final

from wiki.text.markdown.stretches import ITEM, Stretch

_NUMBER: Final = re.compile(r"( {0,3})(\d{1,9})(?=[.)]\s)")


def without(item: Stretch) -> str:
    """Return what makes two items one: the text, without a number that only counts on."""
    return _NUMBER.sub(r"\1#", item.text, count=1) if _is_counted(item) else item.text


def counted_on(item: Stretch, before: Stretch | None) -> Stretch:
    """Return an item with the number that follows the one before, if it follows that in its own version."""
    last = _number(before.text) if before is not None and before.kind == ITEM else None
    if last is None or not _is_counted(item):
        return item
    number = str(last + 1)
    found = _NUMBER.match(item.text)
    # Lines beneath stand as far in as the number is wide.
    if found is None or (len(found[2]) != len(number) and "\n" in item.text):
        return item
    return replace(item, text=f"{found[1]}{number}{item.text[found.end() :]}")


def _is_counted(item: Stretch) -> bool:
    number, before = _number(item.text), _number(item.after[0])
    return item.kind == ITEM and number is not None and before is not None and number == before + 1


def _number(text: str) -> int | None:
    found = _NUMBER.match(text)
    return int(found[2]) if found else None
