"""A reader of ontologies in the format OBO 1.2: terms with their names, parents and former ids."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w+)?')
_ESCAPES: Final = {"n": " ", "t": " ", "W": " "}
# Synonyms that mean something wider or narrower, or that only sound alike, lead readers astray.
_SYNONYMS: Final = frozenset({"EXACT"})


@dataclass
class OntologyTerm:
    """A term of an ontology."""

    id: str
    name: str = ""
    definition: str = ""
    comment: str = ""
    synonyms: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    is_obsolete: bool = False


def read(lines: Iterable[str]) -> tuple[dict[str, str], dict[str, OntologyTerm]]:
    """Return the header of an ontology and its terms that are not obsolete, by id."""
    header: dict[str, str] = {}
    terms: dict[str, OntologyTerm] = {}
    term: OntologyTerm | None = None
    in_header = True
    for line in lines:
        if line.startswith("["):
            in_header, term = False, OntologyTerm("") if line == "[Term]" else None
            continue
        tag, mark, value = line.partition(": ")
        if in_header and mark:
            header.setdefault(tag, value)
        elif term is not None and mark:
            _read_line(term, tag, value)
            if tag == "id":
                terms[term.id] = term
    return header, {code: one for code, one in terms.items() if not one.is_obsolete}


def _read_line(term: OntologyTerm, tag: str, value: str) -> None:
    match tag:
        case "id":
            term.id = value
        case "name":
            term.name = value
        case "def":
            term.definition = _quoted(value)[0]
        case "comment":
            term.comment = _unescaped(value)
        case "synonym":
            text, scope = _quoted(value)
            if scope in _SYNONYMS and text != term.name and text not in term.synonyms:
                term.synonyms.append(text)
        case "alt_id":
            term.former.append(value)
        case "is_a":
            term.parents.append(value.split(" ", 1)[0])
        case "is_obsolete":
            term.is_obsolete = value == "true"


def _quoted(value: str) -> tuple[str, str]:
    match = _QUOTED.match(value)
    return (_unescaped(match[1]), match[2] or "") if match else ("", "")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text)


def beneath(root: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    """Return a term and all that stands beneath it."""
    children: dict[str, list[str]] = {}
    for code, above in parents.items():
        for one in above:
            children.setdefault(one, []).append(code)
    found, ahead = {root}, [root]
    while ahead:
        fresh = [one for one in children.get(ahead.pop(), ()) if one not in found]
        found.update(fresh)
        ahead.extend(fresh)
    return found


def distances(parents: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, int]]:
    """Yield each term with everything above it and the length of the shortest way, itself at 0."""
    for code in parents:
        known, ahead, distance = {code}, [code], 0
        while ahead:
            for one in ahead:
                yield code, one, distance
            above = {parent for one in ahead for parent in parents.get(one, ()) if parent in parents}
            ahead, distance = sorted(above - known), distance + 1
            known |= above
