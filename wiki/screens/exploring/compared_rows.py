"""Rows of data sets, each beside what the page on the same subject says of the same two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wiki.domain.evidence import DOUBTED
from wiki.domain.relations import LEADS_TO
from wiki.models import DataRow, Statement
from wiki.screens.exploring.links import NearLink


@dataclass(frozen=True)
class ComparedRow:
    """A row of a data set, as it reads from its entry, and what the page on that says of the same two."""

    row: DataRow
    link: NearLink
    same: Statement | None
    # In words, where the two disagree.
    differs: str


def compared_rows(
    rows: Iterable[DataRow], links: Iterable[NearLink], statements: Mapping[int, Sequence[Statement]]
) -> list[ComparedRow]:
    """Return rows, each beside the statement on the same two; `links` are the rows as they read from here.

    `statements` are those of each page on the entry, by the number of the page. Rows need `with_pages`.
    """
    return [_compared(row, link, statements) for row, link in zip(rows, links, strict=True)]


def without_a_word(compared: Iterable[ComparedRow]) -> int:
    """Return of how many rows the page says nothing."""
    return sum(one.same is None for one in compared)


def _compared(row: DataRow, link: NearLink, statements: Mapping[int, Sequence[Statement]]) -> ComparedRow:
    """Find the statement on the same two that reads in the same direction."""
    for page, told in statements.items():
        is_forward = page in row.subject_pages
        others = row.object_pages if is_forward else row.subject_pages
        for one in told:
            ends = (one.subject_id, one.object_id) if is_forward else (one.object_id, one.subject_id)
            if ends[0] == page and ends[1] in others and one.relation in LEADS_TO:
                return ComparedRow(row, link, one, difference(one, row))
    return ComparedRow(row, link, None, "")


def difference(statement: Statement, row: DataRow) -> str:
    """Return in words where a statement and a row on the same two disagree, or ""."""
    if statement.stance in DOUBTED:
        return "The page says that the evidence does not support it."
    bounds = (statement.share_low, statement.share_high, row.share_low, row.share_high)
    if None in bounds:
        return ""
    low, high, told_low, told_high = bounds
    if low > told_high or told_low > high:  # type: ignore[operator]  # none is None
        return "The frequencies do not overlap."
    return ""
