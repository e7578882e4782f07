"""A primary and a replica from the programs of the wheel, with the tables of the wiki on them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings

from wiki import postgres
from wiki.models.reading import replicas

DATABASE = "causeway"
ALIAS = "replica-1"
COPIED = ("--write-recovery-conf", "--create-slot", "--slot=replica", "--wal-method=stream")


@dataclass(frozen=True)
class Pair:
    """Two servers: where their data lies."""

    primary: Path
    replica: Path

    def ask(self, data: Path, query: str, *given: Any) -> Any:
        """Return the first value that a server answers."""
        place = postgres.address(DATABASE, data)
        words = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"], "dbname": DATABASE}
        with psycopg.connect(**words, autocommit=True) as connection:
            (value,) = connection.execute(query, given).fetchone() or (None,)
            return value

    def pause(self) -> None:
        """Let the replica apply nothing more, until `resume`."""
        self.ask(self.replica, "SELECT pg_wal_replay_pause()::text")
        while self.ask(self.replica, "SELECT pg_get_wal_replay_pause_state()") != "paused":
            pass

    def resume(self) -> None:
        """Let the replica go on, and wait until it has applied all."""
        self.ask(self.replica, "SELECT pg_wal_replay_resume()::text")
        self.catch_up()

    def catch_up(self) -> None:
        """Wait until the replica has applied all that there is now."""
        here = self.ask(self.primary, "SELECT pg_current_wal_flush_lsn()::text")
        while not self.ask(self.replica, "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", here):
            pass

    def apply_late(self, milliseconds: int) -> None:
        """Let the replica apply each commit some time after it was made."""
        _configure(self.replica, f"recovery_min_apply_delay = {milliseconds}")

    def make_synchronous(self, names: str = "*") -> None:
        """Let each commit wait until the replica has it on disk; with no name, let none wait."""
        _configure(self.primary, f"synchronous_standby_names = '{names}'")
        wanted = "sync" if names else "async"
        state = "SELECT coalesce(max(sync_state), '') FROM pg_stat_replication"
        while self.ask(self.primary, state) != wanted:
            pass

    def kill_the_primary(self) -> None:
        """End the primary as a power cut does."""
        os.kill(int((self.primary / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    def promote(self) -> None:
        """Make the replica the primary, for the server and for the wiki."""
        assert self.ask(self.replica, "SELECT pg_promote()")
        connections["default"].close()
        _asks("default", self.replica)


def _configure(data: Path, setting: str) -> None:
    with postgres.connect(data) as connection:
        connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def _asks(alias: str, data: Path) -> None:
    """Let the wiki ask the server on `data` under a name, in this thread and in those that begin."""
    place = postgres.address(DATABASE, data)
    connections.settings[alias] = connections.settings["default"] | place | {"OPTIONS": {}}
    connections[alias] = connections.create_connection(alias)


@contextmanager
def pair_at(place: Path) -> Iterator[Pair]:
    """Start both; for the length of the block they are the databases of the wiki."""
    pair = Pair(place / "primary", place / "replica")
    before, settings = connections["default"], dict(connections.settings["default"])
    with postgres.running(pair.primary, DATABASE):
        _asks("default", pair.primary)
        try:
            call_command("migrate", interactive=False, verbosity=0)
            _copy(pair)
            with postgres.running(pair.replica), override_settings(REPLICAS=[ALIAS]):
                _asks(ALIAS, pair.replica)
                replicas.forget()
                yield pair
        finally:
            connections.close_all()
            connections["default"], connections.settings["default"] = before, settings
            connections.settings.pop(ALIAS, None)
            replicas.forget()


def _copy(pair: Pair) -> None:
    pair.replica.mkdir()
    postgres._give_to_the_server(pair.replica)
    primary = postgres.address(DATABASE, pair.primary)
    at = [f"--host={primary['HOST']}", f"--port={primary['PORT']}", f"--username={primary['USER']}"]
    postgres._postgres("pg_basebackup", *at, *COPIED, "--checkpoint=fast", data=pair.replica)
    # The socket of the primary lies among its data.
    for left in pair.replica.glob(".s.PGSQL.*"):
        left.unlink()
