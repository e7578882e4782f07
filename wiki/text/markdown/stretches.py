"""A body as stretches of its source that can be removed or moved without changing the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, blocks_of
from wiki.text.markdown.parser import LONGEST_BODY

_LISTS: Final = ("ul", "ol")
ITEM: Final = "li"
TABLE: Final = "table"
BOX: Final = "box"
NOTE: Final = "note"
# The kinds of stretches that have parts.
_PARTS: Final = frozenset({ITEM, BOX, TABLE})


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
    begun = _beginnings(body)
    places = sorted({0, *begun})
    found: list[Stretch] = []
    for first, following in zip(places, [*places[1:], len(body)], strict=True):
        if whole := body[first:following]:
            text = _without_blank_lines(whole)
            after = (found[-1].text, found[-1].gap) if found else ("", "")
            title, level, kind = begun.get(first, (None, 0, ""))
            found.append(Stretch(text, whole[len(text) :], title, level, after, kind))
    return tuple(found)


def parts_of(stretch: Stretch) -> tuple[Stretch, ...]:
    """Return the head of a table or box and its rows or items, or an item and the items in it, each apart.

    Text and gap of all of them joined are the text of the stretch. Anything else is one part.
    """
    text = stretch.text
    blocks = blocks_of(text) if stretch.kind in _PARTS else ()
    if stretch.kind == TABLE:
        spans = {(one.start, _next_line(text, one.end)) for one in blocks if one.kind is BlockKind.ROW}
    else:
        spans = {inner.span for one in blocks for inner in one.containers if inner.tag == ITEM}
    places = {place for span in spans for place in span if place < len(text)}
    found = []
    for first, following in pairwise([*sorted({0, *places}), len(text)]):
        whole = text[first:following]
        part = _without_blank_lines(whole)
        found.append(Stretch(part, whole[len(part) :], kind=ITEM))
    return tuple(found)


def _next_line(text: str, end: int) -> int:
    return end + len(text[end : end + 2]) if text.startswith("\r\n", end) else end + 1


def joined(stretches: Sequence[Stretch]) -> str:
    """Return the stretches as one body, with a blank line between those that would run together."""
    parts: list[str] = []
    for stretch, following in zip(stretches, [*stretches[1:], None], strict=False):
        parts += [stretch.text, stretch.gap]
        if following and _run_together(stretch, following):
            parts.append("\n" if stretch.gap else "\n\n")
    return "".join(parts)


def _beginnings(body: str) -> dict[int, tuple[str | None, int, str]]:
    """Return where each stretch begins: for a heading with its words and level; with its kind."""
    found: dict[int, tuple[str | None, int, str]] = {}
    end = 0
    before: Block | None = None
    for block in sorted(blocks_of(body), key=lambda one: one.start):
        (start, stop), kind = _place_of(block)
        if kind == ITEM and block.containers[0].tag == "dl":
            # A term begins an entry, with its explanations and other terms for the same.
            is_first = block.kind is BlockKind.TERM and (before is None or before.kind is not BlockKind.TERM)
            before = block
            if not is_first:
                end = max(end, stop)
                continue
        before = block
        # What is in a stretch that has begun, such as a note in a box, begins none.
        if start >= end:
            is_title = block.is_heading and not block.containers
            title = str(block.tokens[0].meta["text"]) if is_title else None
            found[start] = title, block.level if is_title else 0, kind
            end = stop
    return found


def _place_of(block: Block) -> tuple[tuple[int, int], str]:
    """Return where the stretch of a block begins and ends, and its kind."""
    if not block.containers:
        kind = NOTE if block.kind in UNSEEN else ""
        return (block.start, block.end), kind
    outer = block.containers[0]
    if outer.tag == "dl":
        return (block.start, block.end), ITEM
    if outer.tag in _LISTS:
        return block.containers[1].span, ITEM
    return outer.span, outer.tag if outer.tag in (TABLE, BOX, NOTE) else ""


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
