"""Choosing which specialties also sign for treatment."""

from collections.abc import Collection

from django.db import transaction

from wiki.audit import log
from wiki.models import User
from wiki.models.locks import lock_site
from wiki.policy import reasons, signing_choices
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused


@transaction.atomic
def choose_treating(specialties: Collection[str], *, by: User, reason: str) -> None:
    """Let these specialties, beside the fixed ones, sign for treatment from now on.

    What waits keeps the signatures that it was sent in with.
    """
    lock_site()
    if not reload(by).can_administer:
        raise Refused("Only an administrator chooses who signs for treatment.")
    reason = reasons.required_reason(reason, who_reads=reasons.HISTORY)
    if not {*specialties} <= {*signing_choices.choosable()}:
        raise Refused("There is no such specialty, or it counts already.")
    before, after = sorted(signing_choices.also_treating()), sorted({*specialties})
    if before == after:
        raise Refused("That is so already.")
    log.write(signing_choices.ACT, by=by, before=before, after=after, reason=reason)
