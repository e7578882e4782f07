"""Editing one section of a page in the browser."""

from django.test import Client
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.shown import fields_of, html_of, links_of
from wiki.acts.reviewing import review
from wiki.models import Revision

BODY = "## What it is\n\nCalcium falls.\n\n## Dose\n\n10 mg.\n"
PAGE = "/wiki/hypoparathyroidism/"
DOSE = f"{PAGE}edit/s-dose/"


@remembered
def topic(clinician, moderator):
    """Return a page of two sections."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)


def text_of(answer):
    """Return the text that the form shows."""
    return fields_of(answer)["body"][0].replace("\r\n", "\n")


def post(browser, act="save", path=DOSE, **changes):
    """Return what follows when the form that is shown is sent, with `changes`."""
    return browser.post(path, fields_of(browser.get(path)) | {"act": act} | changes)


def test_headings_link_writers_to_the_section_form(topic, at_desk, client, reader):
    links = links_of(at_desk.get(PAGE))

    assert {DOSE, f"{PAGE}edit/s-what-it-is/"} <= {*links}
    assert "this section" not in html_of(Client().get(PAGE))
    client.force_login(reader)
    assert DOSE not in links_of(client.get(PAGE))


def test_section_links_add_no_query_to_the_page(topic, at_desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        at_desk.get(PAGE)


def test_a_section_parameter_redirects_to_the_section_form(topic, at_desk):
    assert at_desk.get(f"{PAGE}edit/?section=s-dose")["Location"] == DOSE
    assert at_desk.get(f"{PAGE}edit/?section=a/b").status_code == 200


def test_the_form_has_only_the_text_of_the_section_and_its_preview(topic, at_desk):
    shown = at_desk.get(DOSE)

    assert text_of(shown) == "## Dose\n\n10 mg."
    assert "Calcium falls" not in html_of(shown)
    assert "<p>10 mg.</p>" in html_of(shown)
    assert "Nothing is saved yet" in html_of(shown)


def test_the_form_begins_in_its_text_and_after_a_refusal_in_what_is_wrong(topic, at_desk):
    assert " autofocus" in html_of(at_desk.get(DOSE)).partition("<textarea")[2].partition(">")[0]
    assert " autofocus" not in html_of(post(at_desk, body=""))


def test_saving_keeps_everything_else_of_the_page(topic, at_desk):
    before = topic.published_page.publication.revision.document

    answer = post(at_desk, body="## Dose\r\n\r\n20 mg.", note="A new trial.")

    assert answer["Location"] == DOSE
    draft = Revision.objects.get(state="draft")
    assert draft.document.body == BODY.replace("10 mg", "20 mg")
    assert (draft.document.summary, draft.note) == (before.summary, "A new trial.")
    assert text_of(at_desk.get(DOSE)) == "## Dose\n\n20 mg."


def test_saving_a_renamed_section_redirects_to_its_new_name(topic, at_desk):
    assert post(at_desk, body="## How much\n\n10 mg.")["Location"] == f"{PAGE}edit/s-how-much/"


def test_a_button_saves_and_opens_the_whole_page_form(topic, at_desk):
    answer = post(at_desk, act="whole", body="## Dose\n\n20 mg.")

    draft = Revision.objects.get(state="draft")
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert "20 mg." in fields_of(at_desk.get(answer["Location"]))["body"][0]
    assert post(at_desk, body="")["Location"] == f"/drafts/{draft.pk}/"


def test_a_section_is_sent_for_review_from_its_form(topic, at_desk):
    asked = post(at_desk, act="submit", body="## Dose\n\n20 mg.")
    assert asked["Location"] == reverse("submit-step", args=[Revision.objects.get(state="draft").pk])
    assert text_of(at_desk.get(DOSE)) == "## Dose\n\n20 mg."

    sent = post(at_desk, act="submit", note="A new trial.", impact="wording")

    assert Revision.objects.get(number=2).document.body == BODY.replace("10 mg", "20 mg")
    assert sent["Location"] == reverse("review", args=[Revision.objects.get(number=2).pk])


def test_problems_elsewhere_on_the_page_stop_a_section_submission(topic, at_desk, clinician):
    draft = cast.make_edit(topic, clinician, summary="")

    answer = post(at_desk, act="submit", body="## Dose\n\n20 mg.", note="A new trial.", impact="wording")

    assert answer.status_code == 409
    assert "The section is saved. It was not sent for review yet." in html_of(answer)
    assert f"/drafts/{draft.pk}/" in links_of(answer)


def test_a_text_too_long_for_its_note_is_kept_on_the_screen(topic, at_desk):
    answer = post(at_desk, body="## Dose\n\n20 mg.", note="x" * 2_001)

    assert answer.status_code == 422
    assert "Shorten this by 1 character" in html_of(answer)
    assert text_of(answer) == "## Dose\n\n20 mg."


def test_saving_one_section_in_two_windows_is_a_conflict(topic, at_desk):
    fields = fields_of(at_desk.get(DOSE))
    post(at_desk, body="## Dose\n\n15 mg.")

    late = at_desk.post(DOSE, fields | {"body": "## Dose\n\n20 mg.", "act": "save"})

    assert late.status_code == 409
    assert "What the draft says there now" in html_of(late)
    assert "15 mg." in html_of(late)
    assert text_of(late) == "## Dose\n\n20 mg."
    at_desk.post(DOSE, fields_of(late) | {"act": "save"})
    assert "20 mg." in Revision.objects.get(state="draft").document.body


def test_saving_two_sections_in_two_windows_keeps_both(topic, at_desk):
    fields = fields_of(at_desk.get(DOSE))
    post(at_desk, path=f"{PAGE}edit/s-what-it-is/", body="## What it is\n\nCalcium drops.")

    at_desk.post(DOSE, fields | {"body": "## Dose\n\n20 mg.", "act": "save"})

    expected = BODY.replace("falls", "drops").replace("10 mg", "20 mg")
    assert Revision.objects.get(state="draft").document.body == expected


def test_the_form_of_a_removed_section_redirects_to_the_whole_page(topic, at_desk):
    answer = at_desk.get(f"{PAGE}edit/s-gone/", follow=True)

    assert answer.redirect_chain == [(f"{PAGE}edit/", 302)]
    assert "That section is not in the text any more" in html_of(answer)


def test_a_section_draft_of_an_outdated_version_opens_the_conflict_page(topic, at_desk, colleague, moderator):
    fields = fields_of(at_desk.get(DOSE))
    theirs = cast.make_edit(topic, colleague, body=BODY.replace("10 mg", "15 mg"))
    cast.approve(cast.submit(theirs), moderator)

    answer = at_desk.post(
        DOSE,
        fields | {"body": "## Dose\n\n20 mg.", "note": "A new trial.", "impact": "wording", "act": "submit"},
    )

    draft = Revision.objects.get(state="draft")
    assert answer["Location"] == reverse("conflict", args=[draft.pk])
    shown = html_of(at_desk.get(answer["Location"]))
    assert "<ins>15</ins>" in shown
    assert "<ins>20</ins>" in shown


def test_a_page_under_review_is_begun_again_by_section(topic, at_desk, moderator):
    live = topic.published_page.publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    assert post(at_desk, body="## Dose\n\n20 mg.")["Location"] == DOSE
    assert Revision.objects.get(state="draft").document.body == BODY.replace("10 mg", "20 mg")


def test_the_section_form_shows_waiting_changes_and_can_build_on_them(topic, at_desk, colleague):
    waiting = cast.submit(cast.make_edit(topic, colleague))

    shown = html_of(at_desk.get(DOSE))

    assert "Version 2 by Dr Tomás Rey waits for review" in shown
    assert reverse("build-on", args=[waiting.pk]) in shown
    assert "Version 2 by Dr Tomás Rey waits for review" in html_of(at_desk.get(f"{PAGE}history/"))
    assert "waits for review" not in html_of(Client().get(f"{PAGE}history/"))
