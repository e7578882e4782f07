"""The review line of a page, and the same facts wherever else a page is named."""

import json
import re

import pytest
import time_machine

from tests import cast
from tests.remembered import remembered
from tests.shown import only
from tests.views.reading.test_pages import shown
from wiki.models import PublishedPage, Role
from wiki.text.document import Code


def standing_of(html):
    """Return the code and the words of the review line."""
    code, words = only(r'<div class="signed" data-standing="(\w+)">(.*?)</div>', html)
    return code, " ".join(re.sub("<[^>]+>", "", words).split()).replace(" ,", ",")


def test_the_review_line_separates_whole_page_review_and_last_change(
    published, client, clinician, second_moderator
):
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
    assert "each text that was loaded and approved by nobody" in " ".join(shown(client, "/latest/").split())


def test_approved_changes_do_not_end_the_starter_notice(starter_page, client, clinician, moderator):
    for words in ("Plain words.", "Plain words, still."):
        cast.approve(cast.propose_change(starter_page, clinician, summary=words), moderator)

    code, words = standing_of(shown(client, "/wiki/seizures/"))

    assert code == "unreviewed"
    assert "2 changes approved, the last by Dr Amara Osei" in words
    for path in (*PLACES, "/wiki/seizures/cite/", "/people/clinician/"):
        assert f"{STARTER}; 2 changes approved, the last by Dr Amara Osei" in shown(client, path), path
    assert "reviewedBy" not in structured(shown(client, "/wiki/seizures/"))


@pytest.mark.parametrize("form", ["", "?format=bibtex", "?format=ris"])
def test_a_citation_separates_review_and_last_change(
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


def test_structured_data_distinguishes_same_broader_and_narrower_codes(client, clinician, moderator):
    codes = (Code("OMIM", "146200"), Code("MeSH", "D003551", "broader"), Code("ICD-10", "E20"))
    page = cast.make_page(clinician, moderator, codes=codes)

    about = structured(shown(client, page.published_page.get_absolute_url()))["about"]

    skos = "http://www.w3.org/2004/02/skos/core#"
    assert [one["codeValue"] for one in about["code"]] == ["146200", "D003551", "E20"]
    assert about["sameAs"] == ["https://omim.org/entry/146200"]
    assert about[f"{skos}broadMatch"] == [{"@id": "https://meshb.nlm.nih.gov/record/ui?ui=D003551"}]
    assert f"{skos}narrowMatch" not in about


def test_structured_data_says_who_reviewed_the_whole_page(article, client, second_moderator):
    assert "reviewedBy" not in structured(shown(client))
    made = cast.review_whole(article, second_moderator)

    data = structured(shown(client))

    assert data["reviewedBy"] == {
        "@type": "Person", "name": "Dr Lena Fischer", "jobTitle": "neuropathologist",
    }  # fmt: skip
    assert data["lastReviewed"] == made.on.isoformat()
    about = data["about"]
    assert (about["@type"], about["name"]) == ("MedicalCondition", "Hypoparathyroidism")
    assert about["alternateName"] == ["Low PTH"]


def test_structured_data_claims_no_review_of_starter_content(starter_page, client):
    data = structured(shown(client, "/wiki/seizures/"))

    assert "not yet reviewed by a clinician" in data["creditText"]
    assert data.keys().isdisjoint({"reviewedBy", "lastReviewed"})


def test_structured_data_escapes_a_closing_script_tag(client, clinician, moderator):
    summary = "</script><script>alert(1)</script> & <!-- so on."
    cast.make_page(clinician, moderator, "Trick", summary=summary)

    html = shown(client, "/wiki/trick/")

    assert "<script>alert" not in html
    assert structured(html)["description"] == summary


def test_every_door_names_all_reviewers_whose_signatures_a_review_counts_on(
    client, clinician, moderator, second_moderator
):
    page = cast.load_page("Tetany", body="## Treatment\n\nTake 5 mg once a day.")
    neurologist = cast.make_user("neurologist", Role.MODERATOR, name="Dr Nora Winter")
    cast.make_qualified(neurologist, "neurology")
    cast.review_whole(page, neurologist)
    both = "by Dr Nora Winter, neurologist, and Dr Amara Osei, neuroradiologist, "

    assert "not yet reviewed" in standing_of(shown(client, "/wiki/tetany/"))[1]
    cast.review_whole(page, moderator, "Read again from the first word to the last, with its sources.")
    assert f"Whole page reviewed {both}" in standing_of(shown(client, "/wiki/tetany/"))[1]
    for path in ("revisions/1/", "cite/"):
        assert f"Whole page reviewed {both}" in shown(client, f"/wiki/tetany/{path}")

    cast.approve(cast.propose_change(page, clinician, summary="Cramps of the hands."), second_moderator)
    assert f"Whole page reviewed {both}" in standing_of(shown(client, "/wiki/tetany/"))[1]
    for path in ("revisions/1/", "revisions/2/", "cite/"):
        assert f"Whole page reviewed {both}" in shown(client, f"/wiki/tetany/{path}")
    feed = client.get("/feeds/pages/tetany/").content.decode()
    assert "last reviewed before it, by Dr Nora Winter and Dr Amara Osei, " in feed
