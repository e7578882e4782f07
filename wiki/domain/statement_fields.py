"""Fields of a statement: one entry each, which every form, screen, file and merge reads.

To add a field: add it with a default to `text.document.Row` and here, and as a column to `models.Statement`
if it is a choice or a text. The canonical form leaves out what has its default, so no digest changes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from django.db.models import TextChoices

from wiki.domain.evidence import GRADES_TO_CHOOSE, Basis, Grade, Stance
from wiki.domain.kinds import GENE
from wiki.domain.relations import TREATMENT_RELATIONS
from wiki.domain.statement_values import days, effects, populations, shares
from wiki.domain.statement_values.clinical_terms import Inheritance, Onset, Strength


class ValueType(Enum):
    """The type of a field's value. `text.document.Row` has the Python types."""

    RELATION = "the id of a relation"
    PAGE = "the other page: its id in a revision, its title in a form and in a file"
    CHOICE = "one of a closed list"
    TEXT = "free text that readers see"
    SOURCES = "the citation keys of sources"


class ReviewDisplay(Enum):
    """How the review screen shows a difference in a field."""

    NAME = "in what the statement is called"
    WORDS = "the old words struck out, the new ones inserted"
    LIST = "each item as added, removed or kept"


class MergeRule(Enum):
    """The rule by which a three-way merge combines a field."""

    KEY = "says which statement it is: with another value it is another statement, and both stay"
    CLAIM = "says what is claimed: where one side changed it and the other anything, a person takes one row"
    EVIDENCE = "is judged together with the others of this rule, and with sources that were taken out"
    GENETICS = "is read together with the others of this rule"
    ALONE = "combines with any other field; where both sides changed it differently, a person takes one row"
    UNITED = "what both sides have and what either added, less what either removed"


class UnionRule(Enum):
    """The rule for a field when two pages that are merged make the same statement."""

    KEY = "is the same on both"
    STAYS = (
        "the page that stays keeps its own if it has any, and whoever merges is shown where the two differ"
    )
    JOINED = "both texts, one after the other"
    UNITED = "the items of both, each once"


@dataclass(frozen=True)
class StatementField:
    """One field of a statement. `default` is None if a value is required."""

    name: str
    label: str
    value_type: ValueType
    review: ReviewDisplay
    merge: MergeRule
    union: UnionRule
    default: str | tuple[()] | None = None
    choices: type[TextChoices] | None = None
    # The choices that forms offer, where those are fewer than `choices`.
    offered: Collection[TextChoices] = ()
    hint: str = ""
    # The key in front matter, where it differs from the name.
    filed_as: str = ""
    # Whether files contain the key even if the value is the default.
    is_always_filed: bool = False
    # Values that are hidden from readers for definitional relations.
    hidden_for_definitions: Collection[str] = ()
    # Whether statements of other pages depend on this field: a change opens tasks for them.
    is_premise: bool = False
    # Returns a text in its usual form, or raises `BadValue`: for a text that is a value written in one line.
    reads: Callable[[str], str] | None = None
    # What readers see before the value of a detail: an optional field that stands in a list of its own.
    lead: str = ""
    # What a change of the field is for the rules of who must sign, by the name of a part of a change.
    counts_as: str = ""
    # The relations that the field belongs to, and the kind of page at an end; empty for any.
    relations: frozenset[str] = frozenset()
    end: str = ""
    # Places of `tests/test_every_field.py` that may omit the field, with the reason.
    absent: Mapping[str, str] = field(default_factory=dict)

    @property
    def file_key(self) -> str:
        """Return the key in a file's front matter."""
        return self.filed_as or self.name

    @property
    def is_own_column(self) -> bool:
        """Return whether `models.Statement` has a column of that name."""
        return self.value_type in (ValueType.RELATION, ValueType.CHOICE, ValueType.TEXT)

    @property
    def is_detail(self) -> bool:
        """Return whether it is optional and shown in the list of details, with words before it."""
        return bool(self.lead)

    def is_shown(self, value: str, *, is_graded: bool) -> bool:
        """Return whether readers are shown a choice; some say nothing of a relation that is not graded."""
        return bool(value) and (is_graded or value not in self.hidden_for_definitions)

    def usual_form(self, text: str) -> str:
        """Return a text in the form in which it is stored; raise `BadValue` where it is none of the field."""
        return self.reads(text) if self.reads and text.strip() else text

    def in_words(self, value: str) -> str:
        """Return the label of a choice, or any other value unchanged."""
        if self.choices is None or value not in self.choices.values:
            return value
        return str(self.choices(value).label)


def _share(text: str) -> str:
    return shares.read_share(text).words


def _effect(text: str) -> str:
    return effects.read_effect(text).words


def _population(text: str) -> str:
    return populations.read_population(text).words


def _day(text: str) -> str:
    return days.in_words(days.read_day(text))


_ONE_STATEMENT: Final = {
    "conflict": "another relation or page makes another statement, so that both sides' statements stay"
}

