"""CSL-JSON, as Zotero, other programs and Crossref write it, and Crossref's own answers."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wiki.text.sources.formats.notes import read_note
from wiki.text.sources.formats.raw import (
    Failed,
    JournalNotice,
    RawWork,
    Unread,
    inverted,
    keyword_notices,
    leaves,
    line,
    numbers_in_date,
    titled,
)
from wiki.text.sources.identifiers import place_of_notice

NATURES: Final = {
    "retraction": "retraction",
    "partial_retraction": "retraction",
    "removal": "retraction",
    "withdrawal": "retraction",
    "expression_of_concern": "concern",
    "addendum": "correction",
    "clarification": "correction",
    "corrected_article": "correction",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
}
_CROSSREF_TYPES: Final = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "reference-entry": "chapter",
    "monograph": "book",
    "reference-book": "book",
    "edited-book": "book",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "dissertation": "thesis",
}
_READ: Final = frozenset(
    """
    type title subtitle container-title container-title-short short-container-title
    journalAbbreviation volume issue page number edition publisher publisher-place author editor
    issued published published-print published-online accessed DOI PMID PMCID ISBN URL
    article-number updated-by update-to relation note extra types status posted institution
    publisher-location edition-number is_retracted keyword
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_NEEDLESS: Final = frozenset(
    """
    id ISSN issn-type abstract language source title-short citation-key indexed license
    content-domain reference-count references-count is-referenced-by-count reference resource score
    deposited created prefix member link subject short-title journal-issue
    alternative-id funder assertion update-policy isbn-type published-other
    group-title subtype archive categories call-number shortTitle
    collection-key key event-place number-of-pages custom publisher-id aliases
    free-to-read approved content-created content-updated review event award standards-body
    """.split()  # noqa: SIM905  # shorter to read than a list
)


# Members, and parts of them, that belong to no reference, though something may be read from them.
_NO_REFERENCE: Final = _NEEDLESS | frozenset(
    """
    note extra keyword relation updated-by update-to posted published published-print published-online
    affiliation ORCID authenticated-orcid sequence role timestamp date-time season
    """.split()  # noqa: SIM905  # shorter to read than a list
)


# Names of members that other services write otherwise.
_OTHERWISE: Final = {
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "url": "URL",
    "publication_year": "issued",
}


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the works in a JSON text: one, a list, one on each line, or an answer of Crossref."""
    try:
        found = json.loads(text)
    except ValueError:
        found = [json.loads(one) for one in text.splitlines() if one.strip()]
    for one in _works(found):
        yield work(one)


def _works(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        if isinstance(message := found.get("message"), dict):
            return _works(message)
        found = found.get("items", [found])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def work(of: Mapping[str, Any]) -> RawWork:
    """Return a work from its JSON, with the notices that update it."""
    of = dict(of) | {usual: of[name] for name, usual in _OTHERWISE.items() if name in of and usual not in of}
    unread = Unread(_NEEDLESS)
    for name in of.keys() - _READ - _OTHERWISE.keys():
        unread.note(name, of[name])
    kind = line(of.get("type"))
    note = read_note("\n".join(str(of.get(name) or "") for name in ("note", "extra")))
    unread.note("note", note.words)
    if isinstance(issued := of.get("issued"), Mapping) and str(issued.get("circa", "")).lower() not in _NOT:
        unread.note("issued", "circa")
    told = {*note.notices, *keyword_notices(of.get("keyword"))}
    for one in _entries(of, "updated-by"):
        update = line(one.get("type")) or line(one.get("label"))
        if nature := NATURES.get(re.sub("[ -]", "_", update.lower()).removesuffix("_notice")):
            told.add(JournalNotice(nature, _day(one.get("updated")), place_of_notice(line(one.get("DOI")))))
        else:
            unread.note("updated-by", f"{update} {line(one.get('DOI'))}")
    for one in _entries(of, "update-to"):
        unread.note("update-to", f"This is a notice of {line(one.get('type'))} on {line(one.get('DOI'))}")
    for kind_of_tie, others in _relations(of):
        unread.note("relation", f"{kind_of_tie} {others}")
    if of.get("is_retracted") is True or line(of.get("status")).lower() in ("retracted", "withdrawn"):
        told.add(JournalNotice("retraction"))
    fields = {name: of[name] for name in _READ & of.keys()} | {
        "type": _CROSSREF_TYPES.get(kind, kind),
        "types": [kind, *([] if not isinstance(of.get("types"), list) else of["types"])],
        "title": _title(of),
        "container-title": _container(of),
        "publisher-place": of.get("publisher-place") or of.get("publisher-location"),
        "edition": of.get("edition") or of.get("edition-number"),
        "container-title-short": of.get("container-title-short")
        or of.get("short-container-title")
        or of.get("journalAbbreviation"),
        "number": of.get("article-number") or of.get("number"),
        "issued": _issued(of),
        "URL": None
        if str(line(of.get("URL"))).startswith(("http://dx.doi.org", "https://doi.org"))
        else of.get("URL"),
        "publisher": of.get("publisher") or (None if kind == "posted-content" else _institution(of)),
    }
    fields |= {role: _people(of, role) for role in ("author", "editor")}
    for name, number in note.numbers.items():
        fields.setdefault(name, number)
    notices = tuple(sorted(told, key=lambda one: one.reference))
    return RawWork(fields, notices, tuple(unread.unknown), _record(of), tuple(leaves(of)), _NO_REFERENCE)


# Other forms of the same work, as Crossref calls them.
_SAME_WORK: Final = frozenset(
    """
    is-preprint-of has-preprint is-version-of has-version is-translation-of has-translation is-replaced-by
    replaces is-same-as is-identical-to is-original-form-of is-variant-form-of
    """.split()  # noqa: SIM905  # shorter to read than a list
)


# What may say that the work does not stand as it is.
_DOUBTS: Final = re.compile(r"retract|correct|errat|concern|withdraw|remov", re.IGNORECASE)


def _relations(of: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield how a work is tied to another form of itself, such as the article of a preprint."""
    ties = of.get("relation")
    if not isinstance(ties, dict):
        return
    for name in sorted(one for one in ties if one in _SAME_WORK or _DOUBTS.search(one)):
        yield name, " ".join(line(one.get("id")) for one in _entries(ties, name))


