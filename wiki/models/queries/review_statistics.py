"""Statistics of review, counted by the database: waits, and what reviewers did."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, When

from wiki.domain.decisions import Decision
from wiki.domain.lifecycle import State
from wiki.domain.origins import Origin
from wiki.models.events import Event
from wiki.models.lists.prepared import prepared
from wiki.models.publications import Publication
from wiki.models.remarks import Opening
from wiki.models.revisions import Revision, RevisionQuerySet
from wiki.models.users import User
from wiki.models.verdicts import Verdict

# Waits are told of the last verdicts of a time, at most so many.
MOST_VERDICTS = 1000
# How many of an author's last submissions make up their record.
RECORD = 10
JUDGED = (Decision.APPROVE, Decision.REQUEST_CHANGES, Decision.REJECT)
PASSED = (State.APPROVED, State.INCLUDED)
TURNED_DOWN = (State.CHANGES_REQUESTED, State.REJECTED, State.UNAPPROVED)


class Percentile(models.Aggregate):
    """The value below which a given share of all values lies, interpolated."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    arity = 1

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        """Keep the share, a number of ours between 0 and 1."""
        super().__init__(expression, share=float(share), **extra)


@dataclass(frozen=True)
class Waits:
    """The waiting times of submissions of one risk: the median `half`, and the ninth decile `most`."""

    risk: str
    number: int
    half: dt.timedelta | None
    most: dt.timedelta | None
    published: int
    half_published: dt.timedelta | None
    most_published: dt.timedelta | None


def waits_since(moment: dt.datetime) -> list[Waits]:
    """Return the waiting times of the last submissions first decided since `moment`, for each risk.

    What came of a rebase began to wait when the text that it carries was sent in.
    """
    return [Waits(**row) for row in _waits(Revision.objects.get_queryset(), moment)]


@prepared
def _waits(revisions: RevisionQuerySet, moment: dt.datetime) -> "models.QuerySet[Any, Any]":
    rebased = Event.objects.filter(revision=OuterRef("pk"), act="rebase")
    judged = Verdict.objects.filter(revision=OuterRef("pk"), decision__in=JUDGED)
    shown = Publication.objects.filter(revision=OuterRef("pk")).order_by("in_force")
    # However many were ever sent in: only those with a verdict since then can be among them.
    lately = Verdict.objects.filter(decision__in=JUDGED, decided_at__gte=moment).order_by(
        "-decided_at", "-pk"
    )
    rows = (
        revisions.filter(origin=Origin.PERSON, pk__in=lately.values("revision")[:MOST_VERDICTS])
        .annotate(
            sent_at=Case(
                When(Exists(rebased), then=F("second_parent__submitted_at")), default=F("submitted_at")
            ),
            decided_at=Subquery(judged.order_by("decided_at").values("decided_at")[:1]),
            live_at=Subquery(shown.values("in_force__startswith")[:1]),
        )
        .filter(decided_at__gte=moment)
        .annotate(waited=F("decided_at") - F("sent_at"), until_live=F("live_at") - F("sent_at"))
    )
    found = rows.values("risk").annotate(
        number=Count("pk"),
        half=_share("waited", 0.5),
        most=_share("waited", 0.9),
        published=Count("live_at"),
        half_published=_share("until_live", 0.5),
        most_published=_share("until_live", 0.9),
    )
    return found.order_by("risk")


def _share(field: str, share: float) -> Percentile:
    return Percentile(F(field), share, output_field=models.DurationField())


def records_of(author_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return for each author how many of their last submissions were decided, and how many were approved
    unchanged.
    """
    decided = Revision.objects.filter(
        author=OuterRef("pk"), state__in=(*PASSED, *TURNED_DOWN), origin=Origin.PERSON
    )
    # Of each author by themselves, through an index: however much somebody wrote, ten rows are read.
    last = decided.order_by("-submitted_at", "-pk").values("state")[:RECORD]
    rows = User.objects.filter(pk__in=author_ids).values_list("pk", ArraySubquery(last))
    return {author: (len(states), sum(one in PASSED for one in states)) for author, states in rows if states}


@dataclass(frozen=True)
class Handled:
    """What one reviewer decided in a period."""

    reviewer: int | None
    name: str
    approved: int
    returned: int
    rejected: int
    hasty: int
    seconds: float | None
    total: int


def handled_since(moment: dt.datetime, *, hasty: dt.timedelta) -> list[Handled]:
    """Return what each reviewer decided since `moment`, the most active first.

    An approval is hasty when it came within `hasty` of opening what it approves; `seconds` is for how long a
    reviewer had the difference in view, where browsers told.
    """
    opened = Opening.objects.filter(revision=OuterRef("revision"), person=OuterRef("reviewer"))
    judged = Verdict.objects.given().filter(decided_at__gte=moment, decision__in=JUDGED)
    rows = (
        judged.annotate(
            opened_at=Subquery(opened.order_by("opened_at").values("opened_at")[:1]),
            looked=Subquery(opened.order_by("-seconds").values("seconds")[:1]),
        )
        .values("reviewer")
        .annotate(
            name=Max("reviewer_name"),
            approved=_decided(Decision.APPROVE),
            returned=_decided(Decision.REQUEST_CHANGES),
            rejected=_decided(Decision.REJECT),
            hasty=Count("pk", filter=Q(decision=Decision.APPROVE, decided_at__lt=F("opened_at") + hasty)),
            seconds=Percentile(F("looked"), 0.5, filter=Q(looked__gt=0), output_field=models.FloatField()),
            total=Count("pk"),
        )
    )
    return [Handled(**row) for row in rows.order_by("-total", "name")]


def _decided(decision: Decision) -> Count:
    return Count("pk", filter=Q(decision=decision))
