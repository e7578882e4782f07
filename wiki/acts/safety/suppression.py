"""Suppression: the text of one version hidden for good, such as a patient’s data. Row and digest stay."""

from django.db import transaction

from wiki.acts.locking import lock_revision
from wiki.acts.reviewing import review
from wiki.audit import log
from wiki.domain.lifecycle import State
from wiki.mail import notices
from wiki.models import Publication, Suppression, User, clock
from wiki.models.locks import lock_names
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused

WHY = "Say why, without repeating what is to be hidden; everybody can read the reason."


@transaction.atomic
def suppress(revision_id: int, *, by: User, reason: str) -> Publication | None:
    """Hide the text of a version from everybody but moderators and administrators; return what is in force.

    One that is in force is taken back with it: readers get the version before it, or that the page is under
    review. Nothing undoes this.
    """
    lock_names(exclusive=True)
    revision = lock_revision(revision_id)
    require_moderator(by, "suppresses a text")
    interests.refuse("suppress", by, [revision])
    if Suppression.objects.filter(revision=revision).exists():
        raise Refused("The text of this version is suppressed already.")
    if revision.state == State.DRAFT:
        raise Refused("This is a draft: only its author sees it.")
    if revision.state == State.SUBMITTED:
        raise Refused("This version waits for review. Reject it first, then suppress its text.")
    reason = reasons.required_words(reason, WHY, longest=reasons.LONGEST_REASON)
    if live_revision(revision.page) == revision:
        review.unapprove(revision.pk, by=by, reason=reason)
    made = Suppression.objects.create(
        revision=revision, by=by, by_name=str(by), reason=reason, at=clock.now()
    )
    event = log.write("suppress", by=by, revision=revision, at=made.at, reason=made.reason)
    notices.tell(event, [revision.author])
    return Publication.objects.live_of(revision.page)
