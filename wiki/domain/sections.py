"""The usual sections of a page, as a Markdown file lists them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TemplateSection:
    """A usual section: its heading, and a hint for the author on its content."""

    heading: str
    hint: str


def sections_in(file: Path) -> tuple[TemplateSection, ...]:
    """Return the sections of a page template: each a heading of level 2 above a paragraph with its hint."""
    _, *parts = f"\n{file.read_text(encoding='utf-8')}".split("\n## ")
    lines = (part.partition("\n") for part in parts)
    return tuple(TemplateSection(heading.strip(), " ".join(hint.split())) for heading, _, hint in lines)
