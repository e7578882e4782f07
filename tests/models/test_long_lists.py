"""An old part of a long list costs what the first one costs, in rows that the database reads."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.models.many_rows import ROWS, many_rows, rows_read
from tests.reviewing import signed_in, words
from tests.test_budgets import cost_of
from wiki.acts.reviewing.publishing import version_before
from wiki.acts.writing import drafts
from wiki.models import (
    ANYBODY,
    Family,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Source,
    TypedWords,
    User,
)
from wiki.models.events import NEWEST_EVENT_FIRST, person_with_counts
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.publications import NEWEST_FIRST
from wiki.models.published_pages import A_TO_Z
from wiki.models.queries import contributions, wiki_figures
from wiki.models.queries.contributions import NEWEST_SIGNED_FIRST, NEWEST_WRITTEN_FIRST
from wiki.models.queries.event_filters import EventFilter, lines
from wiki.models.queries.index_jumps import IndexJumps
from wiki.models.queries.succession import Succession
from wiki.models.sources import BY_REFERENCE
from wiki.models.users import BY_NAME
from wiki.policy.checks.load import kinds_of

# What a part may read: fifty rows with what stands beside them, each through an index of a few levels.
MOST_BLOCKS = 1000


@pytest.fixture(autouse=True)
def _database(long_lists, db):
    """Take back after each test what it added; the rows of the module stay."""


@pytest.fixture(scope="module")
def long_lists(django_db_setup, django_db_blocker):
    """Return who is there, and the page of many versions."""
    with many_rows(django_db_blocker) as made:
        yield made


LISTS = {
    "index": (lambda: PublishedPage.objects.for_lists(), A_TO_Z),
    "index of a kind": (lambda: PublishedPage.objects.for_lists().of_kind("condition"), A_TO_Z),
    "latest": (lambda: Publication.objects.as_changes(), NEWEST_FIRST),
    "history": (lambda: Publication.objects.of_page(Page.objects.get(pk__lt=100_000)), NEWEST_FIRST),
    "sources": (lambda: Source.objects.visible_to(ANYBODY).by_reference(), BY_REFERENCE),
    "record": (lambda: lines(ANYBODY, EventFilter()), NEWEST_EVENT_FIRST),
    "record of an act": (
        lambda: lines(User.objects.get(role="moderator"), EventFilter(act="approve")),
        NEWEST_EVENT_FIRST,
    ),
    "people": (lambda: User.objects.in_public(), BY_NAME),
    "written": (lambda: contributions.written_by(User.objects.get(role="clinician")), NEWEST_WRITTEN_FIRST),
    "approved": (lambda: contributions.approved_by(User.objects.get(role="moderator")), NEWEST_SIGNED_FIRST),
}


def test_no_part_of_a_long_list_reads_more_than_its_rows_and_what_stands_beside_them():
    costly = {}
    for name, (rows, order) in LISTS.items():
        walked = list(rows().order_by(*order.by).values_list("pk")[: ROWS - 100])
        middle = rows().get(pk=walked[-1][0])
        asked = [PartAsked(size=50)]
        asked += [PartAsked(**{way: order.place_of(middle)}, size=50) for way in ("after", "before")]
        costs = [cost_of(lambda: part_of(rows(), order, one))["buffers"] for one in asked]  # noqa: B023
        if max(costs) > MOST_BLOCKS:
            costly[name] = costs
    assert costly == {}


# What who signs or writes opens beside pages.
REVIEWING = ("/notices/", "/review/statistics/", "/record/")


def test_nothing_that_one_asks_of_a_large_wiki_reads_all_of_it(long_lists, client, monkeypatch):
    monkeypatch.setattr(wiki_figures, "SMALL", 100)
    wiki_figures.count_if_due(list)
    page, day = long_lists.page, timezone.localdate() - dt.timedelta(days=ROWS // 2)
    live = Publication.objects.open().select_related("revision").get(page=page)
    paths = [
        "/",
        "/about/",
        "/about/waits/",
        "/search/suggest/?q=s",
        "/overdue/",
        "/record/?person=nobody",
        "/index/condition/",
        "/feeds/approvals/",
    ]
    paths += ["/people/clinician/", "/people/moderator/"]
    paths += [f"/v/{page.pk}-{ROWS // 2}/", f"/wiki/zebra/?as_of={day}", "/wiki/zebra/?as_of=1999-01-01"]

    reviewer = signed_in(long_lists.moderator)

    read = {path: rows_read(lambda: client.get(path)) for path in paths}  # noqa: B023
    read |= {path: rows_read(lambda: reviewer.get(path)) for path in REVIEWING}  # noqa: B023
    read["the lock of an act"] = rows_read(lambda: Page.objects.locked_of_revision(live.revision_id))
    read["the branch of a change"] = rows_read(lambda: Family.of_branch(live.revision))
    read["the header"] = rows_read(lambda: person_with_counts(long_lists.moderator.pk))

    assert {name: rows for name, rows in read.items() if rows >= ROWS} == {}
    assert "2,001 pages" in words(client.get("/"))


def test_no_act_on_a_page_of_many_versions_reads_them(long_lists):
    page, author, moderator = long_lists.page, long_lists.clinician, long_lists.moderator
    reviewer, drafted, read = signed_in(moderator), [], {}

    def count(name, act):
        read[name] = rows_read(lambda: drafted.append(act()))

    count("begin", lambda: drafts.edit(page, author=author))
    text = replace(drafted[-1].document, summary="It has stripes that nobody counted before.")
    count("save", lambda: drafts.save(drafted[-1], text, by=author, impact="wording"))
    count("submit", lambda: cast.submit(drafted[-1]))
    waiting = drafted[-1]
    read["the review"] = rows_read(lambda: reviewer.get(f"/review/{waiting.pk}/"))
    read["the queue"] = rows_read(lambda: reviewer.get("/review/"))
    count("approve", lambda: cast.approve(waiting, moderator))

    assert drafted[-1].revision == waiting
    assert {name: rows for name, rows in read.items() if rows >= ROWS // 4} == {}


def test_who_brought_some_words_is_found_without_reading_the_words_of_all_versions(long_lists):
    # However many: each takes its turn in the index, and the words of all versions could seem cheaper.
    for number in (1, 10, 100):
        asked = TypedWords.objects.versions_with(range(1, number + 1), [long_lists.page.pk])
        assert rows_read(lambda: list(asked)) < 50, number  # noqa: B023


def test_what_readers_see_of_a_page_is_found_without_reading_what_they_ever_saw(long_lists):
    page, day = long_lists.page, timezone.localdate() - dt.timedelta(days=20)
    live = page.publications.open().get()
    asked: dict[str, Callable[[], Any]] = {
        "the live version": lambda: Publication.objects.live_of(page),
        "that for a screen": lambda: Publication.objects.live_with_people(page),
        "those of some pages": lambda: Publication.objects.live_of_pages([page.pk, 100_001]),
        "their ids": lambda: Publication.objects.live_ids([page.pk, 100_001]),
        "what leads where": lambda: Succession([page.pk]),
        "what led where on a day": lambda: Succession([page.pk], day),
        "what would follow": lambda: version_before(live.revision),
        "titles": lambda: Revision.objects.visible_to(ANYBODY).titles_of([page.pk, 100_001]),
        "numbers": lambda: Revision.objects.last_numbers([page.pk, 100_001]),
        "kinds": lambda: kinds_of({page.pk, 100_001}),
    }

    read = {name: rows_read(act) for name, act in asked.items()}

    assert {name: rows for name, rows in read.items() if rows > 100} == {}
    assert live.page_id == page.pk
    assert asked["their ids"]()[page.pk] == live.revision_id
    assert asked["numbers"]()[page.pk] == max(Revision.objects.of_pages([page.pk]).values_list("number"))[0]
    assert asked["titles"]().keys() == asked["kinds"]().keys() == {page.pk, 100_001}


def test_what_an_index_offers_to_jump_to_is_found_without_reading_its_rows():
    part = part_of(PublishedPage.objects.for_lists(), A_TO_Z, PartAsked(size=50))

    assert cost_of(lambda: IndexJumps.from_part(part))["buffers"] < 150
    assert cost_of(lambda: IndexJumps.from_part(part, "condition"))["buffers"] < 150
    assert IndexJumps.from_part(part).letters == ["s", "z"]
    assert [one.value for one in IndexJumps.from_part(part).kinds] == ["condition"]
