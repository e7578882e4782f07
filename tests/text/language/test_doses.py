"""How much of something a person takes, told from all other numbers."""

import pytest

from wiki.text.language.doses import has_dose


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
    assert has_dose(text)


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
    assert not has_dose(text)
