"""What signed-in people read last: noted after the answer, so that reading a page writes nothing."""

import logging
from collections import deque
from typing import Any

from django.db import DatabaseError

from wiki.models import LastRead, PublishedPage, Visitor

# Person, page and version of what was read and is not written yet.
_read: deque[tuple[int, int, int]] = deque()


def note(person: Visitor, page: PublishedPage) -> None:
    """Remember that somebody reads a page, if that is not known; it is written after the answer."""
    if person.is_authenticated and not getattr(page, "has_read", True):
        _read.append((person.pk, page.page_id, page.publication.revision_id))


def write(**kwargs: Any) -> None:
    """Write what was read. A failing database loses it, and nothing else."""
    while _read:
        try:
            LastRead.objects.note(*_read.popleft())
        except IndexError:
            return  # another thread was quicker
        except DatabaseError:
            logging.getLogger(__name__).warning("lost what somebody read", exc_info=True)
