"""What is true of each kind of page."""

import re

import pytest

from wiki.domain.kinds import CONDITION, DRUG, FINDING, GENE, KINDS, Trait, is_one_of, label_of
from wiki.domain.relations import RELATIONS
from wiki.models import PublishedPage

EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@EACH
def test_a_kind_has_an_address_its_words_and_its_schema_org_type(kind):
    assert KINDS[kind.value] is kind
    assert re.fullmatch("[a-z]+", kind.value)
    assert len(kind.value) <= (PublishedPage._meta.get_field("kind").max_length or 0)
    assert kind.label.lower() == kind.value
    assert kind.plural.istitle()
    assert re.fullmatch("([A-Z][a-z]+)+", kind.schema_org)


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
def test_a_kind_has_a_heading_and_a_review_period(kind, plural, months):
    assert KINDS[kind].plural == plural
    assert KINDS[kind].review_months == months


@EACH
def test_every_kind_has_its_sections_and_says_what_belongs_in_each(kind):
    assert len({section.heading for section in kind.sections}) == len(kind.sections) > 0
    assert all(section.hint.endswith(".") for section in kind.sections)


@EACH
def test_the_usual_relations_can_be_stated_by_pages_of_the_kind(kind):
    assert all(kind.value in RELATIONS[relation].subjects for relation in kind.usual_relations)


@pytest.mark.parametrize(
    ("kind", "wanted", "is_one"),
    [
        ("drug", {DRUG}, True),
        ("drug", {Trait.REMEDY}, True),
        ("drug", {GENE, Trait.ILLNESS}, False),
        ("finding", {CONDITION, Trait.SIGN}, True),
        ("anatomy", {Trait.ANY}, True),
        ("anatomy", set(), False),
        ("planet", {Trait.ANY}, False),
        ("", {Trait.ANY}, False),
    ],
)
def test_is_one_of_accepts_kinds_and_groups_of_kinds(kind, wanted, is_one):
    assert is_one_of(kind, wanted) is is_one


def test_the_label_of_an_unknown_kind_is_its_id():
    assert label_of("finding") == FINDING.label == "Finding"
    assert label_of("planet") == "planet"
