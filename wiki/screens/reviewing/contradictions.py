"""The list of contradictions: each with both sides, their sources and how sure they are."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from wiki.models.queries.contradictions import Contradiction, ContradictionKind, contradictions
from wiki.models.queries.untold_rows import VERY_FREQUENT, EntryUnlikePage, entries_unlike_their_pages
from wiki.screens.exploring.steps import Evidence, GraphStep

MOST: int = 500
# The list of entries that may describe something else stands beside the kinds of contradiction.
ENTRIES: Final = "entries"
MOST_ENTRIES: Final = 100


@dataclass(frozen=True)
class ShownContradiction:
    """Two that contradict each other, as a moderator reads them."""

    kind: ContradictionKind
    sides: tuple[GraphStep, GraphStep]


class Contradictions:
    """All contradictions counted by kind, those of one kind in full, and the entries of data sets that may
    describe something else than their page: four queries.
    """

    share: Final = VERY_FREQUENT

    def __init__(self, kind: str = "") -> None:
        """Find them, and load those that are shown."""
        found = contradictions()
        self._counts = Counter(one.kind for one in found)
        wanted = [one for one in found if kind in ("", one.kind)][:MOST]
        self._evidence = Evidence({link for one in wanted for link in _links(one)})
        self.unlike: list[EntryUnlikePage] = entries_unlike_their_pages(MOST_ENTRIES)
        self.shows_entries = kind in ("", ENTRIES)
        self.rows = [self._shown(one) for one in wanted if self._evidence.knows(_links(one))]

    @property
    def counts(self) -> list[tuple[ContradictionKind, int]]:
        """Return how many there are of each kind."""
        return [(kind, self._counts[kind]) for kind in ContradictionKind]

    def _shown(self, one: Contradiction) -> ShownContradiction:
        first, second = _links(one)
        return ShownContradiction(one.kind, (self._evidence.forward(first), self._evidence.forward(second)))


def _links(one: Contradiction) -> tuple[str, str]:
    return f"s{one.statement}", f"s{one.other}" if one.other else f"r{one.row}"
