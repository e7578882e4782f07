"""Bibliographic records in the forms in which people paste them, validated, with their identifiers."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from wiki.text.double_encoding import encoded_twice
from wiki.text.slugs import slug_of
from wiki.text.sources.formats import csl_json, enw, nbib, pubmed_xml, ris
from wiki.text.sources.formats.raw import (
    LONGEST_FIELD,
    MOST_PEOPLE,
    BadRecord,
    Failed,
    JournalNotice,
    RawWork,
    line,
    numbers_in_date,
    numbers_of_date,
    with_particle,
    with_retraction,
    with_suffix_apart,
)
from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse
from wiki.text.sources.left_over import cut_short, left_over, untold

LONGEST: Final = 50_000
MOST_WORKS: Final = 50
# The same for a whole collection, which is read to be ticked.
LONGEST_COLLECTION: Final = 1_000_000
MOST_COLLECTED: Final = 300
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
# The member of CSL-JSON for each scheme, in the order of preference for the citation key.
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
# Types of work that are part of another one, whose ISBN is not theirs.
IN_A_BOOK: Final = frozenset({"chapter", "paper-conference", "entry", "entry-encyclopedia"})
UNREADABLE: Final = "This record cannot be read. Paste it whole, or type what the work says below."


@dataclass(frozen=True)
class Record:
    """One work: its identifiers, its fields as CSL-JSON, and its types."""

    ids: tuple[Identifier, ...]
    csl: dict[str, Any]
    types: tuple[str, ...] = ()
    notices: tuple[JournalNotice, ...] = ()
    # What was not taken over, as "name: value", and what belongs to no reference.
    unread: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the title of the work."""
        return str(self.csl.get("title", ""))


@dataclass(frozen=True)
class PastedRecords:
    """The works in a pasted text, and a sentence for each part that could not be read."""

    works: tuple[Record, ...]
    failed: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Record]:
        """Go through the works."""
        return iter(self.works)

    def __len__(self) -> int:
        """Return the number of works."""
        return len(self.works)


def looks_like_one(text: str) -> bool:
    """Return whether a text looks like a record and not like an identifier."""
    return _reader(text) is not None


def read(text: str, *, most: int = MOST_WORKS, longest: int = LONGEST) -> PastedRecords:
    """Return the works that a pasted text describes; raise `BadRecord` if it describes none."""
    if len(text) > longest:
        raise BadRecord(f"This is too long; paste at most {longest:,} characters.")
    reader = _reader(text)
    if reader is None:
        raise BadRecord(other_format(text) or UNREADABLE)
    try:
        found = list(islice(reader(text.strip("\ufeff \r\n\t")), most + 1))
        works = [record_of(one) for one in found[:most] if isinstance(one, RawWork)]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise BadRecord(UNREADABLE) from error
    failed = [f"Line {one.line} was not read. {one.why}" for one in found if isinstance(one, Failed)]
    if without := len(works) - len(works := [one for one in works if one.title]):
        failed.append(
            f"{without} of the works had no title and {'was' if without == 1 else 'were'} left out."
        )
    if letter := encoded_twice(text):
        failed.append(f"“{letter}” seems to be one letter in another encoding. Check names and titles.")
    if len(found) > most:
        failed.append(f"Only the first {most} works were read. Paste the others on their own.")
    if not works:
        raise BadRecord(UNREADABLE)
    return PastedRecords(tuple(works), tuple(failed))


# Formats of records that are not read here: how they begin, and whose they are.
_OTHER_FORMATS: Final = {
    r"(?:<\?xml[^<>]*>\s*)?<xml>\s*<records>": "EndNote’s XML",
    r"(?:<\?xml[^<>]*>\s*)?<mods(?:Collection)?\b": "MODS",
    r"RT [A-Z]\w+(?: \w+)*\n(?:[A-Z][A-Z\d] .*\n)": "RefWorks’ tagged format",
    r"(?:FN .*\n(?:VR .*\n)?)?PT [JBSP]\n(?:[A-Z][A-Z\d] .*\n)": "the plain text of the Web of Science",
}


