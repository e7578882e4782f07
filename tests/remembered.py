"""Rows that tests begin with: written once by the acts themselves, then copied back in.

A published page costs 150 queries. The first test that asks for one pays for them; what the database then
holds is kept, and the next test finds the same rows, with the same ids, after a few COPY. Nothing is shared
between tests: each begins with an empty wiki, and what it asks for is put there in its own transaction.

    @remembered
    def waiting(published, clinician):
        return cast.propose_change(published, clinician)

is a fixture. What it returns is pickled, so it returns rows, not what acts on them; and it does nothing that
the database does not hold. What a fixture finds decides what it makes: it is remembered for each state of the
database that it was asked in, as far as that state is one that is remembered too.
"""

import datetime as dt
import inspect
import pickle
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg import errors, sql

# What migrations leave behind; every test finds it, so it is neither kept nor emptied.
LEFT_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}
READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|SET|EXPLAIN)\b", re.IGNORECASE)


def around_tests() -> transaction.Atomic:
    """Return a block for many tests or acts: in it, each act counts as a transaction of its own."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # Django’s own mark
    return block


type State = tuple[Hashable, ...]
EMPTY: State = ()


@dataclass(frozen=True)
class StoredRows:
    """What a builder returned, and all rows that there were afterwards."""

    returned: bytes = b""
    rows: Mapping[str, bytes] = field(default_factory=dict)


_stored: dict[State, StoredRows] = {EMPTY: StoredRows()}


class _Database:
    """The recorded state of the database of the running test."""

    def __init__(self) -> None:
        self.state: State | None = None

    def watch(self, execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        """Forget the recorded state when code outside this module writes."""
        if self.state is not None and not READS.match(str(statement)):
            self.state = None
        return execute(statement, params, many, context)


_database = _Database()


def forget() -> None:
    """Forget all rows, for a newly created database, whose sequences begin again."""
    _stored.clear()
    _stored[EMPTY] = StoredRows()
    _database.state = None


@contextmanager
def watched() -> Iterator[None]:
    """Record the rows of the database, beginning with an empty one, while only this module writes."""
    _database.state = None if _filled() else EMPTY
    with connection.execute_wrapper(_database.watch):
        yield
    _database.state = None


def remembered(function: Callable[..., Any]) -> Any:
    """Make a fixture of a function that writes rows and returns them."""

    def fixture(**arguments: Any) -> Any:
        return remember(f"{function.__module__}.{function.__qualname__}", lambda: function(**arguments))

    fixture.__doc__ = function.__doc__
    fixture.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]  # the fixtures it asks for
    return pytest.fixture(fixture, name=function.__name__)


def remember[Made](key: Hashable, build: Callable[[], Made]) -> Made:
    """Return the result of `build`; only the first test runs it, later ones copy its rows."""
    if (before := _database.state) is None:
        return build()
    # What is done on commit is done only where a test commits; settings and the day may decide what is done.
    circumstances = (connection.in_atomic_block, _overridden(), dt.datetime.now(dt.UTC).date())
    after = (*before, (key, circumstances))
    if (kept := _stored.get(after)) is None:
        returned = pickle.dumps(build())
        # What the database does at the end of a transaction is part of what it then holds.
        connection.check_constraints()
        kept = _stored[after] = StoredRows(returned, {table: _copied_out(table) for table in _filled()})
    else:
        _put_back(kept.rows, _stored[before].rows)
    _database.state = after
    made: Made = pickle.loads(kept.returned)  # noqa: S301  our own, a moment ago
    return made


def empty() -> None:
    """Delete every row except those of migrations, after all open writes have ended.

    Unlike TRUNCATE this waits for nobody who only reads, and makes no new files for tables that are empty.
    """
    for last in (False, False, True):
        try:
            _empty()
            break
        except OperationalError as error:
            # A request that a browser left behind locks in another order: PostgreSQL then stops one of us.
            if last or not isinstance(error.__cause__, errors.DeadlockDetected):
                raise


def _empty() -> None:
    with _no_trigger_fires(), connection.cursor() as cursor:
        tables = ", ".join(f'"{table}"' for table in _tables())
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        if filled := [*_filled(), *_in_parts()]:
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in filled))


def _in_parts() -> list[str]:
    """Return the partitioned tables, whose rows are not remembered."""
    query = "SELECT relname FROM pg_class WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [name for (name,) in cursor]


def _overridden() -> str:
    """Return the settings that differ in this test."""
    holder: Any = vars(settings)["_wrapped"]
    found: dict[str, Any] = {}
    while hasattr(holder, "default_settings"):
        found = {name: value for name, value in vars(holder).items() if name.isupper()} | found
        holder = holder.default_settings
    return repr(sorted(found.items()))


def _copied_out(table: str) -> bytes:
    with _raw_cursor() as cursor, cursor.copy(_copy(table, "TO STDOUT")) as copy:
        return b"".join(copy)


def _put_back(rows: Mapping[str, bytes], there: Mapping[str, bytes]) -> None:
    differing = [table for table in {**rows, **there} if rows.get(table) != there.get(table)]
    with _no_trigger_fires(), _raw_cursor() as cursor:
        for table in differing:
            if table in there:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            with cursor.copy(_copy(table, "FROM STDIN")) as copy:
                copy.write(rows.get(table, b""))


def _copy(table: str, where: str) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, _tables()[table]))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), columns, sql.SQL(where))


def _filled() -> list[str]:
    """Return the tables that hold a row."""
    tables = [*_tables()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT FROM "{table}")' for table in tables))
        return [table for table, there in zip(tables, cursor.fetchone(), strict=True) if there]


@cache
def _tables() -> dict[str, list[str]]:
    """Return the columns of each table that people fill; the database computes the others itself."""
    query = """
        SELECT relname, array_agg(attname::text ORDER BY attnum) FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relispartition
        GROUP BY relname ORDER BY relname
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: columns for name, columns in cursor if name not in LEFT_BY_MIGRATIONS}


@contextmanager
def _no_trigger_fires() -> Iterator[None]:
    """Switch triggers off as on a replica: the rows were checked when they were first written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def _raw_cursor() -> Any:
    connection.ensure_connection()
    return connection.connection.cursor()
