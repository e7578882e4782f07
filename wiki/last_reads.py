"""What signed-in people read last: noted after the answer, so that reading a page writes nothing."""

import logging
from collections import deque
from typing import Any

from django.db import DatabaseError

from wiki.models import LastRead, User
from wiki.models.reading.signed_in import ReadBefore

# Person, page and version of what was read and is not written yet.
_read: deque[tuple[int, int, int]] = deque()


def note(person: User, read: ReadBefore) -> None:
    """Remember that somebody reads a page, if that is not known; it is written after the answer."""
    if not read.has_read:
        _read.append((person.pk, read.page_id, read.revision_id))


def is_waiting() -> bool:
    """Return whether something was read that is not written yet."""
    return bool(_read)


def write(**kwargs: Any) -> None:
    """Write what was read. A failing database loses it, and nothing else."""
    while _read:
        try:
            LastRead.objects.note(*_read.popleft())
        except IndexError:
            return  # another thread was quicker
        except DatabaseError:
            logging.getLogger(__name__).warning("lost what somebody read", exc_info=True)
