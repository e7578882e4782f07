"""Bibliographic records as people paste them: BibTeX, RIS, PubMed's format and CSL-JSON."""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import rispy  # type: ignore[import-untyped]
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse

LONGEST: Final = 50_000
MOST_WORKS: Final = 50
MOST_PEOPLE: Final = 500
LONGEST_FIELD: Final = 2_000
_WORDS: Final = [
    "title",
    "container-title",
    "container-title-short",
    "volume",
    "issue",
    "page",
    "number",
    "edition",
    "publisher",
    "publisher-place",
]
_NAME: Final = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
# The member of CSL-JSON that holds each kind of identifier, in the order in which a source is known by them.
MEMBERS: Final = {"doi": "DOI", "pmid": "PMID", "pmc": "PMCID", "isbn": "ISBN", "url": "URL"}
TYPES: Final = frozenset(
    [
        "article-journal",
        "article",
        "article-magazine",
        "article-newspaper",
        "book",
        "chapter",
        "dataset",
        "entry",
        "entry-encyclopedia",
        "paper-conference",
        "report",
        "thesis",
        "webpage",
    ]
)
UNREADABLE: Final = "This record cannot be read. Paste it whole, or type what the work says below."

# What is wrong with a pasted record is told to whom pasted it; the log does not keep their text.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


class BadRecord(ValueError):
    """A text that is no record; its message is a sentence for the person who pasted it."""


@dataclass(frozen=True)
class JournalNotice:
    """What a journal said of a work later: "retraction", "concern" or "correction", when and where."""

    nature: str
    on: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Record:
    """One work: what names it, what is known of it as CSL-JSON, and of which types it says to be."""

    ids: tuple[Identifier, ...]
    csl: dict[str, Any]
    types: tuple[str, ...] = ()
    told: tuple[JournalNotice, ...] = ()

    @property
    def title(self) -> str:
        """Return the title of the work."""
        return str(self.csl.get("title", ""))


def looks_like_one(text: str) -> bool:
    """Return whether a text is rather a record than an identifier."""
    return _reader(text) is not None


def read(text: str) -> list[Record]:
    """Return the works that a pasted text describes; raise `BadRecord` if it describes none."""
    if len(text) > LONGEST:
        raise BadRecord(f"This is too long; paste at most {LONGEST:,} characters.")
    reader = _reader(text)
    if reader is None:
        raise BadRecord(UNREADABLE)
    try:
        found = [record_of(one) for one in list(reader(text.strip("\ufeff \r\n\t")))[:MOST_WORKS]]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise BadRecord(UNREADABLE) from error
    if not (works := [one for one in found if one.title]):
        raise BadRecord(UNREADABLE)
    return works


def record_of(raw: Mapping[str, Any], told: Iterable[JournalNotice] = ()) -> Record:
    """Return a record of what is sound in `raw`, which is CSL-JSON from somebody else."""
    csl: dict[str, Any] = {name: word for name in _WORDS if (word := line(raw.get(name)))}
    kind = line(raw.get("type"))
    csl["type"] = kind if kind in TYPES else "article-journal"
    for role in ("author", "editor"):
        if people := _people(raw.get(role)):
            csl[role] = people
    for moment in ("issued", "accessed"):
        if date := _date(raw.get(moment)):
            csl[moment] = date
    ids = _ids(raw)
    csl |= {MEMBERS[one.scheme]: one.value for one in ids}
    return Record(tuple(ids), csl, tuple(map(str, raw.get("types") or ())), tuple(told))


def line(value: Any) -> str:
    """Return a value as one line without markup; of a list the first."""
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if not isinstance(value, str | int):
        return ""
    text = re.sub(r"</?[A-Za-z][^<>]{0,60}>", "", str(value)[:LONGEST_FIELD])
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _people(raw: Any) -> list[dict[str, str]]:
    people = raw[:MOST_PEOPLE] if isinstance(raw, list) else []
    named = [
        {part: word for part in _NAME if (word := line(one.get(part)))}
        for one in people
        if isinstance(one, dict)
    ]
    return [one for one in named if one.get("family") or one.get("literal")]


def _date(raw: Any) -> dict[str, Any] | None:
    """Return a date as CSL-JSON: year, month and day as numbers, as far as they are known."""
    if not isinstance(raw, dict):
        return None
    parts = raw.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else None
    if first is None:
        first = re.findall(r"\d+", line(raw.get("raw") or raw.get("literal")))
    numbers = []
    for part, most in zip(first, (9999, 12, 31), strict=False):
        if not re.fullmatch(r"\d{1,4}", str(part)) or not 1 <= int(part) <= most:
            break
        numbers.append(int(part))
    return {"date-parts": [numbers]} if numbers and numbers[0] >= 1000 else None


