"""Numbered edge cases of a reviewer who amends a submission."""

import pytest

from tests import cast
from wiki.acts.writing import submission
from wiki.models import (
    Event,
    PublishedPage,
)
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.queue_rows import waiting_for


def test_edge_31_a_moderator_amends_another_approves_and_the_first_author_keeps_credit(
    published, clinician, moderator, second_moderator
):
    first = cast.propose_change(published, clinician, summary="A small slpi.")

    amended = cast.build(first, moderator, summary="A small slip.")

    waiting = {one.revision: one for one in waiting_for(second_moderator)}
    assert set(waiting) == {first, amended}
    assert (waiting[amended].is_amendment, waiting[first].is_amendment) == (True, False)
    assert waiting[amended].builds_on == first
    with pytest.raises(Refused, match="You are among the authors"):
        cast.approve(amended, moderator)

    cast.approve(amended, second_moderator)

    published_page = PublishedPage.objects.get(page=published)
    assert published_page.summary == "A small slip."
    assert [one["username"] for one in published_page.authors] == ["clinician", "moderator"]
    approved = Event.objects.get(act="approve", revision=amended)
    assert {one.recipient for one in approved.notices.all()} == {clinician, moderator}


def test_edge_31_an_amendment_of_a_rejected_or_withdrawn_change_must_be_rebased(
    published, clinician, moderator, second_moderator
):
    first = cast.propose_change(published, clinician, summary="A small slpi.")
    amended = cast.build(first, moderator, summary="A small slip.")

    submission.withdraw(first, by=clinician)

    with pytest.raises(Refused, match="must be rebased"):
        cast.approve(amended, second_moderator)
