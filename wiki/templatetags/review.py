"""Formatting of reviews: events, answers, and the consequence of a button."""

from collections.abc import Iterable

from django import template

from wiki.domain.checklist import Answer
from wiki.domain.relations import RELATIONS
from wiki.mail import notices, present
from wiki.models import Event, Statement, User
from wiki.policy.quorum import WHY
from wiki.text.document import Row

register = template.Library()

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
def rules_in_words(rules: Iterable[str]) -> str:
    """Return all rules that a change falls under, in words."""
    return "; ".join(WHY[one] for one in rules if one in WHY)
