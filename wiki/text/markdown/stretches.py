"""A body as stretches of its source that can be removed or moved without changing the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from markdown_it.token import Token

from wiki.text.markdown.lines import Lines
from wiki.text.markdown.parser import LONGEST_BODY, tokens_of

_LISTS: Final = ("bullet_list_open", "ordered_list_open")
ITEM: Final = "list_item_open"
TABLE: Final = "table_open"
BOX: Final = "container_urgent_open"
NOTE: Final = "footnote"
# What begins a part of a stretch that has parts.
_PARTS: Final = {ITEM: ITEM, BOX: ITEM, TABLE: "tr_open"}


@dataclass(frozen=True)
class Stretch:
    """A paragraph, heading, table, box, item of a list …, and the blank lines that follow it.

    Of a heading `title` has the words that readers see and `level` its depth. `after` is the stretch that it
    follows in the body that it is of. `kind` is one of those below, or "".
    """

    text: str
    gap: str = ""
    title: str | None = None
    level: int = 0
    after: tuple[str, str] = field(default=("", ""), compare=False, repr=False)
    kind: str = field(default="", compare=False, repr=False)


@lru_cache(maxsize=16)
def stretches_of(body: str) -> tuple[Stretch, ...]:
    """Return the stretches of a body in source order; text and gap of all of them joined are the body.

    They begin where the parser begins a block of the body's own, an item of such a list, a footnote or the
    definition of a link. Blank lines at the body's start are a gap after no text.
    """
    if len(body) > LONGEST_BODY:
        return (Stretch(body),)
    env: dict[str, Any] = {}
    lines = Lines(body)
    begun = dict(_beginnings(tokens_of(body, env), env))
    places = sorted({0, *begun})
    found: list[Stretch] = []
    for first, following in zip(places, [*places[1:], len(lines.starts)], strict=True):
        whole = body[lines.start(first) : lines.start(following)]
        if whole:
            text = _without_blank_lines(whole)
            after = (found[-1].text, found[-1].gap) if found else ("", "")
            title, level, kind = begun.get(first, (None, 0, ""))
            found.append(Stretch(text, whole[len(text) :], title, level, after, kind))
    return tuple(found)


def parts_of(stretch: Stretch) -> tuple[Stretch, ...]:
    """Return the head of a table or box and its rows or items, or an item and the items in it, each apart.

    Text and gap of all of them joined are the text of the stretch. Anything else is one part.
    """
    begins = _PARTS.get(stretch.kind)
    lines = Lines(stretch.text)
    last = len(lines.starts)
    places = {
        place
        for token in tokens_of(stretch.text)
        if token.type == begins and token.map
        for place in token.map
        if place < last
    }
    found = []
    for first, following in pairwise([*sorted({0, *places}), last]):
        whole = stretch.text[lines.start(first) : lines.start(following)]
        text = _without_blank_lines(whole)
        found.append(Stretch(text, whole[len(text) :], kind=ITEM))
    return tuple(found)


def joined(stretches: Sequence[Stretch]) -> str:
    """Return the stretches as one body, with a blank line between those that would run together."""
    parts: list[str] = []
    for stretch, following in zip(stretches, [*stretches[1:], None], strict=False):
        parts += [stretch.text, stretch.gap]
        if following and _run_together(stretch, following):
            parts.append("\n" if stretch.gap else "\n\n")
    return "".join(parts)


type _Beginning = tuple[int, tuple[str | None, int, str]]


def _beginnings(tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[_Beginning]:
    """Yield the first line of each stretch; for a heading also its words and level; its kind."""
    within = ""
    taken: set[int] = set()
    for token in tokens:
        if token.type == "footnote_block_open":
            break
        if token.level == 0 and token.map:
            within = token.type
            taken.update(range(token.map[0], max(token.map[1], token.map[0] + 1)))
            words = token.meta["text"] if token.type == "heading_open" else None
            kind = token.type if token.type in (TABLE, BOX) else ""
            yield token.map[0], (words, int(token.tag[1]) if words is not None else 0, kind)
        elif token.level == 1 and token.type == ITEM and within in _LISTS and token.map:
            yield token.map[0], (None, 0, ITEM)
    links = [one["map"] for one in (*env.get("references", {}).values(), *env.get("duplicate_refs", ()))]
    for first, end in sorted([*map(tuple, links), *env.get("footnote_lines", ())]):
        if first not in taken:
            taken.update(range(first, end))
            yield first, (None, 0, NOTE)


def _without_blank_lines(text: str) -> str:
    """Return a text without the lines at its end that the parser calls blank."""
    end = len(text)
    while end:
        bare = len(text[:end].rstrip("\r\n"))
        line = max(text.rfind("\n", 0, bare), text.rfind("\r", 0, bare)) + 1
        if text[line:bare].strip(" \t"):
            return text[:bare]
        end = line if line < end else 0
    return ""


def _run_together(first: Stretch, second: Stretch) -> bool:
    """Return whether two stretches from different versions lack the blank line between them."""
    if not first.text or first.gap.count("\n") > 1 or second.after == (first.text, first.gap):
        return False
    pair = stretches_of(first.text + (first.gap or "\n") + second.text)
    return not first.gap or [one.text for one in pair] != [first.text, second.text]
