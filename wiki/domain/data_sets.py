"""Data sets that stand beside the pages: what each is, what its licence asks to be shown, what it tells."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class EntryKind(StrEnum):
    """What an entry of a data set is about."""

    FINDING = "finding"
    DISEASE = "disease"
    SYMPTOM = "symptom"

    @property
    def page_kind(self) -> str:
        """Return the kind that a page proposed from such an entry has."""
        return "condition" if self is EntryKind.DISEASE else self.value


@dataclass(frozen=True)
class DataSet:
    """A published data set. Its entries have addresses and a look of their own; they are never pages."""

    id: str
    label: str
    address: str
    licence: str
    licence_address: str
    # The sentence that the licence asks for; `{}` stands for the release.
    notice: str
    # How the data set is cited.
    citation: str
    # Other sources that its rows come from, by the prefix of the code of the entry: what to show of them.
    credits: tuple[tuple[str, str], ...] = ()

    def notice_of(self, version: str) -> str:
        """Return the sentence that the licence asks for, with the release."""
        return self.notice.format(version)

    def credit_of(self, code: str) -> str:
        """Return whom else an entry is owed to, or ""."""
        return next((words for prefix, words in self.credits if code.startswith(prefix)), "")


DATA_SETS: Final[dict[str, DataSet]] = {
    one.id: one
    for one in (
        DataSet(
            id="hpo",
            label="Human Phenotype Ontology",
            address="https://hpo.jax.org",
            licence="HPO licence",
            licence_address="https://hpo.jax.org/app/license",
            notice="This service uses the Human Phenotype Ontology (release {}). "
            "Find out more at https://hpo.jax.org.",
            citation="Nucleic Acids Research 2024, 52(D1):D1333",
            credits=(
                ("ORPHA:", "This part comes from Orphanet, INSERM, under CC BY 4.0."),
                ("MONDO:", "Ids of the Mondo Disease Ontology come under CC BY 4.0."),
            ),
        ),
        DataSet(
            id="do",
            label="Disease Ontology",
            address="https://disease-ontology.org",
            licence="CC0 1.0",
            licence_address="https://creativecommons.org/publicdomain/zero/1.0/",
            notice="From the Human Disease Ontology, release {}.",
            citation="https://disease-ontology.org",
        ),
    )
}

# How a row of a data set is cited among the sources of a statement: this, a colon and its key.
ROW_SCHEME: Final = "row"
