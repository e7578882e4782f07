"""The properties by which statements are told are schema.org's own, on the types that have them."""

import pytest

from tests.schema_org import all_types, mistakes, rows
from wiki.domain.kinds import KINDS
from wiki.domain.relations import RELATIONS
from wiki.domain.schema_org import Property, property_of

TERMS = [
    (relation.id, kind, other, is_subject, found)
    for relation in RELATIONS.values()
    for kind in relation.subjects
    for other in relation.objects
    for is_subject in (True, False)
    if (
        found := property_of(
            relation.id, *((kind, other) if is_subject else (other, kind)), is_subject=is_subject
        )
    )
]


def types_of_value(found: Property, kind: str) -> set[str]:
    """Return the types of a value of a property that is a page of a kind."""
    return {"Text"} if found.is_text else all_types(KINDS[kind].schema_org) | all_types(found.role)


def test_every_kind_of_page_has_a_type_of_schema_org():
    assert {kind.value for kind in KINDS.values() if not all_types(kind.schema_org)} == set()


@pytest.mark.parametrize(
    ("relation", "kind", "other", "is_subject", "found"),
    TERMS,
    ids=lambda one: getattr(one, "name", str(one)),
)
def test_each_property_fits_the_types_of_its_subject_and_value(relation, kind, other, is_subject, found):
    here, there = (kind, other) if is_subject else (other, kind)
    has, values = rows()[1][found.name]

    assert has & all_types(KINDS[here].schema_org)
    types = types_of_value(found, there)
    if found.wraps:
        assert found.wraps[0] in values
        has, values = rows()[1][found.wraps[1]]
        assert found.wraps[0] in has
    assert values & types


def test_most_relations_have_a_property_and_harms_are_no_treatment():
    assert len({relation for relation, *_ in TERMS}) >= 15
    assert property_of("treats", "drug", "condition", is_subject=True) is None
    told = property_of("treats", "condition", "drug", is_subject=False)
    assert told is not None
    assert told.name == "possibleTreatment"
    assert property_of("worsens", "drug", "condition", is_subject=True) is None


@pytest.mark.parametrize(
    ("node", "wrong"),
    [
        ({"@type": "MedicalCondition", "name": "Gout"}, 0),
        ({"@type": "MedicalCondition", "signs": "Pain"}, 1),
        ({"@type": "Illness"}, 1),
        ({"@type": "Gene", "code": {"@type": "MedicalCode", "codeValue": "1"}}, 1),
        ({"@type": "MedicalCondition", "cause": {"@type": "Gene", "name": "X"}}, 1),
        ({"@type": "MedicalCondition", "cause": {"@type": ["Gene", "MedicalCause"], "name": "X"}}, 0),
        ({"@type": "MedicalCondition", "signOrSymptom": "Pain"}, 1),
        ({"@type": "MedicalWebPage", "lastReviewed": "last week"}, 1),
        ({"@type": "MedicalWebPage", "lastReviewed": "2026-05-03", "url": "https://wiki.example.org/"}, 0),
        ({"@type": "MedicalWebPage", "sameAs": "pmid:1"}, 1),
        ({"@type": "MedicalWebPage", "@context": "https://schema.org"}, 0),
        ({"@type": "MedicalWebPage", "@context": "https://schema.example"}, 1),
        ({"@type": "MedicalWebPage", "name": ""}, 1),
        ({"@type": "MedicalWebPage", "http://www.w3.org/2004/02/skos/core#sameMatch": []}, 1),
        ({"@type": "Claim", "citation": {"@id": "#ref-1"}}, 1),
        ({"@type": "QuantitativeValue", "minValue": True}, 1),
    ],
)
def test_unknown_terms_and_misplaced_properties_are_found(node, wrong):
    assert len(list(mistakes(node))) == wrong
