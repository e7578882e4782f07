"""Derived rows of a page, replaced only where they differ."""

from typing import Any


def replace_rows(old: Any, new: list[Any], *, key: Any, is_first: bool = False) -> None:
    """Replace the rows of the queryset `old` with `new`; write nothing if they are equal.

    Where the page `is_first` published now, there are no old rows, and none are asked for.
    """
    if not is_first:
        if sorted(map(repr, map(key, old))) == sorted(map(repr, map(key, new))):
            return
        old.delete()
    if new:
        old.model.objects.bulk_create(new)
