"""Autosave of one section when the server fails, the session ends or a second window saves."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import hurry, sign_in, sign_in_by_form, unfold
from tests.journeys.conftest import PATIENCE
from tests.remembered import remembered
from wiki.models import Revision

BODY = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D.\n"
SECTION = "/wiki/hypoparathyroidism/edit/s-what-helps/"
TYPED = "## What helps\n\nActive vitamin D and calcium."


@remembered
def two_sections(clinician, moderator):
    """Publish a page of two sections."""
    cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)


@pytest.fixture
def leave(two_sections, context, live_server, clinician):
    """Return the act of sitting down at a browser that may complain."""
    sign_in(context, live_server.url, clinician)
    hurry(context)
    context.set_default_timeout(PATIENCE)

    def open_at(path=SECTION):
        tab = context.new_page()
        tab.goto(f"{live_server.url}{path}")
        return tab

    return open_at


def saved(tab):
    """Wait until the form says that all is saved."""
    expect(tab.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()


def body():
    return Revision.objects.get(state="draft").document.body


def test_a_section_is_autosaved_with_a_changed_heading(leave):
    tab = leave()

    tab.get_by_label("Write").fill(TYPED)
    saved(tab)
    assert body() == BODY.replace("## What helps\n\nVitamin D.", TYPED)
    tab.get_by_label("Write").fill("## How it is treated\n\nVitamin D.")
    tab.wait_for_url("**/edit/s-how-it-is-treated/")

    with tab.expect_response("**/drafts/autosave/"):
        tab.get_by_label("Write").fill("")
    assert body().strip() == "## What it is\n\nCalcium falls."
    tab.get_by_label("Write").fill(TYPED)
    tab.wait_for_url("**/edit/s-what-helps/")
    assert body().strip() == BODY.replace("## What helps\n\nVitamin D.", TYPED).strip()
    assert Revision.objects.filter(state="draft").count() == 1


def test_an_ended_session_leads_back_to_the_text_of_the_section(leave, clinician):
    tab = leave()
    Session.objects.all().delete()

    tab.get_by_label("Write").fill(TYPED)
    tab.get_by_label("What did you change, and why?").fill("Which vitamin.")
    tab.get_by_role("link", name="Sign in and go on").first.click()
    sign_in_by_form(tab, clinician)

    expect(tab.get_by_role("status").filter(has_text="are back, and saved now")).to_be_visible()
    expect(tab.get_by_label("Write")).to_have_value(TYPED)
    assert body() == BODY.replace("## What helps\n\nVitamin D.", TYPED)
    assert Revision.objects.get(state="draft").note == "Which vitamin."


def test_unsaved_section_text_is_offered_in_the_whole_page_form(leave):
    tab = leave()
    tab.route("**/drafts/autosave/", lambda route: route.abort())
    tab.get_by_label("Write").fill(TYPED)
    expect(tab.get_by_role("status").filter(has_text="no connection")).to_be_visible()
    tab.close(run_before_unload=False)

    tab = leave("/wiki/hypoparathyroidism/edit/")

    expect(tab.get_by_role("status").filter(has_text="are back, and saved now")).to_be_visible()
    expect(tab.get_by_label("Write")).to_have_value(BODY.replace("## What helps\n\nVitamin D.", TYPED))
    assert tab.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("Keep the text of this window", "In the first."),
        ("Take the text of the other window", "In the second."),
        ("Put both texts together", "In the first.\n\nIn the second."),
    ],
)
def test_two_windows_on_one_section_show_a_conflict(leave, choice, left):
    first, second = leave(), leave()
    second.get_by_label("Write").fill("## What helps\n\nIn the second.")
    saved(second)

    first.get_by_label("Write").fill("## What helps\n\nIn the first.")
    alert = first.get_by_role("alert").filter(has_text="saved in another window")
    alert.get_by_text("Compare the two").click()

    expect(alert).to_contain_text("In the first.")
    expect(alert).to_contain_text("In the second.")
    assert "In the second." in body()
    alert.get_by_role("button", name=choice).click()
    expect(alert).to_have_count(0)
    expect(first.get_by_label("Write")).to_have_value(f"## What helps\n\n{left}")
    assert left in body()


def test_the_preview_of_an_ended_session_shows_a_sentence(leave):
    tab = leave()
    Session.objects.all().delete()

    tab.get_by_label("Write").press_sequentially("More. ")

    expect(tab.locator("#preview-status")).to_contain_text("you are signed out")
    expect(tab.get_by_role("region", name="Preview")).to_contain_text("Vitamin D.")
    expect(tab.get_by_role("region", name="Preview")).not_to_contain_text("Password")


def test_a_half_typed_source_survives_closing_the_tab(leave):
    tab = leave("/wiki/hypoparathyroidism/edit/")
    tab.get_by_text("Add a source that the wiki does not have yet").click()
    tab.locator("#source-title").fill("A trial of calcium")
    unfold(tab)
    tab.get_by_label("Plain summary").fill("Too little of a hormone.")
    saved(tab)
    tab.close(run_before_unload=False)

    tab = leave("/wiki/hypoparathyroidism/edit/")

    expect(tab.locator("#source-title")).to_have_value("A trial of calcium")
    expect(tab.locator("#source-title")).to_be_visible()
