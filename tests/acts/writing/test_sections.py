"""Saving one section of a page into one's draft."""

from dataclasses import replace

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.writing import drafts
from wiki.acts.writing.sections import (
    GONE,
    ChangeSummary,
    SectionChanged,
    body_of,
    edit_summary_of,
    save_section,
    token_of,
)
from wiki.models import PublishedPage, Revision
from wiki.policy.refusal import Conflict, Refused
from wiki.text.compare.section import cutting

BODY = "## What it is\n\nCalcium falls.\n\n## Dose\n\n10 mg.\n"
DOSE = "## Dose\n\n20 mg."


@remembered
def topic(clinician, moderator):
    """Return a page of two sections."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)


def token(body=BODY, section="s-dose", note=""):
    """Return what the form of a section carries."""
    return token_of(cutting(body, section), ChangeSummary(note))


def put(page, by, text=DOSE, section="s-dose", was=None, note="", impact="", meaning="", **more):
    cover = ChangeSummary(note, impact, meaning)
    return save_section(page, section, text, was=was or token(), by=by, cover=cover, **more)


def test_saving_a_section_begins_a_draft_and_keeps_the_other_sections(topic, colleague):
    live = PublishedPage.objects.get(page=topic).publication.revision

    saved = put(topic, colleague, note="A better dose.", shown=live.pk)

    assert saved.draft.document == replace(live.document, body=BODY.replace("10 mg", "20 mg"))
    assert (saved.draft.parent, saved.draft.note, saved.section) == (live, "A better dose.", "s-dose")


def test_saving_a_section_changes_the_existing_draft(topic, colleague):
    draft = cast.make_edit(topic, colleague, summary="Mine.", body=BODY.replace("falls", "drops"))

    saved = put(topic, colleague)

    assert saved.draft == draft
    assert saved.draft.document.summary == "Mine."
    assert saved.draft.document.body == BODY.replace("falls", "drops").replace("10 mg", "20 mg")


def test_saving_a_section_keeps_unread_values_of_the_page_form(topic, colleague):
    draft = cast.make_edit(topic, colleague)
    typed = {"head": {"body": BODY, "note": "", "title": "?"}, "codes": [], "statements": [], "cited": []}
    drafts.save(draft, draft.document, by=colleague, typed=typed)

    saved = put(topic, colleague, note="Why.")

    head = {"body": body_of(saved.draft), "note": "Why.", "impact": "", "meaning": "", "title": "?"}
    assert saved.draft.typed == typed | {"head": head}
    assert "20 mg" in body_of(saved.draft)


def test_saving_a_section_changed_elsewhere_is_refused_first(topic, colleague):
    draft = cast.make_edit(topic, colleague, body=BODY.replace("10 mg", "15 mg"))

    with pytest.raises(SectionChanged, match="changed in another window") as refusal:
        put(topic, colleague)

    assert refusal.value.now is not None
    assert refusal.value.now.text == "## Dose\n\n15 mg."
    assert "15 mg" in Revision.objects.get(pk=draft.pk).document.body
    assert "20 mg" in put(topic, colleague, was=refusal.value.token).draft.document.body


def test_saving_the_same_section_twice_is_no_conflict(topic, colleague):
    put(topic, colleague)

    assert put(topic, colleague).draft.document.body == BODY.replace("10 mg", "20 mg")


def test_a_removed_section_can_be_added_at_the_end(topic, colleague):
    cast.make_edit(topic, colleague, body="## What it is\n\nCalcium falls.")

    with pytest.raises(SectionChanged, match="not in the draft any more") as refusal:
        put(topic, colleague)

    assert refusal.value.now is None
    assert refusal.value.token.startswith(GONE)
    saved = put(topic, colleague, was=refusal.value.token)
    assert saved.draft.document.body == f"## What it is\n\nCalcium falls.\n\n{DOSE}"
    assert saved.section == "s-dose"


def test_a_page_that_changed_meanwhile_is_merged_when_it_is_sent(topic, clinician, colleague, moderator):
    shown = PublishedPage.objects.get(page=topic).publication.revision
    theirs = BODY.replace("falls", "drops").replace("10 mg", "15 mg")
    cast.approve(cast.submit(cast.make_edit(topic, clinician, body=theirs)), moderator)

    draft = put(topic, colleague, shown=shown.pk).draft

    assert draft.parent == shown
    with pytest.raises(Conflict):
        cast.submit(draft)


def test_a_page_never_published_has_no_sections_to_edit(clinician, colleague):
    proposed = drafts.propose(cast.document(), author=clinician)

    with pytest.raises(Refused, match="not been published yet"):
        put(proposed.page, colleague)


def test_readers_cannot_save_a_section(topic, reader):
    with pytest.raises(Refused, match="Only clinicians"):
        put(topic, reader)


def test_a_section_can_be_saved_again_after_its_heading_changed(topic, colleague):
    saved, texts = None, ["## Do", "", "A text without a heading.", "## Dose\n\nA.\n\n## Another\n\nB."]

    for text in texts:
        was = saved.token if saved else token()
        saved = put(topic, colleague, text, was=was)

        assert body_of(saved.draft).rstrip("\n") == f"## What it is\n\nCalcium falls.\n\n{text}".rstrip("\n")


def test_a_save_whose_answer_was_lost_may_be_sent_again(topic, colleague):
    first = put(topic, colleague, "## How much\n\n20 mg.")

    again = put(topic, colleague, "## How much\n\n20 mg.")

    assert (again.draft, again.token) == (first.draft, first.token)
    assert again.draft.saved_at == first.draft.saved_at


def test_saving_a_section_after_submission_does_not_begin_a_new_draft(topic, colleague):
    first = put(topic, colleague, note="Why.")
    cast.submit(first.draft)

    with pytest.raises(Refused, match="not open to that any more"):
        put(topic, colleague, "## Dose\n\n30 mg.", was=first.token, note="Why.", draft=first.draft.pk)

    assert Revision.objects.filter(state="draft").count() == 0


def test_an_unchanged_note_does_not_overwrite_a_newer_one(topic, colleague):
    first = put(topic, colleague, note="One.")
    drafts.save(first.draft, first.draft.document, by=colleague, note="Another.")

    saved = put(topic, colleague, "## Dose\n\n30 mg.", was=first.token, note="One.")

    assert edit_summary_of(saved.draft).note == "Another."
    assert "30 mg" in body_of(saved.draft)


def test_impact_and_meaning_are_saved_with_the_section(topic, colleague):
    first = put(topic, colleague, impact="action", meaning="Take half.")

    with pytest.raises(SectionChanged) as refusal:
        put(topic, colleague, impact="safety", meaning="Take a quarter.")

    assert edit_summary_of(first.draft) == ChangeSummary("", "action", "Take half.")
    assert refusal.value.cover.meaning == "Take half."


def test_a_note_changed_in_two_windows_is_refused_first(topic, colleague):
    first = put(topic, colleague, note="One.")
    drafts.save(first.draft, first.draft.document, by=colleague, note="Another.")

    with pytest.raises(SectionChanged) as refusal:
        put(topic, colleague, was=first.token, note="A third.")

    assert refusal.value.cover.note == "Another."
    assert edit_summary_of(Revision.objects.get(pk=first.draft.pk)).note == "Another."
    again = put(topic, colleague, was=refusal.value.token, note="A third.")
    assert edit_summary_of(again.draft).note == "A third."


def test_a_section_form_without_a_token_is_matched_by_section_name(topic, colleague):
    with pytest.raises(SectionChanged) as refusal:
        put(topic, colleague, was="held")

    assert refusal.value.now is not None
    assert refusal.value.now.section == "s-dose"


def test_a_paragraph_added_to_the_section_elsewhere_is_a_conflict(topic, colleague):
    cast.make_edit(topic, colleague, body=BODY.replace("10 mg.", "10 mg.\n\nWith food."))

    with pytest.raises(SectionChanged) as refusal:
        put(topic, colleague)

    assert refusal.value.now is not None
    assert refusal.value.now.text == "## Dose\n\n10 mg.\n\nWith food."


def test_a_section_is_found_by_its_name_when_another_follows_it_now(topic, colleague):
    cast.make_edit(topic, colleague, body=BODY + "\n## Food\n\nNone.\n")

    assert body_of(put(topic, colleague).draft) == BODY.replace("10 mg", "20 mg") + "\n## Food\n\nNone.\n"
