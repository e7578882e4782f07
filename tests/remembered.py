"""Rows that tests begin with: written once by the acts themselves, then copied back in.

A published page costs some 70 queries. The first test that asks for one pays for them; what the database then
holds is kept, and the next test finds the same rows, with the same ids, after a few INSERT. Nothing is shared
between tests: each begins with an empty wiki, and what it asks for is put there in its own transaction. All
tables are filled by one message to PostgreSQL: a COPY for each took three times as long.

    @remembered
    def waiting(published, clinician):
        return cast.propose_change(published, clinician)

is a fixture. A builder of `tests.cast` is remembered as well, wherever a test calls it, for its arguments.
What a builder returns is pickled, so it returns rows, not what acts on them; and it does nothing that the
database does not hold. What it finds decides what it makes: it is remembered for each state of the database
that it was asked in, as far as that state is one that is remembered too. A test leaves these states as soon
as it writes anything itself, patches code, travels in time, or lets another thread at the database.

Rows are put back when the test asks the database for the first time, so that a chain of builders copies once.
"""

import atexit
import datetime as dt
import inspect
import io
import pickle
import re
import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any
from weakref import WeakSet

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Model
from psycopg import errors, sql
from psycopg.pq import ExecStatus

# What migrations leave behind; every test finds it, so it is neither kept nor emptied.
LEFT_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}
READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|SET|EXPLAIN)\b", re.IGNORECASE)


