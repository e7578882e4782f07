"""The Human Disease Ontology as a data set: its diseases, and the symptoms that it gives them.

This module is all that a second data set costs.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wiki.domain.data_sets import EntryKind
from wiki.importing.data_sets.records import (
    BadDataSet,
    EntryRecord,
    RowRecord,
    digests_of,
    file_in,
    key_of,
    lines_of,
)

TABLES: Final = {
    "HumanDO.tsv": ("id", "label", "subClassOf"),
    "do_definitions.tsv": ("id", "label", "definition"),
    "allXREFinDO.tsv": ("id", "label", "xref"),
    "disease-symptom.tsv": ("disease_id", "disease_label", "symptom_id", "symptom_label"),
}
# Prefixes of other lists that pages can be tied to. What is not here is not taken over: the licences of
# SNOMED CT and of the UMLS do not allow it.
SYSTEMS: Final = {"MIM": "OMIM", "ORDO": "Orphanet", "ICD10CM": "ICD-10-CM", "MESH": "MeSH"}


class DiseaseOntologyFiles:
    """The tables of a release of the Disease Ontology."""

    data_set = "do"

    def __init__(self, folder: Path, version: str = "") -> None:
        """Find the tables; raise `BadDataSet` if something is missing."""
        self._paths = {name: file_in(folder, name) for name in TABLES}
        self.digests = digests_of(self._paths.values())
        self.version = version or _version_in(folder)
        self.counts: dict[str, int] = {}
        self._known: set[str] = set()

    def entries(self) -> Iterator[EntryRecord]:
        """Yield the diseases, then the symptoms that a row names."""
        definitions = {code: words for code, _, words in self._table("do_definitions.tsv")}
        labels: dict[str, str] = {}
        above: dict[str, list[str]] = {}
        for code, label, parent in self._table("HumanDO.tsv"):
            labels.setdefault(code, label)
            above.setdefault(code, []).append(parent)
        by_label = {label: code for code, label in labels.items()}
        others = self._codes()
        for code, label in labels.items():
            parents = dict.fromkeys(by_label[one] for one in above[code] if one in by_label)
            codes = (("DOID", code.removeprefix("DOID:")), *others.get(code, ()))
            definition = definitions.get(code, "")
            yield EntryRecord(code, EntryKind.DISEASE, label, definition, parents=tuple(parents), codes=codes)
        symptoms = {code: label for _, _, code, label in self._table("disease-symptom.tsv")}
        for code, label in symptoms.items():
            yield EntryRecord(code, EntryKind.SYMPTOM, label)
        self._known = {*labels, *symptoms}

    def rows(self) -> Iterator[RowRecord]:
        """Yield which disease has which symptom, each once."""
        self.counts = {"read": 0, "dropped: names a disease that is not there": 0, "kept": 0}
        for disease, symptom in dict.fromkeys((row[0], row[2]) for row in self._table("disease-symptom.tsv")):
            self.counts["read"] += 1
            if disease not in self._known:
                self.counts["dropped: names a disease that is not there"] += 1
                continue
            self.counts["kept"] += 1
            yield RowRecord(key_of("do", disease, symptom), disease, "has_manifestation", symptom)

    def _table(self, name: str) -> Iterator[list[str]]:
        lines = lines_of(self._paths[name])
        if tuple(next(lines, "").replace('"', "").split("\t")) != TABLES[name]:
            raise BadDataSet(f"{name} does not have the columns {', '.join(TABLES[name])}.")
        for line in lines:
            cells = [cell.strip('"') for cell in line.split("\t")]
            if len(cells) != len(TABLES[name]):
                raise BadDataSet(f"{name} has a line with {len(cells)} columns: {line[:80]}")
            yield cells

    def _codes(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for code, _, reference in self._table("allXREFinDO.tsv"):
            prefix, _, bare = reference.partition(":")
            if prefix in SYSTEMS:
                found.setdefault(code, []).append((SYSTEMS[prefix], bare))
        return found


def _version_in(folder: Path) -> str:
    """Return the release that an OBO file beside the tables names in its first lines."""
    for path in sorted(folder.glob("*.obo*")):
        for line, _ in zip(lines_of(path), range(10), strict=False):
            if line.startswith("data-version: ") and (day := re.search(r"\d{4}-\d\d-\d\d", line)):
                return day[0]
    raise BadDataSet(f"No file in {folder} says which release it is; give it with --release.")
