"""Two people who change other items of a list, rows of a table, notes: both are kept, and nobody is asked."""

import pytest

from wiki.text.compare.diff3 import Settled, merged
from wiki.text.markdown.stretches import joined, parts_of, stretches_of

LIST = "## Causes\n\n- genes\n- infections\n  - rubella\n  - herpes\n- drugs\n\nThe end."
TABLE = "| drug | watch |\n| --- | --- |\n| one | liver |\n| two | blood |\n| three | eyes |\n"
BOX = "::: urgent Call an ambulance for\n- a first seizure\n- slurred speech\n:::\n\nThe end."
STEPS = "1. Stop.\n2. Call.\n3. Wait.\n4. Go on.\n\nThe end."
TERMS = "Words:\n\nGland\n: It makes hormones.\n\nDuct\nCanal\n: It leads away.\n\nThe end."
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
        # Beside prose: what is added before or behind a list, or a list that goes.
        (LIST, ("- drugs\n", "- drugs, taken for long\n"), ("The end.", "More.\n\nThe end.")),
        (LIST, ("- drugs\n", "- drugs\n- age\n"), ("The end.", "The very end.")),
        (STEPS, ("1. Stop.\n2. Call.\n3. Wait.\n4. Go on.\n\n", ""), ("The end.", "The very end.")),
        # Entries of a list of terms.
        (TERMS, ("It makes hormones", "It makes a hormone"), ("It leads away", "It leads juice away")),
    ],
)
def test_changes_of_different_units_are_merged(base, ours, theirs):
    sides = [base.replace(*ours), base.replace(*theirs)]
    both = base.replace(*ours).replace(*theirs)
    assert base not in sides

    assert put_together(base, *sides) == both
    assert put_together(base, *reversed(sides)) == both


@pytest.mark.parametrize(
    ("ours", "both"),
    [
        (
            "1. Stop.\n2. Look.\n3. Call.\n4. Wait.\n5. Go on.\n\nThe end.",
            "1. Stop.\n2. Look.\n3. Call.\n4. Wait.\n5. Go on slowly.\n\nThe end.",
        ),
        ("1. Stop.\n2. Wait.\n3. Go on.\n\nThe end.", "1. Stop.\n2. Wait.\n3. Go on slowly.\n\nThe end."),
        (
            "5. Stop.\n6. Call.\n7. Wait.\n8. Go on.\n\nThe end.",
            "5. Stop.\n6. Call.\n7. Wait.\n8. Go on slowly.\n\nThe end.",
        ),
    ],
)
def test_a_number_that_only_counts_on_is_no_change_of_its_item(ours, both):
    theirs = STEPS.replace("Go on", "Go on slowly")

    assert put_together(STEPS, ours, theirs) == put_together(STEPS, theirs, ours) == both


def test_a_wider_number_that_moves_the_lines_beneath_it_is_a_change_of_its_item():
    base = "".join(f"{n}. Step.\n" for n in range(1, 9)) + "9. Last.\n   See below.\n\nThe end."
    ours = "".join(f"{n}. Step.\n" for n in range(1, 10)) + "10. Last.\n    See below.\n\nThe end."

    assert put_together(base, ours, base.replace("Last.", "Last, slowly.")) is None
    assert put_together(base, ours, base.replace("The end", "End")) == ours.replace("The end", "End")


@pytest.mark.parametrize(
    ("last", "counted"),
    [
        ("8. Last.\n", "10. Last.\n"),
        # Under "10." the item within would have to stand one place further in; readers see a 10 as it is.
        ("8. Last.\n   - See below.\n", "9. Last.\n   - See below.\n"),
    ],
)
def test_a_number_that_grows_wider_by_counting_leaves_the_lines_beneath_where_they_are(last, counted):
    def steps(*names, last):
        return "".join(f"{n}. {one}.\n" for n, one in enumerate(names, start=1)) + f"{last}\nThe end."

    base, ninth = steps(*"abcdefg", last=last), last.replace("8.", "9.")
    ours, theirs = steps(*"Xabcdefg", last=ninth), steps(*"abcYdefg", last=ninth)

    both = steps(*"XabcYdefg", last=counted)
    assert put_together(base, ours, theirs) == put_together(base, theirs, ours) == both


