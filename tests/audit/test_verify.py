"""One byte altered anywhere in the record is found and named, as the table's owner with triggers off."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Model

from tests import cast
from tests.remembered import around_tests
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.acts.upkeep import reverification
from wiki.audit import chain
from wiki.audit.attribution import SIGNED
from wiki.audit.verify import Proof
from wiki.models import (
    Anchor,
    Attribution,
    Event,
    Link,
    Publication,
    Role,
    RowState,
    Verification,
)
from wiki.models.chains import BOUND

TABLES = ("revision", "verdict", "publication", "verification", "whole_page_review", "event")
TEXT = "CASE WHEN {0} = '' THEN 'x' ELSE overlay({0} placing chr(ascii({0}) + 1) from 1 for 1) END"
# What is altered where: for the types of PostgreSQL, so that every column of every table is taken.
ALTER = {
    "numeric": "coalesce({0}, 0) + 1",
    "bigint": "coalesce({0}, 0) + 1000000",
    "integer": "coalesce({0}, 0) + 1",
    "smallint": "coalesce({0}, 0) + 1",
    "character varying": TEXT,
    "text": TEXT,
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
    "date": "coalesce({0}, current_date) + 1",
    "jsonb": "CASE jsonb_typeof({0}) WHEN 'object' THEN {0} || '{{\"x\": 1}}' ELSE '[1, 2]' END",
    "ARRAY": "array_append({0}, '9')",
    "boolean": "NOT {0}",
    "tstzrange": "tstzrange(lower({0}) + interval '1 microsecond', upper({0}))",
}
# A link's and an anchor's own number says nothing and nothing refers to it, nor where the next anchor
# begins; all else of them counts.
MODELS: list[type[Model]] = [apps.get_model("wiki", BOUND[table].model) for table in TABLES]
MODELS += [Link, Anchor, RowState]
COLUMNS = [
    (model._meta.db_table, field.column)
    for model in MODELS
    for field in model._meta.concrete_fields
    if not (model in (Link, Anchor, RowState) and field.column in {"id", "last_link"})
]


@pytest.fixture(autouse=True)
def _database(record, db):
    """Take back after each test what it altered; the record of the module stays."""


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """Write a record with everything in it, and let go of what keeps it: triggers and constraints."""
    with django_db_blocker.unblock(), around_tests():
        _write()
        connection.check_constraints()
        chain.anchor()
        _let_go()
        yield
        transaction.set_rollback(True)


def _write():
    clinician, moderator = cast.make_user("clinician", Role.CLINICIAN), cast.make_user("mod", Role.MODERATOR)
    cast.make_user("admin", Role.ADMINISTRATOR)
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    second = cast.submit(cast.make_edit(page, clinician, aliases=("low hormone",)))
    cast.approve(second, moderator)
    review.unapprove(second.pk, by=moderator, reason="Wrong.")
    rejected = cast.submit(cast.make_edit(page, clinician, summary="No."))
    review.reject(rejected.pk, by=moderator, reason="No.")
    looker = cast.make_user("looker", Role.MODERATOR)
    cast.review_whole(page, looker)
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Surgery", statements=(cast.statement(page),))
    live = Publication.objects.open().get(page=other).revision
    reverification.verify_statement(
        other, "causes", page.pk, by=looker, digest=live.digest, checked="Read it against the guideline."
    )


def _let_go():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in sorted({table for table, _ in COLUMNS}):
            cursor.execute(
                "SELECT conname FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND contype IN ('c', 'x', 'u')",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _alter(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _troubles():
    """Return all that does not fit; nothing where all fits."""
    return " ".join(map(str, Proof().troubles()))


def _type_of(table, column):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE udt_name WHEN 'tstzrange' THEN udt_name ELSE data_type END, character_maximum_length"
            " FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
            [table, column],
        )
        return cursor.fetchone()


def test_an_untouched_record_verifies():
    told = StringIO()

    call_command("verify_history", stdout=told, stderr=StringIO())

    assert "as it was written" in told.getvalue()
    assert (
        f"{Link.objects.count()} links in 3 chains, {RowState.objects.count()} states of rows, "
        in told.getvalue()
    )


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda one: one)
def test_one_altered_value_is_found(table, column):
    kind, _ = _type_of(table, column)
    pk = _some_row(table)

    _alter(
        f'UPDATE {table} SET "{column}" = {ALTER[kind].format(f"{chr(34)}{column}{chr(34)}")} WHERE id = %s',
        pk,
    )

    assert _names_it(_troubles(), table, pk)


def _some_row(table):
    """Return a row that others follow; of anchors the only one."""
    with connection.cursor() as cursor:
        where = "WHERE NOT upper_inf(in_force)" if table == "wiki_publication" else ""
        cursor.execute(f"SELECT id FROM {table} {where} ORDER BY id LIMIT 1")
        return cursor.fetchone()[0]


def _names_it(trouble, table, pk):
    if table in {"wiki_link", "wiki_rowstate"}:
        return "link at place" in trouble or "bound" in trouble
    if table == "wiki_anchor":
        return " anchor " in trouble
    return f" {pk} " in trouble or f"revision {pk})" in trouble


@pytest.mark.parametrize(
    "table",
    [
        *("wiki_revision", "wiki_verdict", "wiki_publication", "wiki_verification", "wiki_wholepagereview"),
        "wiki_event",
    ],
)
def test_a_removed_or_inserted_row_is_found(table):
    pk = _some_row(table)
    columns = ", ".join(f'"{column}"' for name, column in COLUMNS if name == table and column != "id")

    with transaction.atomic():
        _alter(f"DELETE FROM {table} WHERE id = %s", pk)
        removed = _troubles()
        transaction.set_rollback(True)
    _alter(f"INSERT INTO {table} (id, {columns}) SELECT 999999, {columns} FROM {table} WHERE id = %s", pk)

    assert f" {pk} is gone" in removed
    assert "999999 is bound by no link" in _troubles()


@pytest.mark.parametrize("alter", ["DELETE FROM {}", "UPDATE {} SET numbers = array_append(numbers, 9)"])
def test_words_that_are_kept_otherwise_than_a_version_brought_them_are_found(alter):
    _alter(f"{alter.format('wiki_typedwords')} WHERE revision_id > %s", 0)

    assert "the words that it brought are not kept as its text says" in _troubles()


def test_a_verdict_without_its_opening_in_the_record_is_found():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wiki_event SET data = data - 'opened_at' WHERE act = 'approve'")

    assert "the record does not tell when it was opened" in _troubles()


@pytest.mark.parametrize("change", ["opened_at = opened_at - interval '1 hour'", "seconds = 0"])
def test_an_opening_unlike_what_the_record_tells_is_found(change):
    _alter("UPDATE wiki_event SET data = data || '{\"seconds_in_view\": 7}' WHERE act = 'approve'")
    _alter("UPDATE wiki_opening SET seconds = 9")
    assert "is not kept so" not in _troubles()

    _alter(f"UPDATE wiki_opening SET {change}")

    assert "tells an opening of what was decided that is not kept so" in _troubles()


def test_a_removed_link_is_found_at_any_place():
    places = list(Link.objects.filter(page__isnull=False).order_by("place").values_list("pk", flat=True))
    found = []

    for pk in (places[0], places[3], places[-1]):
        with transaction.atomic():
            _alter("DELETE FROM wiki_link WHERE id = %s", pk)
            found.append(_troubles())
            transaction.set_rollback(True)

    assert "one is missing" in found[0]
    assert "one is missing" in found[1]
    assert "bound by no link" in found[2]


def test_a_row_removed_with_its_link_is_found_by_the_anchor():
    last = Link.objects.exclude(page=None).order_by("-place")[0]
    _alter("DELETE FROM wiki_event WHERE id = %s", last.row)
    _alter("DELETE FROM wiki_link WHERE id = %s", last.pk)

    assert "does not hold what the anchor" in _troubles()


def test_a_row_that_is_bound_twice_is_found():
    event = Event.objects.filter(page__isnull=False).order_by("pk")[0]
    chain.bind("event", event, page_id=event.page_id)

    assert f"Event {event.pk} is bound by no link, or by more than one." in _troubles()


def test_a_link_to_an_unknown_table_is_found():
    link = Link.objects.filter(table="event").order_by("pk")[0]
    Link.objects.filter(pk=link.pk).update(table="nothing")
    link.refresh_from_db()
    Link.objects.filter(pk=link.pk).update(digest=link.recomputed())

    assert "which is no part of the record" in _troubles()


def test_an_anchor_that_does_not_follow_the_one_before_is_found():
    first = Anchor.objects.get()
    Anchor.objects.create(
        day="2099-01-01", made_at=first.made_at, heads=first.heads, previous="no", digest="no"
    )

    assert "of 2099-01-01 does not follow the one before it" in _troubles()


def test_a_rewritten_record_is_found_by_an_anchor_kept_elsewhere():
    with pytest.raises(CommandError, match="kept elsewhere"):
        call_command("verify_history", kept="0" * 64, stdout=StringIO(), stderr=StringIO())
    kept = Anchor.objects.get().digest

    call_command("verify_history", kept=kept, anchor=True, stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize("choice", Attribution)
def test_removing_an_account_explains_changed_names_only(choice):
    gone, administrator = _person("clinician"), _person("admin")
    gone.attribution = choice
    gone.save(update_fields=["attribution"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    accounts.remove_account(gone, by=administrator)
    connection.check_constraints()
    fits = _troubles()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")

    _alter("UPDATE wiki_event SET actor_name = 'Somebody else' WHERE act = 'submit'")

    assert fits == ""
    assert "its “actor_name” was changed" in _troubles()


def _person(username):
    return apps.get_model("wiki", "User").objects.get(username=username)


def test_a_cleared_person_key_of_an_existing_account_is_found():
    _alter("UPDATE wiki_event SET actor_id = NULL WHERE act = 'submit'")

    assert "its “actor_id” was changed" in _troubles()


def test_the_hashed_names_are_those_that_attribution_may_change():
    bound = {
        (table.model, key.removesuffix("_id"), name)
        for table in BOUND.values()
        for key, name in table.names.items()
        if name
    }
    kept = {(model.__name__, key, name) for model, key, name in SIGNED}

    assert bound <= kept
    assert {one for one in kept if one[0] in {table.model for table in BOUND.values()}} <= bound


def test_an_unreadable_text_is_found():
    _alter("""UPDATE wiki_revision SET content = '{"title": 1, "statements": [5]}' WHERE number = 1""")

    assert "cannot be read any more" in _troubles()


def test_a_text_unlike_its_signed_digest_is_found():
    _alter(
        """UPDATE wiki_revision SET content = jsonb_set(content, '{summary}', '"Other."') WHERE number = 1"""
    )

    assert "does not have the digest that was signed" in _troubles()


def test_the_world_has_rows_in_every_bound_table():
    assert Verification.objects.exists()
    assert {"ending", *TABLES} == set(Link.objects.values_list("table", flat=True))


def test_verification_reports_every_fault_in_one_run():
    _alter("UPDATE wiki_verdict SET digest = repeat('0', 64) WHERE decision = 'reject'")
    _alter("UPDATE wiki_revision SET title = 'Another' WHERE number = 1")
    _alter("UPDATE wiki_revision SET typed = '{}' WHERE number = 2")

    told = _troubles()

    assert "was given on other words than its version holds" in told
    assert "its title or kind is not that of what it says" in told
    assert "it holds what only a draft may hold" in told
