"""What differs between two revisions."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import no_more_than
from tests.text.compare.edits import bodies, faults, run
from tests.text.markdown.test_blocks import LINES
from wiki.text.compare import align
from wiki.text.compare.diff import Piece, RowChange, blocks, compare, rows, words
from wiki.text.document import Code, Document, Row

ROW = Row("causes", 2, "asserted", "low", "cohort")
PAGE = Document(
    "Title", "condition", "A summary.", ("one", "two"), (Code("ICD-10", "E20"),), "Text.\n", (ROW,)
)


def marked(pieces):
    """Return the pieces as a line: [-removed-] {+added+}."""
    shapes = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(shapes[piece.op].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("Same.", "Same.", "Same."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("Give 10.5 mg daily.", "Give 20.5 mg daily.", "Give [-10.5-]{+20.5+} mg daily."),
        ("one two three four", "one 2 three 4", "one [-two three four-]{+2 three 4+}"),
        ("It falls and is low.", "It drops and then is low.", "It [-falls and-]{+drops and then+} is low."),
        ("Calcium falls.", "Quite other words.", "[-Calcium falls.-]{+Quite other words.+}"),
        ("a b c\nd e f\n", "a b c\nd e g\n", "a b c\nd e [-f-]{+g+}\n"),
        ("one two three\n", "one two three four\n", "one two three{+ four+}\n"),
        ("A café", "A cafe\u0301", "A [-café-]{+cafe\u0301+}"),
    ],
)  # fmt: skip
def test_words_that_changed_are_marked(old, new, shown):
    assert marked(words(old, new)) == shown


TEXTS = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(["a", "b", " ", "c d", ".", "\n", "1.5"])).map("".join)
)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = words(old, new)

    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new
    assert all(piece.text for piece in pieces)
    assert all(a.op != b.op for a, b in pairwise(pieces))


def shown(found):
    return [(block.change, block.section, block.number, marked(block.pieces)) for block in found]


def test_each_paragraph_has_its_place_and_kind_of_change():
    old = "Lead.\n\n## What it is\n\nCalcium falls low.\n\nGone entirely now.\n\n## What helps\nRest helps.\n"
    new = "Lead.\n\n\n## What it is\n\nCalcium drops low.\n\n## What helps\nRest helps.\n\nNothing else.\n"

    assert shown(blocks(old, new)) == [
        ("same", "", 1, "Lead."),
        ("same", "What it is", 0, "## What it is"),
        ("changed", "What it is", 1, "Calcium [-falls-]{+drops+} low."),
        ("removed", "What it is", 2, "[-Gone entirely now.-]"),
        ("same", "What helps", 0, "## What helps"),
        ("same", "What helps", 1, "Rest helps."),
        ("added", "What helps", 2, "{+Nothing else.+}"),
    ]


def changes(old, new):
    """Return what became of each block that differs: the change, and the headings before and after."""
    found = compare(replace(PAGE, body=old), replace(PAGE, body=new)).blocks
    return [(one.change, *(" > ".join(path) for path in one.paths)) for one in found if one.is_shown]


def test_a_moved_paragraph_is_shown_at_both_places_with_their_headings():
    old = "# A\n\none two\n\n# B\n\nthree\n\nfour\n"

    assert changes(old, "# A\n\n# B\n\nthree\n\nfour\n\none two\n") == [
        ("left", "A", "B"), ("moved", "A", "B")
    ]  # fmt: skip


DOSE = "Do not give more than 50 mg a day."
THREE = f"## Adults\n\n{DOSE}\n\n## Children\n\n{DOSE}\n\n## Pregnancy\n\n{DOSE}\n\n## Storage\n\nDry.\n"
ONE = f"## Adults\n\n## Children\n\n## Pregnancy\n\n## Storage\n\nDry.\n\n{DOSE}\n"


def test_two_of_three_equal_paragraphs_are_removed_when_one_moves():
    assert Counter(one for one, *_ in changes(THREE, ONE)) == {"removed": 2, "left": 1, "moved": 1}
    assert Counter(one for one, *_ in changes(ONE, THREE)) == {"added": 2, "left": 1, "moved": 1}
    assert compare(replace(PAGE, body=THREE), replace(PAGE, body=ONE)).words_removed == 18


def test_swapped_doses_are_shown_as_moved():
    adults, children = "Adults take 50 mg a day.", "Children take 5 mg a day."
    page = "## In adults\n\n{}\n\n## In children\n\n{}\n"

    found = changes(page.format(adults, children), page.format(children, adults))
    assert {("In adults", "In children"), ("In children", "In adults")} <= {one[1:] for one in found}


def test_a_paragraph_under_another_heading_is_a_change_and_the_heading_names_it():
    old = "## In adults\n\nTake it.\n\nMore.\n\n## Storage\n\nDry.\n"

    found = compare(replace(PAGE, body=old), replace(PAGE, body=old.replace("adults", "babies"))).blocks

    assert [one.change for one in found] == ["changed", *["under another heading"] * 2, "same", "same"]
    assert found[0].under == ("Take it.", "More.")
    assert found[1].paths == (("In adults",), ("In babies",))


def test_swapped_headings_show_paragraphs_under_new_headings():
    page = "## {}\n\nCalcium helps.\n\n## {}\n\nIt harms.\n"

    found = changes(page.format("What helps", "What harms"), page.format("What harms", "What helps"))

    assert ("under another heading", "What helps", "What harms") in found or (
        "moved", "What helps", "What harms"
    ) in found  # fmt: skip


def test_a_heading_that_moves_names_the_paragraphs_once_and_both_its_places():
    found = blocks("## A\n\nOne.\n\n## B\n\nTwo.", "## B\n\n## A\n\nOne.\n\nTwo.")
    (moved,), (left,) = ([one for one in found if one.change == change] for change in ("moved", "left"))

    assert (bool(moved.under), left.under) == (True, ())
    assert " the next heading after “" in moved.notes[0]


def test_a_removed_heading_lists_paragraphs_now_under_another():
    old = "## A\n\nOne.\n\n## B\n\nTwo.\n"

    found = [one for one in blocks(old, "## A\n\nOne.\n\nTwo.\n") if one.is_shown]

    assert [(one.change, one.under) for one in found] == [
        ("removed", ("Two.",)), ("under another heading", ())
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("> A myth:\n\nDo not drink.", "> A myth:\n\u00a0\nDo not drink.", {"changed", "removed"}),
        ("- a\n\nWords here.", "- a\n\x85\nWords here.", {"changed", "removed"}),
        ("See [g].\n\n[g]: /x", "See [g].\n\u00a0\n[g]: /x", {"changed", "removed"}),
        ("See [g].\n\n[g]: /x", "- [g]: /y\n\nSee [g].\n\n[g]: /x", {"changed", "added"}),
        ("See [g](/x).", 'See [g](/x "Take 5 mg").', {"changed"}),
        ("one  \ntwo", "one\ntwo", {"changed"}),
        ("one two", "one\u00a0two", {"changed"}),
        ("|a|b|\n|-|-|\n|1|2|", "|a|b|\n|-|:-:|\n|1|2|", {"changed"}),
        ("|a|b|\n|-|-|\n|1| |", "|a|b|\n|-|-|\n| |1|", {"changed"}),
        ("- a\n- b", "- a\n\n  b", {"changed"}),
        ("- a\n- b", "- a\n\n- b", {"changed"}),
        ("- a\n- b", "- a\n\n* b", {"changed"}),
        ("1. a", "2. a", {"changed"}),
        ("a[@pmid:1; @pmid:2]", "a[@pmid:1; pmid:2]", {"changed"}),
        ("- a", "1. a", {"changed"}),
        ("::: urgent\na\n:::\n\nb", "::: urgent\na\n\nb\n:::", {"changed"}),
        ("## A", "### A\n\n## A", {"added"}),
        ("## A\n\n### B", "## A\n\n## B", {"changed"}),
        ("a[^x]\n\n[^x]: 1\n[^y]: 2", "a[^y]\n\n[^x]: 1\n[^y]: 2", {"changed", "added", "removed"}),
        ("a[^x]\n\n[^x]: 1", "a[^y]\n\n[^y]: 1", {"changed"}),
        ("![a](image:0123456789abcdef)", "![a](image:fedcba9876543210)", {"changed"}),
        ("```\na\n```", "```\nb\n```", {"changed", "removed", "added"}),
        ("a\n\n***\n\nb", "a\n\nb\n\n***", {"moved"}),
    ],
)
def test_every_difference_for_readers_is_shown(old, new, told):
    found = compare(replace(PAGE, body=old), replace(PAGE, body=new))

    assert {one.change for one in found.blocks if one.is_shown} & told
    assert not found.is_empty


def test_a_change_of_markup_alone_is_marked_as_retyped():
    found = compare(replace(PAGE, body="Some *text*.\n"), replace(PAGE, body="Some _text_.\n"))

    assert (found.is_empty, found.is_retyped) == (True, True)
    assert not compare(PAGE, PAGE).is_retyped


def test_a_text_too_long_to_be_read_is_shown_whole():
    found = compare(PAGE, replace(PAGE, body="a\n\n" * 70_000))

    assert found.is_whole
    assert [one.change for one in found.blocks] == ["removed", "added"]


@pytest.mark.parametrize("name", ["aliases", "codes", "statements"])
def test_a_changed_order_is_reported(name):
    two = replace(
        PAGE, codes=(*PAGE.codes, Code("ICD-10", "E21")), statements=(ROW, replace(ROW, object=3))
    )  # fmt: skip
    turned = replace(two, **{name: getattr(two, name)[::-1]})

    assert compare(two, turned).reordered == (name,)
    assert not compare(two, turned).is_empty
    assert compare(two, two).reordered == ()


def test_several_statements_of_one_relation_are_each_listed_once():
    other = replace(ROW, note="Again.")

    assert [one.change for one in rows((ROW, other), (ROW,))] == ["same", "removed"]
    assert [one.change for one in rows((ROW,), (ROW, other))] == ["same", "added"]


@given(LINES, LINES)
def test_every_block_of_both_versions_is_shown_once(old, new):
    assert faults(old, new) == []


def test_made_up_edits_of_real_pages_are_shown():
    assert run(seed=1, count=250, texts=bodies()) == []


LONGER = "Calcium can settle in the basal ganglia of many adults."


def test_a_moved_and_reworded_paragraph_is_shown_once_with_a_pointer():
    old = f"# A\n\n{LONGER}\n\n# B\n\nthree\n\nfour\n"
    new = f"# A\n\n# B\n\nthree\n\nfour\n\n{LONGER.replace('many', 'some')}\n"

    found = compare(replace(PAGE, body=old), replace(PAGE, body=new))

    left, reworded = [block for block in found.blocks if block.change != "same"]
    assert (left.change, left.section, left.number, left.pieces, left.other) == ("left", "A", 1, (), "B")
    assert (reworded.change, reworded.section, reworded.other) == ("reworded", "B", "A")
    assert marked(reworded.pieces) == LONGER.replace("many", "[-many-]{+some+}")
    assert (reworded.old_text, reworded.text) == (LONGER, LONGER.replace("many", "some"))
    assert (found.words_added, found.words_removed) == (1, 1)


@pytest.mark.parametrize("short", ["Rest helps most.", "Rest may help a few of them at home."])
def test_short_or_dissimilar_paragraphs_are_not_matched_as_moved(short):
    old = f"# A\n\n{short}\n\n# B\n\nthree\n\nfour\n"
    new = "# A\n\n# B\n\nthree\n\nfour\n\nRest harms most of those that we know of.\n"

    changes = [block.change for block in compare(replace(PAGE, body=old), replace(PAGE, body=new)).blocks]

    assert sorted(set(changes)) == ["added", "removed", "same"]


def test_a_reworded_paragraph_is_matched_with_the_most_similar():
    near, far = LONGER.replace("many", "some"), LONGER.replace("many adults", "some old people")
    old = f"{LONGER}\n\n# B\n\nthree\n\nfour\n"
    new = f"# B\n\nthree\n\nfour\n\n{far}\n\n{near}\n"

    found = compare(replace(PAGE, body=old), replace(PAGE, body=new)).blocks

    assert {block.text: block.change for block in found if block.change in ("added", "reworded")} == {
        far: "added",
        near: "reworded",
    }


def test_the_paragraphs_before_the_one_that_was_reworded_were_removed():
    found = blocks("x y z\n\np q r\n\none two three\n", "one two three four\n")

    assert [block.change for block in found] == ["removed", "removed", "changed"]


def test_every_block_of_a_first_body_is_added():
    assert shown(blocks("", "\n\n# A\n\nb\n")) == [("added", "A", 0, "{+# A+}"), ("added", "A", 1, "{+b+}")]
    assert blocks("\n \n", "") == []


BODIES = st.lists(st.sampled_from(["# A", "one two", "one three", "four five", "", "- a\n- b"])).map(
    "\n\n".join
)


@given(BODIES, BODIES)
def test_the_new_paragraphs_can_be_read_from_the_blocks_in_order(old, new):
    found = blocks(old, new)

    told = [block for block in found if block.new and not block.is_pointer]
    there = ["".join(p.text for p in block.pieces if p.op != "removed") for block in told]
    assert there == [line for text in new.split("\n\n") for line in text.split("\n") if line]
    assert all(block.change == "same" for block in blocks(new, new))


def test_statements_are_compared_row_by_row():
    changed = replace(ROW, grade="high", sources=("pmid:1",))
    kept, gone, new = replace(ROW, object=3), replace(ROW, object=4), replace(ROW, object=5)

    assert rows((ROW, kept, gone), (new, kept, changed)) == [
        RowChange("added", None, new),
        RowChange("same", kept, kept),
        RowChange("changed", ROW, changed, ("grade", "sources")),
        RowChange("removed", gone, None),
    ]


def test_two_documents_are_compared_in_every_part():
    new = Document("Title", "finding", "A short summary.", ("two", "three"), (), "Text here.\n", ())

    found = compare(PAGE, new)

    assert found.title == (Piece("same", "Title"),)
    assert found.kind == (Piece("removed", "condition"), Piece("added", "finding"))
    assert marked(found.summary) == "A {+short +}summary."
    assert (found.aliases_added, found.aliases_removed) == (("three",), ("one",))
    assert (found.codes_added, found.codes_removed) == ((), PAGE.codes)
    assert [change.change for change in found.rows] == ["removed"]
    assert [block.change for block in found.blocks] == ["changed"]
    assert (found.words_added, found.words_removed) == (2, 0)
    assert not found.is_empty


def test_every_part_of_a_first_revision_is_added():
    found = compare(None, PAGE)

    assert marked(found.title) == "{+Title+}"
    assert found.kind == (Piece("added", "condition"),)
    assert (found.words_added, found.words_removed) == (4, 0)
    assert not found.is_empty
    assert not compare(None, Document("", "")).is_empty


@pytest.mark.parametrize(
    ("changes", "is_empty"),
    [
        ({}, True),
        ({"body": "\n\nText.\n\n\n"}, True),
        ({"body": "Text. \n"}, True),
        ({"body": "Text!\n"}, False),
        ({"aliases": ("two", "one")}, False),
        ({"statements": (replace(ROW, note="x"),)}, False),
    ],
)
def test_nothing_differs_when_a_reader_would_see_the_same(changes, is_empty):
    assert compare(PAGE, replace(PAGE, **changes)).is_empty is is_empty


SIZE = 100_000
LONG = {
    "nothing alike": ("a b " * (SIZE // 4), "c d " * (SIZE // 4)),
    "short lines": ("a\n" * (SIZE // 2), "b\na\n" * (SIZE // 4)),
    "word soup": ("a b c " * (SIZE // 6), "b a c " * (SIZE // 6)),
    "many paragraphs": ("a b\n\n" * (SIZE // 5), "a c\n\n" * (SIZE // 5)),
    "different paragraphs": (
        "".join(f"a {n}\n\n" for n in range(10_000)),
        "".join(f"b {n + 7}\n\n" for n in range(10_000)),
    ),
    "different sentences": (
        "".join(f"a b c d e {n}\n\n" for n in range(2_000)),
        "".join(f"v w x y z {n}x\n\n" for n in range(2_000)),
    ),
    "one word": ("a" * SIZE, "b" * SIZE),
    "signs": ("." * SIZE, "," * SIZE),
    "digits": ("1." * (SIZE // 2), "2," * (SIZE // 2)),
    "blank lines": ("\n" * SIZE, " \n" * (SIZE // 2)),
}


@pytest.mark.parametrize(("old", "new"), LONG.values(), ids=LONG)
def test_no_text_takes_long_to_compare(old, new):
    with no_more_than(300):
        pieces = words(old, new)
        compare(replace(PAGE, body=old), replace(PAGE, body=new))

    assert "".join(piece.text for piece in pieces if piece.op != "added") == old


def test_sequences_too_long_to_be_aligned_are_one_change(monkeypatch):
    monkeypatch.setattr(align, "MOST_PAIRS", 3)

    assert marked(words("a b c d e f", "a c x b e f")) == "a [-b c d-]{+c x b+} e f"
    assert align.hunks("xaby", "xbay") == [
        align.Hunk(True, 0, 1, 0, 1), align.Hunk(False, 1, 3, 1, 3), align.Hunk(True, 3, 4, 3, 4)
    ]  # fmt: skip


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_hunks_cover_both_sequences(old, new):
    found = align.hunks(old, new)

    assert "".join(old[h.old_start : h.old_end] for h in found) == old
    assert "".join(new[h.new_start : h.new_end] for h in found) == new
    assert all(old[h.old_start : h.old_end] == new[h.new_start : h.new_end] for h in found if h.same)
    assert all(a.same != b.same for a, b in pairwise(found))
