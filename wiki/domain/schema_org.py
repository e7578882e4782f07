"""What statements are called in schema.org 30.1: properties of the page at one end, the other end as value.

schema.org says which types have a property and what its values are. Where it has none for a relation at a
kind of page, such as a gene that raises a risk, the statement is told as a claim alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wiki.domain import kinds
from wiki.domain.kinds import KINDS, Kind

# The types that schema.org puts below MedicalCondition, signs and symptoms among them.
_CONDITIONS: Final = frozenset({kinds.CONDITION, kinds.FINDING, kinds.SYMPTOM, kinds.INFECTION})
_ANY: Final = frozenset(KINDS.values())
# A gene is a BioChemEntity there, and no MedicalEntity.
_ENTITIES: Final = _ANY - {kinds.GENE}


@dataclass(frozen=True)
class Property:
    """A property of schema.org: which kinds of page have it, and which kinds of page its values are.

    `role` is the type that a value needs beside its own; `wraps` the type and the property of a value that
    holds the page; of a property that `is_text` the value is the title of the page.
    """

    name: str
    has: frozenset[Kind]
    values: frozenset[Kind]
    role: str = ""
    wraps: tuple[str, str] | None = None
    is_text: bool = False

    def fits(self, kind: str, other: str) -> bool:
        """Return whether a page of `kind` has it with a page of kind `other` as value."""
        return KINDS.get(kind) in self.has and KINDS.get(other) in self.values


_CAUSE_OF: Final = Property("causeOf", frozenset({kinds.EXPOSURE}), _ENTITIES)
_CAUSE: Final = Property("cause", _CONDITIONS, _ANY, role="MedicalCause")
_RISK: Final = Property("riskFactor", _CONDITIONS, _ANY, role="MedicalRiskFactor")
_DISEASE: Final = Property(
    "associatedDisease", frozenset({kinds.GENE}), frozenset({kinds.CONDITION, kinds.INFECTION})
)
_SIGN: Final = Property("signOrSymptom", _CONDITIONS, frozenset({kinds.FINDING, kinds.SYMPTOM}))
_COMPLICATION: Final = Property("possibleComplication", _CONDITIONS, _ANY, is_text=True)
_SITE: Final = Property("associatedAnatomy", _CONDITIONS, frozenset({kinds.ANATOMY}))
_SITE_OF: Final = Property("relatedCondition", frozenset({kinds.ANATOMY}), _CONDITIONS)
_DIAGNOSES: Final = Property("usedToDiagnose", frozenset({kinds.TEST}), _CONDITIONS)
_TEST: Final = Property("typicalTest", _CONDITIONS, frozenset({kinds.TEST}))
_TREATMENT: Final = Property("possibleTreatment", _CONDITIONS, frozenset({kinds.DRUG, kinds.TREATMENT}))
_PREVENTION: Final = Property("primaryPrevention", _CONDITIONS, frozenset({kinds.TREATMENT}))
_ADVERSE: Final = Property("adverseOutcome", frozenset({kinds.TREATMENT}), _ENTITIES)
_AGAINST: Final = Property(
    "contraindication", frozenset({kinds.TREATMENT}), _ANY, role="MedicalContraindication"
)
_INTERACTION: Final = Property("interactingDrug", frozenset({kinds.DRUG}), frozenset({kinds.DRUG}))
_DIFFERENTIAL: Final = Property(
    "differentialDiagnosis", _CONDITIONS, _CONDITIONS, wraps=("DDxElement", "diagnosis")
)
_PART: Final = Property("subStructure", frozenset({kinds.ANATOMY}), frozenset({kinds.ANATOMY}))

# For each relation the property of the page that the statement is written on, and of the page it is about.
_PROPERTIES: Final[Mapping[str, tuple[Property | None, Property | None]]] = {
    "causes": (_CAUSE_OF, _CAUSE),
    "risk_factor_for": (None, _RISK),
    "genetic_basis_of": (_DISEASE, _CAUSE),
    "has_manifestation": (_SIGN, None),
    "has_complication": (_COMPLICATION, None),
    "affects_site": (_SITE, _SITE_OF),
    "diagnoses": (_DIAGNOSES, _TEST),
    "treats": (None, _TREATMENT),
    "first_line_for": (None, _TREATMENT),
    "prevents": (None, _PREVENTION),
    "contraindicated_in": (_AGAINST, None),
    "has_adverse_effect": (_ADVERSE, None),
    "interacts_with": (_INTERACTION, _INTERACTION),
    "differential_of": (_DIFFERENTIAL, _DIFFERENTIAL),
    "part_of": (None, _PART),
}


def property_of(relation: str, kind: str, other: str, *, is_subject: bool) -> Property | None:
    """Return the property by which a page of `kind` tells a statement with a page of kind `other`, if any.

    `is_subject` says whether the page of `kind` is the one that the statement is written on.
    """
    found = _PROPERTIES.get(relation, (None, None))[0 if is_subject else 1]
    return found if found and found.fits(kind, other) else None


def is_medical_entity(kind: str) -> bool:
    """Return whether schema.org has medical codes for the type of a kind of page."""
    return KINDS[kind] != kinds.GENE
