"""Replicas: copies of the database that follow it. Which one a view may read from, and the reading itself.

A view is told once where it reads, not each of its queries: for the length of `reading` the connection of
the thread is the replica's, so raw SQL goes there too and no view sees two databases. A replica is read from
only while it is known to show the primary as it was less than two seconds ago.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, close_old_connections, connection, connections

# How far behind a replica that is read from may be, in seconds, and how far apart it is asked.
OLDEST: Final = 2.0
APART: Final = 1.0
# How long a reader waits for what they wrote to arrive.
LONGEST_WAIT: Final = 0.02
# How long a replica that did not answer is left alone.
AWAY: Final = 10.0
# A position that no replica reaches.
NEVER: Final = 2**64
LONG_AGO: Final = float("-inf")

# The flushed position: before the inserted one may lie records that no commit pushes out.
_FLUSHED: Final = "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint"
_APPLIED: Final = "SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint WHERE pg_is_in_recovery()"
# Which database it is. A timeline begins where a replica becomes the primary: the others may have followed
# the old one further, and positions of two timelines are not comparable. A replica that goes over to the new
# one says so from its next checkpoint on, some minutes later; until then the primary answers.
_PRIMARY: Final = """
SELECT concat_ws('/', system_identifier, oid, ('x' || left(pg_walfile_name(flushed), 8))::bit(32)::int)
FROM pg_control_system(), pg_database, pg_current_wal_flush_lsn() AS flushed
WHERE datname = current_database()
"""
_REPLICA: Final = """
SELECT concat_ws('/', system_identifier, oid, greatest(timeline_id, min_recovery_end_timeline))
FROM pg_control_system(), pg_control_checkpoint(), pg_control_recovery(), pg_database
WHERE datname = current_database()
"""


class LockOnReplica(RuntimeError):
    """A view asked a replica for an advisory lock, which would be granted and hold nobody off."""


class _Mark(NamedTuple):
    """Up to where the primary's log held what was committed at a moment of this process."""

    at: float
    flushed: int


@dataclass
class _Known:
    """What this process knows of a replica: its log is applied so far; it shows all that was at a moment."""

    role: str = "unknown"
    applied: int = 0
    shows: float = LONG_AGO
    ask_at: float = LONG_AGO


_known: dict[str, _Known] = {}
_marks: deque[_Mark] = deque(maxlen=4)
_look_at = [LONG_AGO]
_looking, _turns = Lock(), count()


def position() -> int:
    """Return up to where the primary's log holds what is committed; to be asked after the commit."""
    return int(_asked(DEFAULT_DB_ALIAS, _FLUSHED))


def choose(at_least: int = 0) -> str | None:
    """Return a replica that shows the last two seconds and the log up to a position; None for the primary."""
    now, turn = time.monotonic(), next(_turns) % len(settings.REPLICAS)
    in_turn = [*settings.REPLICAS[turn:], *settings.REPLICAS[:turn]]
    fresh = [alias for alias in in_turn if now - _known_of(alias).shows < OLDEST]
    for alias in fresh:
        if _known_of(alias).applied >= at_least:
            return alias
    return fresh[0] if fresh and _reaches(fresh[0], at_least, LONGEST_WAIT) else None


def _known_of(alias: str) -> _Known:
    return _known.setdefault(alias, _Known())


