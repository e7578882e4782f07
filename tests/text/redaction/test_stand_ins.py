"""What readers are told where a corrected passage stood."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from wiki.text.days import day_in_words
from wiki.text.markdown.html import render
from wiki.text.markdown.writer import Target
from wiki.text.redaction.passages import body_without
from wiki.text.redaction.stand_ins import Fix, filled

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


TABLE = "| Drug | Adults |\n|---|---|\n| X | 5 mg |\n| Y | *no* |\n\nYou avoid it."
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("replacement", "left", "rows"),
    [
        ("| X | **2** mg |", HOUR, ["Corrected for safety X ; 2 mg", "Y ; no"]),
        ("| X | 2 mg |", -HOUR, ["Withheld for safety.", "Y ; no"]),
        ("", HOUR, ["Withheld for safety.", "Y ; no"]),
        ("Ask a doctor.", HOUR, ["Corrected for safety Ask a doctor.", "Y ; no"]),
    ],
)
def test_readers_get_another_row_or_are_told_in_its_place_and_keep_the_others(replacement, left, rows):
    now = timezone.now()
    fix = Fix(1, "| X | 5 mg |", replacement, "Too much.", ("A", "B"), now - BEGUN, now + left)
    whole = str(
        render(body_without(TABLE, [fix.framed]), links=lambda _: Target("/", exists=True), sources={}).html
    )

    stored, instead = fix.taken_out(whole)
    shown = filled(stored, [Fix.from_json(replace(fix, html=instead).as_json())])

    told = [
        " ".join(re.sub(r"<[^>]+>", " ", one.replace("</td>\n<td", " ; <td")).split()) for one in _rows(shown)
    ]
    assert [one.split(" This passage")[0] for one in told] == rows
    assert "5 mg" not in stored
    assert shown.count("<table>") == 1
    assert "You avoid it." in shown
    assert "fix1" not in shown


def _rows(html):
    return re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2], re.DOTALL)
