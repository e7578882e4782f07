"""Openings as the record tells them: when the signer of a verdict opened what it is on, and how long it was
in view by then.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from wiki.domain.decisions import Decision
from wiki.models.events import Event
from wiki.models.lists.prepared import prepared
from wiki.models.remarks import Opening
from wiki.models.verdicts import Verdict, VerdictQuerySet

# The acts that write a verdict on what was opened, and the names of the two facts in their data.
ACTS_OF_VERDICTS: Final = ("sign", "approve", "request_changes", "reject")
OPENED_AT: Final = "opened_at"
SECONDS: Final = "seconds_in_view"


def opening_data(opening: Opening | None) -> dict[str, Any]:
    """Return what the record keeps of an opening."""
    if opening is None:
        return {}
    return {OPENED_AT: opening.opened_at.isoformat(), SECONDS: opening.seconds}


def with_openings(verdicts: VerdictQuerySet) -> VerdictQuerySet:
    """Return verdicts each with what its event `told`."""
    return verdicts.annotate(event_data=models.Subquery(_events().values("data")[:1]))


@prepared
def told_on(verdicts: VerdictQuerySet, revision_id: int) -> VerdictQuerySet:
    """Return the verdicts on a revision, each with what its event told and what it rests on."""
    shown = ("compared_with", "reviewer", "carried_from__revision")
    found = verdicts.filter(revision=revision_id).select_related(*shown).with_registrations()
    return with_openings(found).order_by("decided_at", "pk")


def _events() -> models.QuerySet[Event]:
    """Return the event that wrote a verdict, for a query on verdicts."""
    return Event.objects.filter(
        revision=models.OuterRef("revision"),
        actor=models.OuterRef("reviewer"),
        at=models.OuterRef("decided_at"),
        act__in=ACTS_OF_VERDICTS,
    ).order_by("pk")


def approved_unopened() -> Iterator[tuple[int, int]]:
    """Yield id and page of each approval of which the record does not tell when it was opened."""
    own = Verdict.objects.filter(decision=Decision.APPROVE, reviewer__isnull=False).given()
    found = own.exclude(models.Exists(_events().filter(data__has_key=OPENED_AT))).order_by("pk")
    yield from found.values_list("pk", "revision__page")


def opened_otherwise() -> Iterator[tuple[int, int]]:
    """Yield id and page of each event that tells an opening which is not kept so.

    How long it was in view may have grown since. An account that is removed takes its openings along.
    """
    kept = Opening.objects.filter(
        revision=models.OuterRef("revision"),
        person=models.OuterRef("actor"),
        opened_at=models.OuterRef("opened"),
        seconds__gte=models.OuterRef("seconds"),
    )
    told = Event.objects.filter(data__has_key=OPENED_AT, actor__isnull=False).annotate(
        opened=Cast(KT(f"data__{OPENED_AT}"), models.DateTimeField()),
        seconds=Cast(KT(f"data__{SECONDS}"), models.IntegerField()),
    )
    found = told.exclude(models.Exists(kept)).order_by("pk")
    yield from ((pk, page or 0) for pk, page in found.values_list("pk", "page"))
