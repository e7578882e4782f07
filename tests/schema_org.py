"""The vocabulary of schema.org as its file tells it, and what a piece of JSON-LD says that is not in it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "vocabulary" / "schema-org-30.1.tsv"
CONTEXT = "https://schema.org"
# What SKOS has for the terms of other lists; each value is the address of one.
SKOS = {f"http://www.w3.org/2004/02/skos/core#{one}Match" for one in ("exact", "broad", "narrow")}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# A year, a month or a day, and the time of a day.
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


@cache
def rows() -> tuple[dict[str, set[str]], dict[str, tuple[set[str], set[str]]]]:
    """Return the parents of each class; of each property, who has it and what its values are."""
    lines = [one.split("\t") for one in FILE.read_text().splitlines() if not one.startswith("#")]
    classes = {name: set(above.split()) for what, name, above, _ in lines if what == "class"}
    properties = {
        name: (set(has.split()), set(values.split()))
        for what, name, has, values in lines
        if what == "property"
    }
    return classes, properties


def all_types(name: str) -> set[str]:
    """Return a class with all above it; nothing for a name that is none."""
    classes, _ = rows()
    if name not in classes:
        return set()
    return {name}.union(*(all_types(one) for one in classes[name]))


def mistakes(node: dict[str, Any], place: str = "") -> Iterator[str]:
    """Yield what a node of JSON-LD, and those in it, say that the vocabulary does not know."""
    types = node["@type"] if isinstance(node.get("@type"), list) else [node.get("@type", "")]
    known = set().union(*(all_types(one) for one in types))
    if any(not all_types(one) for one in types):
        yield f"{place}: no class {types}"
    for name, value in node.items():
        if name in ("@type", "@id", "@context") or name in SKOS:
            yield from _keyword_mistakes(name, value, place)
            continue
        has, values = rows()[1].get(name, (set(), set()))
        if not has & known:
            yield f"{place}: {types} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _value_mistakes(one, values, f"{place}/{name}")


def _keyword_mistakes(name: str, value: Any, place: str) -> Iterator[str]:
    """Yield what is wrong with a keyword of JSON-LD, or with a property of SKOS."""
    if name == "@context" and (value != CONTEXT or place):
        yield f"{place}: the context is {value!r}"
    named = [value] if name == "@id" else [one.get("@id") for one in value] if name in SKOS else []
    yield from (f"{place}/{name}: {one!r} is no address" for one in named if not _ADDRESS.fullmatch(str(one)))


def _value_mistakes(value: Any, values: set[str], place: str) -> Iterator[str]:
    if isinstance(value, dict):
        if "@type" not in value:
            if value.keys() != {"@id"}:
                yield f"{place}: a node without a class"
            yield from _keyword_mistakes("@id", value.get("@id"), place)
            return
        yield from mistakes(value, place)
        types = value["@type"] if isinstance(value["@type"], list) else [value["@type"]]
        if not values & set().union(*(all_types(one) for one in types)):
            yield f"{place}: {types} is no value of it"
    elif not values & set(_types_of(value)):
        yield f"{place}: {value!r} is no value of it"


def _types_of(value: Any) -> Iterator[str]:
    """Yield the types of a plain value; a text is an address or a date where it has the form of one."""
    if isinstance(value, bool):
        yield "Boolean"
    elif isinstance(value, int | float):
        yield from ("Number", *(("Integer",) if isinstance(value, int) else ()))
    elif isinstance(value, str) and value:
        yield "Text"
        forms = (("URL", _ADDRESS), ("Date", _DATE), ("DateTime", _MOMENT))
        yield from (name for name, form in forms if form.fullmatch(value))
