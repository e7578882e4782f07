"""The published lists of codes that pages can be tied to, as data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices


class CodeMatch(TextChoices):
    """How the term of a code is to the subject of the page, as SKOS maps one concept to another."""

    EXACT = "exact", "Exactly this subject"
    BROADER = "broader", "A wider subject"
    NARROWER = "narrower", "A narrower subject"

    @property
    def skos(self) -> str:
        """Return the property of SKOS that ties the page to the term."""
        return {"exact": "exactMatch", "broader": "broadMatch", "narrower": "narrowMatch"}[self.value]


@dataclass(frozen=True)
class CodeSystem:
    """A published list of codes that pages can be tied to."""

    id: str
    label: str
    pattern: str
    example: str
    address: str = ""
    # Prefixes that people write before the number, such as "ORPHA:", and the part that the usual form keeps.
    prefixes: tuple[str, ...] = ()
    shown: str = ""
    # What HL7's standards name the system by: the older ones an object identifier, FHIR an address.
    oid: str = ""
    fhir: str = ""
    # What others name it by: the Unified Medical Language System (UMLS), and ontologies their file.
    others: tuple[str, ...] = ()

    def accepts(self, code: str) -> bool:
        """Return whether `code` has the form of this system's codes."""
        return re.fullmatch(self.pattern, code, re.ASCII) is not None and self._check_digit_fits(code)

    def usual_form(self, text: str) -> str:
        """Return a code in its usual form, however it was written; what is no code of the system as it is.

        The address of the term, the prefix with any mark behind it and small letters are taken, and a code of
        ICD-10 without its point, which many programs leave out.
        """
        bare = text.strip().rstrip("/").rpartition("/")[2].rpartition("ui=")[2]
        bare = re.sub(r"\s+", "", bare).lstrip("#").upper()
        for prefix in self.prefixes:
            bare = re.sub(rf"^{prefix}[:_-]?(?=\w)", "", bare, flags=re.IGNORECASE)
        forms = [f"{self.shown}{bare}", *([f"{bare[:3]}.{bare[3:]}"] if self.id.startswith("ICD-10") else ())]
        return next(filter(self.accepts, forms), text.strip())

    def address_of(self, code: str) -> str:
        """Return the address where `code` can be looked up, or ""."""
        return self.address.format(code) if self.address else ""

    def _check_digit_fits(self, code: str) -> bool:
        return self.id != "SNOMED CT" or _verhoeff(code) == 0


# The tables of Verhoeff's check digit, which ends every identifier of SNOMED CT.
_TURNS: Final = (
    *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
    *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
)
_PLACES: Final = (
    *("0123456789", "1576283094", "5803796142", "8916043527"),
    *("9453126870", "4286573901", "2793806415", "7046913258"),
)


