"""The rows that are derived of the texts of published pages, read as values, without objects."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import models

from wiki.models.images import Depiction
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.names import Name
from wiki.models.published_pages import Mention
from wiki.models.statements import Citation


@dataclass(frozen=True)
class OfText:
    """What a row of a model says of the text of its page: its columns, and which rows come of the text."""

    columns: tuple[str, ...]
    condition: models.Q = models.Q()  # noqa: RUF009  never changed

    def rows_of(self, model: type[models.Model]) -> "models.QuerySet[Any]":
        """Return the rows that come of the text."""
        return model._default_manager.filter(self.condition)


OF_TEXT: Final[Mapping[type[models.Model], OfText]] = {
    Mention: OfText(("slug", "title", "target_id")),
    # What statements cite has its statement beside it.
    Citation: OfText(("source_id",), models.Q(statement=None)),
    Depiction: OfText(("image_id",)),
    Name: OfText(("text", "key", "rank", "skeleton")),
}


def kept_rows(model: type[models.Model], page_ids: Collection[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the rows of a model that come of the texts of some pages, as their columns, by page."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for page_id, *values in _query(model)(model._default_manager.all(), [*page_ids]):
        found[page_id].append(tuple(values))
    return found


@cache
def _query(model: type[models.Model]) -> Callable[[Any, list[int]], list[Any]]:
    def of_pages(rows: "models.QuerySet[Any]", page_ids: list[int]) -> Any:
        about = OF_TEXT[model]
        found = rows.filter(about.condition, is_any_of("page_id", page_ids))
        return found.values_list("page_id", *about.columns)

    return prepared(of_pages)
