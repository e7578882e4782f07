"""`manage.py demo`, from an empty database to a page in a browser."""

import json
import os
import signal
import socket
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
from wiki.acts.people import demo_accounts
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
            record = f"http://127.0.0.1:{port}/people/clinician/record.json"
            with urllib.request.urlopen(record, timeout=30) as answer:
                seen.append(json.load(answer)["contributions"][0]["address"])
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
    assert seen[1].startswith(f"http://127.0.0.1:{port}/wiki/")
    assert Publication.objects.count() == pages


@pytest.mark.django_db(transaction=True)
def test_a_demo_begins_anew():
    demo_accounts.begin_demo()
    demo_accounts.ensure_demo_accounts("a-password-of-mine")

    _empty()

    assert _state() == "empty"
    # As the tests make it: with the table of tasks, which has no migrations here.
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    forget()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_somebody_elses_wiki_is_left_alone():
    User.objects.create(username="ann")

    with pytest.raises(CommandError, match="more than a demo"):
        demo("--no-serve", "--reset")

    assert User.objects.filter(username="ann").exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_somebody_elses_tables_are_left_alone():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE invoices (id integer)")

    with pytest.raises(CommandError, match="more than a demo"):
        demo("--no-serve", "--reset")


@pytest.mark.django_db
def test_a_taken_port_is_said_plainly(port, monkeypatch):
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
def test_a_demo_knows_itself():
    assert demo_accounts.demo_state() == "empty"

    demo_accounts.begin_demo()

    assert demo_accounts.demo_state() == "demo"
