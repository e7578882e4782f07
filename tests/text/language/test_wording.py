"""Words that a medical text should not have."""

import pytest

from wiki.text.language import wording
from wiki.text.language.wording import orders, shortened
from wiki.text.quantities.extract import quantities

FOUND = [
    (
        wording.trailing_zeros,
        "5.0 mg, 10.50 mg, 5.0 mg/kg and 2.0 ml",
        ["5.0 mg", "10.50 mg", "5.0 mg/kg", "2.0 ml"],
    ),
    (wording.trailing_zeros, "1.0–2.5 mg", ["1.0–2.5 mg"]),
    (wording.trailing_zeros, "5.0 mg/dl, 2.0 mmol/l, 10 mg, 5.0 mm, 0.05 mg", []),
    (wording.naked_decimals, "Given .5 mg or .25 units", [".5 mg", ".25 units"]),
    (wording.naked_decimals, "0.5 mg in fig.5 and version 1.5 mg", []),
    (wording.short_units, "5 U, 400 IU, 50 µg, 50 mcg, 2 cc", ["5 U", "400 IU", "50 µg", "50 mcg", "2 cc"]),
    (wording.short_units, "5 U/L, 25 µg/L, 3 IU/ml, 30 units, 2 ccs", []),
    (wording.long_numbers, "50000 units or 1500 mg", ["50000 units", "1500 mg"]),
    (wording.long_numbers, "50,000 units, 500 mg, in 1992, 2500 units/l", []),
]


@pytest.mark.parametrize(("find", "text", "found"), FOUND, ids=range(len(FOUND)))
def test_doses_that_are_easily_misread_are_found(find, text, found):
    assert list(find(quantities(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("QD, then q.o.d. with MgSO4, prn", ["QD", "q.o.d.", "MgSO4", "prn"]),
        ("5 mg od, bd, tds or qds, 5 mg nocte", ["od", "bd", "tds", "qds", "nocte"]),
        ("5 mg q6h, 10 mL stat", ["q6h", "stat"]),
        ("b.i.d. and BIW", ["b.i.d.", "BIW"]),
        ("500 mg po, 5 units s.c. and MS 10 mg", ["po", "s.c.", "MS"]),
        ("Give 5 mg MS, then 5mg MS", ["MS", "MS"]),
        ("MS, PRNP and QDs; 5 people with MS took 5 mg. MS recurs", []),
        ("The po valley, SC4MOL and 5 people in SC", []),
        ("An OD on purpose, a bid, BID1, BD in 5 people", []),
        ("5 mg IT, then 5 mg i.t.", ["IT", "i.t."]),
        ("At 12 months it was better, and 34 of the 141 had it. Given it daily, it helps.", []),
    ],
)
def test_shorthand_of_prescriptions_is_found(text, found):
    assert list(wording.latin_shorthand(text, quantities(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It helps. You should take it. It is known.", ["You should take it."]),
        ("Ask your doctor.", ["Ask your doctor."]),
        ("Take this daily.", ["Take this daily."]),
        ("Don’t stop it.", ["Don’t stop it."]),
        ("See a doctor about it.", ["See a doctor about it."]),
        ("Seek medical help.", ["Seek medical help."]),
        ("Take part in a trial.", []),
        ("They take it. Bayou and thank-you notes.", []),
        ('One said “you must” and "your fault".', []),
        ("People should see a doctor.", []),
        ("", []),
    ],
)
def test_orders_to_a_single_reader_are_found(text, found):
    assert list(orders(text)) == found


def test_long_texts_are_shortened_around_the_match():
    text = "word " * 40 + "and your doctor " + "word " * 40

    (order,) = orders(text)

    assert "your doctor" in order
    assert len(order) <= 90
    assert shortened("short") == "short"
    assert shortened("x" * 200) == "x" * 90
    assert shortened("a word " * 30).split(" ")[-1] in ("a", "word")


@pytest.mark.parametrize(
    "text",
    [
        "Stop driving until a doctor agrees.",
        "Never stop it suddenly.",
        "Give oxygen.",
        "Do not drive.",
        "Double the dose.",
    ],
)
def test_an_order_is_found_with_any_verb(text):
    assert list(orders(text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Contact with lead harms.",
        "Use of it is rare.",
        "Stop codons are rare.",
        "Never before was it seen.",
        "Call centres exist.",
    ],
)
def test_a_sentence_that_only_begins_like_an_order_is_ignored(text):
    assert list(orders(text)) == []
