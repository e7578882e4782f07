"""Changes that look like spelling or punctuation and say something else."""

import pytest

from wiki.text.changes.harmless import shown_harmless
from wiki.text.changes.read_texts import line_text

LOOK_HARMLESS = """PDGFB is mutated, as PDGFRB is|PDGFRB is mutated, as PDGFRB is
An MRA shows it, as MRI does|An MRI shows it, as MRI does
The CSF is clear, as CRF is|The CRF is clear, as CRF is
clonic seizures|colonic seizures
gleosis is seen|gliosis is seen
the dural sinus|the dual sinus
It is “harmless” here|It is harmless here
It is harmless here|It is "harmless" here
Some people, like children, fall|Some people like children fall
The «cure» works|The cure works
a febrile child|afebrile child
hypercalcaemia is seen|hypocalcaemia is seen
take in the morning, two|take in the morning two"""
HARMLESS = """Older names are Fahr disease|Older names are “Fahr disease”
It is knwon here|It is known here
With gliossis there|With gliosis there
With glisois there|With gliosis there
The infecton spreads|The infection spreads
However it is seen|However, it is seen
In most people it fades|In most people, it fades
It is seen early, and it fades|It is seen early and it fades
It's “so” here|It's "so" here"""


@pytest.mark.parametrize("pair", LOOK_HARMLESS.splitlines())
def test_a_change_that_only_looks_harmless_is_refused(pair):
    old, new = (line_text(f"So {one}.") for one in pair.split("|"))

    assert not shown_harmless(old, new, kept=("pdgfrb", "mri", "crf"))


@pytest.mark.parametrize("pair", HARMLESS.splitlines())
def test_a_harmless_change_is_accepted(pair):
    old, new = (line_text(f"So. {one}.") for one in pair.split("|"))

    assert shown_harmless(old, new)
