"""Orders and treatments as clinicians jot them down, without a word such as "treatment" or a unit beside."""

import pytest

from wiki.policy.needs import CLINICIAN, MODERATOR, TREATING
from wiki.policy.quorum import quorum_of
from wiki.text.document import Document

TREATED = """CBZ lowers the level|VPA lowers the level
ASA is enough|ASA is not enough
AZT helps|AZT harms
NSAIDs are fine|NSAIDs are harmful
PPI|IVIG
KCl 20|KCl 200
D-dopa|L-dopa
Nothing by mouth|Anything by mouth
Give it slowly|Give it fast
It goes into the spine|It goes into the arm
With food|Without food
On an empty stomach|After a meal
Up to four a day|Up to forty a day
No more than 4 a day|No fewer than 4 a day
Up to 8 in 24 hours|Up to 80 in 24 hours
Every other day|Every day
The target is 2.1–2.3 mmol/L|The target is 2.1–3.3 mmol/L
A trough of 10–15|A trough of 50–75
Rx as for epilepsy|Rx as for stroke
A&E can see to it|A&E cannot see to it
EGFR 15: half|EGFR 15: double
Over 65 → a third|Over 65 → a quarter
Wean over a month|Wean over a day
Rechallenge|Never rechallenge
First line|Last line
Induction, then maintenance|Maintenance, then induction
Hold it if the pulse is under 60|Hold it if the pulse is over 60
Grapefruit is fine|Grapefruit is risky
In pregnancy it is fine|In pregnancy it is harmful
Radiosurgery is first|Radiosurgery is last
Nurses can give it|Parents can give it
Keep it in a fridge|Keep it in the sun
Cool to 36|Cool to 32
Check the blood count in spring|Check the blood count in autumn
Start low and go slow.|Start high and go fast.
It is repeated once every 12 weeks.|It is repeated once every 2 weeks.
The scan is repeated in 6 weeks.|The scan is repeated in 6 years.
There is no need to give it up.|There is need to give it up.
The first choice is rest.|The last choice is rest.
People should lie down|People should stand
They may wait an hour.|They may wait a day.
See a doctor within a day.|See a doctor within a year."""
ADVISED = """Do an LP before the CT|Do a CT before the LP
People should see a doctor|People should see a nurse
Everybody should have a scan|Everybody should have an MRI scan
Call an ambulance|Call a doctor"""
READ = """Type IV collagen is thin|Type IV collagen is thick
The art of it is old|The art of it is new
As per rule it is grey|As per rule it is white
They never met|They always met"""


def _signers(pair):
    before, after = (
        Document("Headache", "symptom", "Pain in the head.", body=f"## What it is\n\nWords.\n\n{one}.\n")
        for one in pair.split("|")
    )
    there, back = quorum_of(before, after), quorum_of(after, before)
    assert there.needs[0].label == back.needs[0].label
    return {one.label for one in there.needs}


@pytest.mark.parametrize("pair", TREATED.splitlines())
def test_a_treatment_is_recognised_by_how_it_is_jotted_down(pair):
    assert _signers(pair) == {TREATING.label, MODERATOR.label}


@pytest.mark.parametrize("pair", ADVISED.splitlines())
def test_another_word_of_an_order_is_another_order(pair):
    assert _signers(pair) == {CLINICIAN.label, MODERATOR.label}


@pytest.mark.parametrize("pair", READ.splitlines())
def test_what_only_looks_like_an_order_is_for_a_clinician(pair):
    assert _signers(pair) == {CLINICIAN.label}
