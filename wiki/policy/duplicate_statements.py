"""Duplicate statements: a page states what another page states already from its side."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wiki.domain.evidence import Grade, Stance
from wiki.domain.lifecycle import State
from wiki.domain.relations import RELATIONS
from wiki.models import Page, Revision, Statement, User
from wiki.text.document import Document, Row

# Families of relations that mean nearly the same to a reader when two pages are connected by several of one.
FAMILIES: Final = (
    frozenset(
        {
            "causes",
            "risk_factor_for",
            "genetic_basis_of",
            "infectious_agent_of",
            "has_manifestation",
            "has_complication",
            "associated_with",
        }
    ),
    frozenset({"subtype_of", "part_of"}),
    frozenset({"treats", "first_line_for"}),
    frozenset({"worsens", "has_adverse_effect"}),
)


class Likeness(StrEnum):
    """How similar another page's statement is to this page's statement."""

    SAME = "says the same already"
    NEAR = "says nearly the same already"
    OPPOSITE = "says it the other way round"

    @property
    def advice(self) -> str:
        """Return the advice for an author who is about to make the statement too."""
        if self is Likeness.OPPOSITE:
            return "make sure which way is meant"
        return "state it again only if you have more to say"


def likeness(mine: str, theirs: str) -> Likeness | None:
    """Return how similar the two pages' statements are; None if they are not."""
    if mine not in RELATIONS or theirs not in RELATIONS:
        return None
    both_ways = RELATIONS[mine].symmetric or RELATIONS[theirs].symmetric
    if mine == theirs:
        return Likeness.SAME if both_ways else Likeness.OPPOSITE
    if _is_near(mine, theirs):
        return Likeness.NEAR if both_ways else Likeness.OPPOSITE
    return None


def _is_near(mine: str, theirs: str) -> bool:
    return mine != theirs and any({mine, theirs} <= family for family in FAMILIES)


@dataclass(frozen=True)
class OtherStatement:
    """Another page's statement about this page, and whether it is published, waiting or in one's
    own draft.
    """

    page_id: int
    title: str
    relation: str
    stance: str
    grade: str
    sources: int
    state: str
    address: str

    @property
    def label(self) -> str:
        """Return the relation in words."""
        return RELATIONS[self.relation].label if self.relation in RELATIONS else self.relation

    @property
    def impact(self) -> str:
        """Return its evidence, in words."""
        unusual = self.stance in Stance.values and self.stance != Stance.ASSERTED
        said = [Stance(self.stance).label] if unusual else []
        said += [Grade(self.grade).label] if self.grade in Grade.values else []
        return ", ".join([*said, f"{self.sources or 'no'} source{'' if self.sources == 1 else 's'}"])

    @property
    def place(self) -> str:
        """Return where it is stated, in words."""
        return {State.DRAFT: "in your draft", State.SUBMITTED: "waiting for review"}.get(
            State(self.state), "what readers see now"
        )


def statements_about(
    page_id: int, others: Collection[int], *, reader: User | None = None
) -> list[OtherStatement]:
    """Return what `others` say of a page, each once: published, else waiting, else in `reader`'s
    own draft.
    """
    if not others:
        return []
    found: dict[tuple[int, str], OtherStatement] = {}
    for one in (*_published(page_id, others), *_not_yet(page_id, others, reader)):
        found.setdefault((one.page_id, one.relation), one)
    return list(found.values())


def _published(page_id: int, others: Collection[int]) -> Iterator[OtherStatement]:
    for one in Statement.objects.made_about(page_id, by=others):
        yield OtherStatement(
            one.subject_id,
            one.subject.published_page.title,
            one.relation,
            one.stance,
            one.grade,
            len(one.source_ids),
            State.APPROVED,
            one.subject.published_page.get_absolute_url(),
        )


def _not_yet(page_id: int, others: Collection[int], reader: User | None) -> Iterator[OtherStatement]:
    """Yield statements that wait for review and, for a writer, those in their own drafts."""
    revisions = Revision.objects.not_yet_published().of_pages(others).that_name(Page(pk=page_id))
    revisions = revisions.visible_to(reader) if reader else revisions.waiting()
    for one in sorted(revisions, key=lambda one: one.state, reverse=True):
        for row in one.document.statements:
            if row.object == page_id:
                yield OtherStatement(
                    one.page_id,
                    one.title,
                    row.relation,
                    row.stance,
                    row.grade,
                    len(row.sources),
                    one.state,
                    one.get_absolute_url(),
                )


def alike(
    relation: str, other: int, sayings: Collection[OtherStatement]
) -> list[tuple[Likeness, OtherStatement]]:
    """Return the statements of `sayings` that are similar to a relation to the page `other`, the closest
    first.
    """
    found = [(likeness(relation, one.relation), one) for one in sayings if one.page_id == other]
    order = list(Likeness)
    return sorted(((how, one) for how, one in found if how), key=lambda pair: order.index(pair[0]))


def duplicates_in(document: Document, page_id: int | None) -> list[tuple[int, str]]:
    """Return the number of each statement that is made twice, and where: earlier on the page, or
    on another.
    """
    rows = document.statements
    sayings = statements_about(page_id, {row.object for row in rows}) if page_id else []
    return [(number, said) for number in range(len(rows)) for said in _elsewhere(number, rows, sayings)]


def _elsewhere(number: int, rows: Sequence[Row], sayings: Collection[OtherStatement]) -> Iterator[str]:
    row = rows[number]
    for place, one in enumerate(rows[:number]):
        if one.object == row.object and _is_near(one.relation, row.relation):
            label = RELATIONS[one.relation].label
            yield f"Statement {place + 1} says nearly the same of that page: “{label}”"
    for how, said in alike(row.relation, row.object, sayings):
        yield f"The page “{said.title}” {how}: “{said.label}” ({said.impact}; {said.place})"
