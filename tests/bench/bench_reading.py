"""What reading costs, side by side in one run, as ratios.

Run it with `.venv/bin/python -m pytest tests/bench/bench_reading.py -s -n 0`; it is not part of the tests.
"""

import statistics
import time
from collections.abc import Callable

from django.test import Client

from wiki.acts.people import demo_accounts
from wiki.importing import starter
from wiki.models import PublishedPage
from wiki.published.links import render_now

ROUNDS = 15


def medians(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median milliseconds of each act over interleaved rounds."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, act in acts.items():
            begin = time.perf_counter()
            act()
            times[name].append((time.perf_counter() - begin) * 1000)
    return {name: statistics.median(measured) for name, measured in times.items()}


def test_reading(db):
    demo_accounts.begin_demo()
    demo_accounts.ensure_demo_accounts("a-long-test-password")
    begin = time.perf_counter()
    pages = starter.load()
    loading = time.perf_counter() - begin
    client = Client()
    path = "/wiki/brain-calcification/"
    etag = client.get(path).headers["ETag"]
    body = PublishedPage.objects.get(slug="brain-calcification").publication.revision.document.body
    found = medians(
        {
            "a bare answer": lambda: client.get("/healthz"),
            "the longest page": lambda: client.get(path),
            "the same, not modified": lambda: client.get(path, headers={"If-None-Match": etag}),
            "a short page": lambda: client.get("/wiki/xpr1/"),
            "its history": lambda: client.get(path + "history/"),
            "search, one word": lambda: client.get("/search/?q=calcium&all=1"),
            "search, misspelt": lambda: client.get("/search/?q=hypoparathiroidism&all=1"),
            "rendering the longest body": lambda: render_now(body),
        }
    )
    one = found["a bare answer"]
    print(f"\n{pages} pages loaded through the workflow in {loading:.1f} s")  # noqa: T201
    for name, milliseconds in found.items():
        print(f"{name:30} {milliseconds:8.2f} ms {milliseconds / one:7.1f} x")  # noqa: T201
    assert found["the longest page"] > 0
