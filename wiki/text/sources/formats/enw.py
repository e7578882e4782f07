"""EndNote's tagged format (.enw), as search engines and publishers offer it: read as RIS says the same."""

import re
from collections.abc import Iterator
from typing import Final

from wiki.text.sources.formats import ris
from wiki.text.sources.formats.raw import Failed, RawWork

BEGINNING: Final = re.compile(r"^[^\S\n]*+%0[^\S\n]+\w", re.MULTILINE)
_FIELD: Final = re.compile(r"\s*%(\S)(?:\s+(.*))?$")
_TYPES: Final = {
    "journal article": "JOUR",
    "electronic article": "EJOUR",
    "book": "BOOK",
    "electronic book": "EBOOK",
    "edited book": "EDBOOK",
    "book section": "CHAP",
    "electronic book section": "ECHAP",
    "conference paper": "CPAPER",
    "conference proceedings": "CONF",
    "dataset": "DATA",
    "encyclopedia": "ENCYC",
    "government document": "GOVDOC",
    "magazine article": "MGZN",
    "newspaper article": "NEWS",
    "report": "RPRT",
    "standard": "STAND",
    "thesis": "THES",
    "unpublished work": "UNPB",
    "web page": "ELEC",
    "generic": "GEN",
}
# What each sign is in RIS. One that stands in neither is told by its own name.
_TAGS: Final = {
    **{"A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "ED", "F": "ID", "G": "LA", "I": "PB", "J": "T2"},
    **{"K": "KW", "L": "CN", "M": "AN", "N": "IS", "P": "SP", "R": "DO", "T": "TI", "U": "UR", "V": "VL"},
    **{"X": "AB", "Z": "N1", "7": "ET", "8": "DA", "9": "M3", "@": "SN", "!": "ST", "+": "AD", "&": "SE"},
    **{"1": "C1", "2": "C2", "3": "C3", "4": "C4", "~": "DB", "W": "DP", "[": "Y2", ">": "L1"},
}


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the references of a file; each line stands where it stood, so that a failure names it."""
    return ris.read("\n".join(_of_ris(text)))


def _of_ris(text: str) -> Iterator[str]:
    for words in text.splitlines():
        match = _FIELD.match(words)
        if match is None:
            yield words
        elif match[1] == "0":
            kind = (match[2] or "").strip()
            yield f"TY  - {_TYPES.get(kind.casefold(), kind)}"
        else:
            tag = _TAGS.get(match[1])
            yield f"{tag}  - {match[2] or ''}" if tag else f"ZZ  - %{match[1]} {match[2] or ''}"
