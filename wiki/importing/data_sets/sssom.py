"""Mondo's mapping tables in the format SSSOM: which disease of one list is exactly which of another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wiki.domain.codes import CODE_SYSTEMS
from wiki.importing.data_sets.records import BadDataSet, lines_of

# The prefixes of codes in these files, and of diseases in the HPO's, as the lists that pages can be tied to.
SYSTEMS: Final = {
    "OMIM": "OMIM",
    "OMIMPS": "OMIMPS",
    "ORPHA": "Orphanet",
    "Orphanet": "Orphanet",
    "DOID": "DOID",
    "ICD10CM": "ICD-10-CM",
    "icd11.foundation": "ICD-11 foundation",
    "mesh": "MeSH",
    "MONDO": "Mondo",
}
NEEDED: Final = ("subject_id", "predicate_id", "object_id")


def own_code(curie: str) -> tuple[tuple[str, str], ...]:
    """Return a code such as `ORPHA:1980` as (system, code); nothing for a list that is not known here."""
    prefix, _, bare = curie.partition(":")
    system = CODE_SYSTEMS.get(SYSTEMS.get(prefix, ""))
    if system is None or not system.accepts(code := f"{system.shown}{bare}"):
        return ()
    return ((system.id, code),)


class Mappings:
    """The exact matches of Mondo in the files of a folder."""

    def __init__(self, folder: Path) -> None:
        """Read every table; raise `BadDataSet` if there is none."""
        self.paths = sorted(folder.glob("mondo_exactmatch_*.sssom.tsv*"))
        if not self.paths:
            raise BadDataSet(f"There is no mondo_exactmatch_….sssom.tsv in {folder}.")
        self._mondo: dict[tuple[str, str], list[str]] = {}
        self._others: dict[str, list[tuple[str, str]]] = {}
        for path in self.paths:
            for mondo, other in _matches(path):
                for code in own_code(other):
                    self._mondo.setdefault(code, []).append(mondo)
                    self._others.setdefault(mondo, []).append(code)

    def codes_of(self, curie: str) -> tuple[tuple[str, str], ...]:
        """Return the codes of exactly the same disease in Mondo and, through it, in the other lists.

        A disease that Mondo has not, or has more than once, has none.
        """
        own = own_code(curie)
        found = {one for code in own for one in self._mondo.get(code, ())}
        if len(found) != 1:
            return ()
        (mondo,) = found
        others = dict.fromkeys(one for one in self._others[mondo] if one not in own)
        return (*own_code(mondo), *others)


def _matches(path: Path) -> Iterator[tuple[str, str]]:
    lines = (line for line in lines_of(path) if line and not line.startswith("#"))
    columns = next(lines, "").split("\t")
    if not set(NEEDED) <= set(columns):
        raise BadDataSet(f"{path.name} does not have the columns {', '.join(NEEDED)}.")
    subject, predicate, object_ = (columns.index(name) for name in NEEDED)
    for line in lines:
        cells = line.split("\t")
        if cells[predicate] == "skos:exactMatch":
            yield cells[subject], cells[object_]
