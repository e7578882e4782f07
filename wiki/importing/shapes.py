"""Shapes of YAML: which keys there are and what each holds. What is otherwise is refused with its line."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

type Shape = Words | Items | Keys


@dataclass(frozen=True)
class Words:
    """A text. `check` raises `ValueError` for one that is none of the key."""

    is_needed: bool = False
    # Whether it may hold neither line breaks nor tabs, as in a name.
    is_line: bool = False
    check: Callable[[str], object] | None = None
    # Whether a list or keys may stand there, too, which are not looked at.
    may_be_more: bool = False


@dataclass(frozen=True)
class Keys:
    """Keys with values: the `known` ones, and any others if those have a shape."""

    known: Mapping[str, Shape]
    needed: Collection[str] = ()
    others: Words | None = None
    # What is said if there is none at all.
    empty: str = ""


@dataclass(frozen=True)
class Items:
    """A list; an item that says nothing is none."""

    each: Words | Keys
    # Whether a single item may stand there without a list.
    is_one_enough: bool = False


def line_of(text: str, mark: Any) -> int:
    """Return the line of a mark; YAML itself also counts line breaks that no editor shows as such."""
    return text.count("\n", 0, mark.index) + 1


def refuse_misuse(node: yaml.Node | None, shape: Shape, text: str) -> None:
    """Raise `ValueError` that names what is not in the shape, its line and what to write instead."""
    if node is None:
        raise ValueError("the file: it says nothing")
    _refuse(node, shape, "the file", text)


def _refuse(node: Any, shape: Shape, name: str, text: str) -> None:
    wrong = ""
    match shape:
        case Keys() if not isinstance(node, yaml.MappingNode):
            wrong = f"{name}: keys with values, such as “{next(iter(shape.known), 'pmid')}: …”"
        case Keys():
            _refuse_keys(node, shape, name, text)
        case Items() if isinstance(node, yaml.SequenceNode):
            for one in node.value:
                if not _is_nothing(one):
                    _refuse(one, shape.each, name, text)
        case Items(is_one_enough=False) if not _is_nothing(node):
            wrong = f"{name}: a list, with - before each item"
        case Words(may_be_more=False) if not isinstance(node, yaml.ScalarNode):
            said = text[node.start_mark.index : node.end_mark.index].strip().replace("\n", " ")
            what = "a list" if isinstance(node, yaml.SequenceNode) else "a key with a value"
            wrong = f"{name}: put the text between quotation marks, YAML takes “{said[:80]}” for {what}"
        case Words():
            wrong = _misused_words(node, shape, name)
    if wrong:
        raise ValueError(f"{wrong} (line {line_of(text, node.start_mark)})")


def _refuse_keys(node: Any, shape: Keys, name: str, text: str) -> None:
    line = line_of(text, node.start_mark)
    keys = [str(key.value) for key, _ in node.value]
    if shape.empty and not keys:
        raise ValueError(f"{shape.empty} (line {line})")
    for key, value in node.value:
        inner = shape.known.get(str(key.value), shape.others)
        if inner is None or not isinstance(key, yaml.ScalarNode):
            names, at = ", ".join(shape.known), line_of(text, key.start_mark)
            said = key.value if isinstance(key, yaml.ScalarNode) else "that are no words"
            raise ValueError(f"{name}: unknown keys {said} (line {at}); there are {names}")
        _refuse(value, inner, key.value, text)
    if missing := next((one for one in shape.needed if one not in keys), ""):
        raise ValueError(f"'{missing}'" + ("" if name == "the file" else f" of {name} (line {line})"))


def _misused_words(node: Any, shape: Words, name: str) -> str:
    """Return what is wrong with a text, "" for nothing."""
    if not isinstance(node, yaml.ScalarNode):
        return ""
    if not node.tag.startswith(_OF_YAML):
        return f"{name}: put the text between quotation marks, YAML takes {node.tag} for a type"
    if _is_nothing(node) or not node.value.strip():
        return f"{name}: it is empty" if shape.is_needed else ""
    if shape.is_line and re.search(r"[\n\t]", node.value.strip()):
        return f"{name}: write it on one line, without tabs"
    try:
        if shape.check:
            shape.check(node.value)
    except ValueError as error:
        return f"{name}: {error}" if node.value in str(error) else f"{name} “{node.value}”: {error}"
    return ""


_OF_YAML: Final = "tag:yaml.org,2002:"


def _is_nothing(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == f"{_OF_YAML}null"
