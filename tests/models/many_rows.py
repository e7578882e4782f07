"""A wiki of two thousand pages, and of one page with two thousand versions, by copies of rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection

from tests import cast
from tests.remembered import kept_for_the_module
from wiki.models import Event, Notice, Role, Source
from wiki.text.compare.word_numbers import METHOD

ROWS = 2000

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


@contextmanager
def many_rows(blocker: Any) -> Iterator[SimpleNamespace]:
    """Keep the rows for all tests of a module.

    First what earlier tests left is taken away, in tables and indexes: a table without rows is read in all
    blocks that dead ones fill, and PostgreSQL chooses its ways by the size of both. So no test may fill a
    table and take it back beside others.
    """
    with blocker.unblock(), connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True)
        cursor.execute(f"VACUUM (FULL) {', '.join(tables)}")
    with kept_for_the_module(blocker, fill) as made:
        yield made


def fill():
    """Make pages, sources, events, and versions of one page; return who is there, and that page."""
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
        copy_row(table, keys[key], changes.format(n="(100000 + n)"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        # Half of the versions of the one page are the moderator's, each with words of its own.
        cursor.execute(
            "UPDATE wiki_revision SET author_id = %s WHERE page_id = %s AND number > 10 AND number %% 2 = 0",
            [moderator.pk, page.pk],
        )
        cursor.execute(
            "INSERT INTO wiki_typedwords (revision_id, numbers, method)"
            " SELECT id, ARRAY[id, -id], %s FROM wiki_revision WHERE number > 10",
            [METHOD],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")
    return SimpleNamespace(clinician=clinician, moderator=moderator, page=page)


def copy_row(table, key, changes):
    """Copy one row of a table many times; no trigger looks at the copies."""
    column = "page_id" if table == "publishedpage" else "id"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(COPY.format(table=table, changes=changes, rows=ROWS, key=column), [key])
        cursor.execute("SET LOCAL session_replication_role = origin")


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
