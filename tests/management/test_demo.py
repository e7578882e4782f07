"""`manage.py demo`, from an empty database to a page in a browser."""

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.remembered import forget
from wiki import postgres
from wiki.acts.people import demo_accounts
from wiki.management.commands import demo as demo_command
from wiki.management.commands.demo import _address, _empty, _state
from wiki.models import Event, Publication, User

SECONDS = 60


@pytest.fixture
def port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def served(monkeypatch, settings):
    """Let the server, which is a process of its own, find the database of this test."""
    place = connection.settings_dict
    socket_or_host = quote(str(place["HOST"]), safe="")
    user = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    url = f"postgres://{user}@/{place['NAME']}?host={socket_or_host}&port={place['PORT']}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("PYTEST_VERSION")
    # A shell that starts the tests in the background lets them ignore Ctrl-C, and the demo would never end.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.NAMED_BY_CONTENT}}
    yield
    signal.signal(signal.SIGINT, before)


def demo(*words):
    said, told = StringIO(), StringIO()
    call_command("demo", *words, stdout=said, stderr=told)
    return said.getvalue() + told.getvalue()


def visit_then_interrupt(port, seen):
    """Ask for the wiki as soon as it answers, then press Ctrl-C."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and not seen:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                seen.append(answer.status)
            feed = f"http://127.0.0.1:{port}/feeds/approvals/"
            with urllib.request.urlopen(feed, timeout=30) as answer:
                seen.append(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.django_db(transaction=True)
def test_a_demo_is_loaded_kept_and_served(served, port):
    first = demo("--no-serve", "--password", "a-password-of-mine")
    pages = Publication.objects.count()
    seen: list[Any] = []
    visitor = threading.Thread(target=visit_then_interrupt, args=(port, seen))
    visitor.start()
    second = demo("--port", str(port))
    visitor.join()

    assert f"{pages} pages loaded." in first
    assert "Sign in with the password a-password-of-mine" in first
    assert "second-moderator" in first
    assert "All pages of the starter content are here." in second
    assert f"Causeway is at http://127.0.0.1:{port}/" in second
    assert "Stopping" in second
    assert seen[0] == 200
    assert f"http://127.0.0.1:{port}/wiki/" in seen[1]
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}
    assert Publication.objects.count() == pages


@pytest.mark.django_db(transaction=True)
def test_a_demo_can_be_reset():
    demo_accounts.begin_demo()
    demo_accounts.ensure_demo_accounts("a-password-of-mine")

    _empty()

    assert _state() == "empty"
    # As the tests make it: with the table of tasks, which has no migrations here.
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    forget()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_database_with_other_accounts_is_refused():
    User.objects.create(username="ann")

    with pytest.raises(CommandError, match="more than a demo"):
        demo("--no-serve", "--reset")

    assert User.objects.filter(username="ann").exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_reset_of_a_database_with_other_tables_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE invoices (id integer)")

    with pytest.raises(CommandError, match="more than a demo"):
        demo("--no-serve", "--reset")


@pytest.mark.django_db
def test_a_taken_port_is_reported_with_the_next_one(port, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen(64)

        with pytest.raises(CommandError, match=f"add --port {port + 1}"):
            demo("--port", str(port))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),  # noqa: S104
        ("::1", "http://[::1]:8123"),
        ("::", "http://[::1]:8123"),
        ("laptop.example.org", "http://laptop.example.org:8123"),
    ],
)
def test_links_lead_to_where_the_demo_listens(host, address):
    assert _address(host, 8123) == address


@pytest.mark.django_db
def test_demo_state_recognises_a_demo_database():
    assert demo_accounts.demo_state() == "empty"

    demo_accounts.begin_demo()

    assert demo_accounts.demo_state() == "demo"


class _Gone:
    """A server that has stopped by itself."""

    pid = 2**22 + 1

    def wait(self, timeout=None):
        return 1

    def poll(self):
        return 1

    def terminate(self):
        """It is gone already."""


def test_a_dead_server_is_restarted_a_limited_number_of_times(monkeypatch, settings):
    settings.EMBEDDED_POSTGRES = None
    started = []

    def start(host, port):
        started.append(port)
        return _Gone()

    monkeypatch.setattr(demo_command, "_start", start)
    told = StringIO()

    with pytest.raises(CommandError, match="again and again"):
        demo_command.Command(stderr=told)._serve("127.0.0.1", 8000)

    assert len(started) == demo_command.STARTS_A_MINUTE
    assert told.getvalue().count("Starting it again") == len(started) - 1


def test_workers_of_a_killed_server_are_ended():
    left = subprocess.Popen(["sleep", "60"], start_new_session=True)

    demo_command._end_its_workers(left)

    assert left.wait(10) == -signal.SIGKILL
    demo_command._end_its_workers(left)


@pytest.mark.parametrize(("runs", "started"), [(True, 0), (False, 1)])
def test_a_database_that_was_killed_is_started_again(monkeypatch, settings, tmp_path, runs, started):
    settings.EMBEDDED_POSTGRES = tmp_path
    asked = []

    class StartedServer:
        def stop(self):
            asked.append("let go")

    monkeypatch.setattr(postgres, "is_running", lambda data: runs)
    monkeypatch.setattr(postgres, "start", lambda data: StartedServer())

    demo_command.Command(stderr=StringIO())._mind_the_database()

    assert len(asked) == started


def test_a_database_that_does_not_start_is_reported_and_retried(monkeypatch, settings, tmp_path):
    settings.EMBEDDED_POSTGRES = tmp_path

    def start(data):
        raise postgres.Unavailable("The disk is full.")

    monkeypatch.setattr(postgres, "is_running", lambda data: False)
    monkeypatch.setattr(postgres, "start", start)
    told = StringIO()

    demo_command.Command(stderr=told)._mind_the_database()

    assert "The disk is full." in told.getvalue()
