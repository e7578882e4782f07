"""Days and moments in words."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.template import engines

from wiki.text.days import day_in_words, moment_in_words, month_in_words

LATE = dt.datetime(2026, 5, 3, 22, 14, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("UTC", "3 May 2026", "3 May 2026 at 22:14 UTC"),
        ("Europe/Berlin", "4 May 2026", "4 May 2026 at 00:14 CEST"),
        ("America/New_York", "3 May 2026", "3 May 2026 at 18:14 EDT"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_wiki(settings, zone, day, moment):
    settings.TIME_ZONE = zone

    assert (day_in_words(LATE), moment_in_words(LATE)) == (day, moment)


def test_a_day_is_the_same_in_every_zone(settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    assert day_in_words(dt.date(2026, 5, 3)) == "3 May 2026"
    assert month_in_words(dt.date(2026, 5, 3)) == "May 2026"


def test_templates_say_days_in_the_same_words():
    template = engines["django"].from_string("{% load causeway %}{{ day|in_words }}")

    assert template.render({"day": dt.date(2026, 5, 3)}) == "3 May 2026"


def test_nothing_else_puts_a_day_into_words():
    root = Path(ours.BASE_DIR)
    files = [*(root / "wiki").rglob("*.py"), *(root / "templates").rglob("*.html")]

    homes = [
        str(path.relative_to(root))
        for path in files
        if re.search(r"%B|date:.j F Y", path.read_text(encoding="utf-8"))
    ]

    assert homes == ["wiki/text/days.py"]
