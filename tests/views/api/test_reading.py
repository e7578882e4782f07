"""The programming interface (API): what readers see, in the same state, and nothing else."""

import json
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections, suppression
from wiki.acts.writing import retirement
from wiki.domain.statement_fields import STATEMENT_FIELDS
from wiki.models import Page, PublishedPage, Statement
from wiki.text.document import Retirement

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
DOSE = "Take nine tablets at once."


def ask(path, **header_fields):
    return Client().get(f"{V1}{path}", headers=header_fields)


def told(path):
    answer = ask(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def seizures(published, clinician, moderator):
    """Return a page about which another one says something, with every detail."""
    cast.make_source(clinician)
    page = cast.make_page(clinician, moderator, "Seizures", kind="symptom", aliases=("fits",))
    row = cast.statement(
        page, "has_manifestation", frequency="3 of 10", population="children under 2 years", note="A note."
    )
    cast.approve(cast.propose_change(published, clinician, statements=(row,)), moderator)
    return page


def retire(page, by, moderator, replaced_by=None):
    reason = Retirement("It is told elsewhere.", replaced_by.pk if replaced_by else None)
    cast.approve(retirement.retire(page, by=by, retirement=reason), moderator)


def correct(page, moderator, second_moderator, replacement="Take one tablet."):
    words = {"replacement": replacement, "reason": "The dose was wrong."}
    proposed = corrections.propose(page, passage=DOSE, by=moderator, **words)
    return corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)


@pytest.fixture
def dosed(clinician, moderator):
    """Return a page with a dose in it."""
    return cast.make_page(clinician, moderator, "Dosed", body=f"## Dose\n\n{DOSE}\n\nAnother paragraph.")


def test_a_page_has_the_published_text_and_digest(published):
    page = told("/pages/hypoparathyroidism")
    shown = PublishedPage.objects.get(page=published)

    assert page["id"] == published.pk
    assert (page["title"], page["summary"]) == ("Hypoparathyroidism", shown.lead)
    assert page["html"] == shown.safe_html
    assert page["text"] == shown.publication.revision.document.body
    assert page["digest"] == shown.publication.revision.digest
    assert page["url"] == f"{settings.SITE_URL}/wiki/hypoparathyroidism/"


def test_the_last_change_and_the_whole_page_review_are_separate(published, moderator, second_moderator):
    before = told("/pages/hypoparathyroidism")["review"]
    assert before["whole_page_review"] is None
    assert [one["name"] for one in before["last_change"]["by"]] == ["Dr Amara Osei"]
    assert before["status"] == "unreviewed"

    cast.review_whole(published, second_moderator)

    after = told("/pages/hypoparathyroidism")["review"]
    assert [one["name"] for one in after["whole_page_review"]["by"]] == ["Dr Lena Fischer"]
    assert [one["name"] for one in after["last_change"]["by"]] == ["Dr Amara Osei"]
    assert after["sentence"] == PublishedPage.objects.with_review().get(page=published).standing.sentence


def test_a_loaded_page_names_nobody_who_approved_it():
    cast.load_page("Loaded")

    review_of_it = told("/pages/loaded")["review"]

    assert (review_of_it["origin"], review_of_it["last_change"]) == ("starter", None)


def test_a_statement_has_every_field_and_both_ends(seizures):
    (one,) = told("/statements?page=seizures")["items"]

    assert {field.name for field in STATEMENT_FIELDS} <= set(one)
    assert (one["subject"]["slug"], one["object"]["slug"]) == ("hypoparathyroidism", "seizures")
    assert one["frequency"] == Statement.objects.get().frequency
    assert one["frequency_low"] is not None
    assert one["grade"] == {"id": "low", "label": "Low certainty"}
    assert [source["identifiers"] for source in one["sources"]] == [["pmid:22327515"]]
    assert told("/statements?page=hypoparathyroidism")["items"] == [one]
    assert told("/statements?subject=seizures")["items"] == []


