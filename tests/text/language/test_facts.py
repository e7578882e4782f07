"""Medical facts in plain words: what is recognised, and what is not."""

import pytest

from wiki.text.language.facts import (
    FactKind,
    facts_in,
    is_drug,
    is_treatment_heading,
    speaks_of_inheritance,
    speaks_of_treatment,
)

KINDS_BY_TEXT = {
    "Take 5 MG twice a day by mouth.": {FactKind.DOSE, FactKind.ROUTE},
    "It was seen in 26% of 50 people.": {FactKind.PERCENTAGE, FactKind.NUMBER},
    "It is not, and was never, seen.": {FactKind.NEGATION},
    "It doesn't and can’t last.": {FactKind.NEGATION},
    "Levodopa helps.": {FactKind.DRUG, FactKind.DIRECTION},
    "Pregnant women must not take it.": {
        FactKind.PREGNANCY,
        FactKind.POPULATION,
        FactKind.CONTRAINDICATION,
        FactKind.TREATMENT,
    },
    "It interacts with grapefruit.": {FactKind.INTERACTION},
    "People need not see a doctor.": {FactKind.ADVICE, FactKind.NEGATION},
    "Inheritance is autosomal recessive.": {FactKind.INHERITANCE},
    "More than 3 is ≥ 2?": {FactKind.NUMBER, FactKind.DIRECTION},
    "T\u200breatment of ｃhildren": {FactKind.TREATMENT, FactKind.POPULATION},
    "It is nоt so.": {FactKind.NEGATION},
    "It is n*o*t so, chil__dren.": {FactKind.NEGATION, FactKind.POPULATION},
    "The cerebellum lies below.": {FactKind.DIRECTION},
    "They look grey.": set(),
}


@pytest.mark.parametrize(("text", "kinds"), KINDS_BY_TEXT.items())
def test_facts_are_recognised_by_kind(text, kinds):
    assert kinds <= {one.kind for one in facts_in(text)}
    assert kinds or not facts_in(text)


def test_a_fact_has_its_position_in_the_plain_text():
    (fact,) = [one for one in facts_in("It is  n\u200bot so.") if one.kind == FactKind.NEGATION]

    assert (fact.start, fact.end, fact.written) == (6, 9, "not")


@pytest.mark.parametrize(
    "word",
    ["valproate", "levodopa", "alendronate", "infliximab", "omeprazole", "ramipril", "statins", "olanzapine"],
)
def test_drugs_are_known_by_name_or_ending(word):
    assert is_drug(word)


@pytest.mark.parametrize(
    "word", ["april", "magazine", "cholesterol", "calcification", "protein", "people", "equines"]
)
def test_other_words_are_no_drugs(word):
    assert not is_drug(word)


def test_the_wikis_own_pages_name_treatments_too():
    assert [
        one.normal
        for one in facts_in("A gluten-free diet", (), frozenset({"gluten-free diet"}))
        if one.kind == FactKind.DRUG
    ] == ["gluten-free diet"]
    assert not [
        one
        for one in facts_in("Agluten-free diets", (), frozenset({"gluten-free diet"}))
        if one.kind == FactKind.DRUG
    ]


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("It is treated by surgery.", True),
        ("Radiotherapy was given.", True),
        ("Nobody takes it.", True),
        ("Physiological spots lie there.", False),
        ("Deposits lie deep in the brain.", False),
    ],
)
def test_texts_on_treatment_are_recognised(text, is_so):
    assert speaks_of_treatment(facts_in(text)) == is_so


@pytest.mark.parametrize(
    ("heading", "is_so"),
    [
        ("What helps", True),
        ("Chemotherapy", True),
        ("Self-care", True),
        ("Care", True),
        ("Get same-day medical care for", False),
        ("How it is found", False),
        ("Outlook", False),
    ],
)
def test_headings_on_treatment_are_recognised(heading, is_so):
    assert is_treatment_heading(heading) == is_so


def test_texts_on_inheritance_are_recognised():
    assert speaks_of_inheritance("Nine genes are known.")
    assert not speaks_of_inheritance("General signs are known.")


REMEDIES = """Radiation shrinks it|The stomach is pumped|Charcoal binds it|Salt makes it worse
Fish oil eases it|Honey soothes it|A jab protects|Thickened fluids are safe|A feeding tube is put in
Hormones replace it
Drops in the eye help|Bed rest harms|Stopping it can kill|It can be stopped at once|It may be halved
Oxygen is breathed|Twice as much is safe|Take more"""
NO_REMEDIES = """Calcium salts settle|X-rays are a form of radiation|The risk is twice as high
It stops by itself|Oxygen fell in the blood"""


@pytest.mark.parametrize(
    ("words", "is_told"),
    [(one, True) for one in REMEDIES.replace("\n", "|").split("|")]
    + [(one, False) for one in NO_REMEDIES.replace("\n", "|").split("|")],
)
def test_treatments_outside_hospitals_are_told_from_chemistry(words, is_told):
    assert speaks_of_treatment(facts_in(words)) is is_told
