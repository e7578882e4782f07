"""Verdicts. Approving binds a name to the exact words that were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wiki.acts.locking import lock_revision
from wiki.acts.reviewing import claims, diff_views, publishing, remarks, second_reads
from wiki.acts.writing import drafts
from wiki.acts.writing.submission import (
    into_queue,
    is_up_to_date,
    merged_with_live,
    rebased_from,
    weighed,
    withdraw,
)
from wiki.audit import chain, log
from wiki.domain.lifecycle import Act, State
from wiki.mail import notices
from wiki.models import (
    Decision,
    Family,
    Publication,
    Requirement,
    Revision,
    User,
    Verdict,
    clock,
    publications,
)
from wiki.policy import interests, quorum, reviewer_standing, signatures
from wiki.policy.permissions import authorize, reload
from wiki.policy.refusal import Conflict, NotReady, Refused
from wiki.policy.submission_problems import blocking

ACTS = {
    Decision.APPROVE: Act.APPROVE,
    Decision.REQUEST_CHANGES: Act.REQUEST_CHANGES,
    Decision.REJECT: Act.REJECT,
    Decision.UNAPPROVE: Act.UNAPPROVE,
}


@dataclass(frozen=True)
class Shown:
    """What the reviewer had on the screen: which words, against which live revision."""

    digest: str
    compared_with: int | None


@transaction.atomic
def approve(
    revision_id: int,
    *,
    by: User,
    shown: Shown,
    checklist: Sequence[dict[str, Any]] = (),
    weight: str | None = None,
    meaning: str = "",
) -> Publication | None:
    """Sign the exact words that were shown; publish them if that was the last signature needed.

    `weight` and `meaning` are what the change means for a patient, as the approver sees it; not given, they
    confirm what was said before. Returns the publication, or None while signatures are still missing. A
    repeat by the same person returns what the first time returned.
    """
    revision = lock_revision(revision_id)
    if _has_signed(revision, by):
        return revision.publications.order_by("pk").first()
    family = authorize(Act.APPROVE, revision, by=by)
    reviewer_standing.refuse_undeclared(by, clock.now())
    interests.refuse_conflict(by, revision)
    _refuse_what_was_not_shown(revision, shown, family)
    diff_views.refuse_unopened(revision, by=by, compared_with=shown.compared_with)
    _refuse_unready(revision, checklist)
    signatures.refuse_idle(revision, by=by)
    said = _weighed(revision, weight, meaning)
    against = shown.compared_with
    verdict = _sign(Decision.APPROVE, revision, by=by, compared_with=against, checklist=checklist, said=said)
    if missing := quorum.unmet(revision):
        _tell_of_signature(verdict, missing, by=by)
        return None
    publication = publishing.publish(revision, verdict=verdict, by=by, family=family)
    second_reads.draw(verdict, publication)
    return publication


def _weighed(revision: Revision, weight: str | None, meaning: str) -> tuple[str, str]:
    """Return what the approver says that the change means; what was said before if they say nothing."""
    return signatures.weight_so_far(revision) if weight is None else weighed(weight, meaning)


def _tell_of_signature(verdict: Verdict, missing: Sequence[Requirement], *, by: User) -> None:
    """Log a signature that others have to follow, and tell the author what is still missing."""
    needs = [need.label for need in missing]
    event = log.write("sign", by=by, revision=verdict.revision, at=verdict.decided_at, needs=needs)
    notices.tell(event, [verdict.revision.author])


def _has_signed(revision: Revision, by: User) -> bool:
    """Return whether `by` approved this before and nobody decided otherwise since."""
    standing = revision.state in (State.SUBMITTED, State.APPROVED)
    return standing and revision.verdicts.filter(reviewer=by, decision=Decision.APPROVE).exists()


def _refuse_what_was_not_shown(revision: Revision, shown: Shown, family: Family) -> None:
    live = publications.live_revision(revision.page)
    if (live.pk if live else None) != shown.compared_with:
        raise Refused(
            "Another version went live while you were reading. Look at what this changes now, then decide."
        )
    if revision.digest != shown.digest or revision.document.digest() != shown.digest:
        raise Refused("What you were shown is not what was submitted. Open the review again.")
    if not is_up_to_date(revision, family):
        raise Refused(
            "The page has moved on since this was written. It must be rebased before it can be approved."
        )


def _refuse_unready(revision: Revision, checklist: Sequence[dict[str, Any]]) -> None:
    if found := blocking(revision.document, revision.page_id):
        raise NotReady(found)
    for item in checklist:
        if item.get("blocking") and item.get("answer") == "no":
            raise Refused(f"“{item['text']}” is answered No. Ask for changes, or correct the answer.")


def _sign(
    decision: Decision,
    revision: Revision,
    *,
    by: User,
    compared_with: int | None,
    reason: str = "",
    checklist: Sequence[dict[str, Any]] = (),
    said: tuple[str, str] = ("", ""),
) -> Verdict:
    by, now = reload(by), clock.now()
    claims.let_go(revision, by=by)
    verdict = Verdict.objects.create(
        revision=revision,
        author=revision.author,
        reviewer=by,
        reviewer_name=str(by),
        reviewer_profession=by.calling_on(now.date()),
        reviewer_role=by.get_role_display(),
        decision=decision,
        decision_label=decision.label,
        reason=reason.strip(),
        digest=revision.digest,
        compared_with_id=compared_with,
        checklist=list(checklist),
        decided_at=now,
        standing=reviewer_standing.standing_of(by, now),
        weight=said[0],
        meaning=said[1],
    )
    chain.bind("verdict", verdict, page_id=revision.page_id)
    return verdict


@transaction.atomic
def request_changes(
    revision_id: int, *, by: User, reason: str, checklist: Sequence[dict[str, Any]] = ()
) -> Verdict:
    """Send a submission back to its author with what should change. The text is kept.

    The remarks that are open go with the reason; where there are some, they can be all of it.
    """
    return _turn_down(Decision.REQUEST_CHANGES, revision_id, by=by, reason=reason, checklist=checklist)


@transaction.atomic
def reject(revision_id: int, *, by: User, reason: str, checklist: Sequence[dict[str, Any]] = ()) -> Verdict:
    """Decide that this should not be published. Text and reason are kept."""
    return _turn_down(Decision.REJECT, revision_id, by=by, reason=reason, checklist=checklist)


def _turn_down(
    decision: Decision, revision_id: int, *, by: User, reason: str, checklist: Sequence[dict[str, Any]]
) -> Verdict:
    revision = lock_revision(revision_id)
    if decision == Decision.REQUEST_CHANGES:
        reason = remarks.with_open(revision, reason)
    authorize(ACTS[decision], revision, by=by, reason=reason)
    reviewer_standing.refuse_undeclared(by, clock.now())
    interests.refuse_conflict(by, revision)
    live = publications.live_revision(revision.page)
    verdict = _sign(
        decision,
        revision,
        by=by,
        compared_with=live.pk if live else None,
        reason=reason,
        checklist=checklist,
    )
    for one in (revision, *rebased_from(revision)):
        if one.pk != revision.pk:
            _sign(decision, one, by=by, compared_with=verdict.compared_with_id, reason=reason)
        one.state = State.CHANGES_REQUESTED if decision == Decision.REQUEST_CHANGES else State.REJECTED
        one.save(update_fields=["state"])
    event = log.write(decision.value, by=by, revision=revision, at=verdict.decided_at, reason=verdict.reason)
    builders = revision.children.filter(state=State.SUBMITTED).select_related("author")
    notices.tell(event, [revision.author, *(one.author for one in builders)])
    second_reads.draw(verdict)
    return verdict


@transaction.atomic
def rebase(revision_id: int, *, by: User) -> Revision:
    """Put a waiting change onto what is in force now; return the merged revision, which waits instead.

    Both parents are on record and the author stays the author. When both sides changed the same place
    nothing is written and `Conflict` holds both texts: its author settles it, in a draft.
    """
    revision = lock_revision(revision_id)
    family = authorize(Act.REBASE, revision, by=by)
    if is_up_to_date(revision, family):
        raise Refused("This was written against what is in force; there is nothing to rebase.")
    if revision.carried_by.filter(state=State.SUBMITTED).exists():
        raise Refused("This has been rebased already; review the merged version.")
    result = merged_with_live(revision, family)
    if not result.clean:
        raise Conflict(result)
    merged = Revision(
        page=revision.page,
        author=revision.author,
        author_name=revision.author_name,
        origin=revision.origin,
        parent=publications.live_revision(revision.page),
        second_parent=revision,
        weight=revision.weight,
        meaning=revision.meaning,
    )
    merged.hold(result.document)
    merged.created_at = merged.saved_at = clock.now()
    return into_queue(merged, by=by, note=revision.note, act="rebase")


@transaction.atomic
def settle_conflict(revision: Revision, *, by: User) -> Revision:
    """Begin the author's draft in which a waiting change meets what is in force; return it.

    The waiting revision is withdrawn by that: its text goes on in the draft and nothing is lost.
    """
    return drafts.resume(withdraw(revision, by=by, reason="to settle a conflict"), author=by)


@transaction.atomic
def unapprove(revision_id: int, *, by: User, reason: str) -> Publication | None:
    """Take the live revision back; return what readers see instead, or None when that is nothing."""
    revision = lock_revision(revision_id)
    authorize(Act.UNAPPROVE, revision, by=by, reason=reason)
    live = publications.live_revision(revision.page)
    if live is None or live.pk != revision.pk:
        raise Refused("This version is not the one in force. Only that one can be taken back.")
    _sign(Decision.UNAPPROVE, revision, by=by, compared_with=live.pk, reason=reason)
    return publishing.take_back(revision, by=by, reason=reason)
