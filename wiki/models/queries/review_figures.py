"""Figures of review: waits, what reviewers did, what waits on nobody; of a large wiki as they were kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.utils import timezone

from wiki.models import clock
from wiki.models.queries.review_statistics import Handled, Waits, handled_since, waits_since

# The period that the statistics cover.
WINDOW: Final = dt.timedelta(days=90)
# An approval sooner than this after opening the comparison counts as hasty.
HASTY: Final = dt.timedelta(minutes=1)
_DURATIONS: Final = ("half", "most", "half_published", "most_published")


@dataclass(frozen=True)
class ReviewFigures:
    """Figures of review, with when they were counted."""

    waits: Sequence[Waits]
    handled: Sequence[Handled]
    # How many submissions wait on a signature that nobody can give, and since when the oldest of them does.
    stuck: int
    stuck_since: dt.datetime | None
    counted_at: dt.datetime

    @classmethod
    def counted(cls, stuck: Sequence[dt.datetime]) -> Self:
        """Count all of them; `stuck` is since when each submission waits that waits on nobody."""
        since = clock.now() - WINDOW
        handled = handled_since(since, hasty=HASTY)
        return cls(waits_since(since), handled, len(stuck), min(stuck, default=None), timezone.now())

    def as_json(self) -> dict[str, Any]:
        """Return the figures as they are kept."""
        return {
            "waits": [_in_seconds(asdict(one)) for one in self.waits],
            "handled": [asdict(one) for one in self.handled],
            "stuck": self.stuck,
            "stuck_since": self.stuck_since.isoformat() if self.stuck_since else None,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any], counted_at: dt.datetime) -> Self:
        """Return figures that were kept."""
        since = kept["stuck_since"]
        return cls(
            waits=[Waits(**_as_durations(one)) for one in kept["waits"]],
            handled=[Handled(**one) for one in kept["handled"]],
            stuck=kept["stuck"],
            stuck_since=dt.datetime.fromisoformat(since) if since else None,
            counted_at=counted_at,
        )


def _in_seconds(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: row[name].total_seconds() if row[name] is not None else None for name in _DURATIONS}
    return row | found


def _as_durations(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: None if row[name] is None else dt.timedelta(seconds=row[name]) for name in _DURATIONS}
    return row | found
