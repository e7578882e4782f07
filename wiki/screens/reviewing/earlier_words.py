"""Words of earlier versions that a waiting change brings back, and their authors."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from wiki.domain.lifecycle import State
from wiki.models import Revision, User
from wiki.policy import own_words
from wiki.policy.own_words import Stem


@dataclass(frozen=True)
class EarlierWords:
    """The earlier versions with words that a change would newly publish."""

    revision: Revision
    live: Revision | None
    reviewer: User

    @cached_property
    def stems(self) -> list[Stem]:
        """Return them, oldest first; none for a decided change."""
        if self.revision.state != State.SUBMITTED:
            return []
        found = own_words.stems_of(self.revision, self.live)
        return [one for one in found if one.revision.pk != self.revision.pk]

    @cached_property
    def returning(self) -> list[Stem]:
        """Return those that were reverted, rejected or withdrawn."""
        found = [one for one in self.stems if one.fate]
        prefetch_related_objects([one.revision for one in found], "verdicts")
        return found

    @cached_property
    def own(self) -> str:
        """Return why the reviewer may not sign because of what they wrote before; "" if they may."""
        if self.revision.state != State.SUBMITTED:
            return ""
        mine = own_words.stems_of(self.revision, self.live, by=[self.reviewer.pk])
        return next(map(own_words.why_own, mine), "")
