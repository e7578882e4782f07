"""From the author's hands into the queue, and back."""

import pytest

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.acts.writing.submission import MergedWithNewVersion
from wiki.domain.lifecycle import State
from wiki.models import Event, Notice, PublishedPage, Revision
from wiki.policy.needs import CLINICIAN
from wiki.policy.refusal import Conflict, NotReady, Refused, SavedElsewhere
from wiki.text.document import Document

FOURTH = "\n\nA fourth paragraph."


def changed(page, **changes):
    """Return what readers see of `page`, with `changes`."""
    words = PublishedPage.objects.get(page=page).publication.revision.document
    return Document(**{**vars(words), **changes})


@pytest.fixture
def overtaken(published, clinician, colleague, moderator):
    """Return a function that drafts a change of the page, then lets another one go live."""

    def draft(mine, theirs):
        begun = cast.make_edit(published, clinician, **mine)
        cast.approve(cast.submit(cast.make_edit(published, colleague, **theirs)), moderator)
        return begun

    return draft


def test_a_submission_without_what_it_means_for_a_patient_is_refused(published, clinician):
    draft = cast.make_edit(published, clinician)

    with pytest.raises(Refused, match="Say what this change means for a patient"):
        cast.submit(draft, impact="")
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_submission_gets_the_pages_next_number_and_waits(published, clinician, moderator):
    revision = cast.submit(cast.make_edit(published, clinician))

    assert (revision.state, revision.number) == (State.SUBMITTED, 2)
    assert revision.submitted_at is not None
    assert revision in Revision.objects.waiting()
    assert [need.label for need in revision.requirements.all()] == [CLINICIAN.label]
    assert Event.objects.filter(act="submit", revision=revision, actor=clinician).exists()
    assert Notice.objects.of_person(moderator).filter(event__revision=revision).exists()


@pytest.mark.parametrize("note", ["", "  \n"])
def test_submitting_without_a_note_is_refused(published, clinician, note):
    with pytest.raises(Refused, match="Say why in a sentence"):
        submission.submit(cast.make_edit(published, clinician), by=clinician, note=note, impact="wording")


def test_a_too_long_meaning_is_refused(published, clinician):
    draft = cast.make_edit(published, clinician)

    with pytest.raises(Refused, match=r"Shorten this by 1 character\."):
        submission.submit(
            draft, by=clinician, note="Why.", impact="action", meaning="x" * (submission.LONGEST_MEANING + 1)
        )
    submission.submit(
        draft, by=clinician, note="Why.", impact="action", meaning="x" * submission.LONGEST_MEANING
    )


def test_nobody_submits_another_persons_draft(published, clinician, colleague):
    with pytest.raises(Refused, match="Only its author may do that"):
        submission.submit(
            cast.make_edit(published, clinician), by=colleague, note="Mine now.", impact="wording"
        )


def test_an_incomplete_draft_is_refused_with_every_problem(published, clinician):
    draft = cast.make_edit(published, clinician, title="", summary="")

    with pytest.raises(NotReady) as refusal:
        cast.submit(draft)

    assert [one.field for one in refusal.value.problems] == ["title", "summary"]
    assert "Give the page a title" in str(refusal.value)


def test_a_draft_with_unread_form_values_cannot_be_submitted(published, clinician):
    draft = cast.make_edit(published, clinician)
    drafts.save(draft, draft.document, by=clinician, typed={"title": "?"})

    with pytest.raises(Refused, match="Fix what the form marks"):
        cast.submit(draft)


def test_a_change_of_another_part_is_merged_and_shown_before_submission(published, clinician, overtaken):
    draft = overtaken({"summary": "My summary."}, {"body": cast.document().body + FOURTH})

    with pytest.raises(MergedWithNewVersion, match="read it once more, then submit"):
        cast.submit(draft)

    merged = Revision.objects.get(pk=draft.pk)
    assert merged.state == State.DRAFT
    assert merged.document.summary == "My summary."
    assert merged.document.body.endswith("A fourth paragraph.")
    assert cast.submit(merged).parent == PublishedPage.objects.get(page=published).publication.revision


def test_a_change_of_the_same_place_raises_a_conflict_with_both_texts(overtaken):
    draft = overtaken({"summary": "My summary."}, {"summary": "Their summary."})

    with pytest.raises(Conflict, match="Both texts are kept") as refusal:
        cast.submit(draft)

    clash = refusal.value.merge.clashes[0]
    assert (clash.ours, clash.theirs) == ("My summary.", "Their summary.")
    assert Revision.objects.get(pk=draft.pk).document.summary == "My summary."


def test_a_settled_conflict_can_be_submitted(published, clinician, overtaken):
    draft = overtaken({"summary": "My summary."}, {"summary": "Their summary."})
    live = PublishedPage.objects.get(page=published).publication.revision

    settled = submission.settle(
        draft, changed(published, summary="Both summaries."), by=clinician, compared_with=live.pk
    )

    assert settled.parent == live
    assert cast.submit(settled).document.summary == "Both summaries."


