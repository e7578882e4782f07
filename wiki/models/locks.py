"""The locks of acts, and the one order in which they are taken: site, names, pages, chain of a page, rows.

    site    the chain of what concerns no page: sources, roles, drafts discarded
    names   which pages are published, and under which titles
    pages   the rows of pages, those with smaller ids first
    chain   the chain of a page, which its row holds: it comes with the page
    rows    of people, sources, pictures and tasks, without the key by which others refer to them

An act that needs several takes them in this order, so no two acts ever wait for each other in a circle.
While testing and debugging, an act that breaks the order fails at once instead of once in a thousand times.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice
from typing import Final

from django.conf import settings
from django.db import connection, transaction


class Rank(IntEnum):
    """The kinds of lock, in the order in which they are taken."""

    SITE = 1
    NAMES = 2
    PAGE = 3
    ROW = 4


class OutOfOrder(AssertionError):
    """An act took a lock after one that comes later in the order."""


type _Lock = tuple[Rank, int]

# Arbitrary fixed numbers that no other advisory lock of this database uses.
_NAMES_LOCK: Final = 0xCA05, 1
# The same numbers as in `causeway_head_of_chain`.
_SITE_LOCK: Final = 51717, 3


# So many seconds a part of large work holds its locks, about: whoever acts beside it waits that long at most.
HELD_SECONDS: Final = 0.15
# Each part asks some forty questions, however few rows it has: with fewer, large work takes too long.
FEWEST: Final = 8


class _WaitingTime(threading.local):
    """For how many seconds this thread has waited for locks."""

    seconds = 0.0


_waits: Final = _WaitingTime()


@contextmanager
def waiting() -> Iterator[None]:
    """Count the time of a block as waiting for a lock."""
    began = time.perf_counter()
    try:
        yield
    finally:
        _waits.seconds += time.perf_counter() - began


@dataclass
class PartSize:
    """How many rows a part of large work takes, each part being one transaction.

    It begins with the `FEWEST`. Then it is as large as the last part shows to be done in `HELD_SECONDS`, but
    not smaller, and up to `most`.
    """

    most: int
    now: int = field(default_factory=lambda: FEWEST)

    @contextmanager
    def timed(self) -> Iterator[int]:
        """Give the size of the part that the block does, and choose the next by how long the block takes.

        The time in which it waits for locks that others hold is left out: then nobody waits for it.
        """
        size, began, waited = min(self.now, self.most), time.perf_counter(), _waits.seconds
        yield size
        taken = time.perf_counter() - began - (_waits.seconds - waited)
        fitting = int(size * HELD_SECONDS / max(taken, 1e-6))
        self.now = max(FEWEST, min(fitting, 2 * size))


def in_short_parts[Row](rows: Iterable[Row], most: int) -> Iterator[tuple[Row, ...]]:
    """Yield rows in parts of a `PartSize`; what is done with a part is done before the next is asked for."""
    left, size = iter(rows), PartSize(most)
    while True:
        with size.timed() as number:
            if not (part := tuple(islice(left, number))):
                return
            yield part


def lock_site() -> None:
    """Lock the site's chain until the transaction ends, before other locks."""
    note(Rank.SITE)
    with waiting(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _SITE_LOCK)


def lock_names(*, exclusive: bool) -> None:
    """Lock the set of published pages and their titles until the transaction ends.

    A page's stored HTML shows which of its links lead somewhere. Acts that change what can be linked
    to take the lock alone; all others share it, so ordinary approvals on different pages never queue.
    """
    note(Rank.NAMES, 1 if exclusive else 0)
    function = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
    with waiting(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", _NAMES_LOCK)


def note(rank: Rank, number: int = 0) -> None:
    """Record a lock; raise `OutOfOrder` if the act holds a lock that comes later in the order.

    `number` is the id of a page, and 1 for the names held alone: who shares them must not ask for more.
    """
    if not (settings.DEBUG or settings.TESTING) or not connection.in_atomic_block:
        return
    held = _held_by_this_act()
    if (rank, number) in held or (rank is Rank.NAMES and (rank, 1) in held):
        return
    if held and max(held) > (rank, number):
        raise OutOfOrder(f"{_named((rank, number))} is taken after {_named(max(held))}.")
    if rank is Rank.NAMES and (rank, 0) in held:
        raise OutOfOrder("The names are shared by this act, so it cannot have them alone.")
    held.add((rank, number))


def _named(lock: _Lock) -> str:
    rank, number = lock
    return f"page {number}" if rank is Rank.PAGE else f"the lock of the {rank.name.lower()}"


@dataclass(eq=False)
class _Transaction:
    """The locks that the acts of one transaction hold; only a test's own transaction has several acts.

    It lies among what the connection does after the commit, and so is gone when the transaction is over.
    """

    by_act: dict[str | None, set[_Lock]] = field(default_factory=dict)

    def __call__(self) -> None:
        """Do nothing: the locks are gone with the transaction."""


def _held_by_this_act() -> set[_Lock]:
    found = next((one[1] for one in connection.run_on_commit if isinstance(one[1], _Transaction)), None)
    if found is None:
        found = _Transaction()
        transaction.on_commit(found)
    # In a test, the test's own transaction surrounds several acts: locks of earlier acts do not count.
    outside = sum(getattr(one, "_from_testcase", False) for one in connection.atomic_blocks)
    act = connection.savepoint_ids[outside - 1 : outside] if outside else ()
    return found.by_act.setdefault(act[0] if act else None, set())


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let all reads of a block see the database at one moment, whatever is committed meanwhile.

    Within another transaction, as in a test, the block reads as that one does.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
