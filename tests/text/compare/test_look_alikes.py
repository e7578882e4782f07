"""Characters that were exchanged for others that look the same."""

import pytest

from tests.effort import no_more_than
from wiki.text.compare.diff import blocks
from wiki.text.compare.look_alikes import LONGEST, look_alikes, name_of


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("5 \u00b5g", "5 \u03bcg", ["micro sign", "Greek small letter mu"]),
        ("calcium", "c\u0430lcium", ["Latin small letter a", "Cyrillic small letter a"]),
        ("10 mg", "l0 mg", ["digit one", "Latin small letter l"]),
        ("10 mg", "1O mg", ["digit zero", "Latin capital letter o"]),
        ("Il-6", "ll-6", ["Latin capital letter i", "Latin small letter l"]),
        ("5-10", "5\u201310", ["hyphen", "en dash"]),
        ("\u22125", "-5", ["minus sign", "hyphen"]),
        ("1/2", "1\u20442", ["solidus", "fraction slash"]),
        ("2:1", "2\u22361", ["colon", "ratio"]),
        ("10 000", "10\u2009000", ["space", "thin space"]),
        ("10\u00a0mg", "10 mg", ["no-break space", "space"]),
        ("\uff15 mg", "5 mg", ["fullwidth digit five", "digit five"]),
        ("Straße", "Straβe", ["Latin small letter sharp s", "Greek small letter beta"]),
        ("\u0259", "\u04d9", ["Latin small letter schwa", "Cyrillic small letter schwa"]),
        (
            "caf\u00e9",
            "cafe\u0301",
            ["Latin small letter e with acute", "Latin small letter e + combining acute accent"],
        ),
        (
            "e\u0323\u0302",
            "\u1ec7",
            [
                "Latin small letter e + combining dot below + combining circumflex accent",
                "Latin small letter e with circumflex and dot below",
            ],
        ),
        ("\u212b", "\u00c5", ["angstrom sign", "Latin capital letter a with ring above"]),
        (
            "\ud55c",
            "\u1112\u1161\u11ab",
            ["hangul syllable han", "hangul choseong hieuh + hangul jungseong a + hangul jongseong nieun"],
        ),
        (
            "Take calcium twice",
            "Never take c\u0430lcium",
            ["Latin small letter a", "Cyrillic small letter a"],
        ),
    ],
)
def test_characters_that_look_alike_are_found_and_named(old, new, names):
    assert [name_of(one) for pair in look_alikes(old, new) for one in pair] == names


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "new"),
        ("same", "same"),
        ("10", "100"),
        ("Take it", "take it"),
        ("10\u00b3", "103"),
        ("10\u00b3", "10\u2075"),
        ("cafe", "caf\u00e9"),
        ("\u03b2 cells", "B cells"),
        ("1.5", "1,5"),
        ("two words", "other words"),
        ("one two", "one\ntwo"),
    ],
)
def test_what_looks_otherwise_is_not_named(old, new):
    assert look_alikes(old, new) == []


def test_a_long_change_is_left_alone_and_a_short_one_takes_no_time():
    assert look_alikes("a " * LONGEST, "\u0430 " * LONGEST) == []
    with no_more_than(20):
        look_alikes("a " * (LONGEST // 2), "\u0430 " * (LONGEST // 2))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Straße", "Straβe"),
        ("## Straße", "## Straβe"),
        ("- one\n- Straße", "- one\n- Straβe"),
        ("> Straße", "> Straβe"),
        ("[calcium](/x)", "[c\u0430lcium](/x)"),
        ("[[Calcium]]", "[[C\u0430lcium]]"),
        ("[[Calcium|it]]", "[[C\u0430lcium|it]]"),
        ("caf\u00e9", "cafe\u0301"),
        ("10", "lO"),
        ("| D |\n|---|\n| calcium |", "| D |\n|---|\n| c\u0430lcium |"),
        ("Term\n: calcium", "Term\n: c\u0430lcium"),
        ("One.\n\ncalcium\n\nTwo.", "One.\n\nc\u0430lcium\n\nTwo."),
    ],
)
def test_a_block_of_one_word_that_looks_the_same_is_told_as_changed(old, new):
    found = [one for one in blocks(old, new) if one.is_shown]

    assert [one.change for one in found] == ["changed"]
