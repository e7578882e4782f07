"""The raw data that a format's reader finds about one work, before validation."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wiki.text.sources.identifiers import place_of_notice
from wiki.text.sources.markup import without_markup

LONGEST_FIELD: Final = 2_000
MOST_PEOPLE: Final = 500


class BadRecord(ValueError):
    """A text that is no record; its message is a sentence for the person who pasted it."""


@dataclass(frozen=True)
class JournalNotice:
    """A journal's later notice on a work: "retraction", "concern" or "correction", with date and
    reference, and the citation keys of the record that says it.
    """

    nature: str
    on: str = ""
    reference: str = ""
    keys: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class RawWork:
    """One work of a file: fields of CSL-JSON, notices, and unknown fields.

    What stands in known fields as the file has them (`record`) and not in the reference is told like those.
    `whole` has every value of the file with the name of its field; `needless` names the fields that belong
    to no reference, such as an abstract.
    """

    fields: dict[str, Any]
    notices: tuple[JournalNotice, ...] = ()
    unread: tuple[str, ...] = ()
    record: dict[str, Any] = field(default_factory=dict)
    whole: tuple[tuple[str, str], ...] = ()
    needless: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Failed:
    """A part of a file that could not be read, and its first line."""

    line: int
    why: str


@dataclass
class Unread:
    """The unknown fields of one work; those in `needless` are ignored."""

    needless: frozenset[str]
    unknown: list[str] = field(default_factory=list)

    def note(self, name: str, value: Any) -> None:
        """Add an unknown field, each of its values."""
        if name in self.needless:
            return
        for one in value if isinstance(value, list | tuple) else [value]:
            if one:
                self.unknown.append(f"{name}: {_in_words(one)[:200] or '…'}")


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value within a value of a file, as one line, with the names that lead to it."""
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from leaves(inner, f"{name} {part}".lstrip())
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner, name)
    elif value is not None and not isinstance(value, bool) and (words := line(str(value))):
        yield name, words
        if len(str(value)) > LONGEST_FIELD:
            yield name, f"only the first {LONGEST_FIELD} characters were read"


def _in_words(value: Any) -> str:
    """Return a value of a file as one line; of what has parts, such as a name or a date, the parts."""
    if isinstance(value, dict):
        return " ".join(filter(None, map(_in_words, value.values())))
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(_in_words, value)))
    return line(value)


def line(value: Any) -> str:
    """Return a value as one line without markup and entities; for a list its first item."""
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if not isinstance(value, str | int):
        return ""
    text = without_markup(str(value)[:LONGEST_FIELD])
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def named(names: Iterable[Any]) -> list[dict[str, str]]:
    """Return names in the form "Family, Given, Jr", of which several may stand in one field."""
    return [inverted(one) for several in names for one in _apart(line(several)) if one.strip()]


def _apart(names: str) -> list[str]:
    """Return names that stand in one field, "Smith, J.; Jones, K." or "Smith, J. and Jones, K."."""
    names, more = without_more(names)
    if _WITH_INITIALS.fullmatch(names):
        names = ";".join(re.sub(r"\s(\w{1,3})\.?$", r", \1", one.strip()) for one in names.split(","))
    several = names.split(";")
    if len(several) == 1 and names.count(",") > 1:
        parts = re.split(r"\s(?:and|&)\s", names)
        several = parts if all("," in one for one in parts) else several
    return [*several, *(["et al"] if more else [])]


_FAMILY_INITIALS: Final = r"(?:[^\W\d_][\w’'-]*[ ]){1,3}(?<=[a-zß-ÿ][ ])[A-ZÀ-ÖØ-Þ]{1,3}"
# As PubMed writes them, family and initials, several with commas between them.
_WITH_INITIALS: Final = re.compile(rf"{_FAMILY_INITIALS}(?:,\s*{_FAMILY_INITIALS})+\.?")


def without_more(names: str) -> tuple[str, bool]:
    """Return names without "et al" behind the last one, and whether it stood there."""
    shorter = _MORE.sub("", names)
    return (shorter, True) if shorter and shorter != names else (names, False)


_MORE: Final = re.compile(r"[\s,;]+(?:et\s+al\b|(?:and|&)\s+(?:others|colleagues)\b)[\s.]*$", re.IGNORECASE)


def inverted(name: Any) -> dict[str, str]:
    """Return a name in the form "Family, Given, Jr"; without a comma it is an organisation.

    EndNote ends the name of an organisation with a comma.
    """
    family, *rest = (part.strip() for part in line(name).split(","))
    if rest == [""]:
        return {"literal": family}
    if not rest:
        return _with_initials(family) or {"literal": family}
    given, suffix = rest[0], " ".join(rest[1:])
    if IS_SUFFIX.fullmatch(given) and suffix:
        given, suffix = suffix, given
    if not suffix and (ending := _SUFFIX.search(given)):
        given, suffix = given[: ending.start()], ending[1]
    return with_particle({"family": family, "given": given, "suffix": suffix})


