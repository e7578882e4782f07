"""Where a passage stands in a text, and what stands there without it."""

from dataclasses import replace

import pytest

from tests import cast
from tests.changed_values import DOCUMENT, ROW
from wiki.text.redaction.passages import (
    WITHHELD_POPULATION,
    StandIn,
    body_without,
    can_stand_instead,
    holds,
    holds_passage,
    is_one_paragraph,
    passages,
    width_of_row,
    without,
)

BAD = "Give 100 mg."


@pytest.mark.parametrize(
    ("body", "without_it"),
    [
        (f"A.\n\n{BAD}\n\nB.", "A.\n\nNEW\n\nB."),
        (f"A.\n\nSay {BAD} Now.\n\nB.", "A.\n\nNEW\n\nB."),
        ("A.\n\nGive\n\n100 mg.\n\nB.", "A.\n\nNEW\n\nB."),
        ("A.\n\nGive\n  100   mg.", "A.\n\nNEW"),
        (f"- one\n\n  {BAD}\n\n- two", "- one\n\n  NEW\n\n- two"),
        (f"> {BAD}", "> NEW"),
        (f"::: urgent {BAD}\nNow.\n\nMore.\n:::", "::: urgent\nNEW\n\nNow.\n\nMore.\n:::"),
        (f"::: urgent Title\n\n{BAD}\n:::\n\nB.", "::: urgent Title\n\nNEW\n:::\n\nB."),
        (f"::: urgent Title\n{BAD}\n:::", "::: urgent Title\nNEW\n:::"),
        (f"- one\n- {BAD}\n- two", "- one\n- NEW\n- two"),
        (f"1. one\n   - {BAD}\n2. two", "1. one\n   - NEW\n2. two"),
        ("> Give\n> 100 mg.\n\nB.", "> NEW\n\nB."),
        ("> Give\n>\n> 100 mg.", "> NEW\n>\n"),
        (f"| a |\n|---|\n| {BAD} |\n| b |\n\nB.", "| a |\n|---|\n| NEW |\n| b |\n\nB."),
        (f"| a | b |\n|---|---|\n| x | {BAD} |\n| y | 1 |", "| a | b |\n|---|---|\n| NEW | … |\n| y | 1 |"),
        (f"> | a |\n> |---|\n> | {BAD} |\n> | b |", "> | a |\n> |---|\n> | NEW |\n> | b |"),
        (f"a | b\n--|--\n{BAD} | 1\ny | 2", "a | b\n--|--\n| NEW | … |\ny | 2"),
        (
            "| a | b |\n|---|---|\n| Give | 100 mg. |\n| y | 2 |",
            "| a | b |\n|---|---|\n| NEW | … |\n| y | 2 |",
        ),
        ("| a |\n|---|\n| Give |\n| 100 mg. |\n| y |", "| a |\n|---|\n| NEW |\n| y |"),
        (f"A.\n\n| {BAD} |\n|---|\n| b |\n\nB.", "A.\n\nNEW\n\nB."),
        (f"Word\n: {BAD}", "Word\n: NEW"),
        (f"text\n## {BAD}\nmore", "text\n\nNEW\n\nmore"),
        (f"{BAD}\n---\nmore", "NEW\n\nmore"),
        (f"A.\n\u00a0\n{BAD}", "NEW"),
        ("Give **100** [mg](/x).", "NEW"),
        ("Give 1\u200b00 m\u00adg.", "NEW"),
        ("GIVE 100\u00a0mg.", "NEW"),
        (f'See [it].\n\n[it]: /x "{BAD}"', "NEW\n\n"),
        (f"A.[^1]\n\n[^1]: {BAD}", "A.[^1]\n\n[^1]: NEW"),
        (f"## Heading\n{BAD}\n## Next", "## Heading\nNEW\n## Next"),
        ("Give 100 mg. twice", "NEW"),
        ("A.\n\nGive 1\u200b00 mg.\n\nB.", "A.\n\nNEW\n\nB."),
        ("A.\n\nGIVE \uff11\uff10\uff10 mg.", "A.\n\nNEW"),
        ("A.\n\nGivе 100 mg.", "A.\n\nNEW"),
        ("A.\n\nGive&nbsp;100 mg.", "A.\n\nNEW"),
        ("Forgive 100 mg.", "Forgive 100 mg."),
        ("Give 100 mg.,", "Give 100 mg.,"),
    ],
)
def test_a_passage_is_replaced_wherever_it_stands(body, without_it):
    assert body_without(body, [StandIn(BAD, "NEW")]) == without_it


def test_a_passage_can_be_removed_without_replacement():
    assert body_without(f"A.\n\n{BAD}\n\nB.", [StandIn(BAD)]) == "A.\n\nB."
    assert body_without(f"::: urgent Title\n\n{BAD}\n:::", [StandIn(BAD)]) == "::: urgent Title\n\n:::"


