"""Which block of an old text is told as the former version of a new one, and in which order they stand."""

import pytest

from wiki.text.compare.diff import blocks


def told(old, new):
    """Return what became of each block, with its old and new words."""
    found = [one for one in blocks(old, new) if one.is_shown]
    return [(one.change, *(side.words if side else "" for side in (one.old, one.new))) for one in found]


def test_a_sentence_that_moves_to_the_next_paragraph_leaves_both_paragraphs_where_they_are():
    old = "One thing is so. Never give both.\n\nAnother thing is so."
    new = "One thing is so.\n\nAnother thing is so. Never give both."

    assert told(old, new) == [
        ("changed", "One thing is so. Never give both.", "One thing is so."),
        ("changed", "Another thing is so.", "Another thing is so. Never give both."),
    ]


def test_one_good_pair_outweighs_two_poor_ones():
    long = "Calcium can settle in the basal ganglia of adults"
    old = f"Calcium can settle in old walls of the heart.\n\n{long}."
    new = f"{long} too.\n\nMany of the adults in old age have it."

    assert ("changed", f"{long}.", f"{long} too.") in told(old, new)


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        ("Apples.\n\nKept.", "Pears fall down.\n\nKept.", ["removed", "added"]),
        ("Apples.\n\nKept.", "Kept.\n\nPears fall down.", ["removed", "added"]),
        ("## Adults\n\nKept.", "## Babies\n\nKept.", ["removed", "added", "under another heading"]),
        ("One two three.\n\nApples.", "Pears fall.\n\nOne two four.", ["added", "changed", "removed"]),
    ],
)
def test_what_was_removed_stands_before_what_was_added_in_its_place(old, new, order):
    assert [change for change, *_ in told(old, new)] == order


NOTED, UNUSED = "Take it.[^a]\n\n[^a]: Never more than 5 mg.", "Take it.\n\n[^a]: Never more than 5 mg."


def test_a_note_that_loses_its_mark_is_gone_for_readers_and_one_that_gets_it_is_new():
    note, source = "Never more than 5 mg.", "[^a]: Never more than 5 mg."

    assert told(NOTED, UNUSED)[1:] == [("removed", note, ""), ("added", "", source)]
    assert told(UNUSED, NOTED)[1:] == [("removed", source, ""), ("added", "", note)]


def test_a_row_of_a_table_is_never_told_as_the_former_version_of_an_item():
    table = "| Drug | Adults | Babies |\n| --- | --- | --- |\n| A | 50 mg a day | 5 mg a day |"

    found = told(table, "- A: adults 50 mg a day, babies 5 mg a day")

    assert [change for change, *_ in found] == ["removed", "removed", "added"]


def test_a_list_whose_items_stand_closer_says_so_once():
    found = blocks("- one\n\n- two", "- one\n- two")

    assert [len(one.notes) for one in found] == [1, 1]