def _ids(raw: Mapping[str, Any]) -> list[Identifier]:
    """Return what names the work, one of each kind; the web address only if nothing better does."""
    found: dict[str, Identifier] = {}
    for scheme, member in MEMBERS.items():
        for part in re.split(r"[\s,;]+(?=97[89]|\d{9}[\dXx]\b|$)", line(raw.get(member))):
            one = _identifier(scheme, part)
            if one and (one.scheme != "url" or not found):
                found.setdefault(one.scheme, one)
    return [found[scheme] for scheme in MEMBERS if scheme in found]


def _identifier(scheme: str, text: str) -> Identifier | None:
    """Return the identifier that a field of this kind holds, whatever was put before it."""
    for attempt in (f"{scheme}:{text}", text):
        try:
            one = parse(attempt)
        except BadIdentifier:
            continue
        if one.scheme == scheme or (scheme == "url" and one.scheme in MEMBERS):
            return one if len(one.value) <= 500 else None
    return None


def _reader(text: str) -> Any:
    """Return what reads a text of this form."""
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith(("{", "[")):
        return _csl_json
    if re.search(r"^[^\S\n]*+@\w++\s*+[{(]", start, re.MULTILINE):
        return _bibtex
    if re.search(r"^TY {2}- ?\w", start, re.MULTILINE):
        return _ris
    if re.search(r"^PMID ?- ?\d", start, re.MULTILINE):
        return _pubmed
    return None


