"""The day on which the first part of a page is to be checked again, and the mark that says so in a text."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.changed_values import DOCUMENT, ROW
from wiki.text.check_days import first_check_day
from wiki.text.markdown.html import plain, render
from wiki.text.markdown.writer import Target


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("A trial ends in 2027 [check again by 2027-03-01].", dt.date(2027, 3, 1)),
        ("It ends [Check again by March 2027].", dt.date(2027, 3, 1)),
        ("It ends; to be checked again by 2 March 2027.", dt.date(2027, 3, 2)),
        ("Late [check again by 2028-01-01]. Soon [check again by 2027-01-01].", dt.date(2027, 1, 1)),
        ("| a |\n|---|\n| b [check again by 2027-01-01] |", dt.date(2027, 1, 1)),
        ("It ends [check again by soon].", None),
        ("`[check again by 2027-03-01]`", None),
        ("It ends in March 2027.", None),
    ],
)
def test_the_check_day_of_a_sentence_is_read(body, day):
    assert first_check_day(replace(DOCUMENT, body=body)) == day


def test_the_earliest_check_day_of_statements_is_found():
    rows = (replace(ROW, check_by="1 May 2027"), replace(ROW, object=9, check_by="1 April 2027"))

    assert first_check_day(replace(DOCUMENT, statements=rows)) == dt.date(2027, 4, 1)
    assert first_check_day(DOCUMENT) is None


def test_readers_see_the_mark_as_words():
    body = "A trial ends in 2027 [check again by 2027-03-01]. More.\n"

    assert (
        "ends in 2027 (to be checked again by 1 March 2027). More."
        in render(body, links=lambda name: Target(name, exists=True), sources={}).html
    )
    assert plain(body) == "A trial ends in 2027 (to be checked again by 1 March 2027). More."


def test_a_mark_within_brackets_that_are_no_link_is_words_too():
    assert plain("[so [check again by 3 May 2027] more](x)") == (
        "[so (to be checked again by 3 May 2027) more](x)"
    )


def test_a_check_mark_without_a_day_is_plain_text():
    assert plain("It ends [check again by soon].") == "It ends [check again by soon]."
