"""Where a passage stands in a text, and what stands there without it."""

from dataclasses import replace

import pytest

from tests import cast
from tests.changed_values import DOCUMENT, ROW
from wiki.text.redaction.passages import (
    WITHHELD_POPULATION,
    StandIn,
    body_without,
    holds,
    holds_passage,
    is_one_paragraph,
    passages,
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
        (f"| a |\n|---|\n| {BAD} |\n| b |\n\nB.", "NEW\n\nB."),
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
