"""What an act or a view costs: queries, buffers and rows as PostgreSQL counts them, time, and rows locked."""

import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

LOCKS: Final = re.compile(r"FOR (NO KEY )?UPDATE|causeway_head_of_chain|^\s*(UPDATE|DELETE)", re.IGNORECASE)
HOLDS: Final = re.compile(LOCKS.pattern + "|pg_advisory_xact_lock", re.IGNORECASE)
# Blocks that this connection read or found in memory; rows that scans gave it; rows that it wrote anew.
COUNTERS: Final = """
    SELECT
        (SELECT sum(hits + reads) FROM pg_stat_get_backend_io(pg_backend_pid()) WHERE object = 'relation'),
        (SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables),
        (SELECT sum(n_tup_upd + n_tup_del) FROM pg_stat_user_tables)
"""


@dataclass(frozen=True)
class Cost:
    """What one act or view cost."""

    queries: int
    buffers: int
    rows: int
    processor: float
    locked: int
    held: float


class _Statements:
    """Counts statements, the rows that they lock, and how long the first lock of a transaction is held."""

    def __init__(self) -> None:
        self.queries = self.locked = 0
        self.held = 0.0
        self._since: float | None = None

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.queries += 1
        words = sql if isinstance(sql, str) else sql.as_string(None)
        found = execute(sql, params, many, context)
        if self._since is None and HOLDS.search(words) and connection.in_atomic_block:
            # From here on: until then it may have waited for others.
            self._since = time.perf_counter()
            transaction.on_commit(self._let_go)
        if LOCKS.search(words) and words.lstrip().upper().startswith("SELECT"):
            self.locked += max(context["cursor"].rowcount, 0)
        return found

    def _let_go(self) -> None:
        assert self._since is not None
        self.held, self._since = max(self.held, time.perf_counter() - self._since), None


def cost_of(act: Callable[[], object]) -> Cost:
    """Return what an act costs; what asking for it costs is taken off."""
    # The first time, asking costs more: what it asks of is looked up.
    _measured(lambda: None)
    nothing, found = _measured(lambda: None), _measured(act)
    return Cost(
        found.queries,
        max(found.buffers - nothing.buffers, 0),
        max(found.rows - nothing.rows, 0),
        found.processor,
        found.locked,
        found.held,
    )


def longest_lock(act: Callable[[], object]) -> float:
    """Return for how many milliseconds a transaction of an act held its first lock, at most."""
    statements = _Statements()
    with connection.execute_wrapper(statements):
        act()
    return statements.held * 1000


def _measured(act: Callable[[], object]) -> Cost:
    statements = _Statements()
    before = _counters()
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(statements))
        begin = time.process_time()
        act()
        processor = time.process_time() - begin
    buffers, rows, written = (after - was for was, after in zip(before, _counters(), strict=True))
    return Cost(
        statements.queries,
        buffers,
        rows,
        processor * 1000,
        statements.locked + written,
        statements.held * 1000,
    )


def _counters() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(COUNTERS)
        return tuple(int(one or 0) for one in cursor.fetchone())
