"""What readers get: a page with its review line, statements and references, and how fast it comes."""

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.shown import html_at, only
from wiki.acts.library import sources
from wiki.acts.reviewing import review
from wiki.models import Checked, PublishedPage
from wiki.text.document import Code
from wiki.text.sources.identifiers import parse

AT_HOME = "/wiki/hypoparathyroidism/"


def shown(client, path=AT_HOME):
    """Return what is told at a path, first of all at the page's own."""
    return html_at(client, path)


def groups(html):
    """Return the titles of the pages under each relation, in the order of the page."""
    sections = re.findall(r'<section class="relation".*?</section>', html, re.DOTALL)
    named = [
        (only(r'"first-capital">(.*?)</span>', one), re.findall(r'claim">\s*<a[^>]*>(.*?)</a>', one))
        for one in sections
    ]
    return dict(named)


def test_a_page_shows_title_and_summary_first(article, client):
    html = shown(client)

    assert "<h1>Hypoparathyroidism</h1>" in html
    assert "Also called Low PTH" in html
    assert '<p class="lead">What it is, in plain words.</p>' in html
    assert html.index("lead") < html.index('class="prose"') < html.index('class="facts"')


@pytest.mark.parametrize("role", ["anonymous", "reader", "clinician", "moderator"])
def test_a_page_takes_eight_queries_at_most(article, client, role, request, django_assert_num_queries):
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))

    with django_assert_num_queries(5 if role == "anonymous" else 8):
        assert client.get(AT_HOME).status_code == 200


def test_thirty_statements_take_no_more_queries_than_two(
    article, client, clinician, moderator, django_assert_num_queries
):
    others = [
        cast.make_page(
            clinician, moderator, f"Sign {one}", kind="symptom", body="See [[Hypoparathyroidism]]."
        )
        for one in range(30)
    ]
    rows = tuple(cast.statement(one, "has_manifestation", sources=("pmid:1", "pmid:2")) for one in others)
    cast.approve(cast.submit(cast.make_edit(article, clinician, statements=rows)), moderator)

    with django_assert_num_queries(5):
        html = shown(client)

    assert len(groups(html)["can cause"]) == 30
    assert "Linked from" in html


def test_an_unchanged_page_gets_304(article, client):
    tag = client.get(AT_HOME).headers["ETag"]

    again = client.get(AT_HOME, headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert not again.content


def test_a_new_version_is_sent_to_those_who_have_the_old_one(article, client, clinician, moderator):
    tag = client.get(AT_HOME).headers["ETag"]
    cast.approve(cast.submit(cast.make_edit(article, clinician)), moderator)

    assert client.get(AT_HOME, headers={"If-None-Match": tag}).status_code == 200


def test_an_anonymous_page_has_no_cookie_or_token(article, client):
    answer = client.get(AT_HOME)

    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert 'method="post"' not in answer.content.decode()


def test_a_statement_is_read_from_both_ends(article, client):
    assert groups(shown(client)) == {"is caused by": ["Surgery"], "can cause": ["Seizures"]}
    assert groups(shown(client, "/wiki/surgery/")) == {"causes": ["Hypoparathyroidism"]}
    assert groups(shown(client, "/wiki/seizures/")) == {"can be a symptom of": ["Hypoparathyroidism"]}


def test_a_symmetric_relation_is_one_group(cited, published, client, clinician, moderator):
    there = cast.make_page(clinician, moderator, "Aardvark")
    near = cast.statement(there, "associated_with")
    cast.approve(cast.submit(cast.make_edit(published, clinician, statements=(near,))), moderator)
    far = cast.statement(published, "associated_with")
    cast.make_page(clinician, moderator, "Zebra", statements=(far,))

    assert groups(shown(client)) == {"is associated with": ["Aardvark", "Zebra"]}


def test_statements_are_sorted_by_grade_then_title(cited, published, client, clinician, moderator):
    for title, grade in (("C low", "low"), ("B high", "high"), ("A low", "low"), ("D high", "high")):
        row = cast.statement(published, grade=grade)
        cast.make_page(clinician, moderator, title, statements=(row,))

    assert groups(shown(client))["is caused by"] == ["B high", "D high", "A low", "C low"]


def test_a_statement_shows_grade_stance_and_note_in_words(cited, published, client, clinician, moderator):
    row = cast.statement(
        published, stance="refuted", grade="very_low", basis="case_report", note="Looked for."
    )
    cast.make_page(clinician, moderator, "Cause", statements=(row,))

    html = shown(client)

    for word in ("Evidence against", "Very low certainty", "Case report", "Looked for."):
        assert word in html[html.index('id="caused-by"') :]


def test_a_statement_about_a_page_that_is_not_published_is_not_shown(article, client, moderator):
    seizures = PublishedPage.objects.get(slug="seizures")
    review.unapprove(seizures.publication.revision_id, by=moderator, reason="Wrong.")

    assert groups(shown(client)) == {"is caused by": ["Surgery"]}
    assert "Study 2." not in shown(client)


def test_references_are_numbered_by_the_text_then_by_the_statements(article, client):
    references = re.findall(r'<li id="ref-(\d)">.*?<a class="plain"[^>]*>(.*?)</a>', shown(client))

    # The cause is told first and cites what the text cites; what only a sign rests on comes last.
    assert references == [("1", "Study 22327515."), ("2", "Study 1."), ("3", "Study 2.")]


def test_every_citation_leads_to_its_reference_and_back(article, client):
    html = shown(client)
    there = re.findall(r'<a id="([cs]\d+)" href="#(ref-\d)"', html)
    back = {
        (anchor, reference)
        for reference, rest in re.findall(r'<li id="(ref-\d)">(.*?)</li>', html)
        for anchor in re.findall(r'href="#([cs]\d+)"', rest)
    }

    assert len(there) == 6
    assert set(there) == back
    assert "reference 1, place </span>c</a>" in html


def test_identifiers_are_links(cited, published, client, clinician, moderator):
    ids = [parse("pmid:7"), parse("doi:10.1000/x"), parse("isbn:9780306406157")]
    sources.add(ids, {"title": "A book"}, type="reference_book", by=clinician)
    body = "## What it is\n\nSaid there.[@pmid:7]"
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=body)), moderator)

    html = shown(client)

    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/7/" rel="nofollow noopener">PMID 7</a>' in html
    assert '<a href="https://doi.org/10.1000/x" rel="nofollow noopener">doi:10.1000/x</a>' in html


