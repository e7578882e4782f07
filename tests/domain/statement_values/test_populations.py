"""Populations: the words that readers see, and the ages and the sex in them."""

import pytest

from wiki.domain.statement_values.lines import BadValue
from wiki.domain.statement_values.populations import read_population


@pytest.mark.parametrize(
    ("typed", "words", "youngest", "oldest", "sex"),
    [
        ("Only in children under 2 years.", "children under 2 years", None, 2, ""),
        ("women aged 40 - 60", "women aged 40–60", 40, 60, "female"),
        ("6 months to 2 years", "6 months to 2 years", 0.5, 2, ""),
        ("65 years and over", "65 years and over", 65, None, ""),
        ("boys", "boys", 0, 18, "male"),
        ("men and women with epilepsy", "men and women with epilepsy", 18, None, ""),
        ("adults in hospital", "adults in hospital", 18, None, ""),
        ("people with a change in PDGFB", "people with a change in PDGFB", None, None, ""),
    ],
)
def test_a_population_is_read_with_its_ages_and_sex(typed, words, youngest, oldest, sex):
    found = read_population(typed)

    assert (found.words, found.youngest, found.oldest, found.sex) == (words, youngest, oldest, sex)
    assert read_population(found.words) == found


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [("40", "in words"), ("60 to 40 years", "end before they begin"), ("people " * 30, "Shorten")],
)
def test_an_invalid_population_is_refused(typed, complaint):
    with pytest.raises(BadValue, match=complaint):
        read_population(typed)