def other_format(text: str) -> str:
    """Return a sentence for a record in a known format that is not read here, or ""."""
    start = text.replace("\r\n", "\n").lstrip("\ufeff \n\t")[:1_000]
    for beginning, name in _OTHER_FORMATS.items():
        if re.match(beginning, start):
            return f"This is {name}, which is not read here. Export it as RIS, BibTeX or CSL-JSON."
    return ""


def record_of(raw: RawWork) -> Record:
    """Return the valid parts of a work as a record."""
    fields = raw.fields
    csl: dict[str, Any] = {name: word for name in _WORDS if (word := line(fields.get(name)))}
    if csl.get("title", "").endswith(".]"):
        # A translated title is a sentence within its brackets.
        csl["title"] = f"{csl['title'][:-2]}]"
    kind, types = line(fields.get("type")), tuple(filter(None, map(line, _listed(fields.get("types")))))
    # A kind that no reference here can say is taken for an article, and told.
    unread = raw.unread + ((f"type: {kind}",) if kind and kind not in TYPES else ())
    unread += (*left_over(raw.record, csl), *cut_short(fields))
    csl["type"] = kind if kind in TYPES else "article-journal"
    if csl["type"] == "article-journal" and "preprint" in map(str.lower, types):
        csl["type"] = "article"
    if preprint := _ARXIV.fullmatch(csl.get("container-title", "")):
        csl |= {"type": "article", "container-title": "arXiv"}
        fields = {"DOI": f"arXiv:{preprint[1]}"} | {name: one for name, one in fields.items() if one}
    if csl["type"] == "article" and "publisher" in csl:
        # The server of a preprint; some formats have a field for publishers alone.
        csl = {"container-title": csl.pop("publisher")} | csl
    if "page" in csl:
        # A range that has only its beginning.
        csl["page"] = csl["page"].rstrip(" -–—") or csl.pop("page")
    if match := _ONE_PAGE.fullmatch(csl.get("page", "")):
        csl["page"] = match[1]
    elif _NO_PAGE.fullmatch(csl.get("page", "")):
        del csl["page"]
    if csl["type"] == "article-journal" and (number := csl.get("number")):
        # The number of an article stands in place of its pages; formats put it into one field or the other.
        first, *others = re.split("[-–—]", csl.setdefault("page", number))
        if number in (first, *others):
            del csl["number"]
    for name in ("publisher", "publisher-place"):
        if name in csl:
            csl[name] = csl[name].rstrip(" ,;:") or csl.pop(name)
    if "edition" in csl:
        csl["edition"] = _edition(csl["edition"])
    if csl["type"] not in IN_A_BOOK and csl.get("container-title") == csl.get("title"):
        # Entries to which others refer have their title twice.
        csl.pop("container-title", None)
    # The editor who accepted an article is none of its reference.
    for role in ("author", "editor") if csl["type"] != "article-journal" else ("author",):
        if people := _people(fields.get(role)):
            csl[role] = people
        if any(map(_is_more, _named(fields.get(role)))):
            unread += (f"{role}: and others",)
    for moment in ("issued", "accessed"):
        if date := _date(fields.get(moment)):
            csl[moment] = date
        elif words := _words_of_date(fields.get(moment)):
            unread += (f"{moment}: {words}",)
    ids = _ids(fields, csl["type"])
    csl |= {MEMBERS[one.scheme]: one.value for one in ids if one.scheme in MEMBERS}
    if csl["type"] in IN_A_BOOK and (book := next(_of_scheme("isbn", fields.get("ISBN")), None)):
        csl["ISBN"] = book.value
        ids = ids or [_part_of(book, csl)]
    unread += tuple(dict.fromkeys(_unread_numbers(fields, ids, csl)))
    keys = tuple(one.key for one in ids)
    notices = (replace(one, keys=keys) for one in _notices(raw.notices, csl.get("title", ""), types))
    record = Record(tuple(ids), csl, types, tuple(notices), unread)
    more, needless = untold(raw, record)
    return replace(record, unread=unread + more, needless=needless)


