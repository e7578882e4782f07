"""What a data set is mapped to: entries and rows. A second data set costs one module that yields these."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from wiki.domain.data_sets import EntryKind
from wiki.text import characters


class BadDataSet(Exception):
    """The files are not what they should be; the message is a sentence for whoever loads them."""


@dataclass(frozen=True)
class EntryRecord:
    """An entry as a data set has it. `parents` are the codes of the entries right above it."""

    code: str
    kind: EntryKind
    name: str
    definition: str = ""
    comment: str = ""
    synonyms: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    # Codes in the lists that pages can be tied to, as (system, code).
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowRecord:
    """A row as a data set has it, between the codes of two entries."""

    key: str
    subject: str
    relation: str
    object: str
    denied: bool = False
    frequency: str = ""
    shares: tuple[Decimal, Decimal] | None = None
    sources: tuple[str, ...] = ()
    evidence: str = ""
    details: dict[str, str] = field(default_factory=dict)


class DataSetFiles(Protocol):
    """The files of one release of a data set."""

    data_set: str
    version: str
    digests: dict[str, str]
    # What was read, dropped by each filter, and kept, in the order in which it is to be told.
    counts: dict[str, int]

    def entries(self) -> Iterator[EntryRecord]:
        """Yield every entry once."""

    def rows(self) -> Iterator[RowRecord]:
        """Yield every row that is kept, and those that deny something."""


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, compressed with gzip or not, one at a time.

    What nobody sees is taken out: readers find the names of entries, and compare them with what they type.
    """
    open_text = gzip.open if path.suffix == ".gz" else Path.open
    try:
        with open_text(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield characters.without_unseen(line.rstrip("\r\n"))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadDataSet(f"{path.name} cannot be read: {error}") from error


def file_in(folder: Path, name: str) -> Path:
    """Return a file of a folder, compressed or not; raise `BadDataSet` if it is not there."""
    found = next((one for one in (folder / f"{name}.gz", folder / name) if one.is_file()), None)
    if found is None:
        raise BadDataSet(f"There is no {name} in {folder}.")
    return found


def digests_of(paths: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of some files, by name."""
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in paths}


def key_of(*parts: str) -> str:
    """Return the stable key of a row that consists of these parts."""
    return hashlib.sha256("\t".join(parts).encode()).hexdigest()
