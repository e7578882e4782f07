"""What became of the versions that readers have seen: in the history, on a day, and on a print."""

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.safety import suppression
from wiki.acts.writing import drafts
from wiki.models import Publication
from wiki.screens.history import outcome_of, versions_of


def versions(page):
    """Return the lines of a page's history, newest first."""
    return versions_of(page, list(Publication.objects.of_page(page)))


def line(version):
    """Return how a line of the history is marked."""
    return version.label, version.state


def test_the_newest_version_is_live_and_the_one_before_replaced(published, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    newest, first = versions(published)

    assert (line(newest), newest.is_live) == (("Live", "live"), True)
    assert (line(first), first.is_live) == (("Replaced", "approved"), False)


def test_a_reverted_version_names_the_moderator_and_shows_no_meaning(published, moderator, second_moderator):
    review.unapprove(published.published_page.publication.revision_id, by=second_moderator, reason="Wrong.")

    (only,) = versions(published)

    assert line(only) == ("Approval reverted", "unapproved")
    assert [(one.reviewer_name, one.reason) for one in only.takings_back] == [("Dr Lena Fischer", "Wrong.")]
    assert not only.says_what_it_means


def test_a_published_version_has_no_reverts(published):
    (only,) = versions(published)

    assert only.takings_back == []


def test_a_retired_page_is_not_called_live(published, clinician, moderator):
    retirement = cast.document("Hypoparathyroidism").retirement
    assert retirement is None
    published.retired = "Nobody calls it so any more."

    newest = versions(published)[0]

    assert line(newest) == ("Retired", "unapproved")


def test_a_suppressed_version_shows_no_meaning(published, clinician, moderator):
    first = published.published_page.publication.revision_id
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    suppression.suppress(first, by=moderator, reason="A patient’s name.")

    newest, hidden = versions(published)

    assert (newest.is_suppressed, hidden.is_suppressed) == (False, True)
    assert newest.says_what_it_means
    assert not hidden.says_what_it_means


def test_the_approver_is_named_with_a_link(published):
    (only,) = versions(published)

    assert [(one.name, one.profession, one.address) for one in only.approved.by] == [
        ("Dr Amara Osei", "neuroradiologist", "/people/moderator/")
    ]


def test_all_authors_of_a_version_are_named(published, clinician, colleague, moderator):
    below = cast.submit(cast.make_edit(published, clinician, summary="From the first."))
    above = drafts.build_on(below, author=colleague)
    above = drafts.save(above, cast.document("Hypoparathyroidism", summary="From both."), by=colleague)
    cast.approve(cast.submit(above), moderator)

    newest = versions(published)[0]

    assert [(one.name, one.address) for one in newest.writers] == [
        ("Dr Ines Albrecht", "/people/clinician/"),
        ("Dr Tomás Rey", "/people/colleague/"),
    ]


# --- What became of a version ------------------------------------------------------------------------------


def fate(revision):
    """Return what became of a version of a page."""
    revision.refresh_from_db()
    return outcome_of(revision, list(Publication.objects.telling_of(revision)))


def test_the_fate_of_a_published_version_says_so(published):
    found = fate(published.published_page.publication.revision)

    assert found.sentence.startswith(
        "published now. Not yet reviewed as a whole. This change was approved by Dr"
    )
    assert (found.standing, found.now) == ("unreviewed", False)


def test_the_fate_names_the_whole_page_reviewer_and_version(published, clinician, moderator):
    cast.review_whole(published, moderator)
    first = published.published_page.publication.revision
    later = cast.approve(cast.propose_change(published, clinician), moderator).revision

    assert fate(first).sentence.count("Whole page reviewed by Dr Amara Osei") == 1
    assert fate(later).sentence.startswith("published now. Whole page reviewed by Dr Amara Osei")
    assert ", in version 1. This change was approved by Dr Amara Osei" in fate(later).sentence
    assert fate(later).standing == "current"


def test_starter_content_published_is_not_marked_as_reviewed(db):
    loaded = cast.load_page("Gait").publications.get().revision

    assert fate(loaded).standing == "unreviewed"


def test_the_fate_of_a_replaced_version_says_when(published, clinician, moderator):
    first = published.published_page.publication.revision
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    found = fate(first)

    assert found.sentence.startswith("superseded on ")
    assert (found.standing, found.now) == ("overdue", True)


def test_the_fate_of_a_reverted_version_says_why(published, clinician, moderator):
    first = published.published_page.publication.revision
    second = cast.make_edit(published, clinician)
    cast.approve(cast.submit(second), moderator)
    review.unapprove(second.pk, by=moderator, reason="The source was withdrawn.")

    assert "its approval was reverted on" in fate(second).sentence
    assert (fate(second).reason, fate(second).now) == ("The source was withdrawn.", True)
    assert fate(first).sentence.startswith("published now.")


def test_the_fate_on_an_unpublished_page_names_no_current_version(published, moderator):
    first = published.published_page.publication.revision
    review.unapprove(first.pk, by=moderator, reason="Wrong.")

    assert fate(first).now is False


def test_the_fate_of_a_waiting_version_is_never_published(published, clinician):
    waiting = cast.submit(cast.make_edit(published, clinician))

    assert fate(waiting).sentence.startswith("never published")


def test_of_a_long_history_only_what_tells_of_a_version_is_loaded(published, clinician, moderator):
    first = published.publications.get()
    for number in range(3):
        newest = cast.approve(
            cast.propose_change(published, clinician, summary=f"Words {number}."), moderator
        )

    assert list(Publication.objects.telling_of(first.revision)) == [newest, first]
