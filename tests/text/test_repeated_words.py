"""The reason for hiding a text may say what it holds, and never repeats it."""

import pytest

from tests.cast import document
from wiki.text.repeated_words import repeated

KNOWN = document("Gout", summary="Pain in a joint.", body="## What it is\n\nAsk Dr Lena Fischer in Leeds.")
HIDDEN = document(
    "Gout",
    summary="Pain in a joint. Mrs Anna Smith of York had it, born 3.4.1951.",
    body="## What it is\n\nAsk Dr Lena Fischer in Leeds. Kowalskaja lives in the red house by the church; "
    "write to anna@example.org. A photograph of the patient.",
    aliases=("the toe of Rose",),
)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("It names a patient.", ""),
        ("A photograph of the patient, with their address and date of birth.", ""),
        ("It repeats what Dr Fischer said in Leeds about gout.", ""),
        ("It says where somebody lives, in a house.", ""),
        ("Kowalskaja asked for it.", "Kowalskaja"),
        ("KOWALSKAJA’s wish", "KOWALSKAJA"),
        ("kowalskaja", "kowalskaja"),
        ("Mrs Smith asked us.", "Smith"),
        ("smith asked us.", "smith"),
        ("She was born 3.4.1951", "3.4.1951"),
        ("Her mail anna@example.org is in it", "anna@example.org"),
        ("who lives in the red house", ""),
        ("she lives in the red house by the church", "lives in the red house by"),
        ("It calls it after Rose.", "Rose"),
    ],
)
def test_names_numbers_and_passages_of_the_hidden_text_are_found(reason, told):
    assert repeated(reason, HIDDEN, [KNOWN]) == told


def test_of_a_first_version_nothing_is_known_but_ordinary_words_may_be_told():
    assert repeated("It names a patient with gout in a hospital.", HIDDEN, []) == ""
    assert repeated("It is about Leeds.", HIDDEN, []) == "Leeds"
