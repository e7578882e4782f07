"""Redaction: the one place that decides which passages of a text readers get. It only reads.

It reads only. What is said here depends on the clock alone, so a correction lapses without anybody acting.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from wiki.models import (
    Correction,
    Publication,
    Revision,
    User,
    Visitor,
)
from wiki.text.document import Document, Row
from wiki.text.markdown.html import plain
from wiki.text.redaction.passages import StandIn, body_without, holds, holds_passage, stands_in, without
from wiki.text.redaction.stand_ins import NOTE, SUMMARY, Fix


@dataclass(frozen=True)
class Redacted:
    """A document without its corrected passages: `framed` for rendering, `bare` for search."""

    framed: Document
    bare: Document
    fixes: tuple[Fix, ...] = ()

    def taken_out(self, html: str) -> tuple[str, list[dict[str, Any]]]:
        """Return the rendered body with notices in it, and the replacements that the reading copy stores
        beside it.
        """
        kept = []
        for one in self.fixes:
            html, instead = one.taken_out(html)
            kept.append(replace(one, html=instead).as_json())
        return html, kept


def redacted(document: Document, corrections: Sequence[Correction]) -> Redacted:
    """Return a document in the form from which the reading copy is derived; independent of the time."""
    fixes = fixes_of(document, corrections)
    if not fixes:
        return Redacted(document, document)
    bare = without(document, [StandIn(one.passage) for one in fixes])
    rows = _with_notices(document, bare)
    hides_summary = any(one.in_summary for one in fixes)
    framed = replace(
        document,
        summary=SUMMARY if hides_summary else document.summary,
        body=body_without(document.body, [one.framed for one in fixes]),
        statements=rows,
    )
    return Redacted(framed, bare, fixes)


def _with_notices(document: Document, bare: Document) -> tuple[Row, ...]:
    """Return the statements as readers get them."""
    return tuple(_framed(*both) for both in zip(document.statements, bare.statements, strict=True))


def _framed(row: Row, bare: Row) -> Row:
    """Return a statement with a notice in place of each corrected text."""
    corrected = [name for name, text in row.texts.items() if bare.texts.get(name) != text]
    notices: dict[str, Any] = dict.fromkeys(corrected, NOTE) | {"population": bare.population}
    return replace(row, **notices)


def fixes_of(document: Document, corrections: Sequence[Correction]) -> tuple[Fix, ...]:
    """Return the corrections that show in a document, oldest first.

    What was to stand instead does not, where it would bring back what another correction took out.
    """
    said = [one for one in corrections if holds_passage(document, one.passage)]
    return tuple(_fix(one, document, corrections) for one in said)


def _fix(one: Correction, document: Document, corrections: Iterable[Correction]) -> Fix:
    text = one.replacement
    if any(holds(text, other.passage) for other in corrections):
        text = ""
    return Fix(
        id=one.pk,
        passage=one.passage,
        replacement=text,
        reason=one.reason,
        by=(one.proposed_by_name, one.seconded_by_name),
        since=cast("dt.datetime", one.seconded_at),
        until=cast("dt.datetime", one.lapses_at),
        in_text=stands_in(document.body, one.passage),
        in_summary=holds(document.summary, one.passage),
        summary=plain(text).replace("\n", " "),
    )


def in_effect_on(page_id: int) -> list[Correction]:
    """Return the corrections on a page that are in effect."""
    return list(Correction.objects.in_effect().of_page(page_id))


def as_read(document: Document, page_id: int) -> Document:
    """Return what readers get now of any text of a page, published, old or of some day."""
    return _as_read(document, fixes_of(document, in_effect_on(page_id)))


def _as_read(document: Document, fixes: Sequence[Fix]) -> Document:
    if not fixes:
        return document
    bare = without(document, [StandIn(one.passage) for one in fixes])
    read = without(document, [one.stand_in for one in fixes])
    return replace(read, statements=_with_notices(document, bare))


@dataclass(frozen=True)
class ReadableVersion:
    """A version as one person may read it: its content, and its safety corrections."""

    document: Document
    fixes: tuple[Fix, ...]
    # Whether the person gets the corrected passages themselves, marked as corrected.
    in_full: bool


def readable_version(person: Visitor, revision: Revision) -> ReadableVersion:
    """Return a version as a person may read it: moderators read all of it, others what readers get."""
    document = revision.document
    fixes = fixes_of(document, in_effect_on(revision.page_id))
    if isinstance(person, User) and person.can_review:
        return ReadableVersion(document, fixes, in_full=bool(fixes))
    return ReadableVersion(_as_read(document, fixes), fixes, in_full=False)


def redacted_in(publications: Sequence[Publication], *, are_first: bool = False) -> list[Redacted]:
    """Return the content of each publication without corrected passages. One query for all.

    Nothing was corrected yet of pages that `are_first` published now.
    """
    pages = set() if are_first else {one.page_id for one in publications}
    corrections = Correction.objects.in_effect_by_page(pages) if pages else {}
    return [redacted(one.revision.document, corrections.get(one.page_id, ())) for one in publications]
