"""What the form asks while one types: the preview with its lines, and what was pasted."""

import pytest
from django.test import Client

from tests import cast


@pytest.mark.parametrize("path", ["/paste/", "/cite/"])
def test_lookups_need_a_writer_and_a_csrf_token(path, reader, clinician):
    stranger, onlooker, browser = Client(), Client(), Client(enforce_csrf_checks=True)
    onlooker.force_login(reader)
    browser.force_login(clinician)

    assert stranger.post(path)["Location"].startswith("/accounts/login/")
    assert onlooker.post(path).status_code == 403
    assert browser.post(path, {"text": "22327515"}).status_code == 403
    assert browser.get(path).status_code == 405


def test_rich_text_becomes_markdown_with_a_list_of_omissions(at_desk):
    html = "<h2>Dose</h2><p>Give <b>calcium</b>.</p><img src='x'>"

    answer = at_desk.post("/paste/", {"text": "Dose Give calcium.", "html": html}).json()

    assert answer == {"markdown": "## Dose\n\nGive **calcium**.", "left_out": ["pictures"], "doubts": []}


def test_rich_text_is_refused_if_its_conversion_would_change_words(at_desk):
    html = "<p>Give <b>5 mg</b></p>"

    answer = at_desk.post("/paste/", {"text": "", "html": html, "copied": "Give 5 µg"})

    assert answer.status_code == 422
    assert answer.json()["message"] == (
        "Its form would change words. It would lose “µg”. It would put in “mg”."
    )


def test_a_pasted_link_to_a_wiki_page_becomes_a_wikilink(at_desk):
    html = '<p>See <a href="http://testserver/wiki/seizures/">Seizures</a></p>'

    assert at_desk.post("/paste/", {"html": html}).json()["markdown"] == "See [[Seizures]]"


def test_code_is_taken_where_no_plain_text_came_with_it(at_desk):
    html = "<div style='white-space: pre;'>Give calcium.</div>"

    beside = at_desk.post("/paste/", {"html": html, "copied": "Give calcium."})
    alone = at_desk.post("/paste/", {"html": html})

    assert "markdown" not in beside.json()
    assert alone.json()["markdown"] == "Give calcium."


@pytest.mark.parametrize("text", ["22327515", "PMID: 22327515", "https://pubmed.ncbi.nlm.nih.gov/22327515/"])
def test_a_pasted_identifier_becomes_a_citation(at_desk, source, text):
    answer = at_desk.post("/paste/", {"text": text, "html": f"<a href='{text}'>{text}</a>"}).json()

    assert answer["markdown"] == "[@pmid:22327515]"
    assert answer["source"] == source.text


def test_citing_an_unknown_source_offers_to_add_it(at_desk):
    answer = at_desk.post("/cite/", {"text": "doi:10.1000/182"}).json()

    assert answer["key"] == "doi:10.1000/182"
    assert answer["source"] == ""
    assert at_desk.get(answer["add"]).status_code == 200


def test_an_identifier_with_a_wrong_check_digit_is_refused(at_desk):
    answer = at_desk.post("/cite/", {"text": "ISBN 978-3-16-148410-1"})

    assert answer.status_code == 422
    assert "last digit does not fit" in answer.json()["message"]


def test_empty_long_and_unreadable_pastes_are_answered(at_desk):
    much = at_desk.post("/paste/", {"html": "<p>" * 20_000})

    assert much.status_code == 413
    assert "too much" in much.json()["message"]
    assert at_desk.post("/paste/").json() == {"markdown": "", "left_out": [], "doubts": []}
    assert at_desk.post("/paste/", {"text": "\0", "html": "<p>\0</p>"}).json()["markdown"] == "\ufffd"


@pytest.mark.parametrize("path", ["/paste/", "/cite/"])
def test_pastes_are_rate_limited_per_person(at_desk, colleague, monkeypatch, path):
    monkeypatch.setattr("wiki.views.writing.lookups.PASTES_A_MINUTE", 2)
    monkeypatch.setattr("wiki.views.access.time.time", lambda: 0.0)

    codes = [at_desk.post(path, {"text": "22327515"}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]
    other = Client()
    other.force_login(colleague)
    assert other.post(path, {"text": "22327515"}).status_code == 200


def test_the_preview_has_line_numbers_and_the_page_has_none(at_desk, clinician, moderator):
    body = "## Signs\n\nOne.\n\n- Two\n- Three\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"

    shown = at_desk.post("/preview/", {"content": body}).content.decode()
    page = cast.make_page(clinician, moderator, "Gout", body=body)

    for block in ('<h2 id="s-signs" data-line="0">', '<p data-line="2">', '<li data-line="5">'):
        assert block in shown
    assert '<tr data-line="9">' in shown
    assert "data-line" not in at_desk.get(page.published_page.get_absolute_url()).content.decode()


def test_a_paste_takes_a_fixed_number_of_queries(at_desk, source, django_assert_max_num_queries):
    html = "".join(f"<p><a href='https://doi.org/10.1000/{n}'>Source {n}</a></p>" for n in range(50))
    at_desk.post("/paste/", {"text": "22327515"})

    with django_assert_max_num_queries(2):
        at_desk.post("/paste/", {"html": html})
    with django_assert_max_num_queries(4):
        at_desk.post("/paste/", {"text": "22327515"})


def test_invisible_characters_are_removed_from_rich_text(at_desk):
    html = "<p>Do \u202eton\u202c stop <b>cal\u00adcium</b>.</p><p>&nbsp;</p><p>More.</p>"

    answer = at_desk.post("/paste/", {"text": "", "html": html}).json()

    assert answer["markdown"] == "Do ton stop **calcium**.\n\nMore."
    assert answer["left_out"] == ["characters that nobody can see"]


def test_invisible_characters_are_removed_from_plain_text(at_desk):
    answer = at_desk.post("/paste/", {"plain": "5\u200b mg\n\u00a0\n10\u00a0mg"}).json()

    assert answer == {"plain": "5 mg\n\n10\u00a0mg", "left_out": ["characters that nobody can see"]}
