"""Rows of the queue: risk, size, missing signatures, and who may judge each."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.db.models import OuterRef
from django.utils import timezone

from wiki.acts.unmet import writers_of
from wiki.domain.lifecycle import Act, Actor, State, is_open_to
from wiki.domain.professions import Impact, Risk
from wiki.models import Claim, Family, PageViews, Publication, Revision, User, actors_of, clock
from wiki.models.lists.conditions import ExistsForEach
from wiki.models.lists.prepared import prepared
from wiki.models.lists.visibility import is_visible
from wiki.models.queries import review_statistics
from wiki.models.revisions import RevisionQuerySet
from wiki.models.users import rights_of
from wiki.models.verdicts import with_signatures
from wiki.policy import own_words, priority, quorum, reviewer_standing
from wiki.policy.eligibility import TodaysModerators, WaitingSubmission
from wiki.policy.interests import conflicts_in
from wiki.policy.needs import CLINICIAN
from wiki.policy.signatures import Signatures, is_on
from wiki.text.compare.diff import Comparison, compare

# Of more waiting submissions only the oldest of each risk are looked at.
MOST: Final = 200
OF_EACH_RISK: Final = 50


@dataclass(frozen=True)
class Waiting:
    """One submission in the queue."""

    revision: Revision
    base: Revision | None
    actors: frozenset[Actor]
    is_new: bool
    must_rebase: bool
    signatures: Signatures
    score: priority.Score
    claim: Claim | None
    can_sign: bool = False
    signs_as: str = ""
    # Missing signatures that no moderator can give today.
    nobody: tuple[str, ...] = ()

    @cached_property
    def change(self) -> Comparison:
        """Return the comparison with the version that it was begun from."""
        return compare(self.base.document if self.base else None, self.revision.document)

    @property
    def places(self) -> str:
        """Return the changed parts of the page, in words: title, names, sections, moves, order."""
        change = self.change
        heads = {"title": change.title, "summary": change.summary} if self.base else {}
        said = [name for name, pieces in heads.items() if any(one.op != "same" for one in pieces)]
        said += change.changed_names if self.base else []
        changed = [one for one in change.blocks if one.change != "same"]
        said += dict.fromkeys(f"“{one.section or 'Opening'}”" for one in changed)
        said += [f"{change.moved} passage{'s' if change.moved > 1 else ''} moved"] if change.moved else []
        said += ["order of the statements"] if "statements" in change.reordered else []
        return ", ".join(said)

    @property
    def size(self) -> int:
        """Return how many words and statements have to be read."""
        return self.change.words_added + self.change.words_removed + 10 * self.statements

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
        """Return the waiting revision that this one builds on."""
        parent = self.revision.parent
        return parent if parent is not None and parent.state == State.SUBMITTED else None

    @property
    def is_amendment(self) -> bool:
        """Return whether a moderator wrote this on top of somebody else's submission."""
        author, beneath = self.revision.author, self.builds_on
        return bool(beneath and author and author.can_review and beneath.author_id != author.pk)

    @property
    def nature(self) -> str:
        """Return the kind of change, in one or two words."""
        if self.revision.takes_over_id is not None:
            return "Merges two pages"
        return "New page" if self.is_new else "Retires the page" if self.retires else "Change"

    @property
    def rests_on(self) -> str:
        """Return the waiting version that it builds on, in words; "" for none."""
        if (beneath := self.builds_on) is None:
            return ""
        does = "Amends" if self.is_amendment else "Builds on"
        return f"{does} version {beneath.number} by {beneath.author_name}"

    @property
    def statements_in_words(self) -> str:
        """Return how many statements it adds, changes or removes, in words."""
        count = self.statements
        return f"{count} statement{'s' if count > 1 else ''}" if count else "no statements"

    @property
    def waits_on(self) -> str:
        """Return what has to happen before it is published."""
        if self.must_rebase:
            return "page moved on, must be rebased"
        return self.signatures.still or "nothing more"

    @property
    def signed_so_far(self) -> str:
        """Return how many of its signatures are given; "" for none, and if it must be rebased."""
        given = len(self.signatures.approvals)
        return f"{given} of {len(self.signatures.needs)} signed" if given and not self.must_rebase else ""

    @property
    def is_own(self) -> bool:
        """Return whether the person is among its authors."""
        return Actor.MODERATOR in self.actors and Actor.REVIEWER not in self.actors

    @property
    def can_decide(self) -> bool:
        """Return whether the person may give a verdict."""
        return is_open_to(Act.REJECT, self.actors, self.revision.state)

    @property
    def specialties(self) -> frozenset[str]:
        """Return the specialties that a missing signature requires."""
        return frozenset(one for need in self.signatures.missing for one in need.specialties)

    @property
    def professions(self) -> frozenset[str]:
        """Return the professions that a missing signature requires; none where every clinician can sign."""
        special = (
            need for need in self.signatures.missing if {*need.professions} != {*CLINICIAN.professions}
        )
        return frozenset(one for need in special for one in need.professions)


