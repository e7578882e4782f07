"""The counter of page views: in memory, written at intervals, without data about visitors.

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
    """Count one view of a page today, without a query."""
    with _lock:
        if not _counts:
            _since[:] = [time.monotonic()]
        _counts[page_id, timezone.localdate()] += 1


def is_due() -> bool:
    """Return whether it is time to write the counts."""
    return bool(_counts) and (len(_counts) >= MOST or time.monotonic() - _since[0] >= OLDEST)


def write_when_due(**kwargs: Any) -> None:
    """Write the counts if it is time. Called after a response has been sent, so that no reader waits."""
    with _lock:
        is_now = is_due()
    if is_now:
        write()


def write() -> None:
    """Add the counts to the table. A failing database loses counts and nothing else."""
    counts = forget()
    if not counts:
        return
    try:
        PageViews.objects.add(counts)
    except DatabaseError:
        logging.getLogger(__name__).exception("lost %s counts of readers", sum(counts.values()))
    # The request's connection was released before this was called; release this one too.
    if not connection.in_atomic_block:
        close_old_connections()


def forget() -> Counter[tuple[int, dt.date]]:
    """Empty the counts and return them."""
    with _lock:
        counts = _counts.copy()
        _counts.clear()
    return counts
