"""A page limited to moderators for a time: who may still write, what is kept, when it ends by itself."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import subscriptions
from wiki.acts.reviewing import review
from wiki.acts.safety.protection import lift_protection, protect
from wiki.acts.writing import drafts
from wiki.models import Event, Notice
from wiki.policy.refusal import Refused


def until(days):
    return timezone.localdate() + dt.timedelta(days=days)


@remembered
def guarded(published, moderator):
    """Return a page that only moderators edit for a week."""
    return protect(published, until=until(7), reason="An edit war.", by=moderator)


SENTENCE = r"Only moderators may edit this page until .*: “An edit war.”"


def test_a_clinician_cannot_begin_a_draft_of_a_protected_page(guarded, clinician, colleague, moderator):
    waiting = cast.propose_change(guarded, moderator)
    live = guarded.publications.get().revision
    acts = (
        lambda: drafts.edit(guarded, author=clinician),
        lambda: drafts.revert(live, author=clinician),
        lambda: drafts.build_on(waiting, author=clinician),
    )

    for act in acts:
        with pytest.raises(Refused):
            act()
    with pytest.raises(Refused, match=SENTENCE):
        acts[0]()


def test_a_returned_change_of_a_protected_page_cannot_be_resumed(published, clinician, moderator):
    sent = cast.propose_change(published, clinician)
    review.reject(sent.pk, by=moderator, reason="No.")
    protect(published, until=until(7), reason="An edit war.", by=moderator)

    with pytest.raises(Refused, match=SENTENCE):
        drafts.resume(sent, author=clinician)


def test_a_draft_begun_before_protection_is_saved_and_sent_in_afterwards(published, clinician, moderator):
    draft = cast.make_edit(published, clinician)
    protect(published, until=until(7), reason="An edit war.", by=moderator)

    saved = drafts.save(draft, cast.document("Hypoparathyroidism", summary="More."), by=clinician)
    assert drafts.edit(published, author=clinician) == draft
    with pytest.raises(Refused, match="A draft that you have begun is kept"):
        cast.submit(saved)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=9)):
        assert cast.submit(saved).number == 2
    assert Notice.objects.filter(recipient=clinician, event__act="protect").exists()


def test_a_moderator_can_edit_a_protected_page(guarded, moderator):
    assert cast.propose_change(guarded, moderator).number == 2


def test_watchers_who_can_write_hear_of_a_protection(published, colleague, moderator):
    subscriptions.watch(published, by=colleague, wanted=True)

    protect(published, until=until(7), reason="An edit war.", by=moderator)

    assert Notice.objects.filter(recipient=colleague, event__act="protect").exists()


def test_a_protection_can_be_lifted_early(guarded, clinician, moderator):
    lift_protection(guarded, reason="They agree.", by=moderator)

    assert drafts.edit(guarded, author=clinician).author == clinician
    assert Event.objects.filter(act="unprotect", page=guarded, data__reason="They agree.").exists()
    with pytest.raises(Refused, match="not limited"):
        lift_protection(guarded, reason="Again.", by=moderator)


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [
        (0, "Why.", "from tomorrow on"),
        (367, "Why.", "at most a year ahead"),
        (7, " ", "Say why"),
        (7, "x" * 401, "Shorten this by 1 character\\."),
    ],
)
def test_an_invalid_protection_is_refused_with_its_reason(days, reason, sentence, published, moderator):
    with pytest.raises(Refused, match=sentence):
        protect(published, until=until(days), reason=reason, by=moderator)


def test_only_moderators_limit_a_page(guarded, clinician):
    with pytest.raises(Refused, match="Only a moderator"):
        protect(guarded, until=until(7), reason="Why.", by=clinician)
    with pytest.raises(Refused, match="Only a moderator"):
        lift_protection(guarded, reason="Why.", by=clinician)
