"""Quantities in plain words: what each phrase holds, what makes two the same, what no text can do."""

import sys
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import no_more_than
from tests.text.quantities.drug_page_phrases import DRUG_PAGES
from tests.text.quantities.phrases import PHRASES
from wiki.text.quantities import units
from wiki.text.quantities.context import Context
from wiki.text.quantities.extract import changed_quantities, quantities
from wiki.text.quantities.kinds import QuantityKind

ALL = PHRASES | DRUG_PAGES


def said(text: str, *heads: str) -> str:
    """Return the quantities of a text in one line, as the tables of phrases have them."""
    return ", ".join(f"{one.kind} {one.normal}{'!' * one.is_dose}" for one in quantities(text, heads))


@pytest.mark.parametrize("phrase", ALL)
def test_each_phrase_has_the_quantities_in_the_table(phrase):
    assert said(phrase) == ALL[phrase]


HEADED = [
    ("40", ("Dose (mg)",), "dose 40 mg!"),
    ("40–80", ("Dose (mg/kg)", "Adults"), "dose 40–80 mg/kg!"),
    ("10", ("mg a day",), "dose 10 mg/24 h!"),
    ("10", ("Amount, mg",), "dose 10 mg!"),
    ("10", ("Oral mg",), "dose 10 mg!"),
    ("10", ("Dosage (μg/d)",), "dose 0.01 mg/24 h!"),
    ("37.5~50", ("Dosage (μg/d)",), "dose 0.0375 mg/24 h!, dose ~ 0.05 mg/24 h!"),
    ("2", ("Tablets",), "dose 2 tablet!"),
    ("40", ("Dose",), "dose 40!"),
    ("40", ("X", "Dose (mg)"), "dose 40 mg!"),
    ("5 g", ("Dose (mg)",), "dose 5000 mg!"),
    ("2.1", ("Calcium (mmol/L)",), "concentration 0.0021 mmol/mL"),
    ("43", ("Age (years)",), "duration 516 month"),
    ("36 people", ("Dose (mg)",), "count 36"),
    ("36", ("People",), "count 36"),
    ("36", ("Vitamin D",), "count 36"),
    ("36", (), "count 36"),
]


@pytest.mark.parametrize(("cell", "heads", "expected"), HEADED)
def test_the_head_of_a_table_names_the_unit_of_its_cells(cell, heads, expected):
    assert said(cell, *heads) == expected


