"""The questions about a change: a reviewer answers only those on what the change touches.

The list of the whole page is `domain.checklist`. Each answer is kept with its question's words.
"""

from collections.abc import Collection
from enum import Enum
from typing import Final

from wiki.domain.checklist import Item, ItemGroup


class Touched(Enum):
    """A part of a page that a change can touch."""

    NEW_WORDS = "new_words"
    LOST_WORDS = "lost_words"
    FIGURES = "figures"
    MOVES = "moves"
    SUMMARY = "summary"
    NAMES = "names"
    STATEMENTS = "statements"
    NEW_SOURCES = "new_sources"
    LINKS = "links"
    PICTURES = "pictures"
    PATIENT = "patient"
    RETIREMENT = "retirement"


_G = ItemGroup
_ASKED: Final = {
    Touched.NEW_WORDS: (_G.ACCURACY, "Are the new words right, and do the sources beside them say so?"),
    Touched.LOST_WORDS: (
        _G.SAFETY,
        "Can what is taken out be spared: does no warning, “not” or condition go with it?",
    ),
    Touched.FIGURES: (
        _G.SAFETY,
        "Is each number and dose that changes right, for the people and the unit that it now stands beside?",
    ),
    Touched.MOVES: (_G.ACCURACY, "Is what moves still right under the heading where it now stands?"),
    Touched.SUMMARY: (_G.READER, "Does the summary say in plain words what the page says?"),
    Touched.NAMES: (_G.ACCURACY, "Are title, other names and codes those of this subject and of no other?"),
    Touched.STATEMENTS: (
        _G.ACCURACY,
        "Does each statement that changes have the right relation, certainty and basis? It shows on the "
        "other page too.",
    ),
    Touched.NEW_SOURCES: (
        _G.SOURCES,
        "Did you open each new source, at least its abstract, and does it say what it is cited for?",
    ),
    Touched.LINKS: (_G.READER, "Does each link that changes lead where a reader expects?"),
    Touched.PICTURES: (
        _G.RIGHTS,
        "Does each picture show what its words say, with no name, date or number of a person in it, and are "
        "licence and credit right?",
    ),
    Touched.PATIENT: (
        _G.RIGHTS,
        "Did you read the declaration of consent, and does it cover showing this picture to everybody?",
    ),
    Touched.RETIREMENT: (
        _G.READER,
        "Will readers who come here find what they need: where they are led, or in the text that returns?",
    ),
}
# The question about a change of punctuation, order or form only.
ONLY_FORM: Final = Item(
    "about_form", _G.ACCURACY, "Is what readers are told the same as before, in another form or order?"
)


def questions_about(touched: Collection[Touched]) -> list[Item]:
    """Return the questions about a change that touches these parts; always at least one."""
    asked = [
        Item(f"about_{one.value}", group, text) for one, (group, text) in _ASKED.items() if one in touched
    ]
    return asked or [ONLY_FORM]
