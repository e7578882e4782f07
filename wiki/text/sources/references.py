"""References as text: sources in Vancouver style, and how our own pages are cited."""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final

from wiki.text.slugs import slug_of
from wiki.text.sources.markup import without_markup

SITE: Final = "Causeway"
MOST_AUTHORS: Final = 6
LONGEST: Final = 2_000
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# A placeholder address that the style requires; it is removed again, because it is shown beside the
# reference.
_SOMEWHERE: Final = "https://"
# A stand-in for a hyphen that the processor leaves alone; no text here can hold it.
_HYPHEN: Final = "\ue000"
_WORDS: Final = ("volume", "issue", "number", "edition", "publisher", "publisher-place", "genre")
_TYPES: Final = {"": "article-journal", "entry": "entry-encyclopedia"}
# Here a number is that of the article; elsewhere it is that of a report or a law.
_SERIAL: Final = ("", "article-journal", "article-magazine", "article-newspaper", "review")
_PROCESSING: Final = Lock()


def vancouver(csl: Mapping[str, Any]) -> str:
    """Return a source's reference in the style of the National Library of Medicine, without identifiers."""
    if not (item := _item(csl)):
        return ""
    words = _processed(item).removeprefix("1.").removesuffix(f"Available from: {_SOMEWHERE}").rstrip()
    if "volume" in item and "container-title" not in item and _text(csl, "type") in _SERIAL:
        # Of an article whose journal is not known the style names the volume twice.
        words = words.replace(f" Vol. {item['volume']}.", "", 1)
    text = re.sub(r"([.?!])\.(?=\s|$)", r"\1", words.replace(_HYPHEN, "-")).strip(" .")
    return f"{text}." if text else ""


def _item(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as citeproc-py 0.11 reads it rightly; empty if it says nothing.

    What that gets wrong is given to it as it shall read: initials (of "JR" it keeps the J), ranges of pages
    (of "12-12" it makes "12-"), dates (it leaves out the spaces); editors without authors as one author, for
    it would name them twice. Of values of a wrong type, at which it raises, nothing is left.
    """
    kind = _text(csl, "type")
    journal = _text(csl, "container-title-short") or _text(csl, "container-title")
    words = {name: _text(csl, name) for name in _WORDS}
    place = "publisher" if kind == "webpage" and not words["publisher"] else "container-title"
    item: dict[str, Any] = words | {
        "title": _text(csl, "title").rstrip(" ."),
        place: journal.rstrip(" ."),
        "page": _short_range(_text(csl, "page")).replace("-", _HYPHEN),
    }
    if kind in _SERIAL and words["number"] in re.split("[-–—]", _text(csl, "page")):
        # The number of an article is often given as its first page, too.
        item.pop("page" if words["number"] == _text(csl, "page") else "number")
    item = {name: word for name, word in item.items() if word} | _roles(csl)
    if not item:
        return {}
    return item | _dates(csl) | {"id": "1", "type": _TYPES.get(kind, kind)}


def _roles(csl: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return authors and editors, at most as many as show that there are more than six."""
    authors, editors = (_people(csl.get(role)) for role in ("author", "editor"))
    if editors and not authors:
        shown = [name_of(one) for one in editors[:MOST_AUTHORS]] + ["et al"] * (len(editors) > MOST_AUTHORS)
        names = ", ".join([*shown, "editors" if len(editors) > 1 else "editor"])
        return {"author": [{"literal": names}]}
    return {role: people for role, people in (("author", authors), ("editor", editors)) if people}


def _people(raw: Any) -> list[dict[str, str]]:
    people = filter(name_of, (one for one in _list(raw) if isinstance(one, Mapping)))
    return [_person(one) for one in islice(people, MOST_AUTHORS + 1)]


def _person(raw: Mapping[str, Any]) -> dict[str, str]:
    family, particle, initials, suffix = _parts(raw)
    if not family:
        return {"literal": name_of(raw).rstrip(" .")}
    name = {
        "non-dropping-particle": particle,
        "given": " ".join(f"{initial}." for initial in initials),
        "suffix": suffix,
    }
    return {"family": family} | {part: word for part, word in name.items() if word}


def name_of(person: Mapping[str, Any]) -> str:
    """Return a name in the form of references: "van der Beek JR Jr"; an organisation's unchanged."""
    family, particle, initials, suffix = _parts(person)
    if not family:
        return _text(person, "literal") or _text(person, "given")
    return " ".join(filter(None, (particle, family, initials, suffix)))


def _parts(person: Mapping[str, Any]) -> tuple[str, str, str, str]:
    particle = _text(person, "non-dropping-particle") or _text(person, "dropping-particle")
    family, given = _text(person, "family"), re.findall(r"\w+", _text(person, "given"))
    # Initials may stand together, "Smith, JA", where the name itself is not in capitals.
    initials = "".join(
        part if _TOGETHER.fullmatch(part) and not family.isupper() else part[0].upper() for part in given
    )
    return family, particle, initials, _text(person, "suffix")


_TOGETHER: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,3}")


