"""The first page, the indexes, sources and people, and what is said where there is nothing."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests import cast
from tests.remembered import remembered
from tests.shown import html_at
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.domain.evidence import Grade, Stance
from wiki.domain.kinds import KINDS
from wiki.policy import signature_rules


@remembered
def shelf(clinician, moderator):
    """Return pages of several kinds, one of which says something about another on a source."""
    source = cast.make_source(clinician)
    cause = cast.make_page(clinician, moderator, "Basal ganglia calcification", kind="finding")
    body = "## What it is\n\nSaid there.[@pmid:22327515]"
    row = cast.statement(cause, grade="high")
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=body, statements=(row,))
    cast.make_page(clinician, moderator, "5q minus", kind="gene")
    return {"source": source, "cause": cause, "page": page}


# --- The first page ----------------------------------------------------------------------------------------


def test_the_home_page_shows_a_statement_kinds_and_new_changes(shelf, client):
    html = html_at(client, "/")

    assert (
        '<a href="/wiki/hypoparathyroidism/">Hypoparathyroidism</a> <span class="rel">causes</span>' in html
    )
    assert '<a href="/index/condition/">Conditions <span class="num">1</span></a>' in html
    assert "Drugs <span>none yet</span>" in html
    assert "3 pages, 1 graded statement, 1 source." in html
    assert html.index("5q minus</a>") < html.index("approved by Dr Amara Osei, neuroradiologist,")


def test_pages_of_an_empty_wiki_say_so(client, db):
    assert "Nothing has been approved yet." in html_at(client, "/")
    assert "No page has been approved yet." in html_at(client, "/index/")
    assert "No page of this kind has been approved yet." in html_at(client, "/index/drug/")
    assert "Nothing has been approved yet." in html_at(client, "/latest/")
    assert "No published page cites a source yet." in html_at(client, "/sources/")


PLACES = (
    "/",
    "/index/",
    "/index/condition/",
    "/latest/",
    "/sources/",
    "/people/clinician/",
    "/people/moderator/",
)


@pytest.mark.parametrize("path", [*PLACES, "source"])
def test_more_pages_take_no_more_queries(
    shelf, client, clinician, moderator, path, django_assert_max_num_queries
):
    path = shelf["source"].get_absolute_url() if path == "source" else path
    with django_assert_max_num_queries(8) as few:
        client.get(path)
    body = "## What it is\n\nSaid there.[@pmid:22327515]"
    for number in range(6):
        row = cast.statement(shelf["cause"])
        cast.make_page(clinician, moderator, f"Cause {number}", body=body, statements=(row,))

    with django_assert_max_num_queries(len(few)):
        html = html_at(client, path)

    assert "Cause 5" in html or path in {"/sources/"}


# --- The indexes -------------------------------------------------------------------------------------------


def test_the_index_is_sorted_by_letter(shelf, client):
    html = html_at(client, "/index/")

    assert (
        re.findall(r'<h2 id="letter-(\w)">', html)
        == re.findall(r'href="#letter-(\w)"', html)
        == ["0", "b", "h"]
    )
    assert re.findall(r'class="title" href="/wiki/([^/]+)/"', html) == [
        "5q-minus", "basal-ganglia-calcification", "hypoparathyroidism",
    ]  # fmt: skip


def test_the_index_of_a_kind_lists_only_that_kind(shelf, client):
    html = html_at(client, "/index/finding/")

    assert "<h1>Findings</h1>" in html
    assert re.findall(r'class="title" href="/wiki/([^/]+)/"', html) == ["basal-ganglia-calcification"]


def test_an_empty_kind_offers_to_propose_its_first_page(shelf, client):
    assert 'href="/new/?kind=drug">Propose the first one</a>' in html_at(client, "/index/drug/")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_index(client, db, kind):
    assert client.get(f"/index/{kind}/").status_code == 200


def test_the_latest_approval_comes_first(shelf, client, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(shelf["cause"], clinician)), moderator)

    found = re.findall(r'class="title" href="/wiki/([^/]+)/"', html_at(client, "/latest/"))

    first = ["basal-ganglia-calcification", "5q-minus", "hypoparathyroidism"]
    assert found[0] == "basal-ganglia-calcification"
    assert list(dict.fromkeys(found)) == first
    assert len(found) == len(first) + 1


# --- Sources and people ------------------------------------------------------------------------------------


def test_a_source_lists_the_pages_and_statements_that_cite_it(shelf, client):
    html = html_at(client, shelf["source"].get_absolute_url())

    text, rows = html[html.index('id="text-h"') :].split('id="rows-h"')
    assert '<a class="title" href="/wiki/hypoparathyroidism/">' in text
    assert (
        '<b>causes</b> <a href="/wiki/basal-ganglia-calcification/">Basal ganglia calcification</a>' in rows
    )
    assert "High certainty" in rows
    assert (
        '<a href="https://pubmed.ncbi.nlm.nih.gov/22327515/" rel="nofollow noopener">PMID 22327515</a>'
        in html
    )


def test_an_uncited_source_is_shown_to_writers_only(shelf, client, clinician):
    other = cast.make_source(clinician, "pmid:9", "Not cited yet")

    assert client.get(other.get_absolute_url()).status_code == 404
    assert "Not cited yet" not in html_at(client, "/sources/")
    client.force_login(clinician)
    html = html_at(client, other.get_absolute_url())
    assert "Cite it as <code>[@pmid:9]</code>." in html
    assert "Not fully verified" in html
    assert "Not cited yet" in html_at(client, "/sources/")


def test_the_source_of_a_half_published_statement_is_not_shown(shelf, client, clinician, moderator):
    hidden = drafts.propose(cast.document("Hidden"), author=clinician).page
    other = cast.make_source(clinician, "pmid:9", "Half visible")
    row = cast.statement(hidden, sources=("pmid:9",))
    cast.make_page(clinician, moderator, "Cause", statements=(row,))

    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_person_is_shown_with_what_they_wrote_and_reviewed(shelf, client, moderator):
    wrote, reviewed = html_at(client, "/people/clinician/").split('id="approved"')
    assert "<h1>Dr Ines Albrecht</h1>" in wrote
    assert "Endocrinologist" in wrote
    assert wrote.count('class="title"') == 3
    assert "Nothing published yet." in reviewed

    wrote, reviewed = html_at(client, "/people/moderator/").split('id="approved"')
    assert "Nothing published yet." in wrote
    assert reviewed.count('class="title"') == 3


def test_a_person_without_published_contributions_has_no_page(
    shelf, client, reader, colleague, second_moderator
):
    waiting = cast.submit(cast.make_edit(shelf["page"], colleague))
    review.reject(waiting.pk, by=second_moderator, reason="No.")

    for username in ("reader", "colleague", "second-moderator", "nobody"):
        assert client.get(f"/people/{username}/").status_code == 404


def test_everybody_whom_a_page_names_has_a_page(published, client, clinician, colleague, moderator):
    below = cast.submit(cast.make_edit(published, colleague))
    above = drafts.build_on(below, author=clinician)
    above = drafts.save(above, cast.document("Hypoparathyroidism", summary="From both."), by=clinician)
    cast.approve(cast.submit(above), moderator)

    names = re.findall(r'href="(/people/[^"]+)"', html_at(client, "/wiki/hypoparathyroidism/"))

    assert "/people/colleague/" in names
    assert {client.get(one).status_code for one in names} == {200}
    assert 'class="title" href="/wiki/hypoparathyroidism/"' in html_at(client, "/people/colleague/")


# --- What the wiki says of itself --------------------------------------------------------------------------


def test_how_we_review_explains_every_grade_and_stance(client, db):
    html = html_at(client, "/about/review/")

    for mark in (*Grade, *Stance):
        assert mark.label in html, mark
        assert mark.meaning in html, mark


def test_how_we_review_says_who_must_sign_what(client, db):
    html = html_at(client, "/about/review/")

    for rule in signature_rules.ALL_RULES:
        assert rule.why[:1].upper() + rule.why[1:] in html, rule.id
        assert rule.risk.label in html
        assert all(need.label in html for need in rule.needs), rule.id


def test_the_choice_of_light_or_dark_is_kept_without_javascript(client, db):
    assert "data-theme=" not in html_at(client, "/")

    answer = client.post("/appearance/", {"theme": "dark"})
    assert (answer.status_code, answer.url) == (302, "/appearance/")
    assert '<html lang="en-GB" data-theme="dark">' in html_at(client, "/")
    assert 'value="dark" aria-pressed="true"' in html_at(client, "/appearance/")

    client.post("/appearance/", {"theme": ""})
    assert "data-theme=" not in html_at(client, "/")


@pytest.mark.parametrize("theme", ["pink", '"><script>', "\x00"])
def test_an_unknown_theme_is_ignored(client, db, theme):
    client.post("/appearance/", {"theme": theme})
    assert "data-theme=" not in html_at(client, "/")

    client.cookies["theme"] = theme.replace("\x00", "0")
    assert "data-theme=" not in html_at(client, "/")


# --- Where there is nothing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/wiki/hypoparathiroidism/", "/wiki/hypoparathiroidism/history/", "/hypoparathyroid"]
)
def test_an_address_with_a_typo_offers_the_similar_page(shelf, client, path):
    answer = client.get(path)

    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 404
    assert "<h1>There is no page here</h1>" in html
    assert '<a class="title" href="/wiki/hypoparathyroidism/">Hypoparathyroidism</a>' in html
    assert 'href="/new/?title=Hypoparath' in html


ODD = (
    "/%00", "/wiki/%00/", "/wiki/%00/history/", "/people/%00/", "/index/%00/", "/index/herb/",
    "/wiki/Caf%C3%A9/", "/sources/99999999999999999999/", f"/wiki/{'x' * 3000}/", f"/people/{'y' * 3000}/",
    "/wiki/hypoparathyroidism/revisions/99999999999999999999/", "/wiki/%22%3E%3Cscript%3Ealert(1)/",
)  # fmt: skip


def test_odd_addresses_get_404_or_400_without_markup(shelf, client):
    for path in ODD:
        answer = client.get(path)

        assert answer.status_code == (400 if "%00" in path else 404), path
        assert "<script>alert" not in answer.content.decode(), path


def test_a_403_page_names_the_roles_that_may_enter(client, reader):
    client.force_login(reader)

    answer = client.get("/drafts/")

    assert answer.status_code == 403
    assert "Only clinicians and moderators may write." in answer.content.decode()
    assert "You are signed in as Sam Reader, reader." in answer.content.decode()


def test_the_500_page_renders_without_template_context():
    text = (Path(settings.BASE_DIR) / "templates/500.html").read_text()

    assert "{%" not in text
    assert "{{" not in text
    assert "Nothing you saved is lost." in render_to_string("500.html")
