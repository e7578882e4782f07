"""Emergency signs are found however they are worded, and what is no emergency is let be."""

import pytest

from wiki.domain.urgent_advice import (
    CALL_AN_AMBULANCE,
    EMERGENCY_SIGNS,
    SEE_A_DOCTOR_THE_SAME_DAY,
    emergency_signs_in,
    is_ambulance_level,
    put_off,
)

EMERGENCIES = {
    "sudden weakness or numbness": [
        "sudden weakness",
        "weakness on one side",
        "numbness of the face",
        "an arm that has gone weak",
        "sudden or growing weakness on one side",
        "unable to lift an arm",
        "one side of the body paralysed",
        "a weak immune system and weakness of an arm",
        "an arm that is weak in somebody with a weak immune system",
        "sudden weakness after immunisation",
        "weakness in an immune disease of the nerves",
        "paralysis",
    ],
    "a drooping face": [
        "a drooping face",
        "a face that droops on one side",
        "a lopsided smile",
        "mouth drops",
    ],
    "sudden trouble with speech": [
        "slurred speech",
        "sudden trouble speaking",
        "new trouble with speech or sight",
        "difficulty in talking",
        "sudden change of speech",
    ],
    "sudden trouble with sight": [
        "sudden loss of sight",
        "losing vision in one eye",
        "trouble seeing",
        "sudden double vision",
        "sudden blindness",
        "a sudden change of sight",
    ],
    "a seizure": [
        "a seizure in somebody with a weak immune system",
        "a first seizure",
        "a seizure that does not stop",
        "a fit lasting more than 5 minutes",
        "repeated convulsions",
        "seizures that follow one another",
        "fits",
        "known epilepsy and a seizure of five minutes",
    ],
    "a sudden, worst-ever headache": [
        "a sudden severe headache",
        "the worst headache of their life",
        "a thunderclap headache",
        "a headache that starts suddenly",
        "a sudden, very severe headache",
    ],
    "headache with fever": ["a severe headache with fever", "fever and a bad headache"],
    "fever with a stiff neck": ["fever with a stiff neck", "stiffness of the neck", "a neck that is stiff"],
    "hard to wake": [
        "very hard to wake",
        "a child who cannot be woken",
        "difficulty waking up",
        "unconsciousness",
        "passing out",
        "loss of consciousness",
        "a baby who is unresponsive",
        "unusual sleepiness",
        "a child who is unusually drowsy",
        "a baby who is very floppy",
    ],
    "a bulging soft spot": ["a bulging soft spot on the head", "a fontanelle that is tense"],
    "new confusion": ["new confusion", "somebody who is suddenly confused", "delirium"],
    "trouble breathing": [
        "difficulty breathing",
        "difficulty feeding or breathing",
        "shortness of breath",
        "breathing that stops",
        "noisy breathing",
        "lips that turn blue",
        "choking",
    ],
    "poisoning": [
        "poisoning",
        "an overdose",
        "exposure to carbon monoxide",
        "having swallowed tablets",
        "swallowed a battery",
    ],
    "chest pain": [
        "chest pain",
        "pressure in the chest",
        "tightness across the chest",
        "a weak immune system and chest pain",
    ],
    "vomiting blood": ["vomiting blood", "bringing up blood", "black or bloody stool", "tarry stools"],
    "infantile spasms": [
        "infantile spasms",
        "a baby with sudden jerks that come in series",
        "clusters of short spasms",
    ],
    "danger of suicide": [
        "thoughts of suicide with a plan or in danger",
        "a suicide attempt",
        "danger of suicide",
    ],
    "fever during treatment of cancer": [
        "a fever during treatment with medicines against cancer",
        "shivering after chemotherapy",
        "chemotherapy and a high temperature",
        "fever in somebody who has it for leukaemia",
    ],
    "high fever with stiffness": [
        "a high fever with marked stiffness",
        "rigid muscles and a high temperature",
    ],
}
NO_EMERGENCIES = [
    "a headache that keeps getting worse",
    "a headache that wakes a person from sleep",
    "repeated vomiting",
    "a headache that is new in somebody with cancer or a weak immune system",
    "a rash on the face and a weak immune system",
    "a wound in the body of somebody whose weakened immune defences heal slowly",
    "weakness of the immune system",
    "Weakness in the body's immune system",
    "a drug that acts on the side of a weak immune response of the hand",
    "immune weakness",
    "a face with weak immunity",
    "an arm or a leg that grows weaker over weeks",
    "a slow loss of sight",
    "sight that gets worse over weeks",
    "double vision",
    "sleep that is poor",
    "a head that grows fast",
    "tingling and muscle cramps",
    "more seizures than usual in a person with known epilepsy",
    "a headache without a stiff neck",
    "a fever, but no trouble breathing",
    "a red or painful eye",
    "speech that becomes unclear over months",
    "a scan that fits the picture",
    "thoughts of suicide without immediate danger",
    "pain behind the breastbone",
    "blood in the urine",
    "strong muscle spasms or cramps",
    "known spasms that become more frequent",
    "a fever, or any sign of an infection",
    "watery or bloody diarrhoea",
]


def test_every_emergency_sign_has_a_test_phrase() -> None:
    assert {sign.name for sign in EMERGENCY_SIGNS} == set(EMERGENCIES)


@pytest.mark.parametrize(
    ("sign", "words"), [(sign, words) for sign, wordings in EMERGENCIES.items() for words in wordings]
)
def test_an_emergency_is_found_however_it_is_worded(sign: str, words: str) -> None:
    assert sign in dict(emergency_signs_in(words))
    assert sign in dict(emergency_signs_in(f"Fever that lasts, or {words.upper()}, and more."))


@pytest.mark.parametrize("words", NO_EMERGENCIES)
def test_text_without_an_emergency_is_ignored(words: str) -> None:
    assert not emergency_signs_in(words)


@pytest.mark.parametrize(
    "lead",
    [CALL_AN_AMBULANCE, "Call 999 for", "Get emergency medical help for", "Call emergency services for"],
)
def test_a_lead_that_calls_an_ambulance_is_recognised(lead: str) -> None:
    assert is_ambulance_level(lead)


@pytest.mark.parametrize(
    "lead",
    [
        SEE_A_DOCTOR_THE_SAME_DAY,
        "Get same-day medical care for",
        "Get help for",
        "Urgent",
        "",
        "Do not call an ambulance for",
        "See a doctor the same day, or call an ambulance, for",
        "Make an appointment soon, it is no emergency, for",
    ],
)
def test_any_other_lead_is_the_lower_level(lead: str) -> None:
    assert not is_ambulance_level(lead)


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("After a first seizure, an appointment in the next week is enough.", ["a seizure"]),
        ("Slurred speech can wait.", ["sudden trouble with speech"]),
        ("Weakness that creeps in over weeks is a reason for an appointment.", []),
        ("For a first seizure an ambulance is called. A cough needs an appointment.", []),
        ("In 4 of 20 people a seizure came first. Same-day scans were made.", []),
    ],
)
def test_a_sentence_that_lets_an_emergency_wait_is_found(words: str, signs: list[str]) -> None:
    assert [name for name, _ in put_off(words)] == signs