def around_tests() -> transaction.Atomic:
    """Return a block for many tests or acts: in it, each act counts as a transaction of its own."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # Django’s own mark
    return block


@contextmanager
def kept_for_the_module[Made](blocker: Any, build: Callable[[], Made]) -> Iterator[Made]:
    """Keep what `build` writes for all tests of a module, which take back what they do; then take it back.

    Its deferred constraints are checked once, or every test would check them again as it ends.
    """
    with blocker.unblock(), around_tests():
        made = build()
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


type State = tuple[Hashable, ...]
EMPTY: State = ()


@dataclass(frozen=True)
class StoredRows:
    """What a builder returned, and all rows that there were afterwards: of each table an INSERT."""

    returned: bytes = b""
    rows: Mapping[str, bytes] = field(default_factory=dict)


_stored: dict[State, StoredRows] = {EMPTY: StoredRows()}


class _Database:
    """The recorded state of the database of the running test."""

    def __init__(self) -> None:
        self.state: State | None = None
        # The state whose rows the database holds; another one while rows are still to be put back.
        self.written: State = EMPTY
        # Whether a call of a builder may be answered with the rows of an earlier one.
        self.may_repeat = True

    def watch(self, execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        """Put back the rows that are owed; forget the recorded state when code outside this module writes."""
        self.settle()
        if self.state is not None and not READS.match(str(statement)):
            self.state = None
        return execute(statement, params, many, context)

    def settle(self) -> None:
        """Put back the rows of the recorded state, if they are not there yet."""
        if self.state is not None and self.state != self.written:
            there, self.written = self.written, self.state
            _put_back(_stored[self.state].rows, _stored[there].rows)

    def begin(self, state: State | None, may_repeat: bool = True) -> None:
        """Record the state that the database is in."""
        self.state, self.written, self.may_repeat = state, state or EMPTY, may_repeat

    def remembers_calls(self) -> bool:
        """Return whether what a builder makes now depends on nothing but its arguments and the rows."""
        if self.state is None or not self.may_repeat or not connection.in_atomic_block:
            return False
        return not _patches and not time_machine.escape_hatch.is_travelling()


_database = _Database()
_patches: WeakSet[pytest.MonkeyPatch] = WeakSet()


def forget() -> None:
    """Forget all rows, for a newly created database, whose sequences begin again."""
    _stored.clear()
    _stored[EMPTY] = StoredRows()
    _database.begin(None)


@contextmanager
def watched(may_repeat: bool = True) -> Iterator[None]:
    """Record the rows of the database, beginning with an empty one, while only this module writes.

    Without `may_repeat` fixtures alone are remembered: the test wants to see what builders do on commit.
    """
    _database.begin(EMPTY if _is_empty() else None, may_repeat)
    connection_created.connect(_another_thread)
    with connection.execute_wrapper(_database.watch):
        yield
    connection_created.disconnect(_another_thread)
    _database.begin(None)


def forget_state() -> None:
    """Forget the recorded state, for a test that lets a thread with an open connection write."""
    _database.settle()
    _database.state = None


def _another_thread(**_: object) -> None:
    """Forget the recorded state when another thread opens the database: nobody watches what it writes."""
    if threading.current_thread() is not threading.main_thread():
        _database.state = None


def note_patches() -> None:
    """Keep count of what is patched: what a builder makes then is made for this test alone."""
    for name in ("setattr", "delattr", "setitem", "delitem", "setenv", "delenv"):
        setattr(pytest.MonkeyPatch, name, _noted(getattr(pytest.MonkeyPatch, name)))
    undo = pytest.MonkeyPatch.undo

    def undone(self: pytest.MonkeyPatch) -> None:
        _patches.discard(self)
        undo(self)

    pytest.MonkeyPatch.undo = undone  # type: ignore[method-assign]


def _noted(method: Any) -> Any:
    @wraps(method)
    def noted(self: pytest.MonkeyPatch, *arguments: Any, **options: Any) -> None:
        _patches.add(self)
        method(self, *arguments, **options)

    return noted


def remembered(function: Callable[..., Any]) -> Any:
    """Make a fixture of a function that writes rows and returns them."""

    def fixture(**arguments: Any) -> Any:
        return remember(f"{function.__module__}.{function.__qualname__}", lambda: function(**arguments))

    fixture.__doc__ = function.__doc__
    fixture.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]  # the fixtures it asks for
    return pytest.fixture(fixture, name=function.__name__)


def remembered_builder[**Arguments, Made](function: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """Let a function that writes rows be remembered for its arguments, wherever it is called."""

    @wraps(function)
    def built(*arguments: Arguments.args, **options: Arguments.kwargs) -> Made:
        if not _database.remembers_calls():
            return function(*arguments, **options)
        key = (function.__qualname__, _key((arguments, options)))

        def build() -> Made:
            made = function(*arguments, **options)
            assert _key((arguments, options)) == key[1], f"{function.__name__} changes what it is given"
            return made

        return remember(key, build)

    return built


class _KeyPickler(pickle.Pickler):
    """Writes what a builder is called with; a row as the values of its columns."""

    def persistent_id(self, value: Any) -> Any:
        if isinstance(value, Model):
            columns = (one.attname for one in value._meta.concrete_fields)
            return value._meta.label, {name: vars(value).get(name) for name in columns}
        return None


def _key(value: object) -> bytes:
    file = io.BytesIO()
    _KeyPickler(file).dump(value)
    return file.getvalue()


def remember[Made](key: Hashable, build: Callable[[], Made]) -> Made:
    """Return the result of `build`; only the first test runs it, later ones copy its rows."""
    if (before := _database.state) is None:
        return build()
    # What is done on commit is done only where a test commits; settings and the day may decide what is done.
    circumstances = (connection.in_atomic_block, _overridden(), dt.datetime.now(dt.UTC).date())
    after = (*before, (key, circumstances))
    if (kept := _stored.get(after)) is None:
        _database.settle()
        # Builders that it calls are part of it, and need no memory of their own.
        _database.state = None
        returned = pickle.dumps(build())
        # What the database does at the end of a transaction is part of what it then holds.
        connection.check_constraints()
        kept = _stored[after] = StoredRows(returned, _copied_rows(_stored[before].rows))
        _database.written = after
    _database.state = after
    if not connection.in_atomic_block:
        _database.settle()
    made: Made = pickle.loads(kept.returned)  # noqa: S301  our own, a moment ago
    return made


def _copied_rows(before: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the rows of all tables; those that are as before take no room again."""
    rows = {table: _insert(table, _copied_out(table)) for table in _filled_since(before)}
    return {table: before[table] if before.get(table) == now else now for table, now in rows.items()}


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
    with _raw_cursor() as cursor:
        return [name for (name,) in cursor.execute(query)]


