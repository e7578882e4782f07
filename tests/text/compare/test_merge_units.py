"""Two people who change other items of a list, rows of a table, notes: both are kept, and nobody is asked."""

import pytest

from wiki.text.compare.diff3 import Settled, merged
from wiki.text.markdown.stretches import joined, parts_of, stretches_of

LIST = "## Causes\n\n- genes\n- infections\n  - rubella\n  - herpes\n- drugs\n\nThe end."
TABLE = "| drug | watch |\n| --- | --- |\n| one | liver |\n| two | blood |\n| three | eyes |\n"
BOX = "::: urgent Call an ambulance for\n- a first seizure\n- slurred speech\n:::\n\nThe end."
NOTES = "It is so.[^1] Or so.[^2]\n\n[^1]: One study.\n[^2]: Another study.\n"


def put_together(base, ours, theirs):
    """Return the merged text; None where a person has to choose."""
    parts = merged(base, ours, theirs)
    settled = [part for part in parts if isinstance(part, Settled)]
    return joined(tuple(one for part in settled for one in part.paragraphs)) if settled == parts else None


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (LIST, ("- genes\n", "- genes\n- injury\n"), ("- drugs\n", "- drugs\n- age\n")),
        (LIST, ("- genes\n", "- genes of the family\n"), ("- drugs\n", "- medicines, drugs\n")),
        (LIST, ("- genes\n", "- genes of the family\n"), ("- drugs\n", "")),
        (LIST, ("  - rubella\n", "  - rubella in pregnancy\n"), ("  - herpes\n", "  - herpes of babies\n")),
        (LIST, ("- genes\n", "- genes\n- injury\n"), ("- infections\n", "- infections of any age\n")),
        (LIST, ("- genes\n", ""), ("- infections\n", "- infections of any age\n")),
        (TABLE, ("| liver |", "| liver, blood |"), ("| blood |", "| blood, kidneys |")),
        (TABLE, ("| one | liver |\n", ""), ("| three | eyes |\n", "| three | eyes |\n| four | skin |\n")),
        (TABLE, ("| liver |\n", "| liver |\n| new | skin |\n"), ("| blood |", "| blood, kidneys |")),
        (
            BOX,
            ("seizure\n", "seizure or fit\n"),
            ("- slurred speech\n", "- slurred speech\n- a stiff neck\n"),
        ),
        (NOTES, ("One study", "One study of 20 people"), ("Another study", "Another study of children")),
    ],
)
def test_changes_of_different_units_are_merged(base, ours, theirs):
    sides = [base.replace(*ours), base.replace(*theirs)]
    both = base.replace(*ours).replace(*theirs)
    assert base not in sides

    assert put_together(base, *sides) == both
    assert put_together(base, *reversed(sides)) == both


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        # The same item, the same row, the same place.
        (LIST, ("- genes\n", "- genes of the family\n"), ("- genes\n", "- genes of one parent\n")),
        (LIST, ("- genes\n", "- genes of the family\n"), ("- genes\n", "")),
        (LIST, ("- genes\n", "- genes\n- injury\n"), ("- genes\n", "- genes\n- age\n")),
        (TABLE, ("| liver |", "| 5 mg |"), ("| liver |", "| 50 mg |")),
        # What the head says holds for each row and item.
        (TABLE, ("| watch |", "| watch each week |"), ("| blood |", "| blood, kidneys |")),
        (
            BOX,
            ("Call an ambulance", "See a doctor the same day"),
            ("slurred speech", "sudden slurred speech"),
        ),
    ],
)
def test_changes_of_one_unit_are_not_merged(base, ours, theirs):
    assert put_together(base, base.replace(*ours), base.replace(*theirs)) is None


@pytest.mark.parametrize("body", [LIST, TABLE, BOX, NOTES, "- a\n\n  more\n  - b\n- c", "| a |\n| - |\n"])
def test_the_parts_of_a_stretch_joined_are_its_text(body):
    for stretch in stretches_of(body):
        assert "".join(part.text + part.gap for part in parts_of(stretch)) == stretch.text


def test_merged_table_rows_keep_their_cells():
    ours = TABLE.replace("| one | liver |\n", "| one | liver |\n| new | skin |\n")
    theirs = TABLE.replace("| eyes |", "| eyes, ears |")

    rows = put_together(TABLE, ours, theirs).splitlines()

    assert {row.count("|") for row in rows} == {3}
