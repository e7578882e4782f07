"""What differs between two paragraphs as readers see them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import no_more_than
from wiki.text.compare.inline_diff import as_seen

SHAPES = {"open": "<{}>", "close": "</{}>", "same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}


def shown(old, new):
    """Return the steps as a line, or None."""
    steps = as_seen(old, new)
    return None if steps is None else "".join(SHAPES[step.op].format(step.text) for step in steps)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Calcium falls low.", "Calcium drops low.", "<p>Calcium [-falls-]{+drops+} low.</p>"),
        ("", "## What it is", "<h2>{+What it is+}</h2>"),
        ("Gone *now*.", "", "<p>[-Gone -]<em>[-now-]</em>[-.-]</p>"),
        ("The same.", "The same.", "<p>The same.</p>"),
        ("A plain word here.", "A *plain* word here.", "<p>A [-plain-]<em>{+plain+}</em> word here.</p>"),
        ("- one\n- two three\n- four", "- one\n- four",
         "<ul><li>one</li><li>[-two three-]</li><li>four</li></ul>"),
        ("| a | b |\n|---|---|\n| 1 | |", "| a | b |\n|---|---|\n| 1 | 2 |",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td>"
         "<td></td><td>{+2+}</td></tr></tbody></table>"),
        ("Seen there often.[@pmid:1]", "Seen there often.[@pmid:2]",
         "<p>Seen there often.<source>[-[pmid:1]-]</source><source>{+[pmid:2]+}</source></p>"),
        ("Seen in the [[Brain]] now", "Seen in the [[Brain stem|Brain]] now",
         "<p>Seen in the <link>Brain</link><target>{+ (Brain stem)+}</target> now</p>"),
        ("See [this page](https://a.org/x) first", "See [this page](https://a.org/y) first",
         "<p>See <link https://a.org/x>[-this page-]</link https://a.org/x>"
         "<link https://a.org/y>{+this page+}</link https://a.org/y>"
         "<target> (https://a.org/[-x-]{+y+})</target> first</p>"),
        ("Take `a b` now\nor later  \nor never.", "Take `a b` now\nor later  \nor never!",
         "<p>Take <code>a b</code> now or later\nor never[-.-]{+!+}</p>"),
        ("Quite other words stand here", "- one\n- two", "<p>[-Quite other words stand here-]</p>"
         "<ul><li>{+one+}</li><li>{+two+}</li></ul>"),
    ],
)  # fmt: skip
def test_a_paragraph_is_told_as_readers_see_it(old, new, line):
    assert shown(old, new) == line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("*falls*", "_falls_"),
        ("```\ncode\n```", "```\ncoda\n```"),
        ("    indented", "    indente"),
        ("[1]: https://a.org/", "[1]: https://b.org/"),
        ("3. third\n4. fourth", "3. third\n4. last"),
        ("***", "a"),
        ("- aa bb cc\n- xx yy zz\n> qq\n- dd ee ff", "- aa bb cc\n- dd ee ff"),
        ("a " * 15_000, "b"),
    ],
    ids=[
        "only signs differ",
        "code",
        "indented",
        "definition",
        "numbered",
        "a line",
        "between lists",
        "long",
    ],
)
def test_what_cannot_be_told_soundly_is_left_to_the_exact_text(old, new):
    assert as_seen(old, new) is None


PARTS = st.lists(
    st.sampled_from(
        ["one", "*two*", "three", "- four", "- five *six*", "| a | b |", "|---|---|", "> q", "[x](/y)"]
    ),
    max_size=7,
).flatmap(lambda parts: st.sampled_from(["\n", " "]).map(lambda by: by.join(parts)))


@given(PARTS, PARTS)
def test_without_what_was_removed_it_is_the_new_text_as_readers_see_it(old, new):
    steps, alone = as_seen(old, new), as_seen(new, new)

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
        as_seen(text, text.replace("a", "b", 3) + "c")
