"""Days and moments in words, in the wiki's time zone."""

import datetime as dt

from django.utils import timezone


def day_in_words(day: dt.date) -> str:
    """Return "3 May 2026"; of a moment, the day that it falls on in the zone of the wiki."""
    here = timezone.localdate(day) if isinstance(day, dt.datetime) else day
    return f"{here.day} {month_in_words(here)}"


def month_in_words(day: dt.date) -> str:
    """Return "May 2026"."""
    return f"{day:%B %Y}"


def moment_in_words(moment: dt.datetime) -> str:
    """Return "3 May 2026 at 09:14 CEST"."""
    here = timezone.localtime(moment)
    return f"{day_in_words(here)} at {here:%H:%M %Z}"
