"""Formatting of reviews: events, answers, and the consequence of a button."""

import datetime as dt
from collections.abc import Iterable, Mapping
from textwrap import shorten
from typing import Any, Final

from django import template
from django.utils.dateparse import parse_datetime

from wiki.domain.checklist import Answer
from wiki.domain.relations import RELATIONS
from wiki.mail import notices, present
from wiki.models import Event, Statement, User
from wiki.models.queries.verdict_openings import OPENED_AT, SECONDS
from wiki.policy.quorum import WHY
from wiki.text.document import Row

register = template.Library()

# How many lines a text has at most that stands above the first change.
MOST_LINES: Final = 3

register.filter("sentence", notices.sentence_of)
register.filter("reason", notices.reason_of)
register.filter("meaning", notices.meaning_of)
register.filter("because", notices.because)


@register.filter
def leads_to(event: Event, person: User) -> str:
    """Return the path where a person reads on about an event."""
    return notices.address_of(event, person)


@register.filter
def since(event: Event) -> str:
    """Return what became since of what an event tells, in a sentence; "" while that is still so."""
    return present.since(event)


@register.filter
def relation_label(statement: Row | Statement) -> str:
    """Return the relation of a statement, in words."""
    relation = RELATIONS.get(statement.relation)
    return relation.label if relation else statement.relation


@register.filter
def answer_label(answer: str) -> str:
    """Return an answer of the checklist in words."""
    return Answer(answer).label if answer in Answer.values else answer


@register.filter
def opened_at(told: Mapping[str, Any]) -> dt.datetime | None:
    """Return when the signer of a verdict opened what it is on, as its event tells."""
    return parse_datetime(str(told.get(OPENED_AT, "")))


@register.filter
def time_in_view(told: Mapping[str, Any]) -> str:
    """Return how long that was in view before the verdict, in words; "" if no browser told it."""
    minutes, seconds = divmod(int(told.get(SECONDS, 0)), 60)
    parts = ((minutes, "minute"), (seconds, "second"))
    return " ".join(f"{number} {unit}{'s' * (number != 1)}" for number, unit in parts if number)


@register.filter
def rules_in_words(rules: Iterable[str]) -> str:
    """Return all rules that a change falls under, in words."""
    return "; ".join(WHY[one] for one in rules if one in WHY)


@register.filter
def opening(text: str, longest: int) -> str:
    """Return how a long text begins, so that it leaves room for the first change; "" if all of it does."""
    lines = text.strip().splitlines()
    if len(lines) <= MOST_LINES and len(text) <= longest:
        return ""
    begun = shorten(" ".join(lines[:MOST_LINES]), longest, placeholder="")
    return f"{begun or lines[0][:longest]} …"
