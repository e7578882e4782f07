"""Names of authors: whether two may belong to the same person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from wiki.text.slugs import ascii_slug

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 60
_MOST_INITIALS: Final = 3


@dataclass(frozen=True)
class _Part:
    """One word of a name, without accents and case."""

    text: str
    is_initials: bool = False


def same_person(name: str, author: dict[str, Any]) -> bool:
    """Return whether `name`, as people write it, may be the author of a CSL record.

    "Amara Osei", "Osei A" and "Osei, Amara" are Amara B. Osei's; so is "Osei" alone. In doubt they are the
    same: then somebody else reviews.
    """
    words = _parts(name)
    if literal := author.get("literal"):
        return bool(words) and words == _parts(str(literal))
    family, given = _parts(str(author.get("family") or "")), _parts(str(author.get("given") or ""))
    return any(_agree(rest, given) for rest in _without(family, words))


def as_written(author: dict[str, Any]) -> str:
    """Return an author in the form of a reference: "Osei A"."""
    if literal := author.get("literal"):
        return str(literal)
    initials = "".join(one[0].upper() for one in _WORD.findall(str(author.get("given") or "")))
    return f"{author.get('family') or ''} {initials}".strip()


# The queue compares every declared name with every author of what waits.
@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[_Part, ...]:
    found = []
    for word in _WORD.findall(name):
        short = len(word) == 1 or (word.isupper() and len(word) <= _MOST_INITIALS)
        found.append(_Part(ascii_slug(word, _LONGEST) or word, short))
    return tuple(found)


def _without(family: Sequence[_Part], words: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield what is left of a name without the family name, where that stands last and first."""
    size, wanted = len(family), [one.text for one in family]
    if not family:
        return
    if [one.text for one in words[-size:]] == wanted:
        yield words[:-size]
    if [one.text for one in words[:size]] == wanted:
        yield words[size:]


def _agree(mine: Sequence[_Part], theirs: Sequence[_Part]) -> bool:
    """Return whether two given names may be one person's: equal in full, or by the first initial."""
    if not mine or not theirs:
        return True
    first, other = mine[0], theirs[0]
    if first.is_initials or other.is_initials:
        return first.text[0] == other.text[0]
    return first.text == other.text
