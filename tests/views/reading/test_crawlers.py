"""What search engines and programs that read are told: every page, when it changed, what may be used how."""

import re
from urllib.parse import quote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests import cast
from wiki.models import PublishedPage

SITE = "https://wiki.example.org"
PAGE, PAGE_AS_TEXT = "/wiki/hypoparathyroidism/", "/wiki/hypoparathyroidism.md"
SPACE = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


def listed(client, path):
    """Return each address that a sitemap or a list of them names, with its day."""
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own
    return {one.findtext("map:loc", "", SPACE): one.findtext("map:lastmod", "", SPACE) for one in root}


@pytest.fixture
def reviewed(published, moderator):
    """Let somebody review the whole of the page, so that search engines are shown it."""
    cast.review_whole(published, moderator)


def test_the_sitemaps_name_every_reviewed_page_with_when_its_version_was_published(
    published, reviewed, client, clinician, moderator
):
    gait = cast.make_page(clinician, moderator, "Gait", kind="symptom")
    cast.review_whole(gait, moderator)
    since = PublishedPage.objects.get(page=published).publication.since

    maps = listed(client, "/sitemap.xml")
    pages = [listed(client, place.removeprefix(SITE)) for place in maps]

    assert list(maps) == [f"{SITE}/sitemap/{name}-1.xml" for name in ("site", "condition", "symptom")]
    assert maps[f"{SITE}/sitemap/condition-1.xml"] == since.isoformat()
    assert pages[1] == {f"{SITE}/wiki/hypoparathyroidism/": since.isoformat()}
    assert list(pages[2]) == [f"{SITE}/wiki/gait/"]


def test_a_page_is_in_a_sitemap_exactly_when_it_does_not_ask_to_be_left_out(published, client, moderator):
    """Unreviewed at first, then reviewed, then changed in every sentence since: each time both agree."""
    said = []
    for step in range(2):
        if step:
            cast.review_whole(published, moderator)
        page, markdown = (client.get(path) for path in ("/wiki/hypoparathyroidism/", PAGE_AS_TEXT))
        listed_there = client.get("/sitemap/condition-1.xml").status_code == 200
        is_left_out = 'content="noindex"' in page.content.decode()
        assert (markdown.headers.get("X-Robots-Tag") == "noindex") is is_left_out
        said.append((listed_there, is_left_out))

    assert said == [(False, True), (True, False)]


def test_what_a_sitemap_names_may_be_read_and_is_not_left_out(published, reviewed, client):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())

    places = [
        place for one in listed(client, "/sitemap.xml") for place in listed(client, one.removeprefix(SITE))
    ]

    assert f"{SITE}/help/building/" in places
    assert len(places) == len(set(places)) > 20
    for place in places:
        answer = client.get(place.removeprefix(SITE))
        assert answer.status_code == 200, place
        assert rules.can_fetch("*", place), place
        assert "noindex" not in answer.headers.get("X-Robots-Tag", "") + answer.content.decode(), place


def test_what_programs_are_pointed_at_may_be_read_by_them(published, client):
    """Of the rules the longest path that fits counts; Python's reader takes the first, so they are sorted."""
    lines = client.get("/robots.txt").content.decode().splitlines()
    rules = RobotFileParser()
    rules.parse(["User-agent: *", *sorted(filter(is_rule, lines), key=len, reverse=True)])
    pointed = re.findall(r"\((https://wiki.example.org[^)]+)\)", client.get("/llms.txt").content.decode())
    pointed += [f"{SITE}{path}" for path in re.findall(r"<(/[^>]+)>", client.get(PAGE).headers["Link"])]

    assert len(pointed) > 15
    assert [place for place in pointed if not rules.can_fetch("*", place)] == []
    assert not rules.can_fetch("*", f"{SITE}/record/?act=approve")


def is_rule(line):
    return line.startswith(("Allow:", "Disallow:"))


@pytest.mark.parametrize("path", ["/api/v1/pages/hypoparathyroidism", "/feeds/approvals/", "/infobutton/"])
def test_what_is_for_programs_alone_is_left_out_by_search_engines(published, client, path):
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