def waiting_for(user: User, *, with_signers: bool = True) -> list[Waiting]:
    """Return the waiting submissions as `user` sees them, highest priority first.

    Of more than `MOST` only those are read that have waited longest, of each risk: a longer wait moves a
    submission forward, so what is left comes in its turn. Always the same number of queries; one if nothing
    waits, and one more if many do.
    """
    revisions = _first(Revision.objects.get_queryset(), *rights_of(user))
    if len(revisions) > MOST:
        waiting = Revision.objects.waiting().visible_to(user)
        revisions = list(_with_columns(waiting.filter(pk__in=_front_of(waiting))))
    if not revisions:
        return []
    now = clock.now()
    desk = _QueueData(
        user,
        revisions,
        now,
        TodaysModerators.today(now) if with_signers else TodaysModerators.of_person(user, now),
    )
    rows = desk.with_what_can_be_signed([desk.waiting(one) for one in revisions])
    rows = desk.with_what_nobody_can(rows) if with_signers else rows
    return sorted(rows, key=lambda one: (-one.score.value, one.revision.pk))


@prepared
def _first(
    revisions: RevisionQuerySet, person_id: int, writes: bool, inspects: bool, unredacted: bool
) -> RevisionQuerySet:
    seen = is_visible(revisions, person_id, writes, inspects, unredacted)
    return _with_columns(revisions.waiting().filter(seen))[: MOST + 1]


def _with_columns(waiting: RevisionQuerySet) -> RevisionQuerySet:
    """Load with each waiting submission what its row shows."""
    found = with_signatures(waiting.with_people()).select_related("parent", "claim__person")
    ever = ExistsForEach(Publication.objects.filter(page=OuterRef("page")))
    return found.annotate(is_of_new_page=~ever)


def _front_of(waiting: RevisionQuerySet) -> list[int]:
    """Return the ids of the oldest few of each risk, and of those that are for safety. One query."""
    parts = [waiting.filter(risk=one) for one in ("", *Risk)] + [waiting.filter(impact=Impact.SAFETY)]
    first, *others = (part.values("pk")[:OF_EACH_RISK] for part in parts)
    return list(first.union(*others).values_list("pk", flat=True))


