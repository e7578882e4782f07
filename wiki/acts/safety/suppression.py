"""Suppression: the text of one version hidden, such as a patient’s data. Row and digest stay.

One moderator hides it at once, for now; it is hidden for good when another one confirms that, or shown again.
"""

from django.db import transaction

from wiki.acts.locking import lock_revision
from wiki.acts.reviewing import review
from wiki.audit import log
from wiki.domain.lifecycle import State
from wiki.mail import notices
from wiki.models import Publication, Revision, Suppression, User, clock
from wiki.models.locks import lock_names
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons, reviewer_standing
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused
from wiki.text.repeated_words import repeated

WHY = "Say why, without repeating what is to be hidden; everybody can read the reason."
WHY_SHOWN = "Say why it may be read again, without repeating what somebody wanted hidden."
# What the newest readable versions say is known, and no secret.
_COMPARED = 3
NOT_HIDDEN = "The text of this version is not hidden any more, so there is nothing to decide."


@transaction.atomic
def suppress(revision_id: int, *, by: User, reason: str) -> Publication | None:
    """Hide the text of a version, for now, from all but moderators and administrators; return what is live.

    One that is published is reverted with it: readers get the version before it, or that the page is under
    review. Another moderator confirms that it is hidden for good, or shows it again. Whoever hid it and may
    not stand for that any more is replaced; the text stays hidden meanwhile.
    """
    lock_names(exclusive=True)
    revision = lock_revision(revision_id)
    _refuse_who_may_not("suppress", by, revision)
    reason = reasons.required_words(reason, WHY, longest=reasons.LONGEST_REASON)
    _refuse_unfit(revision)
    _refuse_telling(reason, revision)
    _end_what_nobody_stands_for(revision)
    if live_revision(revision.page) == revision:
        review.unapprove(revision.pk, by=by, reason=reason)
    made = Suppression.objects.create(
        revision=revision, by=by, by_name=str(by), reason=reason, at=clock.now()
    )
    event = log.write("suppress", by=by, revision=revision, at=made.at, reason=made.reason)
    notices.tell(event, [revision.author, *User.objects.moderators()])
    return Publication.objects.live_of(revision.page)


def _refuse_who_may_not(act: str, by: User, revision: Revision) -> None:
    require_moderator(by, "suppresses a text")
    interests.refuse(act, by, [revision])


def _refuse_unfit(revision: Revision) -> None:
    """Refuse what is not read by anybody yet, or waits."""
    if revision.state == State.DRAFT:
        raise Refused("This is a draft: only its author sees it.")
    if revision.state == State.SUBMITTED:
        raise Refused("This version waits for review. Reject it first, then suppress its text.")


def _refuse_telling(reason: str, revision: Revision) -> None:
    """Refuse a reason that repeats what is hidden: it stands in the record for everybody, for good."""
    readable = Publication.objects.readable().on_page(revision.page).exclude(revision=revision)
    others = readable.select_related("revision").order_by("-pk")[:_COMPARED]
    if said := repeated(reason, revision.document, [one.revision.document for one in others]):
        raise Refused(
            f"The reason repeats “{said}”, which only the hidden text says. Everybody can read the reason. "
            "Say why without it."
        )


def _end_what_nobody_stands_for(revision: Revision) -> None:
    """Remove a proposal for which its proposer may not stand any more; refuse a second beside any other."""
    one = Suppression.objects.filter(revision=revision).select_related("by").first()
    if one is None:
        return
    if one.is_confirmed:
        raise Refused("The text of this version is suppressed already.")
    if _stands_for(one, revision):
        raise Refused(
            f"The text of this version is suppressed already, by {one.by_name}. "
            "It is hidden for good once another moderator confirms that."
        )
    one.delete()


def _stands_for(one: Suppression, revision: Revision) -> bool:
    """Return whether its proposer may still do so: an ended right or an interest takes their word away."""
    proposer = one.by
    return (
        proposer is not None
        and proposer.can_review
        and not interests.conflicts_of(proposer, revision, whole=True)
    )


@transaction.atomic
def confirm(revision_id: int, *, by: User) -> Suppression:
    """Hide for good what another moderator hid for now. Nothing undoes this."""
    revision, one = _lock_proposed(revision_id)
    _refuse_who_may_not("confirm_suppression", by, revision)
    if one.by_id == by.pk:
        raise Refused("You hid this text, so another moderator has to confirm that it stays hidden for good.")
    reviewer_standing.refuse_undeclared(by, clock.now())
    if not _stands_for(one, revision):
        raise Refused(
            f"{one.by_name} may not stand for this any more. If the text must stay hidden, "
            "suppress it yourself, and let another moderator confirm it."
        )
    one.confirmed_by, one.confirmed_by_name, one.confirmed_at = by, str(by), clock.now()
    one.save(update_fields=["confirmed_by", "confirmed_by_name", "confirmed_at"])
    event = log.write("confirm_suppression", by=by, revision=revision, at=one.confirmed_at, reason=one.reason)
    notices.tell(event, [one.by, revision.author])
    return one


@transaction.atomic
def show_again(revision_id: int, *, by: User, reason: str) -> None:
    """End a suppression that nobody confirmed: whoever could read the text before can read it again.

    A version that was reverted with it stays reverted: it is sent in again like any other text.
    """
    revision, one = _lock_proposed(revision_id)
    _refuse_who_may_not("show_again", by, revision)
    reason = reasons.required_words(reason, WHY_SHOWN, longest=reasons.LONGEST_REASON)
    _refuse_telling(reason, revision)
    told = [one.by, revision.author]
    one.delete()
    event = log.write("show_again", by=by, revision=revision, reason=reason)
    notices.tell(event, told)


def _lock_proposed(revision_id: int) -> tuple[Revision, Suppression]:
    """Lock the page and return the version with what waits for a second moderator; or refuse."""
    revision = lock_revision(revision_id)
    one = Suppression.objects.filter(revision=revision).select_related("by").first()
    if one is None:
        raise Refused(NOT_HIDDEN)
    if one.is_confirmed:
        raise Refused(f"{one.confirmed_by_name} was first: this text is hidden for good.")
    return revision, one
