"""What waits for review, as the queue tells it: how big, on what, and who may judge it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wiki.lifecycle import Act, Actor, State, is_open_to
from wiki.models import Family, Publication, Revision, actors_of
from wiki.text.diff import Comparison, compare


@dataclass(frozen=True)
class Waiting:
    """One submission in the queue."""

    revision: Revision
    base: Revision | None
    actors: frozenset[Actor]
    is_new: bool
    must_rebase: bool

    @cached_property
    def change(self) -> Comparison:
        """Return what it changes of what it was begun from."""
        return compare(self.base.document if self.base else None, self.revision.document)

    @property
    def statements(self) -> int:
        """Return how many statements it adds, changes or removes."""
        return sum(row.change != "same" for row in self.change.rows)

    @property
    def retires(self) -> bool:
        """Return whether it retires its page."""
        before, after = self.change.retirement
        return before is None and after is not None

    @property
    def builds_on(self) -> Revision | None:
        """Return the waiting revision that this one was written on top of."""
        parent = self.revision.parent
        return parent if parent is not None and parent.state == State.SUBMITTED else None

    @property
    def is_amendment(self) -> bool:
        """Return whether a moderator wrote this on top of what somebody else sent in."""
        author, beneath = self.revision.author, self.builds_on
        return bool(beneath and author and author.can_review and beneath.author_id != author.pk)

    @property
    def is_own(self) -> bool:
        """Return whether the person is among its authors."""
        return Actor.MODERATOR in self.actors and Actor.REVIEWER not in self.actors

    @property
    def can_decide(self) -> bool:
        """Return whether the person may give a verdict."""
        return is_open_to(Act.REJECT, self.actors, self.revision.state)


def waiting_for(user: Any) -> list[Waiting]:
    """Return what waits for review as `user` sees it, oldest first. Always the same number of queries."""
    revisions = list(Revision.objects.waiting().visible_to(user).with_people().select_related("parent"))
    families = Family.of_pages({one.page_id for one in revisions})
    begun = {one.pk: families[one.page_id].begun_from(one) for one in revisions}
    bases = Revision.objects.in_bulk([base.pk for base in begun.values() if base])
    live = Publication.objects.live_ids(families)
    return [_waiting(one, begun[one.pk], bases, live, families[one.page_id], user) for one in revisions]


def next_for(user: Any) -> Revision | None:
    """Return the oldest submission that `user` may judge, or None."""
    return next((one.revision for one in waiting_for(user) if one.can_decide), None)


def _waiting(
    revision: Revision,
    begun: Revision | None,
    bases: Mapping[int, Revision],
    live: Mapping[int, int],
    family: Family,
    user: Any,
) -> Waiting:
    base = bases[begun.pk] if begun else None
    return Waiting(
        revision=revision,
        base=base,
        actors=frozenset(actors_of(user, revision, family)),
        is_new=not family.was_published(),
        must_rebase=live.get(revision.page_id) != (base.pk if base else None),
    )
