"""Kinds of page: one row for each kind, with everything that depends on the kind.

To add one, write its row here and its usual sections in a file of `page_templates/`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from wiki.domain.house_rules import HOUSE_RULES, HouseRules, refuse, refuse_unknown
from wiki.domain.sections import TemplateSection, sections_in

USUAL_REVIEW_MONTHS: Final = 24


class Trait(StrEnum):
    """A property that several kinds share. Relations, checklist and signature rules refer to kinds by it."""

    ANY = "any"
    CAUSE = "cause"  # can bring about an illness, a finding or a symptom
    ILLNESS = "illness"  # takes its course in whoever is not treated
    DIAGNOSIS = "diagnosis"  # a test can establish it; it has signs and lies somewhere in the body
    SIGN = "sign"  # a patient notices it, or an examination shows it
    REMEDY = "remedy"  # people are treated with it


@dataclass(frozen=True)
class Kind:
    """A kind of page."""

    value: str
    label: str
    plural: str
    schema_org: str  # its type in schema.org 30.0
    sections: tuple[TemplateSection, ...]
    traits: frozenset[Trait] = frozenset()
    usual_relations: tuple[str, ...] = ()  # what such a page says first: a button of the form adds each
    review_months: int = USUAL_REVIEW_MONTHS  # months until the next review is due


type KindOrTrait = Kind | Trait

KINDS: Final[dict[str, Kind]] = {}


def register(kind: Kind) -> Kind:
    """Add a kind, with the time to its next review that counts here."""
    KINDS[kind.value] = reviewed_sooner(kind, HOUSE_RULES)
    return KINDS[kind.value]


def reviewed_sooner(kind: Kind, house: HouseRules) -> Kind:
    """Return a kind with the months that house rules give its reviews; they are never more."""
    months = house.review_months.get(kind.value, kind.review_months)
    if months > kind.review_months:
        raise refuse(f"reviews of {kind.plural.lower()} are due after {kind.review_months} months at most.")
    return replace(kind, review_months=months)


def _template(name: str) -> tuple[TemplateSection, ...]:
    return sections_in(Path(__file__).parent / "page_templates" / f"{name}.md")


CONDITION: Final = register(
    Kind(
        value="condition",
        label="Condition",
        plural="Conditions",
        schema_org="MedicalCondition",
        sections=_template("illness"),
        traits=frozenset({Trait.CAUSE, Trait.ILLNESS, Trait.DIAGNOSIS}),
        usual_relations=("causes", "has_manifestation", "affects_site"),
    )
)
FINDING: Final = register(
    Kind(
        value="finding",
        label="Finding",
        plural="Findings",
        schema_org="MedicalSign",
        sections=_template("finding"),
        traits=frozenset({Trait.DIAGNOSIS, Trait.SIGN}),
        usual_relations=("affects_site",),
    )
)
SYMPTOM: Final = register(
    Kind(
        value="symptom",
        label="Symptom",
        plural="Symptoms",
        schema_org="MedicalSymptom",
        sections=_template("symptom"),
        traits=frozenset({Trait.SIGN}),
        review_months=36,
    )
)
INFECTION: Final = register(
    Kind(
        value="infection",
        label="Infection",
        plural="Infections",
        schema_org="InfectiousDisease",
        sections=_template("illness"),
        traits=frozenset({Trait.CAUSE, Trait.ILLNESS, Trait.DIAGNOSIS}),
        usual_relations=("causes", "has_manifestation"),
    )
)
GENE: Final = register(
    Kind(
        value="gene",
        label="Gene",
        plural="Genes",
        schema_org="Gene",
        sections=_template("gene"),
        traits=frozenset({Trait.CAUSE}),
        usual_relations=("genetic_basis_of",),
    )
)
DRUG: Final = register(
    Kind(
        value="drug",
        label="Drug",
        plural="Drugs",
        schema_org="Drug",
        sections=_template("drug"),
        traits=frozenset({Trait.CAUSE, Trait.REMEDY}),
        usual_relations=("treats",),
        review_months=12,
    )
)
EXPOSURE: Final = register(
    Kind(
        value="exposure",
        label="Exposure",
        plural="Exposures",
        schema_org="MedicalCause",
        sections=_template("exposure"),
        traits=frozenset({Trait.CAUSE}),
        usual_relations=("causes",),
    )
)
TREATMENT: Final = register(
    Kind(
        value="treatment",
        label="Treatment",
        plural="Treatments",
        schema_org="MedicalTherapy",
        sections=_template("remedy"),
        traits=frozenset({Trait.REMEDY}),
        usual_relations=("treats",),
        review_months=12,
    )
)
TEST: Final = register(
    Kind(
        value="test",
        label="Test",
        plural="Tests",
        schema_org="MedicalTest",
        sections=_template("test"),
        usual_relations=("diagnoses",),
        review_months=12,
    )
)
ANATOMY: Final = register(
    Kind(
        value="anatomy",
        label="Anatomy",
        plural="Anatomy",
        schema_org="AnatomicalStructure",
        sections=_template("anatomy"),
        usual_relations=("part_of",),
        review_months=60,
    )
)

refuse_unknown("kind of page", HOUSE_RULES.review_months, KINDS)


def is_one_of(kind: str, wanted: Collection[KindOrTrait]) -> bool:
    """Return whether `wanted` names the kind or one of its traits; False for an unknown kind."""
    one = KINDS.get(kind)
    return one is not None and (Trait.ANY in wanted or one in wanted or not one.traits.isdisjoint(wanted))


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds for a form to offer."""
    return [(kind.value, kind.label) for kind in KINDS.values()]


def label_of(kind: str) -> str:
    """Return the label of a kind, or the word itself if it is no kind."""
    return KINDS[kind].label if kind in KINDS else kind


def plural_of(kind: str) -> str:
    """Return the plural label of a kind, or the word itself if it is no kind."""
    return KINDS[kind].plural if kind in KINDS else kind
