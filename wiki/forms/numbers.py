"""Numbers as they are typed into forms and into the query strings of addresses."""

import re
from typing import Final

# Nine digits: what is longer is no id of ours, and no integer of PostgreSQL's either.
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def number_in(typed: str) -> int | None:
    """Return the whole number that was typed, None for anything else."""
    return int(typed) if _NUMBER.fullmatch(typed) else None
