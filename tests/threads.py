"""Threads beside a test, each with a connection of its own that stays open from test to test.

PostgreSQL begins a connection without plans and compiled triggers, which cost more than most acts.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

SECONDS = 30


@contextmanager
def kept_threads(count: int) -> Iterator[list[ThreadPoolExecutor]]:
    """Yield so many threads, for the tests of a module."""
    threads = [ThreadPoolExecutor(1) for _ in range(count)]
    yield threads
    for one in threads:
        one.submit(lambda: connection.close()).result(SECONDS)  # that of the thread, not of who asks
        one.shutdown()
