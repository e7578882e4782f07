"""One section of a body, taken out to be edited and put back where it stood."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Self

from wiki.text.markdown.blocks import Block, blocks_of


def mark_of(text: str) -> str:
    """Return a digest that shows whether a text has changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Bookmark:
    """Where a text lay in a body, what it said and which line came next.

    It is found again wherever other changes have moved it. Of a text that was emptied the mark is that of all
    before it.
    """

    start: int
    length: int
    mark: str
    next: str

    def __str__(self) -> str:
        """Return it in the form of a form field."""
        return f"{self.start}.{self.length}.{self.mark}.{self.next}"

    @classmethod
    def read(cls, words: str) -> Self | None:
        """Return the bookmark in a form field, None for anything else."""
        found = re.fullmatch(r"(\d{1,7})\.(\d{1,7})\.([0-9a-f]{16})\.([0-9a-f]{16})", words, re.ASCII)
        return cls(int(found[1]), int(found[2]), found[3], found[4]) if found else None

    def find_in(self, body: str) -> "Cutting | None":
        """Return the text's place in a body, the nearest to its old place; None if it is not there."""
        lines = [0, *(one.end() for one in re.finditer("\n", body))] if self.length else [self.start]
        whole = (at for at in lines if not self.length or body[at + self.length :][:1] in ("", "\n"))
        places = (_cut(body, at, self.length) for at in whole)
        there = [one for one in places if (one.bookmark.mark, one.bookmark.next) == (self.mark, self.next)]
        return min(there, key=lambda one: abs(len(one.before) - self.start), default=None)

    def already(self, body: str, text: str) -> "Cutting | None":
        """Return `text` at the bookmark's place, if an earlier save with a lost response has put it there."""
        place = _cut(body, self.start, len(text))
        return place if text and (place.text, place.bookmark.next) == (text, self.next) else None


def _cut(body: str, start: int, length: int) -> "Cutting":
    end = start + length
    return Cutting("", "", body[:start], body[start:end], body[end:])


@dataclass(frozen=True)
class Cutting:
    """A section with its subsections; `before`, `text` and `after` joined are the body."""

    section: str
    title: str
    before: str
    text: str
    after: str

    @property
    def bookmark(self) -> Bookmark:
        """Return the bookmark that finds the section again and shows whether it changed."""
        next_line = self.after.lstrip("\n").partition("\n")[0]
        return Bookmark(
            len(self.before), len(self.text), mark_of(self.text or self.before), mark_of(next_line)
        )

    def replaced(self, text: str) -> str:
        """Return the body with `text` in the section's place."""
        return self.with_text(text).body

    def with_text(self, text: str) -> Self:
        """Return the section with another text, and an empty line between that and what follows."""
        text = text.strip("\n")
        if not text:
            return replace(self, text="", after=self.after.lstrip("\n"))
        lines = len(self.after) - len(self.after.lstrip("\n"))
        gap = "\n" * max(2 - lines, 0) if self.after.strip("\n") else ""
        return replace(self, text=text, after=gap + self.after)

    @property
    def body(self) -> str:
        """Return the whole body."""
        return self.before + self.text + self.after


def cutting(body: str, section: str) -> Cutting | None:
    """Return the section below the heading with this id, or None if there is no such heading."""
    found = section_headings(body)
    place = next((n for n, one in enumerate(found) if one.heading_id == section), None)
    if place is None:
        return None
    first = found[place]
    end = next((one.start for one in found[place + 1 :] if one.level <= first.level), len(body))
    text = body[first.start : end].rstrip("\n")
    after = body[first.start + len(text) :]
    return Cutting(section, first.words, body[: first.start], text, after)


def section_headings(body: str) -> list[Block]:
    """Return the headings that open a section: those of the body itself, not of a list, box or quotation."""
    return [one for one in blocks_of(body) if one.is_heading and not one.containers]


def section_after(body: str, before: str) -> str:
    """Return the id of the heading directly after the text `before` in a body, "" if there is none."""
    return next((one.heading_id for one in section_headings(body) if one.start == len(before)), "")


def at_the_end(body: str) -> Cutting:
    """Return the empty place at the end of a body."""
    before = body.rstrip("\n")
    return Cutting("", "", before + "\n\n" if before else "", "", "")
