"""Notes of a record in prose: the work's own numbers, journals' notices on it, and the other words."""

import re
from dataclasses import dataclass
from typing import Final

from wiki.text.sources.formats.raw import JournalNotice, line, notice

# What refers to another work, as PubMed words it, and what that says of this one: "" for nothing.
_REFERENCES: Final = {
    r"(?:partial(?:ly)?\s+)?retract(?:ion|ed)(?:\s+and\s+republished)?\s+in": "retraction",
    # A program's own label, with where the notice stands: "Retracted: doi:10.1000/notice".
    r"retracted(?=\s*:\s*(?:see\s+)?(?:(?:doi:\s*|https?://\S*/)?10\.\d{4,9}/|pmid\b))": "retraction",
    r"expressions?\s+of\s+concern\s+in": "concern",
    r"(?:erratum|errata|corrections?|corrigend(?:um|a)|corrected\s+and\s+republished|republished)\s+in": (
        "correction"
    ),
    r"(?:comments?|summary\s+for\s+patients|original\s+report|updated?)\s+(?:in|on)": "",
    r"(?:erratum|corrections?|expressions?\s+of\s+concern)\s+(?:for|to|on)": "",
    r"(?:partial\s+)?retraction\s+(?:of|to)|updated?\s+of": "",
    r"(?:(?:corrected|retracted)\s+and\s+)?republished\s+from": "",
    r"(?:cites|cited\s+by|references?|see\s+also)(?=\s*:)": "",
}
_HEAD: Final = re.compile(
    "|".join(rf"(?:^|(?<=[\s\[(.;,]))({words})\b\s*:?" for words in _REFERENCES), re.IGNORECASE
)
# A note that says no more than this, or one of its parts: "Publication Type: Retracted Publication".
_RETRACTED: Final = re.compile(
    r"(?:^|[:;|\n])[^\w:;|\n]*(?:retracted|withdrawn)(?:\s+(?:article|publication|paper))?(?:\s*:\s*(?:yes|true|1))?"
    r"[^\w:;|\n]*(?:$|[;|\n])",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "PMID": re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE),
    "PMCID": re.compile(r"\b(PMC\d{1,9})\b", re.IGNORECASE),
    "DOI": re.compile(r"\bdoi:?\s*(10\.\d{4,9}/\S+)", re.IGNORECASE),
}
_LINES: Final = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6])\b[^<>]*>", re.IGNORECASE)
# Lines that a program writes into notes about itself or about the work's other fields.
_OF_PROGRAMS: Final = re.compile(
    r"\W*(?:publisher|publication type|pmid|pmcid|doi|issn|section|type|place|_eprint|citation key"
    r"|export date|cited by"
    r"|ads bibcode|library catalog|journal abbreviation|number-of-pages|arxiv|extra|tex\.[\w.]+)\s*:.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Note:
    """What a note says: numbers of the work itself, notices on it, and words that are neither."""

    numbers: dict[str, str]
    notices: tuple[JournalNotice, ...] = ()
    words: str = ""


def read_note(text: str) -> Note:
    """Return what a note says; the number behind "Erratum in" is that of the erratum."""
    # Some programs write notes as HTML.
    text = re.sub(r"</?(?:span|strong|em|b|i|u|a)\b[^<>]*>", "", re.sub(_LINES, "\n", text))
    own, notices = [], []
    for passage in text.splitlines():
        heads = list(_HEAD.finditer(passage))
        ends = [*(one.start() for one in heads), len(passage)]
        own.append(passage[: ends[0]])
        for head, end in zip(heads, ends[1:], strict=True):
            nature = list(_REFERENCES.values())[(head.lastindex or 1) - 1]
            if nature:
                notices.append(notice(nature, line(passage[head.end() : end]).strip(" .;,[]()")))
        if _RETRACTED.search(passage):
            notices.append(JournalNotice("retraction"))
    found = {name: pattern.search("\n".join(own)) for name, pattern in _NUMBERS.items()}
    return Note({name: match[1] for name, match in found.items() if match}, tuple(notices), _other_words(own))


def _other_words(passages: list[str]) -> str:
    """Return the words of a note that no field has."""
    kept = []
    for passage in passages:
        words = "" if _OF_PROGRAMS.match(passage) else passage.strip()
        for pattern in _NUMBERS.values():
            words = pattern.sub("", words)
        kept.append(words.strip(" .;,"))
    return line(" ".join(filter(None, kept)))
