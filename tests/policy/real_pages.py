"""Pages as they stood one day, and changes of them: what a clinician would ask for."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from wiki.importing.yaml_words import words_in
from wiki.text.document import Document

HERE = Path(__file__).parent


class TableRow(NamedTuple):
    """A change of a page, and who must sign it by the judgement of a clinician."""

    page: str
    signed: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return what is changed."""
        return f"{self.page}: {self.old} => {self.new}"

    def documents(self) -> tuple[Document, Document]:
        """Return the page before and after the change."""
        page = real_page(self.page)
        if self.old.startswith("+ "):
            return page, with_paragraph(page, self.old[2:], self.new)
        if self.old == "-":
            return page, replace(page, body=_without(page.body, self.new))
        for name in ("body", "summary"):
            text = getattr(page, name)
            if self.old in text:
                return page, replace(page, **{name: text.replace(self.old, self.new, 1)})
            if self.new and self.new in text:
                return replace(page, **{name: text.replace(self.new, self.old, 1)}), page
        raise AssertionError(f"{self} changes nothing")


@cache
def real_page(name: str) -> Document:
    """Return a page by the name of its file."""
    head, _, body = (HERE / "pages_of_one_day" / f"{name}.md").read_text().partition("\n---\n")
    said = words_in(head, "The front matter")
    return Document(said["title"], said["kind"], said["summary"], tuple(said["aliases"]), body=body)


def real_pages() -> dict[str, Document]:
    """Return all of them."""
    return {one.stem: real_page(one.stem) for one in sorted((HERE / "pages_of_one_day").glob("*.md"))}


def remedies() -> list[str]:
    """Return the names of the drugs and treatments among them."""
    some = [one for one in real_pages().values() if one.kind in ("drug", "treatment")]
    return [name for one in some for name in (one.title, *one.aliases)]


def called() -> dict[str, tuple[str, ...]]:
    """Return what each of them is called, by its title."""
    return {one.title: (one.title, *one.aliases) for one in real_pages().values()}


def with_paragraph(page: Document, heading: str, text: str) -> Document:
    """Return a page with one paragraph more at the end of a section."""
    sections = re.split(r"(?m)^(?=## )", page.body)
    place = next(n for n, one in enumerate(sections) if one.startswith(f"## {heading}\n"))
    sections[place] = f"{sections[place].rstrip()}\n\n{text}\n\n"
    return replace(page, body="".join(sections))


def _without(body: str, words: str) -> str:
    paragraphs = body.split("\n\n")
    (gone,) = [one for one in paragraphs if words in one]
    return "\n\n".join(one for one in paragraphs if one != gone)


def table() -> Iterator[TableRow]:
    """Yield the rows of the table of changes."""
    page = ""
    for line in (HERE / "changes_of_real_pages.txt").read_text().splitlines():
        if line.startswith("== "):
            page = line[3:]
        elif line and not line.startswith("#"):
            signed, _, change = line.partition(" | ")
            old, _, new = change.partition(" =>")
            yield TableRow(page, signed, old, new.removeprefix(" "))
