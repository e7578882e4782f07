"""The one segmentation of a body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import no_more_than
from wiki.text.markdown.blocks import BlockKind, blocks_of
from wiki.text.markdown.parser import LONGEST_BODY

BODY = """Lead.[^a] See [the guideline][g].

## *Treatment*
::: urgent Call at once
Do not wait.
:::

Care
---

- one
- two

  more of two

| Drug | Adults |
|---|:-:|
| X | 5 mg |

Term
: Meaning.

> Quoted.

```
code
```

***

![Scan](image:0123456789abcdef "Below")

[g]: https://nice.org "Tip"

[^a]: A note.
[^b]: Nobody refers to it.
"""


def test_a_body_is_split_into_blocks_as_readers_see_them():
    found = [(one.kind, one.words, one.headings, one.number) for one in blocks_of(BODY)]

    assert found == [
        (BlockKind.PARAGRAPH, "Lead. See the guideline.", (), 1),
        (BlockKind.HEADING, "Treatment", (), 0),
        (BlockKind.BOX_TITLE, "Call at once", ("Treatment",), 1),
        (BlockKind.BOX, "Do not wait.", ("Treatment", "Call at once"), 1),
        (BlockKind.HEADING, "Care", (), 0),
        (BlockKind.ITEM, "one", ("Care",), 1),
        (BlockKind.ITEM, "two", ("Care",), 2),
        (BlockKind.ITEM, "more of two", ("Care",), 3),
        (BlockKind.ROW, "Drug\nAdults", ("Care",), 1),
        (BlockKind.ROW, "X\n5 mg", ("Care",), 2),
        (BlockKind.TERM, "Term", ("Care",), 1),
        (BlockKind.EXPLANATION, "Meaning.", ("Care",), 1),
        (BlockKind.QUOTATION, "Quoted.", ("Care",), 1),
        (BlockKind.CODE, "code", ("Care",), 1),
        (BlockKind.LINE, "", ("Care",), 1),
        (BlockKind.PICTURE, "Scan\nBelow", ("Care",), 1),
        (BlockKind.FOOTNOTE, "A note.", (), 1),
        (BlockKind.DEFINITION, '[g]: https://nice.org "Tip"', (), 1),
        (BlockKind.UNUSED_NOTE, "[^b]: Nobody refers to it.", (), 1),
    ]


def test_a_table_cell_has_the_heads_of_its_column_and_row():
    cell = blocks_of(BODY)[9].cells[1]

    assert (cell.words, cell.heads, cell.align, cell.is_head) == ("5 mg", ("Adults", "X"), "center", False)


def test_a_block_lists_its_links_citations_and_picture():
    body = '[out](https://a.org "Tip") [[Brain]] seen[@pmid:1]\n\n[b]: https://b.org "Late"\n'
    first, last = blocks_of(body)

    assert (first.targets, first.tooltips) == (("https://a.org",), ("Tip",))
    assert (first.pages, first.citations) == (("Brain",), ("pmid:1",))
    assert (last.targets, last.tooltips) == (("https://b.org",), ("Late",))
    assert blocks_of(BODY)[0].notes == ("a",)
    picture = blocks_of(BODY)[15].picture
    assert picture is not None
    assert picture.name == "0123456789abcdef"


@pytest.mark.parametrize(
    ("above", "path"),
    [
        ("## Treatment", ("Treatment",)),
        ("Treatment\n---", ("Treatment",)),
        ("Treatment\n===", ("Treatment",)),
        ("## *Treat*ment ##", ("*Treat*ment",)),
        ("## *Treatment* ##", ("Treatment",)),
        ("## &#84;reatment", ("Treatment",)),
        ("## [[Seizures|Treatment]]", ("Treatment",)),
        ("**Treatment**", ("Treatment",)),
        ("**This is said of all of it.**", ()),
        ("> ## Treatment", ("Treatment",)),
        ("- ## Treatment", ("Treatment",)),
        ("## A\n\n::: urgent B\n## Treatment\n:::", ("A", "Treatment")),
        ("## A\n\n::: urgent Treatment\nx\n:::", ("A",)),
        ("## A\n\n### B\n\n## C", ("C",)),
        ("## A\n\n### B\n\n> ### C", ("A", "B", "C")),
        ("## A\n\n**B**\n\n**C**", ("A", "C")),
        ("#", ()),
        ("#Treatment", ()),
    ],
)
def test_a_block_has_the_headings_above_in_any_syntax(above, path):
    assert blocks_of(f"{above}\n\nRest.\n")[-1].headings == path


def test_a_note_is_read_under_the_heading_of_its_first_mark():
    found = blocks_of("## Care\n\nTake it.[^n]\n\n## Other\n\nMore.[^n]\n\n[^n]: 50 mg a day.\n")

    assert (found[-1].words, found[-1].headings) == ("50 mg a day.", ("Care",))


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("5\u200b mg", "5 mg"),
        ("50 m\u00adg", "50 mg"),
        ("\uff15\uff10 \uff4d\uff47", "50 mg"),
        ("50\u00a0MG", "50 mg"),
        ("\u202e05\u202c mg", "05 mg"),
        ("T\U000e0041reat", "treat"),
        ("STRASSE Stra\u00dfe", "strasse strasse"),
        ("a\u034fb", "ab"),
    ],
)
def test_normalised_words_omit_invisible_characters(typed, normal):
    assert blocks_of(typed)[0].normal == normal


def test_a_line_of_no_break_spaces_does_not_separate_blocks():
    myth = "> A myth:\n\u00a0\nPeople must not be given anything to drink."

    assert [one.kind for one in blocks_of(myth)] == [BlockKind.QUOTATION]
    assert [one.kind for one in blocks_of(myth.replace("\u00a0", ""))] == [
        BlockKind.QUOTATION,
        BlockKind.PARAGRAPH,
    ]


def test_an_item_a_quotation_or_a_box_without_words_is_a_block():
    assert [one.kind for one in blocks_of("- a\n-\n\n>\n\n::: urgent\n:::")] == [
        BlockKind.ITEM, BlockKind.ITEM, BlockKind.QUOTATION, BlockKind.BOX_TITLE
    ]  # fmt: skip


def test_a_body_beyond_the_limit_is_one_unread_block():
    body = "a\n\n" * LONGEST_BODY

    assert [(one.kind, one.source) for one in blocks_of(body)] == [(BlockKind.UNREAD, body)]


LINES = st.lists(
    st.sampled_from(
        [
            *("a", "- b", "  c", "> d", "# e", "| a | b |", "|---|---|", "::: urgent T", ":::", "[^a]: x"),
            *(
                "y[^a]",
                "[a]: /y",
                "",
                "",
                "\u00a0",
                "\x85",
                "---",
                "===",
                "```",
                "1. x",
                ": d",
                "    z",
                "> - q",
            ),
        ]
    ),
    max_size=14,
).map("\n".join)


@given(LINES)
def test_every_block_has_its_position_in_the_body(body):
    for one in blocks_of(body):
        assert body[one.start : one.end] == one.source


@pytest.mark.parametrize(
    "body",
    [
        *("- a\n" * 25_000, "# a\n" * 25_000, "|a|b|\n|-|-|\n" + "|1|2|\n" * 15_000, "[a]: /x\n\n" * 10_000),
        *("[^a]: x\n" * 10_000, "::: urgent\n" * 9_000, "a[^b] " * 9_000 + "\n\n[^b]: x"),
    ],
)
def test_splitting_any_body_into_blocks_is_fast(body):
    with no_more_than(250):
        blocks_of(body)


def test_only_the_first_block_of_an_item_has_its_mark():
    assert [one.marks for one in blocks_of("- a\n\n  b\n-\n- - c\n\nd")] == [1, 0, 1, 2, 0]
