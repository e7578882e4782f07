"""The ground that all tests stand on: a real PostgreSQL, an empty cache and everybody's fixtures."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import errors, sql

from tests import cast
from wiki import page_views, postgres
from wiki.models import Page, Role, User

# Playwright's loop runs in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Browsers, whole demos and servers that are killed; all else is quick.
LONG = ("journeys/", "importing/", "management/", "test_state_machine", "test_postgres", "test_hostile")

_server = pytest.StashKey[postgres.Running]()


def _drop(self: Any, test_database_name: str, verbosity: int) -> None:
    """Drop the database of a run that is over, even if a thread of a live server still holds on to it."""
    with self._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded PostgreSQL, unless DATABASE_URL names a server."""
    pytest.MonkeyPatch().setattr(DatabaseCreation, "_destroy_test_db", _drop)
    if settings.EMBEDDED_POSTGRES is not None:
        config.stash[_server] = postgres.start(settings.EMBEDDED_POSTGRES)
        _drop_what_killed_runs_left()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that at the end no worker waits for another."""
    items.sort(key=lambda item: not any(part in item.nodeid for part in LONG))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the database go; the last run that uses it stops it."""
    if server := config.stash.get(_server, None):
        server.stop()


def _drop_what_killed_runs_left() -> None:
    """Drop the databases of runs whose process is gone: each is named after its process."""
    with postgres.connect(postgres.TESTS) as connection:
        query = "SELECT datname FROM pg_database WHERE datname ~ '^test_causeway_[0-9]+'"
        for (name,) in connection.execute(query).fetchall():
            if not os.path.exists(f"/proc/{name.split('_')[2]}"):
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Let a test that commits clean up after itself.

    The triggers that keep history from being rewritten refuse TRUNCATE too, and Django empties tables that
    way. In the role of a replica no trigger fires; the role ends with the transaction that empties them.
    """
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        statements = ["SET LOCAL session_replication_role = replica", *sql_list] if sql_list else []
        # A request that a browser left behind may still be reading: PostgreSQL then stops one of the two.
        for last in (False, False, True):
            try:
                flush(self, statements)
                break
            except OperationalError as error:
                if last or not isinstance(error.__cause__, errors.DeadlockDetected):
                    raise

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


@pytest.fixture(autouse=True)
def _no_counts_are_carried_over() -> Iterator[None]:
    """Forget the attempts that an earlier test made, and what its readers read."""
    yield
    cache.clear()
    page_views.forget()


@pytest.fixture
def reader(db: None) -> User:
    """Return somebody who only reads."""
    return cast.make_user("reader", Role.READER, "Sam Reader")


@pytest.fixture
def clinician(db: None) -> User:
    """Return somebody who writes."""
    return cast.make_user("clinician", Role.CLINICIAN, "Dr Ines Albrecht", "endocrinologist")


@pytest.fixture
def colleague(db: None) -> User:
    """Return somebody else who writes."""
    return cast.make_user("colleague", Role.CLINICIAN, "Dr Tomás Rey", "infectious diseases physician")


@pytest.fixture
def moderator(db: None) -> User:
    """Return somebody who reviews."""
    return cast.make_user("moderator", Role.MODERATOR, "Dr Amara Osei", "neuroradiologist")


@pytest.fixture
def second_moderator(db: None) -> User:
    """Return somebody else who reviews."""
    return cast.make_user("second-moderator", Role.MODERATOR, "Dr Lena Fischer", "neurologist")


@pytest.fixture
def administrator(db: None) -> User:
    """Return somebody who grants roles."""
    return cast.make_user("admin", Role.ADMINISTRATOR, "Alex Admin")


@pytest.fixture
def published(clinician: User, moderator: User) -> Page:
    """Return a page in force."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism")
