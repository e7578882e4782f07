"""Views of a comparison: an approval requires that the reviewer has opened it."""

from typing import Final

from wiki.acts.context import ActContext
from wiki.models import Opening, Revision, User, clock, publications
from wiki.policy.refusal import Refused

# The most seconds that one heartbeat of a browser adds, and that one view can reach in all.
MAX_HEARTBEAT: Final = 20
LONGEST_STAY: Final = 4 * 60 * 60


def open_comparison(revision: Revision, *, by: User) -> Revision | None:
    """Record that `by` opened a comparison; return the live publication that it compares with."""
    live = publications.live_revision(revision.page)
    Opening.objects.open(revision, by, live)
    return live


def is_opened(revision: Revision, *, by: User, compared_with: int | None) -> bool:
    """Return whether `by` has opened exactly this comparison."""
    return Opening.objects.of_comparison(revision, by, compared_with).exists()


def refuse_unopened(act: ActContext) -> None:
    """Raise `Refused` unless the person has opened exactly this comparison."""
    if act.opening is None:
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
