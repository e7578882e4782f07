"""Every error at its field, and nothing typed is lost."""

import pytest

from tests import cast
from tests.shown import error_at, fields_of, html_of, statement_fields
from wiki.acts.writing import drafts
from wiki.text.document import Code


def test_a_code_given_twice_is_an_error_at_the_codes(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician, codes=(Code("OMIM", "213600"),) * 2)

    shown = html_of(at_desk.get(f"/drafts/{draft.pk}/"))

    assert '<a href="#codes">Codes: OMIM 213600 is given twice</a>' in shown
    assert 'id="codes"' in shown


def test_a_page_not_found_is_offered_to_be_proposed(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))

    shown = at_desk.post(
        f"/drafts/{draft.pk}/", words | statement_fields(object="Kearns & Sayre"), follow=True
    )

    assert 'href="/new/?title=Kearns+%26+Sayre" target="_blank"' in html_of(shown)


def test_a_source_not_known_is_offered_to_be_added(at_desk, published, clinician, other_page):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))

    shown = at_desk.post(
        f"/drafts/{draft.pk}/", words | statement_fields(sources="PMID 99999999"), follow=True
    )

    assert 'name="act" value="add-source-0 pmid:99999999"' in html_of(shown)


def test_a_source_not_fully_verified_says_so(at_desk, published, clinician, other_page, source):
    draft = cast.make_edit(
        published, clinician, statements=(cast.statement(other_page, "has_manifestation"),)
    )

    shown = html_of(at_desk.get(f"/drafts/{draft.pk}/"))

    assert "A study of calcium" in shown
    assert "not fully verified" in shown


def test_a_link_to_nowhere_is_a_warning_that_stops_nothing(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/")) | {"body": "See [[Atlantis]].", "note": "Why."}

    shown = at_desk.post(f"/drafts/{draft.pk}/", words | {"act": "preview"}, follow=True)
    assert "[[Atlantis]] leads nowhere yet" in html_of(shown)
    assert 'class="errors"' not in html_of(shown)
    at_desk.post(f"/drafts/{draft.pk}/", fields_of(shown) | {"impact": "wording", "act": "submit"})

    draft.refresh_from_db()
    assert draft.state == "submitted"


@pytest.mark.parametrize("name", ["Seizures", "seizures", "FITS"])
def test_the_other_page_is_found_by_title_or_alias(at_desk, published, clinician, other_page, source, name):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))

    at_desk.post(f"/drafts/{draft.pk}/", words | statement_fields(object=name))

    draft.refresh_from_db()
    assert draft.typed is None
    assert draft.document.statements[0].object == other_page.pk


def test_the_other_page_is_found_by_its_code(at_desk, published, clinician, moderator, source):
    other = cast.make_page(
        clinician, moderator, "Parkinsonism", kind="symptom", codes=(Code("HPO", "HP:0001300"),)
    )
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))

    at_desk.post(f"/drafts/{draft.pk}/", words | statement_fields(object="hp:0001300"))

    draft.refresh_from_db()
    assert draft.document.statements[0].object == other.pk


def test_an_ambiguous_page_name_is_an_error(at_desk, published, clinician, moderator, other_page):
    cast.make_page(clinician, moderator, "Epilepsy", aliases=("fits",))
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))

    shown = at_desk.post(f"/drafts/{draft.pk}/", words | statement_fields(object="fits"), follow=True)

    assert "more than one page" in error_at(shown, "statements-0-object")


def test_another_persons_draft_cannot_be_found_by_its_title(at_desk, published, clinician, colleague):
    drafts.propose(cast.document("Secret subject"), author=colleague)
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))

    shown = at_desk.post(
        f"/drafts/{draft.pk}/", words | statement_fields(object="Secret subject"), follow=True
    )

    assert "There is no page called" in error_at(shown, "statements-0-object")


def test_a_statement_by_definition_needs_no_grade_or_source(at_desk, published, clinician, moderator):
    other = cast.make_page(clinician, moderator, "Hormone disorders")
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/")) | {
        "note": "Why.",
        "impact": "wording",
        "act": "submit",
    }
    row = statement_fields(
        relation="subtype_of", object="Hormone disorders", grade="", sources="", basis="definition"
    )

    at_desk.post(f"/drafts/{draft.pk}/", words | row)

    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert draft.document.statements[0].grade == "not_applicable"
    assert draft.document.statements[0].object == other.pk


def test_only_relations_of_the_kind_are_offered(at_desk):
    shown = html_of(
        at_desk.post("/new/", {"kind": "anatomy", "title": "X", "act": "add-statement"}, follow=True)
    )

    assert '<option value="part_of">' in shown
    assert '<option value="causes">' not in shown
