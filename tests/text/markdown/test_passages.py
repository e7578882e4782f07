"""A body taken apart into what stands together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.markdown.passages import passages_of

BODY = """Opening words [@pmid:1].

# Title
### Deep
Text **x**.
- a
- b [@pmid:2]

**Bold head**

##

| a | b |
|---|---|
| 5 | 6 |

::: urgent Get help
now.

more
:::
After [@pmid:1; @pmid:1].

Set
---

![A scan](image:0123456789abcdef "From above")

    code

[^1]: a note
"""


def told(body):
    return [(one.place, one.words) for one in passages_of(body)]


def test_a_body_is_split_into_passages_with_their_places():
    assert told(BODY) == [
        ("the opening, paragraph 1", "Opening words."),
        ("the heading “Title”", "Title"),
        ("the heading “Deep”", "Deep"),
        ("“Deep”, paragraph 1", "Text x."),
        ("“Deep”, list 1", "a\nb"),
        ("“Deep”, paragraph 2", "Bold head"),
        ("a heading after “Deep”", ""),
        ("“Deep”, table 1", "a\nb\n5\n6"),
        ("a box in “Deep”", "Get help"),
        ("a box in “Deep”", "now."),
        ("a box in “Deep”", "more"),
        ("“Deep”, paragraph 3", "After."),
        ("the heading “Set”", "Set"),
        ("a picture in “Set”", "A scan\nFrom above"),
        ("“Set”, code 1", "code"),
    ]


def test_a_passage_is_called_what_it_is_and_counted_among_its_like():
    table = "| a | b |\n|---|---|\n| 5 | 6 |"
    body = f"One.\n\n> Said.\n\n{table}\n\nTwo.[^1]\n\n{table}\n\n[^1]: A note."

    assert [one.place.removeprefix("the opening, ") for one in passages_of(body)] == [
        "paragraph 1",
        "quotation 1",
        "table 1",
        "paragraph 2",
        "table 2",
        "note 1",
    ]


def test_a_passage_has_its_citations_and_form():
    pieces = {one.words: one for one in passages_of(BODY)}

    assert pieces["After."].citations == ("pmid:1",)
    assert [pieces[words].level for words in ("Title", "Deep", "", "Set")] == [1, 3, 2, 2]
    assert pieces["Bold head"].bold
    assert not pieces["Text x."].bold
    assert pieces["A scan\nFrom above"].picture
    assert pieces["more"].boxed


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**all of it**", True),
        ("__all of it__ ", True),
        ("**some** of it", False),
        ("**one** and **two**", False),
        ("- **in a list**", False),
        ("plain", False),
    ],
)
def test_a_passage_is_bold_only_if_all_of_it_is(text, bold):
    assert passages_of(text)[0].bold is bold


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_passages_have_their_positions_with_any_line_ends(ends):
    body = f"{ends}{ends}One{ends}## Two{ends}{ends}Three{ends}{ends}Four"

    assert [one.words for one in passages_of(body)] == ["One", "Two", "Three", "Four"]
    written = [body[one.start : one.end].strip("# ") for one in passages_of(body)]
    assert written == ["One", "Two", "Three", "Four"]


def test_an_empty_body_has_no_passages():
    assert passages_of("") == ()
    assert passages_of("\n \n") == ()
    assert passages_of("| |\n|---|\n") == ()


@given(st.text(alphabet="a #*-\n:|>![]`1.", max_size=80))
def test_every_passage_lies_within_the_body(body):
    for one in passages_of(body):
        assert 0 <= one.start <= one.end <= len(body)