def _overridden() -> str:
    """Return the settings that differ in this test."""
    holder: Any = vars(settings)["_wrapped"]
    found: dict[str, Any] = {}
    while hasattr(holder, "default_settings"):
        found = {name: value for name, value in vars(holder).items() if name.isupper()} | found
        holder = holder.default_settings
    return repr(sorted(found.items()))


def _copied_out(table: str) -> bytes:
    columns = sql.SQL(", ").join(map(sql.Identifier, _tables()[table]))
    rows = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), columns)
    with _raw_cursor() as cursor, cursor.copy(rows) as copy:
        return b"".join(copy)


def _put_back(rows: Mapping[str, bytes], there: Mapping[str, bytes]) -> None:
    """Write rows over those that are there, unseen by whoever counts the queries of a test."""
    differing = [table for table in {**rows, **there} if rows.get(table) != there.get(table)]
    emptied = [f'DELETE FROM "{table}"'.encode() for table in differing if table in there]
    filled = [rows[table] for table in differing if table in rows]
    # One message is one transaction, if none is open.
    role = b"SET LOCAL session_replication_role = "
    with _raw_cursor() as cursor:
        # psycopg begins a transaction with a query of its own, never with a message that goes past it.
        cursor.execute("SELECT")
        pgconn = cursor.connection.pgconn
        answer = pgconn.exec_(b"; ".join([role + b"replica", *emptied, *filled, role + b"origin"]))
        if answer.status != ExecStatus.COMMAND_OK:
            raise OperationalError(answer.error_message.decode())


def _insert(table: str, copied: bytes) -> bytes:
    """Return the INSERT of rows that COPY wrote, whose escapes are those of E'' strings but for one."""
    columns = ", ".join(f'"{column}"' for column in _tables()[table])
    rows = (b"(" + b", ".join(map(_literal, line.split(b"\t"))) + b")" for line in copied[:-1].split(b"\n"))
    return f'INSERT INTO "{table}" ({columns}) VALUES '.encode() + b", ".join(rows)


def _literal(value: bytes) -> bytes:
    if value == rb"\N":
        return b"NULL"
    value = re.sub(rb"\\.", lambda escape: rb"\x0b" if escape[0] == rb"\v" else escape[0], value)
    return b"E'" + value.replace(b"'", b"''") + b"'"


def _filled() -> list[str]:
    """Return the tables that hold a row."""
    return _holding_rows(connection.connection, _tables())


def _filled_since(before: Mapping[str, bytes]) -> list[str]:
    """Return the tables that hold a row, if `before` did when this test began to write."""
    if not connection.in_atomic_block:
        return _filled()
    # PostgreSQL counts the rows that a transaction adds to a table; no other table is asked.
    query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_stat_get_xact_tuples_inserted(oid) > 0"
    with _raw_cursor() as cursor:
        added = {name for (name,) in cursor.execute(query)}
    return _holding_rows(
        connection.connection, [name for name in _tables() if name in added or name in before]
    )


def _is_empty() -> bool:
    """Return whether a test that begins now finds no row.

    What is committed is asked on a connection of its own: on the first, whoever switches triggers off throws
    all plans away, and to plan this question takes three times as long as to answer it.
    """
    with _raw_cursor() as cursor:
        (wrote,) = cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").fetchone()
    return not (_filled() if wrote else _holding_rows(_beside(connection.settings_dict["NAME"]), _tables()))


@cache
def _beside(name: str) -> psycopg.Connection:
    """Return another connection to the tests' database, outside any transaction, for as long as tests run."""
    options = {"dbname": name, "autocommit": True, "prepare_threshold": 0}
    atexit.register((beside := psycopg.connect(**connection.get_connection_params() | options)).close)
    return beside


def _holding_rows(on: psycopg.Connection, tables: Collection[str]) -> list[str]:
    """Return those of some tables that hold a row, as a connection sees them."""
    query = "SELECT " + ", ".join(f'EXISTS (SELECT FROM "{name}")' for name in tables)
    with psycopg.Cursor(on) as cursor:
        row = cursor.execute(query.encode()).fetchone() or ()
        return [name for name, is_there in zip(tables, row, strict=True) if is_there]


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
