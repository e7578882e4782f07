"""The vocabulary of schema.org as its file tells it, and what a piece of JSON-LD says that is not in it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "vocabulary" / "schema-org-30.1.tsv"
TEXTS = {"Text", "URL", "Date", "DateTime"}
NUMBERS = {"Number", "Integer", "Text"}


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
        if name.startswith("@") or "://" in name:
            continue
        has, values = rows()[1].get(name, (set(), set()))
        if not has & known:
            yield f"{place}: {types} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _value_mistakes(one, values, f"{place}/{name}")


def _value_mistakes(value: Any, values: set[str], place: str) -> Iterator[str]:
    if isinstance(value, dict):
        if "@type" not in value:
            if value.keys() != {"@id"}:
                yield f"{place}: a node without a class"
            return
        yield from mistakes(value, place)
        types = value["@type"] if isinstance(value["@type"], list) else [value["@type"]]
        if not values & set().union(*(all_types(one) for one in types)):
            yield f"{place}: {types} is no value of it"
    elif not values & (TEXTS if isinstance(value, str) else NUMBERS):
        yield f"{place}: {value!r} is no value of it"
