"""Changes of texts: each with its place, and with the facts that come, go or move."""

import pytest

from wiki.text.changes.text_changes import text_changes
from wiki.text.document import Document
from wiki.text.language.facts import FactKind


def changes(old, new):
    before, after = (Document(title="T", kind="finding", body=one) for one in (old, new))
    return text_changes(before, after)


def told(old, new):
    return [(one.old and one.old.words, one.new and one.new.words) for one in changes(old, new)]


def test_unchanged_text_is_not_listed():
    assert told("A b.\n\nC d.", "A b.\n\n\n\nC d.") == []


def test_a_changed_text_is_listed_with_old_and_new_words():
    assert told("One thing.\n\nThe same.", "One other thing.\n\nThe same.") == [
        ("One thing.", "One other thing.")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("First.\n\nThen.", "Then.\n\nFirst."),
        ("## A\n\nFirst.\n\n## B\n\nThen.", "## A\n\n## B\n\nFirst.\n\nThen."),
        ("> First.\n\nThen.", "> First.\n>\n> Then."),
        ("In adults:\n\n- First.", "In babies:\n\n- First."),
    ],
)
def test_a_moved_text_is_listed_at_both_places(old, new):
    found = told(old, new)

    assert {one for pair in found for one in pair if one} & {"First.", "Then."}
    assert all(
        None in pair for pair in found if pair[0] in ("First.", "Then.") or pair[1] in ("First.", "Then.")
    )


HEADLESS = "|  |  |  |\n|---|---|---|\n| Drug | Adults | Children |\n"
REGROUPED = {
    "items": ("- Adults\n\n  stop\n\n- Babies\n\n  go on", "- Adults\n\n- stop\n\n  Babies\n\n- go on"),
    "one item for two": ("- Stop it.\n\n- In babies.", "- Stop it.\n\n  In babies."),
    "steps": ("1. Wait.\n\n2. Look.", "1. Wait.\n\n   Look."),
    "steps counted anew": ("1. a\n2. b\n3. c", "1. a\n2. b\n\n1) c"),
    "meanings": ("A\n: one\n\n  two\n\n: three", "A\n: one\n\n: two\n\n  three"),
    "cells below no heads": (f"{HEADLESS}| X | avoid |  |", f"{HEADLESS}| X |  | avoid |"),
    "cells below equal heads": ("|A|B|B|\n|-|-|-|\n|x|y||", "|A|B|B|\n|-|-|-|\n|x||y|"),
    "lines": ("Adults\\\navoid\\\nBabies\\\ntake", "Adults\\\navoid Babies\\\ntake"),
}


@pytest.mark.parametrize("name", REGROUPED)
def test_words_that_belong_together_otherwise_are_a_change(name):
    found = changes(*REGROUPED[name])

    assert found
    assert not all(one.trifles for one in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [("- a\n- b", "* a\n* b"), ("- a\n- b", "- a\n\n- b"), ("It is so.\nYes.", "It is so.\\\nYes.")],
)
def test_another_look_of_a_list_or_line_is_no_grave_change(old, new):
    assert all(one.trifles for one in changes(old, new))


def test_a_column_that_is_added_moves_no_other_cell():
    old = "| Drug | Dose | Note |\n|---|---|---|\n| X | 5 mg | so |"
    new = "| Drug | Who | Dose | Note |\n|---|---|---|---|\n| X | all | 5 mg | so |"

    found = told(old, new)

    assert ("5 mg", None) not in found
    assert (None, "5 mg") not in found


def test_text_under_a_respelled_heading_is_unchanged():
    assert told("## Symptons\n\nSlow.", "## Symptoms\n\nSlow.") == [("Symptons", "Symptoms")]


def test_swapped_facts_within_a_text_are_changed_facts():
    (one,) = changes("26% of adults, 3% of children.", "3% of adults, 26% of children.")

    assert {fact.kind for fact in one.changed_facts()} == {FactKind.PERCENTAGE}


def test_all_facts_of_an_added_text_are_changed_facts():
    (one,) = changes("A.", "A.\n\nNever in children.")

    assert {FactKind.NEGATION, FactKind.POPULATION} <= {fact.kind for fact in one.changed_facts()}
