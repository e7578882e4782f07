"""Words that differ from a typed word by one slip."""

import pytest

from wiki.text.search.slips import one_slip_away


@pytest.mark.parametrize("typed", ["tsroke", "coretx", "tremmor", "tremr", "tremar", "cortexs"])
def test_the_word_that_was_meant_is_one_slip_away(typed):
    assert one_slip_away(typed) & {"stroke", "cortex", "tremor"}


def test_no_word_is_a_slip_of_itself_and_two_slips_are_too_many():
    assert "stroke" not in one_slip_away("stroke")
    assert "stroke" not in one_slip_away("tsrokee")
