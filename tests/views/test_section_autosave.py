"""Saving one section while one types, as a script asks for it; and words typed when a session ended."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.shown import fields_of, html_of
from wiki.acts.writing import drafts
from wiki.models import Revision
from wiki.views.unsaved_work import seal_of

BODY = "## What it is\n\nCalcium falls.\n\n## Dose\n\n10 mg.\n"
SECTION = "/wiki/hypoparathyroidism/edit/s-dose/"
TYPED = "## Dose\n\n20 mg."


@remembered
def topic(clinician, moderator):
    """Return a page of two sections."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)


@pytest.fixture
def words(topic, at_desk):
    """Return what the script sends of the form of a section."""
    return fields_of(at_desk.get(SECTION)) | {"page": "hypoparathyroidism", "body": TYPED}


def autosave(client, words):
    return client.post("/drafts/autosave/", words, headers={"Accept": "application/json"})


def test_the_first_autosave_begins_the_draft_and_returns_its_token(at_desk, words, topic):
    first = autosave(at_desk, words)

    draft = Revision.objects.get(state="draft")
    assert first.json() == {
        "draft": draft.pk,
        "saved": first.json()["saved"],
        "at": draft.saved_at.isoformat(),
        "address": SECTION,
        "section": "s-dose",
    }
    assert draft.document.body == BODY.replace("10 mg", "20 mg")
    assert draft.parent == topic.published_page.publication.revision
    more = {"saved": first.json()["saved"], "draft": draft.pk, "body": "## How much\n\n30 mg."}
    assert autosave(at_desk, words | more).json()["address"] == SECTION.replace("s-dose", "s-how-much")


def test_a_section_without_a_heading_keeps_its_address(at_desk, words):
    answer = autosave(at_desk, words | {"body": "30 mg."})

    assert answer.json()["address"] == SECTION
    assert Revision.objects.get(state="draft").document.body == BODY.replace("## Dose\n\n10 mg", "30 mg")


def test_the_later_of_two_windows_gets_409_with_the_other_text(at_desk, words):
    autosave(at_desk, words | {"note": "Theirs."})

    late = autosave(at_desk, words | {"body": "## Dose\n\n30 mg.", "note": "Mine."})

    assert late.status_code == 409
    assert late.json()["theirs"]["head"] == {"body": TYPED, "note": "Theirs.", "impact": "", "meaning": ""}
    assert late.json()["address"] == SECTION
    again = {"saved": late.json()["saved"], "body": "## Dose\n\n30 mg.", "note": "Mine."}
    assert autosave(at_desk, words | again).status_code == 200
    assert Revision.objects.get(state="draft").note == "Mine."


def test_autosaving_a_removed_section_is_refused_and_can_append_it(at_desk, words, topic, clinician):
    cast.make_edit(topic, clinician, body="Something else.")

    late = autosave(at_desk, words)

    assert late.status_code == 409
    assert late.json()["theirs"]["head"]["body"] == ""
    assert late.json()["address"] == "/wiki/hypoparathyroidism/edit/"
    autosave(at_desk, words | {"saved": late.json()["saved"]})
    assert Revision.objects.get(state="draft").document.body == f"Something else.\n\n{TYPED}"


def test_a_mismatched_autosave_without_a_draft_returns_the_published_text(at_desk, words):
    late = autosave(at_desk, words | {"saved": "held"})

    assert late.status_code == 409
    assert late.json()["at"] == ""
    assert late.json()["theirs"]["head"]["body"] == "## Dose\n\n10 mg."


def test_a_refused_autosave_returns_a_sentence(at_desk, words):
    long = autosave(at_desk, words | {"note": "x" * 2_001})
    nowhere = autosave(at_desk, words | {"page": ""})

    assert (long.status_code, nowhere.status_code) == (422, 409)
    assert long.json()["sentence"] == "Shorten this by 1 character"
    assert "not been published yet" in nowhere.json()["sentence"]
    assert Revision.objects.filter(state="draft").count() == 0


def test_an_autosave_after_submission_begins_no_new_draft(at_desk, words):
    saved = autosave(at_desk, words | {"note": "Why."}).json()
    cast.submit(Revision.objects.get(state="draft"))

    answer = autosave(at_desk, words | saved | {"body": "## Dose\n\n30 mg.", "note": "Why."})

    assert answer.status_code == 409
    assert "not open to that any more" in answer.json()["sentence"]
    assert Revision.objects.filter(state="draft").count() == 0


def test_an_autosave_with_another_persons_seal_is_refused(at_desk, words, colleague):
    assert autosave(at_desk, words | {"writer": seal_of(colleague)}).status_code == 403


def test_text_posted_after_the_session_ended_is_restored(at_desk, words, clinician):
    at_desk.logout()
    at_desk.post(SECTION, words | {"impact": "wording", "act": "submit"})
    at_desk.force_login(clinician)

    shown = at_desk.get(SECTION)

    assert "what you had typed is below. It is not saved yet." in html_of(shown)
    assert fields_of(shown)["body"] == ["## Dose\r\n\r\n20 mg."]
    assert fields_of(shown)["saved"] == words["saved"]
    at_desk.post(SECTION, fields_of(shown) | {"act": "save"})
    assert "20 mg" in Revision.objects.get(state="draft").document.body
    assert "It is not saved yet" not in html_of(at_desk.get(SECTION))


def test_restored_text_does_not_overwrite_a_later_save(at_desk, words, topic, clinician):
    at_desk.logout()
    at_desk.post(SECTION, words | {"act": "save"})
    at_desk.force_login(clinician)
    draft = cast.make_edit(topic, clinician, body=BODY.replace("10 mg", "15 mg"))

    late = at_desk.post(SECTION, fields_of(at_desk.get(SECTION)) | {"act": "save"})

    assert late.status_code == 409
    assert "15 mg." in html_of(late)
    assert "20 mg." in fields_of(late)["body"][0]
    assert "15 mg" in Revision.objects.get(pk=draft.pk).document.body


def test_a_note_saved_in_another_window_is_shown(at_desk, words, topic, clinician):
    draft = cast.make_edit(topic, clinician, body=BODY)
    drafts.save(draft, draft.document, by=clinician, note="From elsewhere.")

    late = at_desk.post(SECTION, words | {"note": "Mine.", "act": "save"})

    assert late.status_code == 409
    assert "From elsewhere." in html_of(late)
    assert fields_of(late)["note"] == ["Mine."]
