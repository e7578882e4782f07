"""Bodies as stretches of their source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import no_more_than
from tests.text.markdown.test_blocks import LINES
from wiki.text.markdown.parser import LONGEST_BODY
from wiki.text.markdown.stretches import Stretch, joined, stretches_of


@pytest.mark.parametrize(
    ("body", "stretches"),
    [
        ("", []),
        ("a\nb\n\n \nc\n", [("a\nb", "\n\n \n"), ("c", "\n")]),
        ("\n\na", [("", "\n\n"), ("a", "")]),
        ("# A\ntext\n## B", [("# A", "\n"), ("text", "\n"), ("## B", "")]),
        ("#no\nheading", [("#no\nheading", "")]),
        ("A\n---\ntext", [("A\n---", "\n"), ("text", "")]),
        ("a\r\n\r\nb", [("a", "\r\n\r\n"), ("b", "")]),
        ("a\n\u00a0\nb", [("a\n\u00a0\nb", "")]),
        ("- a\n- b\n\n  c", [("- a", "\n"), ("- b\n\n  c", "")]),
        ("::: urgent\na\n\nb\n:::\n\nc", [("::: urgent\na\n\nb\n:::", "\n\n"), ("c", "")]),
        ("|a|\n|-|\n|1|\n\nb", [("|a|\n|-|\n|1|", "\n\n"), ("b", "")]),
        ("```\na\n\nb\n```\nc", [("```\na\n\nb\n```", "\n"), ("c", "")]),
        (
            "a[^n]\n\n[^n]: b\n\n    c\n\n[l]: /x",
            [("a[^n]", "\n\n"), ("[^n]: b\n\n    c", "\n\n"), ("[l]: /x", "")],
        ),
    ],
)
def test_a_body_is_split_at_the_blocks_of_the_parser(body, stretches):
    assert [(one.text, one.gap) for one in stretches_of(body)] == stretches


def test_a_body_that_is_too_long_to_be_read_is_one_stretch():
    body = "a\n\n" * LONGEST_BODY

    assert stretches_of(body) == (Stretch(body),)


@given(st.one_of(st.text("ab#> -`|\n\r\u2028:", max_size=30), LINES))
def test_the_stretches_joined_are_the_body_again(body):
    found = stretches_of(body)

    assert "".join(one.text + one.gap for one in found) == body
    assert joined(found) == body


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# A", "A"),
        ("   ###### A b  ", "A b"),
        ("## A ##", "A"),
        ("## C#", "C#"),
        ("#", ""),
        ("## ##", ""),
        ("## &#65;*b*", "Ab"),
        ("A\n---", "A"),
        ("#A", None),
        ("    # A", None),
        ("A", None),
        ("- # A", None),
    ],
)
def test_a_heading_has_a_title(line, title):
    assert stretches_of(line)[0].title == title


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([("a", ""), ("b", "")], "a\n\nb"),
        ([("a", "\n"), ("b", "\n")], "a\n\nb\n"),
        ([("# A", "\n"), ("b", "")], "# A\nb"),
        ([("# A", ""), ("b", "")], "# A\n\nb"),
        ([("a", "\n"), ("B\n---", "")], "a\n\nB\n---"),
        ([("- a", "\n"), ("- b", "\n"), ("c", "")], "- a\n- b\n\nc"),
        ([("", "\n"), ("b", "")], "\nb"),
        ([], ""),
    ],
)
def test_joining_stretches_of_two_versions_keeps_blank_lines(parts, body):
    assert joined([Stretch(*part) for part in parts]) == body


@pytest.mark.parametrize(
    "body",
    ["# " + " " * 100_000 + "x", "#" * 200_000, "# a\n" * 50_000, " \n" * 100_000, "[a]: /x\n" * 20_000],
)
def test_splitting_any_body_is_fast(body):
    with no_more_than(250):
        assert joined(stretches_of(body)) == body
