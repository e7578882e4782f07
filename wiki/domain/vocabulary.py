"""The closed lists of the wiki as data: kinds, relations, stances, grades and bases.

Relation ids: RO 2025-12-17, Biolink Model 4.4.6, schema.org 30.0, Wikidata as mapped by Biolink.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Relation:
    """One way in which a page can be tied to another one."""

    id: str
    label: str
    inverse_id: str
    inverse_label: str
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    graded: bool = True
    same_kind: bool = False
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def symmetric(self) -> bool:
        """Return whether the relation reads the same from both ends."""
        return self.id == self.inverse_id

    def fits(self, subject: str, object_: str) -> bool:
        """Return whether a page of kind `subject` may be tied so to one of kind `object_`."""
        if self.same_kind and subject != object_:
            return False
        return subject in self.subjects and object_ in self.objects


def _relation(
    labels: tuple[str, str, str, str],
    subjects: Iterable[Kind],
    objects: Iterable[Kind],
    ids: dict[str, str],
    *,
    graded: bool = True,
    same_kind: bool = False,
) -> Relation:
    id_, label, inverse_id, inverse_label = labels
    return Relation(
        id_, label, inverse_id, inverse_label, frozenset(subjects), frozenset(objects), graded, same_kind, ids
    )


_K = Kind
_AGENTS = (_K.CONDITION, _K.INFECTION, _K.EXPOSURE, _K.DRUG, _K.GENE)
_DISEASES = (_K.CONDITION, _K.INFECTION, _K.FINDING)
_REMEDIES = (_K.TREATMENT, _K.DRUG)

RELATIONS: Final[dict[str, Relation]] = {
    relation.id: relation
    for relation in [
        _relation(
            ("causes", "causes", "caused_by", "is caused by"),
            _AGENTS,
            (_K.CONDITION, _K.FINDING, _K.SYMPTOM),
            {
                "ro": "RO:0003303",
                "biolink": "biolink:causes",
                "wikidata": "P1542",
                "schema_org": "causeOf",
                "schema_org_inverse": "cause",
            },
        ),
        _relation(
            ("risk_factor_for", "raises the risk of", "has_risk_factor", "has risk factor"),
            _AGENTS,
            (_K.CONDITION, _K.FINDING),
            {
                "ro": "RO:0003304",
                "biolink": "biolink:associated_with_increased_likelihood_of",
                "schema_org": "increasesRiskOf",
                "schema_org_inverse": "riskFactor",
            },
        ),
        _relation(
            ("genetic_basis_of", "is a genetic basis of", "has_genetic_basis", "has genetic basis"),
            (_K.GENE,),
            (_K.CONDITION,),
            {"ro": "RO:0004013", "biolink": "biolink:gene_associated_with_condition", "schema_org": "cause"},
        ),
        # No kind of page stands for an organism yet, so nobody is offered this one.
        _relation(
            (
                "infectious_agent_of",
                "is the infectious agent of",
                "has_infectious_agent",
                "has infectious agent",
            ),
            (),
            (_K.INFECTION,),
            {
                "ro_inverse": "RO:0014001",
                "biolink": "biolink:causes",
                "schema_org_inverse": "infectiousAgent",
            },
        ),
        _relation(
            ("has_manifestation", "can show", "manifestation_of", "can be a sign of"),
            _DISEASES,
            (_K.SYMPTOM, _K.FINDING),
            {
                "ro": "RO:0002200",
                "biolink": "biolink:has_phenotype",
                "wikidata": "P780",
                "schema_org": "signOrSymptom",
            },
        ),
        _relation(
            ("has_complication", "can lead to", "complication_of", "is a complication of"),
            (_K.CONDITION, _K.INFECTION, *_REMEDIES),
            (_K.CONDITION, _K.FINDING),
            {"ro": "RO:0003302", "biolink": "biolink:contributes_to", "schema_org": "possibleComplication"},
        ),
        _relation(
            ("affects_site", "affects", "site_of", "is a site of"),
            _DISEASES,
            (_K.ANATOMY,),
            {
                "ro": "RO:0004026",
                "biolink": "biolink:disease_has_location",
                "schema_org": "associatedAnatomy",
                "schema_org_inverse": "relatedCondition",
            },
        ),
        _relation(
            ("diagnoses", "is used to diagnose", "diagnosed_by", "is diagnosed with"),
            (_K.TEST,),
            _DISEASES,
            {
                "ro": "RO:0020327",
                "biolink": "biolink:diagnoses",
                "schema_org": "usedToDiagnose",
                "schema_org_inverse": "typicalTest",
            },
        ),
        _relation(
            ("treats", "treats", "treated_by", "is treated with"),
            _REMEDIES,
            (*_DISEASES, _K.SYMPTOM),
            {
                "ro": "RO:0002606",
                "biolink": "biolink:treats",
                "wikidata": "P2175",
                "schema_org_inverse": "possibleTreatment",
            },
        ),
        _relation(
            ("studied_for", "is being studied for", "under_study_with", "is under study with"),
            _REMEDIES,
            (_K.CONDITION, _K.FINDING, _K.SYMPTOM),
            {"biolink": "biolink:in_clinical_trials_for", "schema_org_inverse": "study"},
        ),
        _relation(
            ("prevents", "helps to prevent", "prevented_by", "can be prevented with"),
            _REMEDIES,
            _DISEASES,
            {
                "ro": "RO:0002599",
                "biolink": "biolink:preventative_for_condition",
                "schema_org_inverse": "primaryPrevention",
            },
        ),
        _relation(
            ("worsens", "can worsen", "worsened_by", "can be worsened by"),
            (_K.EXPOSURE, _K.DRUG, _K.TREATMENT, _K.CONDITION),
            (_K.CONDITION, _K.SYMPTOM),
            {
                "ro": "RO:0003309",
                "biolink": "biolink:exacerbates_condition",
                "schema_org": "seriousAdverseOutcome",
            },
        ),
        _relation(
            ("associated_with", "is associated with", "associated_with", "is associated with"),
            ANY,
            ANY,
            {"ro": "RO:0002610", "biolink": "biolink:associated_with"},
        ),
        _relation(
            ("differential_of", "must be told apart from", "differential_of", "must be told apart from"),
            _DISEASES,
            _DISEASES,
            {"biolink": "biolink:related_to", "schema_org": "differentialDiagnosis"},
        ),
        _relation(
            ("subtype_of", "is a type of", "has_subtype", "has types"),
            ANY,
            ANY,
            {"ro": "rdfs:subClassOf", "biolink": "biolink:subclass_of", "wikidata": "P279"},
            graded=False,
            same_kind=True,
        ),
        _relation(
            ("part_of", "is part of", "has_part", "has parts"),
            (_K.ANATOMY,),
            (_K.ANATOMY,),
            {
                "ro": "BFO:0000050",
                "biolink": "biolink:part_of",
                "wikidata": "P361",
                "schema_org_inverse": "subStructure",
            },
            graded=False,
        ),
        _relation(
            ("see_also", "see also", "see_also", "see also"),
            ANY,
            ANY,
            {"biolink": "biolink:related_to", "schema_org": "subjectOf"},
            graded=False,
        ),
    ]
}


def relations_from(kind: str) -> list[Relation]:
    """Return the relations that a page of `kind` can be the subject of, in the order of the table."""
    return [relation for relation in RELATIONS.values() if kind in relation.subjects]


def relations_between(kind: str, other: str) -> list[Relation]:
    """Return the relations of a page of `kind` to one of kind `other`; "" leaves an end open."""
    if kind in Kind.values and other in Kind.values:
        return [relation for relation in RELATIONS.values() if relation.fits(kind, other)]
    if kind in Kind.values:
        return relations_from(kind)
    return [one for one in RELATIONS.values() if other not in Kind.values or other in one.objects]


def kinds_fitting(relation: str, kind: str) -> list[Kind]:
    """Return the kinds of page that one of `kind` can be so tied to; "" leaves either open."""
    one = RELATIONS.get(relation)
    if kind in Kind.values:
        ways = [one] if one else relations_from(kind)
        return [other for other in Kind if any(way.fits(kind, other) for way in ways)]
    return [other for other in Kind if one is None or other in one.objects]


class Stance(TextChoices):
    """What the evidence says about a statement."""

    ASSERTED = "asserted", "Supported"
    DISPUTED = "disputed", "Evidence conflicts"
    UNSUPPORTED = "unsupported", "Claimed, but no reliable evidence found"
    REFUTED = "refuted", "Evidence against"

    @property
    def meaning(self) -> str:
        """Return what the stance tells a reader."""
        return STANCE_MEANINGS[self]


# A statement of these says itself that its sources do not hold.
DOUBTED: Final = frozenset({Stance.UNSUPPORTED, Stance.REFUTED})

STANCE_MEANINGS: Final = {
    Stance.ASSERTED: "The sources say so; the grade tells how surely.",
    Stance.DISPUTED: "Good sources disagree; the note says how.",
    Stance.UNSUPPORTED: "Often said, but no reliable evidence was found.",
    Stance.REFUTED: "Studied, and found not to hold.",
}


class Grade(TextChoices):
    """How certain a statement is, after GRADE (Guyatt et al., BMJ 2008;336:924)."""

    HIGH = "high", "High certainty"
    MODERATE = "moderate", "Moderate certainty"
    LOW = "low", "Low certainty"
    VERY_LOW = "very_low", "Very low certainty"
    UNGRADED = "ungraded", "Not yet graded"
    NOT_APPLICABLE = "not_applicable", "No grade needed"

    @property
    def rank(self) -> int:
        """Return 4 for high down to 0 for ungraded or no grade needed."""
        return {"high": 4, "moderate": 3, "low": 2, "very_low": 1}.get(self.value, 0)

    @property
    def meaning(self) -> str:
        """Return what the grade tells a reader."""
        return GRADE_MEANINGS[self]


GRADE_MEANINGS: Final = {
    Grade.HIGH: "More research is very unlikely to change it.",
    Grade.MODERATE: "Likely right, but the size may change.",
    Grade.LOW: "May change.",
    Grade.VERY_LOW: "Very uncertain.",
    Grade.UNGRADED: "Taken from a data set and not yet weighed by a reviewer.",
    Grade.NOT_APPLICABLE: "A matter of definition, not of evidence.",
}

# What a person may choose: the other two are set by the wiki itself.
GRADES_TO_CHOOSE: Final = (Grade.HIGH, Grade.MODERATE, Grade.LOW, Grade.VERY_LOW)


class Basis(TextChoices):
    """What kind of evidence a statement or a source is."""

    GUIDELINE = "guideline", "Guideline"
    SYSTEMATIC_REVIEW = "systematic_review", "Systematic review"
    RANDOMIZED_TRIAL = "randomized_trial", "Randomised trial"
    COHORT = "cohort", "Cohort"
    CASE_CONTROL = "case_control", "Case-control"
    CROSS_SECTIONAL = "cross_sectional", "Cross-sectional"
    DIAGNOSTIC_ACCURACY = "diagnostic_accuracy", "Diagnostic accuracy"
    FAMILY_GENETICS = "family_genetics", "Family genetics"
    CASE_SERIES = "case_series", "Case series"
    AUTOPSY_SERIES = "autopsy_series", "Autopsy series"
    CASE_REPORT = "case_report", "Case report"
    NARRATIVE_REVIEW = "narrative_review", "Narrative review"
    REFERENCE_BOOK = "reference_book", "Reference book"
    TRIAL_PROTOCOL = "trial_protocol", "Trial protocol"
    CONFERENCE_ABSTRACT = "conference_abstract", "Conference abstract"
    DATASET = "dataset", "Data set"
    MECHANISM = "mechanism", "Mechanism"
    EXPERT_OPINION = "expert_opinion", "Expert opinion"
    DEFINITION = "definition", "Definition"
    NONE = "none", "None"


PRIMARY_STUDIES: Final = frozenset(
    {
        Basis.RANDOMIZED_TRIAL,
        Basis.COHORT,
        Basis.CASE_CONTROL,
        Basis.CROSS_SECTIONAL,
        Basis.DIAGNOSTIC_ACCURACY,
        Basis.FAMILY_GENETICS,
        Basis.CASE_SERIES,
        Basis.AUTOPSY_SERIES,
        Basis.CASE_REPORT,
        Basis.TRIAL_PROTOCOL,
        Basis.CONFERENCE_ABSTRACT,
    }
)
