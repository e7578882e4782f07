"""The screens of links: pictures with their tables, questions, maps, filters, and who may ask what."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tests import cast
from tests.made_up_data_set import MadeUpFiles
from tests.remembered import around_tests
from tests.reviewing import words
from wiki.importing.data_sets.loading import load
from wiki.models import DataRow, Page, Role
from wiki.screens.exploring.around import Around
from wiki.screens.exploring.compared_rows import difference
from wiki.text.document import Code


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A page that is an entry as well, with statements that agree and disagree with its rows."""
    with django_db_blocker.unblock(), around_tests():
        files = MadeUpFiles(60)
        for one in range(60):
            files.shows[one][files.leaves[0]] = 50
        files.shows[0] = {files.leaves[place]: 50 for place in range(3)}
        load(files, progress=print)
        author = cast.make_user("clinician", Role.CLINICIAN)
        moderator = cast.make_user("moderator", Role.MODERATOR)
        cast.make_user("reader")
        cast.make_source(author)
        names = ("Calcification", "Seizure", "Headache")
        signs = [
            cast.make_page(author, moderator, name, kind="finding", codes=(Code("HPO", f"HP:{leaf:07}"),))
            for name, leaf in zip(names, files.leaves, strict=False)
        ]
        rows = (
            cast.statement(signs[0], grade="high", frequency="50%"),
            cast.statement(signs[1], grade="moderate", frequency="5%", population="adults"),
            cast.statement(signs[2], stance="disputed"),
        )
        cast.make_page(author, moderator, "Sickness", statements=rows, codes=(Code("Orphanet", "0"),))
        yield files
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(world, db):
    """Take back after each test what it did."""


def signed_in(name: str) -> Client:
    client = Client()
    client.login(username=name, password=cast.PASSWORD)
    return client


def boxes(text: str) -> set[str]:
    """Return where the boxes of a drawing lead."""
    return set(re.findall(r'<a class="g-box" href="([^"]+)"', text))


def test_the_drawing_and_the_table_hold_the_same(client):
    answer = client.get("/wiki/sickness/around/?origin=curated")
    drawing = answer.context["around"].neighbourhood

    in_table = {link.address for _, links in drawing.groups for link in links}
    assert (
        boxes(answer.content.decode())
        == in_table
        == {f"/wiki/{one}/" for one in ("calcification", "seizure", "headache")}
    )


def test_at_most_forty_boxes_are_drawn_and_the_table_has_the_rest(client):
    answer = client.get("/wiki/calcification/around/")
    drawing = answer.context["around"].neighbourhood

    assert len(drawing.links) == 61
    assert len(boxes(answer.content.decode())) == 39
    assert "the table has all of them" in answer.content.decode()


def test_causes_are_left_of_what_they_lead_to(client):
    sickness, calcification = (
        client.get(f"/wiki/{slug}/around/?origin=curated").context["around"].neighbourhood
        for slug in ("sickness", "calcification")
    )

    assert all(box.x > sickness.middle_x for box in sickness.boxes)
    assert all(box.x < calcification.middle_x for box in calcification.boxes)


def test_no_two_boxes_lie_on_each_other(client):
    drawing = client.get("/wiki/calcification/around/").context["around"].neighbourhood
    places = [(box.x, box.y) for box in drawing.boxes]

    assert len(set(places)) == len(places)
    assert all(0 <= box.y <= drawing.height - 54 for box in drawing.boxes)


@pytest.mark.parametrize("to", ["calcification", "seizure", "headache"])
def test_the_number_of_paths_is_told_in_words(client, to):
    answer = client.get(f"/explore/linked/?from=sickness&to={to}")

    number = len(answer.context["answer"].paths)
    told = "1 path was found." if number == 1 else f"{number} paths were found, the shortest first"
    assert told in words(answer)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("certainty=high", {"Calcification"}),
        ("certainty=moderate&origin=curated", {"Calcification", "Seizure"}),
        ("population=adult", {"Seizure"}),
        ("kind=finding&origin=curated", {"Calcification", "Seizure", "Headache"}),
        ("relation=treats", set()),
        ("origin=nonsense&relation=nonsense&origin=curated", {"Calcification", "Seizure", "Headache"}),
    ],
)
def test_filters_keep_only_matching_links(client, asked, found):
    links = client.get(f"/wiki/sickness/around/?{asked}").context["around"].neighbourhood.links

    assert {one.name for one in links} == found


def test_a_page_lists_data_set_rows_beside_its_statements(client):
    compared = client.get("/wiki/calcification/data/").context["around"].compared
    mine = next(one for one in compared if one.row.subject.code == "ORPHA:0")

    assert mine.same is not None
    assert mine.differs == ""
    silent = [one for one in compared if one.same is None]
    text = client.get("/wiki/calcification/data/").content.decode()
    assert f"This page says nothing about {len(silent)} of the {len(compared)} rows below" in text
    text = client.get("/wiki/calcification/").content.decode()
    assert "not reviewed by a clinician" in text
    assert "release 2020-01-01" in text


