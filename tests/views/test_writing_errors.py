"""Every error at its field, and nothing typed is lost."""

import pytest

from tests import cast
from tests.shown import error_at, fields_of, html_of, statement_fields
from wiki.acts.writing import drafts
from wiki.text.document import Code

LONG = "x" * 301
PROBLEMS = [
    ({"title": ""}, "title", "Give the page a title"),
    ({"title": "x" * 121}, "title", "Shorten this by 1 character"),
    ({"title": "Seizures"}, "title", "There is already a page"),
    ({"kind": ""}, "kind", "Choose what kind"),
    ({"kind": "planet"}, "kind", "Choose one from the list"),
    ({"summary": ""}, "summary", "Write a plain summary"),
    ({"summary": LONG}, "summary", "Shorten this by 1 character"),
    ({"aliases": "x" * 121}, "aliases", "Shorten this by 1 character"),
    ({"aliases": "one, One"}, "aliases", "named twice"),
    ({"body": ""}, "body", "Write the text"),
    ({"body": "x" * 100_001}, "body", "Shorten this by 1 character"),
    ({"body": "See [@pmid:99999999]."}, "body", "is not among the wiki’s sources"),
    ({"body": "See [@doi:rubbish]."}, "body", "A DOI looks like"),
    ({"note": "x" * 2001}, "note", "Shorten this by 1 character"),
    ({"codes-0-system": "OMIM", "codes-0-code": "21"}, "codes-0-code", "is not a valid OMIM code"),
    ({"codes-0-system": "OMIM", "codes-0-code": ""}, "codes-0-code", "Give the code"),
    ({"codes-0-system": "", "codes-0-code": "213600"}, "codes-0-system", "Choose the system"),
    ({"codes-0-system": "Foo", "codes-0-code": "1"}, "codes-0-system", "Choose one from the list"),
    (statement_fields(relation=""), "statements-0-relation", "Choose how"),
    (statement_fields(relation="loves"), "statements-0-relation", "Choose one from the list"),
    (statement_fields(relation="treats"), "statements-0-relation", "cannot say “treats”"),
    (statement_fields(object=""), "statements-0-object", "Name the other page"),
    (statement_fields(object="Nowhere"), "statements-0-object", "There is no page called “Nowhere”"),
    (
        statement_fields(relation="see_also", grade="", object="Hypoparathyroidism"),
        "statements-0-object",
        "about itself",
    ),
    (statement_fields() | statement_fields(1), "statements-1-object", "already made above"),
    (statement_fields(stance=""), "statements-0-stance", "Say what the evidence says"),
    (statement_fields(grade=""), "statements-0-grade", "Say how certain"),
    (statement_fields(grade="ungraded"), "statements-0-grade", "Choose one from the list"),
    (statement_fields(basis=""), "statements-0-basis", "Say what kind of evidence"),
    (statement_fields(frequency="14 of 3"), "statements-0-frequency", "more than all"),
    (statement_fields(effect="rather much"), "statements-0-effect", "Write the effect as"),
    (statement_fields(population="60 to 40 years"), "statements-0-population", "end before they begin"),
    (statement_fields(check_by="31 February 2027"), "statements-0-check_by", "There is no such day"),
    (statement_fields(note="x" * 401), "statements-0-note", "Shorten this by 1 character"),
    (statement_fields(sources=""), "statements-0-sources", "Add a source"),
    (statement_fields(sources="pmid:99999999"), "statements-0-sources", "not among the wiki’s sources"),
    (statement_fields(sources="10.12/x"), "statements-0-sources", "A DOI looks like"),
    (statement_fields(sources="pmid:123456789"), "statements-0-sources", "at most eight digits"),
    (statement_fields(sources="9780306406158"), "statements-0-sources", "last digit does not fit"),
    ({"title": "a\0b"}, "title", "could not be read"),
    ({"aliases": "a\0b"}, "aliases", "could not be read"),
    ({"body": "a\0b"}, "body", "could not be read"),
    (statement_fields(note="a\0b"), "statements-0-note", "could not be read"),
]


@pytest.mark.parametrize(("typed", "field", "sentence"), PROBLEMS, ids=[f"{p[1]}: {p[2]}" for p in PROBLEMS])
def test_every_error_is_at_its_field_and_typed_values_are_kept(
    at_desk, published, other_page, source, clinician, typed, field, sentence
):
    draft = cast.make_edit(published, clinician)
    words = (
        fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
        | {"note": "Why.", "impact": "wording", "act": "submit"}
        | typed
    )

    answer = at_desk.post(f"/drafts/{draft.pk}/", words)

    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    draft.refresh_from_db()
    assert draft.state == "draft"
    reopened = at_desk.get(f"/drafts/{draft.pk}/")
    if field != "note":
        assert sentence in error_at(reopened, field)
    for shown in (answer, reopened):
        now = fields_of(shown)
        for name, value in typed.items():
            kept = now[name][0].replace("\r\n", "\n") + " ".join(
                now.get(name.replace("sources", "cited"), [])
            )
            # A choice that was never offered cannot have been typed.
            assert value.replace("\0", "\ufffd") in kept or sentence == "Choose one from the list", name


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
