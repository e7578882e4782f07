"""One section of a body, taken out and put back where it stood."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.importing.front_matter import loads
from wiki.text.compare.section import (
    Bookmark,
    Cutting,
    at_the_end,
    cutting,
    section_after,
    section_headings,
)
from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.html import outline

STARTER = Path(__file__).parents[3] / "wiki" / "starter"

BODY = """Before it all.

## What it is

Calcium falls.

### In children

It falls faster.

## Dose

10 mg.

## Dose

20 mg.
"""


def cut(section, body=BODY):
    place = cutting(body, section)
    assert place is not None
    return place


def test_a_section_includes_its_subsections():
    place = cut("s-what-it-is")

    assert place.title == "What it is"
    assert place.text == "## What it is\n\nCalcium falls.\n\n### In children\n\nIt falls faster."
    assert place.before == "Before it all.\n\n"
    assert place.after.startswith("\n\n## Dose\n\n10 mg.")


def test_a_subsection_is_cut_without_its_parent():
    assert cut("s-in-children").text == "### In children\n\nIt falls faster."


def test_sections_with_equal_headings_have_different_ids():
    first, second = (one.heading_id for one in section_headings(BODY) if one.words == "Dose")

    assert cut(first).text == "## Dose\n\n10 mg."
    assert cut(second).text == "## Dose\n\n20 mg."
    assert cut(second).replaced("## Dose\n\n30 mg.") == BODY.replace("20 mg", "30 mg")


def test_an_unknown_heading_cuts_nothing():
    assert cutting(BODY, "s-gone") is None


@pytest.mark.parametrize(
    ("body", "section", "text", "expected"),
    [
        ("## A\n\none\n\n## B\n\ntwo", "s-a", "## A\n\n1\n\n", "## A\n\n1\n\n## B\n\ntwo"),
        ("## A\n\none\n\n## B\n\ntwo", "s-b", "## B\n\n2", "## A\n\none\n\n## B\n\n2"),
        ("## A\none\n## B\ntwo\n", "s-a", "## A\n1", "## A\n1\n\n## B\ntwo\n"),
        ("## A\n\none\n\n## B\n\ntwo", "s-a", "", "## B\n\ntwo"),
        ("## A\n\none\n\n## B\n\ntwo", "s-b", "\n", "## A\n\none\n\n"),
        ("## A\none\n## B", "s-a", "## A", "## A\n\n## B"),
    ],
)
def test_replacing_a_section_changes_nothing_else(body, section, text, expected):
    assert cut(section, body).replaced(text) == expected


def test_a_text_is_found_again_wherever_other_changes_moved_it():
    place = cut("s-what-it-is")
    moved = BODY.replace("Before it all.", "A word.\n\nBefore it all.").replace("10 mg", "15 mg")

    found = Bookmark.read(str(place.bookmark))

    assert found is not None
    there = found.find_in(moved)
    assert there is not None
    assert (there.text, there.body) == (place.text, moved)
    assert found.find_in(BODY.replace("falls.", "drops.")) is None


def test_the_nearest_of_two_equal_texts_is_found():
    body = "## A\n\none\n\n## A\n\none\n"
    first, second = (one.heading_id for one in section_headings(body))

    for section in (first, second):
        assert cut(section, body).bookmark.find_in(body) == replace(cut(section, body), section="", title="")


@pytest.mark.parametrize("words", ["", "gone", "held", "1.2", "1.2.x", "-1.2.0123456789abcdef", "²" * 20])
def test_a_malformed_bookmark_is_not_read(words):
    assert Bookmark.read(words) is None


def test_an_emptied_section_is_found_at_its_place():
    emptied = cut("s-what-it-is").with_text("")

    place = emptied.bookmark.find_in(emptied.body)

    assert emptied.body == BODY.replace(cut("s-what-it-is").text + "\n\n", "")
    assert place is not None
    assert place.replaced(cut("s-what-it-is").text) == BODY
    assert emptied.bookmark.find_in(f"More.\n\n{emptied.body}") is None


def test_a_section_with_added_text_is_not_found_by_its_bookmark():
    assert cut("s-what-it-is").bookmark.find_in(BODY.replace("faster.", "faster.\n\nMuch.")) is None


@pytest.mark.parametrize(
    ("text", "is_there"),
    [("## C\n\n1", True), ("## C", False), ("", False), ("## D", False), ("## B\n\n2", False)],
)
def test_an_already_saved_section_is_found_by_its_position(text, is_there):
    bookmark = cut("s-a", "## A\n\none\n\n## B\n\n2\n").bookmark

    place = bookmark.already("## C\n\n1\n\n## B\n\n2\n", text)

    assert (place.text if place else None) == (text if is_there else None)


def test_a_section_is_found_by_its_preceding_text():
    place = cut("s-what-it-is")

    assert section_after(place.replaced("## What this is\n\nNew."), place.before) == "s-what-this-is"
    assert section_after(place.replaced("No heading."), place.before) == ""


@pytest.mark.parametrize(
    ("body", "expected"), [("", "## A"), ("one\n\n", "one\n\n## A"), ("one", "one\n\n## A")]
)
def test_a_removed_section_is_appended_at_the_end(body, expected):
    assert at_the_end(body).replaced("\n## A\n") == expected


def test_only_headings_of_the_body_itself_open_a_section():
    body = "before\n\n# A\n\ntext\n\nB\n---\n> # no\n\n- # no\n\nend[^1]\n\n[^1]: # no"

    found = section_headings(body)

    assert [(one.words, one.heading_id) for one in found] == [("A", "s-a"), ("B", "s-b")]
    assert [body[one.start :][:1] for one in found] == ["#", "B"]
    assert section_headings("text") == []


def test_a_line_that_ends_in_a_carriage_return_alone_is_a_line():
    assert cut("s-b", "## A\rone\r## B\rtwo").before == "## A\rone\r"


LINES = ["## A", "## B", "### C", "a a", "", "```", "- x", "> ## q", "  ## D", "Title", "---", "~~~", "\ttab"]
LINES += ["[^1]: ## N", "see[^1]", "::: urgent", ":::", "| a |", "|---|", "# A *b* [c](d)", "Term", ": ## E"]
BODIES = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)
TEXTS = st.lists(st.sampled_from(LINES), max_size=4).map("\n".join)


@given(BODIES)
def test_cutting_and_replacing_a_section_restores_the_body(body):
    for one in section_headings(body):
        place = cut(one.heading_id, body)

        assert place.body == body
        found = place.bookmark.find_in(body)
        assert found == Cutting("", "", place.before, place.text, place.after)
        assert body.count(place.text)
        assert section_after(body, place.before) == one.heading_id


@given(BODIES)
def test_the_sections_are_those_of_the_table_of_contents(body):
    found = [(one.level, one.heading_id) for one in section_headings(body)]

    assert found == [(one.level, one.id) for one in outline(body).headings]


@given(BODIES, TEXTS)
def test_an_edited_section_leaves_every_other_byte_as_it_was(body, text):
    for one in section_headings(body):
        place = cut(one.heading_id, body)

        edited = place.replaced(text)

        kept, added = place.after.lstrip("\n"), text.strip("\n")
        assert edited.startswith(place.before + added)
        assert edited.endswith(kept)
        between = edited[len(place.before + added) : len(edited) - len(kept)]
        assert between.strip("\n") == ""
        assert between.count("\n") >= (2 if kept and added else 0)


@pytest.mark.parametrize("path", sorted(STARTER.glob("*.md")), ids=lambda path: path.stem)
def test_a_section_edited_on_a_real_page_changes_no_other_block(path):
    body = loads(path.read_text(encoding="utf-8")).body
    for one in section_headings(body):
        place = cut(one.heading_id, body)
        edited = place.replaced(f"{place.text}\n\nOne more paragraph.")

        def outside(blocks):
            return [one.source for one in blocks if one.source != "One more paragraph."]

        assert outside(blocks_of(edited)) == outside(blocks_of(body))
        assert len(blocks_of(edited)) == len(blocks_of(body)) + 1
