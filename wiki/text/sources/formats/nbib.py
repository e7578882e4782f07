"""PubMed's own format (NBIB): four letters, a hyphen, and what they say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from wiki.text.sources.formats.raw import (
    Failed,
    RawWork,
    Unread,
    article_number,
    keyword_notices,
    leaves,
    line,
    named,
    notice,
    with_retraction,
)

# The nature of a later notice, by the tag that refers to it.
_NOTICES: Final = {
    "RIN": "retraction",
    "PRIN": "retraction",
    "ECI": "concern",
    "EIN": "correction",
    "RRI": "retraction",
    "CRI": "correction",
    "RPI": "correction",
}
_READ: Final = frozenset(
    """
    PMID PMC TI BTI VTI TT JT TA VI IP PG FAU AU CN FED ED DP AID LID PT ISBN PB PL CTI EN DEP OT ROF EFR ECF
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_NEEDLESS: Final = frozenset(
    """
    OWN STAT DCOM LR IS LA SO SB MH EDAT MHDA CRDT PHST PST AB AD AUID JID RN GR CI OTO COIS CDAT
    CIN CON MID SI OID FIR IR IRAD PUBM NM OAB OABL RF UOF SPIN ORI RRF DRIN
    DDIN CRF DRDT LD CTDT RPF
    """.split()  # noqa: SIM905  # shorter to read than a list
)


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the works of a file in PubMed's format."""
    lines = _Lines()
    for words in text.splitlines():
        match = re.match(r"\s*([A-Z]{2,4})[ \t\xa0]*[-–](?:\s(.*))?$", words)
        if match and match[1] == "PMID" and lines.fields:
            yield _work(lines)
            lines = _Lines()
        lines.take(match, words.strip())
    if lines.fields:
        yield _work(lines)


@dataclass
class _Lines:
    """The lines of one work: its fields, the order of their tags, and words that belong to no field."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    _tag: str = ""

    def take(self, match: re.Match[str] | None, words: str) -> None:
        """Add a line; one without a tag goes on from the one before, however far in it begins."""
        if match is not None:
            self._tag = match[1]
            self.tags.append(self._tag)
            self.fields.setdefault(self._tag, []).append(_signs((match[2] or "").strip()))
        elif not words:
            self._tag = ""
        elif self._tag:
            self.fields[self._tag][-1] += f" {_signs(words)}"
        else:
            self.strays.append(words)

    def authors(self) -> list[dict[str, str]]:
        """Return people and groups in their order; PubMed gives each person twice, in full and in short."""
        people = "FAU" if "FAU" in self.fields else "AU"
        left = {tag: iter(self.fields.get(tag, ())) for tag in (people, "CN")}
        found: list[dict[str, str]] = []
        for tag in self.tags:
            if tag == "CN":
                found.append({"literal": next(left[tag])})
            elif tag == people:
                found += named(_short([next(left[tag])]) if tag == "AU" else [next(left[tag])])
        return found


# Signs that the format has no character for.
_MARKS: Final = {"((r))": "®", "((tm))": "™", "((c))": "©"}


def _signs(words: str) -> str:
    return re.sub(r"\(\((?:R|TM|C)\)\)", lambda mark: _MARKS[mark[0].lower()], words, flags=re.IGNORECASE)


def _work(lines: _Lines) -> RawWork:
    of = lines.fields
    unread = Unread(_NEEDLESS)
    for tag in of.keys() - _READ - _NOTICES.keys():
        unread.note(tag, of[tag])
    for tag, nature in _NOTICE_ON.items():
        unread.note(tag, [f"This is a notice of {nature} on {words}" for words in of.get(tag, ())])
    unread.note("bookaccession", _marked(of, "bookaccession"))
    unread.note("In no field", lines.strays)
    types = of.get("PT", [])
    told = [notice(_NOTICES[tag], words) for tag in _NOTICES for words in of.get(tag, ())]
    told += keyword_notices(of.get("OT", []))
    # Of an article it is only the country of its journal.
    shown = _PROSE if of.get("BTI") else _PROSE - {"PL"}
    said = {tag: of[tag] for tag in shown & of.keys()}
    # People stand in it twice, in full and in short; a notice is kept by its number.
    twice = {short for short, full in (("AU", "FAU"), ("ED", "FED")) if full in of}
    needless = (
        _NEEDLESS | _NOTICES.keys() | twice | {"OT", "AID", "LID"} | (set() if of.get("BTI") else {"PL"})
    )
    notices = with_retraction(told, types)
    return RawWork(_fields(lines), notices, tuple(unread.unknown), said, tuple(leaves(of)), needless)


_PROSE: Final = frozenset("BTI VTI TT JT TA VI IP PB PL CTI".split())  # noqa: SIM905
# What a work is a notice on, by the tag that refers to it.
_NOTICE_ON: Final = {"ROF": "retraction", "EFR": "correction", "ECF": "concern"}


def _fields(lines: _Lines) -> dict[str, Any]:
    of = lines.fields
    is_chapter = bool(of.get("BTI")) and bool(of.get("TI"))
    title = line(of.get("TI") or of.get("BTI") or of.get("VTI") or of.get("TT"))
    journal = {"container-title": of.get("JT"), "container-title-short": of.get("TA")}
    book = {
        "container-title": line(of.get("BTI")).removesuffix(".") if is_chapter else None,
        "publisher": of.get("PB"),
        "publisher-place": of.get("PL"),
        "ISBN": [one.split()[0] for one in of.get("ISBN", ())],
    }
    return {
        "type": "chapter" if is_chapter else "book" if of.get("BTI") else "article-journal",
        "title": title.removesuffix(".").strip("[]") if not of.get("TI") else title.removesuffix("."),
        **(book if of.get("BTI") else journal),
        "edition": of.get("EN"),
        "volume": of.get("VI"),
        "issue": of.get("IP"),
        "page": of.get("PG"),
        "number": "" if of.get("PG") else article_number(_marked(of, "pii")),
        "author": lines.authors(),
        "editor": named(of.get("FED") or _short(of.get("ED"))),
        "issued": {"raw": line(of.get("DP")) or line(of.get("DEP"))[:4]},
        "DOI": _marked(of, "doi"),
        "PMID": of.get("PMID"),
        "PMCID": of.get("PMC"),
        "PII": _marked(of, "pii"),
        "types": of.get("PT"),
    }


def _short(names: list[str] | None) -> list[str]:
    """Return "Smith AM" as "Smith, A M"."""
    return [re.sub(r"\s+([A-Z]{1,4})$", lambda one: f", {' '.join(one[1])}", name) for name in names or ()]


def _marked(of: dict[str, list[str]], mark: str) -> str | None:
    marked = [one for tag in ("AID", "LID") for one in of.get(tag, ()) if one.endswith(f"[{mark}]")]
    return marked[0].removesuffix(f"[{mark}]").strip() if marked else None
