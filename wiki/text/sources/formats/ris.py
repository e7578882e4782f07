"""RIS, as EndNote, Zotero, Mendeley and publishers write it."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from wiki.text.sources.formats.latex import letters_if_latex
from wiki.text.sources.formats.notes import Note, read_note
from wiki.text.sources.formats.raw import (
    Failed,
    JournalNotice,
    RawWork,
    Unread,
    keyword_notices,
    leaves,
    line,
    named,
    numbers_of_date,
    pages,
)

_ARTICLES: Final = ("JOUR", "JFULL", "EJOUR", "ABST", "INPR", "GEN")
_TYPES: Final = {
    **dict.fromkeys(_ARTICLES, "article-journal"),
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "ELEC": "webpage",
    "ICOMM": "webpage",
    "BLOG": "webpage",
    "WEB": "webpage",
    "RPRT": "report",
    "GOVDOC": "report",
    "STAND": "report",
    "THES": "thesis",
    "UNPB": "article",
    "NEWS": "article-newspaper",
    "MGZN": "article-magazine",
    "ENCYC": "entry-encyclopedia",
}
_IN_A_BOOK: Final = frozenset({"CHAP", "ECHAP", "CONF", "CPAPER", "ENCYC"})
_BOOKS: Final = frozenset({"BOOK", "EBOOK", "EDBOOK"})
_NEEDLESS: Final = frozenset(
    """
    TY ID AB N2 LA L1 L2 L3 L4 LK AD DP ER ST C1 C3 C4 C5 C6 C8 NV U1 U2 U3 U4 U5 CA CN LB RI RN
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_READ: Final = frozenset(
    """
    TI T1 CT BT T2 JO JF JA J1 J2 AU A1 A2 ED PY Y1 DA Y2 VL IS CP SP EP C7 AR C2 M1 M2 M3 ET PB CY PP
    DO UR DB AN N1 SN KW
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_TAGS: Final = _READ | _NEEDLESS


# The tag of a field; without a blank behind the hyphen two have to stand before it, as in no word of a title.
_FIELD: Final = re.compile(r"\s*([A-Z][A-Z0-9])(?:[ \t\xa0]{2,4}[-–]\s*(.*)|[ \t\xa0][-–](?:\s(.*))?)$")
# The same in small letters; a word of two letters may begin a line of a title, as in "is - as we know - it".
_SMALL: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9])(?:[ \t\xa0]{2,4}[-–]\s*(.*))$")
# With one blank they are read in files whose types stand so.
_SMALL_TYPE: Final = re.compile(r"^\s*[Tt]y[ \t\xa0][-–]", re.MULTILINE)
BEGINNING: Final = re.compile(
    r"^[^\S\n]*+(?:(?:T[Yy][^\S\n]{1,4}|ty[^\S\n]{1,4})[-–][^\S\n]*\w|TY[-–][A-Z]{3,7}[^\S\n]*$)",
    re.MULTILINE,
)
# Without any blank, in records whose types stand so: no other tags, since "CT-guided" may begin a line, too.
_CLOSE: Final = re.compile(r"\s*([A-Z][A-Z0-9])[-–][ \t\xa0]*(.*)$")
_CLOSE_TYPE: Final = re.compile(r"^[^\S\n]*+TY[-–][A-Z]{3,7}[^\S\n]*$", re.MULTILINE)


def _fields_of(text: str) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that gives the tag of a line, in capitals, and its words; None for further words."""
    small = re.compile(_FIELD.pattern, re.IGNORECASE) if _SMALL_TYPE.search(text) else _SMALL
    is_close = bool(_CLOSE_TYPE.search(text))

    def field_of(words: str) -> tuple[str, str] | None:
        match = _FIELD.match(words)
        if match is None and is_close and (close := _CLOSE.match(words)) and close[1] in _TAGS:
            return close[1], close[2].strip()
        if match is None and (match := small.match(words)) and match[1].upper() not in _TAGS:
            return None
        return (match[1].upper(), next(filter(None, match.groups()[1:]), "").strip()) if match else None

    return field_of


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the references of an RIS file, including an unclosed last one."""
    of: dict[str, list[str]] = {}
    # Fields before the type of their work, which most programs write first.
    ahead: dict[str, list[str]] = {}
    begun, tag, field_of = 1, "", _fields_of(text)
    for number, words in enumerate([*text.splitlines(), "ER  - "], start=1):
        field = field_of(words)
        if field is None:
            if tag and words.strip():
                of[tag][-1] += f" {words.strip()}"
            continue
        tag, said = field
        if tag == "TY" and of and not ahead and "TY" not in of:
            of, ahead = {}, of
        elif tag == "ER" or (tag == "TY" and of):
            if ahead and ahead.keys() & of.keys() - _REPEATED:
                # They are a work of their own, whose type is missing.
                yield _without_type(begun)
                ahead = {}
            yield from _ended({one: ahead.get(one, []) + of.get(one, []) for one in {**ahead, **of}}, begun)
            of, ahead, begun = {}, {}, number
        if tag != "ER":
            of.setdefault(tag, []).append(said)
        else:
            tag = ""


def _without_type(begun: int) -> Failed:
    return Failed(begun, "It does not say what kind of work it is (TY).")


def _ended(of: dict[str, list[str]], begun: int) -> Iterator[RawWork | Failed]:
    """Yield a complete reference, or a failure."""
    if not of:
        return
    if "TY" not in of:
        yield _without_type(begun)
        return
    # Programs that keep their records as BibTeX leave its braces and accents in the words.
    of = of | {tag: [letters_if_latex(one) for one in of[tag]] for tag in (_PROSE | _PEOPLE) & of.keys()}
    unread = Unread(_NEEDLESS)
    for tag in of.keys() - _READ:
        unread.note(tag, of[tag])
    note = read_note("\n".join(of.get("N1", ())))
    unread.note("N1", note.words)
    said = {tag: words for tag, words in of.items() if tag != "TY"}
    notices, needless = _notices(of) + note.notices, _NEEDLESS | {"N1", "KW", "DB", "AN", "SN"}
    yield RawWork(
        _fields(of, note), notices, tuple(unread.unknown), _record(of), tuple(leaves(said)), needless
    )


def _record(of: dict[str, list[str]]) -> dict[str, Any]:
    """Return the known fields of which only a part may be taken over."""
    said: dict[str, Any] = {tag: of[tag] for tag in _PROSE & of.keys()}
    kind = _kind(of)
    if kind not in _IN_A_BOOK | _BOOKS:
        said["A2"] = of.get("A2", [])
    said["C2"] = [one for one in of.get("C2", ()) if not _IN_C2.fullmatch(one)]
    said |= {tag: [one for one in of.get(tag, ()) if "10." not in one] for tag in ("M1", "M2")}
    return said if kind in _ARTICLES else said | {"M3": of.get("M3", [])}


def _kind(of: dict[str, list[str]]) -> str:
    """Return the type, in capitals if it is a known one."""
    kind = line(of.get("TY"))
    return kind.upper() if kind.upper() in _TYPES else kind


_PEOPLE: Final = frozenset({"AU", "A1", "A2", "ED"})
# Fields that a work has several of.
_REPEATED: Final = _PEOPLE | {"KW", "N1", "SN", "UR"}
_PROSE: Final = frozenset("TI T1 CT BT T2 JO JF JA J1 J2 VL IS CP C7 AR PB CY PP".split())  # noqa: SIM905


def _fields(of: dict[str, list[str]], note: Note) -> dict[str, Any]:
    kind = _kind(of)
    numbers = note.numbers
    short = line(of.get("JA") or of.get("J1") or of.get("J2"))
    title, container = _first(of, "TI", "T1", "CT", "BT"), _first(of, "T2", "JF", "JO", "BT")
    # Some programs write the short name of the journal first, and the whole one behind it.
    whole = max(container, _first(of, "JF"), key=len) if kind in _ARTICLES else container
    short, container = short or (container if container != whole else ""), whole
    if kind in _BOOKS:
        # What a book stands in is a series, which its reference does not name.
        title, container = title or container, ""
    return {
        "type": _TYPES.get(kind, kind),
        "title": title,
        "container-title": "" if container == title else container or short,
        "container-title-short": short if short != container else "",
        "volume": of.get("VL"),
        "issue": of.get("IS") or next((one for one in of.get("CP", ()) if re.search(r"\d", one)), ""),
        "page": _pages(of),
        "number": of.get("C7") or of.get("AR"),
        "edition": of.get("ET"),
        "publisher": of.get("PB"),
        "publisher-place": of.get("CY") or of.get("PP"),
        **_people(of, kind),
        "issued": {"raw": _issued(of)},
        "accessed": {"raw": line(of.get("Y2"))},
        "DOI": _dois(of) or numbers.get("DOI"),
        "PMID": _pubmed_number(of) or numbers.get("PMID"),
        "PMCID": next(
            (one for one in of.get("C2", []) if one.upper().startswith("PMC")), numbers.get("PMCID")
        ),
        "ISBN": [one for one in of.get("SN", ()) if not _ISSN.match(one)],
        "URL": of.get("UR"),
        "types": of.get("M3", []),
    }


def _issued(of: dict[str, list[str]]) -> str:
    """Return the date of publication; where one field has the year alone, another one may have its day."""
    first, *others = [words for tag in ("PY", "Y1", "DA") if (words := line(of.get(tag)))] or [""]
    same_year = (one for one in others if first.strip("/") == one[:4])
    return max((first, *same_year), key=lambda one: len(numbers_of_date(one)))


def _pages(of: dict[str, list[str]]) -> str:
    """Return the pages; of a preprint the number there is that of its DOI."""
    first = line(of.get("SP"))
    is_of_doi = "." in first and any(one.strip().endswith(f"/{first}") for one in of.get("DO", ()))
    return "" if is_of_doi else pages(first, line(of.get("EP")))


# The number of a journal, which stands in the same field as that of a book.
_ISSN: Final = re.compile(r"\W*\d{4}-?\d{3}[\dXx](?![\w-])")


def _people(of: dict[str, list[str]], kind: str) -> dict[str, list[dict[str, str]]]:
    """Return authors and editors; who is named first of an edited book has edited it."""
    authors = named([*of.get("AU", ()), *of.get("A1", ())])
    second = of.get("A2", ()) if kind in _IN_A_BOOK | _BOOKS else ()
    editors = named(dict.fromkeys([*of.get("ED", ()), *second]))
    return (
        {"author": [], "editor": authors + editors}
        if kind == "EDBOOK"
        else {"author": authors, "editor": editors}
    )


def _first(of: dict[str, list[str]], *tags: str) -> str:
    return next((words for tag in tags if (words := line(of.get(tag)))), "")


def _dois(of: dict[str, list[str]]) -> list[str]:
    """Return the DOI, and what else stands in its field; EndNote puts it into fields of its own."""
    others = [one for tag in ("M3", "L3", "UR", "M1", "M2") for one in of.get(tag, ())]
    form = r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/"
    return [*of.get("DO", ()), *(one for one in others if re.match(form, one))]


# What PubMed's archive and other programs write there: its own number, or PubMed's.
_IN_C2: Final = re.compile(r"(\d{5,8})\s*(?:\[PMID\])?|PMC\d+|\d+", re.IGNORECASE)
_IS_PMID: Final = re.compile(r"\d{1,8}\s*\[pmid\]|pmid:?\s*\d{1,8}", re.IGNORECASE)


def _pubmed_number(of: dict[str, list[str]]) -> str:
    """Return the PMID, if the record says that its number is PubMed's."""
    database = f"{line(of.get('DB'))} {line(of.get('DP'))}"
    is_medline = re.search(r"medline|pubmed|nlm", database, re.IGNORECASE)
    marked = [one for tag in ("U1", "U2", "U3", "U4", "U5", "C1", "C2", "C3") for one in of.get(tag, ())]
    in_c2 = next((one[1] for text in of.get("C2", []) if (one := _IN_C2.fullmatch(text)) and one[1]), "")
    own = next((one for one in marked if _IS_PMID.fullmatch(one)), "")
    return line(of.get("AN")) if is_medline else in_c2 or own


def _notices(of: dict[str, list[str]]) -> tuple[JournalNotice, ...]:
    return keyword_notices(of.get("M3", []) + of.get("KW", []))