TABLE = "A.\n\n| Drug | Adults |\n|---|---|\n| X | 5 mg |\n| Y | avoid |\n\nYou avoid it."


def test_of_a_table_each_row_can_be_corrected_and_all_of_it():
    found = passages(cast.document(summary="S.", body=TABLE))

    assert found == ["S.", "A.", TABLE[4:58], "| X | 5 mg |", "| Y | avoid |", "You avoid it."]
    assert [width_of_row(TABLE, one) for one in found] == [0, 0, 0, 2, 2, 0]
    assert body_without(TABLE, [StandIn(found[2], "NEW")]) == "A.\n\nNEW\n\nYou avoid it."


def test_a_wrong_row_is_put_right_and_the_others_stay():
    wrong = StandIn("| X | 5 mg |", "| X | 2 \\| mg |")

    assert body_without(TABLE, [wrong]) == TABLE.replace("5 mg", "2 \\| mg")
    assert body_without(TABLE, [replace(wrong, text="Wrong | so.")]) == TABLE.replace(
        "| X | 5 mg |", "| Wrong \\| so. | … |"
    )
    assert body_without(TABLE, [replace(wrong, text="")]) == TABLE.replace("| X | 5 mg |\n", "")


@pytest.mark.parametrize(
    ("text", "width", "fits"),
    [
        ("| X | 2 mg |", 2, True),
        ("", 2, True),
        ("| X |", 2, False),
        ("| X | 1 | 2 |", 2, False),
        ("X 2 mg", 2, False),
        ("| X | 1 |\n| Y | 2 |", 2, False),
        ("| X | 2 mg |", 0, False),
        ("X 2 mg", 0, True),
    ],
)
def test_a_row_is_replaced_by_a_row_and_a_block_by_a_paragraph(text, width, fits):
    assert can_stand_instead(text, width) is fits


def test_the_first_matching_replacement_is_used():
    found = body_without(f"{BAD} Twice.", [StandIn(BAD, "ONE"), StandIn("Twice.", "TWO")])

    assert found == "ONE"


def test_a_replacement_keeps_the_indentation_of_its_block():
    assert body_without(f"> {BAD}", [StandIn(BAD, "one\n\ntwo")]) == "> one\n>\n> two"
    assert body_without(f"[^1]: {BAD}", [StandIn(BAD, "one\n\ntwo")]) == "[^1]: one\n\n    two"


def test_an_empty_passage_matches_nothing():
    assert not holds("Words.", " ")
    assert body_without("Words.", [StandIn(" ", "NEW")]) == "Words."


def test_the_passage_is_replaced_in_the_summary_too():
    found = without(cast.document(summary=f"So: {BAD}"), [StandIn(BAD, "**One** a day.")])

    assert found.summary == "One a day."


def test_the_summary_and_each_paragraph_can_be_corrected():
    document = cast.document(
        summary="In short.", body="## What\n\nOne.\n\n- Two\n\n::: urgent\n\nOne.\n\n:::"
    )

    assert passages(document) == ["In short.", "One.", "- Two"]


def test_what_stands_within_another_passage_is_no_passage_of_its_own():
    document = cast.document(summary="In short.", body="> [a]: http://x.org\n\nOne.")

    assert passages(document) == ["In short.", "> [a]: http://x.org", "One."]


@pytest.mark.parametrize("text", ["Words, and **more** words.", "", "One line.\nAnother."])
def test_plain_text_is_one_paragraph(text):
    assert is_one_paragraph(text)


@pytest.mark.parametrize(
    "text",
    ["One.\n\nTwo.", "# Heading", "- list", "1. list", "> said", "| a |", "```", "::: urgent", "[^1]: x"],
)
def test_text_with_block_markup_is_not_one_paragraph(text):
    assert not is_one_paragraph(text)


@pytest.mark.parametrize(
    "body",
    [
        "Give 100 mg.",
        "Give 1**0**0 mg.",
        "So: *Give* 100 mg.",
        "> Give [100 mg](/x).",
        "Give 1\u200b00 mg.",
        "GIVE 100 mg.",
    ],
)
def test_a_passage_is_found_in_any_markup(body):
    assert holds_passage(cast.document(body=f"A.\n\n{body}\n\nB."), BAD)


def test_a_different_passage_is_not_found():
    assert not holds_passage(cast.document(body="A.\n\nGive 10 mg.\n\nForgive 100 mg, B."), BAD)


def test_a_corrected_population_is_withheld_not_emptied():
    rows = (ROW, replace(ROW, population="all children"), replace(ROW, population="all children with fever"))
    document = replace(DOCUMENT, statements=rows)

    left = without(document, [StandIn("all children")])

    told = [row.population for row in left.statements]
    assert told == ["", WITHHELD_POPULATION, f"{WITHHELD_POPULATION} (2)"]
