"""How long other people wait while one big act runs, beside a quiet wiki.

Run it with `.venv/bin/python -m pytest tests/bench/bench_waiting.py -s -n 0 -o faulthandler_timeout=0`; it is
not part of the tests. `CAUSEWAY_PAGES` says in how large a wiki, 2,000 pages if it does not, and
`CAUSEWAY_SECONDS` for how long each act goes on. Meanwhile three processes write, review and read. Of each of
their acts it prints p50 and p99, and how many times as long that is as in a quiet wiki, and as beside a
process that only computes, as two processors share the work of four processes. Of the big act it prints for
how long one of its transactions held a lock.
"""

import json
import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Final

import pytest
from django.db import connection

from tests import cast
from tests.bench.bench_loading import made_up
from tests.bench.bench_sizes import database
from tests.bench.costs import longest_lock
from tests.bench.wiki_of_size import WikiOfSize, build
from tests.made_up_data_set import MadeUpFiles
from wiki import jobs
from wiki.importing import page_loads, pictures, starter
from wiki.importing.data_sets import loading as data_sets
from wiki.models import Page, Publication
from wiki.models.search import ranking, suggestions
from wiki.published import neighbours, rebuild

TOP: Final = Path(__file__).parent.parent.parent
PAGES: Final = int(os.environ.get("CAUSEWAY_PAGES", "2000"))
SECONDS: Final = float(os.environ.get("CAUSEWAY_SECONDS", "30"))
LOADED, DISEASES = 300, 6000
PEOPLE: Final = ("writer", "reviewer", "reader")

type Found = dict[str, list[float]]


def big_acts(wiki: WikiOfSize) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each big act; those that are soon done are done again and again."""
    yield "nothing", lambda: time.sleep(SECONDS)
    yield "a process that computes", computing
    yield "the hub is renamed", lambda: renaming(wiki)
    yield "its links follow", neighbours.update_waiting
    yield "rebuild", lambda: until_time_is_up(rebuild.rebuild())
    yield "words of versions anew", words_anew
    files = made_up(LOADED)
    pictures.load_folder(starter.FOLDER)
    yield "pages are loaded", lambda: page_loads.load(files, note="Measured.")
    for year, seed in ((2020, 7), (2021, 8)):
        release = MadeUpFiles(DISEASES, depth=8, seed=seed)
        release.version = f"{year}-01-01"
        yield f"a release of {year}", lambda: data_sets.load(release, progress=lambda _: None)  # noqa: B023
    yield "words and names counted", lambda: (ranking.count_words(), suggestions.choose_names())
    yield "the other jobs", lambda: list(jobs.run_jobs())


def computing() -> None:
    """Compute, and ask the database for nothing."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        sum(range(10_000))


def until_time_is_up(steps: Iterator[object]) -> None:
    """Do one step after another."""
    end = time.monotonic() + SECONDS
    for _ in steps:
        if time.monotonic() > end:
            break


def renaming(wiki: WikiOfSize) -> None:
    """Rename the page to which half of all link, and leave the links to the job."""
    end, number = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        number += 1
        hub = Page.objects.get(pk=wiki.hub)
        sent = cast.propose_change(hub, wiki.people["colleague"], title=f"The hub {number}")
        cast.approve(sent, wiki.people["moderator"])
    assert Publication.objects.live_of(wiki.hub)


def words_anew() -> None:
    """Compute the words of versions anew, as after a change of how they are computed."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE wiki_typedwords SET method = 0")
        cursor.execute("SET session_replication_role = origin")
    until_time_is_up(rebuild.recompute_typed_words())


@contextmanager
def person(name: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process that acts as somebody; end it."""
    where = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.bench.other_people", where, name]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=TOP, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as one:
        Thread(target=one.stderr.read, daemon=True).start()  # type: ignore[union-attr]
        assert one.stdout.readline() == "ready\n", f"The {name} did not begin."  # type: ignore[union-attr]
        yield one
        one.stdin.close()  # type: ignore[union-attr]


def beside(people: list[subprocess.Popen[str]], act: Callable[[], object]) -> tuple[Found, float, float]:
    """Let people act while an act runs: return their times, its seconds, and its longest lock in ms."""
    begin = time.perf_counter()
    for one in people:
        one.stdin.write("begin\n")  # type: ignore[union-attr]
        one.stdin.flush()  # type: ignore[union-attr]
    held = longest_lock(act)
    taken = time.perf_counter() - begin
    found: Found = {}
    for one in people:
        one.stdin.write("end\n")  # type: ignore[union-attr]
        one.stdin.flush()  # type: ignore[union-attr]
    for one in people:
        found |= json.loads(one.stdout.readline())  # type: ignore[union-attr]
    return found, taken, held


def p99(times: list[float]) -> float:
    """Return the time that one in a hundred exceeds; of fewer than a hundred the longest."""
    return sorted(times)[min(len(times) * 99 // 100, len(times) - 1)]


def show(found: Found, quiet: Found, busy: Found) -> None:
    """Print what each act of others took, beside the quiet wiki and the busy processor."""
    for name, times in sorted(found.items()):
        half, most = statistics.median(times), p99(times)
        line = f"    {name:16} {len(times):5} times {half:8.1f} {most:8.1f} ms"
        for other in (quiet, busy):
            if before := other.get(name):
                line += f" {half / statistics.median(before):7.2f} {most / p99(before):6.2f}"
        print(line, flush=True)  # noqa: T201


@pytest.mark.django_db(transaction=True)
def test_waiting():
    logging.disable(logging.INFO)
    with database(f"test_causeway_{os.getpid()}_of_size"), ExitStack() as stack:
        wiki = build(PAGES)
        list(jobs.run_jobs())
        people = [stack.enter_context(person(name)) for name in PEOPLE]
        print(f"\n{PAGES} pages; p50 and p99; of a quiet wiki; of a busy processor")  # noqa: T201
        all_found: dict[str, Found] = {}
        for name, act in big_acts(wiki):
            found, taken, held = beside(people, act)
            all_found[name] = found
            print(f"{name}: {taken:.1f} s, longest lock {held:.0f} ms")  # noqa: T201
            show(found, all_found["nothing"], all_found.get("a process that computes", {}))
    assert all_found
