"""The fold of search: what is one word however it is written, and what is not."""

import pytest

from wiki.text.search.folding import lexemes_of, pieces_of
from wiki.text.search.vector import vector_of


def found_by(text):
    """Return all that a text is found by."""
    return {one for _, piece in pieces_of(text) for one in piece.lexemes}


@pytest.mark.parametrize(
    "spellings",
    [
        "IL-6|IL 6|IL6|IL‑6|il–6",
        "COVID-19|covid 19|Covid19|COVID–19",
        "β-blocker|beta-blocker|Beta–blockers",
        "blood-brain barrier|blood–brain barrier|Blood‑brain barriers",
        "tumour|tumor|tumours|TUMORS",
        "haemorrhage|hemorrhage|haemorrhages|hæmorrhage",
        "oedema|edema|œdema",
        "paediatric|pediatric",
        "diarrhoea|diarrhea",
        "oesophagus|esophagus",
        "ischaemic|ischemic",
        "leukaemia|leukemia",
        "coeliac|celiac",
        "foetal|fetal",
        "foetus|fetuses",
        "anaesthesia|anesthesia",
        "gynaecology|gynecology",
        "aetiology|etiology",
        "behavioural|behavioral",
        "mineralising|mineralizing",
        "calcification|calcified|calcifications",
        "centre|center",
        "fibre|fiber|fibres",
        "signalling|signaling",
        "leucocyte|leukocytes",
        "paracetamol|acetaminophen",
        "CO₂|CO2",
        "Ca²⁺|Ca2+",
        "TNFα|TNF-α|TNF-alpha",
        "5 µg|5 μg|5 mcg",
        "Fahr's|Fahr’s|Fahrs|Fahr",
        "Aicardi-Goutières|aicardi–goutieres",
        "10,000|10000",
        "ganglia|ganglion",
        "E20.9|e20.9",
        "HLA-B*57:01|hla–b*57:01",
        "child|children|kids",
        "crisis|crises",
        "psychosis|psychoses",
        "embolus|emboli",
        "thrombus|thrombi",
        "fungus|fungi",
        "half|halves",
        "died|dying|dies",
        "odour|odor|odours|odors",
        "neurology|neurologist|neurologists",
        "psychiatry|psychiatrist",
        "manoeuvre|maneuver|manoeuvres",
        "milligramme|milligram|milligrams",
        "mould|mold|moulds",
        "moustache|mustache",
        "neighbourhood|neighborhood",
        "sceptical|skeptical",
        "caesarean|cesarean",
    ],
)
def test_spellings_of_one_word_have_the_same_lexemes(spellings):
    first, *others = map(found_by, spellings.split("|"))

    assert first
    assert all(one == first for one in others), (first, others)


@pytest.mark.parametrize(
    ("text", "is_found_by"),
    [
        ("beta-blockers", "betablocker"),
        ("vitamin A", "vitamina"),
        ("HLA-B*57:01", "HLA-B57"),
        ("p.Arg71His", "Arg71"),
        ("T4/T8", "T8"),
        ("the WHO says", "WHO"),
        ("PDGF-β", "PDGFB"),
        ("IL-1β", "IL1B"),
        ("TGF-β1", "TGFB1"),
        ("TNF alpha", "TNFA"),
        ("γδ T cells", "gamma"),
        ("εγκέφαλος", "εγκεφαλος"),
        # A sign of Greek that is no letter with a name.
        ("ͻͼ cells", "ͻͼ"),
    ],
)
def test_compound_words_are_found_by_parts_and_joined(text, is_found_by):
    assert found_by(text) & found_by(is_found_by) - set(is_found_by.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CD4+", "CD4−"),
        ("5′ end", "3′ end"),
        ("WHO", "who"),
        ("hypocalcaemia", "hypercalcaemia"),
        ("T4", "T8"),
        ("1.5", "15"),
        ("vitamin A", "vitamin D"),
    ],
)
def test_words_of_different_meaning_have_different_lexemes(one, other):
    assert found_by(one) != found_by(other)


@pytest.mark.parametrize("text", ["", "   ", "---", "'", "\\", "\x00", "’s", "🧠", "+", "−", "“”"])
def test_signs_alone_have_no_lexemes(text):
    assert lexemes_of(text) == []


@pytest.mark.parametrize("text", ["a'b\\c", "x" * 5000, "''''", "1'2", "脳の石灰化", "кальций", "a-" * 4000])
def test_a_lexeme_is_short_and_has_no_query_operators(text):
    for one in found_by(text):
        assert len(one) <= 60
        assert not set(one) & set("'\\&|!:*<>() "), one


@pytest.mark.parametrize("field", ["A", "D"])
def test_a_line_that_ends_parts_no_word_from_the_next(field):
    text = "Low vitamin D and IL 6 in TNF alpha or vitamin D"

    for end in ("\n", "\n\n \n"):
        assert vector_of(((field, text.replace(" ", end)),)) == vector_of(((field, text),))
