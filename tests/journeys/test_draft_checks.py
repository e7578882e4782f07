"""A clinician puts right what the checks found."""

import pytest
from playwright.sync_api import Route, expect

from tests import cast
from tests.remembered import remembered

BODY = "## What it is\n\n😀 It was given as 5.0 mg of calcium.\n\nA second paragraph.\n\nA third paragraph."


@remembered
def draft(clinician, moderator):
    """Return a draft in which a dose can be misread."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    return cast.make_edit(page, clinician, body=BODY)


@pytest.fixture
def desk(draft, clinician, seat):
    """Return a clinician's browser at this draft."""
    tab = seat(clinician)
    tab.goto(f"/drafts/{draft.pk}/")
    return tab


def test_a_finding_links_to_its_words_and_vanishes_once_corrected(desk):
    checks = desk.locator("#checks")
    field = desk.get_by_label("Write", exact=True)

    checks.get_by_role("link", name="can be read ten times too high").click()

    expect(field).to_be_focused()
    assert field.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)") == "5.0 mg"
    desk.keyboard.type("5 mg")
    expect(field).to_have_value(BODY.replace("5.0 mg", "5 mg"))
    expect(checks).not_to_contain_text("5.0 mg")


def test_findings_with_focus_are_not_updated_until_the_focus_leaves(desk):
    checks = desk.locator("#checks")
    desk.get_by_label("Write", exact=True).fill(BODY.replace("5.0 mg", "5 mg"))
    checks.get_by_role("link", name="can be read ten times too high").focus()

    expect(desk.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()

    expect(checks).to_contain_text("5.0 mg")
    desk.get_by_label("What did you change, and why?").focus()
    expect(checks).not_to_contain_text("5.0 mg")


def test_checks_are_no_longer_asked_for_once_the_draft_is_sent(desk):
    """What is asked about a draft that was submitted meanwhile would be answered by 404."""
    asked: list[Route] = []
    desk.route("**/checks/", lambda route: asked.append(route))  # no answer comes
    desk.get_by_label("Write", exact=True).fill(BODY.replace("5.0 mg", "5 mg"))
    while not asked:
        desk.title()  # lets the browser go on
    desk.route("**/drafts/*/", lambda route: None)  # nor another page, with which questions end

    with desk.expect_event("requestfailed", lambda request: request.url.endswith("/checks/")):
        desk.get_by_role("button", name="Save draft").last.click(no_wait_after=True)
