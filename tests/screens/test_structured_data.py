"""What a page tells search engines is in the vocabulary of schema.org, and tells no doubt as a fact."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.schema_org import mistakes
from wiki.domain.relations import RELATIONS
from wiki.models import PublishedPage, SourceNotice
from wiki.screens.published_page import PublishedPageContent
from wiki.screens.structured_data import _WORKS
from wiki.text.document import Code


def data_of(page):
    """Return a page as it is now, as schema.org data."""
    return PublishedPageContent(PublishedPage.objects.for_page().get(page=page)).structured


def named(relation, title):
    """Return what a claim of the page is called."""
    return f"Rich {RELATIONS[relation].label} {title}"


@remembered
def rich(clinician, moderator):
    """Return a condition that says something with every figure, of pages of many kinds."""
    cast.make_source(clinician)
    others = {
        kind: cast.make_page(clinician, moderator, f"A {kind}", kind=kind)
        for kind in (
            "finding",
            "symptom",
            "gene",
            "drug",
            "exposure",
            "treatment",
            "test",
            "anatomy",
            "infection",
        )
    }
    rows = (
        cast.statement(others["finding"], "has_manifestation", frequency="3 of 14", population="children"),
        cast.statement(others["symptom"], "has_manifestation", frequency="21% (95% CI 15–28%)"),
        cast.statement(others["symptom"], "causes", frequency="frequent (30–79%)", onset="HP:0003596"),
        cast.statement(others["anatomy"], "affects_site", note="On both sides."),
        cast.statement(others["infection"], "differential_of", stance="refuted"),
        cast.statement(others["finding"], "has_complication", population="adults"),
        cast.statement(
            others["finding"], "risk_factor_for", effect="adjusted odds ratio 0.9 (95% CI 0.7–1.2)"
        ),
    )
    codes = (Code("OMIM", "146200"), Code("MeSH", "D003551", "broader"))
    page = cast.make_page(
        clinician,
        moderator,
        "Rich",
        statements=rows,
        codes=codes,
        body="## What it is\n\nText.[@pmid:22327515]",
    )
    about = (
        ("gene", cast.statement(page, "genetic_basis_of", inheritance="HP:0000006", penetrance="over 85%")),
        ("drug", cast.statement(page, "treats", strength="strong_for")),
        ("treatment", cast.statement(page, "contraindicated_in")),
        ("exposure", cast.statement(page, "causes")),
        ("test", cast.statement(page, "diagnoses")),
    )
    for kind, row in about:
        edit = cast.make_edit(others[kind], clinician, statements=(row,), codes=(Code("MeSH", "D007011"),))
        cast.approve(cast.submit(edit), moderator)
    return page


def test_structured_data_uses_schema_org_terms_only(rich, moderator):
    cast.review_whole(rich, moderator)

    for published_page in PublishedPage.objects.all():
        assert list(mistakes(data_of(published_page.page))) == []


@pytest.mark.parametrize("type_", sorted({*_WORKS.values(), "CreativeWork"}))
def test_every_type_of_work_has_what_is_told_of_a_source(type_):
    told = {"name": "A study", "identifier": ["pmid:1"], "sameAs": ["https://pubmed.ncbi.nlm.nih.gov/1/"]}

    assert (
        list(
            mistakes({"@type": type_, **told, "datePublished": "2020", "creativeWorkStatus": ["correction"]})
        )
        == []
    )


def test_the_subject_has_the_statements_of_both_ends(rich):
    about = data_of(rich)["about"]

    titles = {
        name: [one["name"] for one in about[name]] for name in ("cause", "typicalTest", "possibleTreatment")
    }
    assert titles == {
        "cause": ["A exposure", "A gene"],
        "typicalTest": ["A test"],
        "possibleTreatment": ["A drug"],
    }
    assert [one["name"] for one in about["signOrSymptom"]] == ["A finding", "A symptom"]
    assert about["possibleComplication"] == ["A finding"]


def test_a_refuted_statement_is_a_claim_marked_as_evidence_against(rich):
    data = data_of(rich)

    assert "differentialDiagnosis" not in data["about"]
    told = f"{named('differential_of', 'A infection')} (evidence against)"
    assert told in [one["name"] for one in data["hasPart"]]


def test_a_claim_has_figures_population_certainty_and_sources(rich, settings):
    claims = {one["name"]: one for one in data_of(rich)["hasPart"]}

    told = claims[named("has_manifestation", "A finding")]
    assert [one["name"] for one in told["keywords"]] == ["Supported", "Low certainty", "Cohort"]
    assert told["citation"] == [{"@id": f"{settings.SITE_URL}/wiki/rich/#ref-1"}]
    (seen,) = [one for one in told["about"] if one["@type"] == "Observation"]
    assert (seen["value"], seen["unitCode"], seen["description"]) == (21.4286, "P1", "3 of 14")
    assert [one["value"] for one in seen["valueReference"]] == [3, 14]
    assert seen["observationAbout"] == {"@type": "StatisticalPopulation", "name": "children"}
    effect = claims[named("risk_factor_for", "A finding")]["about"][2]
    assert (effect["variableMeasured"], effect["value"]) == ("adjusted odds ratio", 0.9)
    assert effect["marginOfError"] | {"@type": ""} == {
        "@type": "", "name": "95% confidence interval", "minValue": 0.7, "maxValue": 1.2,
    }  # fmt: skip
    assert claims[named("has_complication", "A finding")]["about"][2]["name"] == "adults"


def test_structured_data_has_own_claims_only_and_every_source(rich):
    data = data_of(rich)

    assert len(data["hasPart"]) == 7
    (work,) = data["citation"]
    assert (work["@type"], work["name"], work["identifier"]) == (
        "ScholarlyArticle", "A study of calcium", ["pmid:22327515"],
    )  # fmt: skip


def test_a_retracted_source_is_marked_in_structured_data(rich):
    SourceNotice.objects.create(source_id=rich.published_page.cited[0], nature="retraction")

    assert data_of(rich)["citation"][0]["creativeWorkStatus"] == ["retraction"]


def test_a_code_of_a_wider_subject_says_so(rich):
    exact, wider = data_of(rich)["about"]["code"]

    assert (exact["codeValue"], "description" in exact) == ("146200", False)
    assert (wider["codeValue"], wider["description"]) == ("D003551", "A wider subject")


@pytest.mark.parametrize("kind", ["gene", "drug"])
def test_codes_of_a_gene_are_identifiers_and_all_others_medical_codes(rich, kind):
    about = data_of(PublishedPage.objects.get(kind=kind).page)["about"]

    assert ("identifier" in about, "code" in about) == (kind == "gene", kind != "gene")
