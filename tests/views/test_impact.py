"""What a change means for a patient: asked of its author, confirmed by who approves, told to everybody."""

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, queries_of, verdict_on, words
from tests.shown import edit_url, fields_of, html_at
from wiki.acts.reviewing import review
from wiki.models import Revision, Verdict

MEANING = "Ask for a blood test first."
HEAVY = {"impact": "action", "meaning": MEANING}


def cover_of(revision: Revision) -> tuple[str, str]:
    return revision.impact, revision.meaning


def test_the_impact_is_saved_with_the_draft_and_submitted(published, at_desk):
    typed = fields_of(at_desk.get(edit_url(published))) | {"summary": "Other words.", "note": "Why."} | HEAVY
    draft = at_desk.post(edit_url(published), typed | {"act": "save"}, follow=True)

    again = fields_of(draft)
    assert (again["impact"], again["meaning"]) == (["action"], [MEANING])
    sent = at_desk.post(draft.request["PATH_INFO"], again | {"act": "submit"})

    assert sent.status_code == 302
    assert cover_of(Revision.objects.get(state="submitted")) == ("action", MEANING)


def test_a_new_page_is_asked_what_fits_a_new_page(at_desk, published):
    typed = fields_of(at_desk.get("/new/", {"title": "Gout", "kind": "condition"})) | {"act": "submit"}
    asked = at_desk.post("/new/", typed, follow=True)

    shown = words(asked)
    assert "Why is this page needed?" in shown
    assert "Background: it explains" in shown
    assert "Say in a sentence why this page is needed" in shown
    assert "What did you change" not in shown
    assert 'data-impact="none"' not in asked.content.decode()
    assert "What did you change, and why?" in words(at_desk.get(edit_url(published)))


def test_who_got_no_answer_and_submits_again_is_shown_what_was_sent(published, at_desk):
    typed = fields_of(at_desk.get(edit_url(published))) | {"summary": "Other words.", "note": "Why."} | HEAVY
    draft = at_desk.post(edit_url(published), typed | {"act": "save"}, follow=True)
    place, again = draft.request["PATH_INFO"], fields_of(draft) | {"act": "submit"}
    sent = at_desk.post(place, again)

    assert at_desk.post(place, again)["Location"] == sent["Location"]
    # Words that are not in what was sent are kept in the form.
    further = at_desk.post(place, again | {"summary": "Further words."})
    assert (further.status_code, "Further words." in words(further)) == (409, True)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"impact": "huge"}, "impact", "Choose one of these"),
        (
            {"impact": "safety", "title": ""},
            "meaning",
            "Say in one plain sentence what is different for a patient",
        ),
        (HEAVY | {"meaning": "x" * 401}, "meaning", "Shorten this by 1 character"),
    ],
)
def test_an_invalid_impact_is_refused_and_typed_values_are_kept(published, at_desk, typed, field, sentence):
    words = fields_of(at_desk.get(edit_url(published))) | {"summary": "Other words.", "note": "Why."} | typed

    answer = at_desk.post(edit_url(published), words | {"act": "submit"})

    assert answer.status_code == 422
    told = answer.content.decode()
    assert f'href="#{field}"' in told
    assert f'id="{field}_error"' in told
    assert sentence in told
    assert "Other words." in told
    assert not Revision.objects.filter(state="submitted").exists()


@pytest.mark.parametrize("typed", [{}, {"note": "Why."}, {"note": "Why.", "impact": "safety"}])
def test_a_missing_impact_is_asked_for_in_a_separate_step(published, at_desk, typed):
    words = fields_of(at_desk.get(edit_url(published))) | {"summary": "Other words."} | typed

    asked = at_desk.post(edit_url(published), words | {"act": "submit"}, follow=True)

    draft = Revision.objects.get(state="draft")
    assert asked.redirect_chain == [(f"/drafts/{draft.pk}/submit/", 302)]
    assert draft.document.summary == "Other words."
    note = typed.get("note", "")
    assert re.search(rf'<textarea name="note"[^>]*>\s*{note}</textarea>', asked.content.decode())
    assert 'class="error"' not in asked.content.decode()
    assert "editing.css" in asked.content.decode()
    assert "Asked when you submit" not in asked.content.decode()
    at_desk.post(asked.redirect_chain[0][0], {"note": "Why.", **HEAVY})
    draft.refresh_from_db()
    assert (draft.state, draft.note, *cover_of(draft)) == ("submitted", "Why.", "action", MEANING)