SAME = [
    ("10 mg", "10 milligrams"),
    ("10 mg", "10mg"),
    ("10 mg", "10 MG"),
    ("10 mg", "ten mg"),
    ("10 mg", "0.01 g"),
    ("500 micrograms", "0.5 mg"),
    ("500 µg", "500 μg"),
    ("5 µg", "5 mcg"),
    ("5 mL", "5 cc"),
    ("5 units", "5 U"),
    ("400 IU", "400 international units"),
    ("1,000 mg", "1 g"),
    ("5.0 mg", "5 mg"),
    (".5 mg", "0.5 mg"),
    ("half a tablet", "½ tablet"),
    ("1½ tablets", "one and a half tabs"),
    ("1 or 2 tablets", "1–2 tablets"),
    ("5 to 10 mg", "5-10 mg"),
    ("up to 40 mg", "no more than 40 mg"),
    ("5 mg/day", "5 mg a day"),
    ("5 mg per 24 hours", "5 mg daily"),
    ("5 mg/kg/day", "5 mg per kg per day"),
    ("take it twice a day", "take it every 12 hours"),
    ("take it 2 times daily", "take it twice a day"),
    ("5 mg twice a day", "5 mg bd"),
    ("5 mg three times a day", "5 mg tds"),
    ("5 mg every 6 hours", "5 mg q6h"),
    ("taken every other day", "taken on alternate days"),
    ("taken once a week", "taken every 7 days"),
    ("5 mg for a week", "5 mg for 7 days"),
    ("5 mg for 5/7", "5 mg for five days"),
    ("a dose of 5 mg", "a single dose of 5 mg"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_equivalent_quantities_are_no_change(old, new):
    assert changed_quantities(old, new) == []


CHANGED = [
    ("5 mg", "50 mg", [("5 mg", "50 mg")]),
    ("5 mg", "5 µg", [("5 mg", "0.005 mg")]),
    ("5 mg", "5 units", [("5 mg", "5 unit")]),
    ("5 units", "5 IU", [("5 unit", "5 IU")]),
    ("5 mU", "5 MU", [("5 milliunit", "5 megaunit")]),
    ("5 mg", "5 mEq", [("5 mg", "5 mEq")]),
    ("1.500 mg", "1.5 mg", [("1.500·1 mg", "1.5 mg")]),
    ("1.500 mg", "1500 mg", [("1.500·1 mg", "1500 mg")]),
    ("5 mg/kg", "5 mg", [("5 mg/kg", "5 mg")]),
    ("5 mg/day", "35 mg/week", [("5 mg/24 h", "35 mg/168 h")]),
    ("5 mg per day", "5 mg per dose", [("5 mg/24 h", "5 mg/1 dose")]),
    ("up to 40 mg", "at least 40 mg", [("≤ 40 mg", "≥ 40 mg")]),
    ("up to 40 mg", "40 mg", [("≤ 40 mg", "40 mg")]),
    ("5 or 10 mg", "5–10 mg", [("5or10 mg", "5–10 mg")]),
    ("2 x 500 mg", "500 mg", [("2 × 500 mg", "500 mg")]),
    ("1 tablet", "1 capsule", [("1 tablet", "1 capsule")]),
    ("1 teaspoon", "1 tablespoon", [("1 teaspoon", "1 tablespoon")]),
    ("half a tablet", "a tablet", [("0.5 tablet", "1 tablet")]),
    ("taken once a week", "taken once a day", [("every 168 h", "every 24 h")]),
    ("taken twice daily", "taken five times daily", [("every 12 h", "every 24/5 h")]),
    ("taken at night", "taken once a day", [("at night", "every 24 h")]),
    ("5 mg for 7 days", "5 mg for 70 days", [("168 h", "1680 h")]),
    ("for 1 month", "for 30 days", [("1 month", "720 h")]),
    ("Calcium was 2.1 mmol/L", "Calcium was 1.2 mmol/L", [("0.0021 mmol/mL", "0.0012 mmol/mL")]),
    ("INR 2–3", "INR 5–6", [("2–3", "5–6")]),
    ("a 5 % solution", "a 50 % solution", [("5 %", "50 %")]),
    ("12 of 36 people", "21 of 36 people", [("12 of 36", "21 of 36")]),
    ("10 years old", "16 years old", [("120 month", "192 month")]),
    ("page 12", "page 13", [("12", "13")]),
    ("a lesion of 5 mm", "a lesion of 5 cm", [("5 mm", "50 mm")]),
    ("Double the dose.", "Halve the dose.", [("dose × 2", "dose × 0.5")]),
    ("5 mg, then 50 mg", "50 mg, then 5 mg", [(None, "50 mg"), ("50 mg", None)]),
    ("5 mg", "5 mg and 3 mL", [(None, "3 mL")]),
    ("5 mg", "It helps.", [("5 mg", None)]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGED)
def test_a_changed_quantity_is_reported(old, new, expected):
    found = changed_quantities(old, new)

    told = [(before.normal if before else None, after.normal if after else None) for before, after in found]
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_a_quantity_has_its_position_and_spelling():
    (dose,) = quantities("It was **5\u200b.0 MG** in all.")

    assert dose.text == "5\u200b.0 MG"
    assert (dose.kind, dose.figures, dose.unit) == (QuantityKind.DOSE, ("5.0",), "MG")


PIECES = """
5 0.5 .5 1,000 ½ 1½ ten half a an the two times x × – - / per to or and of in for at every each twice once
daily week day days hours mg g µg mL units U IU tablet tablets drops % mmol/L kg mg/kg Take given dose double
increase by people patients years old night bd prn q6h 1-0-1 . , ; ( ) INR page 2010 zg hundred
third twenty-five ⁻¹ ° C 10⁶ 10^3 https://x.org 1:1000 ** |
"""
WORDS = st.sampled_from([*PIECES.split(), "\u200b", "\u00a0", "\n"])
TEXTS = st.one_of(
    st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join), st.text()
)


@given(TEXTS)
def test_quantities_do_not_overlap(text):
    found = quantities(text)

    assert all(text[one.start : one.end] == one.text and one.text.strip() for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(TEXTS, TEXTS)
def test_changed_quantities_are_those_that_one_text_has_and_the_other_has_not(old, new):
    changed = changed_quantities(old, new)

    gone = Counter(before.key for before, _ in changed if before)
    come = Counter(after.key for _, after in changed if after)
    before, after = (Counter(one.key for one in quantities(text)) for text in (old, new))
    assert before - gone + come == after
    assert changed_quantities(old, old) == []


def test_no_two_units_share_a_spelling():
    rows = [spelling for *_, some in units.METRIC for _, words in some for spelling in words.split()]
    rows += [spelling for *_, words in units.ALONE for spelling in words.split()]

    assert [spelling for spelling, number in Counter(rows).items() if number > 1] == []


HOSTILE = {
    "digits": "1",
    "digits and stops": "1.",
    "digits and commas": "1,",
    "thousands": "1,111",
    "groups": " 111",
    "products": "1 x ",
    "units": "mg ",
    "units and slashes": "mg/",
    "numbers and slashes": "5/",
    "numbers and dashes": "1-",
    "ratios": "1:",
    "per": "5 mg per ",
    "halves": "half a ",
    "hundreds": "hundred ",
    "and a half": "one and a half ",
    "ranges": "5 mg to ",
    "verbs": "take ",
    "stops": ". ",
    "blanks": " ",
    "letters": "a",
    "apostrophes": "a'",
    "abbreviations": "a.",
    "parts": "½",
    "invisible": "5\u200b",
    "powers": "10^",
    "raised": "10⁶ ",
    "genes": "c.1A",
    "steps": "increase it by ",
    "adjectives": "5 white new ",
    "hours": "q4-",
}


def calls(text: str) -> int:
    """Return how many functions are called to read a text."""
    made = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal made
        made += event.endswith("call")

    quantities.cache_clear()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        quantities(text)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_text_twice_as_long_takes_twice_the_steps(piece):
    short, long = piece * (2_000 // len(piece)), piece * (4_000 // len(piece))

    assert calls(long) <= 2.2 * calls(short) + 200


# What the pattern of a token could read over and over, and what has most quantities.
SLOWEST = (
    *(
        "digits",
        "digits and commas",
        "thousands",
        "groups",
        "blanks",
        "letters",
        "apostrophes",
        "abbreviations",
    ),
    *("genes", "numbers and slashes"),
)


@pytest.mark.parametrize("piece", [HOSTILE[name] for name in SLOWEST], ids=SLOWEST)
def test_no_text_takes_long_to_read(piece):
    quantities.cache_clear()

    with no_more_than(125):
        quantities(piece * (50_000 // len(piece)))


@pytest.mark.parametrize("text", ["1" * 60 + " mg", "hundred " * 20 + "mg"])
def test_unreadable_numbers_count_as_doses(text):
    assert any(one.is_dose for one in quantities(text))


NUMBERS_AND_SIGNS = (
    *("1", "12", "0.5", "1992", "3,000", "1.500", "½"),
    *(",", ";", "(", ")", "[", "]", "-", "/", "%", "<", ". ", " "),
)


@given(st.lists(st.sampled_from(NUMBERS_AND_SIGNS), max_size=12).map("".join))
def test_the_short_path_for_plain_numbers_gives_the_same_quantities(text):
    short = quantities(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "stands_alone", lambda self, place: False)
        quantities.cache_clear()
        assert quantities(text) == short
    quantities.cache_clear()
