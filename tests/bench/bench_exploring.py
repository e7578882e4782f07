"""Questions to the graph at 200,000 links, with a hub of 50,000, in milliseconds, queries and buffers.

Run it with `.venv/bin/python -m pytest tests/bench/bench_exploring.py -s -n 0`; it is not part of the tests.
"""

import random
import statistics
import time
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.made_up_data_set import MadeUpFiles, disease, finding
from wiki.importing.data_sets.loading import load
from wiki.models import Entry
from wiki.models.search.work import buffers_of
from wiki.screens.exploring.entry_content import EntryContent
from wiki.screens.exploring.questions import Causes, HowLinked, Shared

HUB = 50_000
MOST_QUERIES = {"what causes five": 6, "the entry of the hub": 12}
MOST_BUFFERS = {"what causes five": 1_500}


@pytest.mark.django_db(transaction=True)
def test_questions():
    files, chance = MadeUpFiles(HUB, depth=8, hub=HUB, each=3), random.Random(5)  # noqa: S311  the same each time
    loaded = load(files, progress=print)
    print(f"{loaded.rows:,} rows in {loaded.seconds:.0f} s, locked for {loaded.locked_for * 1000:.0f} ms")  # noqa: T201
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as PostgreSQL does by itself some minutes after a load
    hub = finding(files.leaves[0])
    leaves = files.leaves[len(files.leaves) // 2 :]
    some = [disease(one) for one in chance.sample(range(HUB), 20)]
    asked = {
        "two diseases on the hub": lambda one: HowLinked([one, chance.choice(some)]),
        "a disease and the hub": lambda one: HowLinked([one, hub]),
        "the hub and a finding": lambda one: HowLinked([hub, finding(chance.choice(leaves))]),
        "two findings": lambda one: HowLinked([finding(each) for each in chance.sample(leaves, 2)]),
        "what two share": lambda one: Shared([one, chance.choice(some)]),
        "what the hub shares": lambda one: Shared([hub, finding(chance.choice(leaves))]),
        "the entry of the hub": lambda one: EntryContent(
            Entry.objects.select_related("release").get(code=hub)
        ),
        "what causes five": lambda one: Causes([finding(each) for each in chance.sample(leaves, 5)]),
    }
    for words, ask in asked.items():
        taken, most, buffers = [], 0, []
        for one in some:
            with CaptureQueriesContext(connection) as queries:
                began = time.perf_counter()
                ask(one)
                taken.append((time.perf_counter() - began) * 1000)
            most = max(most, len(queries))
            buffers.append(buffers_of(partial(ask, one)))
        median, worst = statistics.median(taken), sorted(taken)[18]
        told = f"{most} queries, {statistics.median(buffers):8,.0f} to {max(buffers):8,.0f} buffers"
        print(f"{words:26} {median:6.0f} ms, p95 {worst:6.0f} ms, {told}")  # noqa: T201
        assert most <= MOST_QUERIES.get(words, 3)
        assert max(buffers) <= MOST_BUFFERS.get(words, 7_000)
