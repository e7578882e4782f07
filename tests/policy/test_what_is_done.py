"""A passage on what is taken or done to people is signed by who treats, in whatever words."""

from dataclasses import replace

import pytest

from tests.policy.real_pages import real_page, remedies
from wiki.domain.professions import Risk
from wiki.policy.needs import CLINICIAN, TREATING
from wiki.policy.quorum import quorum_of

DONE = """Sertraline was tried.|Prozac was tried.|Narcan wakes them.|Alteplase was tried.|Clobazam was tried.
Verapamil was tried.|Zorbamine was tried.|Use an EpiPen.|Acupuncture ends the attacks.|Massage eases it.
Hypnosis works.|CBT helps.|ECT helps.|DBS helps.|A collar is worn.|Splints help.|A hearing aid helps.
A cochlear implant helps.|A wheelchair helps.|Cooling the body helps.|Fasting ends seizures.
Embolisation closes it.|Clipping or coiling closes it.|Burr holes were drilled.|The doctor drains the fluid.
Haemodialysis removes it.|Enzyme replacement restores it.|Zinc is replaced.|Fluids are restricted.
Salt is restricted.|A bolus is pushed.|Crush and swallow it.|Leave it out on Sundays.|It is cut out.
Chew the leaves of willow.|St John's wort calms it.|Salt water clears it.|Start CPR.|Give rescue breaths.
Bicarbonate was tried.|Stem cells repair it.|Do not eat dairy with it."""
ADVICE = """Lie them on the back.|Roll them on the side.|Put something into the mouth.|Hold the person down.
Apply ice.|Keep warm.|Give sugar.|Suck the wound.|Lie flat.
It is rare. Wait a day.|Never call them at night."""


def _asked(text):
    page = real_page("headache")
    return quorum_of(page, replace(page, body=f"{page.body}\n\n{text}\n"), remedies=remedies())


def _lines(text):
    return text.replace("\n", "|").split("|")


@pytest.mark.parametrize("text", _lines(DONE))
def test_a_text_on_treatment_needs_a_treating_signature(text):
    found = _asked(text)

    assert TREATING.label in {one.label for one in found.needs}, found.rules
    assert found.risk == Risk.HIGH


@pytest.mark.parametrize("text", _lines(ADVICE))
def test_advice_to_readers_needs_two_signatures(text):
    found = _asked(text)

    assert {CLINICIAN.label, TREATING.label} & {one.label for one in found.needs}, found.rules
    assert len(found.needs) == 2
    assert found.risk == Risk.HIGH
