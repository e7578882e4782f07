"""Who looks after a page hears ahead of the day, on it and long after it: once each."""

import datetime as dt

import pytest
import time_machine

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.upkeep import reminders, reverification
from wiki.acts.upkeep.reminders import Stage
from wiki.acts.writing import drafts
from wiki.models import Event, Notice, Origin, PublishedPage, User


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
def test_a_page_is_at_one_stage_on_each_day(days, stage):
    due = dt.date(2026, 5, 3)

    assert reminders.stage_on(due + dt.timedelta(days=days), due) == stage


def test_each_is_given_once_however_often_it_is_asked(published):
    days = (-31, -30, -30, -2, 0, 1, 30, 31, 400)

    assert [run(published, one) for one in days] == [0, 1, 0, 0, 1, 0, 1, 0, 0]
    assert stages() == ["ahead", "due", "late"]


def test_one_that_was_missed_is_not_made_up_for(published):
    assert run(published, 5) == 1
    assert stages() == ["due"]


def test_the_owner_hears_or_else_the_moderators(published, clinician, moderator, second_moderator):
    run(published, -30)
    reverification.change_owner(published, to=clinician, by=moderator)
    run(published, 0)
    User.objects.filter(pk=clinician.pk).update(role="reader")
    run(published, 30)

    heard = [
        {one.recipient.username for one in event.notices.all()}
        for event in Event.objects.filter(act="remind").order_by("pk")
    ]
    both = {"moderator", "second-moderator"}
    assert heard == [both, {"clinician"}, both]
    assert Notice.objects.filter(recipient=clinician, event__act="remind").count() == 1


def test_after_somebody_looked_again_it_begins_anew(published, second_moderator):
    run(published, 0)
    digest = PublishedPage.objects.get(page=published).publication.revision.digest
    reverification.verify_page(
        published, by=second_moderator, digest=digest, checked="Read all of its sources again."
    )

    assert run(published, 0) == 1


def test_starter_content_and_what_is_gone_remind_nobody(published, clinician, moderator, monkeypatch):
    draft = drafts.propose(cast.document(), author=clinician, origin=Origin.STARTER)
    starter = cast.approve(cast.submit(draft), moderator).page
    noon = dt.datetime.combine(due_of(published), dt.time(12), dt.UTC)
    assert run(starter, 0) == 1  # the other page, due on the same day
    review.unapprove(published.published_page.publication.revision_id, by=moderator, reason="Wrong.")

    with time_machine.travel(noon + dt.timedelta(days=60)):
        assert reminders.remind() == 0
        assert reminders._remind(published.pk, noon.date()) is False
    assert stages() == ["due"]
