"""A page in other forms than HTML, at their own addresses and by what a program accepts."""

import json
import re

import pytest

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections, suppression
from wiki.acts.writing import retirement
from wiki.importing.front_matter import loads
from wiki.models import PublishedPage, Revision, StoredAnswer
from wiki.text.document import Retirement
from wiki.views.negotiation import ENDINGS, FORMS

PAGE = "/wiki/hypoparathyroidism/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
TYPES = {ending: form.media_type for ending, form in ENDINGS.items()}


def asked(client, accept, path=PAGE):
    return client.get(path, headers={"Accept": accept} if accept else {})


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "text/html"),
        (BROWSER, "text/html"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
        ("text/*", "text/html"),
        ("nonsense;;q", "text/html"),
        ("text/html;q=0.9, text/markdown;q=0.8", "text/html"),
        ("text/markdown", "text/markdown"),
        ("*/*;q=0.1, text/markdown", "text/markdown"),
        ("text/html;q=0.5, application/ld+json", "application/ld+json"),
        ("application/x-bibtex", "application/x-bibtex"),
        ("application/x-research-info-systems, */*;q=0.5", "application/x-research-info-systems"),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json"),
        ("text/markdown; charset=utf-8", "text/markdown"),
        ("text/markdown;variant=GFM;q=0.9, text/html;q=0.5", "text/markdown"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ("text/markdown;charset=utf-8;q=0.4, text/html;q=0.5", "text/html"),
        ("application/x-bibtex;q=0", "text/html"),
    ],
)
def test_the_accept_header_selects_the_format_of_a_page(published, client, accept, given):
    answer = asked(client, accept)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == given
    assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize("accept", ["application/json", "application/json, */*;q=0.1"])
def test_accepting_json_redirects_to_the_api(published, client, accept):
    answer = asked(client, accept)

    assert (answer.status_code, answer.url) == (303, "/api/v1/pages/hypoparathyroidism")
    assert (answer.content, answer.headers.get("Content-Type")) == (b"", None)
    assert answer.headers["Vary"] == "Accept"
    assert client.get(answer.url).json()["title"] == "Hypoparathyroidism"
    link = '</api/v1/pages/hypoparathyroidism>; rel="alternate"; type="application/json"'
    assert link in client.get(PAGE).headers["Link"].split(", ")


def retire(page, by, moderator, instead=None):
    """Let a page be retired, with one in its place if there is one."""
    reason = Retirement("Two pages told the same.", instead.pk if instead else None)
    cast.approve(retirement.retire(page, by=by, retirement=reason), moderator)


@pytest.mark.parametrize("ending", ["md", "csl.json"])
def test_a_retired_page_says_why_or_leads_to_the_one_in_its_place(
    published, client, clinician, moderator, ending
):
    stays = cast.make_page(clinician, moderator, "Stays")
    retire(cast.make_page(clinician, moderator, "Goes"), clinician, moderator, stays)
    retire(published, clinician, moderator)

    led, gone = client.get(f"/wiki/goes.{ending}"), client.get(f"/wiki/hypoparathyroidism.{ending}")

    assert (led.status_code, led.url) == (302, f"/wiki/stays.{ending}")
    assert (gone.status_code, gone.content) == (410, b"This page was retired. Two pages told the same.")
    assert gone.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("accept", ["application/json", "text/markdown", "application/ld+json"])
def test_another_form_of_a_page_does_not_depend_on_who_asks(published, client, reader, accept):
    client.force_login(reader)

    assert "Cookie" not in asked(client, accept).headers["Vary"]


def test_programs_on_other_sites_may_read_every_step_to_a_format(published, client, clinician, moderator):
    cast.approve(cast.propose_change(published, clinician, title="Low PTH"), moderator)
    renamed, there = client.get("/wiki/hypoparathyroidism.md"), client.get("/wiki/low-pth.md")
    as_json = asked(client, "application/json", "/wiki/low-pth/")

    assert [one.status_code for one in (renamed, there, as_json)] == [302, 200, 303]
    assert {one.headers.get("Access-Control-Allow-Origin") for one in (renamed, there, as_json)} == {"*"}


