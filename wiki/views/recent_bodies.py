"""Bodies that this process sent last, so that the database says that one is still good and does not send it.

What is good is never asked here: a body is sent only if its ETag is the one that the database has now.
"""

from threading import Lock
from typing import Final, NamedTuple

MOST_BYTES: Final = 8_000_000


class Body(NamedTuple):
    """What was sent: the ETag of the answer, how it is packed ("br", "gzip" or not at all), the bytes."""

    etag: str
    coding: str
    content: bytes


class RecentBodies:
    """The last bodies, by what was asked for and how it was packed. All go when they are too many."""

    def __init__(self) -> None:
        """Nothing was sent yet."""
        self._bodies: dict[tuple[str, str], Body] = {}
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: str, coding: str) -> Body | None:
        """Return what was sent last, if it is remembered."""
        return self._bodies.get((key, coding))

    def keep(self, key: str, body: Body) -> None:
        """Remember what is being sent."""
        with self._lock:
            if self._bytes + len(body.content) > MOST_BYTES:
                self._bodies.clear()
                self._bytes = 0
            if gone := self._bodies.get((key, body.coding)):
                self._bytes -= len(gone.content)
            self._bodies[key, body.coding] = body
            self._bytes += len(body.content)
