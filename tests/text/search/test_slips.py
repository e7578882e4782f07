"""Words that differ from a typed word by one slip."""

import pytest

from wiki.text.search.slips import one_slip_away


@pytest.mark.parametrize("typed", ["tsroke", "coretx", "tremmor", "tremr", "tremar", "cortexs"])
def test_the_intended_word_is_within_one_edit(typed):
    assert one_slip_away(typed) & {"stroke", "cortex", "tremor"}


def test_the_word_itself_and_two_edits_are_excluded():
    assert "stroke" not in one_slip_away("stroke")
    assert "stroke" not in one_slip_away("tsrokee")
