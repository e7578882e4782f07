"""A body as paragraphs: the unit in which people compare, comment on and merge text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?=\s|$)")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, table, list or heading, and the line ends and blank lines that follow it."""

    text: str
    gap: str = ""

    @property
    def title(self) -> str | None:
        """Return the words of a heading, or None for anything else."""
        match = _HEADING.match(self.text)
        if not match:
            return None
        words = self.text[match.end() :].strip()
        bare = words.rstrip("#")
        return words if bare and not bare[-1].isspace() else bare.strip()


def paragraphs_of(body: str) -> list[Paragraph]:
    """Return the paragraphs of a body, parted by blank lines and around headings.

    Their texts and gaps in turn are the body exactly; blank lines at its start are a gap after no text.
    """
    found: list[Paragraph] = []
    lines: list[str] = []
    blanks: list[str] = []
    for line in _LINE.findall(body):
        if not line.strip():
            blanks.append(line)
            continue
        if blanks or (lines and (_HEADING.match(line) or _HEADING.match(lines[-1]))):
            found.append(_paragraph(lines, blanks))
            lines, blanks = [], []
        lines.append(line)
    return [*found, _paragraph(lines, blanks)] if lines or blanks else found


def joined(paragraphs: Sequence[Paragraph]) -> str:
    """Return the paragraphs as one body; a blank line parts those that would run together."""
    parts: list[str] = []
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        parts += [paragraph.text, paragraph.gap]
        if following and _run_together(paragraph, following):
            parts.append("\n" if paragraph.gap else "\n\n")
    return "".join(parts)


def _paragraph(lines: list[str], blanks: list[str]) -> Paragraph:
    text = "".join(lines)
    bare = text.rstrip("\r\n")
    return Paragraph(bare, text[len(bare) :] + "".join(blanks))


def _run_together(first: Paragraph, second: Paragraph) -> bool:
    """Return whether two paragraphs that came from different versions lack the line ends between them."""
    needed = 1 if first.title is not None or second.title is not None else 2
    return bool(first.text) and first.gap.count("\n") < needed
