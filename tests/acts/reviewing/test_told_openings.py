"""The record tells since when the giver of each verdict had the comparison open, and how long in view."""

import json

import pytest

from tests import cast
from wiki.acts.reviewing import diff_views, review
from wiki.models import Event, Opening
from wiki.screens.reviewing.review import open_review_screen


def _approve(revision, by):
    cast.approve(revision, by)


def _reject(revision, by):
    review.reject(revision.pk, by=by, reason="No.")


def _send_back(revision, by):
    review.request_changes(revision.pk, by=by, reason="Not yet.")


@pytest.mark.parametrize("decide", [_approve, _reject, _send_back])
def test_a_verdict_tells_when_its_giver_opened_the_change(published, clinician, moderator, decide):
    waiting = cast.propose_change(published, clinician)
    diff_views.open_comparison(waiting, by=moderator)
    Opening.objects.filter(revision=waiting).update(seconds=125)

    decide(waiting, moderator)

    opening = Opening.objects.get(revision=waiting)
    event = Event.objects.filter(revision=waiting, actor=moderator).latest("pk")
    assert (event.data["opened_at"], event.data["seconds_in_view"]) == (opening.opened_at.isoformat(), 125)
    waiting.refresh_from_db()
    (verdict,) = open_review_screen(waiting, by=moderator).verdicts
    assert verdict.opening == event.data


def test_a_rejection_by_who_opened_nothing_tells_no_opening(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician)

    _reject(waiting, moderator)

    assert "opened_at" not in Event.objects.filter(revision=waiting, actor=moderator).latest("pk").data


def test_screen_and_files_show_the_opening(published, clinician, moderator, client):
    waiting = cast.propose_change(published, clinician)
    diff_views.open_comparison(waiting, by=moderator)
    Opening.objects.filter(revision=waiting).update(seconds=125)
    cast.approve(waiting, moderator)

    anybody = _lines(client)
    client.force_login(moderator)
    screen = client.get(f"/review/{waiting.pk}/").content.decode()

    assert "2 minutes 5 seconds of it in view" in screen
    assert (anybody[0]["opened_at"] != "", "seconds_in_view" in anybody[0]) == (True, False)
    assert _lines(client)[0]["seconds_in_view"] == 125


def _lines(client):
    sent = b"".join(client.get("/record/record.jsonl", {"act": "approve"}).streaming_content).decode()
    return [json.loads(one) for one in sent.splitlines()]
