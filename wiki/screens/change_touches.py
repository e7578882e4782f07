"""The parts of a page that a change touches, for the questions about the change."""

import re
from collections.abc import Iterator
from typing import Final

from wiki.domain.change_questions import Touched, questions_about
from wiki.domain.checklist import Item
from wiki.policy.document_change import Change
from wiki.screens.changes import Changes
from wiki.text.compare.diff import Op, Piece
from wiki.text.document import Document
from wiki.text.language.facts import FactKind
from wiki.text.markdown.html import outline
from wiki.text.markdown.parser import tokens_to_read
from wiki.text.words import word_count

_FIGURE: Final = re.compile(r"\d")
_MOVED: Final = frozenset({"moved", "reworded", "left", "under another heading"})
# What the signature rules call another figure: "5 mg" and "5 g", "five" and "fifty", "daily" and "weekly".
_OF_FIGURES: Final = frozenset(
    f"fact {kind}"
    for kind in (
        *(FactKind.DOSE, FactKind.QUANTITY, FactKind.FREQUENCY),
        *(FactKind.PERCENTAGE, FactKind.NUMBER),
    )
)


def questions_of(before: Document | None, after: Document) -> list[Item]:
    """Return the questions about the change from one document to another."""
    return questions_about(touches_of(Changes(before, after)))


def touches_of(changes: Changes) -> frozenset[Touched]:
    """Return every part that a change touches."""
    found = changes.comparison
    told = {
        Touched.NEW_WORDS: _has_words(changes, "added"),
        Touched.LOST_WORDS: changes.old is not None and _has_words(changes, "removed"),
        Touched.FIGURES: _has_other_figures(changes),
        Touched.MOVES: any(one.change in _MOVED for one in found.blocks),
        Touched.SUMMARY: changes.has_new_summary,
        Touched.NAMES: _has_other_names(changes),
        Touched.STATEMENTS: any(one.change != "same" for one in found.rows),
        Touched.NEW_SOURCES: bool(_keys(changes.new) - _keys(changes.old)),
        Touched.LINKS: _targets(changes.new) != _targets(changes.old),
        Touched.PICTURES: bool(changes.pictures),
        Touched.PATIENT: any(one.brings_a_patient for one in changes.pictures),
        Touched.RETIREMENT: changes.retirement is not None,
    }
    return frozenset(one for one, is_touched in told.items() if is_touched)


def _pieces(changes: Changes) -> Iterator[Piece]:
    found = changes.comparison
    yield from (*found.title, *found.summary)
    for block in found.blocks:
        yield from block.pieces


def _has_words(changes: Changes, op: Op) -> bool:
    """Return whether words were added or removed outside pictures and statements."""
    return any(one.op == op and word_count(one.text) for one in _pieces(changes))


def _texts_that_change(changes: Changes) -> Iterator[str]:
    """Yield added, removed and moved texts, and the notes of statements that changed."""
    yield from (one.text for one in _pieces(changes) if one.op != "same")
    yield from (one.text for one in changes.comparison.blocks if one.change in _MOVED)
    for row in changes.comparison.rows:
        if row.change != "same":
            yield from (text for one in (row.old, row.new) if one for text in one.texts.values())


def _has_other_figures(changes: Changes) -> bool:
    """Return whether a number changes or moves, or its unit, or what it is counted by."""
    if any(_FIGURE.search(text) for text in _texts_that_change(changes)):
        return True
    return bool(Change(changes.old, changes.new).parts & _OF_FIGURES)


def _has_other_names(changes: Changes) -> bool:
    old, new = changes.old, changes.new
    if old is None:
        return True
    names = ("title", "kind", "aliases", "codes")
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _keys(document: Document | None) -> set[str]:
    if document is None:
        return set()
    return {*outline(document.body).citations, *(key for row in document.statements for key in row.sources)}


def _targets(document: Document | None) -> list[str]:
    """Return the targets of the links of a text, in order."""
    if document is None:
        return []
    inline = (child for token in tokens_to_read(document.body) for child in token.children or ())
    return [
        str(one.meta["title"] if one.type == "wikilink" else one.attrs["href"])
        for one in inline
        if one.type in ("wikilink", "link_open")
    ]
