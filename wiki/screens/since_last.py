"""What changed since a reviewer last judged or looked."""

import datetime as dt
from dataclasses import dataclass

from wiki.models import Family, Opening, Revision, User, Verdict


@dataclass(frozen=True)
class LastSeen:
    """An earlier version that one person knows: when they judged it, or when they opened it."""

    revision: Revision
    at: dt.datetime
    judged_as: str = ""


def seen_before(revision: Revision, *, by: User, family: Family) -> LastSeen | None:
    """Return what `by` judged last, else opened last, of what `revision` was made from."""
    earlier = family.ancestry(revision) - {revision.pk}
    judged = Verdict.objects.filter(reviewer=by, revision__in=earlier).select_related("revision")
    if verdict := judged.order_by("decided_at", "pk").last():
        return LastSeen(verdict.revision, verdict.decided_at, verdict.decision_label)
    opened = Opening.objects.filter(person=by, revision__in=earlier).select_related("revision")
    opening = opened.order_by("opened_at", "pk").last()
    return LastSeen(opening.revision, opening.opened_at) if opening else None
