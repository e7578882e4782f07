"""Derived rows of some pages, replaced only where they differ."""

from collections.abc import Mapping, Sequence
from typing import Any

from wiki.models import Citation, Depiction, Mention, Name
from wiki.models.queries.derived_rows import OF_TEXT, kept_rows

type Columns = tuple[Any, ...]
type RowModel = type[Mention | Citation | Depiction | Name]


def replace_rows(
    model: RowModel,
    new: Mapping[int, Sequence[Columns]],
    *,
    are_first: bool = False,
) -> None:
    """Replace the rows that a model has of the texts of some pages with the `new` ones, where these differ.

    A row is given as its values in the columns that `OF_TEXT` names. Where the pages `are_first` published
    now, there are no old rows, and none are asked for.
    """
    changed = set(new) if are_first else _changed(kept_rows(model, [*new]), new)
    if not are_first and changed:
        OF_TEXT[model].rows_of(model).filter(page__in=changed).delete()
    columns = OF_TEXT[model].columns
    rows: list[Any] = [
        model(page_id=page_id, **dict(zip(columns, values, strict=True)))
        for page_id in new
        if page_id in changed
        for values in new[page_id]
    ]
    if rows:
        model._default_manager.bulk_create(rows)


def _changed(old: Mapping[int, Sequence[Columns]], new: Mapping[int, Sequence[Columns]]) -> set[int]:
    """Return the pages of which the rows differ, in whatever order."""
    return {
        page_id
        for page_id, rows in new.items()
        if sorted(map(repr, old.get(page_id, ()))) != sorted(map(repr, rows))
    }
