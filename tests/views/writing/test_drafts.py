"""Writing: from the form to the queue, everything by POST and without a script."""

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.reviewing import words as text_of
from tests.shown import edit_url, error_at, fields_of, html_of, statement_fields
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import Event, Page, PublishedPage, Revision

OF_A_PAGE = ["edit"]
OF_A_REVISION = ["draft", "discard", "conflict"]
ACTS = ["withdraw", "build-on", "resume"]


def addresses(page: Page, revision: Revision) -> list[str]:
    names = ["new", "drafts", "lookup-pages", "lookup-tie", "lookup-sources", "add-source"]
    return [
        *map(reverse, names),
        edit_url(page),
        *(reverse(name, args=[revision.pk]) for name in OF_A_REVISION),
    ]


def test_readers_may_not_write(client, published, clinician, reader):
    revision = cast.make_edit(published, clinician)
    client.force_login(reader)

    assert {client.get(path).status_code for path in addresses(published, revision)} == {403}
    acts = [reverse(name, args=[revision.pk]) for name in ACTS]
    assert {client.post(path).status_code for path in [*acts, reverse("preview")]} == {403}


def test_strangers_are_asked_to_sign_in(client, published, clinician):
    revision = cast.make_edit(published, clinician)

    answers = [client.get(path) for path in addresses(published, revision)]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer["Location"].startswith("/accounts/login/") for answer in answers)


