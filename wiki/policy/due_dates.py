"""Due dates of reviews."""

import calendar
import datetime as dt

from wiki.domain.kinds import KINDS


def due_after(moment: dt.datetime, kind: str) -> dt.date:
    """Return the day on which an approval of a page of `kind` given at `moment` is due again."""
    months = moment.month - 1 + KINDS[kind].review_months
    year, month = moment.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(moment.day, calendar.monthrange(year, month)[1]))
