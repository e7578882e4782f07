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


def test_a_text_that_stays_is_not_told():
    assert told("A b.\n\nC d.", "A b.\n\n\n\nC d.") == []


def test_a_text_that_changes_is_told_as_it_was_and_as_it_is():
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
def test_a_text_that_moves_goes_from_one_place_and_comes_to_another(old, new):
    found = told(old, new)

    assert {one for pair in found for one in pair if one} & {"First.", "Then."}
    assert all(
        None in pair for pair in found if pair[0] in ("First.", "Then.") or pair[1] in ("First.", "Then.")
    )


def test_what_stands_under_a_heading_that_is_better_spelt_stays():
    assert told("## Symptons\n\nSlow.", "## Symptoms\n\nSlow.") == [("Symptons", "Symptoms")]


def test_facts_that_change_places_within_a_text_are_changed():
    (one,) = changes("26% of adults, 3% of children.", "3% of adults, 26% of children.")

    assert {fact.kind for fact in one.changed_facts()} == {FactKind.PERCENTAGE}


def test_a_text_that_comes_brings_all_its_facts():
    (one,) = changes("A.", "A.\n\nNever in children.")

    assert {FactKind.NEGATION, FactKind.POPULATION} <= {fact.kind for fact in one.changed_facts()}
