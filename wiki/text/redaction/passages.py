"""Passages that readers must not see any more: where they stand, and what stands there instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Final

from wiki.text.document import Document, Row
from wiki.text.markdown.html import plain
from wiki.text.markdown.paragraphs import Paragraph, joined, paragraphs_of

# What a paragraph begins with that is not its own words: how deep it stands, the name of a footnote.
_BEFORE: Final = re.compile(r"(?P<depth>[ \t>]*)(?P<note>\[\^[^\s\[\]]{1,100}\]:[ \t]+)?")
_BOX: Final = re.compile(r"[ \t>]*:{3,}[ \t]*(?P<name>urgent\b)?")
_BLOCK: Final = re.compile(r"\s*(?:#|>|\||```|~~~|:::|\[\^|\[[^\]]*\]:|[-*_=+]|\d+[.)]\s)|!\[")


@dataclass(frozen=True)
class StandIn:
    """A passage, and the Markdown that stands in its place; "" leaves nothing there."""

    passage: str
    text: str = ""


def holds(text: str, passage: str) -> bool:
    """Return whether the words of `passage` stand in `text`, one after the other."""
    return bool(passage.strip()) and _as_words(passage) in _as_words(text)


def _as_words(text: str) -> str:
    """Return a text as it is compared: its words with one space around each."""
    return f" {' '.join(text.split())} "


def is_said(document: Document, passage: str) -> bool:
    """Return whether readers of `document` would read `passage`: in its summary, its text or a note."""
    texts = (
        document.summary,
        document.body,
        *(text for row in document.statements for text in row.texts.values()),
    )
    return any(holds(one, passage) for one in texts)


def passages(document: Document) -> list[str]:
    """Return what can be corrected by itself: the summary, then each paragraph of the text but headings."""
    paragraphs = [one.text.strip() for one in paragraphs_of(document.body) if one.title is None]
    worded = [one for one in paragraphs if _BOX.sub("", one).strip()]
    return [one for one in dict.fromkeys((document.summary.strip(), *worded)) if one]


def is_one_paragraph(text: str) -> bool:
    """Return whether `text` is running words alone, that cannot change what stands around it."""
    lines = text.strip().splitlines()
    return all(line.strip() and not _BLOCK.match(line) for line in lines)


def without(document: Document, stand_ins: Sequence[StandIn]) -> Document:
    """Return `document` with each passage replaced wherever it stands: summary, text and notes."""
    rows = tuple(_row_without(row, stand_ins) for row in document.statements)
    summary, body = line_without(document.summary, stand_ins), body_without(document.body, stand_ins)
    return replace(document, summary=summary, body=body, statements=rows)


def _row_without(row: Row, stand_ins: Sequence[StandIn]) -> Row:
    """Return a statement with each passage replaced in every text of it that readers see."""
    texts: dict[str, Any] = {name: line_without(text, stand_ins) for name, text in row.texts.items()}
    return replace(row, **texts)


def line_without(text: str, stand_ins: Sequence[StandIn]) -> str:
    """Return a text that is one line, or the plain words of the stand-in for what it holds."""
    found = next((one for one in stand_ins if holds(text, one.passage)), None)
    return text if found is None else plain(found.text).replace("\n", " ")


def body_without(body: str, stand_ins: Sequence[StandIn]) -> str:
    """Return a body in which each passage is replaced; the first stand-in that fits a paragraph counts.

    A passage that was spread over several paragraphs, or put into a longer one, takes all of them with it.
    """
    paragraphs = paragraphs_of(body)
    taken: dict[int, StandIn] = {}
    for one in stand_ins:
        for place in _places(paragraphs, one.passage):
            taken.setdefault(place, one)
    if not taken:
        return body
    return joined([new for place in range(len(paragraphs)) for new in _replaced(paragraphs, place, taken)])


def _replaced(paragraphs: Sequence[Paragraph], place: int, taken: dict[int, StandIn]) -> list[Paragraph]:
    """Return what stands at one place; a stand-in for paragraphs one after the other stands there once."""
    paragraph = paragraphs[place]
    if place not in taken:
        return [paragraph]
    is_first = taken.get(place - 1) is not taken[place]
    text = _in_place_of(paragraph.text, taken[place].text if is_first else "")
    return [Paragraph(text, paragraph.gap)] if text else []


def _places(paragraphs: Sequence[Paragraph], passage: str) -> set[int]:
    """Return which paragraphs the words of a passage stand in."""
    wanted = _as_words(passage)
    texts = [" ".join(one.text.split()) for one in paragraphs]
    ends = list(accumulate(len(one) + 1 for one in texts))
    whole, found = _as_words(" ".join(texts)), set()
    spans = [
        (last - len(one), last, place) for place, (one, last) in enumerate(zip(texts, ends, strict=True))
    ]
    start = whole.find(wanted) if wanted.strip() else -1
    while start >= 0:
        end = start + len(wanted) - 1
        found |= {place for first, last, place in spans if first < end and last > start + 1}
        start = whole.find(wanted, start + 1)
    return found


def _in_place_of(old: str, text: str) -> str:
    """Return `text` where the paragraph `old` stood: as deep, in the same footnote, in the same box."""
    lines = old.split("\n")
    first, last = _BOX.match(lines[0]), _BOX.match(lines[-1])
    opens, closes = bool(first and first["name"]), bool(last and not last["name"])
    head = ["::: urgent"] if opens and not closes else []
    tail = [":::"] if closes and not opens else []
    return "\n".join([*head, *_as_deep(old, text), *tail])


def _as_deep(old: str, text: str) -> list[str]:
    """Return the lines of `text` with the depth of the paragraph `old`, and its name if it is a footnote."""
    before = _BEFORE.match(old)
    if not text or before is None:
        return []
    depth, note = before["depth"], before["note"] or ""
    inner = depth + "    " * bool(note)
    return [
        f"{depth}{note}{line}" if place == 0 else f"{inner}{line}".rstrip()
        for place, line in enumerate(text.split("\n"))
    ]