def _verhoeff(digits: str) -> int:
    """Return 0 if the check digit is right (J. Verhoeff, Error detecting decimal codes, 1969)."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_TURNS[check][int(_PLACES[place % 8][int(digit)])])
    return check


_OBO: Final = "http://purl.obolibrary.org/obo/"

# Chapter XXII, U00 to U85, holds codes for new diseases.
_ICD10CM = r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"
# A stem code, with its extensions after & or /.
_STEM = r"[1-9A-X][A-HJ-NP-Z]\d[0-9A-Z](\.[0-9A-Z]{1,2})?"
_ICD11 = rf"{_STEM}([&/](X[0-9A-Z]{{3,5}}|{_STEM}))*"

CODE_SYSTEMS: Final[dict[str, CodeSystem]] = {
    system.id: system
    for system in [
        CodeSystem(
            "HPO",
            "Human Phenotype Ontology",
            r"HP:\d{7}",
            "HP:0002135",
            "https://hpo.jax.org/browse/term/{}",
            ("HPO", "HP"),
            "HP:",
            oid="2.16.840.1.113883.6.339",
            fhir="http://human-phenotype-ontology.org",
            others=(f"{_OBO}hp.owl",),
        ),
        CodeSystem(
            "Mondo",
            "Mondo",
            r"MONDO:\d{7}",
            "MONDO:0001220",
            "https://monarchinitiative.org/{}",
            ("MONDO",),
            "MONDO:",
            oid="2.16.840.1.113883.3.9216",
            fhir=f"{_OBO}mondo.owl",
        ),
        CodeSystem(
            "ICD-10-CM",
            "ICD-10-CM",
            _ICD10CM,
            "E20.9",
            # Who says ICD-10 may mean this one.
            prefixes=("ICD[- ]?10-?CM", "ICD[- ]?10", "ICD"),
            oid="2.16.840.1.113883.6.90",
            fhir="http://hl7.org/fhir/sid/icd-10-cm",
        ),
        CodeSystem(
            "ICD-10",
            "ICD-10",
            r"[A-Z]\d{2}(\.\d{1,2})?",
            "E20",
            prefixes=("ICD[- ]?10", "ICD"),
            oid="2.16.840.1.113883.6.3",
            fhir="http://hl7.org/fhir/sid/icd-10",
        ),
        CodeSystem(
            "RxNorm",
            "RxNorm",
            r"\d{1,8}",
            "637188",
            prefixes=("RXNORM", "RXCUI"),
            oid="2.16.840.1.113883.6.88",
            fhir="http://www.nlm.nih.gov/research/umls/rxnorm",
        ),
        CodeSystem(
            "ICD-11",
            "ICD-11",
            _ICD11,
            "5A50.1",
            prefixes=("ICD[- ]?11", "ICD"),
            oid="2.16.840.1.113883.6.347",
            fhir="http://id.who.int/icd/release/11/mms",
        ),
        CodeSystem(
            "ICD-11 foundation",
            "ICD-11 foundation",
            r"\d{6,10}",
            "1708733050",
            "https://id.who.int/icd/entity/{}",
            ("ICD[- ]?11",),
        ),
        CodeSystem(
            "OMIM",
            "OMIM",
            r"\d{6}",
            "540000",
            "https://omim.org/entry/{}",
            ("OMIM", "MIM", "[*+%^]"),
            oid="2.16.840.1.113883.6.174",
        ),
        CodeSystem(
            "OMIMPS",
            "OMIM series",
            r"\d{6}",
            "213600",
            "https://omim.org/phenotypicSeries/PS{}",
            ("OMIM", "MIM", "PS"),
            oid="2.16.840.1.113883.6.174",
        ),
        CodeSystem(
            "Orphanet",
            "Orphanet",
            r"\d{1,6}",
            "1980",
            "https://www.orpha.net/en/disease/detail/{}",
            ("ORPHANET", "ORPHA", "ORDO"),
            oid="2.16.840.1.113883.2.4.3.46.10.4.1",
            fhir="http://www.orpha.net",
        ),
        CodeSystem(
            "DOID",
            "Disease Ontology",
            r"\d{1,7}",
            "11199",
            "https://disease-ontology.org/term/DOID:{}",
            ("DOID",),
            others=(f"{_OBO}doid.owl",),
        ),
        CodeSystem(
            "MeSH",
            "MeSH",
            r"[CD]\d{6}(\d{3})?",
            "D007011",
            "https://meshb.nlm.nih.gov/record/ui?ui={}",
            ("MESH",),
            oid="2.16.840.1.113883.6.177",
            others=("MSH",),
        ),
        CodeSystem(
            "NCBI Gene",
            "NCBI Gene",
            r"\d{1,9}",
            "6575",
            "https://www.ncbi.nlm.nih.gov/gene/{}",
            ("NCBIGENE", "NCBI GENE", "ENTREZ", "GENEID"),
        ),
        CodeSystem(
            "HGNC",
            "HGNC",
            r"HGNC:\d{1,6}",
            "HGNC:10947",
            "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/{}",
            ("HGNC",),
            "HGNC:",
            oid="2.16.840.1.113883.6.281",
            fhir="http://www.genenames.org",
        ),
        CodeSystem(
            "LOINC",
            "LOINC",
            r"\d{1,7}-\d",
            "2000-8",
            "https://loinc.org/{}",
            ("LOINC",),
            oid="2.16.840.1.113883.6.1",
            fhir="http://loinc.org",
            others=("LNC", "LN"),
        ),
        CodeSystem(
            "ATC",
            "ATC",
            r"[A-DGHJLMNPRSV]\d{2}([A-Z]([A-Z](\d{2})?)?)?",
            "M05BA04",
            "https://atcddd.fhi.no/atc_ddd_index/?code={}",
            ("ATC",),
            oid="2.16.840.1.113883.6.73",
            fhir="http://www.whocc.no/atc",
        ),
        CodeSystem(
            "SNOMED CT",
            "SNOMED CT",
            r"[1-9]\d{5,17}",
            "36976004",
            "http://snomed.info/id/{}",
            ("SNOMEDCT", "SNOMED", "SCTID", "SCT"),
            oid="2.16.840.1.113883.6.96",
            fhir="http://snomed.info/sct",
            others=("SNOMEDCT_US",),
        ),
        CodeSystem(
            "Uberon",
            "Uberon",
            r"UBERON:\d{7}",
            "UBERON:0010011",
            "https://www.ebi.ac.uk/ols4/search?q={}&ontology=uberon",
            ("UBERON",),
            "UBERON:",
            others=(f"{_OBO}uberon.owl",),
        ),
    ]
}


def systems_named(name: str) -> list[CodeSystem]:
    """Return the systems that an OID, FHIR's address or a name means: "urn:oid:…", "ICD10CM", "SNOMED-CT"."""
    bare = _address(name).removeprefix("URN:OID:")
    plain = re.sub(r"[^A-Z0-9]", "", bare)
    return [one for one in CODE_SYSTEMS.values() if plain and _is_called(one, bare, plain)]


