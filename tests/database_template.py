"""A template of the test database: migrations run once for each state of their files, then it is copied.

The embedded PostgreSQL of the tests keeps it between runs. A copy takes a quarter of a second, migrating
several, for every worker of every run.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.db.backends.postgresql.creation import DatabaseCreation
from psycopg import sql

from wiki import postgres

ROOT = Path(__file__).resolve().parent.parent
# What decides how the database looks: our migrations with their SQL, the apps, the versions of all packages.
DECIDES = ("wiki/migrations/*.py", "wiki/models/sql/*.sql", "wiki/settings.py", "tests/requirements.txt")
PREFIX = "causeway_template_"

_migrate = DatabaseCreation.create_test_db


def create_test_db(self: Any, *args: Any, **options: Any) -> str:
    """Create the test database from the template, and the template from the first one that was migrated."""
    template = name()
    with _one_at_a_time():
        found = _templates()
        if template in found:
            self.connection.settings_dict["TEST"]["TEMPLATE"] = template
        created: str = _migrate(self, *args, **options)
        if template not in found:
            self.connection.close()
            _keep(created, template, found)
    return created


def name() -> str:
    """Return the name of the template for the migrations as they are now."""
    digest = hashlib.sha256(django.__version__.encode())
    for pattern in DECIDES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return PREFIX + digest.hexdigest()[:16]


def _templates() -> list[str]:
    with postgres.connect(postgres.TESTS) as connection:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return [found for (found,) in connection.execute(query, [PREFIX]).fetchall()]


def _keep(database: str, template: str, outdated: list[str]) -> None:
    with postgres.connect(postgres.TESTS) as connection:
        for old in outdated:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(template), sql.Identifier(database)))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let the workers of a run, and runs side by side, wait for whoever migrates."""
    with open(postgres.TESTS.with_suffix(".template.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
