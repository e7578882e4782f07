"""The relations: which pages they tie, and how they read from either end."""

import pytest

from wiki.domain.kinds import KINDS
from wiki.domain.relations import RELATIONS, relations_from


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.id)
def test_a_relation_reads_the_same_both_ways_or_has_a_name_for_each(relation):
    assert relation.symmetric == (relation.label == relation.inverse_label)
    assert relation.symmetric or relation.inverse_id not in RELATIONS
    assert (relation.ids | relation.broader_ids)["biolink"].startswith("biolink:")


@pytest.mark.parametrize(
    ("relation", "vocabulary", "id_"),
    [
        ("treats", "ro", "RO:0002606"),
        ("prevents", "ro", "RO:0002599"),
        ("diagnoses", "ro", "RO:0020327"),
        ("genetic_basis_of", "ro", "RO:0004013"),
        ("genetic_basis_of", "schema_org", "cause"),
        ("associated_with", "ro", "RO:0002610"),
        ("has_complication", "ro", "RO:0003302"),
        ("see_also", "schema_org", "subjectOf"),
        ("studied_for", "schema_org_inverse", "study"),
        ("monitored_by", "biolink", "biolink:related_to"),
    ],
)
def test_a_broader_or_narrower_id_is_not_an_exact_id(relation, vocabulary, id_):
    assert RELATIONS[relation].ids.get(vocabulary) != id_


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.id)
def test_no_id_is_both_exact_and_broader_or_narrower(relation):
    loose = relation.narrower_ids.items() | relation.broader_ids.items()

    assert not relation.ids.items() & loose
    assert not relation.narrower_ids.items() & relation.broader_ids.items()


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
        ("contraindicated_in", "drug", "condition", True),
        ("contraindicated_in", "exposure", "condition", True),
        ("contraindicated_in", "condition", "drug", False),
        ("has_adverse_effect", "treatment", "symptom", True),
        ("has_adverse_effect", "gene", "symptom", False),
        ("interacts_with", "drug", "drug", True),
        ("interacts_with", "drug", "condition", False),
        ("monitored_by", "condition", "test", True),
        ("monitored_by", "test", "condition", False),
        ("first_line_for", "treatment", "infection", True),
    ],
)
def test_a_relation_fits_only_its_kinds(relation, subject, object_, fits):
    assert RELATIONS[relation].fits(subject, object_) is fits


@pytest.mark.parametrize("kind", KINDS)
def test_relations_from_a_kind_are_those_with_that_subject(kind):
    offered = relations_from(kind)

    assert {relation.id for relation in offered} == {
        relation.id for relation in RELATIONS.values() if any(relation.fits(kind, other) for other in KINDS)
    }
    assert [relation.id for relation in offered] == [id_ for id_ in RELATIONS if RELATIONS[id_] in offered]
