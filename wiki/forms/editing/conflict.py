"""The form in which an author settles an edit conflict."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from wiki.domain.kinds import label_of
from wiki.domain.relations import RELATIONS
from wiki.forms.editing.page_choice import titles_of
from wiki.forms.editing.typed import readable
from wiki.models import User
from wiki.screens.edit_conflict import EditConflict
from wiki.text.compare.conflict_view import MergedParagraph, Untouched
from wiki.text.compare.diff import Piece, words
from wiki.text.compare.merge import Clash
from wiki.text.document import Document, Row

WORDS: Final = {
    "ours": "Keep what you wrote",
    "theirs": "Keep what readers see now",
    "both": "Keep both, yours first",
    "base": "Go back to what it was",
    "anew": "Write it anew",
}


@dataclass(frozen=True)
class Side:
    """One version's text at a conflict: the words with their difference, or the statement."""

    pieces: tuple[Piece, ...]
    row: Row | None


@dataclass(frozen=True)
class Question:
    """One conflict with its three sides, the choices, and what was chosen or written."""

    key: str
    field: str
    label: str
    base: Side
    ours: Side
    theirs: Side
    choices: tuple[tuple[str, str], ...]
    chosen: str
    written: str
    mark: str
    error: str
    what: str = "question"

    @property
    def name(self) -> str:
        """Return the name of the choice's field."""
        return f"choice-{self.key}"

    @property
    def error_id(self) -> str:
        """Return the id of the error message; "" if there is none."""
        return f"{self.name}_error" if self.error else ""


class ConflictForm:
    """A choice for each conflict of a merge. Answers are keyed by the question's texts, not by
    its position.
    """

    def __init__(self, meeting: EditConflict, post: QueryDict | None, *, writer: User) -> None:
        """Hold the clashes, and what has been chosen; `post` is None before that."""
        clashes = meeting.merge.clashes
        self.is_asked = post is not None
        self.has_moved = post is not None and post.get("live") != str(meeting.live.revision_id)
        self._meeting = meeting
        self._titles = titles_of((row.object for one in clashes for row in one.rows if row), reader=writer)
        answers = _answers(post)
        self.questions = [
            self._question(clash, mark, *answers.get(mark, ("", "")))
            for clash, mark in zip(clashes, _marks(clashes), strict=True)
        ]

    @property
    def is_valid(self) -> bool:
        """Return whether every clash has a choice that it allows, made against what is still published."""
        return self.is_asked and not self.has_moved and not self.is_missing_choices

    @property
    def is_missing_choices(self) -> bool:
        """Return whether some choices were sent, but not one for every conflict."""
        return any(question.error for question in self.questions)

    @property
    def document(self) -> Document:
        """Return the merged document with every clash as chosen."""
        chosen = {one.key: one.chosen for one in self.questions}
        return self._meeting.merge.resolved(chosen, {one.key: one.written for one in self.questions})

    @property
    def body(self) -> list[Untouched | MergedParagraph | Question]:
        """Return the merged text in parts, with a question at each conflict."""
        asked = {one.key: one for one in self.questions}
        parts = self._meeting.combined.body
        return [asked[part.key] if isinstance(part, Clash) else part for part in parts]

    @property
    def head(self) -> list[Question]:
        """Return the questions about title, kind, summary and retirement."""
        return [one for one in self.questions if one.field not in ("body", "statements")]

    @property
    def statements(self) -> list[Question]:
        """Return the questions about statements."""
        return [one for one in self.questions if one.field == "statements"]

    def _question(self, clash: Clash, mark: str, chosen: str, written: str) -> Question:
        sides = zip((clash.base, clash.ours, clash.theirs), clash.rows, strict=True)
        base, ours, theirs = (self._side(clash, text, row) for text, row in sides)
        return Question(
            key=clash.key,
            field=clash.field,
            label=self._label(clash),
            base=base,
            ours=ours,
            theirs=theirs,
            choices=tuple((choice, WORDS[choice]) for choice in clash.choices),
            chosen=chosen,
            written=written or (clash.ours if "anew" in clash.choices else ""),
            mark=mark,
            error=_error(clash, chosen, written) if self.is_asked else "",
        )

    def _label(self, clash: Clash) -> str:
        row = next(filter(None, clash.rows), None)
        if row is None:
            return clash.label
        relation = RELATIONS[row.relation].label if row.relation in RELATIONS else row.relation
        return f"Statement: {relation} {self._titles.get(row.object, 'a page')}"

    @staticmethod
    def _side(clash: Clash, text: str, row: Row | None) -> Side:
        if clash.field == "kind":
            return Side((Piece("same", label_of(text)),), None)
        pieces: Iterable[Piece] = [Piece("same", text)] if text == clash.base else words(clash.base, text)
        return Side(tuple(pieces) if text else (), row)


def _answers(post: QueryDict | None) -> dict[str, tuple[str, str]]:
    """Return what was chosen and written, by the mark of the question."""
    sent = {name: readable(str(value)) for name, value in post.items()} if post else {}
    return {
        mark: (sent.get(f"choice-{key}", ""), sent.get(f"anew-{key}", "").strip("\n"))
        for name, mark in sent.items()
        if (key := name.removeprefix("asked-")) != name
    }


def _marks(clashes: Sequence[Clash]) -> list[str]:
    """Return a mark for each conflict, made from its texts: the same texts are the same question."""
    found: list[str] = []
    for clash in clashes:
        place = clash.key if clash.rows != (None, None, None) else clash.field
        said = json.dumps([place, clash.base, clash.ours, clash.theirs])
        mark = hashlib.sha256(said.encode()).hexdigest()[:16]
        found.append(f"{mark}-{sum(one.startswith(mark) for one in found)}")
    return found


def _error(clash: Clash, chosen: str, written: str) -> str:
    if chosen not in clash.choices:
        return "Choose one"
    return "Write what it should say, or choose another" if chosen == "anew" and not written.strip() else ""
