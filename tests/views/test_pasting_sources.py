"""A source is found from what was pasted, shown for confirmation, then added."""

import json

import pytest

from tests import cast
from tests.shown import fields_of, html_of
from wiki.importing import lookup
from wiki.models import Source, SourceNotice

RECORD = {
    "type": "article-journal",
    "title": "Mutations in SLC20A2",
    "author": [{"family": "Wang", "given": "Cheng-Hui"}],
    "container-title": "Nature Genetics",
    "container-title-short": "Nat Genet",
    "issued": {"date-parts": [[2012, 2, 12]]},
    "volume": "44",
    "issue": "3",
    "page": "254-256",
    "DOI": "10.1038/ng.1077",
    "PMID": "22327516",
}
RETRACTED = b"""<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article>
<ArticleTitle>A trial.</ArticleTitle><PublicationTypeList>
<PublicationType>Randomized Controlled Trial</PublicationType>
<PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def typed_in(response):
    """Return what the fields of the source's form hold."""
    return {one.html_name: [str(one.value() or "")] for one in response.context["form"]}


def find(at_desk, text, **more):
    """Press the button that finds what was pasted."""
    return at_desk.post("/sources/add/", {"act": "find-source", "source-pasted": text} | more)


def test_a_pasted_record_is_confirmed_before_it_is_added(at_desk):
    shown = find(at_desk, json.dumps(RECORD))

    assert shown.status_code == 200
    assert not Source.objects.exists()
    fields = typed_in(shown)
    assert fields["source-title"] == ["Mutations in SLC20A2"]
    assert fields["source-authors"] == ["Wang CH"]

    answer = at_desk.post("/sources/add/", fields | {"source-type": "family_genetics", "act": "add-source"})

    source = Source.objects.with_ids().get()
    assert answer["Location"] == source.get_absolute_url()
    assert [str(one) for one in source.ids.all()] == ["doi:10.1038/ng.1077", "pmid:22327516"]
    assert source.text == "Wang CH. Mutations in SLC20A2. Nat Genet. 2012;44(3):254-6."
    assert source.csl == RECORD


# What a record says that has no field in the form.
LISTED = {
    "archive_location": "Box 7",
    "abstract": "Calcium fell.",
    "updated-by": [{"type": "retraction", "DOI": "10.1234/made.9"}],
}
LISTS = ("<li>archive_location: Box 7</li>", "<li>abstract: Calcium fell.</li>", "This work was retracted")


@pytest.mark.parametrize("act", ["add-source", "find-source"])
def test_what_was_not_taken_over_is_still_listed_after_a_refusal(at_desk, act):
    shown = find(at_desk, json.dumps(RECORD | LISTED))
    assert [one for one in LISTS if one not in html_of(shown)] == []

    fields = typed_in(shown) | {"source-pasted": ["10.1000/"]}
    answer = at_desk.post("/sources/add/", fields | {"source-type": "", "act": act})

    assert answer.status_code == 422
    assert [one for one in LISTS if one not in html_of(answer)] == []
    at_desk.post("/sources/add/", typed_in(answer) | {"source-type": "family_genetics", "act": "add-source"})
    assert Source.objects.get().text == "Wang CH. Mutations in SLC20A2. Nat Genet. 2012;44(3):254-6."
    assert SourceNotice.objects.get().nature == "retraction"


def test_corrections_of_a_found_record_are_saved(at_desk):
    fields = typed_in(find(at_desk, json.dumps(RECORD)))
    mended = {
        "source-title": "Better",
        "source-authors": "Li Y",
        "source-journal": "Brain",
        "source-year": "2013",
    }

    at_desk.post("/sources/add/", fields | mended | {"source-type": "cohort", "act": "add-source"})

    assert Source.objects.get().text == "Li Y. Better. Brain. 2013;44(3):254-6."


def test_a_source_that_the_wiki_has_is_found_by_any_of_its_identifiers(at_desk, source):
    known = source.ids.get().value

    by_number = find(at_desk, f"PMID {known}")
    by_record = find(at_desk, json.dumps(RECORD | {"PMID": known}))

    assert by_number["Location"] == by_record["Location"] == source.get_absolute_url()
    assert Source.objects.count() == 1


def test_the_first_of_several_pasted_works_is_taken(at_desk):
    shown = find(at_desk, json.dumps([RECORD, RECORD | {"title": "Other"}]))

    assert "You pasted 2 works. The first was taken" in html_of(shown)


@pytest.mark.parametrize("text", ["", "nonsense", "@article{", "123456789"])
def test_pasted_text_without_a_source_is_refused_and_kept(at_desk, text):
    shown = find(at_desk, text, **{"source-title": "Typed"})

    assert shown.status_code == 422
    assert typed_in(shown)["source-title"] == ["Typed"]
    assert 'aria-invalid="true"' in shown.content.decode()


def test_the_identifier_is_filled_in_when_look_ups_are_off(at_desk):
    shown = find(at_desk, "https://doi.org/10.1038/NG.1077")

    assert typed_in(shown)["source-identifier"] == ["10.1038/ng.1077"]
    assert "this site looks nothing up elsewhere. Paste its record" in html_of(shown)
    assert "type what the work says below" in html_of(shown)


def test_a_retraction_is_shown_before_adding_and_stored_with_the_source(at_desk, settings, monkeypatch):
    settings.LOOKUP_EMAIL = "editor@example.org"
    monkeypatch.setattr(lookup, "_ask", lambda *asked: RETRACTED)

    shown = find(at_desk, "PMID 7")
    at_desk.post("/sources/add/", typed_in(shown) | {"act": "add-source"})

    assert "This work was retracted." in html_of(shown)
    assert typed_in(shown)["source-type"] == ["randomized_trial"]
    assert SourceNotice.objects.get().nature == "retraction"


@pytest.mark.parametrize(("identifier", "natures"), [("PMID 99", []), ("10.1234/same", ["retraction"])])
def test_the_retraction_of_another_work_is_not_kept(at_desk, settings, monkeypatch, identifier, natures):
    settings.LOOKUP_EMAIL = "editor@example.org"
    monkeypatch.setattr(lookup, "_ask", lambda *asked: RETRACTED)
    shown = find(at_desk, "PMID 7")

    at_desk.post("/sources/add/", typed_in(shown) | {"source-identifier": identifier, "act": "add-source"})

    assert [one.nature for one in Source.objects.get().notices.all()] == natures


def test_identifiers_of_a_tampered_record_are_ignored(at_desk):
    fields = typed_in(find(at_desk, json.dumps(RECORD)))
    fields |= {"source-record": "forged", "source-type": "cohort", "act": "add-source"}

    at_desk.post("/sources/add/", fields)

    assert [str(one) for one in Source.objects.get().ids.all()] == ["doi:10.1038/ng.1077"]


def test_a_source_is_found_and_added_within_the_form_of_a_page(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/")) | {"summary": "Typed."}
    pasted = {"source-pasted": json.dumps(RECORD), "act": "find-source"}

    shown = at_desk.post(f"/drafts/{draft.pk}/", words | pasted)
    fields = fields_of(shown) | {"source-type": "cohort", "act": "add-source"}
    answer = at_desk.post(f"/drafts/{draft.pk}/", fields, follow=True)

    assert fields_of(shown)["source-title"] == ["Mutations in SLC20A2"]
    assert "Cite it in the text as [@doi:10.1038/ng.1077]" in html_of(answer)
    assert fields_of(answer)["summary"] == ["Typed."]