def test_many_pages_are_split_into_several_sitemaps(
    published, reviewed, client, clinician, moderator, monkeypatch
):
    monkeypatch.setattr("wiki.views.reading.crawlers.PER_SITEMAP", 1)
    cast.review_whole(cast.make_page(clinician, moderator, "Gout"), moderator)

    assert list(listed(client, "/sitemap.xml"))[1:] == [f"{SITE}/sitemap/condition-{n}.xml" for n in (1, 2)]
    assert list(listed(client, "/sitemap/condition-2.xml")) == [f"{SITE}/wiki/hypoparathyroidism/"]


@pytest.mark.parametrize(
    "name", ["condition-0", "condition-2", "gene-1", "nothing-1", "site-2", f"condition-{10**30}"]
)
def test_an_unknown_sitemap_is_not_found(published, reviewed, client, name):
    assert client.get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_txt_and_llms_txt_state_the_permitted_use(published, client):
    robots, llms = (client.get(path).content.decode() for path in ("/robots.txt", "/llms.txt"))

    assert f"Sitemap: {SITE}/sitemap.xml" in robots.splitlines()
    assert "Disallow: /record/" in robots.splitlines()
    for words in (robots, llms):
        assert "CC BY-SA 4.0" in words
        assert "licence" in words
    assert llms.startswith("# Causeway\n\n> ")
    assert f"[Conditions]({SITE}/index/condition/): 1" in llms
    assert "Genes" not in llms


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/robots.txt",
            "/llms.txt",
            "/opensearch.xml",
            "/sitemap.xml",
            "/sitemap/site-1.xml",
            "/infobutton/",
        ),
        *("/infobutton", "/application", "/service", "/wiki/hypoparathyroidism.md", "/feeds/changes/"),
        *("/api/v1/openapi.json", "/record/anchors.json", "/record/chains.jsonl", "/record/record.csv"),
    ],
)
def test_a_door_for_programs_refuses_a_form_with_405_and_never_asks_for_a_token(published, path):
    """HL7 sends its parameters in the address; what is posted is refused with what is allowed."""
    answer = Client(enforce_csrf_checks=True).post(path, {"mainSearchCriteria.v.c": "E20.9"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.content
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/wiki/hypoparathyroidism.jsonld", "/feeds/changes/"])
def test_a_page_on_another_site_may_ask_with_a_condition(published, client, path):
    first = client.options(path, headers={"Origin": "https://other.example"})

    assert (first.status_code, first.headers["Access-Control-Allow-Headers"]) == (
        204,
        "Accept, If-None-Match",
    )
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert [answer.status_code, again.status_code] == [200, 304]
    assert {one.headers["Access-Control-Allow-Origin"] for one in (answer, again)} == {"*"}


def test_the_opensearch_description_is_linked(published, client):
    described = client.get("/opensearch.xml")

    assert described.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert f'template="{SITE}/search/?q={{searchTerms}}"' in described.content.decode()
    ElementTree.fromstring(described.content)  # noqa: S314  # our own
    assert 'rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()


def test_a_browser_suggests_names_while_its_reader_types(published, client, clinician, moderator):
    aliases = ("PTH resistance", "“Pseudo” & <more>")
    cast.make_page(clinician, moderator, "Pseudohypoparathyroidism", aliases=aliases)
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)  # noqa: S314  # our own
    (place,) = [one.get("template") for one in root if one.get("type") == "application/x-suggestions+json"]

    def suggested(typed):
        answer = client.get(str(place).removeprefix(SITE).replace("{searchTerms}", quote(typed)))
        assert answer.headers["Content-Type"] == "application/x-suggestions+json; charset=utf-8"
        return answer.json()

    named = "http://testserver/wiki/pseudohypoparathyroidism/"
    title = "Pseudohypoparathyroidism, condition"
    assert suggested(" Pth R") == [" Pth R", ["PTH resistance"], [title], [named]]
    assert suggested("pse")[1:] == [["Pseudohypoparathyroidism"], [title], [named]]
    assert suggested("more")[1] == ["“Pseudo” & <more>"]
    for nothing in ("", "zzz", "%", "\u0301", "x" * 5000):
        assert suggested(nothing) == [nothing, [], [], []]
