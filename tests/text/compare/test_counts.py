"""What a comparison counts beside words: passages that moved, statements, lists of names."""

from dataclasses import replace

import pytest

from wiki.text.compare.diff import compare
from wiki.text.document import Code, Document, Row

ROW = Row("causes", 2, "asserted", "low", "cohort")
PAGE = Document("Title", "condition", "A summary.", ("one", "two"), (Code("ICD-10", "E20"),), "", (ROW,))
LONG = "Calcium can settle in the basal ganglia of adults."


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        (f"One.\n\nTwo.\n\n{LONG}", f"One.\n\nTwo.\n\n{LONG}", 0),
        (f"One.\n\nTwo.\n\n{LONG}", f"{LONG}\n\nOne.\n\nTwo.", 1),
        (f"One.\n\nTwo.\n\n{LONG}", f"{LONG} Often.\n\nOne.\n\nTwo.", 1),
        ("One.\n\nTwo.\n\nThree.", "Three.\n\nTwo.\n\nOne.", 2),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nOne.", 0),
    ],
)
def test_passages_that_moved_are_counted(old, new, moved):
    assert compare(replace(PAGE, body=old), replace(PAGE, body=new)).moved == moved


@pytest.mark.parametrize(
    ("old", "new", "counted"),
    [
        ("| D |\n|---|\n| `a \\| b` |", "| D |\n|---|\n| a \\| b |", (0, 0)),
        ("| D | E |\n|---|---|\n| a \\| b | |", "| D | E |\n|---|---|\n| a | b |", (1, 1)),
        ("| D | E |\n|---|---|\n| one | two |", "| D | E |\n|---|---|\n| two | one |", (2, 2)),
        ("| D | E |\n|---|---|\n| one | two |", "| D | E |\n|---|:-:|\n| one | two |", (0, 0)),
        ("| D |\n|---|\n| one |", "| D | E |\n|---|---|\n| one | two three |", (3, 0)),
        ("See [it](/x) now.", "See [it](/other/place) now.", (0, 0)),
        ("Seen.[@pmid:1]", "Seen.[@pmid:2; @pmid:3]", (0, 0)),
        ("Seen **now**.", "Seen *now*.", (0, 0)),
        ("See [it][g].\n\n[g]: /x", "See it.\n\n[h]: /y 'Long tip of it'", (0, 0)),
        ("Seen [[Brain]] now.", "Seen [[Brain|brains]] then.", (2, 2)),
        ("Seen.", "Seen.\n\n[^a]: Nobody reads this.", (0, 0)),
        ("Seen.", "Seen.[^a]\n\n[^a]: Readers read this.", (3, 0)),
        ("Seen.", "", (0, 1)),
    ],
)
def test_the_words_counted_are_those_that_readers_read(old, new, counted):
    found = compare(replace(PAGE, body=old), replace(PAGE, body=new))

    assert (found.words_added, found.words_removed) == counted


def test_what_happens_to_the_statements_is_told_with_their_order():
    two, three = replace(ROW, object=3), replace(ROW, object=4)
    old = replace(PAGE, statements=(ROW, two))

    assert compare(old, old).statement_changes == []
    assert compare(old, replace(old, statements=(two, ROW))).statement_changes == ["in another order"]
    assert compare(old, replace(old, statements=(two, replace(ROW, note="N."), three))).statement_changes == [
        "1 added", "1 changed", "in another order"
    ]  # fmt: skip
    assert compare(old, PAGE).statement_changes == ["1 removed"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"aliases": ("two", "one")}, ["other names"]),
        ({"aliases": ("one",)}, ["other names"]),
        ({"codes": ()}, ["codes"]),
        ({"aliases": ("one", "two", "three"), "codes": (Code("OMIM", "1"),)}, ["other names", "codes"]),
    ],
)
def test_lists_of_names_that_changed_are_told(changed, told):
    assert compare(PAGE, replace(PAGE, **changed)).changed_names == told
