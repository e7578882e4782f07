"""Drafting, approval, rebase and revert in sequence on one page."""

import pytest

from tests import cast
from wiki.acts.reviewing import review
from wiki.models import Page, PublishedPage, User
from wiki.policy.refusal import Refused


def test_a_change_goes_live_only_when_somebody_else_approves_it(
    published: Page, clinician: User, moderator: User
) -> None:
    draft = cast.make_edit(published, clinician, summary="Too little hormone.")
    revision = cast.submit(draft)
    assert PublishedPage.objects.get(page=published).summary == "What it is, in plain words."

    cast.approve(revision, moderator)

    assert PublishedPage.objects.get(page=published).summary == "Too little hormone."


def test_a_stale_revision_must_be_rebased(
    published: Page, clinician: User, colleague: User, moderator: User
) -> None:
    mine = cast.submit(cast.make_edit(published, clinician, summary="My summary."))
    theirs = cast.submit(
        cast.make_edit(published, colleague, body=cast.document().body + "\n\nA fourth paragraph.")
    )
    cast.approve(theirs, moderator)

    with pytest.raises(Refused, match="moved on"):
        cast.approve(mine, moderator)
    merged = review.rebase(mine.pk, by=moderator)
    cast.approve(merged, moderator)

    mine.refresh_from_db()
    assert mine.state == "included"
    published_page = PublishedPage.objects.get(page=published)
    assert published_page.summary == "My summary."
    assert "fourth" in published_page.plain


def test_taking_back_shows_the_previous_version(published: Page, clinician: User, moderator: User) -> None:
    before = PublishedPage.objects.get(page=published).publication.revision
    publication = cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    review.unapprove(publication.revision_id, by=moderator, reason="The source does not say this.")
    assert PublishedPage.objects.get(page=published).publication.revision == before

    review.unapprove(before.pk, by=moderator, reason="Nor this.")
    assert not PublishedPage.objects.filter(page=published).exists()
