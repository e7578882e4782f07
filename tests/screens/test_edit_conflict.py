"""Where a change meets what was published while it was written."""

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import PublishedPage, Revision
from wiki.screens.edit_conflict import edit_conflict_of


def numbers_since(revision):
    meeting = edit_conflict_of(revision)
    assert meeting is not None
    return [one.revision.number for one in meeting.since]


def test_a_change_of_the_published_version_has_no_conflict(published, clinician):
    assert edit_conflict_of(cast.make_edit(published, clinician, summary="Mine.")) is None


def test_a_conflict_lists_only_versions_published_since(published, clinician, colleague, moderator):
    mine = cast.make_edit(published, clinician, summary="Mine.")
    for name in ("one", "two"):
        cast.approve(cast.submit(cast.make_edit(published, colleague, aliases=(name,))), moderator)

    meeting = edit_conflict_of(mine)

    assert numbers_since(mine) == [2, 3]
    assert meeting is not None
    assert meeting.they == colleague.name
    assert meeting.merge.document.summary == "Mine."
    assert meeting.merge.document.aliases == ("two",)


def test_a_draft_begun_while_unpublished_conflicts_with_later_versions(
    published, clinician, colleague, moderator
):
    live = PublishedPage.objects.get(page=published).publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")
    mine = drafts.edit(published, author=clinician)
    theirs = drafts.edit(published, author=colleague)
    words = {**theirs.document.__dict__, "summary": "Theirs."}
    drafts.save(theirs, cast.document(**words), by=colleague)
    cast.approve(cast.submit(theirs), moderator)

    meeting = edit_conflict_of(Revision.objects.get(pk=mine.pk))

    assert meeting is not None
    assert meeting.base.title == ""
    assert numbers_since(mine) == [2]
