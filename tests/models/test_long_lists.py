"""An old part of a long list costs what the first one costs, in rows that the database reads."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from tests import cast
from tests.remembered import kept_for_the_module
from tests.reviewing import signed_in, words
from tests.test_budgets import cost_of
from wiki.acts.writing import drafts
from wiki.models import (
    ANYBODY,
    Event,
    Family,
    Notice,
    Page,
    Publication,
    PublishedPage,
    Role,
    Source,
    Statement,
    User,
)
from wiki.models.events import NEWEST_EVENT_FIRST, person_with_counts
from wiki.models.lists.keyset import ROWS_A_PART, PartAsked, part_of
from wiki.models.publications import NEWEST_FIRST
from wiki.models.published_pages import A_TO_Z
from wiki.models.queries import contributions, wiki_figures
from wiki.models.queries.contributions import NEWEST_SIGNED_FIRST, NEWEST_WRITTEN_FIRST
from wiki.models.queries.event_filters import EventFilter, lines
from wiki.models.queries.index_jumps import IndexJumps
from wiki.models.sources import BY_REFERENCE
from wiki.models.statements import MOST_OF_OTHERS
from wiki.models.users import BY_NAME

ROWS = 2000
# What a part may read: fifty rows with what stands beside them, each through an index of a few levels.
MOST_BLOCKS = 1000

# Copies of one row of each table, with other keys; no act of ours makes two thousand pages in a test.
COPIED = (
    ("page", "page", "'id', {n}"),
    ("revision", "revision", "'id', {n}, 'page_id', {n}"),
    (
        "publication",
        "publication",
        "'id', {n}, 'page_id', {n}, 'revision_id', {n},"
        " 'in_force', tstzrange(now() - n * interval '1 hour', NULL)",
    ),
    ("publishedpage", "page", "'page_id', {n}, 'publication_id', {n}, 'slug', 's' || md5(n::text)"),
    ("verdict", "verdict", "'id', {n}, 'revision_id', {n}"),
    ("source", "source", "'id', {n}, 'text', md5(n::text)"),
    ("citation", "citation", "'id', {n}, 'page_id', {n}, 'source_id', {n}"),
    ("event", "event", "'id', {n}, 'page_id', {n}, 'revision_id', {n}, 'at', now() - n * interval '1 hour'"),
    ("notice", "notice", "'id', {n}, 'event_id', {n}"),
    # The versions of one page.
    ("revision", "revision", "'id', {n} * 2, 'number', n + 10"),
    (
        "publication",
        "publication",
        "'id', {n} * 2, 'revision_id', {n} * 2, 'ending', 'replaced',"
        " 'in_force', tstzrange(now() - (n + 1) * interval '1 day', now() - n * interval '1 day')",
    ),
    ("verdict", "verdict", "'id', {n} * 2, 'revision_id', {n} * 2"),
)
COPY = """
    INSERT INTO wiki_{table} SELECT (jsonb_populate_record(one, jsonb_build_object({changes}))).*
    FROM wiki_{table} one, generate_series(1, {rows}) n WHERE one.{key} = %s
"""


@pytest.fixture(autouse=True)
def _database(long_lists, db):
    """Take back after each test what it added; the rows of the module stay."""


@pytest.fixture(scope="module")
def long_lists(django_db_setup, django_db_blocker):
    """Fill the wiki with pages, sources, events, and versions of one page, once for all tests here.

    First what earlier tests left is taken away: a table without rows is read in all blocks that dead ones
    fill. So each test must not fill the tables anew and take it back either.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM")
    with kept_for_the_module(django_db_blocker, _fill) as made:
        yield made


def _fill():
    clinician = cast.make_user("clinician", Role.CLINICIAN)
    moderator = cast.make_user("moderator", Role.MODERATOR)
    cast.make_source(clinician)
    page = cast.make_page(clinician, moderator, "Zebra", body="## Signs\n\nStripes.[@pmid:22327515]")
    publication = page.publications.get()
    keys = {
        "page": page.pk,
        "revision": publication.revision_id,
        "publication": publication.pk,
        "verdict": publication.verdict_id,
        "source": Source.objects.get().pk,
        "citation": page.citations.get().pk,
        "event": Event.objects.get(act="approve").pk,
        "notice": Notice.objects.get(event__act="approve").pk,
    }
    for table, key, changes in COPIED:
        _copy(table, keys[key], changes.format(n="(100000 + n)"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        # Half of the versions of the one page are the moderator's, each with words of its own.
        cursor.execute(
            "UPDATE wiki_revision SET author_id = %s WHERE page_id = %s AND number > 10 AND number %% 2 = 0",
            [moderator.pk, page.pk],
        )
        cursor.execute(
            "INSERT INTO wiki_typedwords SELECT id, ARRAY[id, -id] FROM wiki_revision WHERE number > 10"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")
    return SimpleNamespace(clinician=clinician, moderator=moderator, page=page)


def _copy(table, key, changes):
    """Copy one row of a table many times; no trigger looks at the copies."""
    column = "page_id" if table == "publishedpage" else "id"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(COPY.format(table=table, changes=changes, rows=ROWS, key=column), [key])
        cursor.execute("SET LOCAL session_replication_role = origin")


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


def rows_read(act: Callable[[], object]) -> int:
    """Return how many rows scans gave in this transaction while something was done, in triggers too."""
    counted = (
        "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
    )

    def so_far() -> int:
        with connection.cursor() as cursor:
            cursor.execute(counted)
            return int(cursor.fetchone()[0])

    before = so_far()
    act()
    return so_far() - before


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


def test_what_an_index_offers_to_jump_to_is_found_without_reading_its_rows():
    part = part_of(PublishedPage.objects.for_lists(), A_TO_Z, PartAsked(size=50))

    assert cost_of(lambda: IndexJumps.from_part(part))["buffers"] < 150
    assert cost_of(lambda: IndexJumps.from_part(part, "condition"))["buffers"] < 150
    assert IndexJumps.from_part(part).letters == ["s", "z"]
    assert [one.value for one in IndexJumps.from_part(part).kinds] == ["condition"]


def test_a_page_of_which_many_others_tell_shows_the_surest_and_lists_all_in_parts(long_lists, client):
    page = long_lists.page
    teller = cast.make_page(
        long_lists.clinician, long_lists.moderator, "Teller", statements=(cast.statement(page),)
    )
    _copy(
        "statement",
        teller.statements.get().pk,
        "'id', 100000 + n, 'subject_id', 100000 + n, 'rank', mod(n, 3)",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    shown, has_more = Statement.objects.about(page.pk)

    assert (len(shown), has_more) == (MOST_OF_OTHERS, True)
    assert min(one.rank for one in shown) == 2
    assert rows_read(lambda: Statement.objects.about(page.pk)) < 10 * MOST_OF_OTHERS
    for path in ("/wiki/zebra/", "/wiki/zebra/around/"):
        assert "Other pages make more statements about it" in words(client.get(path))
    parts: list[int] = []
    address = "/wiki/zebra/links/"
    while len(parts) < 3 * ROWS_A_PART:
        answer = client.get(address)
        parts += [one.pk for one in answer.context["statements"]]
        address = f"/wiki/zebra/links/?statements-after={answer.context['statements'].next}"
    assert len(parts) == len(set(parts)) == 3 * ROWS_A_PART
