"""Changes of what readers see, in an order that whoever follows them can rely on.

Transactions become visible in another order than they began in, so neither a time nor a number of events
tells where one has got to. A change is told once no transaction that began before its own still runs: then
nothing can come before it any more. Where one has got to is the transaction and the number of the event.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db import connection, models
from django.db.models.expressions import RawSQL

from wiki.models.events import Event, EventQuerySet
from wiki.models.lists.conditions import ExistsForEach
from wiki.models.lists.keyset import KeyOrder, number
from wiki.models.queries.event_filters import ABOUT_SOURCES, ACTS, EventLine, visible_to
from wiki.models.sources import NoticeNature
from wiki.models.users import ANYBODY

# After these somebody may have to act otherwise than what they read before said.
RECALLING: Final = ("second", "unapprove")
NOTICED: Final = "source_notice"
NEWEST_RECALL_FIRST: Final = KeyOrder.downward(number("pk"))
_POSITION: Final = re.compile(r"([0-9]{1,4})-([0-9]{1,18})-([0-9]{1,18})", re.ASCII)
PATTERN: Final = f"^({_POSITION.pattern}|latest)?$"

# Whether nothing can come before an event any more. In an epoch before the last all is over. Where the last
# event comes from a transaction that this server has not begun, nothing was written since it was restored.
SETTLED = """(
    wiki_event.epoch < (SELECT max(epoch) FROM wiki_event)
    OR wiki_event.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    OR (
        SELECT transaction FROM wiki_event ORDER BY epoch DESC, transaction DESC, id DESC LIMIT 1
    ) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
)"""
_AFTER: Final = "((wiki_event.epoch, wiki_event.transaction, wiki_event.id) > (%s, %s, %s))"
_IS_TO_COME: Final = """
    SELECT NOT EXISTS (
        SELECT FROM wiki_event WHERE (epoch, transaction, id) >= (%s, %s, %s)
    ) AND (
        %s > coalesce((SELECT max(epoch) FROM wiki_event), 0)
        OR %s >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    )
"""


@dataclass(frozen=True, order=True)
class Position:
    """Where somebody has got to in the changes."""

    epoch: int = 0
    transaction: int = 0
    event: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the position that a text names; raise `ValueError` where it names none."""
        found = _POSITION.fullmatch(text)
        if found is None:
            raise ValueError(text)
        return cls(*map(int, found.groups()))

    @classmethod
    def of_event(cls, event: Event) -> Self:
        """Return the position of an event."""
        return cls(event.epoch, event.transaction, event.pk)

    def __str__(self) -> str:
        """Return it as a text that programs keep and send back."""
        return f"{self.epoch}-{self.transaction}-{self.event}"

    @property
    def is_to_come(self) -> bool:
        """Return whether this database has not got there yet: it was put back to an earlier state."""
        values = [self.epoch, self.transaction, self.event]
        with connection.cursor() as cursor:
            cursor.execute(_IS_TO_COME, [*values, self.epoch, self.transaction])
            return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class ReaderChange:
    """One change of what readers see, as everybody may know of it."""

    event: Event

    @property
    def position(self) -> Position:
        """Return where it stands among all."""
        return Position.of_event(self.event)

    @property
    def line(self) -> EventLine:
        """Return it as a line of the record."""
        return EventLine(self.event, whole=False)

    @property
    def source(self) -> int | None:
        """Return the source that it is about, if it is about one."""
        return int(self.event.data["source"]) if self.event.act in ABOUT_SOURCES else None

    @property
    def is_recall(self) -> bool:
        """Return whether what was told before must not be relied on."""
        return self.event.act in RECALLING or (
            self.event.act == NOTICED and self.event.data.get("nature") == NoticeNature.RETRACTION
        )

    @property
    def reason(self) -> str:
        """Return why, in the words of whoever did it; may be empty."""
        return str(self.event.data.get("reason") or "").strip()

    @property
    def title(self) -> str:
        """Return what happened to what, in a line."""
        number = f", version {self.line.number}" if self.line.number else ""
        about = f"Source {self.source}" if self.source else f"{self.line.title}{number}"
        return f"{self._act}: {about}"

    @property
    def _act(self) -> str:
        act = ACTS[self.event.act]
        if not self.source:
            return act
        if self.is_recall:
            return "Retracted by its journal"
        nature = self.event.data.get("nature")
        return f"{act} ({NoticeNature(nature).label.lower()})" if nature in NoticeNature else act

    def as_json(self, site: str) -> dict[str, Any]:
        """Return it as all who follow the changes get it; `site` is the address that paths begin with."""
        event, line, slug = self.event, self.line, self.line.slug
        page = {"id": event.page_id, "title": line.title, "url": f"{site}/wiki/{slug}/" if slug else ""}
        source = {"id": self.source, "url": f"{site}/sources/{self.source}/"}
        return {
            "position": str(self.position),
            "at": event.at.isoformat(),
            "act": event.act,
            "act_in_words": line.act,
            "page": page if event.page_id else None,
            "version": line.number,
            "source": source if self.source else None,
            "by": event.actor_name,
            "reason": self.reason,
            "is_recall": self.is_recall,
        }


