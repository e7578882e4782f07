"""Rows of statements in the form: which relations they offer, and what they say in words."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.writing import drafts
from wiki.domain.kinds import KINDS
from wiki.domain.relations import RELATIONS, kinds_fitting, relations_between
from wiki.forms.editing.draft import DraftForm
from wiki.forms.editing.parts import StatementForm

ROW = dict.fromkeys(("relation", "object", "stance", "grade", "basis", "note", "sources"), "")


@remembered
def pages(clinician, moderator):
    cast.make_source(clinician)
    return {
        kind: cast.make_page(clinician, moderator, f"The {kind}", kind=kind)
        for kind in ("symptom", "anatomy", "condition")
    }


def form_of(writer, *rows, kind="condition", page_id=None):
    form = DraftForm.of_document(cast.document("Mine", kind=kind, statements=rows), writer=writer)
    return form.prepare(page_id)


def offered(row):
    return [label for value, label in row.fields["relation"].widget.choices if value]


def test_a_row_offers_only_relations_that_fit_both_pages(pages, clinician):
    form = form_of(
        clinician, cast.statement(pages["symptom"]), cast.statement(pages["anatomy"], "affects_site")
    )

    symptom, anatomy = map(offered, form.statements)

    assert "can cause" in symptom
    assert "affects" not in symptom
    assert anatomy == ["affects", "is associated with", "see also"]


def test_an_unfitting_relation_is_kept_and_marked(pages, clinician):
    form = form_of(clinician, cast.statement(pages["anatomy"], "causes"))

    (row,) = form.statements

    assert offered(row)[-1] == "causes (does not fit)"
    assert row["relation"].value() == "causes"
    assert row.tie.is_misfit


def test_a_row_without_an_object_offers_the_relations_of_its_kind(clinician):
    row = StatementForm(ROW, checked=False, number=0, kind="anatomy")

    assert offered(row) == ["is associated with", "is a type of", "is part of", "see also"]


def test_the_blank_row_offers_all_relations_with_their_subject_kinds(clinician):
    html = str(StatementForm.blank()["relation"])

    assert html.count("<option") == len(RELATIONS) + 1
    assert 'data-objects="anatomy"' in html
    assert html.count("data-same") == 1
    assert "data-subjects" not in str(StatementForm(ROW, checked=False, number=0, kind="")["relation"])


def test_a_row_is_described_in_words_even_for_an_unpublished_object(pages, clinician):
    hidden = drafts.propose(cast.document("Not yet", kind="finding"), author=clinician)
    form = form_of(clinician, cast.statement(hidden.page), cast.statement(pages["symptom"], ""))

    first, second = (row.tie for row in form.statements)

    assert (first.other.title, first.kind, first.is_whole) == ("Not yet", "finding", True)
    assert first.other.address == f"/drafts/{hidden.pk}/"
    assert (second.kind, second.is_whole, second.is_misfit) == ("symptom", False, False)


def test_many_rows_take_a_fixed_number_of_queries(pages, published, clinician, django_assert_max_num_queries):
    rows = [cast.statement(one, "associated_with") for one in pages.values()]
    form = DraftForm.of_document(cast.document("Mine", statements=rows), writer=clinician)

    with django_assert_max_num_queries(10):
        form.prepare(published.pk)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_offered_relations_are_those_that_submission_accepts(relation, kind):
    fitting = {other for other in KINDS if RELATIONS[relation].fits(kind, other)}

    assert set(kinds_fitting(relation, kind)) == fitting
    assert {other for other in KINDS if RELATIONS[relation] in relations_between(kind, other)} == fitting


def test_an_unknown_kind_leaves_more_relations():
    assert kinds_fitting("", "") == kinds_fitting("nonsense", "") == list(KINDS)
    assert kinds_fitting("affects_site", "") == ["anatomy"]
    assert kinds_fitting("nonsense", "anatomy") == kinds_fitting("", "anatomy")
    assert relations_between("", "") == list(RELATIONS.values())
    assert "part_of" in [one.id for one in relations_between("", "anatomy")]
    assert "causes" not in [one.id for one in relations_between("", "anatomy")]
