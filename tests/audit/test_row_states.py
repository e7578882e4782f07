"""What rules and readers rest on beside the record: one value altered anywhere is found, with its column."""

import pytest
from django.db import connection, transaction

from tests.audit.test_verify import ALTER
from wiki.models.row_states import BOUND_STATES, altered_rows

LEFT_OUT = {("user", one) for one in ("password", "last_login", "mailing", "not_mailed")}
# A value for each type of PostgreSQL, to fill a row with.
FILL = {
    "boolean": "true",
    "timestamp with time zone": "now()",
    "date": "current_date",
    "jsonb": "'{}'",
    "ARRAY": "'{}'",
    "character varying": "'x'",
    "text": "'x'",
}


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def columns_of(table):
    return run(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY 1",
        f"wiki_{table}",
    )


def altered():
    return [str(one) for one in altered_rows()]


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    """Write a row of each table, bound as the database binds it; then let go of all that keeps it."""
    with django_db_blocker.unblock(), transaction.atomic():
        run("SET LOCAL session_replication_role = replica")
        for table in BOUND_STATES:
            _write_a_row(table)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        for table in BOUND_STATES:
            run(f"ALTER TABLE wiki_{table} DISABLE TRIGGER state_is_bound")
        yield
        transaction.set_rollback(True)


def _write_a_row(table):
    names = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
    for (name,) in run(names, f"wiki_{table}"):
        run(f"ALTER TABLE wiki_{table} DROP CONSTRAINT {name}")
    run(f"ALTER TABLE wiki_{table} ENABLE ALWAYS TRIGGER state_is_bound")
    columns = [(name, kind) for name, kind in columns_of(table) if name != "id"]
    named = ", ".join(f'"{name}"' for name, _ in columns)
    run(
        f"INSERT INTO wiki_{table} ({named}) VALUES ({', '.join(FILL.get(kind, '1') for _, kind in columns)})"
    )


@pytest.mark.parametrize("table", BOUND_STATES)
def test_any_altered_column_is_found_and_named(table, rows, db):
    for column, kind in columns_of(table):
        with transaction.atomic():
            changed = ALTER[kind].format(f'"{column}"')
            run(f'UPDATE wiki_{table} SET "{column}" = {changed}')
            found = altered()
            transaction.set_rollback(True)

        if (table, column) in LEFT_OUT:
            assert found == []
        elif column == "id":
            assert any("is gone" in one for one in found)
            assert any("is bound by no state of it" in one for one in found)
        else:
            assert len(found) == 1
            assert found[0].startswith(BOUND_STATES[table].capitalize())
            assert f"“{column}”" in found[0]


@pytest.mark.parametrize("table", BOUND_STATES)
def test_a_removed_row_is_found(table, rows, db):
    run(f"DELETE FROM wiki_{table}")

    (sentence,) = altered()
    assert "is gone; its last state was bound" in sentence


def test_a_removed_row_that_was_put_back_is_found(rows, db):
    # A suppression that was ended would hide a text again, and nobody would stand for it.
    run("CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM wiki_suppression")
    run("ALTER TABLE wiki_suppression ENABLE ALWAYS TRIGGER state_is_bound")
    run("DELETE FROM wiki_suppression")
    run("ALTER TABLE wiki_suppression DISABLE TRIGGER state_is_bound")
    assert altered() == []

    run("INSERT INTO wiki_suppression SELECT * FROM kept")

    (sentence,) = altered()
    assert "is bound by no state of it" in sentence
