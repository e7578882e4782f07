"""Stored answers beside bare Django with one SELECT: requests a second and processor time, side by side.

Run it with `.venv/bin/python -m pytest tests/bench/bench_stored.py -s -n 0`; it is not part of the tests.
Both are served by granian with one worker, in one run, in turns; what counts are the ratios.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests import cast
from tests.text.compare.edits import bodies

TOP = Path(__file__).parent.parent.parent
ROUNDS, REQUESTS = 9, 600
BARE = ["--interface", "wsgi", "tests.bench.bare_django:application"]
OURS = ["--interface", "asgi", "--no-ws", "wiki.asgi:application"]
# Pages of the starter content, without what they cite.
BODY = re.sub(r"\s?\[@[^\]]*\]|!\[[^\]]*\]\([^)]*\)", "", "\n\n".join(bodies())[:20_000])
PATH = "/wiki/hypoparathyroidism/"


def served() -> dict[str, str]:
    """Return the environment of a server: as in production, without what tells that tests run."""
    without = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return without | {
        "CAUSEWAY_DEMO": "1",
        "PYTHONPATH": str(TOP),
        "CAUSEWAY_SECRET_KEY": settings.SECRET_KEY,
    }


@contextmanager
def serving(words: list[str], **environment: str) -> Iterator[tuple[psutil.Process, int]]:
    """Serve an application; yield its process and port."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = [sys.executable, "-m", "granian", "--port", str(port), "--workers", "1", "--log-level", "warning"]
    server = subprocess.Popen([*start, *words], env=served() | environment, cwd=TOP)
    try:
        for _ in range(300):
            time.sleep(0.1)
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield psutil.Process(server.pid), port
    finally:
        server.terminate()
        server.wait()


def processor_time(server: psutil.Process) -> float:
    """Return the seconds of processor time that a server and its workers have used."""
    family = [server, *server.children(recursive=True)]
    return sum(one.cpu_times().user + one.cpu_times().system for one in family)


def ask(port: int, path: str, fields: str = "", times: int = REQUESTS) -> bytes:
    """Ask several times over one connection; return the last answer."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{fields}\r\n".encode()
    got = b""
    with socket.create_connection(("127.0.0.1", port)) as to:
        for _ in range(times):
            to.sendall(asked)
            got = to.recv(262_144)
            head, _, body = got.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            while not head.startswith(b"HTTP/1.1 304") and len(body) < length:
                body += to.recv(262_144)
            got = head + b"\r\n\r\n" + body
    return got


def measured(
    acts: dict[str, tuple[psutil.Process, Callable[[], object]]],
) -> dict[str, tuple[float, float]]:
    """Return, for each act, milliseconds of wall time and of processor time a request, as medians."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, (server, act) in acts.items():
            begin, used = time.perf_counter(), processor_time(server)
            act()
            wall, busy = time.perf_counter() - begin, processor_time(server) - used
            found[name].append((wall / REQUESTS * 1000, busy / REQUESTS * 1000))
    return {
        name: tuple(statistics.median(one) for one in zip(*rounds, strict=True))
        for name, rounds in found.items()
    }


@pytest.mark.django_db(transaction=True)
def test_stored_answers(clinician, moderator):
    cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=served(), cwd=TOP, check=True)
    place = connection.get_connection_params()
    address = f"postgres://{place['user']}@/{place['dbname']}?host={place['host']}"
    with ExitStack() as stack:
        bare, one = stack.enter_context(serving(BARE, DATABASE_URL=address))
        wiki, two = stack.enter_context(serving(OURS, DATABASE_URL=address))
        for coding in ("gzip", "br"):
            answer = ask(two, PATH, f"Accept-Encoding: gzip, {coding}\r\n", times=400)
        assert b"content-encoding: br" in answer
        etag = answer.partition(b"etag: ")[2].split(b"\r\n")[0].decode()
        browser = Client()
        browser.force_login(clinician)
        cookie = (
            f"Cookie: {settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        )
        assert b"My drafts" in ask(two, PATH, f"{cookie}\r\n", times=5)
        found = measured(
            {
                "bare Django, one SELECT": (bare, lambda: ask(one, "/")),
                "a page, plain": (wiki, lambda: ask(two, PATH)),
                "a page, gzip": (wiki, lambda: ask(two, PATH, "Accept-Encoding: gzip\r\n")),
                "a page, brotli": (wiki, lambda: ask(two, PATH, "Accept-Encoding: gzip, br\r\n")),
                "a page, not modified": (wiki, lambda: ask(two, PATH, f"If-None-Match: {etag}\r\n")),
                "a page, signed in": (wiki, lambda: ask(two, PATH, f"{cookie}\r\n")),
            }
        )
    wall, busy = found["bare Django, one SELECT"]
    print(f"\n{len(answer)} bytes in brotli")  # noqa: T201
    for name, (its_wall, its_busy) in found.items():
        ratios = f"{wall / its_wall:5.2f} of the requests {its_busy / busy:5.2f} of the processor time"
        print(f"{name:26} {its_wall:6.2f} ms {its_busy:6.2f} ms of processor {ratios}")  # noqa: T201
    assert busy > 0
