"""How hard a text is to read."""

import pytest

from wiki.text.language.readability import hardest_sentences, reading_grade, syllables_of


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("brain", 1), ("calcium", 2), ("little", 2), ("made", 1), ("treated", 2), ("helped", 1)),
        *(("causes", 2), ("hormone", 2), ("the", 1), ("nth", 1), ("calcification", 5), ("rhythm", 1)),
    ],
)
def test_syllables_are_counted_by_rule(word, count):
    assert syllables_of(word) == count


def test_plain_words_are_easier_than_learned_ones():
    plain = reading_grade("The cat sat on the mat. It was glad.")
    learned = reading_grade(
        "Idiopathic hypoparathyroidism characteristically precipitates intracranial calcification."
    )

    assert plain < 3
    assert learned > 20
    assert reading_grade("") == reading_grade("1 2 3.") == 0


def test_the_grade_is_worked_out_as_published():
    assert reading_grade("The cat sat. 12! It sat too.") == round(0.39 * 3 + 11.8 - 15.59, 1)


def test_the_hardest_sentences_are_named_first():
    learned = "Idiopathic hypoparathyroidism characteristically precipitates intracranial calcification."
    long = "It is a thing that people who live there have known for years and years to be so as it is."

    text = f"The cat sat. {long} {learned}"

    assert hardest_sentences(text, above=4) == [learned, long]
    assert hardest_sentences(text, above=4, most=1) == [learned]
    assert hardest_sentences("The cat sat.", above=4) == []
