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


def clock_in_words(moment: dt.datetime) -> str:
    """Return "09:14 CEST"."""
    return f"{timezone.localtime(moment):%H:%M %Z}"


def end_of(day: dt.date) -> dt.datetime:
    """Return the last moment of a day in the zone of the wiki; a moment is its own end.

    The next day begins right after it, also where the clocks change at midnight.
    """
    if isinstance(day, dt.datetime):
        return day
    if day == dt.date.max:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    morrow = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, timezone.get_current_timezone())
    return morrow.astimezone(dt.UTC) - dt.timedelta(microseconds=1)


def today_begins() -> dt.datetime:
    """Return the first moment of today in the zone of the wiki."""
    return end_of(timezone.localdate() - dt.timedelta(days=1)) + dt.timedelta(microseconds=1)


def as_of_value(day: dt.date) -> str:
    """Return a day, or a moment, as an address names it."""
    return (
        day.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        if isinstance(day, dt.datetime)
        else f"{day}"
    )


def day_or_moment_in_words(day: dt.date) -> str:
    """Return "3 May 2026"; of a moment "3 May 2026 at 09:14 CEST"."""
    return moment_in_words(day) if isinstance(day, dt.datetime) else day_in_words(day)


def moment_in_words(moment: dt.datetime) -> str:
    """Return "3 May 2026 at 09:14 CEST"."""
    here = timezone.localtime(moment)
    return f"{day_in_words(here)} at {here:%H:%M %Z}"
