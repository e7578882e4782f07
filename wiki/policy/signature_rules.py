"""The rules of who must sign what, in one table.

Every rule looks at one thing, says why it matters in words that reviewers read, how much harm a wrong
approval could do, and who must sign. Where several apply, `quorum` asks for no more people than it takes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from wiki.domain.kinds import GENE, INFECTION, KindOrTrait, Trait, is_one_of
from wiki.domain.professions import Profession, Risk, Specialty
from wiki.domain.relations import RELATIONS
from wiki.models import Role
from wiki.text.compare.diff import Comparison, compare
from wiki.text.document import Document, Row
from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.passages import passages_of
from wiki.text.quantities.doses import DosedPassage, dosed_passages, doses_said


@dataclass(frozen=True)
class Need:
    """A signature that a change needs: of anybody with the role, or with one of some trainings."""

    label: str
    professions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    reason: str = ""
    role: str = Role.MODERATOR

    @property
    def is_anybodys(self) -> bool:
        """Return whether whoever may review can give it."""
        return not self.professions and not self.specialties

    def covers(self, other: "Need") -> bool:
        """Return whether all who can give this one can give `other` too."""
        narrow = {*self.professions} <= {*other.professions} and {*self.specialties} <= {*other.specialties}
        return other.is_anybodys or (narrow and not self.is_anybodys)


@dataclass(frozen=True)
class SignatureRule:
    """One thing to look at. It applies when any of what it names has changed.

    `relations` and `ends` name statements: one counts when it has one of the relations and a page of one of
    the kinds at either end; what is left empty asks nothing.
    `parts` names what `Change.parts` found, `pages` kinds of page on which anything counts. Where one of
    `unless` applies, which says the same more closely, the rule is not told.
    """

    id: str
    why: str
    risk: Risk
    needs: tuple[Need, ...]
    relations: frozenset[str] = frozenset()
    ends: frozenset[KindOrTrait] = frozenset()
    parts: frozenset[str] = frozenset()
    pages: frozenset[KindOrTrait] = frozenset()
    superseded_by: frozenset[str] = frozenset()

    def applies(self, change: "Change") -> bool:
        """Return whether the change touches what this rule looks at."""
        if self.parts & change.parts or any(is_one_of(kind, self.pages) for kind in change.own_kinds):
            return True
        return any(self._counts(row, change) for row in change.rows if row.relation in self.relations)

    def _counts(self, row: Row, change: "Change") -> bool:
        kinds = {change.kinds.get(row.object, ""), *change.own_kinds}
        return not self.ends or any(is_one_of(kind, self.ends) for kind in kinds)


MODERATOR: Final = Need("one moderator")
GENETICIST: Final = Need(
    "one clinical geneticist or genetic counsellor",
    (Profession.GENETIC_COUNSELLOR,),
    (Specialty.CLINICAL_GENETICS,),
)
# Those who prescribe for what this wiki is about, or check what others prescribe.
TREATING: Final = Need(
    "one pharmacist or treating specialist",
    (Profession.PHARMACIST,),
    (
        Specialty.CLINICAL_PHARMACOLOGY,
        Specialty.ENDOCRINOLOGY,
        Specialty.INFECTIOUS_DISEASES,
        Specialty.INTERNAL_MEDICINE,
        Specialty.NEPHROLOGY,
        Specialty.NEUROLOGY,
        Specialty.NEUROSURGERY,
        Specialty.ONCOLOGY,
        Specialty.PAEDIATRIC_NEUROLOGY,
        Specialty.PAEDIATRICS,
        Specialty.PSYCHIATRY,
        Specialty.RHEUMATOLOGY,
    ),
)
TREATING_INFECTIONS: Final = Need(
    "one pharmacist or infectious diseases specialist",
    (Profession.PHARMACIST,),
    (Specialty.CLINICAL_PHARMACOLOGY, Specialty.INFECTIOUS_DISEASES),
)

_TREATMENTS: Final = frozenset({"treats", "prevents", "studied_for"})
# Definitions and cross-references give nobody anything to take.
_OF_EVIDENCE: Final = frozenset(one.id for one in RELATIONS.values() if one.graded)

RULES: Final = (
    SignatureRule("dose", "a dose changes", Risk.HIGH, (TREATING, MODERATOR), parts=frozenset({"dose"})),
    SignatureRule(
        "infection_treatment",
        "a statement on treating or preventing an infection changes",
        Risk.HIGH,
        (TREATING_INFECTIONS, MODERATOR),
        relations=_TREATMENTS,
        ends=frozenset({INFECTION}),
    ),
    SignatureRule(
        "treatment",
        "a statement on treatment or prevention changes",
        Risk.HIGH,
        (TREATING, MODERATOR),
        relations=_TREATMENTS,
        superseded_by=frozenset({"infection_treatment"}),
    ),
    SignatureRule(
        "remedy",
        "a statement about a drug or treatment changes",
        Risk.HIGH,
        (TREATING, MODERATOR),
        relations=_OF_EVIDENCE,
        ends=frozenset({Trait.REMEDY}),
        superseded_by=frozenset({"infection_treatment", "treatment"}),
    ),
    SignatureRule(
        "treatment_section",
        "a section on treatment changes",
        Risk.HIGH,
        (TREATING, MODERATOR),
        parts=frozenset({"treatment section"}),
    ),
    SignatureRule(
        "gene_statement",
        "a statement about a gene changes",
        Risk.MEDIUM,
        (GENETICIST, MODERATOR),
        relations=_OF_EVIDENCE,
        ends=frozenset({GENE}),
    ),
    SignatureRule(
        "gene_page",
        "the page of a gene changes",
        Risk.MEDIUM,
        (GENETICIST, MODERATOR),
        pages=frozenset({GENE}),
        superseded_by=frozenset({"gene_statement"}),
    ),
    SignatureRule(
        "urgent", "an urgent warning changes", Risk.HIGH, (MODERATOR,), parts=frozenset({"urgent"})
    ),
    SignatureRule(
        "retirement",
        "the page is retired or comes back",
        Risk.MEDIUM,
        (MODERATOR,),
        parts=frozenset({"retirement"}),
    ),
    SignatureRule(
        "kind", "the kind of the page changes", Risk.MEDIUM, (MODERATOR,), parts=frozenset({"kind"})
    ),
    SignatureRule("new_page", "all of the page is new", Risk.MEDIUM, (MODERATOR,), parts=frozenset({"new"})),
    SignatureRule(
        "statement",
        "a statement changes",
        Risk.MEDIUM,
        (MODERATOR,),
        relations=frozenset(RELATIONS),
        superseded_by=frozenset({"infection_treatment", "treatment", "remedy", "gene_statement", "new_page"}),
    ),
    SignatureRule(
        "naming",
        "a title, name or code changes",
        Risk.MEDIUM,
        (MODERATOR,),
        parts=frozenset({"title", "aliases", "codes"}),
    ),
)
# What is left when none of them applies.
WORDING: Final = SignatureRule("wording", "only the wording changes", Risk.LOW, (MODERATOR,))
WHY: Final = {rule.id: rule.why for rule in (*RULES, WORDING)}


def touched(change: "Change") -> list[SignatureRule]:
    """Return the rules that a change comes under, in their order; always one at least."""
    found = [rule for rule in RULES if rule.applies(change)]
    ids = {rule.id for rule in found}
    return [rule for rule in found if not rule.superseded_by & ids] or [WORDING]


# What a section that tells people what to take, do or leave is called.
_ON_TREATMENT: Final = re.compile(
    r"\b(?:treat\w*|therap\w*|medicin\w*|medicat\w*|drugs?|dos(?:e|es|age|ing)|prevent\w*|manag\w+"
    r"|what (?:it )?helps|what it is used for|who should not have it|benefits? and risks?|side[ -]effects?"
    r"|contraindicat\w*|interactions?|vaccin\w*|first aid)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Change:
    """What differs between two documents, as the rules look at it."""

    before: Document | None
    after: Document
    kinds: Mapping[int, str] = field(default_factory=dict)  # of the other pages, by their ids

    @cached_property
    def comparison(self) -> Comparison:
        """Return all that differs."""
        return compare(self.before, self.after)

    @cached_property
    def own_kinds(self) -> frozenset[str]:
        """Return what the page is about, before and after."""
        return frozenset(one.kind for one in (self.before, self.after) if one)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the statements that come, go or say something else: as they were and as they would be."""
        changed = [one for one in self.comparison.rows if one.change != "same"]
        return tuple(row for one in changed for row in (one.old, one.new) if row)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return what else is touched, by the names that the rules use."""
        return frozenset(self._fields()) | frozenset(self._texts())

    def _fields(self) -> Iterator[str]:
        if self.before is None:
            yield "new"
            return
        for name in ("title", "kind", "aliases", "codes", "retirement"):
            if getattr(self.before, name) != getattr(self.after, name):
                yield name

    def _texts(self) -> Iterator[str]:
        if self._dosed(self.before) != self._dosed(self.after) or any(
            doses_said(text) for one in self.rows for text in one.texts.values()
        ):
            yield "dose"
        if self._sections & self._on_treatment:
            yield "treatment section"
        if _boxed(self.before) != _boxed(self.after):
            yield "urgent"

    @staticmethod
    def _dosed(document: Document | None) -> Counter[DosedPassage]:
        """Return the passages that have a dose; in another order within their section they say the same."""
        return Counter(dosed_passages(document)) if document else Counter()

    @cached_property
    def _sections(self) -> frozenset[str]:
        """Return the headings under which a paragraph comes, goes, moves or says something else."""
        changed = (one for one in self.comparison.blocks if one.is_shown)
        return frozenset(side.section for one in changed for side in (one.old, one.new) if side)

    @cached_property
    def _on_treatment(self) -> frozenset[str]:
        """Return the headings of sections on treatment, and of those within them."""
        return frozenset(title for one in (self.before, self.after) if one for title in _treating(one.body))


def _treating(body: str) -> Iterator[str]:
    for block in blocks_of(body):
        if any(_ON_TREATMENT.search(one) for one in (*block.headings, block.section)):
            yield block.section


def _boxed(document: Document | None) -> tuple[str, ...]:
    """Return the words that stand in boxes for what cannot wait."""
    return tuple(one.words for one in passages_of(document.body) if one.boxed) if document else ()