def test_the_impact_step_shows_missing_fields_and_blocking_findings(published, at_desk, clinician):
    draft = cast.make_edit(published, clinician, summary="")
    step = f"/drafts/{draft.pk}/submit/"

    missed = at_desk.post(step, {"note": "Why.", "impact": "safety"})
    stopped = at_desk.post(step, {"note": "Why."} | HEAVY)

    assert missed.status_code == 422
    assert "Say in one plain sentence what is different for a patient" in missed.content.decode()
    assert stopped.status_code == 409
    assert "Back to the text" in stopped.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.note) == ("draft", "Why.")


@remembered
def with_impact(published, clinician):
    """Return a change that waits, of what a reader would do."""
    return cast.submit(cast.make_edit(published, clinician), **HEAVY)


def test_the_approver_sees_and_can_correct_the_impact(with_impact, desk):
    shown = desk.get(at("review", with_impact)).content.decode()
    assert MEANING in shown
    assert 'value="action" id="id_impact_2" checked' in shown

    desk.post(
        at("approve", with_impact), verdict_on(with_impact, impact="safety", meaning="Never without a test.")
    )

    verdict = Verdict.objects.get(revision=with_impact)
    assert (verdict.impact, verdict.meaning) == ("safety", "Never without a test.")


@pytest.mark.parametrize(("impact", "field"), [("", "impact"), ("safety", "meaning")])
def test_an_incomplete_correction_of_the_impact_is_refused(with_impact, desk, impact, field):
    answer = desk.post(
        at("approve", with_impact), verdict_on(with_impact, impact=impact, meaning="", reason="Kept.")
    )

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert "Kept." in answer.content.decode()
    assert not Verdict.objects.filter(revision=with_impact).exists()


def test_requesting_changes_needs_no_impact(with_impact, desk):
    sent = verdict_on(with_impact, impact="", reason="Say how common it is.")

    assert desk.post(at("request-changes", with_impact), sent).status_code == 302


def test_the_meaning_of_a_change_is_public(with_impact, published, clinician, moderator, client):
    cast.approve(with_impact, moderator)
    cast.approve(cast.propose_change(published, clinician, summary="Only shorter."), moderator)

    everything, matters = html_at(client, "/latest/"), html_at(client, "/latest/?only=action")

    assert everything.count('class="title"') == 3
    assert matters.count('class="title"') == 1
    assert MEANING in matters
    assert 'data-impact="action">Changes advice<' in matters
    assert MEANING in words(client.get(reverse("history", args=["hypoparathyroidism"])))


def test_a_reverted_change_is_not_listed_by_impact(with_impact, moderator, second_moderator, client):
    cast.approve(with_impact, moderator)
    review.unapprove(with_impact.pk, by=second_moderator, reason="The source was retracted.")

    assert MEANING not in html_at(client, "/latest/")
    assert "No approved change" in html_at(client, "/latest/?only=action")


def test_starter_content_has_no_impact(client, db):
    cast.load_page("Seizures")

    assert "data-impact" not in html_at(client, "/latest/")


def test_the_list_of_changes_takes_a_fixed_number_of_queries(published, clinician, moderator, client):
    before = queries_of(client, "/latest/")

    for number in range(3):
        cast.make_page(clinician, moderator, f"Page {number}")

    assert queries_of(client, "/latest/") == before
