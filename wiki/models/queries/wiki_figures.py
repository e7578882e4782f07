"""What the home page says of the whole wiki: pages, statements, sources, and the causes of its chief subject.

A small wiki is counted for each answer. A large one is counted by a regular job, and the answer says when.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.db import models
from django.utils import timezone

from wiki.domain.kinds import KINDS, Kind
from wiki.models.lists.prepared import prepared_row
from wiki.models.published_pages import PublishedPage
from wiki.models.queries.review_figures import ReviewFigures
from wiki.models.queries.subject_map import MapRow, causes_of_the_chief_subject
from wiki.models.sources import Source
from wiki.models.statements import Statement

# A wiki with more pages is counted by the job, once its figures are so old.
SMALL: Final = 2_000
FRESH: Final = dt.timedelta(hours=1)


@dataclass(frozen=True)
class WikiFigures:
    """Figures of the whole wiki; `counted_at` says when they were kept, None that they are of now."""

    # Kinds with how many pages of each are published, the fullest first.
    by_kind: list[tuple[str, int]]
    unreviewed: int
    statements: int
    sources: int
    causes: list[MapRow]
    counted_at: dt.datetime | None = None

    @classmethod
    def now(cls) -> Self:
        """Return the figures that are kept, or else count."""
        kept = KeptFigures.objects.kept()
        return cls._kept(kept.figures, kept.counted_at) if kept else cls.counted()

    @classmethod
    def pages_now(cls) -> int:
        """Return how many pages are published; of a large wiki, how many there were when it was counted."""
        kept = KeptFigures.objects.kept()
        return cls._kept(kept.figures, kept.counted_at).pages if kept else PublishedPage.objects.count()

    @classmethod
    def counted(cls) -> Self:
        """Count the whole wiki."""
        return cls(
            by_kind=[(kind.value, number) for kind, number in PublishedPage.objects.counts_by_kind()],
            unreviewed=PublishedPage.objects.unreviewed().count(),
            statements=Statement.objects.public().count(),
            sources=Source.objects.published().count(),
            causes=causes_of_the_chief_subject(),
        )

    @classmethod
    def _kept(cls, figures: dict[str, Any], counted_at: dt.datetime) -> Self:
        causes = [MapRow(**one) for one in figures["causes"]]
        return cls(**(figures | {"causes": causes}), counted_at=counted_at)

    @property
    def pages(self) -> int:
        """Return how many pages are published."""
        return sum(number for _, number in self.by_kind)

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """Return every kind with how many pages of it are published, the fullest first."""
        return [(KINDS[kind], number) for kind, number in self.by_kind]


class KeptFiguresQuerySet(models.QuerySet["KeptFigures"]):
    """Reads of what is kept."""

    @prepared_row
    def kept(self) -> "models.QuerySet[KeptFigures]":
        """Return the row of figures, if they are kept."""
        return self.order_by("pk")[:1]

    def of_review(self) -> ReviewFigures | None:
        """Return the figures of review that are kept; None where they are counted when asked for."""
        kept = self.kept()
        return ReviewFigures.from_json(kept.reviewing, kept.counted_at) if kept and kept.reviewing else None


class KeptFigures(models.Model):
    """The figures of a large wiki as they were last counted: one row. Derived."""

    figures = models.JSONField()
    # As `ReviewFigures` has them.
    reviewing = models.JSONField(default=dict)
    counted_at = models.DateTimeField(db_default=models.functions.Now())

    objects = KeptFiguresQuerySet.as_manager()

    def __str__(self) -> str:
        """Return when it was counted."""
        return f"counted at {self.counted_at}"


def count_if_due(stuck: Callable[[], Sequence[dt.datetime]] | None = None) -> int:
    """Count a large wiki anew if that is due; return how many pages it has, 0 where nothing was counted.

    `stuck` tells since when submissions wait that wait on nobody; without it nothing is kept of review.
    """
    kept = KeptFigures.objects.first()
    if kept and timezone.now() - kept.counted_at < FRESH:
        return 0
    is_large = PublishedPage.objects.order_by()[: SMALL + 1].count() > SMALL
    figures = WikiFigures.counted() if is_large else None
    if figures:
        told = asdict(figures)
        del told["counted_at"]
        reviewing = ReviewFigures.counted(stuck()).as_json() if stuck else {}
        KeptFigures.objects.create(figures=told, reviewing=reviewing)
    if kept:
        kept.delete()
    return figures.pages if figures else 0
