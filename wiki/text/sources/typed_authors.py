"""Authors as people type and paste them into one field."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from wiki.text.sources.formats.raw import with_particle
from wiki.text.sources.references import name_of

_SUFFIX: Final = r"(?:Jr|Sr|II|III|IV)"
_INITIALS: Final = r"[^\W\d_a-z](?:[. -]{0,2}[^\W\d_a-z]){0,3}\.?"
# "Smith, John" on a line by itself, or on each of several lines.
_FULL_NAMES: Final = re.compile(
    rf"(?:(?![^,\n]* {_INITIALS}(?: {_SUFFIX}\.?)?,)"
    r"[^\W\d_][\w'’ -]*, [A-Z][^\W\d_]{2,}[\w'’. -]*(?:\n|$))+"
)
# "Smith, J. A., Jones, B., & Brown, C." in the style of psychologists.
_WITH_COMMAS: Final = re.compile(
    rf"(?:(?:& |and )?[^\W\d_][\w'’ -]*, {_INITIALS}(?:, {_SUFFIX}\.?)?(?:, |,? (?=& |and )|$))+"
)
_ONE_WITH_COMMA: Final = re.compile(
    rf"(?:& |and )?([^\W\d_][\w'’ -]*, {_INITIALS}(?:, {_SUFFIX}\.?)?)(?:,? |,?$)"
)
# Marks of affiliations behind initials, and what somebody did beside writing.
_MARKS: Final = re.compile(
    r"(?:(?<= [A-Z])|(?<= [A-Z][A-Z])|(?<= [A-Z]{3}))[\d¹²³⁰⁴-⁹*†‡§]+(?:,[\d¹²³⁰⁴-⁹]+)*(?=[,;\s]|$)"
)
_ROLE: Final = re.compile(r"\s*\((?:editors?|eds?\.?)\)", re.IGNORECASE)


def people_of(text: str, known: Iterable[Mapping[str, str]] = ()) -> list[dict[str, str]]:
    """Return typed people as names: "Smith AB, Jones C and Brown B" or "Smith, John; Jones, Ann".

    A name without initials or a comma, such as an organisation's, stays as it is. Whoever is `known` stays
    whole, with given names that only initials are shown of, or a comma of its own.
    """
    whole = {name_of(one): dict(one) for one in known if name_of(one)}
    if not whole:
        return _people_of(text)
    names = "|".join(map(re.escape, sorted(whole, key=len, reverse=True)))
    parts = re.split(rf"(?:^|(?<=[,;\n]))\s*({names})\s*(?=[,;\n]|$)", text)
    found: list[dict[str, str]] = []
    for place, part in enumerate(parts):
        found += [whole[part]] if place % 2 else _people_of(part.strip(" ,;\n"))
    return found


def _people_of(text: str) -> list[dict[str, str]]:
    text = _ROLE.sub("", _MARKS.sub("", text)).strip()
    if ";" not in text and _WITH_COMMAS.fullmatch(text):
        return [_person(match[1]) for match in _ONE_WITH_COMMA.finditer(text)]
    parting = ";|\n" if ";" in text or _FULL_NAMES.fullmatch(text) else ",|\n"
    names = []
    for part in re.split(parting, text):
        names += _last_two(" ".join(part.split()))
    return [_person(name) for name in names if name and name.rstrip(".").lower() != "et al"]


def are_with_initials(text: str) -> bool:
    """Return whether a text is nothing but people, each a family's name, a comma and initials."""
    return _WITH_COMMAS.fullmatch(text) is not None


# "Smith J", and not "John Smith III".
_WITH_INITIALS: Final = re.compile(rf"(?!.* {_SUFFIX}$)[^\W\d_][\w'’ -]*[^\W\d_A-Z][\w'’-]* ([A-Z]{{1,3}})")


def people_with_initials(text: str, most: int) -> list[dict[str, str]]:
    """Return people written as "Smith J, Jones AB", with at most so many initials; [] for any other form."""
    parts = [part.strip() for part in text.split(",")]
    found = [_WITH_INITIALS.fullmatch(part) for part in parts]
    if not all(one and len(one[1]) <= most for one in found):
        return []
    return [_person(part) for part in parts]


def _last_two(name: str) -> list[str]:
    """Return "Jones A and Brown B" as two names; an organisation's "Health and Care" is one."""
    name = re.sub(r"^(?:and|&) ", "", name)
    first, parting, second = (
        (part.strip() for part in re.split(r" (and|&) ", name, maxsplit=1))
        if (re.search(r" (?:and|&) ", name))
        else (name, "", "")
    )
    are_people = parting and all("family" in _person(one) for one in (first, second))
    return [first, second] if are_people else [name]


def _person(name: str) -> dict[str, str]:
    if match := re.fullmatch(rf"([^,]+), ([^,]+)(?:, ({_SUFFIX})\.?)?", name):
        family, given, suffix = match.groups()
        return _named(family, given, suffix)
    suffix_at = re.search(rf" ({_SUFFIX})\.?$", name)
    bare = name[: suffix_at.start()] if suffix_at else name
    suffix = suffix_at[1] if suffix_at else None
    if first := re.fullmatch(r"((?:[^\W\d_a-z]\.[ -]?){1,3})([^\W\d_][\w'’ -]+)", bare):
        return _named(first[2], " ".join(re.findall(r"\w", first[1])), suffix)
    family, _, initials = bare.rpartition(" ")
    letters = re.sub(r"[.-]", "", initials)
    if family and len(letters) <= 4 and letters.isalpha() and letters.isupper():
        return _named(family, " ".join(letters), suffix)
    return {"literal": name}


def _named(family: str, given: str, suffix: str | None) -> dict[str, str]:
    person = with_particle({"family": family, "given": given})
    return person | ({"suffix": suffix} if suffix else {})
