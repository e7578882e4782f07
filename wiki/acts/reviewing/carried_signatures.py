"""Signatures and a rebase: which are carried to the merged version, and who is told that theirs fell."""

from wiki.acts.context import ActContext
from wiki.acts.writing.submission import require
from wiki.audit import chain, log
from wiki.mail import notices
from wiki.models import Revision, Verdict
from wiki.policy import interests, own_words, quorum
from wiki.text.changes.same_change import SignedChange, why_different

REWRITTEN = "its author is merging it with what readers see now"


def carry(act: ActContext, merged: ActContext) -> None:
    """Carry the signatures on a waiting revision to the one that it was rebased into, or say why they fell.

    A signature is carried where the change and what stands around it are those that were signed, on both
    pages of a merge, and where its giver could give it today: it is on none of their own words, and near no
    interest that they declared. In doubt it falls. What a signer raised stays asked for either way.
    """
    given = act.signatures.approvals
    changed = _why_different(act, merged) if given else ""
    for verdict in given:
        _ask_as_before(verdict, merged)
        why = changed or _why_not_theirs(verdict, merged) or act.signatures.why_void(verdict)
        if why:
            _tell(verdict, merged.revision, why, act)
            continue
        _carry(verdict, merged, act)


def tell_signers(act: ActContext, why: str) -> None:
    """Tell all who signed a waiting revision why their signatures do not count for what comes of its text."""
    for verdict in act.signatures.approvals:
        _tell(verdict, act.revision, why, act)


def _why_different(act: ActContext, merged: ActContext) -> str:
    for was, now in zip(act.halves, merged.halves, strict=True):
        begun, live = was.family.begun_from(was.revision), now.live_revision
        if begun is None:
            return "it was written when readers saw nothing of the page, and they see a version of it now"
        if live is None:
            return "readers see nothing of the page any more"
        base = Revision.objects.get(pk=begun.pk).document
        signed = SignedChange(base, was.revision.document)
        if why := why_different(signed, SignedChange(live.document, now.revision.document)):
            return why
        if was.revision.retired_with_id is not None and base != live.document:
            return "the page that it takes over has changed"
    return ""


def _why_not_theirs(verdict: Verdict, merged: ActContext) -> str:
    """Return what keeps whoever gave a signature from giving it to the merged version."""
    person = verdict.reviewer
    if person is None:
        return ""
    if not person.can_review:
        return "you may not review at present"
    if any(own_words.stems_of(one.revision, one.live_revision, by=[person.pk]) for one in merged.halves):
        return "readers would get words of yours with it"
    if person.pk in {one.author_id for one in merged.family.carried(merged.revision)}:
        return "you are among its authors"
    return "it touches an interest of yours" if interests.conflicts_of(person, merged.revision) else ""


def _ask_as_before(verdict: Verdict, merged: ActContext) -> None:
    """Ask for the signatures that a signer's word of what the change means had asked for."""
    asked = quorum.needs_for_stated_impact(merged.revision.rules, verdict.impact, by=verdict.reviewer_name)
    for one in merged.halves:
        known = {need.label for need in one.requirements}
        one.requirements += require(one.revision, [need for need in asked if need.label not in known])


def _carry(verdict: Verdict, merged: ActContext, act: ActContext) -> None:
    for was, now in zip(act.halves, merged.halves, strict=True):
        first = next(one for one in was.verdicts if _is_same(one, verdict))
        carried = Verdict(
            **{field.attname: getattr(first, field.attname) for field in Verdict._meta.concrete_fields}
        )
        carried.pk = None
        carried.revision, carried.digest = now.revision, now.revision.digest
        carried.author, carried.compared_with = now.revision.author, now.live_revision
        carried.carried_from = first
        carried.save(force_insert=True)
        chain.bind("verdict", carried, page_id=now.revision.page_id)
        log.write(
            "carry_signature",
            by=act.person,
            revision=now.revision,
            person=first.reviewer,
            signed=first.digest,
            carried_to=carried.digest,
            note=f"Signed on version {was.revision.number}; what was signed is the same in this one.",
        )


def _is_same(one: Verdict, other: Verdict) -> bool:
    return (one.reviewer_id, one.decision) == (other.reviewer_id, other.decision)


def _tell(verdict: Verdict, revision: Revision, why: str, act: ActContext) -> None:
    reason = f"{why[0].upper()}{why[1:]}."
    event = log.write(
        "signature_fell", by=act.person, revision=revision, person=verdict.reviewer, reason=reason
    )
    notices.tell(event, [verdict.reviewer])
