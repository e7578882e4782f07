"""What views and acts cost in a wiki of 1,000, of 10,000 and of 100,000 pages, and how it grows.

Run it with `.venv/bin/python -m pytest tests/bench/bench_sizes.py -s -n 0 -o faulthandler_timeout=0`; it is
not part of the tests. `CAUSEWAY_SIZES=1000,10000,100000` names the sizes. Of each view and act it prints
queries, buffers, rows that scans read, processor time, rows locked or changed, for how long the first lock is
held, and how these grow from the smallest wiki on. Buffers and rows are PostgreSQL's own counts: what its
triggers read is among them. Processor time is that of this process alone.
"""

import datetime as dt
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields, replace
from functools import partial
from itertools import chain
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from psycopg import sql

from tests import cast, database_template
from tests.bench.costs import Cost, cost_of
from tests.bench.wiki_of_size import WikiOfSize, build, slug_of, word_of
from tests.reviewing import signed_in
from wiki import jobs, postgres
from wiki.acts.writing import drafts
from wiki.audit.chain import anchor
from wiki.models import Page, Revision, StoredAnswer, User

SIZES: Final = [int(size) for size in os.environ.get("CAUSEWAY_SIZES", "1000,10000").split(",")]
TIMES: Final = 3
# Named as the run begins: somebody may edit the tables while it goes on.
TEMPLATE: Final = database_template.name()
# Small numbers are left out of what grows: a plan on few rows may need some blocks more or less.
SLACK: Final = Cost(queries=5, buffers=50, rows=50, processor=5, locked=5, held=5)

type Act = Callable[[], object]
# What prepares an act, told how often it was done before.
type Prepared = Callable[[int], Act]

LISTS: Final = (
    *("/", "/index/", "/index/?from=m", "/index/condition/", "/latest/", "/sources/", "/overdue/"),
    *("/record/", "/record/?person=colleague", "/record/anchors/"),
    *("/people/clinician/", "/people/moderator/"),
    *("/search/?q=treatment&all=1", f"/search/?q={word_of(5)}k&all=1", "/search/suggest/?q=ba"),
    *("/sitemap.xml", "/feeds/approvals/", "/about/waits/", "/about/"),
)
OF_A_PAGE: Final = ("", "history/", "compare/", "sentences/", "links/", "around/", "cite/")
SIGNED_IN: Final = ("/review/", "/tasks/", "/notices/", "/drafts/", "/review/statistics/", "/new/")


def views(wiki: WikiOfSize) -> Iterator[tuple[str, Prepared]]:
    """Yield each view with what opens it."""
    anybody, moderator = Client(), signed_in(wiki.people["moderator"])
    for path in LISTS:
        yield path, partial(opened, anybody, path)
    long, hub, page = address(wiki.long), address(wiki.hub), f"/wiki/{slug_of(wiki.pages // 2)}/"
    told = f"/wiki/{most_told()}/"
    for name, at in (("a page", page), ("the hub", hub), ("many versions", long), ("much told", told)):
        for part in OF_A_PAGE:
            yield f"{name}: {part}", partial(opened, anybody, at + part)
    day = (timezone.now() - dt.timedelta(days=1000)).date()
    yield "many versions: as of a day", partial(opened, anybody, f"{long}?as_of={day}")
    yield "many versions: an old part", partial(opened, anybody, f"{long}history/?from={day}T000000.000000Z")
    yield "many versions: a print", partial(opened, anybody, f"/v/{wiki.long}-5/")
    named = {"a page": page, "a submission": f"/review/{waiting(wiki).pk}/"}
    for name, path in (named | {path: path for path in SIGNED_IN}).items():
        yield f"signed in: {name}", partial(opened, moderator, path)
    writer = signed_in(wiki.people["clinician"])
    for name, at in (("the hub", hub), ("much told", told)):
        yield f"{name}: retire/", partial(opened, writer, f"{at}retire/")


def address(page_id: int) -> str:
    """Return where a page is read."""
    return Page.objects.get(pk=page_id).published_page.get_absolute_url()


def most_told() -> str:
    """Return where the page is read about which other pages say most."""
    told = Page.objects.annotate(told=Count("statements_about")).order_by("-told", "pk")[0]
    return told.published_page.slug


