"""The pages about the site itself, and what programs are told of it."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from PIL import Image as Pillow

from tests.shown import html_at, html_of
from wiki.domain.owner import OWNER_FACTS

MISSING = "The owner of this wiki has not said this yet"
PAGES = ("/about/who/", "/contact/", "/privacy/", "/accessibility/")


@pytest.mark.parametrize("path", PAGES)
def test_missing_facts_of_the_owner_are_shown_as_missing(client, db, settings, path):
    settings.OWNER = {fact.name: "" for fact in OWNER_FACTS}

    assert MISSING in html_of(client.get(path))


def test_every_fact_of_the_owner_is_shown_somewhere(client, db, settings):
    settings.OWNER = {fact.name: f"The {fact.name}\nin <two> lines" for fact in OWNER_FACTS}
    settings.OWNER["email"] = "office@example.org"

    shown = " ".join(html_at(client, path) for path in PAGES)

    assert MISSING not in shown
    assert all(
        f"The {fact.name}<br>in &lt;two&gt; lines" in shown for fact in OWNER_FACTS if fact.name != "email"
    )
    assert '<a href="mailto:office@example.org">' in shown


@pytest.mark.parametrize("path", PAGES)
def test_the_home_page_links_to_every_site_page(client, db, path):
    assert f'href="{path}"' in html_of(client.get("/"))


@pytest.mark.parametrize("path", ["/privacy", "/contact", "/accessibility"])
def test_an_address_without_trailing_slash_redirects(client, db, path):
    assert client.get(path).url == f"{path}/"


def meta(html):
    """Return what is told of a page to programs, by name."""
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html))


@pytest.mark.parametrize(
    "path",
    [
        *PAGES,
        "/",
        "/index/",
        "/sources/",
        "/about/",
        "/about/review/",
        "/help/",
        "/latest/",
        "/accounts/login/",
    ],
)
def test_every_page_has_a_title_a_description_and_a_picture_to_share(client, published, path):
    html = html_of(client.get(path))

    told = meta(html)
    [title] = re.findall("<title>(.*?)</title>", html)
    assert told["og:title"] == title != ""
    assert told["og:description"] == told["description"]
    assert len(told["description"]) > 20
    assert told["og:image"] == f"http://testserver{static('sharing.png')}"
    with Pillow.open(str(finders.find("sharing.png"))) as picture:
        size = (int(told["og:image:width"]), int(told["og:image:height"]))
        assert (told["og:image:type"], size) == (picture.get_format_mimetype(), picture.size)


def test_a_wiki_page_has_its_own_sharing_title_and_description(client, published):
    told = meta(html_of(client.get("/wiki/hypoparathyroidism/")))

    assert told["og:title"] == "Hypoparathyroidism – Causeway"
    assert told["og:description"] == told["description"] == published.published_page.lead
    assert told["og:type"] == "article"
    assert told["og:url"] == "http://testserver/wiki/hypoparathyroidism/"


def test_the_icon_stands_where_old_programs_look_for_it(client):
    answer = client.get("/favicon.ico")

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert "max-age=86400" in answer.headers["Cache-Control"]


def test_the_manifest_names_icons_that_exist(client, db):
    answer = client.get("/manifest.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    for icon in json.loads(answer.content)["icons"]:
        drawn = client.get(icon["src"])
        assert drawn.status_code == 200
        assert b"".join(drawn).startswith(b"\x89PNG")
    assert 'rel="manifest" href="/manifest.webmanifest"' in html_of(client.get("/"))
