"""The file and the lines that a refusal of a loaded page is about."""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from wiki.acts.reviewing.loading import RefusedPage
from wiki.importing.front_matter import FILE, PageFile, decoded
from wiki.importing.yaml_words import SAFE_LOADER, BadFile
from wiki.policy.refusal import MOST_LISTED, NotReady, Problem

_QUOTED: Final = re.compile("“([^”]+)”")
# A line of the text, which begins below the front matter.
_IN_LINE: Final = re.compile(r"\bin line (\d{1,6})\b")
# What pictures are called, which is quoted without marks.
_PICTURE: Final = re.compile(r"\b[0-9a-f]{16}\b")


def located(file: PageFile, refused: RefusedPage) -> str:
    """Return the sentence of a refusal with the file before it, and with the line of each problem."""
    if file.path is None:
        return str(refused)
    try:
        text = decoded(file.path.read_bytes())
    except (BadFile, OSError):
        # It was changed or taken away since it was read.
        return f"{file.name}: {refused}"
    problems = refused.why.problems if isinstance(refused.why, NotReady) else [Problem("", str(refused.why))]
    lines = [_line_of(text, one) for one in problems]
    first = f", line {lines[0]}" if lines[0] else ""
    others = {line: None for line in lines[1:MOST_LISTED] if line and line != lines[0]}
    more = f" See line {' and '.join(map(str, others))} too." if others else ""
    return f"{file.name}{first}: {refused}{more}"


def _line_of(text: str, problem: Problem) -> int | None:
    """Return the line of what a problem is about, None where nothing tells it."""
    match = FILE.match(text)
    if match is None:
        return None
    quoted = [*_QUOTED.findall(problem.message), *_PICTURE.findall(problem.message)]
    if problem.field == "body":
        start = match.start(2) + len(match[2] or "") - len((match[2] or "").lstrip())
        told = _IN_LINE.search(problem.message)
        counted = int(told[1]) - 1 if told else 0
        return _line_at(text, start if counted else next(_places_of(text, quoted, start), start)) + counted
    front = yaml.compose(match[1], Loader=SAFE_LOADER)
    node = _node(front, problem.field)
    within = node.start_mark.index if node else 0
    end = node.end_mark.index if node else len(match[1])
    place = next((at for at in _places_of(match[1][:end], quoted, within)), within)
    return _line_at(text, match.start(1) + place) if node or place else None


def _places_of(text: str, quoted: list[str], start: int) -> Iterator[int]:
    return (place for words in quoted if (place := text.find(words, start)) >= 0)


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _node(front: Any, field: str) -> Any:
    """Return the part of the front matter that is a field of a form, such as "statements-2-sources"."""
    name, _, rest = field.partition("-")
    found = _value(front, {"retirement": "retired"}.get(name, name))
    number, _, key = rest.partition("-")
    if number.isdecimal() and isinstance(found, yaml.SequenceNode) and int(number) < len(found.value):
        item = found.value[int(number)]
        return _value(item, {"object": "page"}.get(key, key)) or item
    return found


def _value(node: Any, key: str) -> Any:
    """Return the value of a key, None where there is none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)
