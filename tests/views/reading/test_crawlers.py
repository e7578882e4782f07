"""What search engines and programs that read are told: every page, when it changed, what may be used how."""

from xml.etree import ElementTree

import pytest

from tests import cast
from wiki.models import PublishedPage

SITE = "https://wiki.example.org"
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


def test_the_sitemaps_name_every_page_with_when_its_version_was_published(
    published, client, clinician, moderator
):
    cast.make_page(clinician, moderator, "Gait", kind="symptom")
    since = PublishedPage.objects.get(page=published).publication.since

    maps = listed(client, "/sitemap.xml")
    pages = [listed(client, place.removeprefix(SITE)) for place in maps]

    assert list(maps) == [f"{SITE}/sitemap/condition-1.xml", f"{SITE}/sitemap/symptom-1.xml"]
    assert maps[f"{SITE}/sitemap/condition-1.xml"] == since.isoformat()
    assert pages[0] == {f"{SITE}/wiki/hypoparathyroidism/": since.isoformat()}
    assert list(pages[1]) == [f"{SITE}/wiki/gait/"]


def test_many_pages_are_split_into_several_sitemaps(published, client, clinician, moderator, monkeypatch):
    monkeypatch.setattr("wiki.views.reading.crawlers.PER_SITEMAP", 1)
    cast.make_page(clinician, moderator, "Gout")

    assert list(listed(client, "/sitemap.xml")) == [f"{SITE}/sitemap/condition-{part}.xml" for part in (1, 2)]
    assert list(listed(client, "/sitemap/condition-2.xml")) == [f"{SITE}/wiki/hypoparathyroidism/"]


@pytest.mark.parametrize("name", ["condition-0", "condition-2", "gene-1", "nothing-1", f"condition-{10**30}"])
def test_an_unknown_sitemap_is_not_found(published, client, name):
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


def test_the_opensearch_description_is_linked(published, client):
    described = client.get("/opensearch.xml")

    assert described.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert f'template="{SITE}/search/?q={{searchTerms}}"' in described.content.decode()
    ElementTree.fromstring(described.content)  # noqa: S314  # our own
    assert 'rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()
