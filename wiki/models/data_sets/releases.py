"""Loading a release: filled beside the tables, compared with the one before, and put in its place at once.

Readers wait for nothing but the exchange of the parts, under a lock that is given up after a moment.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from psycopg import errors, sql

from wiki.models.data_sets.entries import DataRelease, EntryNumber

# The parts of a release, each with the columns that are copied into it.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "entry": ("id", "code", "kind", "name", "definition", "comment", "synonyms", "former_codes"),
    "entryancestor": ("entry_id", "ancestor_id", "distance"),
    "entrycode": ("entry_id", "system", "code"),
    "datarow": (
        *("key", "subject_id", "relation", "object_id", "denied", "frequency", "share_low", "share_high"),
        *("sources", "evidence", "details"),
    ),
    "entryfinding": ("finding_id", "disease_id", "share"),
}
# Nobody waits longer than this for the exchange.
LOCK: Final = "200ms"
ATTEMPTS: Final = 100
# What is told of each kind of change at most.
EXAMPLES: Final = 200

type Progress = Callable[[str], None]


def _part(table: str, release: DataRelease) -> sql.Identifier:
    return sql.Identifier(f"wiki_{table}_{release.pk}")


def _run(statement: str, release: DataRelease, **others: Any) -> None:
    """Run a statement in which `{entry}` and the like stand for the parts of a release."""
    with connection.cursor() as cursor:
        cursor.execute(_with_parts(statement, release), {"release": release.pk, **others})


def _with_parts(statement: str, release: DataRelease) -> sql.Composed:
    return sql.SQL(statement).format(**{table: _part(table, release) for table in COLUMNS})


def prepare(release: DataRelease) -> None:
    """Make the empty parts of a release, beside the tables."""
    for table in COLUMNS:
        make = "CREATE TABLE {part} (LIKE {whole} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
        check = "ALTER TABLE {part} ADD CONSTRAINT {name} CHECK (release_id = {release})"
        names = {
            "part": _part(table, release),
            "whole": sql.Identifier(f"wiki_{table}"),
            "name": sql.Identifier(f"{table}_{release.pk}_is_of_its_release"),
            "release": sql.Literal(release.pk),
        }
        default = "ALTER TABLE {part} ALTER release_id SET DEFAULT {release}"
        with connection.cursor() as cursor:
            for statement in (make, check, default):
                cursor.execute(sql.SQL(statement).format(**names))


def fill(release: DataRelease, table: str, rows: Iterable[Sequence[Any]]) -> int:
    """Copy rows into a part of a release; return how many."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        _part(table, release), sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
    )
    copied = 0
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for copied, row in enumerate(rows, 1):  # noqa: B007  counted
            copy.write_row(row)
    return copied


def numbers_of(data_set: str, codes: Iterable[str]) -> dict[str, int]:
    """Return the numbers of entries by code: the ones that they have had, or new ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO wiki_entrynumber (id, data_set, code)
            SELECT nextval('wiki_entry_numbers'), %(data_set)s, code FROM unnest(%(codes)s::text[]) AS code
            WHERE NOT EXISTS (
                SELECT FROM wiki_entrynumber AS known
                WHERE known.data_set = %(data_set)s AND known.code = code.code
            )
            """,
            {"data_set": data_set, "codes": sorted(set(codes))},
        )
    return dict(EntryNumber.objects.filter(data_set=data_set).values_list("code", "id"))


def finish(release: DataRelease) -> None:
    """Work out what follows from the rows of a release, and index its parts as the tables are."""
    for statement in (_FINDINGS, _COUNTED, _SEARCH):
        _run(statement, release)
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute("SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass"
                " AND NOT indisprimary ORDER BY indexrelid", [f"wiki_{table}"])  # fmt: skip
            made = [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
                " AND contype = 'p'", [f"wiki_{table}"])  # fmt: skip
            for (key,) in cursor.fetchall():
                add = sql.SQL("ALTER TABLE {} ADD {}").format(_part(table, release), sql.SQL(key))
                cursor.execute(add)
            for definition in made:
                # CREATE INDEX name ON ONLY public.table USING …: the name is the database's to choose.
                how = sql.SQL("USING" + definition.partition(" USING")[2])
                cursor.execute(sql.SQL("CREATE INDEX ON {} {}").format(_part(table, release), how))
            cursor.execute(sql.SQL("ANALYZE {}").format(_part(table, release)))


def tidy(release: DataRelease) -> None:
    """Leave the parts of a release as they are once PostgreSQL has tidied them, which may take it an hour.

    Until then what an index tells is looked up in the table as well.
    """
    if not connection.in_atomic_block:
        parts = sql.SQL(", ").join(_part(table, release) for table in COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("VACUUM {}").format(parts))


