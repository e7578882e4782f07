"""What differs between two paragraphs as readers see them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.effort import no_more_than
from wiki.text.compare.inline_diff import as_rendered
from wiki.text.markdown.blocks import blocks_of

SHAPES = {"open": "<{}>", "close": "</{}>", "same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}


def seen(old, new):
    """Return the steps of the first block of each text, None for an empty one."""
    first, second = (next(iter(blocks_of(text)), None) for text in (old, new))
    return as_rendered(first, second)


def shown(old, new):
    """Return the steps as a line, or None."""
    steps = seen(old, new)
    return None if steps is None else "".join(SHAPES[step.op].format(step.text) for step in steps)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Calcium falls low.", "Calcium drops low.", "<p>Calcium [-falls-]{+drops+} low.</p>"),
        ("", "## What it is", "<h2>{+What it is+}</h2>"),
        ("Gone *now*.", "", "<p>[-Gone -]<em>[-now-]</em>[-.-]</p>"),
        ("The same.", "The same.", "<p>The same.</p>"),
        ("A plain word here.", "A *plain* word here.", "<p>A [-plain-]<em>{+plain+}</em> word here.</p>"),
        ("- two three", "- four three", "<ul><li><p>[-two-]{+four+} three</p></li></ul>"),
        ("> said", "> told", "<blockquote><p>[-said-]</p><p>{+told+}</p></blockquote>"),
        ("::: urgent Call\n:::", "::: urgent Run\n:::", "<box><p>[-Call-]</p><p>{+Run+}</p></box>"),
        ("![A scan](image:0123456789abcdef)", "![The scan](image:0123456789abcdef)",
         "<figure>[-A-]{+The+} scan</figure>"),
        ("    one two", "    one three", "<pre>one [-two-]{+three+}\n</pre>"),
        ("***", "", "<p>[-* * *-]</p>"),
        ("See [a](/x) now", 'See [a](/x "Take 5 mg") now', '<p>See <link /x>[-a-]</link /x>'
         '<link /x “Take 5 mg”>{+a+}</link /x “Take 5 mg”><target> (/x{+ “Take 5 mg”+})</target> now</p>'),
        ("Word[^a] here\n\n[^a]: x\n[^b]: y", "Word[^b] here\n\n[^a]: x\n[^b]: y",
         "<p>Word<source>[-[note a]-]</source><source>{+[note b]+}</source> here</p>"),
        ("one  \ntwo three", "one\ntwo three", "<p>one[-↵\n-]{+ +}two three</p>"),
        ("Seen there often.[@pmid:1]", "Seen there often.[@pmid:2]",
         "<p>Seen there often.<source>[-[pmid:1]-]</source><source>{+[pmid:2]+}</source></p>"),
        ("Seen in the [[Brain]] now", "Seen in the [[Brain stem|Brain]] now",
         "<p>Seen in the <link>Brain</link><target>{+ (Brain stem)+}</target> now</p>"),
        ("See [this page](https://a.org/x) first", "See [this page](https://a.org/y) first",
         "<p>See <link https://a.org/x>[-this page-]</link https://a.org/x>"
         "<link https://a.org/y>{+this page+}</link https://a.org/y>"
         "<target> (https://a.org/[-x-]{+y+})</target> first</p>"),
        ("*rare* disease", "*odd* disease here",
         "<p><em>[-rare-]</em></p><p><em>[- disease-]{+odd+}</em>{+ disease here+}</p>"),
        ("Take `a b` now\nor later  \nor never.", "Take `a b` now\nor later  \nor never!",
         "<p>Take <code>a b</code> now or later↵\nor never[-.-]{+!+}</p>"),
    ],
)  # fmt: skip
def test_a_paragraph_diff_is_shown_as_readers_see_it(old, new, line):
    assert shown(old, new) == line


def row(old, new):
    """Return the last row of two tables, as a line."""
    return "".join(
        SHAPES.get(one.op, "").format(one.text)
        for one in as_rendered(blocks_of(old)[-1], blocks_of(new)[-1]) or ()
        if one.text in ("td", "th") or one.op in ("added", "removed", "same")
    ).replace("<th></th>", "")


HEAD = "| D | Adults | Children |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("| X | 5 mg |  |", "| X |  | 5 mg |", "<td>X</td><td>[-5 mg-]</td><td>{+5 mg+}</td>"),
        ("| X | avoid | no |", "| X | halve | no |", "<td>X</td><td>[-avoid-]{+halve+}</td><td>no</td>"),
        ("| X | 1 | 2 |", "| X | 2 | 1 |", "<td>X</td><td>[-1-]{+2+}</td><td>[-2-]{+1+}</td>"),
        ("| X | 1 | 2 |", "| X | 1 | |", "<td>X</td><td>1</td><td>[-2-]</td>"),
        ("| X | 1 | |", "| X | | |", "<td>X</td><td>[-1-]</td><td></td>"),
    ],
)  # fmt: skip
def test_a_table_row_is_compared_cell_by_cell(old, new, line):
    assert row(HEAD + old, HEAD + new) == line


def test_a_compared_row_has_the_heads_of_its_columns():
    steps = as_rendered(blocks_of(HEAD + "| X | 1 | 2 |")[1], None) or ()

    assert [one.text for one in steps if one.op == "context"] == ["D", "Adults", "Children"]
    assert [one.text for one in steps if one.op == "removed"] == ["X", "1", "2"]


def test_a_row_has_the_heads_of_both_versions_where_those_differ():
    table = "| Drug | {} | {} |\n| --- | --- | --- |\n| X | {} | {} |"
    old, new = (
        table.format("Adults", "Babies", "5 mg", "1 mg"),
        table.format("Babies", "Adults", "1 mg", "5 mg"),
    )

    steps = as_rendered(blocks_of(old)[1], blocks_of(new)[1]) or ()

    heads = [one.text for one in steps if one.op == "context"]
    assert heads == ["Drug", "Adults → Babies", "Babies → Adults"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[^a]: nobody refers to it", "[^a]: nobody does"),
        ("a " * 15_000, "b"),
    ],
    ids=["unused note", "long"],
)
def test_a_diff_that_cannot_be_rendered_soundly_is_none(old, new):
    assert seen(old, new) is None


PARTS = st.lists(
    st.sampled_from(
        ["one", "*two*", "three", "- four", "- five *six*", "| a | b |", "|---|---|", "> q", "[x](/y)"]
    ),
    max_size=7,
).flatmap(lambda parts: st.sampled_from(["\n", " "]).map(lambda by: by.join(parts)))


@pytest.mark.parametrize("token", [Token("strange_open", "strange", 1), Token("strange", "strange", 0)])
def test_a_difference_of_markup_that_nobody_knows_is_not_shown_in_the_readers_view(token):
    (block,) = blocks_of("Words.")
    strange = replace(block, tokens=(token,))

    assert as_rendered(None, block) is not None
    assert as_rendered(None, strange) is None


@given(PARTS, PARTS)
def test_the_diff_without_removals_is_the_new_text(old, new):
    steps, alone = seen(old, new), seen(new, new)

    if steps is None or alone is None:
        return
    kept = re.sub(
        r"\[-.*?-\]", "", "".join(SHAPES[one.op].format(one.text) for one in steps), flags=re.DOTALL
    )
    kept = kept.replace("{+", "").replace("+}", "")
    plain = "".join(SHAPES[one.op].format(one.text) for one in alone)
    assert re.sub(r"<[^>]*>", "", kept) == re.sub(r"<[^>]*>", "", plain)
    open_now = []
    for one in steps:
        if one.op == "open":
            open_now.append(one.text)
        elif one.op == "close":
            assert open_now.pop() == one.text
    assert open_now == []


@pytest.mark.parametrize(
    "text", ["a " * 9_000, "- a\n" * 4_000, "*a* " * 4_000, "[[a]] " * 3_000, ". " * 9_000]
)
def test_no_paragraph_takes_long(text):
    with no_more_than(75):
        seen(text, text.replace("a", "b", 3) + "c")
