"""Clinical words taken apart: what is made of parts, what is not, and the plain words for it."""

import gzip
from pathlib import Path

import pytest

from wiki.text.language import vocabulary
from wiki.text.search.folding import american_spelling, rows_of
from wiki.text.search.word_parts import is_made_of_parts, plain_words


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("hypercalcaemia", "high calcium blood"),
        ("hypercalcemia", "high calcium blood"),
        ("nephrolithiasis", "kidney stone"),
        ("thyroidectomy", "thyroid operation"),
        ("hyperammonaemia", "high ammonia blood"),
        ("thrombocytopenia", "platelet low"),
        ("agranulocytosis", "white cells"),
        ("hypothyroidism", "low thyroid"),
        ("hemiparesis", "one side weakness"),
        ("haemorrhage", "blood bleeding"),
        ("dysphagia", "swallowing"),
        ("encephalomyelitis", "brain spinal cord inflammation"),
        ("gastroenteritis", "stomach bowel inflammation"),
        ("diplopia", "double sight"),
        ("suprasellar", "pituitary"),
        ("telangiectasia", "vessel wide"),
    ],
)
def test_a_clinical_word_is_said_in_plain_words_part_by_part(word, plain):
    assert is_made_of_parts(word)
    assert " ".join(plain_words(word)) == plain


@pytest.mark.parametrize(
    "word",
    [
        "nephrolithisis",
        "scleroosis",
        "hypercalcmia",
        "brain",
        "history",
        "opia",
        "uria",
        "carbamazepine",
        "",
        "β",
    ],
)
def test_a_slip_a_part_alone_and_a_word_of_other_parts_are_left_as_they_are(word):
    assert not is_made_of_parts(word)
    assert plain_words(word) == ()


@pytest.mark.parametrize(("name", "most"), [("common", 0.001), ("drugs", 0.0001)])
def test_hardly_any_usual_word_and_no_name_of_a_drug_looks_like_clinical_parts(name, most):
    listed = Path(vocabulary.__file__).parent / "english" / f"{name}.txt.gz"
    words = gzip.decompress(listed.read_bytes()).decode("ascii").split()

    assert sum(map(is_made_of_parts, words)) <= most * len(words)


def test_the_parts_are_in_american_spelling_and_told_once():
    parts = [row[0] for row in rows_of("word_parts.tsv")]

    assert len(parts) == len(set(parts))
    assert all(american_spelling(part.strip("-")) == part.strip("-") for part in parts)
