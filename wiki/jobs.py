"""The regular jobs of `manage.py run_jobs`.

Nothing here is needed for the wiki to be right: what lapses is computed when it is read. Each job may run
as often as one likes, on several machines at once.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zlib import crc32

from django.db import connection

from wiki import edges
from wiki.acts import unmet
from wiki.acts.people import recall_watches
from wiki.acts.safety import corrections
from wiki.acts.upkeep import reminders, retractions
from wiki.audit import chain
from wiki.mail import digests, outbox, webhooks
from wiki.models import FailedSearch, StoredAnswer
from wiki.models.queries import wiki_figures
from wiki.models.search import ranking, suggestions
from wiki.published import neighbours

# Name and function; it returns how many things it did. Letters come last because other jobs write letters.
REGISTER: list[tuple[str, Callable[[], int]]] = [
    ("reminders", reminders.remind),
    ("retractions", retractions.catch_up),
    ("unmet", unmet.catch_up),
    ("corrections", corrections.update_tasks_of_lapsed),
    ("links", neighbours.update_waiting),
    ("anchors", chain.anchor_today),
    ("figures of the wiki", lambda: wiki_figures.count_if_due(_stuck_since)),
    ("words counted for search", ranking.count_words_if_due),
    ("names chosen for suggestions", suggestions.choose_names),
    ("searches forgotten", FailedSearch.objects.forget),
    ("purges", edges.send_purges),
    ("stored answers", StoredAnswer.objects.make_room),
    ("digests", digests.write_due),
    ("recalls", recall_watches.tell),
    ("letters", outbox.send_due),
    ("webhooks", webhooks.deliver_due),
]
# An arbitrary fixed number: together with the job's number it is unique among the advisory locks here.
_LOCKS = 0xCA06


def _stuck_since() -> list[dt.datetime]:
    """Return since when each submission waits that waits on a signature which nobody can give."""
    return [one.revision.submitted_at for one in unmet.unmet() if one.revision.submitted_at]


def run_jobs() -> Iterator[tuple[str, int | None]]:
    """Run each job that no other process is running; yield its name and its count, None if it failed."""
    for name, job in REGISTER:
        with _alone(name) as is_alone:
            if not is_alone:
                continue
            try:
                yield name, job()
            except Exception:
                logging.getLogger(__name__).exception("job failed: %s", name)
                yield name, None


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Return whether this process holds the lock of the job.

    The lock is held by the transaction of a connection of its own: the job commits as it goes, and a process
    that is killed lets go of it.
    """
    keeper = connection.copy()
    try:
        keeper.set_autocommit(False)
        with keeper.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, _signed(crc32(name.encode()))]
            )
            yield bool(cursor.fetchone()[0])
    finally:
        keeper.close()


def _signed(number: int) -> int:
    """Return a 32-bit number as PostgreSQL's signed integer."""
    return number - (1 << 32) if number >= 1 << 31 else number
