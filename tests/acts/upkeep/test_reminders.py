"""Who looks after a page hears ahead of the day, on it and long after it: once each."""

import datetime as dt

import pytest
import time_machine

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.upkeep import reminders, reverification
from wiki.acts.upkeep.reminders import Stage
from wiki.models import Event, Notice, PublishedPage, User


@pytest.fixture
def reviewed(published, second_moderator):
    """Return a page of which somebody has reviewed the whole."""
    cast.review_whole(published, second_moderator)
    return published


def due_of(page):
    return PublishedPage.objects.get(page=page).due_on


def run(page, days):
    """Return how many reminders come so many days after a page is due."""
    noon = dt.datetime.combine(due_of(page) + dt.timedelta(days=days), dt.time(12), dt.UTC)
    with time_machine.travel(noon):
        return reminders.remind()


def stages():
    return [one.data["stage"] for one in Event.objects.filter(act="remind").order_by("pk")]


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-31, None), (-30, Stage.AHEAD), (-1, Stage.AHEAD), (0, Stage.DUE), (29, Stage.DUE), (30, Stage.LATE)],
)
def test_each_day_before_or_after_the_due_day_has_its_stage(days, stage):
    due = dt.date(2026, 5, 3)

    assert reminders.stage_on(due + dt.timedelta(days=days), due) == stage


def test_each_reminder_is_sent_once_over_repeated_runs(reviewed):
    days = (-31, -30, -30, -2, 0, 1, 30, 31, 400)

    assert [run(reviewed, one) for one in days] == [0, 1, 0, 0, 1, 0, 1, 0, 0]
    assert stages() == ["ahead", "due", "late"]


def test_a_missed_reminder_is_not_sent_later(reviewed):
    assert run(reviewed, 5) == 1
    assert stages() == ["due"]


def test_reminders_go_to_the_owner_or_else_to_moderators(reviewed, clinician, moderator, second_moderator):
    run(reviewed, -30)
    reverification.change_owner(reviewed, to=clinician, by=moderator)
    run(reviewed, 0)
    User.objects.filter(pk=clinician.pk).update(role="reader")
    run(reviewed, 30)

    heard = [
        {one.recipient.username for one in event.notices.all()}
        for event in Event.objects.filter(act="remind").order_by("pk")
    ]
    both = {"moderator", "second-moderator"}
    assert heard == [both, {"clinician"}, both]
    assert Notice.objects.filter(recipient=clinician, event__act="remind").count() == 1


def test_reminders_restart_after_a_new_whole_page_review(reviewed, moderator):
    run(reviewed, 0)
    cast.review_whole(reviewed, moderator)

    assert run(reviewed, 0) == 1


def test_approving_a_change_does_not_stop_reminders(reviewed, clinician, moderator):
    before = due_of(reviewed)

    cast.approve(cast.propose_change(reviewed, clinician), moderator)

    assert due_of(reviewed) == before
    assert run(reviewed, 0) == 1


def test_unreviewed_and_unpublished_pages_send_no_reminders(reviewed, moderator):
    cast.load_page()
    noon = dt.datetime.combine(due_of(reviewed), dt.time(12), dt.UTC)
    assert run(reviewed, 0) == 1
    review.unapprove(reviewed.published_page.publication.revision_id, by=moderator, reason="Wrong.")

    with time_machine.travel(noon + dt.timedelta(days=60)):
        assert reminders.remind() == 0
        assert reminders._remind(reviewed.pk, noon.date()) is False
    assert stages() == ["due"]
