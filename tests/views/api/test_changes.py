"""Whoever follows the changes misses none and gets none twice, whatever is committed meanwhile.

Few write at once here; `CAUSEWAY_WRITERS=50x20` lets 50 write 20 changes each, slowly, while a client polls.
"""

import os
import time
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.safety import suppression
from wiki.acts.upkeep import retractions
from wiki.audit import log
from wiki.models import Event, Page
from wiki.models.queries import changes
from wiki.models.queries.changes import Position, changes_after

pytestmark = pytest.mark.django_db(transaction=True)
SETTLED = changes.SETTLED
# Tests on other workers hold transactions open on the same server; they are waited for.
SECONDS = 120
WRITERS, EACH = map(int, os.environ.get("CAUSEWAY_WRITERS", "8x6").split("x"))


@pytest.fixture
def settled_alone(monkeypatch, _patched_for_all_tests):
    """Let the server decide what nothing can precede any more, as it does outside tests."""
    monkeypatch.setattr(changes, "SETTLED", SETTLED)


def all_after(position, number):
    """Return so many changes after a position, once they are settled."""
    until = time.monotonic() + SECONDS
    while len(found := changes_after(position, number)) < number and time.monotonic() < until:
        time.sleep(0.05)
    return found


CHANGES = "/api/v1/changes"


def told(since="", **more):
    answer = Client().get(CHANGES, {"since": since, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_feed_lists_published_changes_only(published, clinician, moderator):
    cast.propose_change(published, clinician)

    (one,) = told()["items"]

    assert (one["act"], one["page"]["id"], one["version"]) == ("approve", published.pk, 1)
    assert one["page"]["url"].endswith("/wiki/hypoparathyroidism/")
    assert not one["is_recall"]


def test_a_client_continues_from_its_last_position(published, clinician, moderator):
    first = told()
    assert told(first["position"])["items"] == []
    assert told("latest")["position"] == first["position"]

    cast.approve(cast.propose_change(published, clinician), moderator)

    assert [one["version"] for one in told(first["position"])["items"]] == [2]


def test_changes_are_paginated(clinician, moderator):
    for _ in range(3):
        cast.make_page(clinician, moderator)

    first = told(limit=2)
    rest = Client().get(first["next"].partition("/api/")[1] + first["next"].partition("/api/")[2]).json()

    assert len(first["items"]) == 2
    assert [len(rest["items"]), rest["next"]] == [1, None]


def test_a_revert_is_marked_as_a_recall(published, clinician, moderator):
    source = cast.make_source(clinician)
    change = cast.propose_change(published, clinician, body="## What\n\nA fact.[@pmid:22327515]")
    cast.approve(change, moderator)
    retractions.keep_notice(source.pk, nature="retraction", reason="Made up.")
    review.unapprove(change.pk, by=moderator, reason="Wrong.")

    assert [one["reason"] for one in told()["items"] if one["is_recall"]] == ["Wrong."]
    assert told()["items"][-1]["act"] == "unapprove"


def test_a_retraction_of_a_cited_source_names_the_source(published, clinician, moderator):
    source = cast.make_source(clinician)
    row = cast.statement(published, "causes")
    cast.make_page(clinician, moderator, "Cause", statements=(row,))
    retractions.keep_notice(source.pk, nature="retraction", reason="Made up.")

    last = told()["items"][-1]

    assert (last["act"], last["source"]["id"], last["is_recall"]) == ("source_notice", source.pk, True)


def test_a_suppressed_version_is_listed_only_as_suppressed(published, clinician, moderator):
    change = cast.propose_change(published, clinician, title="The name of somebody")
    cast.approve(change, moderator)
    suppression.suppress(change.pk, by=moderator, reason="It named a patient.")

    items = told()["items"]

    assert "somebody" not in str(items)
    assert [one["version"] for one in items if one["act"] == "approve"] == [1]


def test_a_position_from_the_future_is_refused_with_410(published):
    answer = Client().get(CHANGES, {"since": f"0-{10**15}-1"})

    assert answer.status_code == 409
    assert "backup" in answer.json()["detail"]


@pytest.mark.parametrize("since", ["yesterday", "1-2", "0-1-2-3", "2026-11-30T00:00"])
def test_a_malformed_position_is_refused(since):
    assert Client().get(CHANGES, {"since": since}).status_code == 422


def test_a_part_of_the_changes_takes_two_queries(published, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        told()


def test_events_wait_for_transactions_that_began_earlier(settled_alone):
    pages = [Page.objects.create(), Page.objects.create()]
    has_begun, may_end = Signal(), Signal()

    def slow():
        with transaction.atomic():
            log.write("load", by=None, page=pages[0])
            has_begun.set()
            may_end.wait(10)
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    has_begun.wait(10)
    with transaction.atomic():
        log.write("load", by=None, page=pages[1])
    early = changes_after(Position(), 10)
    may_end.set()
    thread.join()

    assert early == []
    assert [one.event.page_id for one in all_after(Position(), 2)] == [one.pk for one in pages]


def follow(writers, each, pause):
    """Return the numbers of the changes that a client gets which polls while many write slowly."""
    pages, got, position = [Page.objects.create() for _ in range(writers)], [], Position()

    def write(page):
        for number in range(each):
            with transaction.atomic():
                log.write("load", by=None, page=page)
                time.sleep(pause * ((7 * page.pk + 3 * number) % 10) / 10)
        connection.close()

    threads = [Thread(target=write, args=[page]) for page in pages]
    for thread in threads:
        thread.start()
    while True:
        is_last = not any(thread.is_alive() for thread in threads)
        while part := changes_after(position, 7):
            got += [one.event.pk for one in part]
            position = part[-1].position
        if is_last:
            return got + [one.event.pk for one in all_after(position, writers * each - len(got))]


def test_a_client_that_polls_misses_none_and_gets_none_twice(settled_alone):
    got = follow(writers=WRITERS, each=EACH, pause=0.02)

    assert len(got) == len(set(got)) == WRITERS * EACH
    assert set(got) == set(Event.objects.values_list("pk", flat=True))


def test_a_database_restored_elsewhere_goes_on_in_a_new_epoch(published, settled_alone):
    (one,) = all_after(Position(), 1)
    position = one.position
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("ALTER TABLE wiki_event DISABLE TRIGGER append_only")
        cursor.execute("UPDATE wiki_event SET transaction = transaction + 1000000")
        cursor.execute("ALTER TABLE wiki_event ENABLE TRIGGER append_only")
    before = changes_after(Position(), 10)[-1].position
    assert before > position

    with transaction.atomic():
        log.write("load", by=None, page=published)

    (after,) = all_after(before, 1)
    assert (after.position.epoch, after.event.act) == (1, "load")
