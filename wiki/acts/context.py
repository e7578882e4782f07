"""The context of an act: what it reads of the database, each once, under the lock of the page."""

import datetime as dt
from functools import cached_property
from typing import Self

from wiki.acts.locking import lock_revision
from wiki.domain.lifecycle import Act
from wiki.models import Family, Opening, Page, Publication, Requirement, Revision, User, Verdict, clock
from wiki.policy import interests, own_words, permissions
from wiki.policy.reviewer_standing import ReviewerStanding
from wiki.policy.signatures import Signatures, declared_since, is_on


class ActContext:
    """One revision, its page and a person, as the database has them when the act runs."""

    def __init__(self, revision: Revision, *, by: User) -> None:
        """Hold a revision whose page is locked, and the person who acts."""
        self.revision = revision
        self._by = by

    @classmethod
    def lock(cls, revision_id: int, *, by: User) -> Self:
        """Lock the page of a revision and return the context of an act on it; `Refused` if it is gone."""
        return cls(lock_revision(revision_id), by=by)

    def for_revision(self, revision: Revision) -> Self:
        """Return the context of the same act on another revision of the page."""
        other = type(self)(revision, by=self.person)
        other.person, other.now, other.live = self.person, self.now, self.live
        return other

    @property
    def page(self) -> Page:
        """Return the page, which is locked."""
        return self.revision.page

    @cached_property
    def person(self) -> User:
        """Return the person who acts, with the rights that they have now."""
        return permissions.reload(self._by)

    @cached_property
    def now(self) -> dt.datetime:
        """Return the time of the act, taken after the lock."""
        return clock.now()

    @cached_property
    def live(self) -> Publication | None:
        """Return the publication that readers see, with its revision."""
        live = Publication.objects.live_of(self.page)
        if live:
            live.page = live.revision.page = self.page
            if self.revision.parent_id == live.revision_id:
                self.revision.parent = live.revision
        return live

    @property
    def live_revision(self) -> Revision | None:
        """Return the revision that readers see."""
        return self.live.revision if self.live else None

    @cached_property
    def retiring(self) -> Self | None:
        """Return the context of the other half of a merge: what retires the page that is taken over."""
        half, taken = self.revision.retiring_half(), self.revision.takes_over
        if half is None or taken is None:
            return None
        half.page, half.parent = taken.page, taken
        return self._on_other_page(half)

    @cached_property
    def taken_over(self) -> Revision | None:
        """Return what readers see now of the page whose text this takes over, if they see it at all."""
        taken = self.revision.takes_over
        live = Publication.objects.live_of(taken.page) if taken else None
        return live.revision if live and live.revision.document.retirement is None else None

    @property
    def halves(self) -> list[Self]:
        """Return this and, of a merge of two pages, the context of its other half."""
        return [self, self.retiring] if self.retiring else [self]

    def _on_other_page(self, revision: Revision) -> Self:
        other = type(self)(revision, by=self.person)
        other.person, other.now = self.person, self.now
        return other

    @cached_property
    def family(self) -> Family:
        """Return the open branch of the revision."""
        return Family.of_branch(self.revision)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Return the verdicts on the revision with their reviewers, the earliest first."""
        verdicts = Verdict.objects.on_revision(self.revision.pk)
        for one in verdicts:
            one.revision = self.revision
        return verdicts

    @cached_property
    def opening(self) -> Opening | None:
        """Return when the person opened exactly this comparison, if they did."""
        live = self.live_revision
        return Opening.objects.first_of_comparison(self.revision, self.person, live.pk if live else None)

    @cached_property
    def requirements(self) -> list[Requirement]:
        """Return the signatures that the revision needs."""
        needs = Requirement.objects.of_revision(self.revision.pk)
        for one in needs:
            one.revision = self.revision
        return needs

    @property
    def signatures(self) -> Signatures:
        """Return the signatures that the revision needs, and has on the words that it says."""
        approvals = [one for one in self.verdicts if is_on(one, self.revision)]
        return Signatures(self.requirements, approvals, self._barred)

    @cached_property
    def _barred(self) -> dict[int, str]:
        """Return the approvals by others that no longer count, by id, because of interests declared later.

        The act itself adds no verdict of others and no declaration.
        """
        approvals = [one for one in self.verdicts if is_on(one, self.revision)]
        return declared_since((one for one in approvals if one.reviewer_id != self.person.pk), self.revision)

    @cached_property
    def standing(self) -> ReviewerStanding:
        """Return what the person stands for at the time of the act."""
        return ReviewerStanding(self.person, self.now)

    @property
    def is_up_to_date(self) -> bool:
        """Return whether the revision was written against what readers see now, of both pages of a merge."""
        is_as_taken = self.revision.takes_over_id is None or self.taken_over == self.revision.takes_over
        return is_as_taken and self.live_revision == self.family.begun_from(self.revision)

    def authorize(self, act: Act, *, reason: str | None = None) -> None:
        """Raise `Refused` unless the lifecycle allows the person to do this act."""
        permissions.check(act, self.revision, person=self.person, family=self.family, reason=reason)

    def refuse_as_reviewer(self, act: str) -> None:
        """Refuse a person without a valid declaration, or with an interest in what the revision changes."""
        self.standing.refuse_undeclared()
        declared = self.standing.newest_disclosure
        interests.refuse(act, self.person, [self.revision], declared=declared)

    def refuse_own_words(self) -> None:
        """Raise `Refused` if the change would publish words that the person wrote, in any earlier version."""
        for one in self.halves:
            own_words.refuse_own_words(self.person, one.revision, one.live_revision)