# What publishers write for an article that has no page yet.
_NO_PAGE: Final = re.compile(r"n/?a(?:\s*[-–—]+\s*n/?a)?|no[-. ]+page", re.IGNORECASE)
_ONE_PAGE: Final = re.compile(r"(\w+)\s*[-–—]+\s*\1")
# How search engines name the archive where a preprint stands.
_ARXIV: Final = re.compile(
    r"arXiv(?: preprint)?(?:,? arXiv)?[:,]? ?(\d{4}\.\d{4,5}(?:v\d+)?|[\w.-]+/\d{7}).*", re.I
)


_MARKED_RETRACTED: Final = re.compile(
    r"^[\[(]\s*(?:retracted|withdrawn|removed)\b[^\])]{0,20}[\])]"
    r"|^(?:retracted|withdrawn|removed)(?:\s+(?:article|paper))?\s*[:.–—-]"
    r"|^notice of (?:retraction|withdrawal)\s*[:.–—-]"
    # The index of citations writes it behind the title: "(Retracted article. See vol. 5, 2021)".
    r"|[\[(]\s*(?:retracted|withdrawn)(?:\s+(?:article|paper|publication))?\s*(?:[.,;:][^\])]*)?[\])]\s*\.?$",
    re.IGNORECASE,
)


def _notices(notices: Iterable[JournalNotice], title: str, types: Iterable[str]) -> tuple[JournalNotice, ...]:
    """Return the journal's notices on a work, including a mark in its title."""
    marks = _MARKED_RETRACTED.search(title)
    return with_retraction(notices, [*types, *(["retracted publication"] if marks else [])])


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _part_of(book: Identifier, csl: Mapping[str, Any]) -> Identifier:
    """Return the identifier of a part of a book that has none of its own: the book's, with the first page."""
    page = re.match(r"[a-z]*\d+", str(csl.get("page", "")).lower())
    return Identifier(
        "ref", f"isbn{book.value}.{f'p{page[0]}' if page else slug_of(str(csl.get('title', '')))[:60]}"
    )


def _people(raw: Any) -> list[dict[str, str]]:
    named = _named(raw)
    return [_person(one) for one in named if set(one) & {"family", "given", "literal"} and not _is_more(one)]


def _named(raw: Any) -> list[dict[str, str]]:
    people = raw[:MOST_PEOPLE] if isinstance(raw, list) else []
    return [
        {part: word for part in _NAME if (word := line(one.get(part)))}
        for one in people
        if isinstance(one, dict)
    ]


def _person(name: dict[str, str]) -> dict[str, str]:
    """Return a name in its parts; one whose only word is its own, and whose suffix has no full stop."""
    if "family" not in name:
        return {"literal": name.get("literal") or name["given"]}
    name = with_particle(with_suffix_apart(name))
    return name | ({"suffix": name["suffix"].rstrip(".")} if "suffix" in name else {})


def _is_more(name: dict[str, str]) -> bool:
    """Return whether a name only says that there are more."""
    words = " ".join(name.get(part, "") for part in ("literal", "given", "family")).split()
    return " ".join(words).lower().rstrip(".") in ("others", "et al")


_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905
_EDITION: Final = re.compile(
    r"(\d{1,3}|[a-z]+)(?:st|nd|rd|th)?\.?(?:\s*(?:ed\.?|edn\.?|edition))?", re.IGNORECASE
)


def _edition(words: str) -> str:
    """Return the number of an edition, however it is written; other words as they are."""
    match = _EDITION.fullmatch(words)
    if match and match[1].lower() in _ORDINALS:
        return str(_ORDINALS.index(match[1].lower()) + 1)
    return match[1] if match and match[1].isdigit() else words


