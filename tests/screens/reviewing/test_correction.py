"""A correction for safety on the screen: a paragraph as readers see it, all else as it was written."""

import pytest

from wiki.screens.reviewing.correction import corrected_passage


def test_a_paragraph_is_compared_as_readers_see_it():
    found = corrected_passage("Ask about [[Seizures|fits]] *first*.", "Ask about [[Epilepsy|fits]] *first*.")

    told = "".join(one.text for one in found.steps if one.op not in ("open", "close"))
    assert "[[" not in told
    assert "*" not in told
    assert {("Seizures", "removed"), ("Epilepsy", "added")} <= {(one.text, one.op) for one in found.steps}


def test_a_withheld_paragraph_is_struck_as_a_whole():
    found = corrected_passage("Give it at once.", "")

    said = [one for one in found.steps if one.op not in ("open", "close")]
    assert "".join(one.text for one in said) == "Give it at once."
    assert {one.op for one in said} == {"removed"}


@pytest.mark.parametrize("passage", ["| Adults | 5 mg |", "One.\n\nTwo.", "- an item", "## A heading"])
def test_what_is_no_paragraph_is_compared_as_it_was_written(passage):
    found = corrected_passage(passage, "Words.")

    assert found.steps == ()
    assert found.pieces
