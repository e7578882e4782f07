"""Advice that sends people to help, and holds nothing back."""

import pytest

from wiki.text.language.seeking_help import sends_to_help

SENDING = """Everybody with it should see a doctor.
Call an ambulance.
A symptom that is new is a reason to see a doctor.
Everybody should have a scan."""
HOLDING_BACK = """You can drive as before.
There is no need to see a doctor.
A symptom that is new is no reason to see a doctor.
See a doctor if it lasts for a month.
Doctors allow sport again.
People may wait for the doctor.
Go on with sport."""


@pytest.mark.parametrize("sentence", SENDING.splitlines())
def test_advice_to_see_somebody_sends_to_help(sentence):
    assert sends_to_help(sentence)


@pytest.mark.parametrize("sentence", HOLDING_BACK.splitlines())
def test_advice_that_forbids_allows_or_puts_off_does_not(sentence):
    assert not sends_to_help(sentence)
