"""Views of a difference: the record that a reviewer had it open before they sign it."""

from typing import Final

from wiki.models import Opening, Revision, User, clock, publications
from wiki.policy.refusal import Refused

# Seconds that one message of a browser can add, and that one opening can come to.
MAX_HEARTBEAT: Final = 20
LONGEST_STAY: Final = 4 * 60 * 60


def open_comparison(revision: Revision, *, by: User) -> Revision | None:
    """Record that `by` has a comparison before them; return what readers see, with which it is made."""
    live = publications.live_revision(revision.page)
    Opening.objects.open(revision, by, live)
    return live


def is_opened(revision: Revision, *, by: User, compared_with: int | None) -> bool:
    """Return whether `by` has had this very comparison open."""
    return Opening.objects.of_comparison(revision, by, compared_with).exists()


def refuse_unopened(revision: Revision, *, by: User, compared_with: int | None) -> None:
    """Refuse who has not had this very comparison open."""
    if not is_opened(revision, by=by, compared_with=compared_with):
        raise Refused("You have not opened what this changes. Look at it, then approve.")


def add_time(revision: Revision, *, by: User, seconds: int) -> int:
    """Add to how long `by` has had the comparison of now in view; return how many openings that concerns.

    A browser tells it, so it is bounded: a few seconds at a time, never more than have passed since.
    """
    live = publications.live_revision(revision.page)
    seen = Opening.objects.of_comparison(revision, by, live.pk if live else None)
    opened = seen.first()
    if opened is None:
        return 0
    passed = int((clock.now() - opened.opened_at).total_seconds())
    most = max(opened.seconds, min(LONGEST_STAY, passed))
    return seen.add_seconds(min(seconds, MAX_HEARTBEAT), most=most)
