"""How much of something a person takes, told from all other numbers."""

import pytest

from wiki.text.document import Document
from wiki.text.markdown.passages import passages_of
from wiki.text.quantities.doses import dosed_passages, doses_of, doses_of_text, section_heads


def doses(body):
    return [one.text for passage in passages_of(body) for one in doses_of(passage)]


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg twice daily.",
        "5mg",
        "0.25–0.5 µg a day",
        "0.25 μg, written with the Greek letter",
        "10 000 IU of vitamin D",
        "10\u202f000 units",
        "0.5 mcg/kg per day",
        "1.5-2 g",
        "5 **mg**",
        "5 &micro;g",
        "5 &#x200b;mg",
        "two tablets at night",
        "½ tablet",
        "54 Gy in 30 fractions",
        "10 mg/mL, by mouth",
        "20 mmol",
        "| Dose (mg) |\n|---|\n| 5 |",
        "Double the dosage after 3 days.",
        "- at first\n- then 3 drops",
    ],
)
def test_a_dose_is_found(text):
    assert doses(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "36 of 36 people",
        "Calcium below 2.1 mmol/L",
        "8 mg/dl",
        "10 mg per litre of blood",
        "In 2010 Germans found",
        "5 genes and 3 gene families",
        "after 10 min",
        "The dose is for the doctor to say.",
        "1.5 T or 3 T",
    ],
)
def test_other_numbers_are_no_doses(text):
    assert not doses(text)


TABLE = """## Treatment

| Drug | Dose (mg) | People |
|---|---|---|
| Calcium | 500 | 36 |
| Vitamin D | 20 µg | 12 |
"""


def test_table_cells_are_doses_under_a_dose_heading():
    assert doses(TABLE) == ["500", "20 µg"]


def test_a_number_and_its_unit_may_stand_in_two_cells():
    assert doses("| Drug | Much | Unit |\n|---|---|---|\n| X | 5 | mg |") == ["5\nmg"]


def test_a_table_may_follow_its_sentence_at_once():
    assert doses("Take 2 at night:\n| Drug | People |\n|---|---|\n| X | 36 |") == ["2", "at night"]


def test_numbers_in_a_section_on_doses_are_doses():
    assert doses("## Dose\n\nAdults: 40 at first.") == ["40"]
    assert doses("## Outlook\n\nAdults: 40 at first.") == []


def test_the_words_of_another_heading_say_nothing_of_its_numbers():
    assert section_heads("Dose in mg") == ("Dose in mg",)
    assert section_heads("Tests that help") == ()


def test_a_changed_unit_in_a_table_head_changes_its_doses():
    milligrams, grams = (Document(title="", kind="", body=TABLE.replace("mg", unit)) for unit in ("mg", "g"))

    assert dosed_passages(milligrams) != dosed_passages(grams)


def test_doses_are_found_in_the_summary_as_plain_text():
    assert [one.text for one in doses_of_text("Take 5 mg\\*.")] == ["5 mg"]
    assert dosed_passages(Document(title="", kind="", summary="5 mg")) == [("summary", "5 mg", "")]
