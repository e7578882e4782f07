"""The log of events: every act writes one line."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wiki.audit.chain import bind, bind_many
from wiki.domain.professions import Impact
from wiki.models import Event, Page, Revision, User, clock
from wiki.models.events import FOR_SAFETY
from wiki.models.queries.event_filters import ACTS
from wiki.models.reading import replicas


def write(
    act: str,
    *,
    by: User | None,
    page: Page | None = None,
    revision: Revision | None = None,
    person: User | None = None,
    at: dt.datetime | None = None,
    **data: Any,
) -> Event:
    """Append one event to the log and return it. Raise `KeyError` for an act that has no name there.

    An act on which somebody's safety rests is done only when no replica shows readers what was before.
    """
    event = unsaved(act, by=by, page=page, revision=revision, person=person, at=at, **data)
    event.save(force_insert=True)
    bind("event", event, page_id=event.page_id)
    return event


def write_many(events: Sequence[Event]) -> None:
    """Append events that `unsaved` made, in their order."""
    Event.objects.bulk_create(events)
    bind_many([("event", one, one.page_id) for one in events])


def unsaved(
    act: str,
    *,
    by: User | None,
    page: Page | None = None,
    revision: Revision | None = None,
    person: User | None = None,
    at: dt.datetime | None = None,
    **data: Any,
) -> Event:
    """Return an event that `write_many` is to append."""
    if act not in ACTS:
        raise KeyError(act)
    if act in FOR_SAFETY or (act == "approve" and data.get("impact") == Impact.SAFETY):
        replicas.show_everywhere()
    event = Event(
        at=at or clock.now(),
        actor=by,
        actor_name=str(by) if by else "Causeway",
        act=act,
        page=page or (revision.page if revision else None),
        revision=revision,
        person=person,
        person_name=str(person) if person else "",
        data=data,
    )
    event.notified = set()
    return event
