"""A source that a statement needs is added, and the statement cites it when one is back."""

from urllib.parse import parse_qs, urlsplit

from tests import cast
from tests.remembered import remembered
from tests.shown import fields_of, html_of
from wiki.acts.writing import drafts
from wiki.models import Source

RECORD = {
    "source-identifier": "10.1038/NG.1077",
    "source-title": "Mutations in SLC20A2",
    "source-type": "family_genetics",
}
DOI = "doi:10.1038/ng.1077"


@remembered
def draft(published, other_page, source, clinician):
    """Return a draft whose first statement cites a source that the wiki has and one that it has not."""
    row = cast.statement(other_page, sources=("pmid:22327515", "pmid:999"))
    return cast.make_edit(published, clinician, statements=(row,))


def press(at_desk, draft, act, **changes):
    """Press a button of the form of a draft, after typing some changes."""
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    return at_desk.post(f"/drafts/{draft.pk}/", words | changes | {"act": act})


def led_to(answer):
    """Return what the address tells to which one is led."""
    return {name: value for name, (value,) in parse_qs(urlsplit(answer["Location"]).query).items()}


def test_an_unknown_source_of_a_statement_is_added_and_cited_in_its_place(at_desk, draft):
    assert 'value="add-source-0 pmid:999"' in html_of(at_desk.get(f"/drafts/{draft.pk}/"))

    asked = led_to(press(at_desk, draft, "add-source-0 pmid:999", summary="Typed just now."))
    shown = at_desk.get("/sources/add/", asked)
    answer = at_desk.post("/sources/add/", RECORD | asked, follow=True)

    assert asked == {"draft": str(draft.pk), "row": "0", "id": "pmid:999"}
    assert 'name="row" value="0"' in html_of(shown)
    assert 'name="id" value="pmid:999"' in html_of(shown)
    assert answer.redirect_chain == [(f"/drafts/{draft.pk}/#statement-0", 302)]
    assert "“Mutations in SLC20A2” is among the sources, and statement 1 cites it." in html_of(answer)
    draft.refresh_from_db()
    assert draft.document.statements[0].sources == ("pmid:22327515", DOI)
    assert draft.document.summary == "Typed just now."


def test_a_source_that_the_wiki_has_is_cited_at_once(at_desk, draft, clinician):
    cast.make_source(clinician, DOI)
    asked = {"draft": str(draft.pk), "row": "0", "id": "pmid:999"}

    at_desk.post("/sources/add/", asked | {"act": "find-source", "source-pasted": DOI})

    draft.refresh_from_db()
    assert draft.document.statements[0].sources == ("pmid:22327515", DOI)


def test_text_that_names_no_source_is_kept_and_offers_to_add_one(at_desk, draft):
    press(at_desk, draft, "save", **{"statements-0-sources": "Wang 2012"})
    assert 'value="add-source-0"' in html_of(at_desk.get(f"/drafts/{draft.pk}/"))

    asked = led_to(press(at_desk, draft, "add-source-0"))
    at_desk.post("/sources/add/", RECORD | asked)

    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    assert asked == {"draft": str(draft.pk), "row": "0"}
    assert words["statements-0-cited"] == ["pmid:22327515", "pmid:999", DOI]
    assert words["statements-0-sources"] == ["Wang, 2012"]


def test_an_empty_row_before_does_not_shift_the_cited_statement(at_desk, draft):
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    moved = {name.replace("-0-", "-3-"): value for name, value in words.items()}
    empty = {name: "" for name in words if "-0-" in name and not name.endswith("cited")}

    answer = at_desk.post(f"/drafts/{draft.pk}/", empty | moved | {"act": "add-source-3 pmid:999"})

    assert led_to(answer)["row"] == "0"


def test_an_empty_row_that_asks_for_a_source_is_kept(at_desk, draft):
    asked = led_to(press(at_desk, draft, "add-source-1", **{"statements-1-note": ""}))

    at_desk.post("/sources/add/", RECORD | asked)

    assert asked["row"] == "1"
    assert fields_of(at_desk.get(f"/drafts/{draft.pk}/"))["statements-1-cited"] == [DOI]


def test_an_invalid_source_form_keeps_the_statement_row(at_desk, draft):
    asked = {"draft": str(draft.pk), "row": "0", "id": "pmid:999"}

    shown = at_desk.post("/sources/add/", asked | RECORD | {"source-title": ""})

    assert shown.status_code == 422
    assert 'name="row" value="0"' in html_of(shown)


def test_a_source_added_for_a_removed_statement_shows_how_to_cite_it(at_desk, draft):
    answer = at_desk.post("/sources/add/", RECORD | {"draft": str(draft.pk), "row": "7"}, follow=True)

    assert "The statement that asked for it is gone." in html_of(answer)
    assert f"Cite it in the text as [@{DOI}]" in html_of(answer)
    assert Source.objects.count() == 2


def test_a_draft_that_was_sent_in_meanwhile_is_not_changed(at_desk, draft, source, clinician):
    draft = drafts.save(draft, cast.document(draft.title, summary="Another."), by=clinician, note="Why.")
    sent = cast.submit(draft)

    answer = at_desk.post("/sources/add/", RECORD | {"draft": str(sent.pk), "row": "0"}, follow=True)

    assert f"Cite it in the text as [@{DOI}]" in html_of(answer)
    digest = sent.digest
    sent.refresh_from_db()
    assert sent.digest == digest


def test_adding_a_source_to_another_persons_draft_gets_404(at_desk, published, colleague):
    theirs = cast.make_edit(published, colleague)

    answer = at_desk.post("/sources/add/", RECORD | {"draft": str(theirs.pk), "row": "0"})

    assert answer.status_code == 404
