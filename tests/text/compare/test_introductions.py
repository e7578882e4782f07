"""What stands beneath an item, a term, the heads of a table or a line with a colon, when those change."""

import pytest

from wiki.text.compare.diff import blocks

TABLE = "| Drug | {} | {} |\n| --- | --- | --- |\n| A | 50 mg | 5 mg |\n| B | | none |"


def told(old, new):
    """Return of each block that is shown the change, its first words, its notes and what it names."""
    found = [one for one in blocks(old, new) if one.is_shown and not one.is_pointer]
    return [(one.change, one.block.words.split("\n")[0], one.notes, one.under) for one in found]


@pytest.mark.parametrize(
    ("page", "old", "new", "words", "under"),
    [
        ("For {}:\n\n- 50 mg\n- water\n\nEnd.", "adults", "babies", "For babies:", ("50 mg", "water")),
        ("Signs in {}\n\n- fits\n- fever", "adults", "babies", "Signs in babies", ("fits", "fever")),
        ("|D|E|\n|-|-|\n|In all {}||\n|A|5 mg|", "adults", "babies", "In all babies", ("A · 5 mg",)),
        ("{}:\n\n50 mg a day.\n\nEnd.", "Adults", "Babies", "Babies:", ("50 mg a day.",)),
        ("A {}:\n\n> Calcium is safe.\n\nEnd.", "myth", "fact", "A fact:", ("Calcium is safe.",)),
        ("- in {} only\n  - 50 mg\n    - late", "adults", "babies", "in babies only", ("50 mg", "late")),
        ("{} dose\n: 5 mg\n: at night", "Daily", "Hourly", "Hourly dose", ("5 mg", "at night")),
        ("Of {}:\n\n| D |\n| --- |\n| A |", "adults", "babies", "Of babies:", ("D", "A")),
    ],
)  # fmt: skip
def test_what_is_reworded_names_what_stands_unchanged_beneath_it(page, old, new, words, under):
    assert told(page.format(old), page.format(new)) == [("changed", words, (), under)]


def test_the_changed_heads_of_a_table_name_the_cells_of_their_columns():
    old, one, both = TABLE.format("Adults", "Babies"), ("Elderly", "Babies"), ("Babies", "Adults")

    assert told(old, TABLE.format(*one)) == [("changed", "Drug", (), ("A: 50 mg",))]
    assert told(old, TABLE.format(*both)) == [("changed", "Drug", (), ("A: 50 mg", "A: 5 mg", "B: none"))]


ITEMS = "- adults\n  - 50 mg\n- babies\n  - ask first"


@pytest.mark.parametrize(
    ("old", "new", "words", "note"),
    [
        (
            ITEMS,
            "- adults\n- babies\n  - 50 mg\n  - ask first",
            "50 mg",
            "stood beneath “adults”, stands beneath “babies”",
        ),
        (
            "Do:\n\n- rest\n- drink",
            "Never do any of this at home:\n\n- rest\n- drink",
            "rest",
            "stood beneath “Do:”, stands beneath “Never do any of this at home:”",
        ),
        (
            "| D | E |\n|---|---|\n| Adults | |\n| A | 5 mg |\n| Babies | |",
            "| D | E |\n|---|---|\n| Adults | |\n| Babies | |\n| A | 5 mg |",
            "A",
            "stood beneath “Adults”, stands beneath “Babies”",
        ),
        ("Do:\n\n- rest", "- rest", "rest", "stood beneath “Do:”, no longer does"),
        ("- rest", "Do not:\n\n- rest", "rest", "stands now beneath “Do not:”"),
        (
            "Dose\n: 5 mg\n\nLimit\n: 10 mg",
            "Limit\n: 5 mg\n\nDose\n: 10 mg",
            "5 mg",
            "stood beneath “Dose”, stands beneath “Limit”",
        ),
        (
            TABLE.format("Adults", "Babies"),
            TABLE.replace("Drug", "Remedy").format("Men", "Women"),
            "A",
            "stood beneath “Drug · Adults · Babies”, stands beneath “Remedy · Men · Women”",
        ),
    ],
)
def test_a_block_beneath_something_else_is_shown(old, new, words, note):
    assert [notes for _, first, notes, _ in told(old, new) if first == words and note in notes]


def test_an_item_that_stands_beneath_another_names_its_own_items():
    old = "- adults\n  - by mouth\n    - 50 mg\n- babies"
    new = "- adults\n- babies\n  - by mouth\n    - 50 mg"

    assert [under for _, words, _, under in told(old, new) if words == "by mouth"] == [("50 mg",)]


NOTES = "\n\n[^a]: Adults only.\n\n    In hospital.\n\n[^b]: Babies only."


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("One.[^a]\n\nTwo.[^b]\n\nThree.[^b]", "One.[^a]\n\nTwo.[^b]\n\nThree.", ["Babies only."]),
        ("One.[^a]\n\nTwo.[^b]", "One.[^a]\n\nTwo.[^b][^a]", ["Adults only.", "In hospital."]),
        ("One.[^a]\n\nTwo.[^b]", "One.[^a]\n\nTwo.[^b] More.[^b]", ["Babies only."]),
        ("One.[^a]\n\nTwo.[^b]", "One.[^a]\n\nTwo.[^b]\n\nThree.[^a]", ["Adults only.", "In hospital."]),
        ("One.[^a]\n\nTwo.[^b]", "One.[^a]\n\nTwo well.[^b]", []),
    ],
)
def test_a_mark_that_came_or_went_names_its_note(old, new, named):
    (shown,) = told(old + NOTES, new + NOTES)

    assert list(shown[3]) == named


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Do:\n\n- rest", "*Do*:\n\n- rest"),
        ("Do:\n\nRest.\n\n## Signs\n\nText.", "Do not:\n\nRest well.\n\n## Signs\n\nText."),
        ("A full sentence.\n\n- rest", "Another full sentence.\n\n- rest"),
        ("Do:\n\n## Signs\n\nText.", "Do not:\n\n## Signs\n\nText."),
    ],
)
def test_nothing_is_named_where_the_words_or_all_beneath_are_shown(old, new):
    assert all(not under and not notes for _, _, notes, under in told(old, new))
