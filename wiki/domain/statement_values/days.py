"""Days by which something needs re-review, as people type and read them."""

import datetime as dt
import re
from typing import Final

from wiki.domain.statement_values.lines import BadValue

EXAMPLES: Final = "“2027-03-01”, “1 March 2027” or “March 2027”"
# What stands before the day in a sentence and in a statement.
CHECKED_AGAIN_BY: Final = "to be checked again by"
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DAY: Final = re.compile(r"(?:(?P<day>\d{1,2}) )?(?P<month>[a-z]{3,9})\.? (?P<year>\d{4})", re.IGNORECASE)
_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")


def read_day(text: str) -> dt.date:
    """Return the day that a line names, of a month its first; raise `BadValue` where it names none."""
    line = " ".join(text.split()).strip(" .")
    try:
        if match := _ISO.fullmatch(line):
            return dt.date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
        if match := _DAY.fullmatch(line):
            return dt.date(int(match["year"]), _month(match["month"]), int(match["day"] or 1))
    except ValueError as error:
        raise BadValue(f"There is no such day. Write it as {EXAMPLES}") from error
    raise BadValue(f"Write the day as {EXAMPLES}")


def day_in(text: str) -> dt.date | None:
    """Return the day that a stored line names, None where it is empty or was corrected into other words."""
    try:
        return read_day(text) if text else None
    except BadValue:
        return None


def in_words(day: dt.date) -> str:
    """Return "1 March 2027", in English whatever the language of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def _month(name: str) -> int:
    """Return the number of a month by its name or the first three letters; raise `ValueError` for others."""
    small = name.lower()
    found = [at for at, month in enumerate(_MONTHS, start=1) if month == small or month[:3] == small]
    if not found:
        raise ValueError(name)
    return found[0]