def _with_initials(name: str) -> dict[str, str]:
    """Return a person whose initials have full stops, "Jones K.-L." or "John A. Smith", or nothing."""
    if match := re.fullmatch(r"(\D+?)\s+((?:[^\W\d_]\.[\s-]?)+)", name):
        return with_particle({"family": match[1], "given": match[2]})
    if match := re.fullmatch(r"([^\W\d_]+(?:\s[^\W\d_]\.)+|(?:[^\W\d_]\.\s?)+)\s*([^\W\d_][\w'’ -]+)", name):
        return with_particle({"family": match[2], "given": match[1]})
    return {}


IS_SUFFIX: Final = re.compile(r"Jr\.?|Sr\.?|I{2,3}|IV|2nd|3rd|4th")
_SUFFIX: Final = re.compile(rf"\s({IS_SUFFIX.pattern})$")


_PARTICLE: Final = re.compile(
    r"((?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|zu|zur|af|av|el|al)\s+)+)(?=\S)"
)


def with_suffix_apart(name: dict[str, str]) -> dict[str, str]:
    """Return a name with a "Jr" behind the family's as its suffix."""
    ending = _SUFFIX.search(name.get("family", ""))
    if ending is None or name.get("suffix") or not name.get("given"):
        return name
    return name | {"family": name["family"][: ending.start()], "suffix": ending[1]}


def with_particle(name: dict[str, str]) -> dict[str, str]:
    """Return a name with the small words before the family's, as in "van der Beek", as its particle."""
    if not name.get("given") or name.get("non-dropping-particle"):
        return name
    if match := _PARTICLE.match(name["family"]):
        particle = match[1].strip()
        return name | {"family": name["family"][match.end() :], "non-dropping-particle": particle}
    return name


MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def month(value: Any) -> str:
    """Return the number of a month that may stand in letters, or the word as it is."""
    word = line(value).lower()
    return str(MONTHS.index(word[:3]) + 1) if word[:3] in MONTHS else word


def numbers_of_date(words: str) -> list[str]:
    """Return year, month and day of a date in words; only the year where their order is not sure."""
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", words):
        return list(match.groups())
    if (year := re.match(r"\D*\d{4}(?!\d)", words)) and not re.search("[A-Za-z]{3}", words[year.end() :]):
        return re.findall(r"\d+", words)
    years = re.findall(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", words)
    named = [number for word in re.findall(r"[A-Za-z]{3,}", words) if (number := month(word)).isdigit()]
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)
    return [*years, *(named if len(named) == 1 else []), *(days if len(named) == len(days) == 1 else [])]


def numbers_in_date(raw: Mapping[str, Any]) -> list[Any] | None:
    """Return year, month and day of a date of CSL-JSON, None if it has none of them.

    Some programs leave out the inner list, `["2020"]`, or write a whole date in place of the year.
    """
    parts = raw.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if not isinstance(parts, list):
        parts = [] if parts is None else [parts]
    if len(parts) == 1 and isinstance(parts[0], str):
        return numbers_of_date(parts[0])
    return [month(one) for one in parts] or None


def pages(first: str, last: str) -> str:
    """Return a page range; a complete range, or one without an end, stays unchanged."""
    return f"{first}-{last}" if first and last and "-" not in first and first != last else first


def titled(title: str, subtitle: str) -> str:
    """Return a title and what stands below it as one."""
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"


def article_number(pii: str | None) -> str:
    """Return a publisher's number of an article that stands in place of its pages, such as "e12345"."""
    return pii if pii and re.fullmatch(r"[A-Za-z]{0,2}\d{1,7}", pii) else ""


def notice(nature: str, words: str) -> JournalNotice:
    """Return a notice with the place where it stands: by number if the words hold one."""
    if pmid := re.search(r"\bPMID:?\s*(\d{1,8})\b", words, re.IGNORECASE):
        return JournalNotice(nature, "", f"pmid:{pmid[1]}")
    doi = re.search(r"\bdoi:?\s*(10\.\d{4,9}/\S+)", words, re.IGNORECASE)
    return JournalNotice(nature, "", place_of_notice(doi[1].rstrip(".,;") if doi else words[:500]))


RETRACTED_TYPES: Final = frozenset({"retracted publication", "retracted article", "retracted"})


def keyword_notices(keywords: Any) -> tuple[JournalNotice, ...]:
    """Return the retraction that a keyword tells: PubMed's kinds of publication stand among keywords."""
    words = ",".join(map(line, keywords)) if isinstance(keywords, list | tuple) else line(keywords)
    told = {one.strip().lower() for one in re.split(r"[,;/|]", words)}
    return (JournalNotice("retraction"),) if told & {"retracted publication", "retracted article"} else ()


def with_retraction(notices: Iterable[JournalNotice], types: Iterable[str]) -> tuple[JournalNotice, ...]:
    """Return the notices, with a retraction added if the work's type says that it was retracted."""
    found = list(dict.fromkeys(notices))
    is_told = any(one.nature == "retraction" for one in found)
    if not is_told and RETRACTED_TYPES & {one.lower() for one in types}:
        found.append(JournalNotice("retraction"))
    return tuple(found)