def test_two_notes_added_under_one_name_stay_two():
    base = f"{NOTES}\nThe end.\n"
    ours = base.replace("so.[^1]", "so.[^1][^3]").replace("[^1]: One", "[^3]: Ours.\n[^1]: One")
    theirs = base.replace("The end.", "The end.[^3]\n\n[^3]: Theirs.")

    both = put_together(base, ours, theirs)

    assert "so.[^1][^3]" in both
    assert "[^3]: Ours." in both
    assert "The end.[^3-2]" in both
    assert "[^3-2]: Theirs." in both


def test_notes_that_both_sides_add_at_one_place_are_kept():
    base = "It is so.\n\nOr so.\n\nThe end.[^1]\n\n[^1]: One study.\n"
    ours = base.replace("is so.", "is so.[^a]") + "[^a]: Ours.\n"
    theirs = base.replace("Or so.", "Or so.[^b]") + "[^b]: Theirs.\n"

    both = "It is so.[^a]\n\nOr so.[^b]\n\nThe end.[^1]\n\n[^1]: One study.\n[^a]: Ours.\n[^b]: Theirs.\n"
    assert put_together(base, ours, theirs) == both
    assert put_together(base, ours, theirs + "[^a]: Ours.\n") == both
    assert "[^a-2]: Theirs." in put_together(base, ours, theirs.replace("[^b]", "[^a]"))
    # Words beside a note are no note.
    assert put_together(base, ours, f"{theirs}\nMore.\n") is None


@pytest.mark.parametrize(
    ("blanks", "both"),
    [
        ("It  is so. \n\nThe end.", "It was so.\n\nThe end."),
        ("It is\nso.\n\nThe end.", "It was so.\n\nThe end."),
        # The end of a line, which two blanks keep, is seen.
        ("It is  \nso.\n\nThe end.", None),
        ("It is soo.\n\nThe end.", None),
    ],
)
def test_blanks_that_nobody_sees_are_no_change(blanks, both):
    base, theirs = "It is so.\n\nThe end.", "It was so.\n\nThe end."

    assert put_together(base, blanks, theirs) == put_together(base, theirs, blanks) == both


def test_a_note_that_one_side_removes_and_the_other_refers_to_anew_stays():
    base = f"{NOTES}\nThe end.\n"
    ours = base.replace(" Or so.[^2]", "").replace("[^2]: Another study.\n", "")
    theirs = base.replace("The end.", "The end.[^2]")

    assert put_together(base, ours, theirs) == (
        "It is so.[^1]\n\n[^1]: One study.\n\nThe end.[^2]\n[^2]: Another study.\n"
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        # The same item, the same row, the same place.
        (LIST, ("- genes\n", "- genes of the family\n"), ("- genes\n", "- genes of one parent\n")),
        (LIST, ("- genes\n", "- genes of the family\n"), ("- genes\n", "")),
        (TERMS, ("It leads away", "It leads juice away"), ("Canal\n", "Channel\n")),
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


@pytest.mark.parametrize(
    "body", [LIST, TABLE, BOX, NOTES, STEPS, TERMS, "- a\n\n  more\n  - b\n- c", "| a |\n| - |\n"]
)
def test_the_parts_of_a_stretch_joined_are_its_text(body):
    for stretch in stretches_of(body):
        assert "".join(part.text + part.gap for part in parts_of(stretch)) == stretch.text


def test_merged_table_rows_keep_their_cells():
    ours = TABLE.replace("| one | liver |\n", "| one | liver |\n| new | skin |\n")
    theirs = TABLE.replace("| eyes |", "| eyes, ears |")

    rows = put_together(TABLE, ours, theirs).splitlines()

    assert {row.count("|") for row in rows} == {3}
