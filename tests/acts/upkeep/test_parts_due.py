"""A page is due when the first of its parts is: a sentence or a statement that names a day."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.reviewing import signed_in
from wiki.acts.upkeep import reminders
from wiki.models import Event, PublishedPage

DAY = dt.date(2027, 3, 1)


def at(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC))


@pytest.fixture
def topic(published, clinician, moderator):
    """Return a page with a sentence to check again."""
    live = PublishedPage.objects.get(page=published).publication.revision.document
    body = f"{live.body.rstrip()}\n\nA trial is to report [check again by {DAY}].\n"
    revision = cast.propose_change(published, clinician, **vars(replace(live, body=body)))
    cast.approve(revision, moderator)
    return published


def overdue_on(day):
    return [one.page_id for one in PublishedPage.objects.overdue(day)]


def test_an_unreviewed_page_is_due_on_the_day_of_its_sentence(topic):
    shown = PublishedPage.objects.get(page=topic)

    assert shown.due_on == DAY
    assert overdue_on(DAY) == []
    assert overdue_on(DAY + dt.timedelta(days=1)) == [topic.pk]
    assert PublishedPage.objects.next_due().first() == shown


def test_a_reviewed_page_is_due_at_the_earlier_of_review_and_sentence(topic, second_moderator):
    cast.review_whole(topic, second_moderator)
    shown = PublishedPage.objects.get(page=topic)
    assert shown.whole_page_review
    whole = shown.whole_page_review.due_on
    assert whole

    assert shown.due_on == min(whole, DAY)
    assert overdue_on(min(whole, DAY) + dt.timedelta(days=1)) == [topic.pk]


def test_readers_see_an_overdue_note_after_the_day(topic, client):
    address = PublishedPage.objects.get(page=topic).get_absolute_url()
    told = "part of this page was to be checked again by 1 March 2027"

    with at(DAY):
        assert told not in client.get(address).content.decode()
    with at(DAY + dt.timedelta(days=1)):
        assert told in client.get(address).content.decode()


def test_moderators_see_the_page_in_the_list_of_overdue_pages(topic, moderator):
    with at(DAY + dt.timedelta(days=2)):
        answer = signed_in(moderator).get(reverse("overdue")).content.decode()

    assert PublishedPage.objects.get(page=topic).title in answer
    assert "1 March 2027" in answer


def test_a_reminder_is_sent_once_for_each_due_day(topic):
    with at(DAY):
        assert [reminders.remind(), reminders.remind()] == [1, 0]

    assert Event.objects.get(act="remind").data["due"] == str(DAY)