def _asked(alias: str, query: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None


def _reaches(alias: str, at_least: int, seconds: float) -> bool:
    """Return whether a replica has applied the log up to a position, or does so within some time."""
    end = time.monotonic() + seconds
    try:
        while (_known_of(alias).applied < at_least) and not _applies(alias, at_least):
            if time.monotonic() >= end:
                return False
            time.sleep(0.002)
    except DatabaseError:
        distrust(alias)
        return False
    return True


def _applies(alias: str, at_least: int) -> bool:
    _known_of(alias).applied = _asked(alias, _APPLIED) or 0
    return _known_of(alias).applied >= at_least


def distrust(alias: str) -> None:
    """Read from a replica no more until it has answered again."""
    _known[alias] = _Known()


def look(**kwargs: Any) -> None:
    """Ask primary and replicas where they are, if that is due. Called after an answer: no reader waits."""
    if not settings.REPLICAS or time.monotonic() < _look_at[0] or not _looking.acquire(blocking=False):
        return
    try:
        now = time.monotonic()
        _look_at[0] = now + APART
        _marks.append(_Mark(now, position()))
        primary = _asked(DEFAULT_DB_ALIAS, _PRIMARY)
        for alias in settings.REPLICAS:
            if now >= _known_of(alias).ask_at:
                _known[alias] = _as_it_is(alias, primary)
    except DatabaseError:
        pass  # without the primary nothing is known of the replicas, which soon count as behind
    finally:
        _looking.release()
        # The request's connections were released before this was called; release them again.
        if not connection.in_atomic_block:
            close_old_connections()


def _as_it_is(alias: str, primary: str) -> _Known:
    try:
        if (applied := _asked(alias, _APPLIED)) is None:
            return _Known("primary")
        if _asked(alias, _REPLICA) != primary:
            return _Known("replica, not known to follow this primary")
    except DatabaseError as problem:
        logging.getLogger(__name__).warning("%s does not answer: %s", alias, problem)
        return _Known("away", ask_at=time.monotonic() + AWAY)
    if _reaches(alias, _marks[-1].flushed, LONGEST_WAIT):
        applied = _marks[-1].flushed
    shown = [one.at for one in _marks if one.flushed <= applied]
    return _Known("replica", applied, max(shown, default=_known_of(alias).shows))


def report() -> list[dict[str, Any]]:
    """Return the role of each replica, and how many seconds it is behind at most, for monitors."""
    look()
    now, known = time.monotonic(), {alias: _known_of(alias) for alias in settings.REPLICAS}
    behind = {alias: round(now - one.shows, 1) for alias, one in known.items() if one.shows > LONG_AGO}
    return [
        {"name": alias, "role": one.role, "seconds_behind_at_most": behind.get(alias)}
        for alias, one in known.items()
    ]


def forget() -> None:
    """Forget what is known, as if this process had just begun."""
    _known.clear()
    _marks.clear()
    _look_at[:] = [LONG_AGO]


# --- Reading ----------------------------------------------------------------------------------------------

_later: ContextVar[list[Callable[[], object]] | None] = ContextVar("later", default=None)


@contextmanager
def reading(alias: str) -> Iterator[None]:
    """Let whatever asks the database in this thread ask a replica, until the block ends.

    There PostgreSQL refuses what writes and what locks rows.
    """
    primary, replica = connections[DEFAULT_DB_ALIAS], connections[alias]
    later: list[Callable[[], object]] = []
    token = _later.set(later)
    connections[DEFAULT_DB_ALIAS] = replica
    try:
        with replica.execute_wrapper(_refuse_advisory_locks):
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary
        _later.reset(token)
    for write in later:
        write()


def _refuse_advisory_locks(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
    if "advisory" in str(sql):
        raise LockOnReplica(str(sql))
    return execute(sql, *rest)


def after_reading(write: Callable[[], object]) -> None:
    """Write what a view counts: at once, or on the primary once a replica has answered the view."""
    if (later := _later.get()) is None:
        write()
    else:
        later.append(write)


# --- What every reader must see ---------------------------------------------------------------------------


def show_everywhere() -> None:
    """Let this transaction be done only when no reader is shown any more how it was before.

    Its commit waits until each synchronous replica has applied it. After that the act waits for the others,
    at most as long as one that does not follow is still read from.
    """
    if settings.REPLICAS:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = remote_apply")
        if _await_all not in (function for _, function, *_ in connection.run_on_commit):
            connection.on_commit(_await_all, robust=True)


def _await_all() -> None:
    end = time.monotonic() + OLDEST
    here = position()
    reached = [_reaches(alias, here, end - time.monotonic()) for alias in settings.REPLICAS]
    if not all(reached):
        time.sleep(max(0.0, end - time.monotonic()))