# A frequency that nobody told counts as half: it is neither always nor never.
_FINDINGS: Final = """
    INSERT INTO {entryfinding} (finding_id, disease_id, share)
    SELECT upward.ancestor_id, told.subject_id, max(told.share)
    FROM (
        SELECT subject_id, object_id, max(coalesce((share_low + share_high) / 200, 0.5))::float8 AS share
        FROM {datarow} WHERE NOT denied AND relation = 'has_manifestation' GROUP BY 1, 2
    ) AS told
    JOIN {entryancestor} AS upward ON upward.entry_id = told.object_id
    GROUP BY 1, 2
"""
_COUNTED: Final = """
    UPDATE {entry} AS entry SET links = coalesce(linked.number, 0), disease_count = coalesce(shown.number, 0)
    FROM {entry} AS one
    LEFT JOIN (
        SELECT id, count(*) AS number FROM (
            SELECT subject_id AS id FROM {datarow} WHERE NOT denied
            UNION ALL SELECT object_id FROM {datarow} WHERE NOT denied
        ) AS ends GROUP BY id
    ) AS linked ON linked.id = one.id
    LEFT JOIN (
        SELECT finding_id AS id, count(*) AS number FROM {entryfinding} GROUP BY 1
    ) AS shown ON shown.id = one.id
    WHERE entry.id = one.id
"""
_SEARCH: Final = """
    UPDATE {entry} SET search = setweight(to_tsvector('causeway', name), 'A')
        || setweight(to_tsvector('causeway', array_to_string(synonyms, ' ; ')), 'B')
        || setweight(to_tsvector('simple', lower(code)), 'B')
"""
_COMPARED: Final = {
    "entries": """
        SELECT coalesce(old.code, new.code), coalesce(new.name, old.name), old.code IS NULL, new.code IS NULL
        FROM (SELECT * FROM wiki_entry WHERE release_id = %(before)s) AS old
        FULL JOIN {entry} AS new ON new.id = old.id
        WHERE old.code IS NULL OR new.code IS NULL
           OR (old.name, old.definition, old.synonyms, old.former_codes)
              IS DISTINCT FROM (new.name, new.definition, new.synonyms, new.former_codes)
        ORDER BY 1
    """,
    "rows": """
        SELECT coalesce(old.key, new.key), coalesce(new.frequency, old.frequency),
            old.key IS NULL, new.key IS NULL
        FROM (SELECT * FROM wiki_datarow WHERE release_id = %(before)s) AS old
        FULL JOIN {datarow} AS new ON new.key = old.key
        WHERE old.key IS NULL OR new.key IS NULL
           OR (old.denied, old.frequency, old.sources, old.evidence, old.details)
              IS DISTINCT FROM (new.denied, new.frequency, new.sources, new.evidence, new.details)
        ORDER BY 1
    """,
}


def compare(release: DataRelease, before: DataRelease | None) -> dict[str, dict[str, Any]]:
    """Return what came, went and changed since the release before, counted, with examples."""
    report: dict[str, dict[str, Any]] = {}
    for what, statement in _COMPARED.items():
        told: dict[str, Any] = {"came": 0, "went": 0, "changed": 0, "examples": {}}
        with connection.cursor() as cursor:
            cursor.execute(_with_parts(statement, release), {"before": before.pk if before else 0})
            for code, name, is_new, is_gone in cursor:
                how = "came" if is_new else "went" if is_gone else "changed"
                told[how] += 1
                examples = told["examples"].setdefault(how, [])
                if len(examples) < EXAMPLES:
                    examples.append([code, name])
        report[what] = told
    return report


def swap(release: DataRelease, before: DataRelease | None) -> float:
    """Put a release in the place of the one before; return for how many seconds readers were locked out.

    The lock is given up after 200 ms and asked for again, so nobody waits longer behind it.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _swapped(release, before)
        except OperationalError as error:
            if not isinstance(error.__cause__, errors.QueryCanceled) or attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.2)
    raise AssertionError("unreachable")


def _swapped(release: DataRelease, before: DataRelease | None) -> float:
    with connection.cursor() as cursor:
        # A time-out for locks would count for each of the tables anew.
        cursor.execute(f"SET LOCAL statement_timeout = '{LOCK}'")
        tables = ", ".join(f"wiki_{table}" for table in COLUMNS)
        cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        began = time.perf_counter()
        for table in COLUMNS:
            whole = sql.Identifier(f"wiki_{table}")
            if before is not None:
                leave = sql.SQL("ALTER TABLE {} DETACH PARTITION {}")
                cursor.execute(leave.format(whole, _part(table, before)))
            join = sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES IN ({})")
            cursor.execute(join.format(whole, _part(table, release), sql.Literal(release.pk)))
        DataRelease.objects.filter(data_set=release.data_set).update(is_current=False)
        DataRelease.objects.filter(pk=release.pk).update(is_current=True)
        cursor.execute("SET LOCAL statement_timeout = 0")
    return time.perf_counter() - began


_SAME_SUBJECTS: Final = """
    WITH known AS MATERIALIZED (
        SELECT DISTINCT found.entry_id, found.page_id
        FROM wiki_publishedpage AS page, causeway_same_subjects(page.page_id, page.codes) AS found
    ), gone AS (
        DELETE FROM wiki_samesubject AS tie WHERE NOT EXISTS (
            SELECT FROM known WHERE known.entry_id = tie.entry_id AND known.page_id = tie.page_id
        )
    )
    INSERT INTO wiki_samesubject (entry_id, page_id) SELECT entry_id, page_id FROM known
    ON CONFLICT DO NOTHING
"""


def tie_to_pages() -> None:
    """Tie pages to the entries that they are by their codes, after an exchange: nobody waits for that."""
    with connection.cursor() as cursor:
        cursor.execute(_SAME_SUBJECTS)


def drop(release: DataRelease) -> None:
    """Drop the parts of a release that is not shown."""
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(_part(table, release)))


@contextmanager
def one_at_a_time(data_set: str) -> Iterator[None]:
    """Hold a lock that keeps a second load of the same data set waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(51717, hashtext(%s))", [f"data set {data_set}"])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(51717, hashtext(%s))", [f"data set {data_set}"])
