"""A link from where one stands: what is at its other end, how it reads from here, and how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from wiki.domain.evidence import Grade, Stance
from wiki.domain.kinds import label_of
from wiki.domain.relations import LEADS_TO
from wiki.models import DataRow, Statement

# What rests on a data set alone has no grade.
FROM_DATA = "data"
_CERTAINTY = {
    Grade.HIGH: "high certainty",
    Grade.MODERATE: "moderate certainty",
    Grade.LOW: "low certainty",
    Grade.VERY_LOW: "very low certainty",
    Grade.UNGRADED: "not yet graded",
    Grade.NOT_APPLICABLE: "a matter of definition",
}
_DOUBTS = {
    Stance.DISPUTED: "evidence conflicts",
    Stance.UNSUPPORTED: "claimed, not supported",
    Stance.REFUTED: "evidence against",
}


class LinkSide(StrEnum):
    """Where a link is drawn."""

    LEFT = "left"
    RIGHT = "right"
    BELOW = "below"

    @property
    def heading(self) -> str:
        """Return what stands above the links of this side in the table."""
        return {"left": "What can lead to it", "right": "What it can lead to"}.get(self, "Other links")


@dataclass(frozen=True)
class NearLink:
    """A link as it reads from the page or entry in the middle."""

    side: LinkSide
    relation: str
    label: str
    name: str
    address: str
    kind: str
    # How its line is drawn: a grade, a stance that is against it, or "data".
    weight: str
    certainty: str
    frequency: str
    rank: int
    # Where the link itself can be looked up, for one from a data set.
    source: str = ""

    @property
    def sure(self) -> str:
        """Return how sure it is, in few words; beneath the drawing stands that a data set is not graded."""
        return "data" if self.weight == FROM_DATA else self.certainty.removesuffix(" certainty")


def weight_of(grade: str, stance: str) -> str:
    """Return how the line of a statement is drawn."""
    return stance if stance in _DOUBTS else grade


def certainty_of(grade: str, stance: str) -> str:
    """Return how sure a statement is, in words."""
    sure = _CERTAINTY[Grade(grade)]
    doubt = _DOUBTS.get(Stance(stance))
    return f"{doubt}, {sure}" if doubt else sure


def side_of(relation: str, *, is_forward: bool) -> LinkSide:
    """Return where a link is drawn, seen from one of its ends."""
    if relation not in LEADS_TO:
        return LinkSide.BELOW
    return LinkSide.RIGHT if is_forward else LinkSide.LEFT


def of_statements(statements: Iterable[Statement], page_id: int) -> list[NearLink]:
    """Return statements as links of a page, the surest first. Needs `Statement.objects.about`."""
    return [_of_statement(one, is_forward=one.subject_id == page_id) for one in statements]


def _of_statement(one: Statement, *, is_forward: bool) -> NearLink:
    end = "object" if is_forward else "subject"
    title, slug, kind = (getattr(one, f"{end}_{part}") for part in ("title", "slug", "kind"))
    return NearLink(
        side=side_of(one.relation, is_forward=is_forward),
        relation=one.relation,
        label=one.type.label if is_forward else one.type.inverse_label,
        name=title,
        address=reverse("page", args=[slug]),
        kind=label_of(kind).lower(),
        weight=weight_of(one.grade, one.stance),
        certainty=certainty_of(one.grade, one.stance),
        frequency=one.frequency,
        rank=one.rank + 1,
    )


def of_rows(rows: Iterable[DataRow], numbers: Iterable[int]) -> list[NearLink]:
    """Return rows of data sets as links of an entry, or of the entries that are one page."""
    own = set(numbers)
    return [_of_row(one, is_forward=one.subject_id in own) for one in rows]


def _of_row(one: DataRow, *, is_forward: bool) -> NearLink:
    other = one.object if is_forward else one.subject
    # Of the two ends the row's own release is loaded; they are of the same.
    other.release = one.release
    return NearLink(
        side=side_of(one.relation, is_forward=is_forward),
        relation=one.relation,
        label=one.type.label if is_forward else one.type.inverse_label,
        name=other.name,
        address=other.get_absolute_url(),
        kind=other.kind,
        weight=FROM_DATA,
        certainty="from a data set, not graded",
        frequency=one.frequency,
        rank=0,
        source=one.get_absolute_url(),
    )
