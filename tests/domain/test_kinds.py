"""What is true of each kind of page."""

import pytest

from wiki.domain.kinds import Kind


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