def waiting(wiki: WikiOfSize) -> Revision:
    """Return a change that waits."""
    return Revision.objects.filter(state="submitted").order_by("pk")[wiki.pages // 20]


def opened(browser: Client, path: str, times: int) -> Act:
    """Return what opens a page that is not stored."""
    return partial(got, browser, path)


def got(browser: Client, path: str) -> None:
    """Open a page, and read all of it."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    for _ in answer if answer.streaming else ():
        pass


class Acts:
    """The acts, each prepared for another page each time; on one page, with other words each time."""

    def __init__(self, wiki: WikiOfSize) -> None:
        """Remember who acts."""
        self.wiki = wiki
        self.author, self.other, self.moderator = (
            wiki.people[name] for name in ("clinician", "colleague", "moderator")
        )

    def all(self) -> Iterator[tuple[str, Prepared]]:
        """Yield each act with what prepares it."""
        for name, where in (("a page", None), ("many versions", self.wiki.long), ("the hub", self.wiki.hub)):
            for act in (self.begin, self.save, self.submit, self.approve, self.rename):
                yield f"{name}: {act.__name__}", partial(act, where)
        yield "a new page", self.new_page
        yield "a loaded page", self.loaded_page
        yield "an anchor", self.anchor

    def page(self, where: int | None, times: int) -> Page:
        """Return the page with an id, or an ordinary one."""
        if where is not None:
            return Page.objects.get(pk=where)
        return Page.objects.get(published_page__slug=slug_of(11 + 10 * times))

    def begin(self, where: int | None, times: int) -> Act:
        """Return what begins an edit."""
        page = self.page(where, times)
        for draft in Revision.objects.filter(page=page, author=self.author, state="draft"):
            drafts.discard(draft, by=self.author)
        return partial(drafts.edit, page, author=self.author)

    def save(self, where: int | None, times: int) -> Act:
        """Return what saves a draft."""
        draft = drafts.edit(self.page(where, times), author=self.author)
        return partial(saved, draft, f"Words {times}.", self.author)

    def submit(self, where: int | None, times: int) -> Act:
        """Return what sends a draft in."""
        draft = drafts.edit(self.page(where, times), author=self.author)
        return partial(cast.submit, saved(draft, f"Other words {times}.", self.author))

    def approve(self, where: int | None, times: int, **changes: Any) -> Act:
        """Return what publishes a change."""
        words = changes or {"summary": f"Approved words {times}."}
        sent = cast.propose_change(self.page(where, times + TIMES), self.other, **words)
        return partial(cast.approve, sent, self.moderator)

    def rename(self, where: int | None, times: int) -> Act:
        """Return what publishes another title."""
        return self.approve(where, times + TIMES, title=f"Renamed {where or 'page'} {times}")

    def new_page(self, times: int) -> Act:
        """Return what publishes a new page."""
        draft = drafts.propose(cast.document(f"New {times}"), author=self.author)
        return partial(cast.approve, cast.submit(draft), self.moderator)

    def loaded_page(self, times: int) -> Act:
        """Return what loads a page from a file."""
        return partial(cast.load_page, f"Loaded {times}")

    def anchor(self, times: int) -> Act:
        """Return what makes an anchor, once more was written."""
        draft = drafts.edit(self.page(None, times + 12), author=self.other)
        cast.submit(saved(draft, f"Anchored words {times}.", self.other))
        return anchor


def saved(draft: Revision, summary: str, by: User) -> Revision:
    """Save a draft with another summary."""
    return drafts.save(draft, replace(draft.document, summary=summary), by=by, impact="wording")


@contextmanager
def database(name: str) -> Iterator[None]:
    """Let the connection lead to a new database, and drop it in the end."""
    usual, called = connection.settings_dict["NAME"], sql.Identifier(name)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with postgres.connect(postgres.TESTS) as server:
        server.execute(create.format(called, sql.Identifier(TEMPLATE)))
        try:
            connection.close()
            connection.settings_dict["NAME"] = name
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(called))


def costs(
    size: int, versions: int = 0, *, of: Callable[[WikiOfSize], Iterable[tuple[str, Prepared]]]
) -> Iterator[tuple[str, Cost]]:
    """Build a wiki and yield what each view and act `of` it costs there."""
    with database(f"test_causeway_{os.getpid()}_of_size"):
        wiki = build(size, versions=versions)
        list(jobs.run_jobs())
        for prepared in of(wiki):
            yield prepared[0], _least(prepared[1])


def _least(prepared: Prepared) -> Cost:
    """Return the least that something costs when it is done a few times: the first time, plans are made."""
    found = []
    for times in range(TIMES):
        act = prepared(times)
        StoredAnswer.objects.all().delete()
        cache.clear()
        found.append(astuple(cost_of(act)))
    return Cost(*map(min, *found))


def growth(now: Cost, before: Cost) -> str:
    """Return how many times as much each number is; what is small both times counts as the same."""
    pairs = zip(astuple(now), astuple(before), astuple(SLACK), strict=True)
    return " ".join(f"{(after + slack) / (was + slack):6.2f}" for after, was, slack in pairs)


def table(found: Iterable[tuple[int, Iterable[tuple[str, Cost]]]]) -> int:
    """Print what each view and act costs at each size, and how it grows from the first; return how many."""
    logging.disable(logging.INFO)
    first: dict[str, Cost] = {}
    print("\n", " " * 48, *(f"{one.name:>9}" for one in fields(Cost)), "  growth")  # noqa: T201
    for size, each in found:
        for name, cost in each:
            told = " ".join(f"{number:9.0f}" for number in astuple(cost))
            ratios = growth(cost, first.setdefault(name, cost))
            print(f"{size:7} {name[:40]:40} {told}   {ratios}", flush=True)  # noqa: T201
    return len(first)


@pytest.mark.django_db(transaction=True)
def test_sizes():
    assert table((size, costs(size, of=lambda wiki: chain(views(wiki), Acts(wiki).all()))) for size in SIZES)
