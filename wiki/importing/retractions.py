"""Retraction Watch data as Crossref publishes it: read row by row and matched with the wiki's sources.

The file holds tens of thousands of rows of which few concern us: it is never read whole.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wiki.acts.upkeep import retractions
from wiki.models import NoticeNature, SourceId
from wiki.text import characters
from wiki.text.sources.identifiers import BadIdentifier, parse

# The columns that are read; the file has others, in any order.
COLUMNS: Final = (
    "Record ID",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
NATURES: Final = {
    "retraction": NoticeNature.RETRACTION,
    "expression of concern": NoticeNature.CONCERN,
    "correction": NoticeNature.CORRECTION,
    "reinstatement": NoticeNature.REINSTATED,
}
EVERY: Final = 5_000
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")


class BadTable(Exception):
    """The file is no such table; the message is a sentence."""


@dataclass(frozen=True)
class RetractionRow:
    """A journal's notice about one work."""

    line: int
    nature: NoticeNature
    on: dt.date
    keys: tuple[str, ...]  # identifiers of the work: "doi:…", "pmid:…"
    reference: str
    reason: str


@dataclass(frozen=True)
class Skipped:
    """A row that cannot be read, with the reason."""

    line: int
    why: str


@dataclass
class Summary:
    """The result of importing a file."""

    rows: int = 0
    skipped: int = 0
    matched: int = 0
    notices: int = 0
    tasks: int = 0
    sources: set[int] = field(default_factory=set)

    def __str__(self) -> str:
        """Return it in words."""
        return (
            f"Rows read: {self.rows:,}; skipped: {self.skipped:,}; "
            f"about sources of this wiki: {self.matched:,}. Sources concerned: {len(self.sources):,}; "
            f"new notices: {self.notices:,}; pages to re-review: {self.tasks:,}."
        )


def check(
    path: Path,
    *,
    progress: Callable[[int], None] = lambda rows: None,
    complain: Callable[[Skipped], None] = lambda row: None,
) -> Summary:
    """Store the notices about the wiki's sources, and open tasks for the pages that rest on these.

    Run again with the same file, or a newer one, it adds only what is new.
    """
    known = _known()
    summary = Summary()
    for row in read(path):
        summary.rows += 1
        if isinstance(row, Skipped):
            summary.skipped += 1
            complain(row)
        elif found := [known[key] for key in row.keys if key in known]:
            _keep(row, found, summary)
        if summary.rows % EVERY == 0:
            progress(summary.rows)
    return summary


def _keep(row: RetractionRow, named: list[tuple[int, str]], summary: Summary) -> None:
    """Store one row for each record that it names, with the keys by which it does."""
    summary.matched += 1
    keys: dict[int, list[str]] = {}
    for pk, key in named:
        keys.setdefault(pk, []).append(key)
    summary.sources |= {*keys}
    for pk in sorted(keys):
        told = retractions.keep_notice(
            pk,
            nature=row.nature,
            on=row.on,
            reason=characters.without_unseen(row.reason),
            reference=characters.without_unseen(row.reference),
            keys=keys[pk],
        )
        summary.notices += told.is_new
        summary.tasks += told.tasks


def _known() -> dict[str, tuple[int, str]]:
    """Return the record of each DOI and PMID among the wiki's sources, with its citation key there."""
    rows = SourceId.objects.filter(scheme__in=("doi", "pmid")).values_list("scheme", "value", "source")
    named = ((f"{scheme}:{value}", pk) for scheme, value, pk in rows.iterator())
    return {key.casefold(): (pk, key) for key, pk in named}


def read(path: Path) -> Iterator[RetractionRow | Skipped]:
    """Yield the rows of a file one by one; raise `BadTable` if it is no such table."""
    with path.open("rb") as file:
        table = csv.reader(_lines(file))
        try:
            header = [name.strip() for name in next(table, [])]
        except csv.Error as error:
            raise BadTable(f"{path.name} is no table: {error}.") from None
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise BadTable(f"{path.name} lacks columns of Retraction Watch data: {', '.join(missing)}.")
        while True:
            try:
                cells = next(table)
            except StopIteration:
                return
            except csv.Error as error:
                yield Skipped(table.line_num, str(error))
                continue
            if cells:
                yield _row(table.line_num, header, cells)


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines as text: UTF-8, or Windows-1252 where a line is not UTF-8."""
    for number, line in enumerate(file):
        try:
            text = line.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", errors="replace")
        yield text.replace("\0", "")


def _row(line: int, header: list[str], cells: list[str]) -> RetractionRow | Skipped:
    if len(cells) != len(header):
        return Skipped(line, f"it has {len(cells)} columns, not {len(header)}")
    told = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    nature = NATURES.get(told["RetractionNature"].casefold())
    if nature is None:
        return Skipped(line, f"“{told['RetractionNature'][:40]}” is no nature of a notice")
    on = _day(told["RetractionDate"])
    if on is None:
        return Skipped(line, f"“{told['RetractionDate'][:40]}” is no date")
    keys = _keys(told["OriginalPaperDOI"], told["OriginalPaperPubMedID"])
    notice = _keys(told["RetractionDOI"], told["RetractionPubMedID"])
    reference = notice[0].removeprefix("doi:") if notice else f"Retraction Watch {told['Record ID']}"
    return RetractionRow(line, nature, on, keys, reference, _reason(told["Reason"]))


def _keys(doi: str, pmid: str) -> tuple[str, ...]:
    """Return the identifiers of a work; “unavailable”, empty and 0 are none."""
    found = []
    for scheme, value in (("doi", doi), ("pmid", pmid)):
        try:
            one = parse(f"{scheme}:{value}")
        except BadIdentifier:
            continue
        if one.scheme == scheme:
            found.append(one.key.casefold())
    return tuple(found)


def _day(text: str) -> dt.date | None:
    """Return the date of "5/3/2026 0:00" (the month first), or of one in ISO form; None for no date."""
    if match := _DAY.fullmatch(text):
        month, day, year = map(int, match.groups())
    elif match := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _reason(text: str) -> str:
    """Return the reasons in one line: in the file each follows a plus sign and ends with a semicolon."""
    return "; ".join(part.strip().removeprefix("+").strip() for part in text.split(";") if part.strip(" +"))
