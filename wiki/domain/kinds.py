"""What pages can be about, and what is true of each kind."""

from typing import Final

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a page is about."""

    CONDITION = "condition", "Condition"
    FINDING = "finding", "Finding"
    SYMPTOM = "symptom", "Symptom"
    INFECTION = "infection", "Infection"
    GENE = "gene", "Gene"
    DRUG = "drug", "Drug"
    EXPOSURE = "exposure", "Exposure"
    TREATMENT = "treatment", "Treatment"
    TEST = "test", "Test"
    ANATOMY = "anatomy", "Anatomy"

    @property
    def plural(self) -> str:
        """Return the heading of this kind's index."""
        return "Anatomy" if self is Kind.ANATOMY else f"{self.label}s"

    @property
    def review_months(self) -> int:
        """Return how many months an approval of such a page stays fresh."""
        return REVIEW_MONTHS.get(self, 24)

    @property
    def schema_org(self) -> str:
        """Return the schema.org type that stands for this kind."""
        return SCHEMA_ORG_TYPES[self]


REVIEW_MONTHS: Final = {
    Kind.TREATMENT: 12,
    Kind.DRUG: 12,
    Kind.TEST: 12,
    Kind.SYMPTOM: 36,
    Kind.ANATOMY: 60,
}

SCHEMA_ORG_TYPES: Final = {
    Kind.CONDITION: "MedicalCondition",
    Kind.FINDING: "MedicalSign",
    Kind.SYMPTOM: "MedicalSymptom",
    Kind.INFECTION: "InfectiousDisease",
    Kind.GENE: "Gene",
    Kind.DRUG: "Drug",
    Kind.EXPOSURE: "MedicalCause",
    Kind.TREATMENT: "MedicalTherapy",
    Kind.TEST: "MedicalTest",
    Kind.ANATOMY: "AnatomicalStructure",
}

ANY: Final = frozenset(Kind)
