"""The lifecycle of a revision as a table, read by the guards of acts and by the buttons."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a revision."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    APPROVED = "approved", "Approved"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    INCLUDED = "included", "Included in a later version"
    UNAPPROVED = "unapproved", "Approval reverted"


class Actor(StrEnum):
    """A person's role towards a revision. One person can have several."""

    AUTHOR = "author"  # wrote this revision, and may still write
    WRITER = "writer"  # may write pages
    REVIEWER = "reviewer"  # may review, and is not among the authors since the live revision
    MODERATOR = "moderator"  # may review, whoever wrote it
    WIKI = "wiki"  # the consequence of another act


class Act(StrEnum):
    """An act on a revision."""

    SAVE = "save"
    DISCARD = "discard"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    BUILD_ON = "build_on"
    REBASE = "rebase"
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    INCLUDE = "include"
    RESUME = "resume"
    UNAPPROVE = "unapprove"


@dataclass(frozen=True)
class LifecycleRule:
    """Who may do an act in which states, the state after it, and whether a reason is required."""

    sources: frozenset[State]
    target: State | None
    actors: frozenset[Actor]
    owes_reason: bool = False


def _rule(
    sources: Collection[State], target: State | None, *actors: Actor, owes_reason: bool = False
) -> LifecycleRule:
    return LifecycleRule(frozenset(sources), target, frozenset(actors), owes_reason)


_S = State
_ENDED_UNPUBLISHED = (_S.CHANGES_REQUESTED, _S.REJECTED, _S.WITHDRAWN)

# With a target of None the state stays the same, or the revision is deleted.
RULES: Final[dict[Act, LifecycleRule]] = {
    Act.SAVE: _rule([_S.DRAFT], None, Actor.AUTHOR),
    Act.DISCARD: _rule([_S.DRAFT], None, Actor.AUTHOR),
    Act.SUBMIT: _rule([_S.DRAFT], _S.SUBMITTED, Actor.AUTHOR, owes_reason=True),
    Act.WITHDRAW: _rule([_S.SUBMITTED], _S.WITHDRAWN, Actor.AUTHOR),
    Act.BUILD_ON: _rule([_S.SUBMITTED], None, Actor.WRITER),
    Act.REBASE: _rule([_S.SUBMITTED], None, Actor.AUTHOR, Actor.REVIEWER),
    Act.APPROVE: _rule([_S.SUBMITTED], _S.APPROVED, Actor.REVIEWER),
    Act.REQUEST_CHANGES: _rule([_S.SUBMITTED], _S.CHANGES_REQUESTED, Actor.REVIEWER, owes_reason=True),
    Act.REJECT: _rule([_S.SUBMITTED], _S.REJECTED, Actor.REVIEWER, owes_reason=True),
    Act.INCLUDE: _rule([_S.SUBMITTED], _S.INCLUDED, Actor.WIKI),
    Act.RESUME: _rule(_ENDED_UNPUBLISHED, None, Actor.AUTHOR),
    Act.UNAPPROVE: _rule([_S.APPROVED], _S.UNAPPROVED, Actor.MODERATOR, owes_reason=True),
}


def is_open_to(act: Act, actors: Collection[Actor], state: str) -> bool:
    """Return whether a person with the roles `actors` may do `act` to a revision in `state`."""
    rule = RULES[act]
    return state in rule.sources and not rule.actors.isdisjoint(actors)


def acts_open_to(actors: Collection[Actor], state: str) -> list[Act]:
    """Return what a person with the roles `actors` may do in `state`, in the order of the rules."""
    return [act for act in RULES if is_open_to(act, actors, state)]