def test_a_conflict_is_not_settled_against_a_version_that_nobody_saw(
    published, clinician, colleague, moderator, overtaken
):
    draft = overtaken({"summary": "My summary."}, {"summary": "Their summary."})
    seen = PublishedPage.objects.get(page=published).publication.revision
    cast.approve(cast.submit(cast.make_edit(published, colleague, summary="A third summary.")), moderator)

    with pytest.raises(Conflict) as refusal:
        submission.settle(draft, cast.document(), by=clinician, compared_with=seen.pk)

    assert refusal.value.merge.clashes[0].theirs == "A third summary."
    assert Revision.objects.get(pk=draft.pk).document.summary == "My summary."


def test_settling_is_refused_when_the_draft_was_saved_elsewhere(clinician, overtaken):
    draft = overtaken({"summary": "My summary."}, {"summary": "Their summary."})
    drafts.save(Revision.objects.get(pk=draft.pk), cast.document("Saved"), by=clinician)

    with pytest.raises(SavedElsewhere):
        submission.settle(draft, cast.document("Settled"), by=clinician, seen=draft.saved_at.isoformat())

    assert Revision.objects.get(pk=draft.pk).title == "Saved"


def test_only_the_author_settles_a_submission_conflict(overtaken, colleague):
    draft = overtaken({"summary": "My summary."}, {"summary": "Their summary."})

    with pytest.raises(Refused, match="Only its author may do that"):
        submission.settle(draft, cast.document(), by=colleague)


def test_a_draft_of_a_page_reverted_meanwhile_keeps_its_text(published, clinician, moderator):
    draft = cast.make_edit(published, clinician, summary="My summary.")
    live = PublishedPage.objects.get(page=published).publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    with pytest.raises(MergedWithNewVersion):
        cast.submit(draft)

    kept = Revision.objects.get(pk=draft.pk)
    assert (kept.parent, kept.document.summary) == (None, "My summary.")
    assert cast.submit(kept).state == State.SUBMITTED


def test_a_draft_built_on_a_waiting_text_keeps_its_author_after_a_merge(
    published, clinician, colleague, second_moderator, moderator
):
    beneath = cast.submit(cast.make_edit(published, second_moderator, summary="Beneath."))
    draft = drafts.build_on(beneath, author=clinician)
    words = {**vars(draft.document), "aliases": ("HP",)}
    drafts.save(draft, Document(**words), by=clinician)
    cast.approve(
        cast.submit(cast.make_edit(published, colleague, body=cast.document().body + FOURTH)), moderator
    )

    with pytest.raises(MergedWithNewVersion):
        cast.submit(draft)
    revision = cast.submit(Revision.objects.get(pk=draft.pk))

    assert (revision.second_parent, revision.document.summary) == (beneath, "Beneath.")
    with pytest.raises(Refused, match="You are among the authors"):
        cast.approve(revision, second_moderator)


def test_an_author_takes_a_submission_back_and_the_text_is_kept(published, clinician, moderator):
    revision = cast.submit(cast.make_edit(published, clinician, summary="Kept."))

    submission.withdraw(revision, by=clinician)

    kept = Revision.objects.get(pk=revision.pk)
    assert (kept.state, kept.document.summary) == (State.WITHDRAWN, "Kept.")
    assert kept not in Revision.objects.waiting()


def test_only_its_author_withdraws_a_submission(published, clinician, moderator):
    revision = cast.submit(cast.make_edit(published, clinician))

    with pytest.raises(Refused, match="Only its author may do that"):
        submission.withdraw(revision, by=moderator)


def test_withdrawing_a_rebased_change_withdraws_the_original(published, clinician, colleague, moderator):
    mine = cast.submit(cast.make_edit(published, clinician, summary="My summary."))
    theirs = cast.submit(cast.make_edit(published, colleague, body=cast.document().body + FOURTH))
    cast.approve(theirs, moderator)
    merged = review.rebase(mine.pk, by=clinician)

    submission.withdraw(merged, by=clinician)

    assert not Revision.objects.waiting().exists()
    assert Revision.objects.get(pk=mine.pk).state == State.WITHDRAWN


def test_rejecting_a_rebased_change_leaves_a_withdrawn_original_alone(
    published, clinician, colleague, moderator
):
    mine = cast.submit(cast.make_edit(published, clinician, summary="My summary."))
    theirs = cast.submit(cast.make_edit(published, colleague, body=cast.document().body + FOURTH))
    cast.approve(theirs, moderator)
    merged = review.rebase(mine.pk, by=clinician)
    submission.withdraw(mine, by=clinician)

    review.reject(merged.pk, by=moderator, reason="No.")

    assert Revision.objects.get(pk=mine.pk).state == State.WITHDRAWN
    assert not mine.verdicts.exists()