def _dates(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return the publication year and, for a work known only by its address, the date of access."""
    issued, accessed = (_date(csl.get(moment)) for moment in ("issued", "accessed"))
    dates: dict[str, Any] = {"issued": {"literal": issued[0]}} if issued else {}
    if not csl.get("URL") or any(csl.get(member) for member in ("DOI", "PMID", "PMCID", "ISBN")):
        return dates
    if accessed:
        year, month, day = (*accessed, "", "")[:3]
        month = MONTHS[int(month) - 1] if month in _NUMBERS else ""
        dates["accessed"] = {"literal": " ".join(filter(None, (year, month, month and day)))}
    return dates | {"URL": _SOMEWHERE}


_NUMBERS: Final = frozenset(str(number) for number in range(1, 13))


def _date(raw: Any) -> list[str]:
    """Return the parts of a date that are known; of one in words the year."""
    if not isinstance(raw, Mapping):
        return []
    first = (_list(raw.get("date-parts")) or [None])[0]
    if parts := [str(part) for part in _list(first) if re.fullmatch(r"\d{1,4}", str(part), re.ASCII)]:
        return parts
    match = re.search(r"\d{4}", _text(raw, "raw") or _text(raw, "literal"))
    return [match[0]] if match else []


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _processed(item: dict[str, Any]) -> str:
    """Return the output of citeproc-py, one at a time, because it keeps state in the style."""
    citeproc, style = _style()
    source = citeproc.source.json.CiteProcJSON([item])
    with _PROCESSING:
        works = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
        works.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        return str(works.bibliography()[0])


@cache
def _style() -> tuple[Any, Any]:
    """Return citeproc-py and the style, loaded when the first source is added and never for a reader."""
    import citeproc
    import citeproc.model
    import citeproc.source.json

    # It asks the style, which stays as it is, the same questions again for each work.
    citeproc.model.CitationStylesElement.xpath_search = cache(
        citeproc.model.CitationStylesElement.xpath_search
    )
    path = Path(__file__).parent / "styles" / "nlm-citation-sequence.csl"
    return citeproc, citeproc.CitationStylesStyle(str(path), locale="en-US", validate=False)


def _short_range(pages: str) -> str:
    """Return 254-256 as 254-6 and S12-S17 as S12-7; anything but two such numbers as it is."""
    match = re.fullmatch(r"([A-Za-z]?)(\d+)\s*[-–]+\s*\1(\d+)", pages)
    if not match:
        return pages.replace("–", "-")
    letter, first, last = match.groups()
    if len(first) == len(last) and int(first) < int(last):
        same = next(place for place, digit in enumerate(first) if digit != last[place])
        last = last[same:]
    elif len(first) <= len(last):
        last = f"{letter}{last}"
    return f"{letter}{first}-{last}"


def _text(data: Mapping[str, Any], name: str) -> str:
    """Return a value of a record on one line, without publishers' markup."""
    value = data.get(name)
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, str | int | float) or not value:
        return ""
    text = without_markup(str(value)[:LONGEST])
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _stopped(part: str) -> str:
    part = part.strip()
    return part if part.endswith((".", "?", "!")) else f"{part}."


@dataclass(frozen=True)
class PageCitation:
    """One version of a page, as others cite it: `date` is when it was published.

    `standing` says in a sentence who reviewed the whole page and who approved what was changed.
    """

    title: str
    url: str
    version: int
    authors: tuple[str, ...]
    standing: str
    date: datetime.date
    accessed: datetime.date

    @property
    def key(self) -> str:
        """Return a name for the record: letters, digits and hyphens."""
        words = slug_of(self.title).split("-")[:4]
        return "-".join([SITE.lower(), *words, f"v{self.version}"])

    @property
    def note(self) -> str:
        """Return which version this is, and its reviewers."""
        return f"Version {self.version}. {self.standing}"


def as_text(page: PageCitation) -> str:
    """Return how to cite the page, in Vancouver style."""
    parts = (", ".join(page.authors), page.title, SITE, page.note, _day(page.date))
    words = " ".join(_stopped(_one_line(part)) for part in parts if part.strip())
    return f"{words} Accessed {_day(page.accessed)}. {_one_line(page.url)}"


def bibtex(page: PageCitation) -> str:
    """Return a BibTeX record of the page."""
    values = {
        "title": f"{{{_tex(page.title)}}}",
        "author": " and ".join(f"{{{_tex(author)}}}" for author in page.authors),
        "year": f"{page.date.year}",
        "month": f"{page.date.month}",
        "howpublished": SITE,
        "note": f"{_tex(page.note)}, accessed {_day(page.accessed)}",
        "url": _one_line(page.url).translate({ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C"}),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in values.items() if value]
    return f"@misc{{{page.key},\n{''.join(lines)}}}\n"


def ris(page: PageCitation) -> str:
    """Return an RIS record of the page."""
    fields = [
        ("TY", "ELEC"),
        ("TI", page.title),
        *(("AU", author) for author in page.authors),
        ("PY", f"{page.date:%Y}"),
        ("DA", f"{page.date:%Y/%m/%d}"),
        ("T2", SITE),
        ("ET", f"{page.version}"),
        ("N1", page.note),
        ("UR", page.url),
        ("Y2", f"{page.accessed:%Y/%m/%d}"),
        ("ID", page.key),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)


def csl_json(page: PageCitation) -> str:
    """Return the page as CSL-JSON: a list of one record."""
    issued, accessed = ({"date-parts": [[on.year, on.month, on.day]]} for on in (page.date, page.accessed))
    record: dict[str, Any] = {
        "id": page.key,
        "type": "webpage",
        "title": _one_line(page.title),
        "author": [{"literal": _one_line(author)} for author in page.authors],
        "container-title": SITE,
        "version": f"{page.version}",
        "note": _one_line(page.note),
        "language": "en-GB",
        "issued": issued,
        "accessed": accessed,
        "URL": page.url,
    }
    return json.dumps(
        [{name: value for name, value in record.items() if value}], ensure_ascii=False, indent=1
    )


_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "{}$&#%_"},
    }
)


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
