"""Webhooks: addresses to which changes are sent, and how far each has got."""

import datetime as dt
from typing import Final, Self

from django.db import models

from wiki.models.queries.changes import Position
from wiki.models.users import User

_PROGRESS: Final = (
    *("epoch", "transaction", "event", "confirmed_at"),
    *("send_at", "tries", "trouble", "stopped_at"),
)


class Wanted(models.TextChoices):
    """Which changes a webhook is sent."""

    ALL = "all", "All changes"
    RECALLS = "recalls", "All recalls, nothing else"
    FOLLOWED = "followed", "Only recalls of what you follow"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Queries on webhooks."""

    def of_person(self, person: User) -> Self:
        """Keep one person's, the oldest first."""
        return self.filter(person=person).order_by("pk")

    def due(self, now: dt.datetime) -> Self:
        """Keep those to be looked after by now, the longest waiting first."""
        return (
            self.filter(stopped_at=None, send_at__lte=now).select_related("person").order_by("send_at", "pk")
        )

    def claim(self, pk: int, now: dt.datetime, until: dt.datetime) -> bool:
        """Take a due one for oneself until a moment; return whether it is ours. Nothing is held meanwhile."""
        return self.filter(pk=pk, stopped_at=None, send_at__lte=now).update(send_at=until) == 1

    def keep(self, hook: "Webhook", until: dt.datetime) -> bool:
        """Store how sending went, if it is still claimed until that moment; return whether it was stored.

        It is not where its person ended it or started it again meanwhile, or another process claimed it.
        """
        still = self.filter(pk=hook.pk, send_at=until)
        return bool(still.update(**{name: getattr(hook, name) for name in _PROGRESS}))


class Webhook(models.Model):
    """An address that a person gave, to which changes are sent in the order of commits."""

    person = models.ForeignKey(User, models.CASCADE, related_name="webhooks")
    address = models.CharField(max_length=500)
    # What signs each message; its receiver knows it too.
    secret = models.CharField(max_length=60)
    wanted = models.CharField(max_length=10, choices=Wanted, default=Wanted.ALL)
    # The change that was taken last.
    epoch = models.PositiveSmallIntegerField(default=0)
    transaction = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    # When it answered that it wants this; before that it gets nothing else.
    confirmed_at = models.DateTimeField(null=True)
    send_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    # When it was given up, until its person starts it again.
    stopped_at = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "address"], name="webhook_is_set_once"),
            models.CheckConstraint(
                condition=models.Q(wanted__in=Wanted.values), name="webhook_wants_what_there_is"
            ),
        ]
        indexes = [
            models.Index(fields=["send_at", "id"], condition=models.Q(stopped_at=None), name="webhook_due")
        ]

    def __str__(self) -> str:
        """Return whose it is."""
        return f"webhook {self.pk} of {self.person}"

    @property
    def position(self) -> Position:
        """Return the position of the change that was taken last."""
        return Position(self.epoch, self.transaction, self.event)

    @position.setter
    def position(self, position: Position) -> None:
        self.epoch, self.transaction, self.event = position.epoch, position.transaction, position.event
