"""Derived rows of some pages, replaced only where they differ."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any


def replace_rows(
    old: Any, new: Mapping[int, Sequence[Any]], *, key: Callable[[Any], Any], are_first: bool = False
) -> None:
    """Replace the rows of the queryset `old` with the `new` ones of each page, where these differ.

    Where the pages `are_first` published now, there are no old rows, and none are asked for. `old` is a
    queryset on all rows of the kind; those of other pages stay.
    """
    changed = set(new) if are_first else _changed(old.filter(page__in=new), new, key)
    if not are_first and changed:
        old.filter(page__in=changed).delete()
    old.model.objects.bulk_create([row for page_id in new if page_id in changed for row in new[page_id]])


def _changed(old: Collection[Any], new: Mapping[int, Sequence[Any]], key: Callable[[Any], Any]) -> set[int]:
    """Return the pages of which the rows differ, in whatever order."""
    there: dict[int, list[str]] = defaultdict(list)
    for one in old:
        there[one.page_id].append(repr(key(one)))
    return {
        page_id
        for page_id, rows in new.items()
        if sorted(there[page_id]) != sorted(repr(key(one)) for one in rows)
    }