def _csl_json(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    if isinstance(found, dict):
        found = found.get("items", [found])
    return [one for one in found if isinstance(one, dict)]


_BIBTEX_TYPES: Final = {
    "book": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "webpage",
    "misc": "webpage",
    "dataset": "dataset",
}


def _bibtex(text: str) -> Iterable[dict[str, Any]]:
    """Go through the entries of a BibTeX file, LaTeX's accents as letters."""
    stack = [
        middlewares.NormalizeFieldKeys(),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
        middlewares.LatexDecodingMiddleware(),
    ]
    library = parse_string(text, append_middleware=stack)
    for entry in library.entries:
        yield _of_bibtex(entry.entry_type.lower(), {one.key: one.value for one in entry.fields})


def _of_bibtex(kind: str, of: dict[str, Any]) -> dict[str, Any]:
    note = line(of.get("note")) + " " + line(of.get("annote"))
    pmid = re.search(r"pmid:?\s*(\d{1,8})\b", note, re.IGNORECASE)
    date = line(of.get("date")) or " ".join(filter(None, (line(of.get("year")), _month(of.get("month")))))
    return {
        "type": _BIBTEX_TYPES.get(kind, "article-journal"),
        "title": _unbraced(of.get("title")),
        "container-title": _unbraced(of.get("journal") or of.get("journaltitle") or of.get("booktitle")),
        "container-title-short": _unbraced(of.get("shortjournal")),
        "volume": of.get("volume"),
        "issue": of.get("issue") or (of.get("number") if kind == "article" else None),
        "page": line(of.get("pages")).replace("–", "-").replace("--", "-"),
        "edition": of.get("edition"),
        "publisher": _unbraced(of.get("publisher") or of.get("institution") or of.get("school")),
        "publisher-place": _unbraced(of.get("address") or of.get("location")),
        "author": [_of_parts(one) for one in of.get("author", ())[:MOST_PEOPLE]],
        "editor": [_of_parts(one) for one in of.get("editor", ())[:MOST_PEOPLE]],
        "issued": {"raw": date},
        "accessed": {"raw": line(of.get("urldate"))},
        "DOI": of.get("doi"),
        "PMID": of.get("pmid") or (pmid and pmid[1]),
        "PMCID": of.get("pmcid") or of.get("pmc"),
        "ISBN": of.get("isbn"),
        "URL": of.get("url"),
    }


# A name without one of these is its own text; to decode one takes a while, and there may be hundreds.
_LATEX: Final = re.compile(r"[\\$~%&#`']|--")
_DECODER: Final = LatexNodes2Text(keep_comments=True)


def _of_parts(name: Any) -> dict[str, str]:
    """Return a name of BibTeX's four parts; one in braces, or a single word, is an organisation."""
    family, given = (_letters(" ".join(part)) for part in (name.last, name.first))
    if not given and not name.von:
        return {"literal": family}
    return {
        "family": family,
        "given": given,
        "non-dropping-particle": " ".join(name.von),
        "suffix": " ".join(name.jr),
    }


def _letters(latex: str) -> str:
    """Return LaTeX's accents as the letters they stand for, without its braces."""
    return _unbraced(_DECODER.latex_to_text(latex) if _LATEX.search(latex) else latex)


def _unbraced(value: Any) -> str:
    return line(value).replace("{", "").replace("}", "")


_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _month(value: Any) -> str:
    """Return the number of a month that may stand in letters, or ""."""
    word = line(value).lower()
    return str(_MONTHS.index(word[:3]) + 1) if word[:3] in _MONTHS else word


_RIS_TYPES: Final = {
    "BOOK": "book",
    "CHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "ELEC": "webpage",
    "RPRT": "report",
    "THES": "thesis",
    "WEB": "webpage",
}


def _ris(text: str) -> Iterable[dict[str, Any]]:
    """Go through the references of an RIS file; a last one that was not closed counts too."""
    whole = re.sub(r"^ER {2}-\s*$", "ER  - ", text, flags=re.MULTILINE)
    if not whole.endswith("ER  - "):
        whole += "\nER  - "
    return map(_of_ris, rispy.loads(whole))


def _of_ris(of: dict[str, Any]) -> dict[str, Any]:
    first, last = line(of.get("start_page")), line(of.get("end_page"))
    return {
        "type": _RIS_TYPES.get(of.get("type_of_reference", ""), "article-journal"),
        "title": of.get("title") or of.get("primary_title"),
        "container-title": of.get("secondary_title") or of.get("journal_name"),
        "container-title-short": of.get("alternate_title3") or of.get("alternate_title2"),
        "volume": of.get("volume"),
        "issue": of.get("number"),
        "page": f"{first}-{last}" if first and last and "-" not in first else first,
        "edition": of.get("edition"),
        "publisher": of.get("publisher"),
        "publisher-place": of.get("place_published"),
        "author": [_inverted(one) for one in of.get("authors") or of.get("first_authors") or ()],
        "editor": [_inverted(one) for one in of.get("editors", ())],
        "issued": {"raw": line(of.get("year") or of.get("publication_year") or of.get("date"))},
        "DOI": of.get("doi"),
        "PMID": of.get("accession_number") if _is_medline(of) else None,
        "PMCID": of.get("custom2"),
        "ISBN": of.get("issn") if of.get("type_of_reference") in ("BOOK", "CHAP") else None,
        "URL": of.get("urls"),
    }


def _is_medline(of: dict[str, Any]) -> bool:
    """Return whether the record says that its number is PubMed's."""
    return re.search(r"medline|pubmed", line(of.get("name_of_database")), re.IGNORECASE) is not None


def _inverted(name: Any) -> dict[str, str]:
    """Return a name that reads "Family, Given, Jr"; one without a comma is an organisation's."""
    family, *rest = (part.strip() for part in line(name).split(","))
    if not rest:
        return {"literal": family}
    return {"family": family, "given": rest[0], "suffix": " ".join(rest[1:])}


def _pubmed(text: str) -> Iterable[dict[str, Any]]:
    """Go through the articles of a file in PubMed's format: four letters, a hyphen, and what they say."""
    joined = re.sub(r"\r?\n {6}(?=\S)", " ", text)
    for article in re.split(r"\r?\n\s*\r?\n", joined):
        of: dict[str, list[str]] = {}
        for tag, words in re.findall(r"^([A-Z]{2,4}) *- (.*)$", article, re.MULTILINE):
            of.setdefault(tag, []).append(words.strip())
        if of:
            yield _of_pubmed(of)


def _of_pubmed(of: dict[str, list[str]]) -> dict[str, Any]:
    marked = [one for tag in ("AID", "LID") for one in of.get(tag, ()) if one.endswith("[doi]")]
    people = of.get("FAU") or of.get("AU") or []
    return {
        "type": "article-journal",
        "title": of.get("TI", [""])[0].removesuffix("."),
        "container-title": of.get("JT"),
        "container-title-short": of.get("TA"),
        "volume": of.get("VI"),
        "issue": of.get("IP"),
        "page": of.get("PG"),
        "author": [_inverted(one) for one in people] + [{"literal": one} for one in of.get("CN", ())],
        "issued": {"raw": _pubmed_date(line(of.get("DP")))},
        "DOI": marked[0].removesuffix("[doi]").strip() if marked else None,
        "PMID": of.get("PMID"),
        "PMCID": of.get("PMC"),
        "types": of.get("PT"),
    }


def _pubmed_date(words: str) -> str:
    """Return "2012 Feb 12" as "2012 2 12"; what is no number or month ends it."""
    year, month, day = [*words.split(), "", "", ""][:3]
    return " ".join(filter(None, (year, _month(month), day)))
