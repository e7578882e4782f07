"""The order in which acts take locks: who breaks it hears of it at once."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from wiki.audit import log
from wiki.models import Link, Page, locks
from wiki.models.locks import OutOfOrder, lock_names, lock_site
from wiki.published.rebuild import rebuild

LOCKS = {
    "site": lambda pages: lock_site(),
    "names shared": lambda pages: lock_names(exclusive=False),
    "names": lambda pages: lock_names(exclusive=True),
    "page": lambda pages: Page.objects.locked(pages[0].pk),
    "page of a version": lambda pages: Page.objects.locked_of_revision(pages[0].revisions.get().pk),
    "next page": lambda pages: Page.objects.locked(pages[1].pk),
    "chain of the page": lambda pages: Link.objects.head_of(pages[0].pk),
    "chain of the next": lambda pages: Link.objects.head_of(pages[1].pk),
}
RIGHT = [
    "site names page next_page",
    "site names_shared page",
    "names names_shared page",
    "names page names_shared",
    "page next_page page",
    "page chain_of_the_page",
    "page chain_of_the_next chain_of_the_page",
    "site page site",
    "page_of_a_version chain_of_the_page next_page",
]
WRONG = [
    "names site",
    "names_shared site",
    "page site",
    "page names",
    "page names_shared",
    "names_shared names",
    "names_shared page names",
    "next_page page",
    "next_page page_of_a_version",
    "next_page chain_of_the_page",
    "chain_of_the_page names",
]


@pytest.fixture
def pages(clinician, moderator):
    return [cast.make_page(clinician, moderator) for _ in range(2)]


def take(order, pages):
    for one in order.split():
        LOCKS[one.replace("_", " ")](pages)


@pytest.mark.parametrize("order", RIGHT)
def test_locks_taken_in_order_are_accepted(pages, order):
    with transaction.atomic():
        take(order, pages)


@pytest.mark.parametrize("order", WRONG)
def test_locks_taken_out_of_order_raise(pages, order):
    with pytest.raises(OutOfOrder, match=r"is taken after|cannot have them alone"), transaction.atomic():
        take(order, pages)


def test_a_lock_of_an_inner_block_counts_until_the_transaction_ends(pages):
    with transaction.atomic():
        with transaction.atomic():
            take("page", pages)
        with pytest.raises(OutOfOrder):
            take("names", pages)


def test_the_second_transaction_of_a_test_begins_without_locks(pages):
    for order in ("next_page", "page", "site"):
        with transaction.atomic():
            take(order, pages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_an_ended_transaction_holds_no_locks(pages, fails):
    try:
        with transaction.atomic():
            take("page", pages)
            if fails:
                raise ValueError
    except ValueError:
        pass

    with transaction.atomic():
        take("site names", pages)


def test_a_log_line_without_a_page_must_be_written_before_page_locks(pages, moderator):
    with transaction.atomic():
        take("page", pages)
        with pytest.raises(OutOfOrder, match="site is taken after page"), transaction.atomic():
            log.write("discard", by=moderator)


def test_the_lock_order_is_not_checked_in_production(pages, settings):
    settings.TESTING = settings.DEBUG = False

    with transaction.atomic():
        take("page names", pages)


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that goes on by what is added to it."""
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("seconds_a_row", "sizes"),
    [
        (0, [8, 16, 20, 20, 16]),
        (locks.HELD_SECONDS / 12, [8, 12, 12, 12, 12, 12, 12]),
        (9, 10 * [8]),
    ],
)
def test_a_part_of_large_work_is_as_large_as_can_be_done_in_time(clock, seconds_a_row, sizes):
    parts = []
    for part in locks.in_short_parts(range(80), 20):
        clock[0] += 0.999 * seconds_a_row * len(part)
        parts.append(part)

    assert [len(part) for part in parts] == sizes
    assert [row for part in parts for row in part] == list(range(80))


def test_a_part_does_not_become_smaller_because_it_waited_for_others(clock):
    parts = []
    for part in locks.in_short_parts(range(80), 20):
        with locks.waiting():
            clock[0] += 9
        parts.append(len(part))

    assert parts == [8, 16, 20, 20, 16]


def test_a_rebuild_that_takes_long_lets_go_of_its_locks_after_few_pages(
    clinician, moderator, clock, monkeypatch
):
    monkeypatch.setattr(locks, "FEWEST", 2)
    pages = [cast.make_page(clinician, moderator) for _ in range(6)]
    rebuilt = []

    with CaptureQueriesContext(connection) as queries:
        for page, differs in rebuild():
            clock[0] += 1
            rebuilt.append(page)
            assert differs == []

    assert rebuilt == pages
    assert sum("pg_advisory_xact_lock_shared" in one["sql"] for one in queries.captured_queries) == 3
