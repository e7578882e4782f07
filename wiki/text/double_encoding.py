"""Letters that were encoded twice: UTF-8 that somebody read as Windows-1252."""

import re
from typing import Final

# What the second and third byte of a letter in UTF-8 look like in Windows-1252, or in Latin-1.
_SECOND: Final = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + bytes(range(0x80, 0xA0)).decode(
    "latin-1"
)
_TWICE: Final = re.compile(
    rf"[ÃÂ][{_SECOND}]|â[€‚„†ˆ\x80\x82\x84\x86\x88][{_SECOND}]|(?:[ÐÑ][{_SECOND}]){{2}}"
)


def encoded_twice(line: str) -> str:
    """Return the letter of a line that is UTF-8 read as Windows-1252, such as Ã¶ for ö; "" if none is."""
    match = _TWICE.search(line)
    return match[0] if match else ""