def test_a_statement_by_definition_has_no_basis_or_stance(published, clinician, moderator):
    cast.make_source(clinician)
    part = cast.make_page(clinician, moderator, "Part", kind="anatomy")
    whole = cast.make_page(clinician, moderator, "Whole", kind="anatomy")
    row = cast.statement(whole, "part_of", grade="not_applicable", basis="definition", sources=())
    cast.approve(cast.propose_change(part, clinician, statements=(row,)), moderator)

    (one,) = told("/statements")["items"]

    assert (one["basis"], one["stance"]) == (None, None)


def test_no_answer_holds_a_corrected_passage(dosed, moderator, second_moderator):
    correct(dosed, moderator, second_moderator)

    for path in ("/pages/dosed", "/pages/dosed/versions/1", "/pages", "/search?q=dosed"):
        assert DOSE not in json.dumps(told(path)), path
    page = told("/pages/dosed")
    assert page["corrected"]
    assert "Take one tablet." in page["text"]
    assert "Take one tablet." in page["html"]


def test_a_passage_without_a_replacement_is_withheld(dosed, moderator, second_moderator):
    correct(dosed, moderator, second_moderator, replacement="")

    assert "was withheld on" in told("/pages/dosed")["text"]


def test_a_suppressed_version_is_gone_without_its_text(published, clinician, moderator, second_moderator):
    change = cast.propose_change(published, clinician, summary="The secret of somebody.")
    cast.approve(change, moderator)
    cast.approve(cast.propose_change(published, clinician, summary="Nothing of anybody."), moderator)
    suppression.suppress(change.pk, by=moderator, reason="It named a patient.")

    answer = ask(f"/pages/hypoparathyroidism/versions/{change.number}")

    assert answer.status_code == 410
    assert "secret" not in answer.content.decode()
    assert "secret" not in json.dumps(told("/pages/hypoparathyroidism/versions"))


def test_a_waiting_version_is_not_found(published, clinician):
    change = cast.propose_change(published, clinician, summary="Not approved.")

    assert ask(f"/pages/hypoparathyroidism/versions/{change.number}").status_code == 404
    assert "Not approved." not in json.dumps(told("/pages/hypoparathyroidism"))


def test_a_reverted_version_is_marked_so(published, clinician, moderator):
    change = cast.propose_change(published, clinician, summary="Wrong words.")
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="It was wrong.")

    assert told("/pages/hypoparathyroidism")["version"] == 1
    assert told(f"/pages/hypoparathyroidism/versions/{change.number}")["status"] == "reverted"
    assert [one["ending"] for one in told("/pages/hypoparathyroidism/versions")["items"]][1] == "reverted"


def test_a_former_address_leads_to_the_present_one(published, clinician, moderator):
    cast.approve(cast.propose_change(published, clinician, title="Low parathyroid hormone"), moderator)

    answer = ask("/pages/hypoparathyroidism")

    assert (answer.status_code, answer.url) == (302, f"{V1}/pages/low-parathyroid-hormone")


def test_a_source_has_its_journal_notices(seizures):
    (one,) = told("/sources")["items"]

    assert told(f"/sources/{one['id']}")["csl"]["title"] == "A study of calcium"
    assert one["notices"] == []


def test_a_source_that_no_page_cites_is_not_found(clinician):
    source = cast.make_source(clinician)

    assert ask(f"/sources/{source.pk}").status_code == 404
    assert told("/sources")["items"] == []


def test_only_people_named_on_published_pages_are_listed(published, reader):
    assert [one["username"] for one in told("/people")["items"]] == ["clinician", "moderator"]
    assert told("/people/clinician")["profession"] == "endocrinologist (not verified)"
    assert ask("/people/reader").status_code == 404
    assert "example.org" not in json.dumps(told("/people/clinician")).replace(settings.SITE_URL, "")


def test_pages_are_filtered_by_author_and_reviewer(published, clinician):
    assert [one["slug"] for one in told("/pages?written_by=clinician")["items"]] == ["hypoparathyroidism"]
    assert [one["slug"] for one in told("/pages?reviewed_by=moderator")["items"]] == ["hypoparathyroidism"]
    assert told("/pages?written_by=moderator")["items"] == []


def test_a_search_finds_what_the_site_finds(seizures):
    found = told("/search?q=seizures")
    assert all(one["excerpt"].isprintable() for one in found["items"])

    assert "seizures" in [one["slug"] for one in found["items"]]
    assert found["next"] is None
    assert told("/search?q=seizures&after=0.0_0")["items"] == []


