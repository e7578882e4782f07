"""ORCID iDs in the forms in which people paste them: 0000-0002-1825-0097, or an address at orcid.org."""

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]{15}[0-9X]")


class BadOrcid(ValueError):
    """A text that is no ORCID iD; its message is a sentence for the person who typed it."""


def parse(text: str) -> str:
    """Return the iD with hyphens, its check digit verified; "" for no text. Raises `BadOrcid`."""
    bare = re.sub(r"[\s-]", "", _ADDRESS.sub("", text.strip(), count=1)).rstrip("/").upper()
    if not bare:
        return ""
    if not _DIGITS.fullmatch(bare):
        raise BadOrcid("An ORCID iD has 16 digits, for example 0000-0002-1825-0097.")
    if check_digit(bare[:15]) != bare[15]:
        raise BadOrcid("A digit of this ORCID iD is wrong: its last one, the check digit, does not fit.")
    return "-".join(bare[start : start + 4] for start in range(0, 16, 4))


def check_digit(digits: str) -> str:
    """Return the check digit of ISO 7064 MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
