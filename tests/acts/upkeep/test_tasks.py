"""A re-review is opened once, told to those whom it concerns, and settled once."""

import pytest

from tests import cast
from tests.models.raw import refused
from tests.remembered import remembered
from wiki.acts.upkeep import reverification, tasks
from wiki.models import Cause, Event, Notice, Task, User
from wiki.policy.refusal import Refused

FOUND = "The second reader read an older guideline."


@remembered
def task(published):
    """Return a task that a second read brought about."""
    return tasks.open_task(Cause.SECOND_READ, published, ref="second-read:1", reason="It is too strong.")


def test_opening_a_task_again_keeps_the_first(published, task):
    again = tasks.open_task(Cause.SECOND_READ, published, ref="second-read:1", reason="Said again.")

    assert again == task
    assert Task.objects.get().data == {"reason": "It is too strong."}
    assert Event.objects.get(act="open_task").data == {
        "task": task.pk, "cause": "second_read", "about": published.pk,
    }  # fmt: skip


def test_a_closed_task_is_not_reopened_by_the_same_cause(published, moderator, task):
    tasks.close_task(task.pk, by=moderator, outcome=FOUND)

    again = tasks.open_task(Cause.SECOND_READ, published, ref="second-read:1", reason="Said again.")

    assert (again, again.is_closed) == (task, True)
    assert not Task.objects.open().exists()


def test_owner_and_moderators_hear_of_a_task(published, clinician, moderator, second_moderator):
    reverification.change_owner(published, to=clinician, by=moderator)

    tasks.open_task(Cause.LAPSED, published, ref="correction:1")

    told = Notice.objects.filter(event__act="open_task")
    assert {one.recipient for one in told} == {clinician, moderator, second_moderator}


def test_a_moderator_closes_a_task_with_its_outcome(published, moderator, task):
    settled = tasks.close_task(task.pk, by=moderator, outcome=f" {FOUND} ")

    assert (settled.outcome, settled.closed_by, settled.closed_by_name) == (FOUND, moderator, str(moderator))
    assert settled.settled
    assert not Task.objects.open().exists()
    event = Event.objects.get(act="close_task")
    assert (event.page, event.actor, event.data) == (published, moderator, {"task": task.pk, "reason": FOUND})


@pytest.mark.parametrize(
    ("role", "outcome", "sentence"),
    [
        ("clinician", FOUND, "Only a moderator settles this"),
        ("moderator", "  ", "Say in a sentence what you found"),
    ],
)
def test_closing_a_task_needs_a_moderator_and_an_outcome(task, request, role, outcome, sentence):
    with pytest.raises(Refused, match=sentence):
        tasks.close_task(task.pk, by=request.getfixturevalue(role), outcome=outcome)

    assert Task.objects.open().exists()


def test_closing_a_closed_task_names_who_was_first(task, moderator, second_moderator):
    tasks.close_task(task.pk, by=moderator, outcome=FOUND)

    with pytest.raises(Refused, match="Dr Amara Osei was first"):
        tasks.close_task(task.pk, by=second_moderator, outcome="It is right.")


def test_closing_an_unknown_task_is_refused(task, moderator):
    with pytest.raises(Refused, match="There is no such task"):
        tasks.close_task(task.pk + 1, by=moderator, outcome=FOUND)


def test_the_database_allows_only_closing_a_task(task, moderator):
    refused("UPDATE wiki_task SET data = '{}'", by="append-only")
    refused("DELETE FROM wiki_task", by="append-only")
    refused("UPDATE wiki_task SET closed_at = now()", by="closed_task_has_an_outcome")
    tasks.close_task(task.pk, by=moderator, outcome=FOUND)

    for change in (
        "outcome = 'Nothing.'",
        "closed_at = NULL",
        "closed_by_id = NULL, settled = false",
        "closed_by_name = 'Nobody'",
    ):
        refused(f"UPDATE wiki_task SET {change}", by="append-only")
    moderator.delete()
    task.refresh_from_db()
    assert (task.closed_by, task.closed_by_name) == (None, "Dr Amara Osei")


def test_the_database_refuses_another_name_on_a_closed_task(task, moderator, second_moderator):
    tasks.close_task(task.pk, by=moderator, outcome=FOUND)

    refused("UPDATE wiki_task SET closed_by_id = %s", second_moderator.pk, by="append-only")


def test_the_database_requires_the_statement_or_notice_of_a_task(published):
    for cause, by in (("premise", "premise_is_of_a_statement"), ("retraction", "retraction_is_of_a_notice")):
        refused(
            "INSERT INTO wiki_task (cause, page_id, ref, relation, data, opened_at, closed_by_name, outcome,"
            " settled) VALUES (%s, %s, 'x', '', '{}', now(), '', '', false)",
            cause,
            published.pk,
            by=by,
        )


# --- Who looks after a page ---------------------------------------------------------------------------------


def test_a_moderator_can_set_change_and_clear_the_owner(published, clinician, moderator):
    for owner in (moderator, clinician, None):
        assert reverification.change_owner(published, to=owner, by=moderator).owner == owner

    names = Event.objects.filter(act="change_owner").order_by("pk").values_list("person_name", flat=True)
    assert [*names] == ["Dr Amara Osei", "Dr Ines Albrecht", ""]
    assert {one.recipient for one in Notice.objects.filter(event__act="change_owner")} == {clinician}


def test_an_owner_is_set_by_a_moderator_and_must_be_able_to_write(published, clinician, moderator, reader):
    for to, by, sentence in (
        (clinician, clinician, "Only a moderator says"),
        (reader, moderator, "Sam Reader cannot write here"),
        (None, moderator, "Nobody looks after this page already"),
    ):
        with pytest.raises(Refused, match=sentence):
            reverification.change_owner(published, to=to, by=by)
    published.refresh_from_db()
    assert published.owner is None


def test_removing_the_owners_account_leaves_the_page_without_owner(published, moderator, clinician):
    reverification.change_owner(published, to=cast.make_user("other", "clinician"), by=moderator)

    User.objects.get(username="other").delete()

    published.refresh_from_db()
    assert published.owner is None
