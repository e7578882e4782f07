"""The tree of a page's revisions: what each was begun from, built on and carries over."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Self

from wiki.domain.lifecycle import Actor, State
from wiki.models.revisions import Revision
from wiki.models.users import User, Visitor

_KEPT = frozenset({State.SUBMITTED, State.INCLUDED, State.APPROVED})
_ENDED = frozenset({State.CHANGES_REQUESTED, State.REJECTED, State.WITHDRAWN})
_TAKEN_BACK = frozenset({State.UNAPPROVED, State.INCLUDED})


class Family:
    """Revisions of one page and their parents: all of them, or one branch.

    They are loaded when the first parent is asked for: one query, without what they say.
    """

    def __init__(self, page_id: int, revisions: Iterable[Revision] | None = None) -> None:
        """Hold all revisions of the page, or only those that are given."""
        self._rows = Revision.objects.without_content([page_id]) if revisions is None else revisions

    @classmethod
    def of_branch(cls, revision: Revision) -> Self:
        """Return the part of the tree that `begun_from` and `carried` need; it does not grow with the
        history.
        """
        return cls.of_branches([revision])

    @classmethod
    def of_branches(cls, revisions: Collection[Revision]) -> Self:
        """Return the same part of the trees of several revisions, of whatever pages. One query."""
        page_id = next((one.page_id for one in revisions), 0)
        return cls(page_id, Revision.objects.branches_of(revisions) if revisions else ())

    @classmethod
    def of_versions(cls, revisions: Collection[Revision]) -> Self:
        """Return the part of the tree that `writers_of` needs for some versions of one page."""
        page_id = next((one.page_id for one in revisions), 0)
        return cls(page_id, Revision.objects.published_with(revisions))

    @classmethod
    def back_to(cls, revision: Revision, number: int) -> Self:
        """Return the part of the tree that leads from `revision` to the version with a number at most."""
        since = Revision.objects.without_content([revision.page_id]).filter(number__gte=number)
        return cls(revision.page_id, since)

    @cached_property
    def _by_id(self) -> dict[int, Revision]:
        return {one.pk: one for one in self._rows}

    @classmethod
    def of_pages(cls, page_ids: Collection[int]) -> dict[int, Self]:
        """Return the family of each page, all loaded by one query."""
        rows: dict[int, list[Revision]] = {page_id: [] for page_id in page_ids}
        for one in Revision.objects.without_content(page_ids):
            rows[one.page_id].append(one)
        return {page_id: cls(page_id, revisions) for page_id, revisions in rows.items()}

    def _get(self, pk: int | None) -> Revision | None:
        return self._by_id.get(pk) if pk is not None else None

    def begun_from(self, revision: Revision) -> Revision | None:
        """Return the decided revision on which `revision`, with what it builds on, is based.

        Settled means: not waiting any more. When it is not the live one, `revision` must be rebased.
        """
        parent = self._get(revision.parent_id)
        while parent is not None and parent.state == State.SUBMITTED:
            parent = self._get(parent.parent_id)
        return parent

    def carried(self, revision: Revision) -> list[Revision]:
        """Return the revisions whose words `revision` brings in, oldest first, itself included.

        These are the waiting ones it builds on, and what it carries as second parent with what
        that one was built on. A text on which the second parent was built may have been waiting when it
        was carried over and have ended since: its words are in, so whoever wrote it is named too.
        """
        return self._walk(revision, frozenset({State.SUBMITTED}))

    def lineage(self, revision: Revision) -> list[Revision]:
        """Return every revision that a published `revision` descends from, oldest first, itself included."""
        return self._walk(revision, _KEPT)

    def _walk(self, revision: Revision, kept: frozenset[State]) -> list[Revision]:
        found: dict[tuple[int, bool], Revision] = {}
        ahead: list[tuple[Revision | None, bool]] = [(revision, False)]
        while ahead:
            one, beneath = ahead.pop()
            if one is None or (one.pk, beneath) in found:
                continue
            found[one.pk, beneath] = one
            ahead.append((self._get(one.second_parent_id), True))
            parent = self._get(one.parent_id)
            if parent is not None and (parent.state in kept or (beneath and _may_hold(one, parent))):
                ahead.append((parent, beneath))
        return sorted({one.pk: one for one in found.values()}.values(), key=lambda one: one.pk)

    def ancestry(self, revision: Revision, *, until: frozenset[State] = frozenset()) -> set[int]:
        """Return the ids of all ancestors of `revision`, of any state, itself included.

        What is in one of the states `until` is left out, with what only that descends from.
        """
        found = {revision.pk}
        ahead: list[int | None] = [revision.parent_id, revision.second_parent_id]
        while ahead:
            one = self._get(ahead.pop())
            if one is not None and one.pk not in found and one.state not in until:
                found.add(one.pk)
                ahead += [one.parent_id, one.second_parent_id]
        return found

    def authors_of(self, revision: Revision) -> list[Revision]:
        """Return one revision for each author named by `carried`, in the order in which they wrote."""
        return one_for_each_author(self.carried(revision))

    def writers_of(self, revision: Revision) -> list[Revision]:
        """Return one revision for each author whose words were first published in `revision`."""
        return one_for_each_author(self._walk(revision, frozenset({State.INCLUDED})))


def one_for_each_author(revisions: Iterable[Revision]) -> list[Revision]:
    """Return the first of some revisions by each author, in the order in which they come."""
    firsts: dict[object, Revision] = {}
    for one in revisions:
        firsts.setdefault(one.author_id or one.author_name, one)
    return list(firsts.values())


def _may_hold(one: Revision, parent: Revision) -> bool:
    """Return whether `one`, carried over as a whole, may hold words of `parent` that readers do not have."""
    return parent.state in _ENDED or (one.state in _TAKEN_BACK and parent.state in _TAKEN_BACK)


def actors_of(user: Visitor, revision: Revision, family: Family | None = None) -> set[Actor]:
    """Return the roles that `user` has towards `revision`: none towards the retiring half of a merge.

    What is done to that half is done to the one that takes its text over.
    """
    actors: set[Actor] = set()
    if not isinstance(user, User) or revision.retired_with_id is not None:
        return actors
    if user.can_write:
        actors.add(Actor.WRITER)
        if revision.author_id == user.pk:
            actors.add(Actor.AUTHOR)
    if user.can_review:
        actors.add(Actor.MODERATOR)
        family = family or Family.of_branch(revision)
        if user.pk not in {one.author_id for one in family.carried(revision)}:
            actors.add(Actor.REVIEWER)
    return actors
