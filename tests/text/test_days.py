"""Days and moments in words."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.template import engines

from wiki.text.days import as_of_value, day_in_words, end_of, moment_in_words, month_in_words

LATE = dt.datetime(2026, 5, 3, 22, 14, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("UTC", "3 May 2026", "3 May 2026 at 22:14 UTC"),
        ("Europe/Berlin", "4 May 2026", "4 May 2026 at 00:14 CEST"),
        ("America/New_York", "3 May 2026", "3 May 2026 at 18:14 EDT"),
    ],
)
def test_a_moment_is_written_in_the_time_zone_of_the_wiki(settings, zone, day, moment):
    settings.TIME_ZONE = zone

    assert (day_in_words(LATE), moment_in_words(LATE)) == (day, moment)


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("UTC", "2026-05-03", "2026-05-03T23:59:59.999999+00:00"),
        ("Europe/Berlin", "2026-10-25", "2026-10-25T22:59:59.999999+00:00"),
        # The hour before midnight comes twice.
        ("Africa/Cairo", "2023-10-26", "2023-10-26T21:59:59.999999+00:00"),
    ],
)
def test_a_day_ends_where_the_next_one_begins(settings, zone, day, end):
    settings.TIME_ZONE = zone

    assert end_of(dt.date.fromisoformat(day)).isoformat() == end


def test_a_moment_is_its_own_end_and_the_last_day_has_one():
    assert end_of(LATE) == LATE
    assert end_of(dt.date.max).year == 9999


def test_days_and_moments_have_their_form_in_addresses():
    assert as_of_value(dt.date(2026, 5, 3)) == "2026-05-03"
    assert as_of_value(LATE) == "2026-05-03T22:14:00Z"


def test_a_day_is_the_same_in_every_zone(settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    assert day_in_words(dt.date(2026, 5, 3)) == "3 May 2026"
    assert month_in_words(dt.date(2026, 5, 3)) == "May 2026"


def test_the_template_filter_writes_days_in_the_same_words():
    template = engines["django"].from_string("{% load causeway %}{{ day|in_words }}")

    assert template.render({"day": dt.date(2026, 5, 3)}) == "3 May 2026"


def test_only_days_py_formats_days():
    root = Path(ours.BASE_DIR)
    files = [*(root / "wiki").rglob("*.py"), *(root / "templates").rglob("*.html")]

    homes = [
        str(path.relative_to(root))
        for path in files
        if re.search(r"%B|date:.j F Y", path.read_text(encoding="utf-8"))
    ]

    assert homes == ["wiki/text/days.py"]
