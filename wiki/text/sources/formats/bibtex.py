"""BibTeX and BibLaTeX, as Zotero, publishers and people write it."""

import logging
import re
from collections.abc import Iterator
from typing import Any, Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import Entry, Field, ParsingFailedBlock

from wiki.text.sources import typed_authors
from wiki.text.sources.formats.latex import letters, verbatim
from wiki.text.sources.formats.notes import Note, read_note
from wiki.text.sources.formats.raw import (
    IS_SUFFIX,
    MOST_PEOPLE,
    Failed,
    RawWork,
    Unread,
    keyword_notices,
    leaves,
    line,
    month,
    titled,
    without_more,
)

# The parser's messages quote pasted text, so they are not logged.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_TYPES: Final = {
    "article": "article-journal",
    "periodical": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "book",
    "manual": "report",
    "booklet": "report",
    "inbook": "chapter",
    "incollection": "chapter",
    "inreference": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "misc": "webpage",
    "dataset": "dataset",
    "unpublished": "article",
}
# Fields that are no prose: -- is not a dash and ~ is not a space in them.
_VERBATIM: Final = frozenset(
    ["doi", "url", "isbn", "issn", "pmid", "pmcid", "pmc", "eprint", "urldate", "date"]
)
_READ: Final = frozenset(
    """
    title subtitle journal journaltitle shortjournal booktitle volume number issue pages eid edition
    publisher institution school organization address location author editor year month day date urldate
    doi pmid pmcid pmc isbn url note annote howpublished type eprint eprinttype archiveprefix
    elocation-id articleno article-number crossref chapter pubstate keywords keyword
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_NEEDLESS: Final = frozenset(
    """
    abstract file issn language langid shorttitle copyright timestamp biburl
    bibsource mendeley-groups mendeley-tags groups owner
    primaryclass abbr numpages rights internal-note priority read
    isodate ids annotation annotate
    eissn unique-id times-cited usage-count-last-180-days usage-count-since-2013 doc-delivery-number da
    journal-iso research-areas web-of-science-categories number-of-cited-references affiliation affiliations
    author-email orcid-numbers researcherid-numbers publication_stage source coden correspondence_address1
    """.split()  # noqa: SIM905  # shorter to read than a list
)


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the entries of a BibTeX file, including those with a repeated field or key."""
    library = parse_string(_WITHOUT_KEY.sub(r"\g<0>nameless,", text))
    names = {one.key.lower(): str(one.value) for one in library.strings}
    for one in library.blocks:
        for field in one.fields if isinstance(one, Entry) else ():
            field.value = _joined(str(field.value), names)
    by_key = {one.key.lower(): one for one in library.blocks if isinstance(one, Entry)}
    for block in library.blocks:
        if isinstance(block, Entry) and (open_field := next(filter(_holds_another, block.fields), None)):
            line_number = (block.start_line or 0) + 1
            yield Failed(line_number, f"A comma is missing behind the field “{open_field.key}”.")
        elif isinstance(block, Entry):
            yield _work(block, by_key)
        elif isinstance(block, ParsingFailedBlock):
            entry = _entry_of(block)
            yield (
                _work(entry, by_key)
                if entry
                else Failed((block.start_line or 0) + 1, "This entry is not closed or not well formed.")
            )


# An entry whose first word is a field.
_WITHOUT_KEY: Final = re.compile(
    r"^[ \t]*@(?!string\b)\w+\s*[{(]\s*(?=[A-Za-z]+\s*=)", re.IGNORECASE | re.MULTILINE
)


def _holds_another(field: Field) -> bool:
    """Return whether a field has taken in the one behind it."""
    return re.search(rf"""[}}"]\s+(?:{"|".join(_READ)})\s*=\s*["{{\d]""", str(field.value), re.I) is not None


def _entry_of(block: ParsingFailedBlock) -> Entry | None:
    """Return an entry that the strict parser refuses, without the braces around its fields."""
    entry = block.ignore_error_block
    if not isinstance(entry, Entry):
        return None
    for one in entry.fields:
        value = str(one.value).strip()
        if value[:1] + value[-1:] in ("{}", '""'):
            one.value = value[1:-1]
    return entry


def _work(entry: Entry, by_key: dict[str, Entry]) -> RawWork:
    of = _values(entry)
    # A chapter says of the book only what it is called in the file: the rest stands in the book's own entry.
    reference = of.get("crossref", "").strip()
    if whole := by_key.get(reference.lower()) if reference else None:
        book = _values(whole)
        of = (
            {"booktitle": titled(book.get("title", ""), book.get("subtitle", ""))}
            | {name: book[name] for name in _OF_THE_BOOK & book.keys()}
            | of
        )
    unread = Unread(_NEEDLESS)
    for name in of.keys() - _READ:
        unread.note(name, letters(of[name]))
    for name in ("title", "subtitle", *(_PROSE & of.keys())):
        for command in _COMMAND.findall(letters(of.get(name, ""))):
            unread.note(name, f"{command} was not understood")
    note = read_note("\n".join(verbatim(of.get(name, "")) for name in ("note", "annote")))
    unread.note("note", letters(of.get("note", "")) if note.words else "")
    if reference and not whole:
        unread.note("crossref", f"{reference} does not stand in what you pasted")
    told = keyword_notices([letters(of.get(one, "")) for one in ("keywords", "keyword")])
    fields = _fields(entry.entry_type.lower(), of, note)
    # Words of notes are among the unknown fields, beside the program's own lines.
    needless = _NEEDLESS | {"note", "annote", "keywords", "keyword"}
    return RawWork(fields, note.notices + told, tuple(unread.unknown), _record(of), _whole(entry), needless)


def _whole(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return every field with its words, also one that stands twice."""
    named = ((one.key.lower(), str(one.value)) for one in entry.fields)
    exact = {"howpublished"} | _VERBATIM
    plain = (
        (name, verbatim(words.replace("\\url", " ")) if name in exact else letters(words))
        for name, words in named
    )
    return tuple(value for name, words in plain for value in leaves(words, name))


def _record(of: dict[str, str]) -> dict[str, str]:
    """Return the known fields of which only a part may be taken over."""
    said = {name: letters(of[name]) for name in _PROSE & of.keys()}
    # What an address comes with is none of its words.
    words = _OF_ADDRESS.sub("", of.get("howpublished", ""))
    kind = _kind_of_eprint(of)
    is_copy = kind in _COPIES and not _has_preprint(of)
    eprint = f"{kind} {of['eprint']}" if "eprint" in of and not is_copy else ""
    return said | {"howpublished": letters(words), "eprint": eprint}


_PROSE: Final = frozenset(
    """
    journal journaltitle booktitle shortjournal volume number issue eid articleno article-number elocation-id
    publisher institution school organization address location type chapter pubstate
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_COMMAND: Final = re.compile(r"\\[A-Za-z]+")
_OF_ADDRESS: Final = re.compile(r"\\url\b|https?://[^\s}]+|\bavailable\s+(?:at|from|online)\b", re.IGNORECASE)
_COPIES: Final = frozenset({"arxiv", "pubmed", "pmid", "pmc", "pmcid"})


def _kind_of_eprint(of: dict[str, str]) -> str:
    return line(_first(of, "eprinttype", "archiveprefix")).lower()


# What a chapter has of its book.
_OF_THE_BOOK: Final = frozenset(
    """
    editor publisher address location year month date isbn edition booktitle volume number series organization
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# One of the parts that BibTeX puts together, as in: title = {One } # "and " # two.
_PART: Final = re.compile(r"""\{[^{}]*\}|"[^"]*"|[\w-]+""")


def _joined(value: str, names: dict[str, str]) -> str:
    """Return a value whose parts stand between signs # as one; the parser has cut its first and last mark."""
    parts = [one.strip() for one in value.split("#")]
    for opening, closing in ('""', "{}"):
        if parts[0].endswith(closing) and not parts[0].startswith(opening):
            parts[0] = opening + parts[0]
        if parts[-1].startswith(opening) and not parts[-1].endswith(closing):
            parts[-1] += closing
    is_joined = len(parts) > 1 and all(map(_PART.fullmatch, parts))
    if not is_joined or not any(one[0] in '{"' or one.lower() in names for one in parts):
        return value
    return "".join(one[1:-1] if one[0] in '{"' else names.get(one.lower(), one) for one in parts)


def _values(entry: Entry) -> dict[str, str]:
    of: dict[str, str] = {}
    for one in entry.fields:
        of.setdefault(one.key.lower(), str(one.value))
    return of


def _fields(kind: str, of: dict[str, str], note: Note) -> dict[str, Any]:
    prose = {
        name: letters(value) for name, value in of.items() if name not in _VERBATIM | {"author", "editor"}
    }
    exact = {name: verbatim(value) for name, value in of.items() if name in _VERBATIM}
    get = prose.get
    date = exact.get("date") or " ".join(filter(None, (get("year"), month(get("month")), get("day"))))
    address = re.search(r"https?://\S+", verbatim(of.get("howpublished", "")))
    is_preprint = kind in ("misc", "online", "unpublished") and _kind_of_eprint(of) == "arxiv"
    return {
        "type": "article" if is_preprint else _TYPES.get(kind, kind),
        "title": titled(get("title", ""), get("subtitle", "")),
        "container-title": get("journal")
        or get("journaltitle")
        or get("booktitle")
        or ("arXiv" if is_preprint else None),
        "container-title-short": get("shortjournal"),
        "volume": get("volume"),
        "issue": get("issue") or (get("number") if kind == "article" else None),
        "page": get("pages", "").replace("–", "-").replace("--", "-"),
        "number": _first(prose, "eid", "articleno", "article-number", "elocation-id")
        or (get("number") if kind in ("techreport", "report") else None),
        "edition": get("edition"),
        "publisher": get("publisher") or get("institution") or get("school") or get("organization"),
        "publisher-place": get("address") or get("location"),
        "author": _people(of.get("author", "")),
        "editor": _people(of.get("editor", "")),
        "issued": {"raw": date},
        "accessed": {"raw": exact.get("urldate", "")},
        **_numbers(exact, note.numbers, "" if _has_preprint(of) else _kind_of_eprint(of)),
        "ISBN": exact.get("isbn"),
        "URL": exact.get("url") or (address and address[0]),
    }


def _first(of: dict[str, str], *names: str) -> str:
    return next((of[name] for name in names if of.get(name)), "")


def _has_preprint(of: dict[str, str]) -> bool:
    """Return whether an entry names the preprint of what a journal published: that is another work."""
    place = line(_first(of, "journal", "journaltitle"))
    is_published = bool(place) and "arxiv" not in place.lower()
    return is_published and _kind_of_eprint(of) == "arxiv"


def _numbers(exact: dict[str, str], noted: dict[str, str], kind_of_eprint: str) -> dict[str, str]:
    """Return the numbers of a work: of their own fields, of an electronic copy, and of its notes."""
    number = exact.get("eprint", "")
    copies = {"arxiv": {"DOI": f"arXiv:{number}"}, "pubmed": {"PMID": number}, "pmid": {"PMID": number}}
    copies |= {"pmc": {"PMCID": number}, "pmcid": {"PMCID": number}}
    copy = copies.get(kind_of_eprint, {}) if number else {}
    fields = {"DOI": ("doi",), "PMID": ("pmid",), "PMCID": ("pmcid", "pmc")}
    return {
        member: _first(exact, *names) or copy.get(member) or noted.get(member, "")
        for member, names in fields.items()
    }


def _people(text: str) -> list[dict[str, str]]:
    """Return the people of a field: "A and B"; one in braces, or a single word, is an organisation."""
    found: list[dict[str, str]] = []
    text = re.sub(r"\\([A-Za-z]+)\{\}", r"{\\\1}", " ".join(text.split()))
    text, more = without_more(text)
    if " and " not in text and typed_authors.are_with_initials(plain := letters(text)):
        # Without "and" between them: "Smith, J., Jones, K." or "Smith, J. & Jones, K.".
        return typed_authors.people_of(plain) + [{"literal": "et al"}] * more
    # Some programs write a semicolon between names, which no name holds.
    if ";" in text and " and " not in text and "&" not in text:
        text = " and ".join(filter(None, map(str.strip, text.split(";"))))
    names = _names_apart(text + " and others" * more)
    # Two or three capitals may be a family, as in "Wei LI", where nobody has a single one behind the name.
    most = 3 if any(_ONE_INITIAL.search(one) for one in names) else 1
    for name in names:
        if len(found) > MOST_PEOPLE:
            # Beyond the limit names are only counted.
            found.append({"literal": name})
            continue
        if people := [by_part] if (by_part := _named_by_part(name)) else _with_initials(name, most):
            found += people
            continue
        parts = parse_single_name_into_parts(name, strict=False)
        if IS_SUFFIX.fullmatch(" ".join(parts.first)) and parts.jr:
            parts.first, parts.jr = parts.jr, parts.first
        elif "," not in name and IS_SUFFIX.fullmatch(" ".join(parts.last)) and len(parts.first) > 1:
            *parts.first, family = parts.first
            parts.last, parts.jr = [family], parts.last
        family, given = (letters(" ".join(part)) for part in (parts.last, parts.first))
        if "," not in name and family.lower() in _ORGANISATIONS:
            found.append({"literal": letters(name)})
            continue
        if not given and not parts.von:
            found.append({"literal": family})
            continue
        found.append(
            {
                "family": family,
                "given": given,
                "non-dropping-particle": letters(" ".join(parts.von)),
                "suffix": letters(" ".join(parts.jr)),
            }
        )
    return found


def _with_initials(name: str, most: int) -> list[dict[str, str]]:
    """Return the people of "Smith J" or "Smith J, Jones A"; what stands in braces is an organisation."""
    return [] if _IN_BRACES.fullmatch(name) else typed_authors.people_with_initials(letters(name), most)


_ONE_INITIAL: Final = re.compile(r"[a-zß-ÿ}] [A-Z](?:,|$)")
_IN_BRACES: Final = re.compile(r"\{[^{}]*\}")


def _names_apart(text: str) -> list[str]:
    """Return the names of a field; an "and" in braces is part of a name.

    The parser's own function loses the backslash at the beginning of a name.
    """
    names, depth = [""], 0
    for part in _AND_OR_BRACE.split(text):
        if not depth and part.lower().strip() == "and":
            names.append("")
            continue
        depth += {"{": 1, "}": -1}.get(part, 0)
        names[-1] += part
    return [one for name in names if (one := name.strip())]


_AND_OR_BRACE: Final = re.compile(r"(\\.|[{}]|\s+and(?=\s))", re.IGNORECASE)
# A name as BibLaTeX may write it: "family=Beek, given=Dirk, prefix=van der".
_NAME_PART: Final = re.compile(r"\b(family|given|prefix|suffix)\s*=\s*\"?([^,\"]+)\"?", re.IGNORECASE)
_PARTS: Final = {
    "family": "family",
    "given": "given",
    "prefix": "non-dropping-particle",
    "suffix": "suffix",
}


def _named_by_part(name: str) -> dict[str, str]:
    parts = {_PARTS[kind.lower()]: letters(words).strip() for kind, words in _NAME_PART.findall(name)}
    return parts if "family" in parts else {}


# What an organisation is: "World Health Organization" without braces is no person of that family.
_ORGANISATIONS: Final = frozenset(
    """
    organization organisation group collaboration collaborative consortium investigators society association
    committee network agency institute institutes university ministry department centre center centers
    foundation council college academy federation initiative team panel board service services union
    researchers collaborators hospital office
    """.split()  # noqa: SIM905  # shorter to read than a list
)