class _QueueData:
    """The data of all rows of the queue, loaded at once."""

    def __init__(
        self, user: User, revisions: list[Revision], now: dt.datetime, bench: TodaysModerators
    ) -> None:
        """Load what is known of some waiting revisions, and what `user` can sign for."""
        self.user, self.now, self.bench = user, now, bench
        self.family = Family.of_branches(revisions)
        self.begun = {one.pk: self.family.begun_from(one) for one in revisions}
        pages = {one.page_id for one in revisions}
        self.bases = Revision.objects.in_bulk([base.pk for base in self.begun.values() if base])
        # Which page each of these versions is of, that another page takes over.
        taken = {one.takes_over_id for one in revisions if one.takes_over_id is not None}
        self.taken = Revision.objects.page_ids(taken)
        self.live = Publication.objects.live_ids({*pages, *self.taken.values()})
        self.readers = PageViews.objects.a_week(pages, timezone.localdate())
        self.records = review_statistics.records_of({one.author_id for one in revisions if one.author_id})
        self.signer = bench.signer(user)
        self.standing = self.signer.standing if self.signer else {}
        changes = [(one, self._base(one)) for one in revisions] if user.can_review else []
        self.own = own_words.stems_of_all(changes, by=[user.pk])

    def _base(self, revision: Revision) -> Revision | None:
        """Return the version that a change was begun from, with its text."""
        begun = self.begun[revision.pk]
        return self.bases[begun.pk] if begun else None

    def waiting(self, revision: Revision) -> Waiting:
        """Return one row of the queue."""
        is_new = bool(getattr(revision, "is_of_new_page"))  # noqa: B009  the query tells it
        return Waiting(
            revision=revision,
            base=self._base(revision),
            actors=frozenset(actors_of(self.user, revision, self.family)),
            is_new=is_new,
            must_rebase=self._has_moved_on(revision),
            signatures=_signatures_of(revision),
            score=priority.score(self._facts(revision, is_new=is_new)),
            claim=self._claim(revision),
        )

    def _claim(self, revision: Revision) -> Claim | None:
        """Return who is looking at it, unless their time is over."""
        claim: Claim | None = getattr(revision, "claim", None)
        return claim if claim and claim.until > self.now else None

    def _has_moved_on(self, revision: Revision) -> bool:
        """Return whether readers see something else now than this was written against."""
        begun, taken = self.begun[revision.pk], revision.takes_over_id
        if taken is not None and self.live.get(self.taken[taken]) != taken:
            return True
        return self.live.get(revision.page_id) != (begun.pk if begun else None)

    def _facts(self, revision: Revision, *, is_new: bool) -> priority.Facts:
        decided, passed = self.records.get(revision.author_id or 0, (0, 0))
        return priority.Facts(
            risk=Risk(revision.risk or Risk.MEDIUM),
            impact=revision.impact,
            touched=tuple(quorum.WHY[one] for one in revision.rules if one in quorum.WHY),
            readers=self.readers.get(revision.page_id, 0),
            is_new=is_new,
            waited=max(self.now - (revision.submitted_at or self.now), dt.timedelta()),
            decided=decided,
            passed=passed,
        )

    def with_what_can_be_signed(self, rows: list[Waiting]) -> list[Waiting]:
        """Return the rows, each with whether the person can sign it without a conflict of interest."""
        open_ = {one.revision.pk: one for one in rows if self._could_sign(one)}
        declared = self.signer.disclosure if self.signer else None
        changes = [(one.revision, one.base) for one in open_.values()]
        barred = conflicts_in(self.user, changes, declared=declared) if declared else {}
        free = {pk for pk in open_ if not barred.get(pk)}
        return [self._signed_by(one, one.revision.pk in free) for one in rows]

    def _signed_by(self, row: Waiting, can_sign: bool) -> Waiting:
        need = row.signatures.would_be(self.standing) if can_sign else None
        return replace(row, can_sign=can_sign, signs_as=need.label.removeprefix("one ") if need else "")

    def with_what_nobody_can(self, rows: list[Waiting]) -> list[Waiting]:
        """Return the rows, each with the signatures that no moderator can give today."""
        asked = [
            WaitingSubmission(one.revision, one.base, one.signatures, writers_of(self.family, one.revision))
            for one in rows
        ]
        left = self.bench.out_of_reach(asked)
        return [replace(one, nobody=tuple(need.label for need in left[one.revision.pk])) for one in rows]

    def _could_sign(self, row: Waiting) -> bool:
        """Return whether the person's signature is missing, without regard to declared interests."""
        if not row.can_decide or row.must_rebase or self.standing["disclosure"] is None:
            return False
        if row.signatures.has_signed(self.user) or row.signatures.why_idle(self.standing):
            return False
        return not self.own[row.revision.pk] and reviewer_standing.is_registered(self.standing)


def _signatures_of(revision: Revision) -> Signatures:
    needs = sorted(revision.requirements.all(), key=lambda need: need.pk)
    return Signatures(needs, [one for one in revision.verdicts.all() if is_on(one, revision)])
