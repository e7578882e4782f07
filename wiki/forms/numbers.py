"""Whole numbers typed into forms and query strings."""

import re
from typing import Final

# Nine digits: longer numbers are no ids here and do not fit PostgreSQL's integer.
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def number_in(typed: str) -> int | None:
    """Return the typed whole number, or None."""
    return int(typed) if _NUMBER.fullmatch(typed) else None
