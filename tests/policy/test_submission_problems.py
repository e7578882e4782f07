"""What stands between a document and review."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.writing import drafts
from wiki.models import Page
from wiki.policy import submission_problems
from wiki.text.document import Code


@remembered
def seizures(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, "Seizures", kind="symptom")


def found(page_id=None, /, **changes):
    return [
        (one.field, one.message) for one in submission_problems.blocking(cast.document(**changes), page_id)
    ]


@pytest.mark.django_db
def test_a_good_document_has_no_problem():
    assert found() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "Give the page a title"),
        ({"title": "!?"}, "title", "Use at least one letter or digit"),
        ({"title": "x" * 121}, "title", "Shorten this by 1 character"),
        ({"title": "x" * 132}, "title", "Shorten this by 12 characters"),
        ({"kind": ""}, "kind", "Choose what kind of page this is"),
        ({"kind": "organism"}, "kind", "Choose what kind of page this is"),
        ({"summary": "\n"}, "summary", "Write a plain summary"),
        ({"summary": "x" * 301}, "summary", "Shorten this by 1 character"),
        ({"aliases": ("x" * 121,)}, "aliases", "Shorten this by 1 character"),
        ({"aliases": ("HP", "hp")}, "aliases", "“hp” is named twice"),
        ({"title": "HP", "aliases": ("hp",)}, "aliases", "or is the title itself"),
        ({"codes": (Code("SNOMED", "1"),)}, "codes", "“SNOMED” is not a code system"),
        ({"codes": (Code("HPO", "829"),)}, "codes", "such as HP:0002135"),
        ({"codes": (Code("OMIM", "540000"),) * 2}, "codes", "OMIM 540000 is given twice"),
        ({"body": " "}, "body", "Write the text of the page"),
        ({"body": "x" * 100_001}, "body", "Shorten this by 1 character"),
        ({"body": "It is so [@pmid:1]."}, "body", "[@pmid:1] is not among the wiki’s sources yet"),
        ({"body": "It is so [@nonsense]."}, "body", "[@nonsense]: Give a DOI"),
        *(
            ({"body": f"It is so [@{written}]."}, "body", sentence)
            for written, sentence in {
                "pmid:1 p. 5": "“p. 5” is no part of the identifier; write it behind the citation: [@pmid:1]",
                "pmid:2; @PMID 1, pp. 5-7": "behind the citation: [@pmid:1], pp. 5-7",
                "10.1038/ng.1077, 7": "behind the citation: [@doi:10.1038/ng.1077], 7",
                "https://a.org/x table 2": "behind the citation: [@url:https://a.org/x], table 2",
                "pmid:1, pmid:2": "two sources are parted like this: [@pmid:1; @pmid:2]",
            }.items()
        ),
    ],
)
def test_each_fault_of_a_text_is_named_at_its_field(changes, field, sentence):
    problems = found(**changes)

    assert [one for one in problems if one[0] == field and sentence in one[1]], problems


def test_a_title_is_refused_if_another_page_has_it(seizures):
    sentence = "There is already a page at /wiki/seizures/"

    assert sentence in found(None, title="Seizures")[0][1]
    assert sentence in found(seizures.pk + 1, title="seizures!")[0][1]
    assert found(seizures.pk, title="Seizures") == []


def test_a_link_to_nowhere_is_a_warning_and_comes_last(seizures):
    body = "See [[Seizures]] and [[Nothing yet]]."
    problems = submission_problems.problems(cast.document(body=body, summary=""), None)

    assert [(one.field, one.warning) for one in problems if not one.warning] == [("summary", False)]
    assert [one.warning for one in problems] == sorted(one.warning for one in problems)
    assert any("[[Nothing yet]] leads nowhere yet" in one.message for one in problems if one.warning)
    assert not any("[[Seizures]]" in one.message for one in problems)
    assert [one.field for one in submission_problems.blocking(cast.document(body=body), None)] == []


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"relation": "cures"}, "relation", "Choose how the two pages are linked"),
        ({"relation": "affects_site"}, "relation", "cannot say “affects” of one of kind symptom"),
        ({"stance": "sure"}, "stance", "Say what the evidence says"),
        ({"grade": ""}, "grade", "Say how certain this is"),
        ({"grade": "ungraded"}, "grade", "Say how certain this is"),
        ({"relation": "see_also"}, "grade", "it takes no grade"),
        ({"basis": "rumour"}, "basis", "Say what kind of evidence"),
        ({"sources": ()}, "sources", "Add a source: a statement cannot be reviewed without one"),
        ({"sources": ("pmid:1",)}, "sources", "pmid:1 is not among the wiki’s sources yet"),
        ({"sources": ("nonsense",)}, "sources", "nonsense: Give a DOI"),
        ({"note": "x" * 401}, "note", "Shorten this by 1 character"),
    ],
)
def test_each_fault_of_a_statement_is_named_at_its_field(seizures, changes, field, sentence):
    problems = found(statements=(cast.statement(seizures, **changes),))

    assert [one for one in problems if one[0] == f"statements-0-{field}" and sentence in one[1]], problems


def test_a_good_statement_has_no_problem(seizures):
    definition = {"grade": "not_applicable", "basis": "definition", "sources": ()}
    rows = (cast.statement(seizures), cast.statement(seizures, "see_also", **definition))

    assert found(statements=rows) == []


def test_a_repeated_statement_is_a_problem_of_the_second_row(seizures):
    problems = found(statements=(cast.statement(seizures), cast.statement(seizures, note="Again.")))

    ((field, message),) = problems
    assert field == "statements-1-object"
    assert message.startswith("This statement is already made above; put the sources together")


def test_a_statement_about_the_page_itself_or_about_no_page_is_refused(seizures):
    rows = (cast.statement(seizures, "associated_with"), cast.statement(Page(pk=10**9)))

    problems = found(seizures.pk, title="Seizures", kind="symptom", statements=rows)

    assert ("statements-0-object", "A page cannot make a statement about itself") in problems
    assert ("statements-1-object", "There is no such page") in problems


def test_a_page_without_any_text_yet_is_of_unknown_kind(clinician, seizures):
    empty = Page.objects.create(created_by=clinician)

    problems = found(statements=(cast.statement(empty),))

    sentence = "A page of kind condition cannot say “causes” of one of kind unknown"
    assert problems == [("statements-0-relation", sentence)]


def test_a_missing_kind_is_the_only_problem_reported(seizures):
    assert [field for field, _ in found(kind="", statements=(cast.statement(seizures),))] == ["kind"]


def test_a_page_that_waits_has_the_kind_of_its_newest_text(clinician, seizures):
    draft = drafts.propose(cast.document("Tremor", kind="symptom"), author=clinician)

    assert submission_problems.kinds_of({draft.page_id, seizures.pk}) == {
        draft.page_id: "symptom",
        seizures.pk: "symptom",
    }
