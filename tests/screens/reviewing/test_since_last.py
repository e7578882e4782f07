"""Which earlier version a reviewer knows, and how long they had this one before them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import diff_views, review
from wiki.acts.writing import drafts
from wiki.models import Opening, clock
from wiki.screens.reviewing.review import open_review_screen


@remembered
def waiting(published, clinician):
    """Return a change that waits for review."""
    return cast.propose_change(published, clinician)


def answered(waiting, author, summary="Better plain words."):
    waiting.refresh_from_db()
    draft = drafts.resume(waiting, author=author)
    return cast.submit(
        drafts.save(draft, cast.document(**{**vars(draft.document), "summary": summary}), by=author)
    )


def test_a_reviewer_of_the_earlier_version_is_offered_the_changes_since(
    waiting, clinician, moderator, second_moderator
):
    review.request_changes(waiting.pk, by=moderator, reason="Plainer.")

    later = answered(waiting, clinician)

    seen = open_review_screen(later, by=moderator).last_seen
    assert seen is not None
    assert (seen.revision, seen.judged_as) == (waiting, "Changes requested")
    assert open_review_screen(later, by=second_moderator).last_seen is None


def test_a_moderator_who_opened_the_earlier_version_is_offered_the_changes_since(
    waiting, clinician, moderator, second_moderator
):
    diff_views.open_comparison(waiting, by=second_moderator)
    review.request_changes(waiting.pk, by=moderator, reason="Plainer.")

    seen = open_review_screen(answered(waiting, clinician), by=second_moderator).last_seen

    assert seen is not None
    assert (seen.revision, seen.judged_as) == (waiting, "")


def test_a_seen_published_version_is_not_offered_as_last_seen(published, waiting, colleague, moderator):
    cast.approve(waiting, moderator)

    assert (
        open_review_screen(cast.propose_change(published, colleague, summary="Anew."), by=moderator).last_seen
        is None
    )


def test_viewing_time_grows_at_most_by_the_elapsed_time(waiting, moderator, second_moderator):
    assert diff_views.add_time(waiting, by=moderator, seconds=15) == 0
    diff_views.open_comparison(waiting, by=moderator)
    now = Opening.objects.get(revision=waiting, person=moderator)
    long_ago = Opening.objects.create(
        revision=waiting,
        person=second_moderator,
        compared_with=now.compared_with,
        digest=waiting.digest,
        opened_at=clock.now() - dt.timedelta(minutes=5),
    )

    for seconds in (15, 900):
        for person in (moderator, second_moderator):
            assert diff_views.add_time(waiting, by=person, seconds=seconds) == 1

    now.refresh_from_db()
    long_ago.refresh_from_db()
    assert now.seconds < 15
    assert long_ago.seconds == 15 + diff_views.MAX_HEARTBEAT


def test_the_database_refuses_changes_of_an_opening(waiting, moderator):
    diff_views.open_comparison(waiting, by=moderator)
    opened = Opening.objects.get(revision=waiting)

    for changes in ({"digest": "0" * 64}, {"opened_at": clock.now()}):
        with pytest.raises(IntegrityError, match="stays on record"), transaction.atomic():
            Opening.objects.filter(pk=opened.pk).update(**changes)
