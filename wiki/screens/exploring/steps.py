"""Steps of an answer: each link with both its ends, how sure it is, and what it rests on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from wiki.models import DataRow, Statement
from wiki.models.queries.evidence import statements_and_rows
from wiki.models.queries.graph import split
from wiki.screens.exploring.links import FROM_DATA, certainty_of, weight_of


@dataclass(frozen=True)
class StepEnd:
    """One end of a step: what it is called and where it is."""

    title: str
    address: str


@dataclass(frozen=True)
class GraphStep:
    """A link of an answer, read from its first node."""

    start: StepEnd
    label: str
    end: StepEnd
    weight: str
    certainty: str
    frequency: str
    note: str
    # What it rests on: words and an address, or "".
    works: tuple[tuple[str, str], ...]
    # Where the row stands, if it is from a data set.
    row: str = ""
    release: str = ""

    @property
    def sentence(self) -> str:
        """Return the step in words."""
        return f"{self.start.title} {self.label} {self.end.title}"


class Evidence:
    """The statements and rows that an answer rests on: one query, however many."""

    def __init__(self, links: Collection[str], rows: Iterable[DataRow] = ()) -> None:
        """Load them; `rows` are at hand already."""
        self._statements, self._rows = statements_and_rows(*split(links))
        self._rows.update((one.pk, one) for one in rows)

    @property
    def notices(self) -> list[DataRow]:
        """Return a row of each release that was used, for its notice."""
        return list({one.release_id: one for one in self._rows.values()}.values())

    def row(self, key: str) -> DataRow | None:
        """Return the row with a key, None if it was not asked for or is gone."""
        return self._rows.get(key)

    def knows(self, links: Iterable[str]) -> bool:
        """Return whether all of some links are there for readers."""
        return all(
            (int(one[1:]) in self._statements) if one[0] == "s" else one[1:] in self._rows for one in links
        )

    def forward(self, link: str) -> GraphStep:
        """Return a link as it is written."""
        if link.startswith("s"):
            return self.step(link, self._statements[int(link[1:])].subject_id)
        return self.step(link, self._rows[link[1:]].subject_id)

    def step(self, link: str, start: int) -> GraphStep:
        """Return a link as it reads from a node."""
        if link.startswith("s"):
            return _of_statement(self._statements[int(link[1:])], start)
        return _of_row(self._rows[link[1:]], start)

    def steps(self, links: Sequence[str], nodes: Sequence[int]) -> list[GraphStep]:
        """Return the steps of a path along some nodes."""
        return [self.step(link, start) for link, start in zip(links, nodes, strict=False)]


def _of_statement(one: Statement, start: int) -> GraphStep:
    ends = [
        StepEnd(getattr(one, f"{end}_title"), reverse("page", args=[getattr(one, f"{end}_slug")]))
        for end in ("subject", "object")
    ]
    is_forward = one.subject_id == start
    first, last = ends if is_forward else ends[::-1]
    works = tuple((work["text"], reverse("source", args=[work["pk"]])) for work in one.works)  # type: ignore[attr-defined]  # annotated
    return GraphStep(
        start=first,
        label=one.type.label if is_forward else one.type.inverse_label,
        end=last,
        weight=weight_of(one.grade, one.stance),
        certainty=certainty_of(one.grade, one.stance),
        frequency=one.frequency,
        note=one.note,
        works=works,
    )


def _of_row(one: DataRow, start: int) -> GraphStep:
    ends = [StepEnd(end.name, end.get_absolute_url()) for end in (one.subject, one.object)]
    is_forward = start == one.subject_id or start in one.subject_pages
    first, last = ends if is_forward else ends[::-1]
    return GraphStep(
        start=first,
        label=_label(one, is_forward=is_forward),
        end=last,
        weight=FROM_DATA,
        certainty="said not to be so" if one.denied else "from a data set, not graded",
        frequency=one.frequency,
        note="",
        works=tuple((work, "") for work in one.sources),
        row=one.get_absolute_url(),
        release=str(one.release),
    )


def _label(one: DataRow, *, is_forward: bool) -> str:
    words = one.type.label if is_forward else one.type.inverse_label
    return f"is said not to be so: {words}" if one.denied else words
