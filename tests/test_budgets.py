"""Budgets of views and acts in queries and buffers, which no machine changes: none grows by a third unseen.

`CAUSEWAY_BUDGETS=write` writes `tests/bench/budgets.json` anew; say in the commit why one has grown.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.reviewing import signed_in
from wiki.acts.writing import drafts
from wiki.models import Revision, User

FILE = Path(__file__).parent / "bench" / "budgets.json"
MAY_GROW = 4 / 3
# A plan on few rows may need a block more or less.
SLACK = {"queries": 0, "buffers": 12}
PAGE = "/wiki/hypoparathyroidism/"


def cost_of(act: Callable[[], object]) -> dict[str, int]:
    """Return how many queries an act needs, and how many blocks those of them that only read do touch."""
    with CaptureQueriesContext(connection) as captured:
        act()
    queries = [one["sql"] for one in captured.captured_queries]
    return {"queries": len(queries), "buffers": sum(_blocks(sql) for sql in queries if _reads(sql))}


def _reads(sql: str) -> bool:
    start = sql.lstrip().upper()
    return (
        start.startswith("SELECT")
        and "FOR UPDATE" not in start
        and "FOR NO KEY" not in start
        and "_LOCK" not in start
    )


def _blocks(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    found = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]
    return int(found["Shared Hit Blocks"] + found["Shared Read Blocks"])


def measured(clinician: User, moderator: User) -> Iterator[tuple[str, dict[str, int]]]:
    """Measure views and acts on a small wiki: a page with a neighbour and two versions."""
    cast.make_source(clinician)
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    other = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(other, "has_manifestation")
    cast.approve(cast.propose_change(page, clinician, statements=(row,)), moderator)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    anybody, author, reviewer = Client(), signed_in(clinician), signed_in(moderator)
    for path in ("/", "/index/", "/latest/", "/sources/", "/search/?q=seizures&all=1", "/people/clinician/"):
        yield f"GET {path}", cost_of(partial(anybody.get, path))
    for part in ("", "history/", "revisions/1/", "compare/", "cite/", "links/"):
        yield f"GET page {part}", cost_of(partial(anybody.get, PAGE + part))
    yield "GET page, signed in", cost_of(lambda: author.get(PAGE))
    draft: list[Revision] = []
    yield "begin an edit", cost_of(lambda: draft.append(drafts.edit(page, author=clinician)))
    yield "GET the editor", cost_of(lambda: author.get(f"/drafts/{draft[0].pk}/"))
    text = replace(draft[0].document, summary="Other words.")
    yield "save", cost_of(lambda: draft.append(drafts.save(draft[0], text, by=clinician, impact="wording")))
    yield "submit", cost_of(lambda: draft.append(cast.submit(draft[-1])))
    yield "GET the queue", cost_of(lambda: reviewer.get("/review/"))
    yield "GET the submission", cost_of(lambda: reviewer.get(f"/review/{draft[0].pk}/"))
    yield "approve", cost_of(lambda: cast.approve(draft[-1], moderator))


@pytest.fixture
def without_dead_rows(transactional_db):
    """Take away what the tests before left in tables and indexes: it is read past, and counts."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL")


@pytest.mark.django_db(transaction=True)
def test_no_budget_grows_by_a_third(without_dead_rows, clinician, moderator):
    found = dict(measured(clinician, moderator))
    if os.environ.get("CAUSEWAY_BUDGETS") == "write":
        FILE.write_text(json.dumps(found, indent=2) + "\n")
    budgets = json.loads(FILE.read_text())

    assert found.keys() == budgets.keys()
    grown = {
        f"{name}, {what}": (budgets[name][what], number)
        for name, numbers in found.items()
        for what, number in numbers.items()
        if number > budgets[name][what] * MAY_GROW + SLACK[what]
    }
    assert grown == {}
