"""References as text: sources in Vancouver style, and how our own pages are cited."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from wiki.text.wikilinks import slug_of

SITE: Final = "Causeway"
MOST_AUTHORS: Final = 6
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def vancouver(csl: Mapping[str, Any]) -> str:
    """Return a source's reference in the style of the National Library of Medicine, without identifiers."""
    journal = _text(csl, "container-title-short") or _text(csl, "container-title")
    source = f"{journal}. {_issue(csl)}" if journal and not _is_book(csl) else _book(csl, journal)
    authors = _people(csl.get("author", ())) or _people(csl.get("editor", ()), ", editors")
    return " ".join(_stopped(part) for part in (authors, _text(csl, "title"), source) if part.strip(" ."))


def _is_book(csl: Mapping[str, Any]) -> bool:
    return csl.get("type") in ("book", "chapter", "report", "thesis", "entry", "entry-encyclopedia")


def _people(people: Any, after: str = "") -> str:
    """Return the names, family name first; of more than six the first six, "et al."."""
    names = [name for person in people or () if (name := _name(person))]
    shown = names[:MOST_AUTHORS] + ["et al"] * (len(names) > MOST_AUTHORS)
    return ", ".join(shown) + after if shown else ""


def _name(person: Mapping[str, Any]) -> str:
    if not (family := _text(person, "family")):
        return _text(person, "literal")
    particle = _text(person, "non-dropping-particle")
    initials = "".join(part[0].upper() for part in re.findall(r"\w+", _text(person, "given")))
    return " ".join(filter(None, (particle, family, initials, _text(person, "suffix"))))


def _issue(csl: Mapping[str, Any]) -> str:
    """Return the year, volume, issue and pages of an article: "2012;44(3):254-6"."""
    issue = f"({_text(csl, 'issue')})" if _text(csl, "issue") else ""
    volume = _text(csl, "volume") + issue
    pages = _short_range(_text(csl, "page") or _text(csl, "number"))
    found = _year(csl)
    found += f"{';' if found else ''}{volume}" if volume else ""
    return found + (f":{pages}" if pages else "")


def _book(csl: Mapping[str, Any], container: str) -> str:
    """Return the edition, place, publisher and year of anything that is no article."""
    edition = _text(csl, "edition")
    edition = f"{_ordinal(edition)} ed" if edition.isdigit() else edition
    place = ": ".join(filter(None, (_text(csl, "publisher-place"), _text(csl, "publisher"))))
    imprint = "; ".join(filter(None, (place, _year(csl))))
    pages = _short_range(_text(csl, "page"))
    parts = (f"In: {container}" if container else "", edition, imprint, f"p. {pages}" if pages else "")
    return " ".join(_stopped(part) for part in parts if part)


def _year(csl: Mapping[str, Any]) -> str:
    issued = csl.get("issued") or {}
    parts = issued.get("date-parts") or [[]]
    if parts[0]:
        return str(parts[0][0])
    match = re.search(r"\d{4}", str(issued.get("raw") or issued.get("literal") or ""))
    return match[0] if match else ""


def _short_range(pages: str) -> str:
    """Return 254-256 as 254-6; anything but two plain numbers as it is."""
    match = re.fullmatch(r"(\d+)\s*[-–]+\s*(\d+)", pages)
    if not match:
        return pages.replace("–", "-")
    first, last = match.groups()
    if len(first) == len(last) and int(first) < int(last):
        same = next(place for place, digit in enumerate(first) if digit != last[place])
        last = last[same:]
    return f"{first}-{last}"


def _ordinal(number: str) -> str:
    teen = number[-2:] in ("11", "12", "13")
    return number + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th"))


def _text(data: Mapping[str, Any], name: str) -> str:
    """Return a value of a record on one line, without the markup that publishers leave in titles."""
    value = data.get(name)
    value = value[0] if isinstance(value, list) and value else value or ""
    return " ".join(re.sub(r"</?(?:i|b|em|strong|sub|sup|scp)>", "", str(value)).split())


def _stopped(part: str) -> str:
    part = part.strip()
    return part if part.endswith((".", "?", "!")) else f"{part}."


@dataclass(frozen=True)
class PageCitation:
    """One version of a page, as others cite it: `date` is when it was published."""

    title: str
    url: str
    version: int
    authors: tuple[str, ...]
    reviewer: str
    date: datetime.date
    accessed: datetime.date

    @property
    def key(self) -> str:
        """Return a name for the record: letters, digits and hyphens."""
        words = slug_of(self.title).split("-")[:4]
        return "-".join([SITE.lower(), *words, f"v{self.version}"])

    @property
    def note(self) -> str:
        """Return which version this is and who answers for it."""
        review = f"reviewed by {self.reviewer}" if self.reviewer else "not yet reviewed by a clinician"
        return f"Version {self.version}, {review}"


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
