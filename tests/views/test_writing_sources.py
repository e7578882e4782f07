"""Sources, and what the form asks while one types."""

import re

import pytest
from django.test import Client

from tests import cast
from tests.shown import error_at, fields_of, html_of
from wiki.models import PublishedPage, Source, SourceId
from wiki.published.links import render_now

RECORD = {
    "source-identifier": "10.1038/NG.1077",
    "source-title": "Mutations in SLC20A2",
    "source-authors": "Wang C, Li Y",
    "source-journal": "Nat Genet",
    "source-year": "2012",
    "source-type": "family_genetics",
}


def test_adding_a_source_within_the_form_keeps_typed_values(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/")) | {"summary": "Typed.", "title": "x" * 130}

    answer = at_desk.post(f"/drafts/{draft.pk}/", words | RECORD | {"act": "add-source"}, follow=True)

    assert "Cite it in the text as [@doi:10.1038/ng.1077]" in html_of(answer)
    assert Source.objects.get().text == "Wang C, Li Y. Mutations in SLC20A2. Nat Genet. 2012."
    assert fields_of(answer)["summary"] == ["Typed."]
    assert fields_of(answer)["title"] == ["x" * 130]


@pytest.mark.parametrize("act", ["save", "add-statement", "submit", "add-code", "preview"])
def test_a_half_typed_source_outlasts_the_other_buttons(at_desk, published, clinician, act):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/")) | {"summary": "x" * 310}

    answer = at_desk.post(f"/drafts/{draft.pk}/", words | RECORD | {"act": act}, follow=True)

    assert {name: fields_of(answer)[name] for name in RECORD} == {
        name: [word] for name, word in RECORD.items()
    }
    again = at_desk.get(f"/drafts/{draft.pk}/")
    assert fields_of(again)["source-title"] == ["Mutations in SLC20A2"]
    added = at_desk.post(f"/drafts/{draft.pk}/", fields_of(again) | {"act": "add-source"}, follow=True)
    assert Source.objects.get().title == "Mutations in SLC20A2"
    assert fields_of(added)["source-title"] == [""]


def test_a_half_typed_source_belongs_to_its_draft_until_it_is_emptied(
    at_desk, published, clinician, moderator
):
    draft = cast.make_edit(published, clinician)
    other = cast.make_edit(cast.make_page(clinician, moderator, "Gout"), clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    at_desk.post(f"/drafts/{draft.pk}/", words | RECORD | {"act": "save"})

    assert fields_of(at_desk.get(f"/drafts/{other.pk}/"))["source-title"] == [""]
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    at_desk.post(f"/drafts/{draft.pk}/", words | dict.fromkeys(RECORD, "") | {"act": "save"})
    assert fields_of(at_desk.get(f"/drafts/{draft.pk}/"))["source-title"] == [""]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("identifier", "", "Give a DOI"),
        ("identifier", "10.12/x", "A DOI looks like"),
        ("identifier", "978-0-306-40615-8", "last digit does not fit"),
        ("identifier", "123456789", "at most eight digits"),
        ("identifier", "ref:smith", "so that others can find it"),
        ("identifier", f"https://example.org/{'x' * 500}", "Shorten this"),
        ("title", "", "Give the source’s title"),
        ("title", "a\0b", "Null characters are not allowed"),
        ("year", "1066", "Give a year between"),
        ("year", "soon", "whole number"),
        ("type", "", "what kind of study"),
    ],
)
def test_an_invalid_source_is_refused_at_its_field(at_desk, published, clinician, field, value, sentence):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    record = RECORD | {f"source-{field}": value}

    alone = at_desk.post("/sources/add/", record)
    within = at_desk.post(f"/drafts/{draft.pk}/", words | record | {"act": "add-source"})

    assert alone.status_code == within.status_code == 422
    assert sentence in error_at(alone, f"source-{field}")
    assert sentence in html_of(within)
    assert not Source.objects.exists()


def test_adding_a_source_returns_to_the_draft(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    shown = at_desk.get("/sources/add/", {"id": "doi:10.1038/ng.1077", "draft": draft.pk})
    assert 'value="doi:10.1038/ng.1077"' in html_of(shown)

    answer = at_desk.post("/sources/add/", RECORD | {"draft": str(draft.pk)})

    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert SourceId.objects.get().value == "10.1038/ng.1077"


def test_adding_a_known_source_keeps_its_record(at_desk):
    first = at_desk.post("/sources/add/", RECORD)
    second = at_desk.post("/sources/add/", RECORD | {"source-title": "Another title"})

    assert first["Location"] == second["Location"] == Source.objects.get().get_absolute_url()
    assert Source.objects.get().title == "Mutations in SLC20A2"


def test_the_preview_equals_the_published_html(at_desk, published, other_page, source, clinician, moderator):
    body = (
        "## Signs\n\nSee [[Fits]], [[Nowhere]] and <b>raw</b>. [@pmid:22327515]\n\n[x](javascript:alert(1))"
    )

    shown = at_desk.post("/preview/", {"content": body.replace("\n", "\r\n")}).content.decode()
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=body)), moderator)

    shown = re.sub(r' data-line="\d+"', "", shown)
    assert shown == PublishedPage.objects.get(page=published).html == str(render_now(body).html)


def test_the_preview_refuses_strangers_gets_and_long_texts(client, at_desk, clinician):
    assert Client().post("/preview/", {"content": "x"}).status_code == 302
    assert at_desk.get("/preview/").status_code == 405
    much = at_desk.post("/preview/", {"content": "é" * 100_001})
    assert much.status_code == 413
    assert much["Content-Type"].startswith("text/plain")
    assert at_desk.post("/preview/").content == b""


def test_the_preview_needs_its_token(clinician):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clinician)

    assert browser.post("/preview/", {"content": "x"}).status_code == 403


def test_previews_are_rate_limited_per_person(at_desk, colleague, monkeypatch):
    monkeypatch.setattr("wiki.views.writing.lookups.PREVIEWS_A_MINUTE", 2)
    monkeypatch.setattr("wiki.views.access.time.time", lambda: 0.0)

    codes = [at_desk.post("/preview/", {"content": "x"}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]
    other = Client()
    other.force_login(colleague)
    assert other.post("/preview/", {"content": "x"}).status_code == 200


def test_sources_are_looked_up_by_words_or_number(at_desk, source):
    def found(typed: str) -> list[str]:
        results = at_desk.get("/lookup/sources/", {"q": typed}).json()["results"]
        return [one["value"] for one in results]

    assert found("calcium study") == found("22327515") == ["pmid:22327515"]
    assert found("calcium iron") == []
    assert at_desk.get("/lookup/sources/", {"q": "\0"}).status_code == 400
