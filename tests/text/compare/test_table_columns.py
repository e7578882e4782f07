"""A table that gets or loses a column: each of its rows says so, and is compared under its heads."""

import pytest

from tests.effort import no_more_than
from wiki.text.compare.block_changes import what_differs
from wiki.text.compare.diff import blocks
from wiki.text.compare.inline_diff import as_rendered
from wiki.text.markdown.blocks import blocks_of

TWO = "| drug | dose |\n| --- | --- |\n| one | two |"


@pytest.mark.parametrize(("head", "cell"), [("watch", "liver"), ("watch", ""), ("", "")])
def test_rows_with_another_number_of_cells_say_so(head, cell):
    three = f"| drug | dose | {head} |\n| --- | --- | --- |\n| one | two | {cell} |"

    assert [one.notes for one in blocks(TWO, three)] == [("had 2 cells, has 3",)] * 2
    assert [one.notes for one in blocks(three, TWO)] == [("had 3 cells, has 2",)] * 2


def table(*rows):
    """Return a table of rows whose cells are written as “a | b”."""
    lines = [f"| {row} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0].split(" | ")) + "|", *lines[1:]])


def steps_of(before, after):
    """Return how two versions of a row differ, which is always shown by cell."""
    steps = as_rendered(before, after)
    assert steps is not None
    return steps


def cells(old, new):
    """Return each column of the first row: its head, what it held and what it holds, None for no cell."""
    steps = steps_of(blocks_of(old)[1], blocks_of(new)[1])
    heads = iter([one.text for one in steps if one.op == "context"])
    found = []
    for one in steps[[step.text for step in steps].index("tbody") :]:
        if one.op == "open" and one.text.startswith(("td", "th")):
            side = one.text.partition(" ")[2]
            column = {"head": next(heads)}
            column |= {
                op: "" for op in ("removed", "added") if side != {"removed": "added"}.get(op, "removed")
            }
            found.append(column)
        for op in ("removed", "added") if one.op == "same" else (one.op,):
            if op in ("removed", "added"):
                found[-1][op] += one.text
    return [(one["head"], one.get("removed"), one.get("added")) for one in found]


DRUG = ("Drug", "A", "A")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            ("Drug | Adults", "A | 50 mg"),
            ("Drug | Babies | Adults", "A | 50 mg | 60 mg"),
            [DRUG, ("column added: Babies", None, "50 mg"), ("Adults", "50 mg", "60 mg")],
        ),
        (
            ("Drug | Babies | Adults", "A | 50 mg | 60 mg"),
            ("Drug | Adults", "A | 50 mg"),
            [DRUG, ("column removed: Babies", "50 mg", None), ("Adults", "60 mg", "50 mg")],
        ),
        (
            ("Drug | Adults | Notes", "A | 50 mg | old"),
            ("Drug | Babies | Adults", "A | 50 mg | 60 mg"),
            [
                DRUG,
                ("column added: Babies", None, "50 mg"),
                ("Adults", "50 mg", "60 mg"),
                ("column removed: Notes", "old", None),
            ],
        ),
        (
            ("Drug | Dose in adults", "A | 50 mg"),
            ("Drug | Babies | Dose (adults)", "A | 50 mg | 60 mg"),
            [
                DRUG,
                ("column added: Babies", None, "50 mg"),
                ("Dose in adults → Dose (adults)", "50 mg", "60 mg"),
            ],
        ),
        (
            ("Drug | Adults", "A | 50 mg"),
            ("Drug | Babies | Elderly", "A | 50 mg | 60 mg"),
            [DRUG, ("Adults → Babies", "50 mg", "50 mg"), ("column added: Elderly", None, "60 mg")],
        ),
        (
            ("Drug | ", "A | 50 mg"),
            ("Drug |  | ", "A | 50 mg | "),
            [DRUG, ("", "50 mg", "50 mg"), ("column added", None, "")],
        ),
        (
            ("Drug | Dose", "A | 50 mg"),
            ("dose", "50 mg"),
            [("column removed: Drug", "A", None), ("Dose → dose", "50 mg", "50 mg")],
        ),
        (
            ("Drug | a\\|b | c", "A | 1 | 2"),
            ("Drug | a | b | c", "A | 1 | 2 | 2"),
            [DRUG, ("a|b → a", "1", "1"), ("column added: b", None, "2"), ("c", "2", "2")],
        ),
        (
            ("Drug | x", "A | 1 | 3"),
            ("Drug | x | x", "A | 1 | 3"),
            [DRUG, ("x", "1", "1"), ("column added: x", None, "3")],
        ),
    ],
)
def test_a_row_with_another_number_of_cells_is_compared_by_cell_under_the_heads(old, new, told):
    assert cells(table(*old), table(*new)) == told


def test_a_head_that_comes_or_goes_stands_in_a_column_of_its_own():
    old, new = blocks_of(table("Drug | Adults"))[0], blocks_of(table("Drug | Babies | Adults"))[0]

    opened = [one.text for one in steps_of(old, new) if one.op == "open" and one.text.startswith("th ")]
    assert opened == ["th added"]
    assert [(one.op, one.text) for one in steps_of(new, old) if one.op in ("added", "removed")] == [
        ("removed", "Babies")
    ]


def test_the_alignment_of_a_column_is_compared_with_that_of_the_same_column():
    old = "| Drug | Adults |\n|---|--:|\n| A | 50 |"
    new = "| Drug | Babies | Adults |\n|---|:-:|--:|\n| A | 50 | 60 |"
    third = "| Drug | Babies | Adults |\n|---|:-:|---|\n| A | 50 | 60 |"
    (_, row), (_, other), (_, another) = map(blocks_of, (old, new, third))

    assert what_differs(row, other) == ("had 2 cells, has 3",)
    assert what_differs(row, another) == ("column 3: right before, left now", "had 2 cells, has 3")
    single = blocks_of("| A |\n|---|")[0], blocks_of("| A | B |\n|---|---|")[0]
    assert what_differs(*single) == ("had 1 cell, has 2",)


def test_a_table_with_very_many_columns_takes_no_time():
    many = [f"column {n}" for n in range(1_000)]
    old, new = (table(" | ".join(heads), " | ".join(heads)) for heads in (many, ["new", *many]))
    (_, before), (_, after) = blocks_of(old), blocks_of(new)

    with no_more_than(150):
        steps = steps_of(before, after)
    assert [one.text for one in steps if one.op == "added"] == ["new"]
