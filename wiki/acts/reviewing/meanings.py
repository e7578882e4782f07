"""Withdrawing what an approver wrote for readers about the meaning of a change."""

from django.db import transaction

from wiki.acts.locking import lock_revision
from wiki.audit import log
from wiki.mail import notices
from wiki.models import MeaningWithdrawal, Publication, User, clock
from wiki.policy import interests, reasons
from wiki.policy.permissions import require_moderator
from wiki.policy.refusal import Refused

WHY = "Say why readers should not be told this; everybody can read the reason."


@transaction.atomic
def withdraw_meaning(revision_id: int, *, by: User, reason: str) -> MeaningWithdrawal:
    """Stop showing readers the sentence in which an approver said what a change means for a patient.

    The sentence stays in the record of what was signed. What the change itself says is not touched.
    """
    revision = lock_revision(revision_id)
    person = require_moderator(by, "withdraws what a change means")
    interests.refuse("withdraw_meaning", person, [revision])
    shown = Publication.objects.last_of(revision)
    verdict = shown.verdict if shown else None
    if verdict is None or not verdict.meaning:
        raise Refused("Nobody who approved this version wrote for readers what it means.")
    if hasattr(verdict, "meaning_withdrawal"):
        raise Refused("What this version means was withdrawn already.")
    reason = reasons.required_words(reason, WHY, longest=reasons.LONGEST_REASON)
    made = MeaningWithdrawal.objects.create(
        verdict=verdict, by=person, by_name=str(person), reason=reason, at=clock.now()
    )
    event = log.write("withdraw_meaning", by=person, revision=revision, at=made.at, reason=made.reason)
    notices.tell(event, [verdict.reviewer, revision.author])
    return made
