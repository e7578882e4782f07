"""What a page's revisions were begun from, built on and carry. Loaded at once, walked in memory."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from wiki.lifecycle import Actor, State
from wiki.models.revisions import Revision

_KEPT = frozenset({State.SUBMITTED, State.INCLUDED, State.APPROVED})


class Family:
    """All revisions of one page and how they descend from each other."""

    def __init__(self, page_id: int, skeletons: Iterable[Revision] | None = None) -> None:
        """Load the skeletons of the page's revisions, unless they are given: one query, no text."""
        rows = Revision.objects.skeletons([page_id]) if skeletons is None else skeletons
        self._by_id = {one.pk: one for one in rows}

    @classmethod
    def of_pages(cls, page_ids: Collection[int]) -> dict[int, Self]:
        """Return the family of each page, all loaded by one query."""
        rows: dict[int, list[Revision]] = {page_id: [] for page_id in page_ids}
        for one in Revision.objects.skeletons(page_ids):
            rows[one.page_id].append(one)
        return {page_id: cls(page_id, skeletons) for page_id, skeletons in rows.items()}

    def _get(self, pk: int | None) -> Revision | None:
        return self._by_id.get(pk) if pk is not None else None

    def begun_from(self, revision: Revision) -> Revision | None:
        """Return the settled revision that `revision` and what it builds on were written against.

        Settled means: not waiting any more. When it is not the live one, `revision` must be rebased.
        """
        parent = self._get(revision.parent_id)
        while parent is not None and parent.state == State.SUBMITTED:
            parent = self._get(parent.parent_id)
        return parent

    def carried(self, revision: Revision) -> list[Revision]:
        """Return the revisions whose words `revision` brings in, oldest first, itself included.

        These are the waiting ones it builds on, and what it carries as second parent with what
        that one was built on.
        """
        return self._walk(revision, frozenset({State.SUBMITTED}))

    def lineage(self, revision: Revision) -> list[Revision]:
        """Return every revision that a published `revision` descends from, oldest first, itself included."""
        return self._walk(revision, _KEPT)

    def _walk(self, revision: Revision, kept: frozenset[State]) -> list[Revision]:
        found: dict[int, Revision] = {}
        ahead: list[Revision | None] = [revision]
        while ahead:
            one = ahead.pop()
            if one is None or one.pk in found:
                continue
            found[one.pk] = one
            ahead.append(self._get(one.second_parent_id))
            parent = self._get(one.parent_id)
            ahead.append(parent if parent is not None and parent.state in kept else None)
        return sorted(found.values(), key=lambda one: one.pk)

    def authors_of(self, revision: Revision) -> list[Revision]:
        """Return one revision for each author named by `carried`, in the order in which they wrote."""
        firsts: dict[object, Revision] = {}
        for one in self.carried(revision):
            firsts.setdefault(one.author_id or one.author_name, one)
        return list(firsts.values())


def actors_of(user: Any, revision: Revision, family: Family | None = None) -> set[Actor]:
    """Return what `user` is to `revision`."""
    actors: set[Actor] = set()
    if revision.author_id is not None and revision.author_id == user.pk:
        actors.add(Actor.AUTHOR)
    if getattr(user, "can_write", False):
        actors.add(Actor.WRITER)
    if getattr(user, "can_review", False):
        actors.add(Actor.MODERATOR)
        family = family or Family(revision.page_id)
        if user.pk not in {one.author_id for one in family.carried(revision)}:
            actors.add(Actor.REVIEWER)
    return actors
