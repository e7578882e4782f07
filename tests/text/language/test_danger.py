"""Sentences that weigh danger or name a sign of an emergency."""

import pytest

from wiki.text.language.danger import (
    complaints_of,
    explains_a_complaint,
    names_a_sign,
    signs_of,
    weighs_danger,
)

WEIGHING = """Large deposits are always benign.
It is part of growing up.
Swimming alone brings no greater risk.
It mostly stops by itself.
It settles on its own.
Early puberty with it is a coincidence.
A mother who had it before cannot pass it on.
A clear scan means there was no bleed.
If nothing hurts, there is nothing to look for.
Large deposits are a trait of the family.
Lasting harm is rare.
It can be a danger to life.
A negative test rules it out.
The test can wait.
Weakness is normal after a scan.
Harmless headache
Turning blue for a while belongs to every fit.
Large deposits belong to ageing.
In somebody under forty it is chance.
A throat that tightens is anxiety.
Infection in the last weeks spares the baby.
Relatives without symptoms are in the clear.
Fits in this illness are only calcium.
The mark on the face never touches the eye.
The first hours make little difference.
The detector is often wrong.
Most fits of half an hour end well.
Tingling is a sign that the calcium is working.
More seizures at first are proof of healing.
Nothing on a scan of this kind ever bleeds.
A blood pressure of 200 is normal in this illness.
A normal result does exclude a genetic cause.
A positive result tells how a person will feel.
A negative test confirms that the brain is healthy.
A single CT is conclusive.
The scan detects every case.
The test misses none.
One blood test is enough; a negative x-ray is enough too.
A stroke is excluded by a normal picture.
False negatives are unknown."""
NOT_WEIGHING = """Calcium and parathyroid hormone are normal.
It is the commonest benign tumour of the brain.
They did nothing to bring it about.
Small spots grow more common with age.
The gene lies on chromosome 8.
The odds ratio was 1.4, which could be chance.
The artery supplies the outer side of each half.
Nothing of the kind has ever been seen there.
Low calcium is a sign that the glands do not make hormone.
People with an injury were excluded from the study.
The test showed calcium in 20 of 28."""
NAMING = """A red eye in these babies is mostly a cold.
Fever with a stiff neck is common after a scan.
A head that grows fast runs in families.
Sudden weakness is seen in many people."""
NOT_NAMING = """Seizures are seen in 80% of people.
The head is seen from above.
Deposits are seen in the eye."""
BOX = signs_of("an eye that is red, or a head that grows fast") | signs_of("vomiting")


@pytest.mark.parametrize("sentence", WEIGHING.splitlines())
def test_a_sentence_that_says_how_harmless_or_dangerous_something_is_weighs_danger(sentence):
    assert weighs_danger(sentence)


@pytest.mark.parametrize("sentence", NOT_WEIGHING.splitlines())
def test_a_plain_fact_weighs_no_danger(sentence):
    assert not weighs_danger(sentence)


@pytest.mark.parametrize("sentence", NAMING.splitlines())
def test_a_sentence_names_a_sign_of_the_page_or_of_any_emergency(sentence):
    assert names_a_sign(sentence, BOX)


@pytest.mark.parametrize("sentence", NOT_NAMING.splitlines())
def test_a_single_word_of_a_sign_names_none(sentence):
    assert not names_a_sign(sentence, BOX)


COMPLAINTS = complaints_of("tingling, vomiting, sight that fails, or fever")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tingling lips are nerves on edge.",
        "Failing sight in a teenager comes from screens.",
        "Vomiting in the morning is the stomach.",
        "A child with fever is teething.",
        "A tingling face shows that the blood is rich.",
    ],
)
def test_a_complaint_of_the_page_that_is_put_down_to_something_is_told(sentence):
    assert explains_a_complaint(sentence, COMPLAINTS)


ALARMING = """Slurred speech is a habit.
Double vision is a trick of the eyes.
Weakness of one arm is from sleeping on it.
Swelling of the tongue is dental.
Sleepiness in a baby is good.
A fast heartbeat comes from coffee."""


@pytest.mark.parametrize("sentence", ALARMING.splitlines())
def test_a_complaint_that_may_be_an_emergency_is_told_on_a_page_without_urgent_advice(sentence):
    assert explains_a_complaint(sentence, frozenset())


def test_a_cause_of_an_emergency_is_no_complaint():
    assert not explains_a_complaint("Poisoning by a gas that has no smell.", frozenset())


@pytest.mark.parametrize(
    "sentence",
    ["Vomiting and fever are common.", "Vomiting is seen in 20% of people.", "Deposits come with age."],
)
def test_how_frequent_a_complaint_is_is_a_plain_fact(sentence):
    assert not explains_a_complaint(sentence, COMPLAINTS)
