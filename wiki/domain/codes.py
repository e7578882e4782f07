"""The published lists of codes that pages can be tied to, as data."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class CodeSystem:
    """A published list of codes that pages can be tied to."""

    id: str
    label: str
    pattern: str
    example: str
    address: str = ""

    def accepts(self, code: str) -> bool:
        """Return whether `code` has the form of this system's codes."""
        return re.fullmatch(self.pattern, code, re.ASCII) is not None

    def address_of(self, code: str) -> str:
        """Return where `code` can be looked up, or "" when there is no public address."""
        return self.address.format(code) if self.address else ""


_ICD10CM = r"[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"

CODE_SYSTEMS: Final[dict[str, CodeSystem]] = {
    system.id: system
    for system in [
        CodeSystem(
            "HPO", "Human Phenotype Ontology", r"HP:\d{7}", "HP:0002135", "https://hpo.jax.org/browse/term/{}"
        ),
        CodeSystem("Mondo", "Mondo", r"MONDO:\d{7}", "MONDO:0001220", "https://monarchinitiative.org/{}"),
        CodeSystem("ICD-10-CM", "ICD-10-CM", _ICD10CM, "E20.9"),
        CodeSystem("ICD-10", "ICD-10", r"[A-Z]\d{2}(\.\d{1,2})?", "E20"),
        CodeSystem(
            "ICD-11 foundation",
            "ICD-11 foundation",
            r"\d{6,10}",
            "1708733050",
            "https://id.who.int/icd/entity/{}",
        ),
        CodeSystem("OMIM", "OMIM", r"\d{6}", "540000", "https://omim.org/entry/{}"),
        CodeSystem("OMIMPS", "OMIM series", r"\d{6}", "213600", "https://omim.org/phenotypicSeries/PS{}"),
        CodeSystem("Orphanet", "Orphanet", r"\d{1,6}", "1980", "https://www.orpha.net/en/disease/detail/{}"),
        CodeSystem(
            "DOID", "Disease Ontology", r"\d{1,7}", "11199", "https://disease-ontology.org/term/DOID:{}"
        ),
        CodeSystem(
            "MeSH", "MeSH", r"[CD]\d{6}(\d{3})?", "D007011", "https://meshb.nlm.nih.gov/record/ui?ui={}"
        ),
        CodeSystem("NCBI Gene", "NCBI Gene", r"\d{1,9}", "6575", "https://www.ncbi.nlm.nih.gov/gene/{}"),
        CodeSystem(
            "Uberon",
            "Uberon",
            r"UBERON:\d{7}",
            "UBERON:0010011",
            "https://www.ebi.ac.uk/ols4/search?q={}&ontology=uberon",
        ),
    ]
}
