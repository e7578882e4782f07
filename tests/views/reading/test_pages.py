"""What readers get: a page with its review line, statements and references, and how fast it comes."""

import json
import re

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.shown import only, told_at
from wiki.acts.library import sources
from wiki.acts.reviewing import review
from wiki.models import Checked, PublishedPage
from wiki.text.document import Code
from wiki.text.sources.identifiers import parse

BODY = (
    "## What it is\n\nSee [[Seizures]] and [[Nothing yet]].[@pmid:22327515]\n\n"
    "## In the brain\n\nMore of it.[@pmid:1; @pmid:22327515]"
)
AT_HOME = "/wiki/hypoparathyroidism/"


@remembered
def cited(clinician):
    """Return three sources that texts and statements cite."""
    return [cast.make_source(clinician, f"pmid:{one}", f"Study {one}") for one in (22327515, 1, 2)]


@remembered
def article(cited, clinician, moderator):
    """Return a published page with text, a statement of its own and one written elsewhere."""
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(seizures, "has_manifestation", note="In one of four.", sources=("pmid:2", "pmid:1"))
    page = cast.make_page(
        clinician, moderator, "Hypoparathyroidism", body=BODY, statements=(row,), aliases=("Low PTH",)
    )
    cast.make_page(clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(page),))
    return page


def shown(client, path=AT_HOME):
    """Return what is told at a path, first of all at the page's own."""
    return told_at(client, path)


def groups(html):
    """Return the titles of the pages under each relation, in the order of the page."""
    sections = re.findall(r'<section class="relation".*?</section>', html, re.DOTALL)
    named = [
        (only(r"<h3.*?</span>(.*?) <span", one), re.findall(r'claim">\s*<a[^>]*>(.*?)</a>', one))
        for one in sections
    ]
    return dict(named)


def test_a_page_shows_what_it_is_called_and_its_plain_summary_first(article, client):
    html = shown(client)

    assert "<h1>Hypoparathyroidism</h1>" in html
    assert "Also called Low PTH" in html
    assert '<p class="lead">What it is, in plain words.</p>' in html
    assert html.index("lead") < html.index('class="prose"') < html.index('class="facts"')


@pytest.mark.parametrize("role", ["anonymous", "reader", "clinician", "moderator"])
def test_a_page_takes_six_queries_at_most(article, client, role, request, django_assert_num_queries):
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))

    with django_assert_num_queries(4 if role == "anonymous" else 6):
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

    with django_assert_num_queries(4):
        html = shown(client)

    assert len(groups(html)["can show"]) == 30
    assert "Linked from" in html


