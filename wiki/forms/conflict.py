"""The choices with which an author settles what two people changed differently."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from wiki.forms.naming import titles_of
from wiki.models import User
from wiki.text.diff import Piece, words
from wiki.text.document import Row
from wiki.text.merge import Clash, Merge
from wiki.vocabulary import RELATIONS, Kind

WORDS: Final = {
    "ours": "Keep what you wrote",
    "theirs": "Keep what readers see now",
    "both": "Keep both, yours first",
    "base": "Go back to what it was",
}


@dataclass(frozen=True)
class Side:
    """What one version says at a place: its words against what was there, or its statement."""

    pieces: tuple[Piece, ...]
    row: Row | None


@dataclass(frozen=True)
class Question:
    """One clash with its three sides, the choices, and what was chosen."""

    name: str
    label: str
    base: Side
    ours: Side
    theirs: Side
    choices: tuple[tuple[str, str], ...]
    chosen: str
    is_missed: bool


class ConflictForm:
    """A choice for each clash of a merge."""

    def __init__(self, merge: Merge, post: QueryDict | None, *, live: int, writer: User) -> None:
        """Hold the clashes with the revision `live`, and what has been chosen; `post` is None before that."""
        self.is_asked = post is not None
        self.has_moved = post is not None and post.get("live") != str(live)
        rows = [row for clash in merge.clashes for row in clash.rows if row]
        self._titles = titles_of((row.object for row in rows), reader=writer)
        self.choices = {
            clash.key: post.get(f"choice-{clash.key}", "") if post else "" for clash in merge.clashes
        }
        self.questions = [self._question(clash, asked=post is not None) for clash in merge.clashes]

    @property
    def is_valid(self) -> bool:
        """Return whether every clash has a choice that it allows, made against what is still in force."""
        return self.is_asked and not self.has_moved and not self.is_missing_choices

    @property
    def is_missing_choices(self) -> bool:
        """Return whether choices were sent, but not for every clash."""
        return any(question.is_missed for question in self.questions)

    def _question(self, clash: Clash, *, asked: bool) -> Question:
        chosen = self.choices[clash.key]
        sides = zip((clash.base, clash.ours, clash.theirs), clash.rows, strict=True)
        base, ours, theirs = (self._side(clash, text, row) for text, row in sides)
        return Question(
            name=f"choice-{clash.key}",
            label=self._label(clash),
            base=base,
            ours=ours,
            theirs=theirs,
            choices=tuple((choice, WORDS[choice]) for choice in clash.choices),
            chosen=chosen,
            is_missed=asked and chosen not in clash.choices,
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
            return Side((Piece("same", _kind(text)),), None)
        pieces: Iterable[Piece] = [Piece("same", text)] if text == clash.base else words(clash.base, text)
        return Side(tuple(pieces) if text else (), row)


def _kind(kind: str) -> str:
    return Kind(kind).label if kind in Kind.values else kind
