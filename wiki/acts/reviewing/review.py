"""Verdicts on a submission. An approval is a signature on exactly the words that were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from wiki.acts import unmet
from wiki.acts.context import ActContext
from wiki.acts.reviewing import carried_signatures, claims, diff_views, publishing, remarks, second_reads
from wiki.acts.writing import drafts
from wiki.acts.writing.submission import (
    NO_MERGE,
    checked_impact,
    into_queue,
    merged_with_live,
    rebased_from,
    require,
    tell_if_unmet,
    with_halves,
    withdraw,
)
from wiki.audit import chain, log
from wiki.domain.lifecycle import Act, State
from wiki.mail import notices
from wiki.models import (
    Decision,
    Publication,
    Requirement,
    Revision,
    User,
    Verdict,
)
from wiki.models.locks import lock_names
from wiki.models.queries.verdict_openings import opening_data
from wiki.policy import interests, own_words, quorum, reasons, signatures
from wiki.policy.eligibility import TodaysModerators, WaitingSubmission
from wiki.policy.refusal import Conflict, NotReady, Problem, Refused
from wiki.policy.submission_problems import blocking, is_correction

ACTS = {
    Decision.APPROVE: Act.APPROVE,
    Decision.REQUEST_CHANGES: Act.REQUEST_CHANGES,
    Decision.REJECT: Act.REJECT,
    Decision.UNAPPROVE: Act.UNAPPROVE,
}


@dataclass(frozen=True)
class ShownComparison:
    """What the reviewer had on the screen: the digest of the words, and the live revision they were compared
    with.
    """

    digest: str
    compared_with: int | None
    # Of a merge of two pages: the digest of the version that retires the other page.
    retires: str = ""


@transaction.atomic
def approve(
    revision_id: int,
    *,
    by: User,
    shown: ShownComparison,
    checklist: Sequence[dict[str, Any]] = (),
    impact: str | None = None,
    meaning: str = "",
) -> Publication | None:
    """Sign the exact words that were shown; publish them if that was the last signature needed.

    `impact` and `meaning` are what the change means for a patient, as the approver sees it; not given, they
    confirm what was said before. Returns the publication, or None while signatures are still missing. A
    repeat by the same person returns what the first time returned.
    """
    publishing.lock_names_for(revision_id, instead_of=shown.compared_with)
    act = ActContext.lock(revision_id, by=by)
    if _has_signed(act):
        return act.revision.publications.order_by("pk").first()
    act.authorize(Act.APPROVE)
    act.refuse_as_reviewer("approve")
    act.refuse_own_words()
    act.standing.refuse_unregistered()
    _refuse_what_was_not_shown(act, shown)
    diff_views.refuse_unopened(act)
    _refuse_unready(act, checklist)
    act.signatures.refuse_idle(act.standing.as_json())
    said = _impact_given(act, impact, meaning)
    verdict = _sign(act, Decision.APPROVE, checklist=checklist, said=said)
    _ask_for_more(act, verdict)
    if missing := quorum.left_of(act.requirements, act.signatures.counting):
        _tell_of_signature(act, verdict, missing)
        return None
    publication = publishing.publish(act, verdict)
    second_reads.draw(verdict, publication)
    return publication


@transaction.atomic
def finish(revision_id: int, *, by: User, shown: ShownComparison) -> Publication:
    """Publish a revision that has all its signatures. `by` must have signed before.

    A signature that did not count when the last one came may count again: a suspension was lifted, a role
    given back. Nothing publishes by itself then; whoever signed looks at it once more and does. A signature
    stands though its giver's registration has run out since; to publish takes one that holds today.
    """
    publishing.lock_names_for(revision_id, instead_of=shown.compared_with)
    act = ActContext.lock(revision_id, by=by)
    act.authorize(Act.APPROVE)
    mine = next((one for one in act.signatures.counting if one.reviewer_id == act.person.pk), None)
    if mine is None:
        raise Refused("You have not signed this version. Read it and sign it; with that it is published.")
    if act.signatures.missing:
        raise Refused(f"It still needs {act.signatures.still}.")
    act.refuse_as_reviewer("approve")
    act.refuse_own_words()
    act.standing.refuse_unregistered()
    _refuse_what_was_not_shown(act, shown)
    _refuse_unready(act, ())
    claims.drop_claim(act.revision, by=act.person)
    publication = publishing.publish(act, mine)
    second_reads.draw(mine, publication)
    return publication


def _impact_given(act: ActContext, impact: str | None, meaning: str) -> tuple[str, str]:
    """Return the impact that the approver states; if none, the one that was stated before."""
    if impact is None:
        return signatures.impact_so_far(act.revision, act.signatures.approvals)
    said = checked_impact(impact, meaning)
    signatures.refuse_lower_impact(act.signatures.counting, said[0])
    return said


def _ask_for_more(act: ActContext, verdict: Verdict) -> None:
    """Require a second signature where the approver states a higher impact than was stated before."""
    asked = quorum.needs_for_stated_impact(act.revision.rules, verdict.impact, by=verdict.reviewer_name)
    for one in act.halves:
        known = {need.label for need in one.requirements}
        one.requirements += require(one.revision, [need for need in asked if need.label not in known])


def _tell_of_signature(act: ActContext, verdict: Verdict, missing: Sequence[Requirement]) -> None:
    """Log a signature that others have to follow; tell the author, and the specialists who are missing."""
    needs = [need.label for need in missing]
    told: dict[str, Any] = {"at": verdict.decided_at, "needs": needs, **opening_data(act.opening)}
    event = log.write("sign", by=act.person, revision=act.revision, **told)
    writers = unmet.writers_of(act.family, act.revision)
    asked = WaitingSubmission(act.revision, act.live_revision, act.signatures, writers)
    bench = TodaysModerators.today(act.now)
    notices.tell(event, [verdict.revision.author], signers=bench.specialists_for(asked, missing))
    unmet.tell(asked, bench)


def _has_signed(act: ActContext) -> bool:
    """Return whether the person has approved this revision and no later verdict ended that."""
    given = any(one.reviewer_id == act.person.pk and one.decision == Decision.APPROVE for one in act.verdicts)
    return given and act.revision.state in (State.SUBMITTED, State.APPROVED)


def _refuse_what_was_not_shown(act: ActContext, shown: ShownComparison) -> None:
    revision, live = act.revision, act.live_revision
    if (live.pk if live else None) != shown.compared_with:
        raise Refused(
            "Another version went live while you were reading. Look at what this changes now, then decide."
        )
    if revision.digest != shown.digest or revision.document.digest() != shown.digest:
        raise Refused("What you were shown is not what was submitted. Open the review again.")
    if shown.retires != (act.retiring.revision.digest if act.retiring else ""):
        raise Refused("You were not shown both pages that this merges. Open the review again.")
    if act.revision.takes_over_id and act.taken_over is None:
        raise Refused(f"{NO_MERGE} Send it back to its author.")
    if not act.is_up_to_date:
        raise Refused(
            "The page has moved on since this was written. It must be rebased before it can be approved."
        )


def _refuse_unready(act: ActContext, checklist: Sequence[dict[str, Any]]) -> None:
    """Refuse what the checks stop, except problems that the published version has too and the change leaves
    alone.
    """
    if found := [problem for one in act.halves for problem in _stopping(one)]:
        raise NotReady(found)
    for item in checklist:
        if item.get("blocking") and item.get("answer") == "no":
            raise Refused(f"“{item['text']}” is answered No. Ask for changes, or correct the answer.")


def _stopping(act: ActContext) -> list[Problem]:
    revision, live = act.revision, act.live_revision
    before = live.document if live else None
    if found := blocking(revision.document, revision.page_id, before=before):
        corrects = is_correction(act.family.carried(revision))
        found = blocking(revision.document, revision.page_id, before=before, is_correction=corrects)
    return found


def _sign(
    act: ActContext,
    decision: Decision,
    *,
    revision: Revision | None = None,
    reason: str = "",
    checklist: Sequence[dict[str, Any]] = (),
    said: tuple[str, str] = ("", ""),
) -> Verdict:
    """Write a verdict on the revision of the act, or on one that is decided together with it.

    Of a merge of two pages both halves are signed, each with its own digest.
    """
    revision, by = revision or act.revision, act.person
    reasons.refuse_unseen(reason, said[1], *(str(row.get("why", "")) for row in checklist))
    claims.drop_claim(revision, by=by)
    given = {"reason": reason.strip(), "checklist": list(checklist), "impact": said[0], "meaning": said[1]}
    verdict = _verdict_on(act, revision, decision, compared_with=act.live_revision, **given)
    if (half := revision.retiring_half()) is not None:
        twin = _verdict_on(act, half, decision, compared_with=half.parent, **given)
        if act.retiring and act.retiring.revision == half:
            act.retiring.verdicts.append(twin)
    if revision is act.revision:
        act.verdicts.append(verdict)
    return verdict


def _verdict_on(
    act: ActContext, revision: Revision, decision: Decision, *, compared_with: Revision | None, **given: Any
) -> Verdict:
    by = act.person
    verdict = Verdict.objects.create(
        revision=revision,
        author=revision.author,
        reviewer=by,
        reviewer_name=str(by),
        reviewer_profession=act.standing.calling,
        reviewer_role=by.get_role_display(),
        decision=decision,
        decision_label=decision.label,
        digest=revision.digest,
        compared_with=compared_with,
        decided_at=act.now,
        standing=act.standing.as_json(),
        **given,
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
    """Record the decision that this is not to be published. Text and reason are kept."""
    return _turn_down(Decision.REJECT, revision_id, by=by, reason=reason, checklist=checklist)


def _turn_down(
    decision: Decision, revision_id: int, *, by: User, reason: str, checklist: Sequence[dict[str, Any]]
) -> Verdict:
    act = ActContext.lock(revision_id, by=by)
    revision = act.revision
    if decision == Decision.REQUEST_CHANGES:
        reason = remarks.reason_with_open_remarks(revision, reason)
    act.authorize(ACTS[decision], reason=reason)
    act.refuse_as_reviewer(decision.value)
    verdict = _sign(act, decision, reason=reason, checklist=checklist)
    earlier = rebased_from(revision)
    for one in earlier:
        _sign(act, decision, revision=one, reason=reason)
    told: dict[str, Any] = {"by": by, "at": verdict.decided_at, "reason": verdict.reason}
    event = log.write(decision.value, revision=revision, **told, **opening_data(act.opening))
    for one in with_halves([revision, *earlier]):
        one.state = State.CHANGES_REQUESTED if decision == Decision.REQUEST_CHANGES else State.REJECTED
        one.save(update_fields=["state"])
        if one is not revision:
            log.write(decision.value, revision=one, **told)
    builders = revision.children.filter(state=State.SUBMITTED).select_related("author")
    notices.tell(event, [revision.author, *(one.author for one in builders)])
    second_reads.draw(verdict)
    return verdict


@transaction.atomic
def rebase(revision_id: int, *, by: User) -> Revision:
    """Merge a waiting change with the published version; return the merged revision, which waits instead.

    Both parents are on record and the author stays the author. Signatures go on with it where what was
    signed is the same; who signed something else by now is told. When both sides changed the same place
    nothing is written and `Conflict` holds both texts: its author settles it, in a draft.
    """
    act = ActContext.lock(revision_id, by=by)
    revision = act.revision
    act.authorize(Act.REBASE)
    if act.is_up_to_date:
        raise Refused("This was written against what is published; there is nothing to rebase.")
    if revision.carried_by.filter(state=State.SUBMITTED).exists():
        raise Refused("This has been rebased already; review the merged version.")
    if revision.takes_over_id and act.taken_over is None:
        raise Refused(f"{NO_MERGE} Its author can withdraw it and go on with the text.")
    result = merged_with_live(act)
    if not result.clean:
        raise Conflict(result)
    merged = Revision(
        page=revision.page,
        author=revision.author,
        author_name=revision.author_name,
        parent=act.live_revision,
        second_parent=revision,
        takes_over=act.taken_over,
        impact=revision.impact,
        meaning=revision.meaning,
    )
    merged.hold(result.document)
    merged.created_at = merged.saved_at = act.now
    if merged.takes_over is not None and revision.takes_over is not None:
        merged.takes_over.page = revision.takes_over.page
    onto = act.for_revision(merged)
    into_queue(onto, note=revision.note, name="rebase")
    carried_signatures.carry(act, onto)
    tell_if_unmet(onto, onto.signatures)
    return merged


@transaction.atomic
def settle_conflict(revision: Revision, *, by: User) -> Revision:
    """Begin the author's draft in which a waiting change and the published version are merged; return it.

    The waiting revision is withdrawn by that: its text goes on in the draft and nothing is lost. Who signed
    it is told that their signature does not.
    """
    act = ActContext.lock(revision.pk, by=by)
    act.authorize(Act.WITHDRAW)
    carried_signatures.tell_signers(act, carried_signatures.REWRITTEN)
    return drafts.resume(withdraw(revision, by=by, reason="to settle a conflict"), author=by)


@transaction.atomic
def unapprove(revision_id: int, *, by: User, reason: str) -> Publication | None:
    """Take the live revision back; return the version that readers see then, or None if there is none.

    Of a merge of two pages both halves are reverted, whichever was asked for.
    """
    lock_names(exclusive=True)
    act = ActContext.lock(revision_id, by=by)
    stays = act.revision.retired_with
    if stays is None:
        _authorize_reverting(act, reason)
        return publishing.revert(act, reason=reason)
    merge = ActContext.lock(stays.pk, by=by)
    if act.live_revision != act.revision:
        raise Refused(NOT_PUBLISHED)
    if merge.live_revision != merge.revision:
        raise Refused(
            "The page that took this one’s text over has changed since, so the merge cannot be reverted. "
            "Bring this page back instead."
        )
    _authorize_reverting(merge, reason)
    publishing.revert(merge, reason=reason)
    return Publication.objects.live_of(act.page)


NOT_PUBLISHED: Final = "This version is not the published one. Only that one can be reverted."


def _authorize_reverting(act: ActContext, reason: str) -> None:
    """Refuse to revert what the person may not, and sign it."""
    act.authorize(Act.UNAPPROVE, reason=reason)
    if act.live_revision != act.revision:
        raise Refused(NOT_PUBLISHED)
    interests.refuse("unapprove", act.person, [act.revision])
    for one in act.halves:
        before = publishing.version_before(one.revision)
        if before and one.live_revision == one.revision:
            own_words.refuse_own_words(act.person, before.revision, one.revision)
    _sign(act, Decision.UNAPPROVE, reason=reason)
