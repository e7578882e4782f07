"""Relations between pages, and the kinds of page at each end.

Relation ids: RO 2025-12-17, Biolink Model 4.4.6, schema.org 30.0, Wikidata as mapped by Biolink. `ids` has
those whose meaning, domain and range fit; an id that says more or less than the relation stands apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from wiki.domain import kinds
from wiki.domain.kinds import KINDS, KindOrTrait, Trait, is_one_of


@dataclass(frozen=True)
class Relation:
    """A relation between two pages."""

    id: str
    label: str
    inverse_id: str
    inverse_label: str
    from_kinds: frozenset[KindOrTrait]
    to_kinds: frozenset[KindOrTrait]
    graded: bool = True
    same_kind: bool = False
    ids: dict[str, str] = field(default_factory=dict)
    # What an id says here holds for some of the statements (narrower), or it leaves something out (broader).
    narrower_ids: dict[str, str] = field(default_factory=dict)
    broader_ids: dict[str, str] = field(default_factory=dict)

    @property
    def symmetric(self) -> bool:
        """Return whether the relation reads the same from both ends."""
        return self.id == self.inverse_id

    @property
    def subjects(self) -> list[str]:
        """Return the kinds of page that can be its subject."""
        return [kind for kind in KINDS if is_one_of(kind, self.from_kinds)]

    @property
    def objects(self) -> list[str]:
        """Return the kinds of page that can be its object."""
        return [kind for kind in KINDS if is_one_of(kind, self.to_kinds)]

    def fits(self, subject: str, object_: str) -> bool:
        """Return whether the relation can connect a page of kind `subject` with one of kind `object_`."""
        if self.same_kind and subject != object_:
            return False
        return is_one_of(subject, self.from_kinds) and is_one_of(object_, self.to_kinds)


def _relation(
    labels: tuple[str, str, str, str],
    from_kinds: Iterable[KindOrTrait],
    to_kinds: Iterable[KindOrTrait],
    ids: dict[str, str],
    *,
    graded: bool = True,
    same_kind: bool = False,
    narrower_ids: dict[str, str] | None = None,
    broader_ids: dict[str, str] | None = None,
) -> Relation:
    ends = frozenset(from_kinds), frozenset(to_kinds)
    return Relation(*labels, *ends, graded, same_kind, ids, narrower_ids or {}, broader_ids or {})


RELATIONS: Final[dict[str, Relation]] = {
    relation.id: relation
    for relation in [
        _relation(
            ("causes", "causes", "caused_by", "is caused by"),
            (Trait.CAUSE,),
            (kinds.CONDITION, Trait.SIGN),
            {
                "ro": "RO:0003303",
                "biolink": "biolink:causes",
                "wikidata": "P1542",
                "schema_org": "causeOf",
                "schema_org_inverse": "cause",
            },
        ),
        _relation(
            ("risk_factor_for", "raises the risk of", "has_risk_factor", "has the risk factor"),
            (Trait.CAUSE,),
            (kinds.CONDITION, kinds.FINDING),
            {
                "ro": "RO:0003304",
                "biolink": "biolink:associated_with_increased_likelihood_of",
                "schema_org": "increasesRiskOf",
                "schema_org_inverse": "riskFactor",
            },
        ),
        _relation(
            ("genetic_basis_of", "is a genetic cause of", "has_genetic_basis", "has the genetic cause"),
            (kinds.GENE,),
            (kinds.CONDITION,),
            # RO:0004013 says of a change in the germ line that it suffices; not every carrier falls ill.
            {"biolink": "biolink:gene_associated_with_condition", "schema_org_inverse": "cause"},
            narrower_ids={"ro": "RO:0004013"},
        ),
        # There is no kind of page for organisms yet, so no form offers this relation.
        _relation(
            (
                "infectious_agent_of",
                "is the infectious agent of",
                "has_infectious_agent",
                "has the infectious agent",
            ),
            (),
            (kinds.INFECTION,),
            {
                "ro_inverse": "RO:0014001",
                "biolink": "biolink:causes",
                "schema_org_inverse": "infectiousAgent",
            },
        ),
        _relation(
            ("has_manifestation", "can cause", "manifestation_of", "can be a symptom of"),
            (Trait.DIAGNOSIS,),
            (Trait.SIGN,),
            {
                "ro": "RO:0002200",
                "biolink": "biolink:has_phenotype",
                "wikidata": "P780",
                "schema_org": "signOrSymptom",
            },
        ),
        _relation(
            ("has_complication", "can have the complication", "complication_of", "is a complication of"),
            (Trait.ILLNESS, Trait.REMEDY),
            (kinds.CONDITION, kinds.FINDING),
            {"schema_org": "possibleComplication"},
            broader_ids={"ro": "RO:0002326", "biolink": "biolink:contributes_to"},
        ),
        _relation(
            ("affects_site", "affects", "site_of", "can be affected by"),
            (Trait.DIAGNOSIS,),
            (kinds.ANATOMY,),
            {
                "ro": "RO:0004026",
                "biolink": "biolink:disease_has_location",
                "schema_org": "associatedAnatomy",
                "schema_org_inverse": "relatedCondition",
            },
        ),
        _relation(
            ("diagnoses", "is used to diagnose", "diagnosed_by", "is diagnosed with"),
            (kinds.TEST,),
            (Trait.DIAGNOSIS,),
            # RO:0020327 is about a marker in the body, not about a scan.
            {
                "biolink": "biolink:diagnoses",
                "schema_org": "usedToDiagnose",
                "schema_org_inverse": "typicalTest",
            },
        ),
        _relation(
            ("treats", "treats", "treated_by", "is treated with"),
            (Trait.REMEDY,),
            (Trait.DIAGNOSIS, Trait.SIGN),
            # RO:0002606 is about substances: no operation, diet or exercise.
            {
                "biolink": "biolink:treats",
                "wikidata": "P2175",
                "schema_org_inverse": "possibleTreatment",
            },
            narrower_ids={"ro": "RO:0002606"},
        ),
        _relation(
            ("studied_for", "is being studied for", "under_study_with", "is being treated in studies with"),
            (Trait.REMEDY,),
            (kinds.CONDITION, Trait.SIGN),
            {"biolink": "biolink:in_clinical_trials_for"},
        ),
        _relation(
            ("prevents", "helps to prevent", "prevented_by", "can be prevented with"),
            (Trait.REMEDY,),
            (Trait.DIAGNOSIS,),
            {
                "biolink": "biolink:preventative_for_condition",
                "schema_org_inverse": "primaryPrevention",
            },
            narrower_ids={"ro": "RO:0002599"},
        ),
        _relation(
            ("worsens", "can worsen", "worsened_by", "can be worsened by"),
            (kinds.CONDITION, kinds.EXPOSURE, Trait.REMEDY),
            (kinds.CONDITION, kinds.SYMPTOM),
            {
                "ro": "RO:0003309",
                "biolink": "biolink:exacerbates_condition",
                "schema_org": "seriousAdverseOutcome",
            },
        ),
        _relation(
            ("first_line_for", "is a first-line treatment for", "has_first_line", "is first treated with"),
            (Trait.REMEDY,),
            (Trait.DIAGNOSIS, Trait.SIGN),
            {"schema_org_inverse": "possibleTreatment"},
            broader_ids={"biolink": "biolink:treats"},
        ),
        _relation(
            (
                "contraindicated_in",
                "is contraindicated in",
                "has_contraindication",
                "is a contraindication to",
            ),
            (Trait.REMEDY, kinds.EXPOSURE, kinds.TEST),
            (Trait.DIAGNOSIS, Trait.SIGN),
            {"biolink": "biolink:contraindicated_in", "schema_org": "contraindication"},
        ),
        _relation(
            (
                "has_adverse_effect",
                "can have the side effect",
                "adverse_effect_of",
                "can be a side effect of",
            ),
            (Trait.REMEDY, kinds.EXPOSURE, kinds.TEST),
            (kinds.CONDITION, Trait.SIGN),
            {"biolink": "biolink:has_adverse_event", "schema_org": "adverseOutcome"},
        ),
        _relation(
            ("interacts_with", "interacts with", "interacts_with", "interacts with"),
            (Trait.REMEDY, kinds.EXPOSURE),
            (Trait.REMEDY, kinds.EXPOSURE),
            {"biolink": "biolink:interacts_with", "schema_org": "interactingDrug"},
        ),
        _relation(
            ("monitored_by", "is monitored with", "monitors", "is used to monitor"),
            (Trait.DIAGNOSIS, Trait.REMEDY),
            (kinds.TEST,),
            {},
            broader_ids={"biolink": "biolink:related_to"},
        ),
        _relation(
            ("associated_with", "is associated with", "associated_with", "is associated with"),
            (Trait.ANY,),
            (Trait.ANY,),
            # RO:0002610 is what Biolink calls correlated_with.
            {"biolink": "biolink:associated_with"},
        ),
        _relation(
            (
                *("differential_of", "is a differential diagnosis of"),
                *("differential_of", "is a differential diagnosis of"),
            ),
            (Trait.DIAGNOSIS,),
            (Trait.DIAGNOSIS,),
            # The range of differentialDiagnosis is a DDxElement, whose `diagnosis` is the other page.
            {"schema_org": "differentialDiagnosis"},
            broader_ids={"biolink": "biolink:related_to"},
        ),
        _relation(
            ("subtype_of", "is a type of", "has_subtype", "includes the type"),
            (Trait.ANY,),
            (Trait.ANY,),
            {"ro": "rdfs:subClassOf", "biolink": "biolink:subclass_of", "wikidata": "P279"},
            graded=False,
            same_kind=True,
        ),
        _relation(
            ("part_of", "is part of", "has_part", "has the part"),
            (kinds.ANATOMY,),
            (kinds.ANATOMY,),
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
            (Trait.ANY,),
            (Trait.ANY,),
            {},
            broader_ids={"biolink": "biolink:related_to"},
            graded=False,
        ),
    ]
}

# What tells people to take, do, leave or watch something; the rules of who must sign ask for who treats.
TREATMENT_RELATIONS: Final = frozenset(
    {
        *("treats", "prevents", "studied_for", "first_line_for"),
        *("contraindicated_in", "has_adverse_effect", "interacts_with", "monitored_by"),
    }
)

# The subject comes first: it brings the object about, makes it likelier, or shows it.
LEADS_TO: Final = frozenset(
    {
        *("causes", "risk_factor_for", "genetic_basis_of", "infectious_agent_of", "has_manifestation"),
        *("has_complication", "worsens", "has_adverse_effect"),
    }
)


def relations_from(kind: str) -> list[Relation]:
    """Return the relations that a page of `kind` can be the subject of, in the order of the table."""
    return [relation for relation in RELATIONS.values() if is_one_of(kind, relation.from_kinds)]


def relations_between(kind: str, other: str) -> list[Relation]:
    """Return the relations from a page of `kind` to one of kind `other`; "" matches any kind."""
    if kind in KINDS and other in KINDS:
        return [relation for relation in RELATIONS.values() if relation.fits(kind, other)]
    if kind in KINDS:
        return relations_from(kind)
    return [one for one in RELATIONS.values() if other not in KINDS or is_one_of(other, one.to_kinds)]


def kinds_fitting(relation: str, kind: str) -> list[str]:
    """Return the kinds of page to which the relation can lead from one of `kind`; "" matches any."""
    one = RELATIONS.get(relation)
    if kind in KINDS:
        ways = [one] if one else relations_from(kind)
        return [other for other in KINDS if any(way.fits(kind, other) for way in ways)]
    return one.objects if one else list(KINDS)
