"""Progress of a long command, with the time that it will still take."""

import time
from collections.abc import Callable
from typing import Final

EVERY_SECONDS: Final = 2.0


class ProgressLines:
    """Writes a line every two seconds, and one at the end."""

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count; `write` shows a line."""
        self._write, self._clock = write, clock
        self._last = clock()
        # What is done first takes longer than the rest: the time to go is reckoned from there.
        self._first: tuple[float, int] | None = None

    def show(self, done: int, total: int, what: str = "") -> None:
        """Say that so much of all is done, and what is done now."""
        now = self._clock()
        since, already = self._first = self._first or (now, done)
        if done < total and now - self._last < EVERY_SECONDS:
            return
        self._last = now
        left = ""
        if already < done < total:
            left = f", {_in_words((now - since) / (done - already) * (total - done))} to go"
        self._write(f"{done:,} of {total:,}{left}{f': {what}' if what else ''}")


def _in_words(seconds: float) -> str:
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
