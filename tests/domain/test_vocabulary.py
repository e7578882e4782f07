"""The closed lists: what holds for every row of them."""

import pytest

from wiki.domain.codes import CODE_SYSTEMS
from wiki.domain.vocabulary import GRADES_TO_CHOOSE, RELATIONS, Basis, Grade, Kind, relations_from


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.id)
def test_a_relation_reads_the_same_both_ways_or_has_a_name_for_each(relation):
    assert relation.symmetric == (relation.label == relation.inverse_label)
    assert relation.symmetric or relation.inverse_id not in RELATIONS
    assert relation.ids["biolink"].startswith("biolink:")


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "fits"),
    [
        ("causes", "condition", "finding", True),
        ("causes", "condition", "anatomy", False),
        ("causes", "test", "finding", False),
        ("subtype_of", "finding", "finding", True),
        ("subtype_of", "finding", "condition", False),
        ("part_of", "anatomy", "anatomy", True),
        ("treats", "drug", "symptom", True),
        ("infectious_agent_of", "exposure", "infection", False),
        ("causes", "", "finding", False),
    ],
)
def test_a_relation_ties_only_its_kinds(relation, subject, object_, fits):
    assert RELATIONS[relation].fits(subject, object_) is fits


@pytest.mark.parametrize("kind", Kind)
def test_a_page_is_offered_what_its_kind_can_say(kind):
    offered = relations_from(kind)

    assert {relation.id for relation in offered} == {
        relation.id for relation in RELATIONS.values() if any(relation.fits(kind, other) for other in Kind)
    }
    assert [relation.id for relation in offered] == [id_ for id_ in RELATIONS if RELATIONS[id_] in offered]


@pytest.mark.parametrize(
    ("kind", "plural", "months"),
    [
        ("condition", "Conditions", 24),
        ("finding", "Findings", 24),
        ("symptom", "Symptoms", 36),
        ("infection", "Infections", 24),
        ("gene", "Genes", 24),
        ("drug", "Drugs", 12),
        ("exposure", "Exposures", 24),
        ("treatment", "Treatments", 12),
        ("test", "Tests", 12),
        ("anatomy", "Anatomy", 60),
    ],
)
def test_a_kind_has_a_heading_a_review_period_and_a_schema_org_type(kind, plural, months):
    assert Kind(kind).plural == plural
    assert Kind(kind).review_months == months
    assert Kind(kind).schema_org


def test_grades_rank_from_high_to_none():
    assert [grade.rank for grade in Grade] == [4, 3, 2, 1, 0, 0]
    assert all(grade.meaning for grade in Grade)
    assert set(GRADES_TO_CHOOSE) == {grade for grade in Grade if grade.rank}


@pytest.mark.parametrize("system", CODE_SYSTEMS.values(), ids=lambda system: system.id)
def test_a_code_system_takes_its_own_example_and_no_nonsense(system):
    assert system.accepts(system.example)
    assert not system.accepts("nonsense!")
    assert not system.accepts(system.example + "\n")
    assert (system.example in system.address_of(system.example)) is bool(system.address)


def test_every_basis_has_words():
    assert all(basis.label for basis in Basis)
