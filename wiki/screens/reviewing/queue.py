"""The queue screen: filters and order. Hidden submissions are counted."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices

from wiki.models import Revision, User
from wiki.screens.reviewing.queue_rows import Waiting, waiting_for


class Show(TextChoices):
    """Which submissions to show."""

    ALL = "", "Everything waiting"
    SIGN = "sign", "What I can sign now"
    CLAIMED = "claimed", "What I have claimed"
    FREE = "free", "What nobody has claimed"
    MINE = "mine", "What I wrote"


class Age(TextChoices):
    """The least time that a submission has waited."""

    ANY = "", "Any time"
    DAYS = "3", "3 days or more"
    WEEK = "7", "A week or more"
    MONTH = "30", "A month or more"


class Order(TextChoices):
    """The order of the queue."""

    RISK = "", "What matters most"
    WAIT = "wait", "Longest wait"
    SIZE = "size", "Smallest first"


@dataclass(frozen=True)
class QueueFilter:
    """Filters and order of the queue. Empty values keep everything."""

    show: str = ""
    kind: str = ""
    specialty: str = ""
    profession: str = ""
    author: str = ""
    age: str = ""
    risk: str = ""
    order: str = ""


@dataclass(frozen=True)
class Queue:
    """All waiting submissions, and those that the filters keep."""

    waiting: Sequence[Waiting]
    rows: Sequence[Waiting]

    @property
    def hidden(self) -> int:
        """Return the number of hidden submissions."""
        return len(self.waiting) - len(self.rows)

    @property
    def to_sign(self) -> int:
        """Return the number of submissions that the person can sign now."""
        return sum(one.can_sign for one in self.waiting)

    @property
    def oldest(self) -> Waiting | None:
        """Return the submission that has waited longest."""
        return min(self.waiting, key=_sent, default=None)

    @property
    def authors(self) -> list[str]:
        """Return the authors of waiting submissions, A to Z."""
        return sorted({one.revision.author_name for one in self.waiting})


ORDERS: Final[dict[str, Callable[[Waiting], tuple[float, int]]]] = {
    Order.RISK: lambda one: (-one.score.value, one.revision.pk),
    Order.WAIT: lambda one: (_sent(one).timestamp(), one.revision.pk),
    Order.SIZE: lambda one: (one.size, one.revision.pk),
}


def queue_of(user: User, *, with_signers: bool = True) -> Queue:
    """Return all that waits, as `user` sees it; `with_signers`, also what of it nobody can sign."""
    waiting = waiting_for(user, with_signers=with_signers)
    return Queue(waiting, waiting)


def narrowed(queue: Queue, wanted: QueueFilter, *, by: User, now: dt.datetime) -> Queue:
    """Return the queue with the filters applied, in the chosen order."""
    rows = [one for one in queue.waiting if _is_wanted(one, wanted, by, now)]
    return Queue(queue.waiting, _page_by_page(sorted(rows, key=ORDERS[wanted.order])))


def _page_by_page(rows: Sequence[Waiting]) -> list[Waiting]:
    """Return the rows grouped by page, each page at the place of its first row."""
    pages: dict[int, list[Waiting]] = {}
    for one in rows:
        pages.setdefault(one.revision.page_id, []).append(one)
    return [one for together in pages.values() for one in together]


def next_in(
    queue: Queue, wanted: QueueFilter, *, by: User, now: dt.datetime, skipped: Collection[int] = ()
) -> Revision | None:
    """Return the next submission that somebody can sign within their filters, or None.

    What another person is looking at is left to them, and what was skipped to later.
    """
    free = (one for one in narrowed(queue, wanted, by=by, now=now).rows if one.can_sign)
    theirs = (one.revision for one in free if one.claim is None or one.claim.person_id == by.pk)
    return next((one for one in theirs if one.pk not in skipped), None)


def _is_wanted(one: Waiting, wanted: QueueFilter, by: User, now: dt.datetime) -> bool:
    revision = one.revision
    return (
        SHOWN[wanted.show](one, by)
        and wanted.kind in ("", revision.kind)
        and (not wanted.specialty or wanted.specialty in one.specialties)
        and (not wanted.profession or wanted.profession in one.professions)
        and wanted.author in ("", revision.author_name)
        and wanted.risk in ("", one.score.risk)
        and (not wanted.age or now - _sent(one) >= dt.timedelta(days=int(wanted.age)))
    )


SHOWN: Final[dict[str, Callable[[Waiting, User], bool]]] = {
    Show.ALL: lambda one, by: True,
    Show.SIGN: lambda one, by: one.can_sign,
    Show.CLAIMED: lambda one, by: one.claim is not None and one.claim.person_id == by.pk,
    Show.FREE: lambda one, by: one.claim is None,
    Show.MINE: lambda one, by: one.is_own or one.revision.author_id == by.pk,
}


def _sent(one: Waiting) -> dt.datetime:
    sent = one.revision.submitted_at
    assert sent is not None  # noqa: S101  what waits was sent in: a constraint holds that
    return sent
