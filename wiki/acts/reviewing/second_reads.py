"""Second reads: a random share of verdicts is judged again by somebody who does not know the first
decision.
"""

from collections.abc import Iterable, Sequence
from secrets import SystemRandom
from typing import Any

from django.conf import settings
from django.db import transaction

from wiki.acts.locking import lock_revision
from wiki.acts.upkeep import tasks
from wiki.audit import log
from wiki.domain.agreement import Agreement, agreement
from wiki.domain.kinds import KINDS
from wiki.mail import notices
from wiki.models import (
    Cause,
    Decision,
    Family,
    Opening,
    Publication,
    Revision,
    SecondRead,
    User,
    Verdict,
    clock,
)
from wiki.policy import interests, own_words, quorum, reasons, reviewer_standing
from wiki.policy.permissions import require_moderator
from wiki.policy.quorum import Need
from wiki.policy.refusal import Refused
from wiki.policy.reviewer_standing import ReviewerStanding

NOT_TRAINED = "This change needed {need}, so somebody with that training reads it again."
NOT_YOURS = "You took part in this already, or have seen what was decided, so somebody else has to read it."
DECISIONS = (Decision.APPROVE, Decision.REQUEST_CHANGES, Decision.REJECT)


def draw(verdict: Verdict, publication: Publication | None = None) -> SecondRead | None:
    """Decide at random whether a new verdict gets a second read. The revision's page must be locked.

    What was turned down is drawn like what was approved: a second reader who knew that only approvals are
    drawn would not be blind.
    """
    revision = verdict.revision
    if SystemRandom().random() >= settings.SECOND_READS:
        return None
    return SecondRead.objects.create(
        revision=revision,
        publication=publication,
        verdict=verdict,
        kind=revision.kind,
        drawn_at=verdict.decided_at,
    )


def record_opened_decision(revision: Revision, *, by: User) -> None:
    """Record that somebody has what was decided before them, where a second reader is to judge blind."""
    if SecondRead.objects.undecided().filter(revision=revision).exists():
        Opening.objects.open(revision, by, revision)


def waiting_for(person: User) -> list[SecondRead]:
    """Return the second reads that a person may do, oldest first. The number of queries is constant."""
    if not person.can_review:
        return []
    waiting = SecondRead.objects.undecided().unknown_to(person)
    found = list(waiting.declared_by(person).with_texts().with_needs())
    if not found:
        return []
    trained = ReviewerStanding(person, clock.now()).credentials
    standing = reviewer_standing.standing_as_json(person, trained, None)
    found = [one for one in found if not _lacked_by(standing, one)]
    return _not_written_by(person, found)


def _lacked_by(standing: dict[str, Any], one: SecondRead) -> str:
    """Return the training that the change needed and somebody has none of; "" if none. Needs `with_needs`."""
    needs = [need for need in (_need(**each) for each in one.needs) if not need.is_anybodys]
    return "" if not needs or any(quorum.meets(need, standing) for need in needs) else needs[0].label


def _need(*, label: str, professions: list[str], specialties: list[str], role: str) -> Need:
    return Need(label, tuple(professions), tuple(specialties), role=role)


def _not_written_by(person: User, reads: Sequence[SecondRead]) -> list[SecondRead]:
    """Return those of what a person did not write, nor what it brought in, whatever became of it since."""
    revisions = [one.revision for one in reads]
    waiting, published = Family.of_branches(revisions), Family.of_versions(revisions)
    return [
        one
        for one in reads
        if all(
            person.pk != each.author_id
            for each in (*waiting.carried(one.revision), *published.writers_of(one.revision))
        )
    ]


@transaction.atomic
def decide(second_read_id: int, *, by: User, decision: str, reason: str = "") -> SecondRead:
    """Store the decision of a second reader. It publishes nothing and takes nothing back.

    Where the two disagree moderators are told, and of what readers got the page needs re-review.
    """
    revision = lock_revision(SecondRead.objects.values_list("revision_id", flat=True).get(pk=second_read_id))
    one = SecondRead.objects.select_related("verdict").with_needs().get(pk=second_read_id)
    one.revision = revision
    refuse(one, by=by)
    if decision != Decision.APPROVE:
        reasons.required_reason(reason, who_reads=reasons.JUDGES)
    reasons.refuse_unseen(reason)
    one.reader, one.reader_name = by, str(by)
    one.decision, one.reason, one.decided_at = Decision(decision), reason.strip(), clock.now()
    one.save(update_fields=["reader", "reader_name", "decision", "reason", "decided_at"])
    _tell(one, by=by)
    return one


def refuse(one: SecondRead, *, by: User) -> None:
    """Raise `Refused` if the person may not do this second read, or somebody has done it already.

    Needs `with_needs`.
    """
    person = require_moderator(by, "may review")
    if one.decided_at is not None:
        raise Refused("Somebody else has read this meanwhile. Nothing was changed by you.")
    standing = ReviewerStanding(person, clock.now())
    standing.refuse_undeclared()
    is_known = not SecondRead.objects.unknown_to(person).filter(pk=one.pk).exists()
    if is_known or not _not_written_by(person, [one]):
        raise Refused(NOT_YOURS)
    interests.refuse("second_read", person, [one.revision])
    own_words.refuse_own_words(person, one.revision, one.verdict.compared_with)
    if need := _lacked_by(standing.as_json(), one):
        raise Refused(NOT_TRAINED.format(need=need))


def _tell(one: SecondRead, *, by: User) -> None:
    agrees = one.agrees
    event = log.write(
        "second_read",
        by=by,
        revision=one.revision,
        at=one.decided_at,
        decision=one.decision,
        agrees=agrees,
        reason=one.reason,
    )
    if agrees:
        return
    if one.publication_id is None:
        notices.tell_moderators(event)
        return
    tasks.open_task(
        Cause.SECOND_READ,
        one.revision.page,
        ref=f"second-read:{one.pk}",
        by=by,
        revision=one.revision_id,
        first=one.verdict.decision_label,
        second=Decision(one.decision).label,
        reason=one.reason,
    )


def agreement_by_kind() -> list[tuple[str, Agreement]]:
    """Return how far first and second readers agree: over all kinds, and for each kind of page."""
    rows = SecondRead.objects.pairs()
    kinds = [kind for kind in KINDS.values() if any(row[0] == kind.value for row in rows)]
    return [
        ("All kinds", _agreement(rows)),
        *((kind.label, _agreement(row for row in rows if row[0] == kind.value)) for kind in kinds),
    ]


def _agreement(rows: Iterable[tuple[str, str, str]]) -> Agreement:
    return agreement([(first, second) for _, first, second in rows])