@pytest.mark.parametrize("ending", TYPES)
def test_each_format_has_an_address_linked_from_the_page(published, client, ending):
    page, at_home, asked_for = (
        client.get(PAGE),
        client.get(f"/wiki/hypoparathyroidism.{ending}"),
        asked(client, TYPES[ending]),
    )

    link = f'</wiki/hypoparathyroidism.{ending}>; rel="alternate"; type="{TYPES[ending]}"'
    assert link in page.headers["Link"].split(", ")
    assert f'href="/wiki/hypoparathyroidism.{ending}"' in page.content.decode()
    assert at_home.content == asked_for.content
    assert at_home.headers["Content-Location"] == f"/wiki/hypoparathyroidism.{ending}"
    assert at_home.headers["Link"] == f'<{PAGE}>; rel="canonical"'


def test_each_format_has_title_author_and_version(published, client):
    structured, markdown, bib, ris, csl = (
        client.get(f"{PAGE[:-1]}.{ending}").content.decode() for ending in TYPES
    )

    assert json.loads(structured)["about"]["name"] == "Hypoparathyroidism"
    assert loads(markdown).title == "Hypoparathyroidism"
    assert bib.startswith("@misc{causeway-hypoparathyroidism-v1,")
    assert ris.startswith("TY  - ELEC")
    (record,) = json.loads(csl)
    assert (record["title"], record["version"], record["type"]) == ("Hypoparathyroidism", "1", "webpage")
    assert record["URL"].endswith("/wiki/hypoparathyroidism/revisions/1/")
    assert record["author"] == [{"literal": "Dr Ines Albrecht"}]


def test_no_format_shows_unpublished_text(published, client, clinician):
    cast.propose_change(published, clinician, summary="Only proposed.")

    for ending in TYPES:
        assert "Only proposed" not in client.get(f"{PAGE[:-1]}.{ending}").content.decode()
    assert client.get("/wiki/nowhere.md").status_code == 404
    assert client.get("/wiki/hypoparathyroidism.exe").status_code == 404


def test_no_format_shows_a_withheld_passage(published, client, moderator, second_moderator):
    proposed = corrections.propose(
        published, passage="A second paragraph.", replacement="", reason="Wrong.", by=moderator
    )
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)

    for form in FORMS:
        answer = client.get(PAGE, headers={"Accept": form.media_type}, follow=True)
        assert answer.status_code == 200
        assert "A second paragraph." not in answer.content.decode()


def test_old_addresses_lead_to_the_present_one(published, client, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician, title="Low PTH")), moderator)

    assert client.get("/wiki/hypoparathyroidism.md").url == "/wiki/low-pth.md"


