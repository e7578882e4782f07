"""Permissions: whether a person may do an act on a revision, by the lifecycle table."""

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from wiki.domain import lifecycle
from wiki.domain.lifecycle import Act, State
from wiki.models import Family, Revision, User, actors_of
from wiki.policy import reasons
from wiki.policy.refusal import Refused
from wiki.text.days import moment_in_words

# What counts as a second step; codes for recovery alone do not.
SECOND_FACTORS: Final = (str(Authenticator.Type.TOTP), str(Authenticator.Type.WEBAUTHN))
DECIDED_TOGETHER: Final = (
    "This is one half of a merge of two pages. "
    "Both are decided together, with the page that takes its text over."
)


def reload(person: User) -> User:
    """Return the person freshly loaded: their rights may have changed since the page was opened."""
    if (found := User.objects.get_queryset().with_id(person.pk)) is None:
        raise Refused("This account is no longer there.")
    return found


def held(person: User) -> User:
    """Return the person freshly loaded, their row held until the transaction ends."""
    if (found := User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()) is None:
        raise Refused("This account is no longer there.")
    return found


def lacks_second_factor(person: User, *, has_one: bool | None = None) -> bool:
    """Return whether this person's role asks for a second step at sign-in that the account has not got.

    `has_one` says whether it has one, where that is known; else the database is asked if it matters.
    """
    if not (settings.MFA_REQUIRED and (person.can_inspect or person.can_administer)):
        return False
    return not (is_mfa_enabled(person, SECOND_FACTORS) if has_one is None else has_one)


def refuse_suspended(person: User) -> None:
    """Raise `Refused` for a suspended person."""
    if sentence := reload(person).suspension:
        raise Refused(sentence)


def require_moderator(by: User, does: str) -> User:
    """Return the person freshly loaded; refuse people who may not review, and say what moderators do."""
    person = reload(by)
    if not person.can_review:
        raise Refused(only_a_moderator(does))
    return person


def only_a_moderator(does: str) -> str:
    """Return the refusal for a person whose page offered an act that they may not do, or no longer."""
    return f"Only a moderator {does}. Your right to do so is not there any more."


def authorize(act: Act, revision: Revision, *, by: User, reason: str | None = None) -> Family:
    """Return the open branch of a revision if the rules allow `act`; else raise `Refused` with the reason.

    The revision was read under its page's lock, and its author with it; they are not read a second time.
    """
    family = Family.of_branch(revision)
    person = revision.author if revision.author_id == by.pk and revision.author else reload(by)
    check(act, revision, person=person, family=family, reason=reason)
    return family


def check(act: Act, revision: Revision, *, person: User, family: Family, reason: str | None = None) -> None:
    """Raise `Refused` unless the rules allow `act` to a person who was just loaded."""
    if revision.retired_with_id is not None:
        raise Refused(DECIDED_TOGETHER)
    actors = actors_of(person, revision, family)
    rule = lifecycle.RULES[act]
    if revision.state not in rule.sources:
        raise Refused(_too_late(revision))
    if rule.actors.isdisjoint(actors):
        raise Refused(_not_yours(act, person, revision, family))
    if rule.owes_reason and reason is not None:
        reasons.required_reason(reason, who_reads=reasons.HISTORY)


def _too_late(revision: Revision) -> str:
    verdict = revision.verdicts.order_by("-decided_at", "-pk").first()
    label = State(revision.state).label.lower()
    if verdict is None:
        return f"This version is not open to that any more: it is {label}."
    return (
        f"{verdict.reviewer_name} was first: {verdict.decision_label.lower()} on "
        f"{moment_in_words(verdict.decided_at)}. Nothing was changed by you."
    )


def _not_yours(act: Act, by: User, revision: Revision, family: Family) -> str:
    if by.suspension:
        return by.suspension
    if act in (Act.APPROVE, Act.REQUEST_CHANGES, Act.REJECT):
        if by.pk in {one.author_id for one in family.carried(revision)}:
            return "You are among the authors of this change, so somebody else has to review it."
        return only_a_moderator("may review")
    if act is Act.UNAPPROVE:
        return "Only a moderator may revert an approval."
    if act is Act.BUILD_ON or by.pk == revision.author_id:
        return "Only clinicians and moderators may write. An administrator can grant the role."
    if act is Act.REBASE:
        return "Only its author, or a moderator who is not among the authors, may do that."
    return "Only its author may do that."
