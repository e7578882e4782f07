"""The counter of page views: in memory, written now and then, nothing about who.

What was counted since the last writing is lost when a process ends; it only weighs in the order of the queue.
"""

import datetime as dt
import logging
import time
from collections import Counter
from threading import Lock
from typing import Any, Final

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from wiki.models import PageViews

# Counts are written once the oldest is this many seconds old, or once there are this many.
OLDEST: Final = 60.0
MOST: Final = 1000

_lock = Lock()
_counts: Counter[tuple[int, dt.date]] = Counter()
_since: list[float] = []


def count(page_id: int) -> None:
    """Count one reading of a page today. Asks the database nothing."""
    with _lock:
        if not _counts:
            _since[:] = [time.monotonic()]
        _counts[page_id, timezone.localdate()] += 1


def write_when_due(**kwargs: Any) -> None:
    """Write the counts if it is time. Called after an answer has been sent, so no reader waits for it."""
    with _lock:
        is_due = bool(_counts) and (len(_counts) >= MOST or time.monotonic() - _since[0] >= OLDEST)
    if is_due:
        write()


def write() -> None:
    """Add what was counted to the tables. A database that fails costs counts, nothing else."""
    counts = forget()
    if not counts:
        return
    try:
        PageViews.objects.add(counts)
    except DatabaseError:
        logging.getLogger(__name__).exception("lost %s counts of readers", sum(counts.values()))
    # The request's own connection went back before this was called; this one follows it.
    if not connection.in_atomic_block:
        close_old_connections()


def forget() -> Counter[tuple[int, dt.date]]:
    """Empty the counts and return what they were."""
    with _lock:
        counts = _counts.copy()
        _counts.clear()
    return counts