STATEMENT_FIELDS: Final = (
    StatementField(
        "relation",
        "This page",
        ValueType.RELATION,
        ReviewDisplay.NAME,
        MergeRule.KEY,
        UnionRule.KEY,
        absent=_ONE_STATEMENT,
    ),
    StatementField(
        "object",
        "Other page",
        ValueType.PAGE,
        ReviewDisplay.NAME,
        MergeRule.KEY,
        UnionRule.KEY,
        filed_as="page",
        absent=_ONE_STATEMENT,
    ),
    StatementField(
        "stance",
        "What the evidence says",
        ValueType.CHOICE,
        ReviewDisplay.WORDS,
        MergeRule.CLAIM,
        UnionRule.STAYS,
        choices=Stance,
        hidden_for_definitions=(Stance.ASSERTED,),
        is_premise=True,
    ),
    StatementField(
        "grade",
        "Certainty",
        ValueType.CHOICE,
        ReviewDisplay.WORDS,
        MergeRule.EVIDENCE,
        UnionRule.STAYS,
        choices=Grade,
        offered=GRADES_TO_CHOOSE,
        is_premise=True,
    ),
    StatementField(
        "basis",
        "Basis",
        ValueType.CHOICE,
        ReviewDisplay.WORDS,
        MergeRule.EVIDENCE,
        UnionRule.STAYS,
        choices=Basis,
        hidden_for_definitions=tuple(Basis),
    ),
    StatementField(
        "strength",
        "Strength of recommendation",
        ValueType.CHOICE,
        ReviewDisplay.WORDS,
        MergeRule.EVIDENCE,
        UnionRule.STAYS,
        default="",
        choices=Strength,
        lead="Recommendation",
        counts_as="treatment",
        relations=TREATMENT_RELATIONS,
        is_premise=True,
    ),
    StatementField(
        "population",
        "True only in",
        ValueType.TEXT,
        ReviewDisplay.WORDS,
        MergeRule.KEY,
        UnionRule.KEY,
        default="",
        hint="Age, sex, setting, gene change or stage, such as “children under 2 years”",
        reads=_population,
        lead="True in",
        counts_as="fact population",
        absent=_ONE_STATEMENT,
    ),
    StatementField(
        "frequency",
        "How often",
        ValueType.TEXT,
        ReviewDisplay.WORDS,
        MergeRule.ALONE,
        UnionRule.STAYS,
        default="",
        hint=f"Such as {shares.EXAMPLES}",
        reads=_share,
        lead="How often",
        counts_as="fact frequency",
    ),
    StatementField(
        "effect",
        "Size of the effect",
        ValueType.TEXT,
        ReviewDisplay.WORDS,
        MergeRule.EVIDENCE,
        UnionRule.STAYS,
        default="",
        hint=f"Such as {effects.EXAMPLES}",
        reads=_effect,
        lead="Size of the effect",
        counts_as="fact quantity",
    ),
    StatementField(
        "onset",
        "Age when it begins",
        ValueType.CHOICE,
        ReviewDisplay.WORDS,
        MergeRule.ALONE,
        UnionRule.STAYS,
        default="",
        choices=Onset,
        lead="Begins",
        counts_as="fact population",
    ),
    StatementField(
        "inheritance",
        "Inheritance",
        ValueType.CHOICE,
        ReviewDisplay.WORDS,
        MergeRule.GENETICS,
        UnionRule.STAYS,
        default="",
        choices=Inheritance,
        lead="Inheritance",
        counts_as="fact inheritance",
        end=GENE.value,
    ),
    StatementField(
        "penetrance",
        "Penetrance",
        ValueType.TEXT,
        ReviewDisplay.WORDS,
        MergeRule.GENETICS,
        UnionRule.STAYS,
        default="",
        hint="How many people with the gene change have it, such as “28 of 38” or “over 85%”",
        reads=_share,
        lead="People with the gene change who have it",
        counts_as="fact inheritance",
        end=GENE.value,
    ),
    StatementField(
        "check_by",
        "Check again by",
        ValueType.TEXT,
        ReviewDisplay.WORDS,
        MergeRule.ALONE,
        UnionRule.STAYS,
        default="",
        hint=f"A day by which somebody looks at this again, such as {days.EXAMPLES}",
        reads=_day,
        lead="To be checked again by",
        counts_as="fact number",
    ),
    StatementField(
        "note",
        "Note for readers",
        ValueType.TEXT,
        ReviewDisplay.WORDS,
        MergeRule.ALONE,
        UnionRule.JOINED,
        default="",
    ),
    StatementField(
        "sources",
        "Add a source",
        ValueType.SOURCES,
        ReviewDisplay.LIST,
        MergeRule.UNITED,
        UnionRule.UNITED,
        default=(),
        hint="Paste a DOI, PMID, ISBN or web address; or type words of its title",
        is_always_filed=True,
        absent={"conflict": "other sources that both sides added stay, so that nothing is chosen"},
    ),
)

CHOICE_FIELDS: Final = tuple(one for one in STATEMENT_FIELDS if one.value_type is ValueType.CHOICE)
TEXT_FIELDS: Final = tuple(one for one in STATEMENT_FIELDS if one.value_type is ValueType.TEXT)
# What a statement says of itself beside its relation, its ends and its sources.
VALUE_FIELDS: Final = CHOICE_FIELDS + TEXT_FIELDS
# What a reader is told beside the evidence and the note, each with words before it.
DETAIL_FIELDS: Final = tuple(one for one in STATEMENT_FIELDS if one.is_detail)
COLUMNS: Final = tuple(one.name for one in STATEMENT_FIELDS if one.is_own_column)
PREMISES: Final = tuple(one.name for one in STATEMENT_FIELDS if one.is_premise)
# Fields that a merge of two pages cannot combine: the page that stays keeps its value.
KEPT_IN_UNION: Final = tuple(one.name for one in STATEMENT_FIELDS if one.union is UnionRule.STAYS)


def details_of(statement: object) -> dict[str, str]:
    """Return the details of a statement, in the words that readers see, by what they see before each."""
    found = {one.lead: one.in_words(str(getattr(statement, one.name))) for one in DETAIL_FIELDS}
    return {lead: words for lead, words in found.items() if words}
