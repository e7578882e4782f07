"""Bodies as paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import no_more_than
from wiki.text.markdown.paragraphs import Paragraph, joined, paragraphs_of


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("", []),
        ("a", [("a", "")]),
        ("a\nb\n\n \nc\n", [("a\nb", "\n\n \n"), ("c", "\n")]),
        ("\n\na", [("", "\n\n"), ("a", "")]),
        ("# A\ntext\n## B", [("# A", "\n"), ("text", "\n"), ("## B", "")]),
        ("#no\nheading", [("#no\nheading", "")]),
        ("a\r\n\r\nb", [("a", "\r\n\r\n"), ("b", "")]),
    ],
)
def test_blank_lines_and_headings_part_paragraphs(body, paragraphs):
    assert [(p.text, p.gap) for p in paragraphs_of(body)] == paragraphs


@given(st.text("ab# \n\r\u2028", max_size=30))
def test_the_paragraphs_joined_are_the_body_again(body):
    assert "".join(p.text + p.gap for p in paragraphs_of(body)) == body
    assert joined(paragraphs_of(body)) == body


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# A", "A"),
        ("   ###### A b  ", "A b"),
        ("## A ##", "A"),
        ("## C#", "C#"),
        ("#", ""),
        ("## ##", ""),
        ("#A", None),
        ("####### A", None),
        ("    # A", None),
        ("A", None),
    ],
)
def test_a_heading_has_a_title(line, title):
    assert Paragraph(line).title == title


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([("a", ""), ("b", "")], "a\n\nb"),
        ([("a", "\n"), ("b", "\n")], "a\n\nb\n"),
        ([("# A", "\n"), ("b", "")], "# A\nb"),
        ([("# A", ""), ("b", "")], "# A\n\nb"),
        ([("", "\n"), ("b", "")], "\nb"),
        ([], ""),
    ],
)
def test_paragraphs_of_different_versions_do_not_run_together(parts, body):
    assert joined([Paragraph(*part) for part in parts]) == body


@pytest.mark.parametrize(
    "body", ["# " + " " * 100_000 + "x", "#" * 200_000, "# a\n" * 50_000, " \n" * 100_000]
)
def test_no_body_takes_long(body):
    with no_more_than(125):
        assert [paragraph.title for paragraph in paragraphs_of(body)]