@pytest.mark.django_db(transaction=True)
def test_stored_answers_differ_by_format(published, client, settings, django_assert_num_queries):
    settings.STORES_ANSWERS = True
    wanted = [BROWSER, *TYPES.values()]
    first = [asked(client, accept) for accept in wanted]

    # What is stored is looked up past Django's cursor.
    with django_assert_num_queries(0):
        second = [asked(client, accept) for accept in wanted]

    assert [one.content for one in second] == [one.content for one in first]
    assert len({one.content for one in second}) == len(wanted)
    assert {one.headers["Vary"] for one in second} == {"Accept, Accept-Encoding"}
    assert len({one.headers["ETag"] for one in second}) == len(wanted)
    assert StoredAnswer.objects.exclude(counted=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_stored_format_is_dropped_when_the_page_changes(published, client, settings, clinician, moderator):
    settings.STORES_ANSWERS = True
    asked(client, "text/markdown")
    client.get("/wiki/hypoparathyroidism.md")
    cast.approve(cast.submit(cast.make_edit(published, clinician, summary="New words.")), moderator)

    assert "New words." in asked(client, "text/markdown").content.decode()
    assert "New words." in client.get("/wiki/hypoparathyroidism.md").content.decode()


def linked(answer):
    """Return the places to which the header of an answer links, by relation and media type."""
    found = re.findall(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?', answer.headers.get("Link", ""))
    return {(relation, media_type): place for place, relation, media_type in found}


def linked_in_head(answer):
    """Return the same of the head of its page, without feeds and what every page links to."""
    wanted = ("canonical", "alternate", "version-history", "latest-version", "about")
    tags = [
        re.findall(r'(\w+)="([^"]*)"', one) for one in re.findall(r"<link [^>]+>", answer.content.decode())
    ]
    named = [dict(one) for one in tags]
    return {
        (one["rel"], one.get("type", "")): one["href"].removeprefix("http://testserver")
        for one in named
        if one["rel"] in wanted
    }


HISTORY = {("version-history", "text/html"): f"{PAGE}history/"}
AROUND = HISTORY | {("latest-version", "text/html"): PAGE}
FIRST, AS_JSON = f"{PAGE}revisions/1/", "/api/v1/pages/hypoparathyroidism/versions/1"


def test_a_former_version_names_its_json_its_own_address_and_the_latest_version(
    published, client, clinician, moderator
):
    cast.approve(cast.propose_change(published, clinician, summary="New."), moderator)

    answer = client.get(FIRST)

    own = {("canonical", ""): FIRST, ("alternate", "application/json"): AS_JSON}
    assert linked(answer) == linked_in_head(answer) == own | AROUND
    assert client.get(AS_JSON).json()["version"] == 1


def test_the_version_that_is_published_has_all_formats_of_the_page(published, client):
    answer = client.get(FIRST)

    formats = {("alternate", media_type): f"{PAGE[:-1]}.{ending}" for ending, media_type in TYPES.items()}
    own = {("canonical", ""): PAGE, ("alternate", "application/json"): AS_JSON}
    assert linked(answer) == linked_in_head(answer) == own | formats | AROUND


def test_the_page_of_a_day_links_as_the_version_of_that_day_does(published, client, clinician, moderator):
    moment = PublishedPage.objects.get(page=published).publication.since.isoformat()
    cast.approve(cast.propose_change(published, clinician, title="Low PTH"), moderator)

    for slug in ("hypoparathyroidism", "low-pth"):
        answer = client.get(f"/wiki/{slug}/", {"as_of": moment})

        assert linked(answer) == linked_in_head(answer) == linked(client.get("/wiki/low-pth/revisions/1/"))
        assert linked(answer)["canonical", ""] == "/wiki/low-pth/revisions/1/"


def test_a_print_names_the_words_of_its_version_and_the_latest_one(published, client):
    answer = client.get(f"/v/{published.pk}-1/")

    as_file = {("alternate", "application/json"): f"/v/{published.pk}-1.json"}
    assert linked(answer) == linked_in_head(answer) == as_file | {("about", "text/html"): FIRST} | AROUND


def test_where_no_version_is_published_none_is_named_the_latest(published, client, moderator):
    review.unapprove(published.published_page.publication.revision_id, by=moderator, reason="Wrong.")

    assert linked(client.get(FIRST)) == {
        ("canonical", ""): FIRST,
        ("alternate", "application/json"): AS_JSON,
        **HISTORY,
    }
    assert ("latest-version", "text/html") not in linked(client.get(f"/v/{published.pk}-1/"))


def test_the_version_that_retired_a_page_has_no_formats_of_the_page(published, client, clinician, moderator):
    retire(published, clinician, moderator)

    found = linked(client.get(f"{PAGE}revisions/2/"))

    assert [key for key in found if key[0] == "alternate"] == [("alternate", "application/json")]
    assert found["canonical", ""] == f"{PAGE}revisions/2/"


def test_what_was_never_published_or_is_suppressed_has_no_links(published, client, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="New.")
    client.force_login(moderator)
    assert linked(client.get(f"{PAGE}revisions/{waiting.number}/")) == {}
    cast.approve(waiting, moderator)

    first = Revision.objects.get(page=published, number=1)
    suppression.suppress(first.pk, by=moderator, reason="It names a patient.")

    answer = client.get(FIRST)
    assert (answer.status_code, linked(answer), linked_in_head(answer)) == (200, {}, {})
    client.logout()
    assert linked(client.get(FIRST)) == {}
