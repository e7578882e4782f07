"""Sentences that are shown to be plain facts, and those that may speak of care."""

import pytest

from wiki.text.language.plain_facts import is_plain_fact

FACTS = """The falx calcifies mostly near the front.|In Japan bleeds make up a larger share than in Europe.
The gene lies on the short arm of chromosome 8.|Calcified spots measure between 1 and 20 mm on most scans.
Women report it more often than men in most surveys.|Its cells are joined by tight junctions.
In one family, 14 of 31 members across four generations had deposits.|The tapeworm grows to between two and
four metres.|One changed copy of the gene is enough.|Cysts of the white matter look bright.
Migraine runs in families in about 60% of cases.|The striatum receives its dopamine from the midbrain.
The tangle itself is called the nidus.|Scoliosis, constipation and tiredness are frequent.
Some people have unsteady walking and poor balance.|Schizophrenia was no more frequent than in controls."""
CARE = """A rest in a dark room comes first.|The scan can follow in the morning.|A rash after contrast fades
by itself.|Stroke-like episodes pass without help.|The kidneys look after themselves.|One is enough.
A short aura does not count.|Pacemakers cope with the magnet.|Those who gave up milk saw their spots shrink.
REST in a DARK room.|A Rest In A Dark Room.|In the frail, less is more.|The worm leaves on its own.
Kidneys do not matter here.|Early use pays.|The acid in the blood corrects itself.
The bleeding vanishes by itself.|The higher the calcium, the better for the brain.
A day off every week keeps the body keen.|Cold water wakes them.|Discharge follows in the morning.
Walking in the morning wakes them."""


def _lines(text):
    return text.replace(".\n", ".|").replace("\n", " ").split("|")


@pytest.mark.parametrize("sentence", _lines(FACTS))
def test_a_sentence_of_words_of_facts_is_a_plain_fact(sentence):
    assert is_plain_fact(sentence)


@pytest.mark.parametrize("sentence", _lines(CARE))
def test_any_other_word_may_speak_of_care(sentence):
    assert not is_plain_fact(sentence)
