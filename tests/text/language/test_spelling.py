"""Spelling: a slip that is mended says the same, another word does not."""

import pytest

from wiki.text.language.spelling import is_mended
from wiki.text.language.vocabulary import is_known

KEPT = frozenset({"hypoparathyroidism", "hypocalcaemia", "gondii"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("recieve", "receive"),
        ("calcificaiton", "calcification"),
        ("teh", "the"),
        ("seizrues", "seizures"),
        ("hypoparathyriodism", "hypoparathyroidism"),
        ("gonddi", "gondii"),
        ("hypocalcemia", "hypocalcaemia"),
        ("tumor", "tumour"),
        ("organise", "organize"),
        ("fetal", "foetal"),
    ],
)
def test_a_corrected_typo_is_the_same_word(old, new):
    assert is_mended(old, new, KEPT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("casual", "causal"),
        ("ileum", "ilium"),
        ("fatal", "fetal"),
        ("hypercalcaemia", "hypocalcaemia"),
        ("hypercalcaemi", "hypocalcaemia"),
        ("safe", "unsafe"),
        ("valproat", "valproate"),
        ("receive", "recieve"),
        ("scan", "scans"),
        ("gondi", "gondola"),
        ("xyz", "abc"),
        ("dysphagia", "dysphasia"),
        ("four", "for"),
        ("5", "6"),
        ("gondii", "gondi"),
    ],
)
def test_another_word_is_not_a_corrected_typo(old, new):
    assert not is_mended(old, new, KEPT)


@pytest.mark.parametrize(
    ("old", "new"), [("prebenting", "presenting"), ("alqays", "allays"), ("dosnes", "dosses")]
)
def test_a_slip_that_may_be_a_word_that_tells_a_fact_is_not_corrected_to_one_of_the_page(old, new):
    assert not is_mended(old, new, {new})
    assert is_mended("presentnig", "presenting", {"presenting"})


def test_the_word_list_is_loaded():
    assert is_known("receive")
    assert not is_known("recieve")
