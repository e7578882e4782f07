"""What people do is bound row by row, in a chain that can be recomputed and not guessed from."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection

from tests import cast
from tests.audit.test_row_states import altered, run
from tests.models.raw import refused
from wiki.acts.people import accounts
from wiki.models import Opening, RowState, Source, User
from wiki.models.chains import BOUND
from wiki.models.row_states import BOUND_STATES
from wiki.published.rebuild import ROWS


def test_the_binding_triggers_exist_on_the_listed_tables(db):
    found = run("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'state_is_bound'")

    assert {name.removeprefix("wiki_") for (name,) in found} == set(BOUND_STATES)


def test_acts_bind_row_states_that_can_be_recomputed(published, clinician, moderator, administrator):
    cast.approve(cast.propose_change(published, clinician), moderator)
    cast.make_source(clinician)
    accounts.introduce(clinician, name="Dr Ines Neumann", profession="", about="", orcid="", shown="name")
    connection.check_constraints()

    states = list(RowState.objects.in_order())

    assert altered() == []
    assert [one.place for one in states] == list(range(1, len(states) + 1))
    assert [one.previous for one in states] == ["", *(one.digest for one in states[:-1])]
    assert [one.digest for one in states] == [one.recomputed() for one in states]
    assert {"source", "sourceid", "user", "page", "address", "opening"} <= {one.table for one in states}


def test_bound_states_are_salted(clinician):
    connection.check_constraints()

    bound = RowState.objects.filter(table="user", row=clinician.pk).get().payload

    assert len(bound["salt"]) == 32
    assert bound["columns"]["name"] != hashlib.sha256(b'name "Dr Ines Albrecht"').hexdigest()[:32]
    assert "Albrecht" not in str(bound)


def test_a_sign_in_or_an_unchanged_save_binds_nothing(clinician):
    connection.check_constraints()
    before = RowState.objects.count()

    User.objects.filter(pk=clinician.pk).update(last_login="2026-01-01T00:00Z", name=clinician.name)
    connection.check_constraints()

    assert RowState.objects.count() == before


def test_openings_of_comparisons_are_append_only(published, clinician, moderator):
    cast.approve(cast.propose_change(published, clinician), moderator)
    assert Opening.objects.exists()

    refused("DELETE FROM wiki_opening", by="stays on record")
    refused("TRUNCATE wiki_opening CASCADE", by="cannot be emptied")


def test_removing_an_account_leaves_a_verifiable_record(published, clinician, moderator, administrator):
    cast.approve(cast.propose_change(published, clinician), moderator)
    cast.make_source(moderator)

    accounts.remove_account(User.objects.get(pk=moderator.pk), by=administrator)
    connection.check_constraints()

    assert Source.objects.get().created_by is None
    assert altered() == []


@pytest.mark.parametrize("sql", ["UPDATE wiki_rowstate SET place = place + 1", "DELETE FROM wiki_rowstate"])
def test_the_database_refuses_changes_of_bound_states(clinician, sql):
    connection.check_constraints()

    refused(sql, by="append-only")


# What nobody's trust rests on: who is told of what, who watches, reads or looks at what just now.
FREE = {
    # What data sets say: no act of anybody, loaded from their files and under their own licences.
    "datarelease",
    "datarow",
    "entry",
    "entrycode",
    "entryancestor",
    "entryfinding",
    "entrynumber",
    "samesubject",
    # What drafts lost, and drafts are nobody's business: they can only bar their writer from signing.
    "deletedwords",
    "failedsearch",
    "notice",
    "letter",
    "lastread",
    "pageviews",
    "watch",
    "recallwatch",
    "webhook",
    "claim",
    "user_groups",
    "user_user_permissions",
}


def test_every_table_is_bound_derived_or_listed_as_free():
    tables = {
        model._meta.db_table.removeprefix("wiki_")
        for model in apps.get_app_config("wiki").get_models(include_auto_created=True)
    }
    bound = {one.model.lower() for one in BOUND.values()} | set(BOUND_STATES)
    derived = {model._meta.model_name for model, *_ in ROWS} | {
        "publishedpage",
        # Append-only, and computed again from the texts by whoever verifies the record.
        "typedwords",
        "posting",
        "spelling",
        "searchstatistics",
        "commonword",
        "nameword",
        "namebeginning",
        "storedanswer",
        "publicchange",
        # What is counted, and what waits to be derived anew.
        "keptfigures",
        "neighbourupdate",
    }

    assert tables == bound | derived | FREE | {"link", "anchor", "rowstate"}
