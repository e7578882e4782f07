"""What readers are told where a corrected passage stood."""

import datetime as dt

import pytest
from django.utils import timezone

from wiki.text.days import day_in_words
from wiki.text.redaction.stand_ins import Fix

BEGUN = dt.timedelta(days=10)


@pytest.mark.parametrize(
    ("replacement", "ended", "days_ago"),
    [
        ("Give 10 mg.", dt.timedelta(days=7), 7),
        ("", dt.timedelta(days=7), 10),
        ("", dt.timedelta(days=-1), 10),
    ],
)
def test_the_day_since_which_a_passage_is_withheld_is_true(replacement, ended, days_ago):
    # Until its replacement lapsed readers had one: to say that they had none would be a false record.
    now = timezone.now()
    fix = Fix(1, "Give 100 mg.", replacement, "Ten times too much.", ("A", "B"), now - BEGUN, now - ended)

    assert fix.is_withheld
    assert f"withheld on {day_in_words(now - dt.timedelta(days=days_ago))}" in fix.sentence
