"""The lines of a body, numbered as the parser does."""

import re
from typing import Final

_LINE_END: Final = re.compile(r"\r\n?|\n")


class Lines:
    """The start of each line of a body."""

    def __init__(self, body: str) -> None:
        """Find every line's beginning."""
        self.body = body
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(body))]

    def start(self, line: int) -> int:
        """Return the index of the first character of a line."""
        return self.starts[line] if line < len(self.starts) else len(self.body)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the range of characters of the lines from `first` up to `end`, without the last line end."""
        start, stop = self.start(first), self.start(max(end, first + 1))
        return start, start + len(self.body[start:stop].rstrip("\r\n"))