def test_frequencies_that_do_not_overlap_are_marked(client):
    compared = client.get("/wiki/seizure/data/").context["around"].compared

    assert [one.differs for one in compared if one.same] == ["The frequencies do not overlap."]


def test_a_page_without_entries_says_nothing_of_data_sets(client):
    cast.make_page(
        cast.make_user("other", Role.CLINICIAN), cast.make_user("another", Role.MODERATOR), "Lonely"
    )

    assert "In data sets" not in client.get("/wiki/lonely/").content.decode()


def test_possible_causes_are_shown_to_clinicians_as_no_diagnosis():
    address = "/explore/causes/?of=Calcification"

    assert Client().get(address).status_code == 302
    assert signed_in("reader").get(address).status_code == 403
    text = signed_in("clinician").get(address).content.decode()
    assert "This is no diagnosis" in text
    assert "Sickness" in text


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("linked/?from=sickness&to=sickness", True),
        ("linked/?from=sickness&to=+Sickness+", False),  # told as another name for the same
        ("linked/?from=sickness&to=", True),
        ("linked/?from=&to=sickness", True),
        ("linked/?from=sickness&to=nothing", False),
        ("linked/?from=nothing&to=nothing", False),
        ("linked/?from=sickness&to=seizure", False),
        ("linked/", False),
        ("shared/?of=sickness", True),
        ("shared/?of=sickness%0Asickness", True),
        ("shared/?of=seizure&of=headache", False),
    ],
)
def test_a_question_about_one_alone_says_that_another_is_needed(client, address, is_told):
    text = client.get(f"/explore/{address}").content.decode()

    assert ("Add another page" in text) is is_told


@pytest.mark.parametrize("address", ["shared", "causes"])
def test_names_beyond_the_first_ten_are_told_and_not_passed_over(address):
    many = [f"HP:{leaf:07}" for leaf in range(50)]
    client = signed_in("clinician")

    few, much = (
        client.get(f"/explore/{address}/", {"of": many[:most]}).content.decode() for most in (10, 50)
    )

    assert "Left out" not in few
    assert "Only the first 10 are looked at." in much
    assert f"{', '.join(many[10:])}." in much


@pytest.mark.parametrize(
    "address", ["/explore/linked/?from=Sickness&to=Seizure", "/explore/shared/?of=Calcification&of=Seizure"]
)
def test_every_graph_answer_has_a_permanent_address_and_sources(client, address):
    text = client.get(address).content.decode()

    assert "This address is permanent" in text
    assert "A study of calcium" in text


def test_the_questions_stand_together_and_each_form_leads_to_its_answer(client):
    text, clinician = (one.get("/explore/").content.decode() for one in (client, signed_in("clinician")))

    assert 'action="/explore/linked/"' in text
    assert 'action="/explore/shared/"' in text
    assert "What could cause these?" not in text
    assert 'href="/explore/causes/"' in clinician


def test_the_home_page_has_a_map_of_the_causes_of_the_chief_subject(client):
    shown = client.get("/").context["map"]

    assert shown.count == 1
    assert [group.label for group in shown.groups] == ["Conditions"]
    assert "What can cause" in client.get("/").content.decode()


def test_each_kind_with_causes_has_its_map(client):
    conditions, findings = (client.get(f"/index/{kind}/").context["map"] for kind in ("condition", "finding"))

    assert conditions.count == findings.count == 3
    assert {group.label for group in conditions.groups} == {"Calcification", "Seizure", "Headache"}
    assert client.get("/index/gene/").context["map"] is None


def test_a_stored_page_is_dropped_when_its_data_set_changes(client):
    client.get("/wiki/sickness/")
    before = client.get("/wiki/sickness/").content.decode()

    load(MadeUpFiles(2, seed=3), progress=print)

    assert "In data sets" in before
    assert client.get("/wiki/sickness/").content != before.encode()


def test_a_refuted_statement_differs_from_any_row():
    page = Page.objects.get(published_page__title="Sickness")
    statement = Around(page.published_page).statements[0]
    statement.stance = "refuted"

    assert "does not support" in difference(statement, DataRow.objects.all()[0])


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        *((name, ["Sickness"]) for name in ("Orphanet 0", "ORPHA0", "orpha: 0", "ORPHA:0", "0")),
        *((name, []) for name in ("DOID 0", "SNOMED CT 0")),
    ],
)
def test_a_question_names_a_page_by_a_code_of_its_own_system(client, name, titles):
    asked = client.get("/explore/shared/", {"of": name}).context["answer"].asked

    assert [one.title for one in asked.nodes] == titles
    assert asked.unknown == ([] if titles else [name])
