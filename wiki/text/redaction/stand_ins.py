"""Replacements for passages with a safety correction.

The reading copy of a page never holds such a passage. It holds a notice, and beside it what to show in its
place and until when: so nothing has to happen for a correction to lapse, and what forgets to ask is safe.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, Self

from django.utils import timezone

from wiki.text.days import day_in_words
from wiki.text.redaction.passages import StandIn
from wiki.text.redaction.table_rows import is_row

PASSAGE: Final = "A passage that stood here was withheld for safety."
SUMMARY: Final = "The summary of this page was withheld for safety."
NOTE: Final = "This note was withheld for safety."


_CORRECTED: Final = "<p><strong>Corrected for safety</strong></p>"
_CELL: Final = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


def _cells(row: str) -> list[str]:
    """Return what stands in the cells of a row."""
    return _CELL.findall(row)


@dataclass(frozen=True)
class Fix:
    """One correction as it shows on one page. `html` and `summary` are empty if nothing stands instead.

    `in_text` and `in_summary` say where the passage stands that is not shown any more.
    """

    id: int
    passage: str
    replacement: str
    reason: str
    by: tuple[str, str]
    since: dt.datetime
    until: dt.datetime
    in_text: bool = False
    in_summary: bool = False
    html: str = ""
    summary: str = ""

    @property
    def is_withheld(self) -> bool:
        """Return whether readers get no replacement: none was given, or it has expired."""
        return not self.replacement or self.until <= timezone.now()

    @property
    def withheld_on(self) -> dt.date:
        """Return the day from which readers get no replacement."""
        is_over = bool(self.replacement) and self.until <= timezone.now()
        return timezone.localdate(self.until if is_over else self.since)

    @property
    def sentence(self) -> str:
        """Return what readers are told if there is no replacement."""
        day, reason = day_in_words(self.withheld_on), " ".join(self.reason.split())
        return f"This passage was withheld on {day} because: {reason}"

    @property
    def stand_in(self) -> StandIn:
        """Return the present replacement of the passage, as Markdown."""
        return StandIn(self.passage, self.sentence if self.is_withheld else self.replacement)

    @property
    def framed(self) -> StandIn:
        """Return the replacement between two marker words that no text holds, so that it is found after
        rendering.
        """
        return StandIn(self.passage, self.replacement, self._frame)

    @property
    def _frame(self) -> tuple[str, str]:
        name = hashlib.sha256(f"{self.id} {self.passage}".encode()).hexdigest()[:16]
        return f"fix{self.id}begin{name}", f"fix{self.id}end{name}"

    @property
    def marker(self) -> str:
        """Return the marker that the reading copy holds in place of the passage; no author can write it."""
        return f'<p class="gone" data-fix="{self.id}">{PASSAGE}</p>'

    def taken_out(self, html: str) -> tuple[str, str]:
        """Return a rendered body with the marker in place of the framed replacement, and the replacement as
        HTML.
        """
        begin, end = self._frame
        rows: list[str] = []

        def whole_row(match: re.Match[str]) -> str:
            rows.append(re.sub(rf"{begin} ?| ?{end}", "", match[0]))
            return f'<tr><td colspan="{match[0].count("<td")}">{self.marker}</td></tr>'

        in_cell = r"(?:(?!</?tr>).)*"
        html = re.sub(rf"<tr>{in_cell}{begin}{in_cell}</tr>", whole_row, html, flags=re.DOTALL)
        framed = re.compile(rf"(?:<p>)?{begin}(?:</p>)?\s*(.*?)\s*(?:<p>)?{end}(?:</p>)?", re.DOTALL)
        found = framed.search(html)
        instead = found[1] if found else ""
        if rows and not instead:
            instead = rows[0] if is_row(self.replacement) else _cells(rows[0])[0]
        return framed.sub(self.marker, html), instead

    @property
    def shown(self) -> str:
        """Return the present replacement of the marker, as HTML."""
        if self.is_withheld or not self.html:
            return f'<p class="gone"><strong>Withheld for safety.</strong> {escape(self.sentence)}</p>'
        html = f"<p>{'; '.join(_cells(self.html))}</p>" if self._is_row else self.html
        return f'<div class="notice">{_CORRECTED}{html}</div>'

    @property
    def _is_row(self) -> bool:
        return self.html.startswith("<tr>")

    def filled_in(self, html: str) -> str:
        """Return a stored body with the present replacement; a row of a table takes the place of a row."""
        if self._is_row and not self.is_withheld:
            row = self.html.replace(">", f">{_CORRECTED}", 2).replace(_CORRECTED, "", 1)
            html = re.sub(rf'<tr><td colspan="\d+">{re.escape(self.marker)}</td></tr>', lambda _: row, html)
        return html.replace(self.marker, self.shown)

    def as_json(self) -> dict[str, Any]:
        """Return everything but the passage, which the reading copy must not hold."""
        kept = {"id", "replacement", "reason", "by", "in_text", "in_summary", "html", "summary"}
        data = {name: getattr(self, name) for name in sorted(kept)}
        return data | {"since": self.since.isoformat(), "until": self.until.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the fix that `as_json` wrote."""
        times = {name: dt.datetime.fromisoformat(data[name]) for name in ("since", "until")}
        first, second = data["by"]
        return cls(**{**data, **times, "by": (first, second), "passage": ""})


def filled(html: str, fixes: Sequence[Fix]) -> str:
    """Return the stored body of a page with the present replacement of each marker."""
    for one in fixes:
        html = one.filled_in(html)
    return html


def summary_now(stored: str, fixes: Sequence[Fix]) -> str:
    """Return the plain summary that readers get now."""
    fix = next((one for one in fixes if one.in_summary), None)
    if fix is None:
        return stored
    return fix.sentence.replace("This passage", "This summary", 1) if fix.is_withheld else fix.summary
