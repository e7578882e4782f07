"""Who may do what to a revision in which state: the whole table, and the database's own copy of it."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import RULES, Act, Actor, State, acts_open_to, is_open_to
from wiki.models import Revision

S = State

# What each actor may do, state by state; what is not named here is open to nobody.
OPEN = {
    (Actor.AUTHOR, S.DRAFT): [Act.SAVE, Act.DISCARD, Act.SUBMIT],
    (Actor.AUTHOR, S.SUBMITTED): [Act.WITHDRAW, Act.REBASE],
    (Actor.AUTHOR, S.CHANGES_REQUESTED): [Act.RESUME],
    (Actor.AUTHOR, S.REJECTED): [Act.RESUME],
    (Actor.AUTHOR, S.WITHDRAWN): [Act.RESUME],
    (Actor.WRITER, S.SUBMITTED): [Act.BUILD_ON],
    (Actor.REVIEWER, S.SUBMITTED): [Act.REBASE, Act.APPROVE, Act.REQUEST_CHANGES, Act.REJECT],
    (Actor.MODERATOR, S.APPROVED): [Act.UNAPPROVE],
    (Actor.WIKI, S.SUBMITTED): [Act.INCLUDE],
}

MOVES = {
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.SUBMITTED, S.APPROVED),
    (S.SUBMITTED, S.CHANGES_REQUESTED),
    (S.SUBMITTED, S.REJECTED),
    (S.SUBMITTED, S.INCLUDED),
    (S.APPROVED, S.UNAPPROVED),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("actor", Actor)
def test_each_actor_has_exactly_these_acts(actor, state):
    assert acts_open_to([actor], state) == OPEN.get((actor, state), [])


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("actor", Actor)
def test_an_act_is_open_or_not_as_the_table_says(actor, state, act):
    assert is_open_to(act, [actor], state) == (act in OPEN.get((actor, state), []))


@pytest.mark.parametrize("state", State)
def test_nothing_is_open_to_nobody(state):
    assert acts_open_to([], state) == []


def test_several_actors_have_the_acts_of_each():
    both = acts_open_to([Actor.AUTHOR, Actor.WRITER], State.SUBMITTED)

    assert both == [Act.WITHDRAW, Act.BUILD_ON, Act.REBASE]


def test_the_rules_allow_exactly_the_listed_changes_of_state():
    moves = {(source, rule.target) for rule in RULES.values() for source in rule.sources if rule.target}

    assert moves == MOVES


def test_exactly_the_listed_acts_need_a_reason():
    owing = {act for act, rule in RULES.items() if rule.owes_reason}

    assert owing == {Act.SUBMIT, Act.REQUEST_CHANGES, Act.REJECT, Act.UNAPPROVE}


@pytest.fixture
def in_state(published, clinician, moderator):
    """Return a function that gives a revision in a state, brought there by people's acts."""

    def bring(state: State) -> Revision:
        if state == State.DRAFT:
            return cast.make_edit(published, clinician, summary="A draft.")
        if state == State.INCLUDED:
            base = cast.submit(cast.make_edit(published, clinician, summary="Beneath."))
            above = drafts.build_on(base, author=clinician)
            drafts.save(above, cast.document("Above"), by=clinician)
            cast.approve(cast.submit(above), moderator)
            return base
        revision = cast.submit(cast.make_edit(published, clinician, summary="Waiting."))
        match state:
            case State.APPROVED:
                cast.approve(revision, moderator)
            case State.UNAPPROVED:
                cast.approve(revision, moderator)
                review.unapprove(revision.pk, by=moderator, reason="Wrong.")
            case State.CHANGES_REQUESTED:
                review.request_changes(revision.pk, by=moderator, reason="More.")
            case State.REJECTED:
                review.reject(revision.pk, by=moderator, reason="No.")
            case State.WITHDRAWN:
                submission.withdraw(revision, by=clinician)
        return revision

    return bring


@pytest.mark.parametrize("before", State)
def test_the_database_allows_the_same_changes_of_state(in_state, before):
    revision = in_state(before)
    assert Revision.objects.get(pk=revision.pk).state == before

    allowed = {after for after in State if after != before and can_become(revision, after)}

    assert {(before, after) for after in allowed} == {move for move in MOVES if move[0] == before}


def can_become(revision, state):
    """Try the change with raw SQL, then undo it; whether the database took it."""
    change = "UPDATE wiki_revision SET state = %s WHERE id = %s"
    if "draft" in (revision.state, state):
        # What the columns' own constraints ask for, so that only the change itself can be the reason.
        number, moment = ("NULL", "NULL") if state == "draft" else ("99", "now()")
        change = (
            f"UPDATE wiki_revision SET number = {number}, submitted_at = {moment}, state = %s WHERE id = %s"
        )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [state, revision.pk])
            raise Took
    except Took:
        return True
    except IntegrityError:
        return False


class Took(Exception):
    """The database took it; the transaction is undone all the same."""


@pytest.mark.django_db
@pytest.mark.parametrize("state", [one for one in State if one not in (State.DRAFT, State.SUBMITTED)])
def test_no_revision_begins_in_a_later_state(published, clinician, state):
    with pytest.raises(IntegrityError, match="begins as a draft"):
        Revision.objects.create(
            page=published,
            author=clinician,
            state=state,
            number=9,
            submitted_at=published.created_at,
            content={},
            digest="",
        )
