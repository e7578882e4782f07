"""The Human Phenotype Ontology as a data set: its findings, its diseases, and which show which how often."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from wiki.domain.data_sets import EntryKind
from wiki.domain.statement_values.shares import FrequencyClass, share_in
from wiki.importing.data_sets import obo, sssom
from wiki.importing.data_sets.records import (
    BadDataSet,
    EntryRecord,
    RowRecord,
    digests_of,
    file_in,
    key_of,
    lines_of,
)

# The rows from Orphanet all have the day of their last export, which is another one in each release.
_EXPORTED: Final = re.compile(r"^(ORPHA:orphadata)\[[0-9-]+\]$")
FINDINGS: Final = "HP:0000118"  # the root of the branch "Phenotypic abnormality"
COLUMNS: Final = (
    *("database_id", "disease_name", "qualifier", "hpo_id", "reference", "evidence"),
    *("onset", "frequency", "sex", "modifier", "aspect", "biocuration"),
)


class AnnotationLine(NamedTuple):
    """A line of `phenotype.hpoa`, by the names of its columns."""

    database_id: str
    disease_name: str
    qualifier: str
    hpo_id: str
    reference: str
    evidence: str
    onset: str
    frequency: str
    sex: str
    modifier: str
    aspect: str
    biocuration: str

    @property
    def grounds(self) -> tuple[str, ...]:
        """Return what tells the row from every other, in this release and the next."""
        return self.database_id, self.hpo_id, self.reference, self.evidence, self.entered_by

    @property
    def entered_by(self) -> str:
        """Return who entered it, and when, where that is not the day of an export."""
        return _EXPORTED.sub(r"\1", self.biocuration)

    @property
    def claim(self) -> tuple[str, ...]:
        """Return what the row says on these grounds."""
        return self.qualifier, self.frequency, self.onset, self.sex, self.modifier

    @property
    def references(self) -> tuple[str, ...]:
        """Return what it rests on."""
        return tuple(one.strip() for one in self.reference.split(";") if one.strip())


class HpoFiles:
    """The files of a release of the HPO, with Mondo's mappings if a folder of them is given."""

    data_set = "hpo"

    def __init__(self, folder: Path, mondo: Path | None = None) -> None:
        """Read the ontology; raise `BadDataSet` if something is missing."""
        self._annotations = file_in(folder, "phenotype.hpoa")
        ontology = file_in(folder, "hp.obo")
        header, self._terms = obo.read(lines_of(ontology))
        self.version = header.get("data-version", "").removeprefix("hp/releases/")
        if not self.version or FINDINGS not in self._terms:
            raise BadDataSet(
                f"{ontology.name} is not the Human Phenotype Ontology: it has no release or root."
            )
        self._findings = obo.beneath(FINDINGS, {one.id: one.parents for one in self._terms.values()})
        self._mapped = sssom.Mappings(mondo) if mondo else None
        self.digests = digests_of((ontology, self._annotations))
        self.digests |= digests_of(self._mapped.paths) if self._mapped else {}
        self.counts: dict[str, int] = {}
        self._diseases: dict[str, str] = {}
        self._first: dict[tuple[str, ...], tuple[str, ...]] = {}

    def entries(self) -> Iterator[EntryRecord]:
        """Yield the findings, then the diseases that a kept row names."""
        for code in sorted(self._findings):
            term = self._terms[code]
            yield EntryRecord(
                code,
                EntryKind.FINDING,
                term.name,
                term.definition,
                term.comment,
                tuple(term.synonyms),
                tuple(term.former),
                tuple(one for one in term.parents if one in self._findings),
                (("HPO", code),),
            )
        self._look_ahead()
        for code, name in sorted(self._diseases.items()):
            codes = self._mapped.codes_of(code) if self._mapped else ()
            yield EntryRecord(code, EntryKind.DISEASE, name, codes=(*sssom.own_code(code), *codes))

    def rows(self) -> Iterator[RowRecord]:
        """Yield the rows that pass the filters, and those that deny a finding."""
        counts: Counter[str] = Counter()
        seen: set[str] = set()
        for line in self._lines(counts):
            key = self._key(line)
            if key in seen:
                counts[REPEATED] += 1
                continue
            seen.add(key)
            yield self._row(line, key)
        self.counts = {words: counts[words] for words in ("read", *FILTERS, "kept", REPEATED)}

    def _lines(self, counts: Counter[str]) -> Iterator[AnnotationLine]:
        """Yield the lines that are kept, and those that only say NOT; count what each filter drops."""
        for line in self._read():
            counts["read"] += 1
            dropped = next((words for words, fits in FILTERS.items() if fits(line, self._findings)), "")
            counts[dropped or "kept"] += 1
            if not dropped or (dropped == NEGATED and line.qualifier == "NOT"):
                yield line

    def _read(self) -> Iterator[AnnotationLine]:
        lines = (line for line in lines_of(self._annotations) if line and not line.startswith("#"))
        if tuple(next(lines, "").split("\t")) != COLUMNS:
            raise BadDataSet(f"{self._annotations.name} does not have the columns {', '.join(COLUMNS)}.")
        for line in lines:
            cells = line.split("\t")
            if len(cells) != len(COLUMNS):
                raise BadDataSet(
                    f"{self._annotations.name} has a line with {len(cells)} columns: {line[:80]}"
                )
            yield AnnotationLine(*(cell.strip() for cell in cells))

    def _look_ahead(self) -> None:
        """Collect the diseases that rows name, and what the first of several rows on one ground says."""
        said: dict[tuple[str, ...], tuple[str, ...]] = {}
        for line in self._lines(Counter()):
            self._diseases.setdefault(line.database_id, line.disease_name)
            before = said.setdefault(line.grounds, line.claim)
            if before != line.claim:
                self._first[line.grounds] = min(self._first.get(line.grounds, before), line.claim)

    def _key(self, line: AnnotationLine) -> str:
        """Return the key: the grounds; of several rows on the same, all but the first add what they say.

        Their order is that of what they say, not that of the file.
        """
        if self._first.get(line.grounds, line.claim) == line.claim:
            return key_of(*line.grounds)
        return key_of(*line.grounds, *line.claim)

    def _row(self, line: AnnotationLine, key: str) -> RowRecord:
        frequency, shares = _frequency(line.frequency)
        said = {
            "onset": self._named(line.onset),
            "sex": line.sex.lower(),
            "modifier": ", ".join(self._named(one) for one in line.modifier.split(";") if one),
            "entered by": line.entered_by,
        }
        return RowRecord(
            key=key,
            subject=line.database_id,
            relation="has_manifestation",
            object=line.hpo_id,
            denied=line.qualifier == "NOT",
            frequency=frequency,
            shares=shares,
            sources=line.references,
            evidence=line.evidence,
            details={name: words for name, words in said.items() if words},
        )

    def _named(self, code: str) -> str:
        term = self._terms.get(code.strip())
        return term.name if term else code.strip()


@cache
def _frequency(told: str) -> tuple[str, tuple[Decimal, Decimal] | None]:
    """Return a frequency in words and its lowest and highest share; "" where none is told."""
    share = share_in(told)
    if share is None:
        return told, None
    return share.words, (round(share.low, 4), round(share.high, 4))


def _is_of_nobody(line: AnnotationLine, findings: set[str]) -> bool:
    share = _frequency(line.frequency)[1]
    return line.frequency == FrequencyClass.EXCLUDED.hp_id or (share is not None and share[1] == 0)


REPEATED: Final = "kept rows that repeat another in full, and stand once"
NEGATED: Final = "dropped: says NOT (kept apart, to find contradictions)"
# In this order: the first that fits drops a row.
FILTERS: Final[dict[str, Callable[[AnnotationLine, set[str]], bool]]] = {
    "dropped: evidence IEA": lambda line, _: line.evidence == "IEA",
    "dropped: rests on OMIM": lambda line, _: "OMIM:" in line.reference.upper(),
    "dropped: not a finding": lambda line, findings: line.hpo_id not in findings,
    NEGATED: lambda line, _: bool(line.qualifier),
    "dropped: seen in none of those examined": _is_of_nobody,
}
