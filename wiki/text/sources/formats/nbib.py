"""PubMed's own format (NBIB): four letters, a hyphen, and what they say."""

import re
from collections.abc import Iterator
from typing import Any, Final

from wiki.text.sources.formats.raw import (
    Failed,
    RawWork,
    Unread,
    article_number,
    inverted,
    line,
    month,
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
    PMID PMC TI BTI VTI TT JT TA VI IP PG FAU AU CN FED ED DP AID LID PT ISBN PB PL CTI EN DEP
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_NEEDLESS: Final = frozenset(
    """
    OWN STAT DCOM LR IS LA SO SB MH EDAT MHDA CRDT PHST PST AB AD AUID JID RN GR CI OT OTO COIS CDAT
    BTI CIN CON MID SI OID FIR IR IRAD PUBM NM OAB OABL RF UOF ROF EFR SPIN ORI ECF RRF DRIN
    DDIN CRF DRDT LD CTDT RPF
    """.split()  # noqa: SIM905  # shorter to read than a list
)


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the works of a file in PubMed's format."""
    joined = re.sub(r"\r?\n {6}(?=\S)", " ", text)
    for article in re.split(r"\r?\n\s*\r?\n", joined):
        of: dict[str, list[str]] = {}
        for tag, words in re.findall(r"^([A-Z]{2,4}) *- (.*)$", article, re.MULTILINE):
            of.setdefault(tag, []).append(words.strip())
        if of:
            yield _work(of)


def _work(of: dict[str, list[str]]) -> RawWork:
    unread = Unread(_NEEDLESS)
    for tag in of.keys() - _READ - _NOTICES.keys():
        unread.note(tag, of[tag])
    types = of.get("PT", [])
    told = [notice(_NOTICES[tag], words) for tag in _NOTICES for words in of.get(tag, ())]
    return RawWork(_fields(of), with_retraction(told, types), tuple(unread.unknown))


def _fields(of: dict[str, list[str]]) -> dict[str, Any]:
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
        "author": [inverted(one) for one in of.get("FAU") or _short(of.get("AU"))]
        + [{"literal": one} for one in of.get("CN", ())],
        "editor": [inverted(one) for one in of.get("FED") or _short(of.get("ED"))],
        "issued": {"raw": _date(line(of.get("DP")) or line(of.get("DEP"))[:4])},
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


def _date(words: str) -> str:
    """Return "2012 Feb 12" as "2012 2 12"; what is no number or month ends it."""
    year, month_word, day = [*words.split(), "", "", ""][:3]
    return " ".join(filter(None, (year, month(month_word), day)))