def test_a_search_gives_as_many_pages_as_are_asked_for(clinician, moderator):
    for number in range(3):
        cast.make_page(clinician, moderator, f"Seizures {number}")

    first = told("/search?q=seizures&limit=2")
    rest = told(first["next"].removeprefix(f"{settings.SITE_URL}{V1}"))

    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert {one["title"] for one in (*first["items"], *rest["items"])} == {
        f"Seizures {number}" for number in range(3)
    }
    for limit in (0, 101):
        assert ask(f"/search?q=seizures&limit={limit}").status_code == 422


def test_following_next_links_lists_every_page_once(clinician, moderator):
    for number in range(5):
        cast.make_page(clinician, moderator, f"Condition number {number}")
    path, found = "/pages?limit=2", []

    while path:
        part = told(path)
        found += [one["id"] for one in part["items"]]
        path = part["next"] and part["next"].removeprefix(f"{settings.SITE_URL}{V1}")

    assert len(found) == len(set(found)) == 5
    assert found == sorted(found)


@pytest.mark.parametrize(
    "path", ["/pages", "/statements", "/sources", "/people", "/pages/hypoparathyroidism/versions"]
)
def test_a_part_of_a_list_takes_two_queries(seizures, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        ask(path)


@pytest.mark.parametrize(
    "words",
    [
        "seizures",
        "fits in",
        "the seizures of a child in the night",
        "convulsions qwxz",
        "HP:0002072 seizures",
        '"seizures" -tetany',
        "seizures -tetany",
        "what is it",
        # Words that no page holds: the pages are those for the mended ones, or guesses.
        "seizzures",
        "the seizzures of a child in the night with a high fever",
        "seizuresseizures -tetany",
        "convulsions seizzures qwxz",
        "seiz",
    ],
)
def test_a_search_takes_two_queries(seizures, words, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert told(f"/search?{urlencode({'q': words})}")["items"]


@pytest.mark.parametrize("words", ["qwxz", "seizzures -seizures"])
def test_a_search_that_finds_nothing_takes_two_queries(seizures, words, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert told(f"/search?{urlencode({'q': words})}")["items"] == []


def test_a_retired_a_former_and_a_missing_address_take_two_queries(
    published, clinician, moderator, django_assert_num_queries
):
    other = cast.make_page(clinician, moderator, "Low calcium")
    gone = cast.make_page(clinician, moderator, "Nothing of use")
    cast.approve(cast.propose_change(other, clinician, title="Low blood calcium"), moderator)
    retire(gone, clinician, moderator)
    retire(published, clinician, moderator, replaced_by=other)

    for path, status, leads in (
        ("hypoparathyroidism", 302, f"{V1}/pages/low-blood-calcium"),
        ("low-calcium", 302, f"{V1}/pages/low-blood-calcium"),
        ("nothing-of-use", 410, None),
        ("nothing", 404, None),
    ):
        with django_assert_num_queries(2):
            answer = ask(f"/pages/{path}")
        assert (answer.status_code, answer.headers.get("Location")) == (status, leads), path
    assert ask("/pages/nothing-of-use").json()["detail"] == "This page was retired. It is told elsewhere."


def test_pages_that_replace_each_other_in_a_circle_are_gone(published, clinician, moderator):
    other = cast.make_page(clinician, moderator, "Low calcium")
    Page.objects.filter(pk=published.pk).update(retired="One.", replaced_by=other)
    Page.objects.filter(pk=other.pk).update(retired="Other.", replaced_by=published)
    PublishedPage.objects.all().delete()

    assert ask("/pages/hypoparathyroidism").json()["detail"] == "This page was retired. One."


@pytest.mark.parametrize("number", [1, 9])
def test_a_version_takes_two_queries(seizures, number, django_assert_num_queries):
    with django_assert_num_queries(2):
        ask(f"/pages/hypoparathyroidism/versions/{number}")


def test_a_page_takes_two_queries(seizures, django_assert_num_queries):
    with django_assert_num_queries(2):
        ask("/pages/hypoparathyroidism")
