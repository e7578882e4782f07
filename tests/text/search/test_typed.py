"""What is typed into a search box: one line, bounded, without what no text holds."""

import pytest

from wiki.text.search.typed import typed_line, websearch


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  calcium \n in\tthe  brain ", "calcium in the brain"),
        ("a\x00b\x02c\x03", "a b c"),
        ("\ud800lone", "lone"),
        ("\uffff", ""),
        ("β-blocker −", "β-blocker −"),
        ("x" * 10_000, "x" * 2000),
    ],
)
def test_typed_text_becomes_one_line(typed, line):
    assert typed_line(typed) == line


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("-" * 33, ""),
        ("---calcium", "-calcium"),
        ("- calcium", "calcium"),
        ('"brain scan" -"old age" fits -fever', '"brain scan" -"old age" fits -fever'),
        ('brain "scan', "brain scan"),
        ("IL-6", "IL-6"),
    ],
)
def test_each_word_of_a_question_has_one_minus_at_most(line, asked):
    assert websearch(line) == asked