def _is_called(system: CodeSystem, bare: str, plain: str) -> bool:
    names = (re.escape(re.sub(r"[^A-Z0-9]", "", system.id.upper())), *system.prefixes)
    is_named = bare in {system.oid, *map(_address, (system.fhir, *system.others))}
    return is_named or any(re.fullmatch(one, plain, re.IGNORECASE) for one in names)


def _address(name: str) -> str:
    """Return a name or an address in the one form in which it is compared."""
    return re.sub(r"^HTTPS:", "HTTP:", name.strip().rstrip("/").upper())


def with_its_system(code: str) -> tuple[str, str]:
    """Return the name of the system that a code says it is of, "" where it says none, and the code.

    It says so before a stroke, as FHIR has it, before a colon ("ORPHA:1980"), by the address of the term, or
    as people write it: "ICD-10 E20.9".
    """
    system, stroke, rest = code.rpartition("|")
    if stroke and systems_named(system):
        return system, rest
    for one in CODE_SYSTEMS.values():
        before, _, after = one.address.partition("{}")
        if before and len(code) > len(before) and _address(code).startswith(_address(before)):
            return one.id, code[len(before) :].removesuffix(after)
    last = code.rpartition("/")[2]
    found = re.match(r"([A-Za-z][A-Za-z0-9 -]*)[:_]\s*(?=\w)", last)
    if found and systems_named(found[1]):
        return found[1], last
    return next(((name, rest) for name, rest in _written_apart(code) if _accepting(name, rest)), ("", code))


def _written_apart(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may be the name of a system and a code of it: "ICD-10 code E20.9", "E20.9 (ICD-10)",
    "MIM#213600", "ORPHA1980".
    """
    plain = re.sub(r"[()\[\]]", " ", re.sub(r"\bcode\b", " ", text, flags=re.IGNORECASE)).strip()
    for before, after in (plain.rpartition(" ")[::2], plain.partition(" ")[::-2]):
        yield before.strip(" :#"), after
    for one in CODE_SYSTEMS.values():
        for prefix in one.prefixes:
            if found := re.match(rf"{prefix}[\s:_#-]*(?=\w)", plain, re.IGNORECASE):
                yield found[0] if found[0].strip("*+%^ ") else one.id, plain[found.end() :]


def _accepting(name: str, code: str) -> dict[str, str]:
    """Return the code in its usual form by the id of each system of this name that has such codes."""
    forms = ((one, one.usual_form(code)) for one in systems_named(name))
    return {one.id: usual for one, usual in forms if one.accepts(usual)}


def codes_in(text: str) -> dict[str, str]:
    """Return the code in its usual form, by the id of each system that may be meant, in a text that is a code
    with its system, as people and programs write them; nothing for any other text.
    """
    return _accepting(*with_its_system(" ".join(text.split())))


def match_in_words(match: str) -> str:
    """Return what readers see behind a code that is not of this very subject, "" behind one that is."""
    if match == CodeMatch.EXACT:
        return ""
    return f" ({CodeMatch(match).label.lower()})" if match in CodeMatch.values else f" ({match})"
