"""Clinical terms of a statement, as closed lists: onset, inheritance, strength of a recommendation.

Names and ranges of age are those of the Human Phenotype Ontology, release 2025-01-16.
"""

from django.db.models import TextChoices


class Onset(TextChoices):
    """When something begins: the onset classes of the Human Phenotype Ontology, by their ids."""

    ANTENATAL = "HP:0030674", "Before birth"
    CONGENITAL = "HP:0003577", "At birth"
    NEONATAL = "HP:0003623", "In the first 28 days"
    INFANTILE = "HP:0003593", "From 28 days to 1 year"
    CHILDHOOD = "HP:0011463", "From 1 to 5 years"
    JUVENILE = "HP:0003621", "From 5 to 15 years"
    ADULT = "HP:0003581", "From 16 years"
    YOUNG_ADULT = "HP:0011462", "From 16 to 40 years"
    MIDDLE_AGE = "HP:0003596", "From 40 to 60 years"
    LATE = "HP:0003584", "After 60 years"


class Inheritance(TextChoices):
    """How a change of a gene is passed on: modes of inheritance of the Human Phenotype Ontology."""

    DOMINANT = "HP:0000006", "Autosomal dominant: one changed copy is enough"
    RECESSIVE = "HP:0000007", "Autosomal recessive: both copies are changed"
    X_DOMINANT = "HP:0001423", "X-linked dominant"
    X_RECESSIVE = "HP:0001419", "X-linked recessive"
    X_LINKED = "HP:0001417", "X-linked"
    MITOCHONDRIAL = "HP:0001427", "Mitochondrial: passed on by the mother"
    SOMATIC = "HP:0001442", "Somatic: arises in the body and is not passed on"


class Strength(TextChoices):
    """How strongly a guideline recommends something, for or against, after GRADE."""

    STRONG_FOR = "strong_for", "Strong recommendation for"
    CONDITIONAL_FOR = "conditional_for", "Conditional recommendation for"
    CONDITIONAL_AGAINST = "conditional_against", "Conditional recommendation against"
    STRONG_AGAINST = "strong_against", "Strong recommendation against"
