"""A correction for safety on the screen: paragraphs and rows as readers see them, all else as written."""

import pytest

from wiki.screens.reviewing.correction import corrected_passage


def test_a_paragraph_is_compared_as_readers_see_it():
    found = corrected_passage("Ask about [[Seizures|fits]] *first*.", "Ask about [[Epilepsy|fits]] *first*.")

    told = "".join(one.text for one in found.steps if one.op not in ("open", "close"))
    assert "[[" not in told
    assert "*" not in told
    assert {("Seizures", "removed"), ("Epilepsy", "added")} <= {(one.text, one.op) for one in found.steps}


def test_a_withheld_paragraph_is_struck_as_a_whole():
    found = corrected_passage("Give it at once.", "")

    said = [one for one in found.steps if one.op not in ("open", "close")]
    assert "".join(one.text for one in said) == "Give it at once."
    assert {one.op for one in said} == {"removed"}


@pytest.mark.parametrize("passage", ["| Adults | 5 mg |", "One.\n\nTwo.", "- an item", "## A heading"])
def test_what_is_no_paragraph_is_compared_as_it_was_written(passage):
    found = corrected_passage(passage, "Words.")

    assert found.steps == ()
    assert found.pieces
    assert found.cells == ()


def said_in(steps):
    return [(one.text, one.op) for one in steps if one.op in ("same", "added", "removed")]


def test_a_row_of_a_table_is_compared_by_cell_as_readers_see_it():
    found = corrected_passage(
        r"| **Child** | [[Seizures\|fits]] | 5 mg |  |", r"| **Child** | [[Seizures\|fits]] | 50 mg | daily |"
    )

    assert [said_in(cell) for cell in found.cells] == [
        [("Child", "same")],
        [("fits", "same"), (" (Seizures)", "same")],
        [("5", "removed"), ("50", "added"), (" mg", "same")],
        [("daily", "added")],
    ]


def test_a_withheld_row_is_struck_in_each_cell():
    found = corrected_passage("| Child | 5 mg |  |", "")

    assert [said_in(cell) for cell in found.cells] == [[("Child", "removed")], [("5 mg", "removed")], []]


@pytest.mark.parametrize("replacement", ["| Adults |", "Words.", "| Adults | 5 mg | daily |"])
def test_rows_with_other_numbers_of_cells_are_compared_as_they_were_written(replacement):
    found = corrected_passage("| Adults | 5 mg |", replacement)

    assert found.cells == ()
    assert found.pieces
