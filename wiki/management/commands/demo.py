"""`manage.py demo`: the wiki on this computer, with starter content and accounts to sign in with."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from wiki import postgres
from wiki.acts.people import demo_accounts
from wiki.importing import starter
from wiki.models import Event, Page, User
from wiki.policy.refusal import Refused

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl
SECONDS_TO_ANSWER = 30
STARTS_A_MINUTE = 5


class Command(BaseCommand):
    """Load the demo and serve it until the process is ended."""

    help = "Load the starter content and the demo accounts, then serve the wiki."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("--password", default="causeway-demo", help="what the demo accounts sign in with")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away and begin anew")
        parser.add_argument("--no-serve", action="store_true", help="load and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the database, load what is missing, say how to sign in, serve."""
        host, port = options["host"], options["port"]
        if not options["no_serve"]:
            _refuse_a_taken_port(host, port)
        if _state() == "other":
            raise CommandError("This database holds more than a demo, so the demo leaves it alone.")
        if options["reset"]:
            _empty()
        try:
            accounts = self._load(options["password"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(accounts, options["password"])
        connection.close()
        if not options["no_serve"]:
            self._serve(host, port)

    def _load(self, password: str) -> list[tuple[str, str]]:
        """Migrate the database, load what is missing and return the accounts."""
        self.stderr.write("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        demo_accounts.begin_demo()
        accounts = demo_accounts.ensure_demo_accounts(password)
        loaded = starter.load(progress=self._show)
        here = "All pages of the starter content are here."
        self.stderr.write(f"{loaded} pages loaded." if loaded else here)
        call_command("collectstatic", interactive=False, verbosity=0)
        return accounts

    def _show(self, done: int, total: int, title: str) -> None:
        """Draw the progress bar, or print lines if the output is no terminal."""
        if self.stderr.isatty():
            bar = ("█" * (30 * done // total)).ljust(30, "·")
            self.stderr.write(
                f"\r{bar} {done}/{total} {title[:40]:<40}", ending="\n" if done == total else ""
            )
        elif done % 10 == 0 or done == total:
            self.stderr.write(f"{done} of {total} pages")

    def _tell(self, accounts: list[tuple[str, str]], password: str) -> None:
        """Print how to sign in."""
        self.stdout.write(f"\nSign in with the password {password} as one of these:")
        for username, role in accounts:
            self.stdout.write(f"  {username:<18} {role}")

    def _serve(self, host: str, port: int) -> None:
        """Run the production server until this process is asked to end; restart what dies."""
        server = _start(host, port)
        started = [time.monotonic()]
        try:
            self._say_when_it_answers(server, host, port)
            while True:
                self._mind_the_database()
                with suppress(subprocess.TimeoutExpired):
                    server.wait(timeout=1)
                    _end_its_workers(server)
                    started = [one for one in started if time.monotonic() - one < 60]
                    if len(started) == STARTS_A_MINUTE:
                        raise CommandError("The server stops again and again.")
                    self.stderr.write("The server has stopped by itself. Starting it again …")
                    server, started = _start(host, port), [*started, time.monotonic()]
        except KeyboardInterrupt:
            self.stderr.write("\nStopping …")
        finally:
            server.terminate()
            server.wait()

    def _mind_the_database(self) -> None:
        """Restart the embedded PostgreSQL if it was killed."""
        if (data := settings.EMBEDDED_POSTGRES) is None or postgres.is_running(data):
            return
        self.stderr.write("The database has stopped by itself. Starting it again …")
        try:
            # `manage.py` keeps the server in use until the end; this only starts it again.
            postgres.start(data).stop()
        except postgres.Unavailable as problem:
            self.stderr.write(str(problem))

    def _say_when_it_answers(self, server: subprocess.Popen[bytes], host: str, port: int) -> None:
        """Print the address once the server answers."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while server.poll() is None and time.monotonic() < deadline:
            if _answers(host, port):
                self.stdout.write(f"\nCauseway is at {_address(host, port)}/ (Ctrl-C stops it)")
                self.stdout.flush()
                return
            time.sleep(0.1)


def _start(host: str, port: int) -> subprocess.Popen[bytes]:
    """Start the production server in a process of its own."""
    words = ["--interface", "asgi", "--no-ws", "--host", host, "--port", str(port), "--workers", "2"]
    words += ["--respawn-failed-workers", "--log-level", "warning", "wiki.asgi:application"]
    hosts = ",".join({*settings.ALLOWED_HOSTS, host if host not in {"0.0.0.0", "::"} else "*"})  # noqa: S104
    return subprocess.Popen(  # noqa: S603  our own words
        [sys.executable, "-m", "granian", *words],
        cwd=settings.BASE_DIR,
        env={
            "CAUSEWAY_URL": _address(host, port),
            **os.environ,
            "CAUSEWAY_DEMO": "1",
            "CAUSEWAY_ALLOWED_HOSTS": hosts,
        },
        preexec_fn=_end_with_this_process,
        start_new_session=True,
    )


def _end_its_workers(server: subprocess.Popen[bytes]) -> None:
    """End the workers of a server that was killed: they would keep the port in use."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def _address(host: str, port: int) -> str:
    """Return where a browser on this computer finds the wiki; links in mails lead there too."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _state() -> str:
    """Return whether the database is empty, a demo or something else, without changing it.

    It may be older than these models, or half made by a command that was killed.
    """
    there = set(connection.introspection.table_names())
    if there - {*connection.introspection.django_table_names(), "django_migrations"}:
        return "other"
    made = [model for model in (User, Page, Event) if model._meta.db_table in there]
    if len(made) == 3:
        return demo_accounts.demo_state()
    return "other" if any(model._default_manager.exists() for model in made) else "empty"


def _empty() -> None:
    """Delete everything in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10s'")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Refuse to start if the port is in use; a server that is ending gets a moment."""
    for _ in range(50):
        if not _answers(host, port):
            return
        time.sleep(0.1)
    raise CommandError(f"Something else listens on port {port} already. Stop it, or add --port {port + 1}.")


def _answers(host: str, port: int) -> bool:
    """Return whether something listens on the port."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _end_with_this_process() -> None:
    """Have Linux end the server if this process is killed, so that it releases the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGTERM)
