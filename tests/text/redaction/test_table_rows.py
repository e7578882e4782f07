"""Rows of tables as they are typed."""

import pytest

from wiki.text.redaction.passages import row_of
from wiki.text.redaction.table_rows import cells_of, is_row, row_in_words, typed_row


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| a |  |", ["a", ""]),
        (r"| a \| b | c |", ["a | b", "c"]),
        ("||", [""]),
    ],
)
def test_a_row_has_its_cells(typed, cells):
    assert cells_of(typed) == cells


def test_a_row_is_typed_with_a_bar_at_each_end():
    assert typed_row("a | b") == "| a | b |"
    assert typed_row(r"a \| c | b") == r"| a \| c | b |"
    assert typed_row(" | a | b | ") == "| a | b |"
    assert row_of("> | a | b |") == "| a | b |"
    assert not is_row("| a |\n| b |")
    assert row_in_words("| **a** | [b](https://x.org) |") == "a b"
