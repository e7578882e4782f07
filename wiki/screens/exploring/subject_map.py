"""The map of a subject: groups down, certainty across, each page in its cell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils.text import get_text_list

from wiki.domain.evidence import DOUBTED, Grade
from wiki.domain.kinds import KINDS
from wiki.domain.relations import LEADS_TO, RELATIONS, TREATMENT_RELATIONS
from wiki.models.queries.subject_map import MapRow, links_of_kind
from wiki.screens.exploring.links import weight_of

COLUMNS: Final = (
    (Grade.HIGH.value, "High"),
    (Grade.MODERATE.value, "Moderate"),
    (Grade.LOW.value, "Low"),
    (Grade.VERY_LOW.value, "Very low"),
    ("against", "Claimed, not supported"),
)
MOST_IN_A_CELL: Final = 12
MOST_ROWS: Final = 12
# What pages of a kind do to those in the rows, by the relations that say so.
WITH_CARE: Final = frozenset({"contraindicated_in", "interacts_with", "monitored_by"})
VERBS: Final = (
    (LEADS_TO, "lead to"),
    ({"diagnoses"}, "find"),
    (TREATMENT_RELATIONS - LEADS_TO - WITH_CARE, "treat"),
    (WITH_CARE, "call for care with"),
)
MAPPED: Final = frozenset().union(*(relations for relations, _ in VERBS))


@dataclass(frozen=True)
class MapCell:
    """The pages of one group with one certainty."""

    label: str
    pages: list[tuple[MapRow, str]] = field(default_factory=list)

    @property
    def shown(self) -> list[tuple[MapRow, str]]:
        """Return the first of them, each with how its line is drawn; "and 1 more" would take as much room."""
        return self.pages if len(self.pages) == MOST_IN_A_CELL + 1 else self.pages[:MOST_IN_A_CELL]

    @property
    def more(self) -> int:
        """Return how many there is no room for."""
        return len(self.pages) - len(self.shown)


@dataclass(frozen=True)
class MapGroup:
    """A row of the map; `slug` is the page that it is about, or ""."""

    label: str
    hint: str
    slug: str
    cells: list[MapCell]

    @property
    def count(self) -> int:
        """Return how many pages stand in it."""
        return sum(len(cell.pages) for cell in self.cells)


@dataclass(frozen=True)
class SubjectMap:
    """A map with its heading."""

    heading: str
    slug: str
    groups: list[MapGroup]
    more: int = 0

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Return the certainties across, as (grade, label)."""
        return COLUMNS

    @property
    def count(self) -> int:
        """Return how many links it shows."""
        return sum(one.count for one in self.groups)


def chief_map(rows: list[MapRow]) -> SubjectMap | None:
    """Return the map of the causes of the chief subject; None while no page causes anything."""
    if not rows:
        return None
    order = [_group_of(kind, has_gene) for kind in KINDS for has_gene in (True, False)]
    grouped = _grouped(rows, lambda row: (_group_of(row.kind, row.has_gene), ""))
    grouped.sort(key=lambda one: order.index(one.label))
    return SubjectMap(
        f"What can cause {rows[0].row[:1].lower()}{rows[0].row[1:]}?", rows[0].row_slug, grouped
    )


def _group_of(kind: str, has_gene: bool) -> str:
    """Return the group of a cause: its kind; conditions apart by whether a gene is known here."""
    plural = KINDS[kind].plural if kind in KINDS else kind
    return f"{plural} with a known gene" if has_gene else plural


def map_of_kind(kind: str) -> SubjectMap | None:
    """Return the map of the links of a kind: what its pages lead to, or what leads to them. Two queries."""
    is_subject = bool(rows := links_of_kind(kind, MAPPED, as_subject=True))
    rows = rows or links_of_kind(kind, MAPPED, as_subject=False)
    if not rows:
        return None

    def place(row: MapRow) -> tuple[str, str]:
        relation = RELATIONS[row.relation]
        # The row is the other page: it reads "Calcification is caused by: …".
        return row.row, relation.inverse_label

    grouped = sorted(_grouped(rows, place, with_slug=True), key=lambda one: (-one.count, one.label))
    relations = {row.relation for row in rows}
    verbs = [verb for mapped, verb in VERBS if relations & mapped] if is_subject else ["are linked from"]
    heading = f"What {KINDS[kind].plural.lower()} {get_text_list(verbs)}"
    return SubjectMap(heading, "", grouped[:MOST_ROWS], max(len(grouped) - MOST_ROWS, 0))


def _grouped(
    rows: Iterable[MapRow], place: Callable[[MapRow], tuple[str, str]], *, with_slug: bool = False
) -> list[MapGroup]:
    found: dict[tuple[str, str], MapGroup] = {}
    for row in rows:
        where = place(row)
        slug = row.row_slug if with_slug else ""
        group = found.setdefault(where, MapGroup(*where, slug, [MapCell(label) for _, label in COLUMNS]))
        group.cells[_column_of(row)].pages.append((row, weight_of(row.grade, row.stance)))
    return list(found.values())


def _column_of(row: MapRow) -> int:
    """Return the column of a statement: what the evidence is against stands apart, what is ungraded last."""
    if row.stance in DOUBTED:
        return len(COLUMNS) - 1
    return next((place for place, (grade, _) in enumerate(COLUMNS) if grade == row.grade), 3)
