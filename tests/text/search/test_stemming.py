"""Stems, by the examples of Porter's paper."""

import pytest

from wiki.text.search.stemming import stem


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("feed", "feed"), ("agreed", "agre"),
        ("plastered", "plaster"), ("motoring", "motor"), ("sing", "sing"),
        ("hopping", "hop"), ("falling", "fall"),
        ("filing", "file"), ("happy", "happi"), ("sky", "sky"),
        ("relational", "relat"), ("digitizer", "digit"),
        ("operator", "oper"), ("triplicate", "triplic"),
        ("goodness", "good"), ("adoption", "adopt"),
        ("replacement", "replac"), ("probate", "probat"), ("rate", "rate"),
        ("controll", "control"), ("roll", "roll"),
        ("seizures", "seizur"), ("diseases", "diseas"), ("virus", "virus"), ("ct", "ct"), ("aeds", "aed"),
    ],
)  # fmt: skip
def test_a_word_has_its_stem(word, stemmed):
    assert stem(word) == stemmed