def _record(of: Mapping[str, Any]) -> dict[str, Any]:
    """Return the known fields of which only a part may be taken over."""
    names = (
        "container-title short-container-title container-title-short journalAbbreviation number"
        " article-number publisher publisher-place publisher-location status"
    )
    said = {name: of[name] for name in names.split() if name in of}
    titles = of.get("title")
    return said | {
        "title": titles[1:] if isinstance(titles, list) else [],
        "institution": [one.get("name") for one in _entries(of, "institution")],
    }


def _people(of: Mapping[str, Any], role: str) -> list[dict[str, Any]]:
    """Return the people of a role, also where they stand in one text: "Smith, J; Jones, A"."""
    if isinstance(words := of.get(role), str):
        return [inverted(name) for name in words.split(";")]
    return [one | {"literal": one.get("literal") or one.get("name")} for one in _entries(of, role)]


def _container(of: Mapping[str, Any]) -> Any:
    """Return what a work stands in: of a chapter the book and not its series, of a preprint its server."""
    found = of.get("container-title")
    if isinstance(found, list) and len(found) > 1 and "chapter" in line(of.get("type")):
        return found[-1]
    return found or (_institution(of) if line(of.get("type")) == "posted-content" else None)


def _institution(of: Mapping[str, Any]) -> Any:
    return next((one.get("name") for one in _entries(of, "institution")), None)


def _title(of: Mapping[str, Any]) -> str:
    return titled(line(of.get("title")), line(of.get("subtitle")))


# What "circa" says of a date that is exact.
_NOT: Final = frozenset({"", "0", "false", "none"})


def _issued(of: Mapping[str, Any]) -> Any:
    """Return the publication date: the first of its dates with a year."""
    for name in ("issued", "published", "published-print", "published-online", "posted"):
        date = of.get(name)
        if isinstance(date, str | int):
            return {"raw": str(date)}
        if not isinstance(date, dict):
            continue
        if date.get("raw") or date.get("literal") or any(numbers_in_date(date) or ()):
            return date
    return None


def _entries(of: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return what a list of an answer holds; nothing if it is no list."""
    found = of.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _day(date: Any) -> str:
    """Return a date of Crossref's as 2012-02-12, "" unless it is a whole one."""
    try:
        return dt.date(*map(int, numbers_in_date(date) or ())).isoformat()
    except (AttributeError, TypeError, ValueError, OverflowError):
        return ""