def test_an_unchanged_page_is_not_sent_twice(article, client):
    tag = client.get(AT_HOME).headers["ETag"]

    again = client.get(AT_HOME, headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert not again.content


def test_a_new_version_is_sent_to_those_who_have_the_old_one(article, client, clinician, moderator):
    tag = client.get(AT_HOME).headers["ETag"]
    cast.approve(cast.submit(cast.make_edit(article, clinician)), moderator)

    assert client.get(AT_HOME, headers={"If-None-Match": tag}).status_code == 200


def test_a_page_for_strangers_carries_nothing_personal(article, client):
    answer = client.get(AT_HOME)

    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert 'method="post"' not in answer.content.decode()


def test_a_statement_is_read_from_both_ends(article, client):
    assert groups(shown(client)) == {"is caused by": ["Surgery"], "can show": ["Seizures"]}
    assert groups(shown(client, "/wiki/surgery/")) == {"causes": ["Hypoparathyroidism"]}
    assert groups(shown(client, "/wiki/seizures/")) == {"can be a sign of": ["Hypoparathyroidism"]}


def test_a_relation_that_reads_the_same_both_ways_is_one_group(
    cited, published, client, clinician, moderator
):
    there = cast.make_page(clinician, moderator, "Aardvark")
    near = cast.statement(there, "associated_with")
    cast.approve(cast.submit(cast.make_edit(published, clinician, statements=(near,))), moderator)
    far = cast.statement(published, "associated_with")
    cast.make_page(clinician, moderator, "Zebra", statements=(far,))

    assert groups(shown(client)) == {"is associated with": ["Aardvark", "Zebra"]}


def test_statements_stand_by_grade_then_by_title(cited, published, client, clinician, moderator):
    for title, grade in (("C low", "low"), ("B high", "high"), ("A low", "low"), ("D high", "high")):
        row = cast.statement(published, grade=grade)
        cast.make_page(clinician, moderator, title, statements=(row,))

    assert groups(shown(client))["is caused by"] == ["B high", "D high", "A low", "C low"]


def test_a_statement_says_what_the_evidence_says_in_words(cited, published, client, clinician, moderator):
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
def test_that_a_source_is_not_verified_is_told_to_every_reader(article, cited, client, request, role):
    assert cited[0].checked == Checked.PARTIAL
    if role:
        client.force_login(request.getfixturevalue(role))

    assert "Not fully verified" in shown(client)
    assert "Not fully verified" in shown(client, cited[0].get_absolute_url())


def test_the_contents_lead_to_every_part(article, client):
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


def test_sites_and_codes_stand_among_the_facts(cited, published, client, clinician, moderator):
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


# --- The review line ---------------------------------------------------------------------------------------


def standing_of(html):
    """Return the code and the words of the review line."""
    code, words = only(r'<div class="signed" data-standing="(\w+)">(.*?)</div>', html)
    return code, " ".join(re.sub("<[^>]+>", "", words).split()).replace(" ,", ",")


def test_the_review_line_keeps_two_facts_apart(published, client, clinician, second_moderator):
    assert standing_of(shown(client))[0] == "unreviewed"
    cast.review_whole(published, second_moderator)
    cast.approve(cast.propose_change(published, clinician, summary="Later."), second_moderator)
    standing = PublishedPage.objects.for_page().get(page=published).standing

    code, words = standing_of(shown(client))

    assert code == "current"
    assert words.startswith("Whole page reviewed by Dr Lena Fischer, neuropathologist, ")
    assert f"version 1 · {standing.due}" in words
    assert "1 change approved since, the last by Dr Lena Fischer" in words
    assert words.endswith("· version 2")


def test_an_overdue_page_says_so_and_stays_readable(published, client, second_moderator):
    due = cast.review_whole(published, second_moderator).due_on
    assert due is not None

    with time_machine.travel(f"{due.year}-{due.month:02}-{due.day:02}T23:00Z"):
        assert standing_of(shown(client))[0] == "current"
    with time_machine.travel(f"{due.year + 1}-01-01"):
        code, words = standing_of(shown(client))
        assert "page was due in" in PublishedPage.objects.for_page().get(page=published).standing.sentence

    assert code == "overdue"
    assert f"review of the whole page was due in {due:%B %Y}" in words


def test_a_page_on_which_evidence_conflicts_says_so(cited, published, client, clinician, moderator):
    row = cast.statement(published, stance="disputed")
    cause = cast.make_page(clinician, moderator, "Cause", statements=(row,))
    cast.review_whole(cause, moderator)

    code, words = standing_of(shown(client, "/wiki/cause/"))

    assert code == "disputed"
    assert "evidence conflicts on 1 statement" in words
    assert "evidence conflicts on 1 statement" in shown(client, "/latest/")


@remembered
def starter_page(clinician, moderator):
    """Return a page of the starter content."""
    return cast.load_page("Seizures")


STARTER = "Starter content, not yet reviewed by a clinician"
PLACES = ("/", "/index/", "/latest/", "/search/?q=plain&all=1", "/search/?q=seizures&all=1", "/overdue/")


def test_starter_content_says_that_no_clinician_has_reviewed_it(starter_page, client):
    loaded = starter_page.published_page.publication.since

    code, words = standing_of(shown(client, "/wiki/seizures/"))

    assert (code, words) == ("unreviewed", f"{STARTER}, loaded {loaded.day} {loaded:%B %Y} · version 1")
    for path in (*PLACES, "/wiki/seizures/cite/", "/wiki/seizures/revisions/1/", "/wiki/seizures/history/"):
        assert STARTER in shown(client, path), path
    assert "Dr " not in shown(client, "/wiki/seizures/")


def test_approved_changes_do_not_end_that_anywhere(starter_page, client, clinician, moderator):
    for words in ("Plain words.", "Plain words, still."):
        cast.approve(cast.propose_change(starter_page, clinician, summary=words), moderator)

    code, words = standing_of(shown(client, "/wiki/seizures/"))

    assert code == "unreviewed"
    assert "2 changes approved, the last by Dr Amara Osei" in words
    for path in (*PLACES, "/wiki/seizures/cite/", "/people/clinician/"):
        assert f"{STARTER}; 2 changes approved, the last by Dr Amara Osei" in shown(client, path), path
    assert "reviewedBy" not in structured(shown(client, "/wiki/seizures/"))


@pytest.mark.parametrize("form", ["", "?format=bibtex", "?format=ris"])
def test_a_citation_keeps_both_facts_apart(
    starter_page, client, clinician, moderator, second_moderator, form
):
    path = f"/wiki/seizures/cite/{form}"
    assert STARTER in shown(client, path)
    assert "Dr " not in shown(client, path)
    cast.approve(cast.propose_change(starter_page, clinician), moderator)
    changed = "Version 2. Starter content, changed by Dr Ines Albrecht. "
    assert f"{changed}{STARTER}; 1 change approved, the last by Dr Amara Osei" in shown(client, path)

    cast.review_whole(starter_page, second_moderator)

    said = shown(client, path)
    assert f"{changed}Whole page reviewed by Dr Lena Fischer" in said
    assert not re.search(r"^(AU  -|  author =)", said, re.MULTILINE)
    assert "last change approved by Dr Amara Osei" in said


def structured(html):
    """Return what the page tells search engines."""
    return json.loads(only(r'<script type="application/ld\+json">(.*?)</script>', html))


def test_structured_data_says_who_reviewed_the_whole_page(article, client, second_moderator):
    assert "reviewedBy" not in structured(shown(client))
    made = cast.review_whole(article, second_moderator)

    data = structured(shown(client))

    assert data["reviewedBy"] == {
        "@type": "Person", "name": "Dr Lena Fischer", "jobTitle": "neuropathologist",
    }  # fmt: skip
    assert data["lastReviewed"] == made.on.isoformat()
    assert data["about"] == {
        "@type": "MedicalCondition", "name": "Hypoparathyroidism", "alternateName": ["Low PTH"],
    }  # fmt: skip


def test_structured_data_claims_no_review_of_starter_content(starter_page, client):
    data = structured(shown(client, "/wiki/seizures/"))

    assert "not yet reviewed by a clinician" in data["creditText"]
    assert data.keys().isdisjoint({"reviewedBy", "lastReviewed"})


def test_structured_data_cannot_be_ended_early(client, clinician, moderator):
    summary = "</script><script>alert(1)</script> & <!-- so on."
    cast.make_page(clinician, moderator, "Trick", summary=summary)

    html = shown(client, "/wiki/trick/")

    assert "<script>alert" not in html
    assert structured(html)["description"] == summary


# --- Addresses ---------------------------------------------------------------------------------------------


def test_an_old_address_leads_to_the_page_for_ever(published, client, clinician, moderator):
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, title="Low parathyroid hormone")), moderator
    )

    answer = client.get(AT_HOME)

    assert answer.status_code == 302
    assert answer.url == "/wiki/low-parathyroid-hormone/"


@pytest.mark.parametrize("rest", ["history/", "revisions/1/", "compare/?from=1&to=2", "cite/", "links/"])
def test_what_stands_beneath_an_old_address_is_led_along(published, client, clinician, moderator, rest):
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, title="Low parathyroid hormone")), moderator
    )

    answer = client.get(f"{AT_HOME}{rest}", follow=True)

    new = f"/wiki/low-parathyroid-hormone/{rest}"
    assert [(url.replace("%26", "&"), status) for url, status in answer.redirect_chain] == [(new, 302)]
    assert answer.status_code == 200


def test_a_page_taken_back_with_nothing_before_says_that_it_is_under_review(published, client, moderator):
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
