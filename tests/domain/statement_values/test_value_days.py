"""Days by which something is looked at again."""

import datetime as dt

import pytest

from wiki.domain.statement_values.days import day_in, in_words, read_day
from wiki.domain.statement_values.lines import BadValue


@pytest.mark.parametrize(
    "typed", ["2027-03-01", "2027-3-1", "1 March 2027", "1 Mar 2027", "March 2027", "2027-03"]
)
def test_a_day_is_read_however_it_is_typed(typed):
    assert read_day(typed) == dt.date(2027, 3, 1)
    assert in_words(read_day(typed)) == "1 March 2027"


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [("31 February 2027", "no such day"), ("1 Brumaire 2027", "no such day"), ("soon", "Write the day")],
)
def test_an_invalid_day_is_refused(typed, complaint):
    with pytest.raises(BadValue, match=complaint):
        read_day(typed)


def test_corrected_text_has_no_day():
    assert day_in("This was corrected.") is None
