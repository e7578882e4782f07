"""Unmet needs: submissions that wait for a signature which no moderator can give today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task

from wiki.acts.locking import lock_revision
from wiki.audit import log
from wiki.domain.lifecycle import State
from wiki.mail import notices
from wiki.models import Event, Family, Revision, User
from wiki.models.users import REVIEWING_ROLES
from wiki.models.verdicts import with_signatures
from wiki.policy.eligibility import TodaysModerators, WaitingSubmission
from wiki.policy.signatures import Signatures, is_on


@dataclass(frozen=True)
class Unmet:
    """A submission that waits for signatures which no moderator can give today."""

    revision: Revision
    needs: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the needs in words: "one pharmacist or treating specialist"."""
        return " and ".join(self.needs)


def unmet(bench: TodaysModerators | None = None, only: Revision | None = None) -> list[Unmet]:
    """Return the submissions whose missing signatures no moderator can give today, the longest waiting first.

    The number of queries does not grow with what waits.
    """
    waiting = with_signatures(Revision.objects.waiting().with_people())
    revisions = list(waiting.filter(pk=only.pk) if only else waiting)
    if not revisions:
        return []
    left = (bench or TodaysModerators.today()).out_of_reach(_all_asked(revisions))
    return [Unmet(one, tuple(need.label for need in left[one.pk])) for one in revisions if left[one.pk]]


def _all_asked(revisions: Sequence[Revision]) -> list[WaitingSubmission]:
    family = Family.of_branches(revisions)
    begun = {one.pk: family.begun_from(one) for one in revisions}
    bases = Revision.objects.in_bulk([base.pk for base in begun.values() if base])
    of = {pk: bases[base.pk] if base else None for pk, base in begun.items()}
    return [_asked(one, of[one.pk], family) for one in revisions]


def _asked(revision: Revision, before: Revision | None, family: Family) -> WaitingSubmission:
    needs = sorted(revision.requirements.all(), key=lambda need: need.pk)
    signatures = Signatures(needs, [one for one in revision.verdicts.all() if is_on(one, revision)])
    return WaitingSubmission(revision, before, signatures, writers_of(family, revision))


def writers_of(family: Family, revision: Revision) -> set[int]:
    """Return who may not sign a change because they are among its authors."""
    return {one.author_id for one in family.carried(revision) if one.author_id is not None}


def tell(asked: WaitingSubmission, bench: TodaysModerators) -> None:
    """Tell author, moderators and administrators if nobody can sign a submission; its page must be locked.

    Said once of the same needs: the queue and the public waits go on saying it, with its age.
    """
    revision = asked.revision
    left = bench.out_of_reach([asked])[revision.pk]
    if not left or _was_mailed(found := Unmet(revision, tuple(need.label for need in left))):
        return
    needs = list(found.needs)
    event = log.write("unmet", by=None, revision=revision, needs=needs)
    notices.tell(event, [revision.author, *User.objects.moderators()])
    # Administrators may not read submissions; they are told which registration is missing.
    event = log.write("unmet", by=None, page=revision.page, needs=needs)
    notices.tell(event, User.objects.administrators())


def last_told(revision: Revision) -> Unmet | None:
    """Return what `tell` last said of a submission; None if it never had to say anything. One query."""
    told = _needs_told(revision).order_by("-pk").first()
    return Unmet(revision, tuple(told["needs"])) if told else None


def _was_mailed(found: Unmet) -> bool:
    return any(tuple(one["needs"]) == found.needs for one in _needs_told(found.revision))


def _needs_told(revision: Revision) -> "QuerySet[Event, dict[str, Any]]":
    return Event.objects.filter(act="unmet", revision=revision).values_list("data", flat=True)


def tell_of_loss(role: str) -> None:
    """Tell of what waits on nobody because somebody who had `role` can sign less than before.

    It is asked once the act is committed: the pages that wait are locked then, which no act may do so late.
    """
    if role in REVIEWING_ROLES:
        transaction.on_commit(_catch_up_now.enqueue, robust=True)


@task
def _catch_up_now() -> int:
    return catch_up()


def catch_up() -> int:
    """Notify of submissions that nobody can sign any more since a registration expired or somebody left."""
    return sum(_tell_alone(one.revision.pk) for one in unmet() if not _was_mailed(one))


@transaction.atomic
def _tell_alone(revision_id: int) -> bool:
    revision = lock_revision(revision_id)
    asked = _all_asked([revision]) if revision.state == State.SUBMITTED else []
    for one in asked:
        tell(one, TodaysModerators.today())
    return bool(asked)