@pytest.mark.parametrize("role", [None, "reader", "clinician", "moderator"])
def test_every_reader_sees_that_a_source_is_not_fully_verified(article, cited, client, request, role):
    assert cited[0].checked == Checked.PARTIAL
    if role:
        client.force_login(request.getfixturevalue(role))

    assert "Not fully verified" in shown(client)
    assert "Not fully verified" in shown(client, cited[0].get_absolute_url())
    assert "not fully verified" in shown(client, "/sources/")


def test_the_contents_link_to_every_part(article, client):
    html = shown(client)

    rail = html[html.index('class="rail"') : html.index('class="prose"')]
    targets = re.findall(r'href="#([^"]+)"', rail)
    assert targets == [
        "s-what-it-is", "s-in-the-brain", "statements", "caused-by", "has-manifestation", "references",
            "facts",
    ]  # fmt: skip
    assert [one for one in targets if f'id="{one}"' not in html] == []
    assert len(re.findall(r'\bid="([^"]+)"', html)) == len(set(re.findall(r'\bid="([^"]+)"', html)))


def test_a_link_to_no_page_looks_different_and_leads_to_proposing_it(article, client):
    assert '<a class="missing" href="/new/?title=Nothing+yet">Nothing yet</a>' in shown(client)
    assert '<a href="/wiki/seizures/">Seizures</a>' in shown(client)


def test_a_page_says_which_pages_link_to_it(article, client):
    assert (
        'id="linked-from">Linked from</h2> <ul class="linked"> <li> <a href="/wiki/hypoparathyroidism/">'
        in shown(client, "/wiki/seizures/")
    )
    assert "Linked from" not in shown(client)
    assert "Hypoparathyroidism</a>" in shown(client, "/wiki/seizures/links/")


def test_sites_and_codes_are_listed_among_the_facts(cited, published, client, clinician, moderator):
    site = cast.make_page(clinician, moderator, "Basal ganglia", kind="anatomy")
    other = cast.make_page(clinician, moderator, "Pineal gland", kind="anatomy")
    rows = (
        cast.statement(site, "affects_site"),
        cast.statement(other, "affects_site", stance="unsupported"),
    )
    codes = (Code("OMIM", "146200"),)
    cast.approve(cast.submit(cast.make_edit(published, clinician, statements=rows, codes=codes)), moderator)

    facts = only(r'<aside class="facts".*?</aside>', shown(client))

    assert '<a href="https://omim.org/entry/146200" rel="nofollow noopener">146200</a>' in facts
    assert "Basal ganglia" in facts
    assert "Pineal gland" not in facts
    assert '<a href="/people/clinician/">Dr Ines Albrecht</a>' in facts


# --- Addresses ---------------------------------------------------------------------------------------------


def test_an_old_address_redirects_to_the_page(published, client, clinician, moderator):
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, title="Low parathyroid hormone")), moderator
    )

    answer = client.get(AT_HOME)

    assert answer.status_code == 302
    assert answer.url == "/wiki/low-parathyroid-hormone/"


@pytest.mark.parametrize("rest", ["history/", "revisions/1/", "compare/?from=1&to=2", "cite/", "links/"])
def test_addresses_below_an_old_address_redirect_too(published, client, clinician, moderator, rest):
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, title="Low parathyroid hormone")), moderator
    )

    answer = client.get(f"{AT_HOME}{rest}", follow=True)

    new = f"/wiki/low-parathyroid-hormone/{rest}"
    assert [(url.replace("%26", "&"), status) for url, status in answer.redirect_chain] == [(new, 302)]
    assert answer.status_code == 200


def test_a_page_reverted_with_nothing_before_says_that_it_is_under_review(published, client, moderator):
    review.unapprove(
        published.published_page.publication.revision_id, by=moderator, reason="The source is withdrawn."
    )

    answer = client.get(AT_HOME)

    assert answer.status_code == 404
    assert "Hypoparathyroidism is under review" in answer.content.decode()
    assert "plain words" not in answer.content.decode()
    assert "A first paragraph" not in answer.content.decode()


def test_the_permanent_link_leads_to_the_version_that_is_shown(article, client):
    link = only(r'href="([^"]+)">Permanent link to version 1', shown(client))

    assert link == reverse("revision", args=["hypoparathyroidism", 1])
    assert client.get(link).status_code == 200
