"""A table that gets or loses a column: each of its rows says so."""

import pytest

from wiki.text.compare.diff import blocks

TWO = "| drug | dose |\n| --- | --- |\n| one | two |"


@pytest.mark.parametrize(("head", "cell"), [("watch", "liver"), ("watch", ""), ("", "")])
def test_rows_with_another_number_of_cells_say_so(head, cell):
    three = f"| drug | dose | {head} |\n| --- | --- | --- |\n| one | two | {cell} |"

    assert [one.notes for one in blocks(TWO, three)] == [("had 2 cells, has 3",)] * 2
    assert [one.notes for one in blocks(three, TWO)] == [("had 3 cells, has 2",)] * 2
