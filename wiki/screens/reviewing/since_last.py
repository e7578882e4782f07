"""The earlier version of a submission that a reviewer judged or opened last."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from wiki.models import Family, Opening, Revision, User, Verdict


@dataclass(frozen=True)
class LastSeen:
    """An earlier version that a person judged or opened, and when."""

    revision: Revision
    at: dt.datetime
    judged_as: str = ""


# So many versions are looked back.
MOST: Final = 200


def last_seen_by(revision: Revision, *, by: User) -> LastSeen | None:
    """Return the ancestor of `revision` that `by` judged last, else opened last."""
    tree = Family.back_to(revision, (revision.number or 0) - MOST)
    earlier = tree.ancestry(revision) - {revision.pk}
    judged = Verdict.objects.filter(reviewer=by, revision__in=earlier).select_related("revision")
    if verdict := judged.order_by("decided_at", "pk").last():
        return LastSeen(verdict.revision, verdict.decided_at, verdict.decision_label)
    opened = Opening.objects.filter(person=by, revision__in=earlier).select_related("revision")
    opening = opened.order_by("opened_at", "pk").last()
    return LastSeen(opening.revision, opening.opened_at) if opening else None
