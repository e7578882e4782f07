"""Which words are known, and which may be the name of a drug."""

import pytest

from wiki.text.language.facts import FactKind, facts_in
from wiki.text.language.vocabulary import (
    is_kind_of_drug,
    is_known,
    is_listed_drug,
    is_made_of_known,
    is_medical,
    is_unknown_name,
)

DRUGS = """sertraline|Prozac|verapamil|Panadol|alteplase|bumetanide|clobazam|temozolomide|citalopram|Lasix
donepezil|vincristine|foscarnet|linezolid|carbimazole|ropinirole|Narcan"""
PLAIN = """headache|seizure|gliosis|clonic|dural|oligodendroglioma|haemorrhage|dopamine|histamine|Goutières"""


def kinds(words):
    return {one.kind for one in facts_in(words)}


@pytest.mark.parametrize("name", DRUGS.replace("\n", "|").split("|"))
def test_a_drug_is_known_by_its_name(name):
    assert is_listed_drug(name.lower())
    assert FactKind.DRUG in kinds(f"{name} was tried.")


@pytest.mark.parametrize("word", PLAIN.split("|"))
def test_other_terms_are_no_drugs(word):
    assert not {FactKind.DRUG, FactKind.UNKNOWN_NAME} & kinds(f"It is {word} here.")


@pytest.mark.parametrize("word", ["Zorbamine", "quexol", "ZORBAMINEX", "blue-zorbatin"])
def test_an_unknown_word_may_be_a_drug(word):
    assert is_unknown_name(word)
    assert FactKind.UNKNOWN_NAME in kinds(f"Then {word} was tried.")


@pytest.mark.parametrize("word", ["PDGFRB", "MYORG", "CT", "T-cells", "patients", "tuberous"])
def test_symbols_and_english_words_are_no_unknown_names(word):
    assert not is_unknown_name(word)


def test_two_similar_terms_are_both_known():
    assert is_medical("clonic")
    assert is_known("colonic")


@pytest.mark.parametrize("word", ["statin", "statins", "triptans", "sartans", "gliflozin", "gepants"])
def test_a_kind_of_drug_is_called_as_the_names_of_its_drugs_end(word):
    assert is_kind_of_drug(word)


@pytest.mark.parametrize("word", ["stations", "ine", "mabs", "headache", "seizre"])
def test_other_words_are_no_kinds_of_drugs(word):
    assert not is_kind_of_drug(word)


def test_a_known_word_with_something_before_it_is_known():
    assert [
        one
        for one in ("antiemetics", "hyperactivity", "antiemtics", "anti", "preed")
        if is_made_of_known(one)
    ] == [
        "antiemetics",
        "hyperactivity",
    ]