def test_another_persons_draft_does_not_exist(at_desk, published, colleague):
    theirs = cast.make_edit(published, colleague)

    for name in OF_A_REVISION:
        path = reverse(name, args=[theirs.pk])
        assert at_desk.get(path).status_code == 404
        assert at_desk.post(path, {"title": "Mine now"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.title == "Hypoparathyroidism"


def test_get_requests_write_nothing(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    counts = Revision.objects.count(), Page.objects.count(), Event.objects.count()
    kept = Revision.objects.values().get(pk=draft.pk)

    for path in [*addresses(published, draft), "/new/?kind=gene&title=X", f"{edit_url(published)}?from=1"]:
        at_desk.get(path)

    assert counts == (Revision.objects.count(), Page.objects.count(), Event.objects.count())
    assert kept == Revision.objects.values().get(pk=draft.pk)


@pytest.mark.parametrize("name", ACTS)
def test_acts_refuse_get_requests(at_desk, published, clinician, name):
    revision = cast.submit(cast.make_edit(published, clinician))

    assert at_desk.get(reverse(name, args=[revision.pk])).status_code == 405


def test_a_new_page_goes_from_its_template_to_the_queue(at_desk, other_page, source):
    shown = at_desk.get("/new/", {"title": "Fahr", "kind": "condition"})
    words = fields_of(shown)
    assert "## Symptoms" in words["body"][0]
    words |= {"summary": ["A rare disease."], "note": ["A page was missing."]}

    answer = at_desk.post("/new/", words | statement_fields() | {"act": "add-statement"})
    draft = Revision.objects.get(state="draft")
    assert answer["Location"] == f"/drafts/{draft.pk}/?add=statement#statements-1-relation"
    shown = at_desk.get(answer["Location"])
    assert "Statement 2" in html_of(shown)
    sent = at_desk.post(f"/drafts/{draft.pk}/", fields_of(shown) | {"impact": "wording", "act": "submit"})

    draft.refresh_from_db()
    assert sent["Location"] == f"/review/{draft.pk}/"
    assert draft.state == "submitted"
    assert draft.note == "A page was missing."
    assert draft.document.statements == (cast.statement(other_page, "has_manifestation"),)


def test_a_new_page_begins_without_statements_and_offers_the_usual_ones(at_desk):
    shown = at_desk.get("/new/", {"title": "Fahr", "kind": "condition"})
    assert "Statement 1<" not in html_of(shown)
    assert text_of(shown).count("A new page: Fahr") == 2  # in the window's title and as the heading
    assert "Add “can cause …”" in html_of(shown)

    answer = at_desk.post("/new/", fields_of(shown) | {"act": "add-statement-has_manifestation"})

    assert answer["Location"].endswith("?add=statement-has_manifestation#statements-0-object")
    added = at_desk.get(answer["Location"])
    assert fields_of(added)["statements-0-relation"] == ["has_manifestation"]
    assert "Add “can cause …”" not in html_of(added)
    assert "Add “causes …”" in html_of(added)
    assert "Statement 1<" in html_of(
        at_desk.get(f"{answer['Location'].partition('?')[0]}?add=statement-xylophone")
    )


def test_an_edit_that_only_opens_and_submits_changes_nothing(at_desk, published):
    words = fields_of(at_desk.get(edit_url(published)))

    answer = at_desk.post(
        edit_url(published), words | {"impact": "wording", "act": "submit", "note": "Nothing."}
    )

    assert answer.status_code == 409
    assert "This changes nothing" in html_of(answer)
    assert (
        Revision.objects.get(state="draft").document == published.published_page.publication.revision.document
    )


def test_saving_an_edit_begins_a_draft(at_desk, published):
    words = fields_of(at_desk.get(edit_url(published)))

    answer = at_desk.post(
        edit_url(published), words | {"summary": "Other words.", "act": "save"}, follow=True
    )

    draft = Revision.objects.get(state="draft")
    assert answer.redirect_chain == [(f"/drafts/{draft.pk}/", 302)]
    assert re.search(
        rf"Draft saved at <time [^>]*data-clock>{draft.saved_at:%H:%M} UTC</time>\. Only you can see it\.",
        html_of(answer),
    )
    assert draft.document.summary == "Other words."
    assert PublishedPage.objects.get(page=published).summary == "What it is, in plain words."


def test_opening_the_editor_redirects_to_the_open_draft(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)

    assert at_desk.get(edit_url(published))["Location"] == f"/drafts/{draft.pk}/"


def test_a_second_window_does_not_overwrite_the_draft_of_the_first(at_desk, published, clinician):
    words = fields_of(at_desk.get(edit_url(published)))
    draft = cast.make_edit(published, clinician, summary="Saved in the first window.")

    answer = at_desk.post(edit_url(published), words | {"summary": "Typed in the second."})

    assert answer.status_code == 409
    assert "You have a draft of this page already" in html_of(answer)
    assert fields_of(answer)["summary"] == ["Typed in the second."]
    draft.refresh_from_db()
    assert draft.document.summary == "Saved in the first window."


def test_a_draft_saved_elsewhere_is_overwritten_only_on_confirmation(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    drafts.save(draft, draft.document, by=clinician, note="Elsewhere.")

    answer = at_desk.post(f"/drafts/{draft.pk}/", words | {"summary": "Mine."})
    assert answer.status_code == 409
    assert fields_of(answer)["summary"] == ["Mine."]
    again = at_desk.post(f"/drafts/{draft.pk}/", fields_of(answer))

    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.document.summary == "Mine."


def test_text_typed_into_a_submitted_version_is_shown_again(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    words = fields_of(at_desk.get(f"/drafts/{draft.pk}/"))
    cast.submit(draft)

    answer = at_desk.post(f"/drafts/{draft.pk}/", words | {"summary": "Too late."})

    assert answer.status_code == 409
    assert fields_of(answer)["summary"] == ["Too late."]
    assert at_desk.get(f"/drafts/{draft.pk}/")["Location"] == f"/review/{draft.pk}/"


def test_an_earlier_version_is_restored_by_a_post(at_desk, published, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician, summary="Worse words.")), moderator)

    words = fields_of(at_desk.get(f"{edit_url(published)}?from=1"))
    assert words["summary"] == ["What it is, in plain words."]
    assert words["note"] == ["Goes back to version 1."]
    at_desk.post(f"{edit_url(published)}?from=1", words | {"impact": "wording", "act": "submit"})

    sent = Revision.objects.get(state="submitted")
    assert sent.document.summary == "What it is, in plain words."
    assert sent.parent_id == PublishedPage.objects.get(page=published).publication.revision_id


def test_a_version_published_meanwhile_is_merged_not_undone(at_desk, published, colleague, moderator):
    words = fields_of(at_desk.get(edit_url(published)))
    cast.approve(cast.submit(cast.make_edit(published, colleague, aliases=("low PTH",))), moderator)

    answer = at_desk.post(
        edit_url(published),
        words | {"summary": "Mine.", "note": "Why.", "impact": "wording", "act": "submit"},
        follow=True,
    )

    assert "It changed other places than you did, so both fit together" in html_of(answer)
    draft = Revision.objects.get(state="draft")
    assert (draft.document.summary, draft.note) == ("Mine.", "Why.")
    live = PublishedPage.objects.get(page=published).publication.revision_id
    at_desk.post(answer.redirect_chain[-1][0], {"live": live, "act": "submit"})
    sent = Revision.objects.get(pk=draft.pk)
    assert sent.state == "submitted"
    assert (sent.document.summary, sent.document.aliases) == ("Mine.", ("low PTH",))


def test_the_editor_shows_waiting_changes_and_can_build_on_them(at_desk, published, colleague):
    theirs = cast.submit(cast.make_edit(published, colleague), "A better sentence.")

    shown = at_desk.get(edit_url(published))
    assert "Version 2 by Dr Tomás Rey waits for review" in html_of(shown)
    assert "A better sentence." in html_of(shown)
    answer = at_desk.post(reverse("build-on", args=[theirs.pk]))

    draft = Revision.objects.get(state="draft")
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert draft.parent == theirs
    assert "which waits for review" in html_of(at_desk.get(answer["Location"]))


def test_an_edit_of_a_reverted_page_begins_with_its_last_text(at_desk, published, moderator):
    slug, live = published.published_page.slug, published.published_page.publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")
    words = fields_of(at_desk.get(f"/wiki/{slug}/edit/"))

    at_desk.post(
        f"/wiki/{slug}/edit/",
        words | {"summary": "Right.", "impact": "wording", "act": "submit", "note": "Right now."},
    )

    assert Revision.objects.get(state="submitted").document.summary == "Right."


def test_proposing_a_taken_title_links_to_the_existing_page(at_desk, published):
    shown = at_desk.get("/new/?title=hypoparathyroidism")

    assert "“Hypoparathyroidism” is a page already" in html_of(shown)


@pytest.mark.parametrize("address", ["/new/?title={}", "/new/?title={}&kind=condition"])
def test_proposing_a_confusable_title_links_to_the_existing_page(at_desk, published, address):
    shown = at_desk.get(address.format("Hyp\u043eparathyroidisms of the"))

    assert "“Hypoparathyroidism” is a page already" in html_of(shown)


def test_invisible_characters_are_named_and_removed_by_a_button(at_desk, published, clinician):
    """A version that holds a control character can be repaired."""
    draft = cast.make_edit(published, clinician, title="Hypo\x02parathyroidism", summary="5\u200b mg.")
    address = reverse("draft", args=[draft.pk])

    shown = at_desk.get(address)
    assert "U+0002 (control character), at “Hypo[U+0002]parathyroidism”" in error_at(shown, "title")
    assert "U+200B (zero-width space)" in error_at(shown, "summary")

    answer = at_desk.post(address, fields_of(shown) | {"act": "take-out-unseen"})
    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.title, draft.document.summary) == ("Hypoparathyroidism", "5 mg.")
    assert "take-out-unseen" not in at_desk.get(address).content.decode()


def test_a_refused_submission_keeps_invisible_characters(at_desk, published, clinician):
    draft = cast.make_edit(published, clinician)
    address = reverse("draft", args=[draft.pk])
    words = fields_of(at_desk.get(address)) | {
        "note": ["Do \u202eton stop."],
        "body": ["One.\r\n\u00a0\r\nTwo."],
    }

    answer = at_desk.post(address, words | {"act": "submit"})

    assert answer.status_code == 422
    assert "U+202E" in error_at(answer, "note")
    assert "in line 2" in error_at(answer, "body")
    assert fields_of(answer)["note"] == ["Do \u202eton stop."]
    assert fields_of(answer)["body"][0].splitlines() == ["One.", "\u00a0", "Two."]