def _words_of_date(raw: Any) -> str:
    """Return what a date says in words, such as "in press"."""
    return line(raw.get("raw") or raw.get("literal")) if isinstance(raw, dict) else ""


def _date(raw: Any) -> dict[str, Any] | None:
    """Return a date as CSL-JSON: year, month and day as numbers, as far as they are known."""
    if not isinstance(raw, dict):
        return None
    first = numbers_in_date(raw) or numbers_of_date(_words_of_date(raw))
    numbers = []
    for part, most in zip(first, (9999, 12, 31), strict=False):
        if not re.fullmatch(r"\d{1,4}", str(part)) or not 1 <= int(part) <= most:
            break
        numbers.append(int(part))
    return {"date-parts": [numbers]} if numbers and numbers[0] >= 1000 else None


def _ids(raw: Mapping[str, Any], kind: str) -> list[Identifier]:
    """Return the identifiers of a work, one of each scheme; the web address only if there is no better one.

    A part of a book is not named by the ISBN of the book.
    """
    found: dict[str, Identifier] = {}
    for scheme, member in MEMBERS.items():
        if scheme == "isbn" and kind in IN_A_BOOK:
            continue
        for one in _of_scheme(scheme, raw.get(member)):
            if one.scheme != "url" or not found:
                found.setdefault(one.scheme, one)
    for one in _of_scheme("pii", raw.get("PII")):
        found.setdefault(one.scheme, one)
    return [found[scheme] for scheme in (*MEMBERS, "pii") if scheme in found]


def _unread_numbers(
    fields: Mapping[str, Any], ids: list[Identifier], csl: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what stands in fields for identifiers and names nothing, or another work."""
    for scheme, member in MEMBERS.items():
        for value in _listed(fields.get(member)):
            taken = list(_of_scheme(scheme, value))
            if not taken and (words := line(value)):
                yield f"{member}: {words[:200]}"
            for one in taken:
                if one.scheme != "url" and one not in ids and one.value != csl.get(member):
                    yield f"{member}: {one.value}"


# Numbers of books: several stand in one field, each with or without its hyphens.
_ISBN: Final = re.compile(
    r"\b97[89](?:[ \u2010-\u2015-]?\d){10}\b|\b\d(?:[ \u2010-\u2015-]?\d){8}[ \u2010-\u2015-]?[\dXx]\b"
)


def _of_scheme(scheme: str, value: Any) -> Iterator[Identifier]:
    """Yield the identifiers in a field of this scheme, without any prefixes."""
    for text in _listed(value):
        words = str(text or "").strip()[:LONGEST_FIELD]
        numbers = _ISBN.findall(words) if scheme == "isbn" and "/" not in words else []
        for part in numbers or [words]:
            for attempt in (f"{scheme}:{part}", part):
                one = _parsed(attempt)
                if one and (one.scheme == scheme or (scheme == "url" and one.scheme in MEMBERS)):
                    yield one
                    break


def _parsed(text: str) -> Identifier | None:
    try:
        one = parse(text)
    except BadIdentifier:
        return None
    return one if len(one.value) <= 500 else None


type _Reader = Callable[[str], Iterator[RawWork | Failed]]


def _reader(text: str) -> _Reader | None:
    """Return the reader for a text of this format."""
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith(("{", "[")):
        return csl_json.read
    if start.startswith("<") and re.search(r"<Pubmed(?:Article|BookArticle)", start):
        return pubmed_xml.read
    if re.search(r"^[^\S\n]*+@\w++\s*+[{(]", start, re.MULTILINE):
        # Loaded with the first such text: its parser and that of LaTeX take memory, which no reader needs.
        from wiki.text.sources.formats import bibtex

        return bibtex.read
    if ris.BEGINNING.search(start):
        return ris.read
    if re.search(r"^PMID ?- ?\d", start, re.MULTILINE):
        return nbib.read
    if enw.BEGINNING.search(start):
        return enw.read
    return None
