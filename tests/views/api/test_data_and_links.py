"""Data sets and questions to the links, for machines: with the licence of each, and never as pages."""

import json
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.made_up_data_set import MadeUpFiles, disease, finding
from tests.remembered import around_tests
from wiki.importing.data_sets.loading import load
from wiki.models import DataRow, EntryNumber, Role
from wiki.text.document import Code

V1 = "/api/v1"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A disease that is a page and an entry, and two findings; what its page says of one of them."""
    with django_db_blocker.unblock(), around_tests():
        files = MadeUpFiles(3, depth=4, each=4)
        files.shows[0] = dict.fromkeys(files.leaves[:3], 50)
        load(files, progress=print)
        author, moderator = (
            cast.make_user("clinician", Role.CLINICIAN),
            cast.make_user("moderator", Role.MODERATOR),
        )
        cast.make_source(author)
        sign = cast.make_page(
            author, moderator, "Tremor", kind="finding", codes=(Code("HPO", finding(files.leaves[0])),)
        )
        row = cast.statement(sign, grade="high", frequency="50%", note="Seen often.")
        cast.make_page(author, moderator, "Sickness", statements=(row,), codes=(Code("Orphanet", "0"),))
        cast.make_page(author, moderator, "Illness", statements=(row,))
        yield files
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(world, db):
    """Take back after each test what it did."""


def told(path, status=200):
    answer = Client().get(f"{V1}{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_data_set_has_its_release_licence_and_notice():
    (one,) = told("/data-sets")["items"]

    assert (one["id"], one["release"], one["licence"]) == ("hpo", "2020-01-01", "HPO licence")
    assert "release 2020-01-01" in one["notice"]


def test_a_row_has_both_ends_frequency_pages_and_licence(world):
    (one,) = told(f"/data-rows?entry={finding(world.leaves[0])}")["items"]

    assert (one["subject"]["code"], one["object"]["code"]) == (disease(0), finding(world.leaves[0]))
    assert (one["subject"]["pages"], one["object"]["pages"]) == (["sickness"], ["tremor"])
    assert (one["frequency"], one["frequency_low"], one["frequency_high"]) == ("50%", 50, 50)
    assert one["data_set"]["licence"] == "HPO licence"
    assert one["review"] == "From a data set, not reviewed by a clinician"
    assert told(f"/data-rows/{one['key']}") == one
    assert Client().get(one["url"].removeprefix(settings.SITE_URL)).status_code == 200


def test_following_next_links_lists_every_row_once():
    path, found = "/data-rows?limit=4&data_set=hpo", []

    while path:
        part = told(path)
        found += [one["key"] for one in part["items"]]
        path = part["next"] and part["next"].removeprefix(f"{settings.SITE_URL}{V1}")

    assert found == sorted(DataRow.objects.values_list("pk", flat=True))
    assert len(found) > 4


def test_rows_are_filtered_by_page_and_relation(world):
    assert len(told("/data-rows?page=sickness")["items"]) == 3
    assert told("/data-rows?page=sickness&relation=causes")["items"] == []
    assert told("/data-rows?page=illness")["items"] == []
    assert told("/data-rows?data_set=do")["items"] == []


def test_an_entry_has_its_codes_and_pages():
    one = told(f"/data-sets/hpo/entries/{disease(0)}")

    assert (one["name"], one["pages"], one["data_set"]["id"]) == ("Disease 0", ["sickness"], "hpo")
    assert [(code["system"], code["code"]) for code in one["codes"]] == [("Orphanet", "0")]


def test_missing_and_removed_entries_and_rows_are_told_apart(django_assert_num_queries):
    EntryNumber.objects.create(pk=-(10**9), data_set="hpo", code="HP:9999999")

    with django_assert_num_queries(2):
        assert told("/data-sets/hpo/entries/HP:8888888", 404)["status"] == 404
    assert "no such entry" in told("/data-sets/hpo/entries/HP:9999999", 410)["detail"]
    assert told(f"/data-rows/{'0' * 64}", 404)["status"] == 404
    assert told("/data-sets/nothing/entries/HP:1", 422)["status"] == 422
    assert told("/data-rows?after=nothing", 422)["status"] == 422


def test_two_pages_are_linked_by_statements_with_their_certainty():
    answer = told("/explore/linked?from=sickness&to=Illness")

    assert [one["title"] for one in answer["asked"]] == ["Sickness", "Illness"]
    first = answer["items"][0]
    assert (first["heading"], first["certainty"]) == ("Through Tremor", "high certainty")
    step = first["steps"][0]
    assert (step["start"]["title"], step["end"]["title"], step["note"]) == (
        "Sickness",
        "Tremor",
        "Seen often.",
    )
    assert step["end"]["url"] == f"{settings.SITE_URL}/wiki/tremor/"
    assert step["works"][0]["url"].startswith(f"{settings.SITE_URL}/sources/")


def test_an_answer_that_rests_on_a_data_set_has_its_notice(world):
    answer = told(f"/explore/linked?from=sickness&to={finding(world.leaves[1])}")

    assert answer["items"][0]["steps"][0]["release"] == "Human Phenotype Ontology, release 2020-01-01"
    assert answer["items"][0]["steps"][0]["row"].startswith(f"{settings.SITE_URL}/data/rows/")
    assert [one["licence"] for one in answer["data_sets"]] == ["HPO licence"]
    assert answer["asked"][1]["data_set"] == "hpo"


def test_what_pages_share_is_the_same_as_on_the_site():
    answer = told("/explore/shared?of=sickness&of=illness&of=nothing-at-all")
    shown = Client().get("/explore/shared/?of=sickness&of=illness").context["answer"]

    assert [one["title"] for one in answer["items"]] == [one.title for one in shown.rows] == ["Tremor"]
    assert answer["unknown"] == ["nothing-at-all"]


def test_names_that_lead_nowhere_are_named():
    answer = told("/explore/linked?from=nothing&to=nowhere")

    assert (answer["asked"], answer["items"], answer["unknown"]) == ([], [], ["nothing", "nowhere"])


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("linked?from=sickness&to=sickness", "Add another page: a question needs at least two."),
        ("linked?from=sickness&to=Sickness", "“Sickness” is another name for something you also asked for"),
        ("linked?from=sickness&to=%20", "Add another page: a question needs at least two."),
        ("shared?of=sickness&of=sickness", "Add another page: a question needs at least two."),
        ("shared?of=sickness", "Add another page: a question needs at least two."),
    ],
)
def test_what_is_named_twice_is_told(question, note):
    answer = told(f"/explore/{question}")

    assert answer["items"] == []
    (said,) = answer["notes"]
    assert said.startswith(note)


def test_an_answer_about_all_that_was_asked_has_no_note():
    assert told("/explore/shared?of=sickness&of=illness")["notes"] == []


def names_in(parameters):
    """Return what an address may name: something that there is, and something that there is not."""
    named = {one["name"]: str(one["example"]) for one in parameters if one["in"] == "path"}
    if "slug" in named:
        named["slug"] = "sickness"
    other = {name: words[:-1] + ("8" if words[-1] == "9" else "9") for name, words in named.items()}
    return [named, other | {name: words for name, words in named.items() if name == "data_set"}]


def every_address():
    """Return addresses of every route, of what there is and of what there is not."""
    described = Client().get(f"{V1}/openapi.json").json()["paths"]
    for path, methods in described.items():
        parameters = methods["get"]["parameters"]
        asked = {
            one["name"]: one["example"] for one in parameters if one["in"] == "query" and one["required"]
        }
        for names in names_in(parameters):
            yield f"{path.format(**names).removeprefix(V1)}?{urlencode(asked, doseq=True)}"
    yield "/pages/sickness/versions/9"
    yield f"/data-rows?entry={finding(1)}&data_set=hpo&page=sickness"
    yield from (f"/explore/linked?from=sickness&to={one}" for one in ("tremor", "illness", finding(7), "x"))
    yield "/explore/shared?of=sickness&of=illness"


def test_every_route_takes_two_queries_at_most():
    asked = {}
    for path in dict.fromkeys(every_address()):
        with CaptureQueriesContext(connection) as queries:
            status = Client().get(f"{V1}{path}").status_code
        asked[path] = (status, len(queries))

    assert {status for status, _ in asked.values()} == {200, 404}
    assert {path: told for path, told in asked.items() if told[1] > 2} == {}


def test_causes_are_not_answered_to_programs():
    """The ranking of what could cause findings is for clinicians who are signed in."""
    assert told("/explore/causes?of=tremor", 404)["status"] == 404
    assert "causes" not in json.dumps([*Client().get(f"{V1}/openapi.json").json()["paths"]])
