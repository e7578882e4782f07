"""A text that is divided into blocks otherwise, while no word of it changes."""

from dataclasses import replace

import pytest

from tests.effort import no_more_than
from tests.text.compare.edits import faults
from wiki.text.compare.diff import blocks, compare
from wiki.text.compare.struck import struck_words
from wiki.text.document import Document

PAGE = Document("T", "condition")
SPLIT, JOINED = "one paragraph is split into 2", "2 paragraphs are joined into one"
ELSEWHERE = "2 paragraphs begin and end elsewhere"


def compared(old, new):
    """Return the notes of the blocks that are shown, and how many words are added and removed."""
    found = compare(replace(PAGE, body=old), replace(PAGE, body=new))
    shown = [one for one in found.blocks if one.is_shown]
    return [one.notes for one in shown], found.words_added, found.words_removed


@pytest.mark.parametrize(
    ("one", "other", "split", "joined", "shown"),
    [
        ("Take one. Not two.", "Take one.\n\nNot two.", SPLIT, JOINED, 2),
        ("A. Take one. Not two.\n\nB.", "A.\n\nTake one. Not two. B.", ELSEWHERE, ELSEWHERE, 3),
        ("One. Two.\n\nThree.", "One.\n\nTwo. Three.", ELSEWHERE, ELSEWHERE, 2),
        (
            "One. Two. Three.",
            "One.\n\nTwo.\n\nThree.",
            "one paragraph is split into 3",
            "3 paragraphs are joined into one",
            3,
        ),
        (
            "One. Two. Three.\n\nFour five.",
            "One.\n\nTwo.\n\nThree. Four five.",
            "2 paragraphs are divided otherwise, into 3",
            "3 paragraphs are divided otherwise, into 2",
            3,
        ),
        (
            "- One. Two.\n- b",
            "- One.\n- Two.\n- b",
            "one list item is split into 2",
            "2 list items are joined into one",
            2,
        ),
        ("> One. Two.", "> One.\n>\n> Two.", SPLIT, JOINED, 2),
        ("::: urgent Call\nOne. Two.\n:::", "::: urgent Call\nOne.\n\nTwo.\n:::", SPLIT, JOINED, 2),
        ("A.[^a]\n\n[^a]: One. Two.", "A.[^a]\n\n[^a]: One.\n\n    Two.", SPLIT, JOINED, 2),
        ("Take *one*.[@pmid:1] Not two.", "Take **one**.[@pmid:1]\n\nNot two.", SPLIT, JOINED, 2),
    ],
)
def test_a_text_that_is_divided_otherwise_says_so_and_counts_no_words(one, other, split, joined, shown):
    for old, new, said in ((one, other, split), (other, one, joined)):
        notes, added, removed = compared(old, new)

        assert {tuple(of)[-1:] for of in notes} == {(f"{said}: no word changed",)}
        assert (added, removed) == (0, 0)
        assert faults(old, new) == []
    assert len(compared(one, other)[0]) == shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A notable thing.", "A not\n\nable thing."),
        ("Take one. Not two.", "Take one.\n\nNot three."),
        ("See [it](/x). Not two.", "See [it](/y).\n\nNot two."),
        ("Take it.[@pmid:1] Not two.", "Take it.\n\nNot two.[@pmid:2]"),
        ("One. Two three.", "Two three.\n\nOne."),
        ("One. Two three.", "One.\n\n> Two three."),
        ("# A\n\nOne. Two three.", "# A\n\nOne.\n\n## B\n\nTwo three."),
        ("*One.*", "One."),
    ],
)
def test_a_text_that_changes_or_comes_elsewhere_is_not_told_as_divided(old, new):
    assert not any(one.is_divided for one in blocks(old, new))


def test_a_sentence_that_stands_in_another_paragraph_is_not_struck():
    body = "Take one of these. Not two of them."
    old, new = (replace(PAGE, body=one) for one in (body, body.replace(". ", ".\n\n")))

    assert struck_words(old, new) == []
    assert struck_words(new, old) == []


def test_a_long_text_that_is_divided_otherwise_takes_no_time():
    old = "\n\n".join(f"Words of {n}. More words." for n in range(90))
    new = old.replace(". ", ".\n\n")

    blocks(old, new)
    with no_more_than(400):
        blocks(old, new)
