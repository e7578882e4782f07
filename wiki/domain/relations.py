"""How pages can be tied to each other: the relations, and the kinds of page at each end.

Relation ids: RO 2025-12-17, Biolink Model 4.4.6, schema.org 30.0, Wikidata as mapped by Biolink.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from wiki.domain.kinds import ANY, Kind


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
