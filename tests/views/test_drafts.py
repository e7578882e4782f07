"""What came back, withdrawing, discarding, and conflicts."""

import re

from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.shown import fields_of, html_of
from wiki.acts.reviewing import review
from wiki.models import Revision


def test_a_returned_revision_is_listed_with_its_reason_and_can_be_resumed(
    at_desk, published, clinician, moderator
):
    sent = cast.submit(cast.make_edit(published, clinician, summary="Kept."))
    review.request_changes(sent.pk, by=moderator, reason="Name the population.")

    shown = html_of(at_desk.get("/drafts/"))
    assert shown.index("Came back") < shown.index("Being written")
    assert "Name the population." in shown
    answer = at_desk.post(reverse("resume", args=[sent.pk]), follow=True)

    assert fields_of(answer)["summary"] == ["Kept."]
    assert "Name the population." in html_of(answer)
    later = html_of(at_desk.get("/drafts/"))
    assert "Came back" not in later
    assert later.index("Being written") < later.index("You went on from this.")


def test_withdrawing_keeps_the_text(at_desk, published, clinician):
    sent = cast.submit(cast.make_edit(published, clinician))

    answer = at_desk.post(reverse("withdraw", args=[sent.pk]), follow=True)

    assert "Withdrawn by you" in html_of(answer)
    assert "Continue from it" in html_of(answer)
    again = at_desk.post(reverse("withdraw", args=[sent.pk]))
    assert again.status_code == 409


def test_a_draft_is_discarded_only_after_confirmation(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    path = reverse("discard", args=[draft.pk])

    assert "gone for good" in html_of(at_desk.get(path))
    assert Revision.objects.contains(draft)
    at_desk.post(path)

    assert not Revision.objects.contains(draft)
    sent = cast.submit(cast.make_edit(published, clinician))
    assert at_desk.post(reverse("discard", args=[sent.pk])).status_code == 409


def test_a_refused_act_gets_409_with_the_reason(at_desk, published, clinician, colleague):
    sent = cast.submit(cast.make_edit(published, clinician))
    theirs = cast.submit(cast.make_edit(published, colleague))
    cast.make_edit(published, clinician, summary="Yet other words.")

    for name, revision in [("resume", sent), ("build-on", theirs), ("withdraw", theirs)]:
        answer = at_desk.post(reverse(name, args=[revision.pk]))
        assert answer.status_code == 409
        assert "This was not done" in html_of(answer)


@remembered
def clash(published, clinician, colleague, moderator):
    """Return the clinician's draft of a page that changed in the same places meanwhile."""
    mine = cast.make_edit(published, clinician, summary="Mine.", body="## What it is\n\nMy words.")
    cast.approve(
        cast.submit(
            cast.make_edit(published, colleague, summary="Theirs.", body="## What it is\n\nTheir words.")
        ),
        moderator,
    )
    return mine


def questions_of(answer):
    """Return what the page of a conflict sends along unseen: what is asked, and against what."""
    return dict(re.findall(r'name="(live|asked-[^"]+)" value="([^"]+)"', html_of(answer)))


def test_a_conflict_shows_both_texts_and_keeps_what_was_chosen(at_desk, clash):
    words = fields_of(at_desk.get(f"/drafts/{clash.pk}/")) | {
        "note": "Why.",
        "impact": "wording",
        "act": "submit",
    }
    answer = at_desk.post(f"/drafts/{clash.pk}/", words)
    path = reverse("conflict", args=[clash.pk])
    assert answer["Location"] == path
    shown = at_desk.get(path)
    for text in ("Mine.", "Theirs.", "My words.", "Their words.", "Dr Tomás Rey", "Dr Amara Osei"):
        assert text in html_of(shown)
    asked = questions_of(shown)

    missed = at_desk.post(path, asked | {"choice-summary": "theirs"})
    assert missed.status_code == 422
    assert "Choose at every place" in html_of(missed)
    assert 'value="theirs" checked' in html_of(missed)
    settled = at_desk.post(path, asked | {"choice-summary": "theirs", "choice-body-1": "both"}, follow=True)

    assert settled.redirect_chain[-1][0] == f"/drafts/{clash.pk}/"
    clash.refresh_from_db()
    assert clash.document.summary == "Theirs."
    assert "My words." in clash.document.body
    assert "Their words." in clash.document.body
    assert at_desk.get(path)["Location"] == f"/drafts/{clash.pk}/"


def test_settling_against_a_version_not_shown_is_refused(at_desk, clash):
    path = reverse("conflict", args=[clash.pk])
    choices = {"choice-summary": "ours", "choice-body-1": "ours"}

    answer = at_desk.post(path, questions_of(at_desk.get(path)) | choices | {"live": "0"})

    assert answer.status_code == 422
    assert "The page changed once more" in html_of(answer)


def test_a_conflicting_submission_continues_as_a_draft(at_desk, published, clinician, colleague, moderator):
    mine = cast.submit(cast.make_edit(published, clinician, summary="Mine."))
    theirs = cast.submit(cast.make_edit(published, colleague, summary="Theirs."))
    live = cast.approve(theirs, moderator).revision_id
    path = reverse("conflict", args=[mine.pk])
    assert path in html_of(at_desk.get("/drafts/"))

    at_desk.post(path, questions_of(at_desk.get(path)) | {"choice-summary": "ours"})

    mine.refresh_from_db()
    assert mine.state == "withdrawn"
    draft = Revision.objects.get(state="draft")
    assert (draft.document.summary, draft.parent_id, draft.second_parent_id) == ("Mine.", live, mine.pk)


def test_a_conflict_of_statements_is_shown_in_words(
    at_desk, published, other_page, source, clinician, colleague, moderator
):
    rows = {
        grade: (cast.statement(other_page, "has_manifestation", grade=grade),) for grade in ("low", "high")
    }
    mine = cast.make_edit(published, clinician, statements=rows["low"], kind="infection")
    theirs = cast.submit(cast.make_edit(published, colleague, statements=rows["high"], kind="finding"))
    cast.approve(theirs, moderator)

    shown = html_of(at_desk.get(reverse("conflict", args=[mine.pk])))

    assert "Statement: can cause Seizures" in shown
    for words in ("Low certainty", "High certainty", "Infection", "Finding", "Nothing: it is not there."):
        assert words in shown