def public_events() -> EventQuerySet:
    """Return the events that changed what readers see, with what a line of them shows."""
    # Asked of each row that is looked at; as a set, it would hold every event that there is.
    seen = models.Q(ExistsForEach(visible_to(ANYBODY).filter(pk=models.OuterRef("pk"))))
    shown = (
        "page__published_page__slug",
        "page__published_page__title",
        "revision__number",
        "revision__title",
    )
    own = (
        "at",
        "act",
        "actor_name",
        "data",
        "epoch",
        "transaction",
        "page_id",
        "revision_id",
        "revision__state",
    )
    found = Event.objects.filter(seen).select_related("page__published_page", "revision")
    return found.only(*own, *shown)


def changes_after(position: Position, limit: int, *, acts: Collection[str] = ()) -> list[ReaderChange]:
    """Return the changes after a position that nothing can precede any more, in order, at most `limit`."""
    found = public_events().filter(RawSQL(SETTLED, [], output_field=models.BooleanField()))  # noqa: S611  ours
    passed = [position.epoch, position.transaction, position.event]
    found = found.filter(RawSQL(_AFTER, passed, output_field=models.BooleanField()))  # noqa: S611  ours
    if acts:
        found = found.filter(act__in=acts)
    return [ReaderChange(one) for one in found.order_by("epoch", "transaction", "pk")[:limit]]


def newest(limit: int) -> list[ReaderChange]:
    """Return the newest changes that nothing can precede any more, newest first."""
    found = public_events().filter(RawSQL(SETTLED, [], output_field=models.BooleanField()))  # noqa: S611  ours
    return [ReaderChange(one) for one in found.order_by("-epoch", "-transaction", "-pk")[:limit]]


def recalls_and_their_ends() -> EventQuerySet:
    """Return the recalls, and what says of one that it holds no longer; newest first."""
    back = models.Q(act=NOTICED, data__nature=NoticeNature.REINSTATED)
    apart = models.Q(act="detach_notice", data__nature=NoticeNature.RETRACTION)
    found = public_events().filter(_recalling() | back | apart | models.Q(act="lift"))
    return found.order_by(*NEWEST_RECALL_FIRST.by)


def _recalling() -> models.Q:
    return models.Q(act__in=RECALLING) | models.Q(act=NOTICED, data__nature=NoticeNature.RETRACTION)


def recalls(*, before: int | None = None) -> EventQuerySet:
    """Return after what somebody may have to act otherwise, newest first; those before an event."""
    found = public_events().filter(_recalling())
    return (found if before is None else found.filter(pk__lt=before)).order_by(*NEWEST_RECALL_FIRST.by)
