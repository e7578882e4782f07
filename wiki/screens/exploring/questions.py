"""Questions to the graph as screens: how two are linked, what some share, what could cause some findings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wiki.domain.codes import codes_in
from wiki.models import DataRow, Entry
from wiki.models.queries.graph import (
    COUNTED,
    MOST_PATHS,
    DiseaseFit,
    GraphNode,
    Names,
    Nodes,
    causing,
    different,
    fitting,
    paths_between,
    shared_by,
)
from wiki.screens.exploring.steps import Evidence, GraphStep
from wiki.text.slugs import fold

MOST_ASKED: Final = 10
LONGEST_NAME: Final = 200


def names_in(fields: Iterable[str]) -> list[str]:
    """Return the names that were typed: one on each line of one field, or several fields."""
    return [line for one in fields for line in one.splitlines() if line.strip()]


@dataclass(frozen=True)
class ShownPath:
    """A way from one to the other, step by step; it is as sure as its weakest step."""

    steps: list[GraphStep]
    weakest: GraphStep

    @property
    def heading(self) -> str:
        """Return what it leads through."""
        if len(self.steps) == 1:
            return "Directly"
        return "Through " + ", then ".join(one.end.title for one in self.steps[:-1])


class Asked[Answer]:
    """What was asked for: names as typed, the page or entry that each leads to, and the answer. One query."""

    needs_two = "Add another page: a question needs at least two."

    def __init__(self, typed: Iterable[str], look_up: Callable[[Names, Names], tuple[Nodes, Answer]]) -> None:
        """Look the names up, each once; what is empty is passed over, and what is too long is cut."""
        names = dict.fromkeys(name for one in typed if (name := " ".join(one.split())[:LONGEST_NAME]))
        plain = [name.replace("\0", "") for name in names]
        # Those that are too many are told, so that an answer never looks like one about all.
        self.typed, self.left_out = plain[:MOST_ASKED], plain[MOST_ASKED:]
        self.found, self.answer = look_up(
            self.typed, [fold(next(iter(codes_in(one).values()), one)) for one in self.typed]
        )

    @property
    def nodes(self) -> list[GraphNode]:
        """Return those that lead somewhere, each once."""
        return different(self.found)

    @property
    def are_cut(self) -> bool:
        """Return whether even the one with the fewest links has more of them than are looked at."""
        return min((one.degree for one in self.nodes), default=0) >= COUNTED

    @property
    def is_of_one(self) -> bool:
        """Return whether one was named alone, or twice in the same words, so that nothing can be asked."""
        return len(self.typed) == 1 and len(self.nodes) == 1

    @property
    def told_of_same(self) -> list[str]:
        """Return a sentence for each name that leads where an earlier one does."""
        first: dict[int, int] = {}
        again = []
        for place, (name, one) in enumerate(zip(self.typed, self.found, strict=True)):
            if one and first.setdefault(one.number, place) != place:
                again.append(
                    f"“{name}” is another name for something you also asked for: {one.title}. "
                    "Choose something else for one of the two."
                )
        return again

    @property
    def unknown(self) -> list[str]:
        """Return the names that lead nowhere."""
        return [name for name, one in zip(self.typed, self.found, strict=True) if one is None]


class HowLinked:
    """How two are linked: two queries."""

    most = MOST_PATHS

    def __init__(self, typed: Iterable[str]) -> None:
        """Find and load the paths."""
        self.asked = Asked(typed, paths_between)
        self.paths: list[ShownPath] = []
        self.evidence: Evidence | None = None
        if len(self.asked.nodes) != 2:
            return
        paths = self.asked.answer
        self.evidence = Evidence({link for path in paths for link in path.links})
        for path in paths:
            if self.evidence.knows(path.links):
                steps = self.evidence.steps(path.links, path.nodes)
                self.paths.append(ShownPath(steps, steps[path.sure.index(path.weakest)]))


@dataclass(frozen=True)
class SharedNode:
    """What some have in common, with the link of each to it."""

    steps: list[GraphStep]

    @property
    def title(self) -> str:
        """Return what it is called."""
        return self.steps[0].end.title

    @property
    def address(self) -> str:
        """Return where it is."""
        return self.steps[0].end.address


class Shared:
    """What some pages or entries share: two queries."""

    def __init__(self, typed: Iterable[str]) -> None:
        """Find and load it."""
        self.asked = Asked(typed, shared_by)
        self.rows: list[SharedNode] = []
        self.evidence: Evidence | None = None
        if len(self.asked.nodes) < 2:
            return
        found = self.asked.answer
        self.evidence = Evidence({link for one in found for link in one.links})
        for one in found:
            if self.evidence.knows(one.links):
                starts = [node.number for node in self.asked.nodes]
                steps = [
                    self.evidence.step(link, start) for link, start in zip(one.links, starts, strict=True)
                ]
                self.rows.append(SharedNode(steps))


@dataclass(frozen=True)
class Match:
    """How a disease meets a finding that was asked for, and the row that tells it."""

    finding: str
    # What the disease shows, if that is a wider one.
    wider: str
    share: float
    row: DataRow | None

    @property
    def often(self) -> str:
        """Return in how many at most."""
        return f"{self.share * 100:.0f}%"


@dataclass(frozen=True)
class Candidate:
    """A disease of a data set that fits, and how each finding asked for is met."""

    entry: Entry
    score: float
    met: tuple[Match, ...]
    missed: tuple[str, ...]


class Causes:
    """What could cause some findings: four queries at most. For clinicians, and no diagnosis."""

    def __init__(self, typed: Iterable[str]) -> None:
        """Rank the diseases of the data sets, and load what the pages say."""
        self.asked = Asked(typed, causing)
        nodes = self.asked.nodes
        entries = {number: one for one in nodes for number in one.numbers if number < 0}
        fits = fitting(sorted(entries)) if entries else []
        wanted = {fit.disease for fit in fits} | {one[1] for fit in fits for one in fit.matched}
        self._named = Entry.objects.named(wanted) if wanted else {}
        rows = [row for fit in fits for row in self._rows_of(fit)]
        self.evidence = Evidence({link for found in self.asked.answer for _, link in found}, rows)
        self.candidates = [self._candidate(fit, entries, nodes) for fit in fits]
        self.curated = [
            [self.evidence.step(link, start) for start, link in found]
            for found in self.asked.answer
            if self.evidence.knows(link for _, link in found)
        ]

    def _rows_of(self, fit: DiseaseFit) -> list[DataRow]:
        """Return the rows that tell how a disease fits, with what is shown of them here."""
        disease = self._named[fit.disease]
        found = {key: sources for *_, key, sources in fit.matched if key}
        return [
            DataRow(key=key, sources=sources, subject=disease, release=disease.release)
            for key, sources in found.items()
        ]

    def _candidate(
        self, fit: DiseaseFit, entries: dict[int, GraphNode], nodes: Sequence[GraphNode]
    ) -> Candidate:
        best: dict[int, tuple[int, float, float, str]] = {}
        for asked, shown, share, worth, key, _ in fit.matched:
            node = entries[int(asked)]
            if node.number not in best or worth > best[node.number][2]:
                best[node.number] = (int(shown), share, worth, key)
        met = []
        for node in nodes:
            if node.number in best:
                shown, share, _, key = best[node.number]
                wider = "" if shown in node.numbers else self._named[shown].name
                met.append(Match(node.title, wider, share, self.evidence.row(key)))
        missed = tuple(one.title for one in nodes if one.number not in best)
        return Candidate(self._named[fit.disease], fit.score, tuple(met), missed)
