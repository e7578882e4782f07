"""Restoring an earlier version: where it is offered, what the form says, what becomes of an open draft."""

import pytest
from django.test import Client

from tests import cast
from tests.remembered import remembered
from tests.shown import html_of
from wiki.acts.safety.suppression import suppress
from wiki.acts.writing import drafts
from wiki.acts.writing.restoring import restore, restore_section
from wiki.models import Revision
from wiki.policy.refusal import Refused, SavedElsewhere

FIRST = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D."
SECOND = "## What it is\n\nCalcium falls much.\n\n## What helps\n\nActive vitamin D."
RESTORE = "/wiki/hypoparathyroidism/restore/1/"


@remembered
def topic(clinician, moderator):
    """Return a page of two versions: the second replaced the first."""
    topic = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=FIRST)
    cast.approve(cast.submit(cast.make_edit(topic, clinician, body=SECOND)), moderator)
    return topic


def fields_of(asked):
    """Return what the form that restores posts."""
    return {"section": asked.context["wanted"].section, "saved": asked.context["saved"]}


PLACES = ["history/", "revisions/1/", "compare/?from=1&to=2"]


@pytest.mark.parametrize("place", PLACES)
def test_restoring_an_earlier_version_is_offered_to_writers_only(topic, at_desk, place):
    mine = at_desk.get(f"/wiki/hypoparathyroidism/{place}").content.decode()
    theirs = Client().get(f"/wiki/hypoparathyroidism/{place}").content.decode()

    assert mine.count(f'href="{RESTORE}"') == 1
    assert "/restore/2/" not in mine
    assert "restore" not in theirs


def test_the_restore_form_shows_losses_and_makes_a_draft(topic, at_desk):
    asked = at_desk.get(RESTORE)

    assert "What is marked as removed would be lost" in html_of(asked)
    assert "<del" in asked.content.decode()
    answer = at_desk.post(RESTORE, fields_of(asked))
    draft = Revision.objects.get(state="draft")
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert (draft.document.body, draft.note) == (FIRST, "Goes back to version 1.")
    assert draft.second_parent is not None
    assert draft.second_parent.number == 1
    assert ": approved" not in html_of(at_desk.get(answer["Location"]))


def test_the_restore_form_names_what_waits_for_review(topic, at_desk, colleague):
    cast.propose_change(topic, colleague, body=f"{SECOND}\n\nMore.")

    assert "waits for review since" in html_of(at_desk.get(RESTORE))


def test_one_section_can_be_restored(topic, at_desk):
    asked = at_desk.get(f"{RESTORE}?section=s-what-helps")
    assert "Restore this section" in html_of(asked)

    at_desk.post(RESTORE, fields_of(asked))
    # The draft says it now: there is nothing to put into it, and no button that would.
    again = html_of(at_desk.get(f"{RESTORE}?section=s-what-helps"))
    assert "Nothing: the two say the same" in again
    assert "Put this section into my draft" not in again

    draft = Revision.objects.get(state="draft")
    assert draft.document.body == SECOND.replace("Active vitamin D.", "Vitamin D.")
    assert draft.note == "The section “What helps” goes back to version 1."


def test_restoring_asks_to_continue_or_replace_an_open_draft(topic, at_desk, clinician):
    draft = drafts.edit(topic, author=clinician)
    drafts.save(draft, cast.document(**{**draft.document.__dict__, "summary": "Mine."}), by=clinician)

    led = at_desk.get("/wiki/hypoparathyroidism/edit/?from=1", follow=True)
    assert led.redirect_chain[-1][0] == RESTORE
    assert "You have a draft of this page" in html_of(led)
    assert "Replace my draft with version 1" in html_of(led)
    untold = at_desk.post(RESTORE, {"section": ""})
    assert untold.status_code == 409
    assert Revision.objects.get(state="draft").document.summary == "Mine."
    at_desk.post(RESTORE, fields_of(led) | {"act": "replace"})

    replaced = Revision.objects.get(state="draft")
    assert replaced.pk != draft.pk
    assert replaced.document.body == FIRST


def test_a_restored_section_is_added_to_the_open_draft(topic, at_desk, clinician):
    draft = drafts.edit(topic, author=clinician)
    body = SECOND.replace("falls much", "falls a lot")
    drafts.save(draft, cast.document(**{**draft.document.__dict__, "body": body}), by=clinician, note="Why.")

    asked = at_desk.get(f"{RESTORE}?section=s-what-helps")
    at_desk.post(RESTORE, fields_of(asked))

    draft.refresh_from_db()
    assert draft.document.body == body.replace("Active vitamin D.", "Vitamin D.")
    assert draft.note == "Why. The section “What helps” goes back to version 1."


def test_a_draft_that_was_saved_since_is_not_replaced(topic, clinician):
    draft = drafts.edit(topic, author=clinician)
    seen = draft.saved_at.isoformat()
    drafts.save(draft, draft.document, by=clinician, note="Later.")

    with pytest.raises(SavedElsewhere):
        restore(topic.revisions.get(number=1), by=clinician, instead_of=draft, seen=seen)

    assert Revision.objects.get(state="draft").note == "Later."


def test_a_section_that_the_version_never_had_is_refused(topic, at_desk):
    answer = at_desk.get(f"{RESTORE}?section=s-nothing")

    assert answer.status_code == 409
    assert "Version 1 has no such section." in html_of(answer)


def test_restoring_an_unpublished_version_is_refused(topic, at_desk, clinician, colleague):
    sent = cast.submit(cast.make_edit(topic, colleague, summary="Other."))

    answer = at_desk.get(f"/wiki/hypoparathyroidism/restore/{sent.number}/")

    assert answer.status_code == 409
    assert "Readers never saw this version" in html_of(answer)


def test_restoring_a_section_of_a_page_that_was_never_published_is_refused(clinician, colleague):
    body = "## What helps\n\nRest, and much to drink."
    waiting = cast.submit(drafts.propose(cast.document(body=body), author=clinician))

    with pytest.raises(Refused, match="This page has not been published yet"):
        restore_section(waiting, "s-what-helps", by=colleague)

    assert not Revision.objects.drafts_of(colleague).exists()


def test_restoring_a_section_of_a_suppressed_version_is_refused(topic, clinician, moderator):
    suppress(topic.revisions.get(number=1).pk, by=moderator, reason="A patient’s name.")

    with pytest.raises(Refused, match="suppressed"):
        restore_section(topic.revisions.get(number=1), "s-what-helps", by=clinician)
