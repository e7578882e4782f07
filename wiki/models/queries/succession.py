"""Succession: the published page that replaces a retired one, computed from the publications."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from wiki.models.lists.prepared import prepared
from wiki.models.publications import Publication, PublicationQuerySet
from wiki.text.slugs import slug_of

# The page, and what its address and its retirement are told by.
TITLE: Final = ("page_id", "revision__title", "revision__kind", "revision__content__retirement")


def replaced_by(page_id: int) -> dict[str, Any]:
    """Return what the content of each version contains that retires its page in favour of this one."""
    return {"retirement": {"replaced_by": page_id}}


@dataclass(frozen=True)
class Live:
    """A published page, as its live revision has it."""

    page_id: int
    slug: str
    title: str
    kind: str
    is_retired: bool
    replaced_by: int | None


class Succession:
    """Some published pages, with the pages that replace the retired ones among them.

    With a day, as they were when it ended.
    """

    def __init__(self, page_ids: Iterable[int], day: dt.date | None = None) -> None:
        """Load the pages: one query, and one more for each page in the longest chain of retired ones."""
        self._live: dict[int, Live] = {}
        known: set[int] = set()
        ahead = set(page_ids)
        while ahead:
            known |= ahead
            found = _published(ahead, day)
            self._live |= {one.page_id: one for one in found}
            ahead = {one.replaced_by for one in found if one.replaced_by is not None} - known

    @property
    def pages(self) -> set[int]:
        """Return the ids of those of the pages that are published."""
        return set(self._live)

    def live(self, page_id: int) -> Live | None:
        """Return the page itself if it is published and not retired."""
        found = self._live.get(page_id)
        return None if found is None or found.is_retired else found

    def shown_for(self, page_id: int) -> Live | None:
        """Return what the addresses of a page show: the page, or the published one that replaces it.

        A retired page that leads to none published is shown as retired; None when nothing is published.
        """
        first = one = self._live.get(page_id)
        passed: set[int] = set()
        while one is not None and one.is_retired and one.page_id not in passed:
            passed.add(one.page_id)
            one = self._live.get(one.replaced_by) if one.replaced_by is not None else None
        return first if one is None or one.is_retired else one

    def successor_of(self, page_id: int) -> Live | None:
        """Return the published page that replaces a retired one; None if there is none, or the page is not
        retired.
        """
        shown = self.shown_for(page_id)
        return shown if shown and shown.page_id != page_id else None

    @classmethod
    def pages_redirecting_to(cls, page_id: int, day: dt.date | None = None) -> set[int]:
        """Return a page and all retired pages that lead to it, directly or through others."""
        found, ahead = {page_id}, {page_id}
        while ahead:
            named = models.Q(pk__in=())
            for pk in ahead:
                named |= models.Q(revision__content__contains=replaced_by(pk))
            leading = Publication.objects.open_or_on(day).filter(named)
            ahead = set(leading.values_list("page_id", flat=True)) - found
            found |= ahead
        return found


@prepared
def _live_titles(
    publications: PublicationQuerySet, page_ids: list[int]
) -> "models.QuerySet[Publication, tuple[Any, ...]]":
    return publications.open_of(page_ids).values_list(*TITLE)


def _published(page_ids: Collection[int], day: dt.date | None) -> list[Live]:
    rows = (
        _live_titles(Publication.objects.get_queryset(), [*page_ids])
        if day is None
        else Publication.objects.open_or_on_of(page_ids, day).values_list(*TITLE)
    )
    return [
        Live(page_id, slug_of(title), title, kind, told is not None, (told or {}).get("replaced_by"))
        for page_id, title, kind, told in rows
    ]


def publications_mentioning(
    page_ids: Collection[int], day: dt.date | None = None
) -> "models.QuerySet[Publication]":
    """Return the open publications of other pages that make a statement about one of some pages.

    With a day, those that were open when it ended.
    """
    named = models.Q(pk__in=())
    for pk in page_ids:
        named |= models.Q(revision__content__contains={"statements": [{"object": pk}]})
    return Publication.objects.open_or_on(day).filter(named).exclude(page__in=page_ids)
