"""Use of the site by keyboard alone: the focus is always visible and never trapped."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import focus
from tests.remembered import remembered
from wiki.models import Revision

FAR = 150  # more steps than any page here has


@remembered
def pages(clinician, moderator):
    """Publish a page to change."""
    cast.make_source(clinician)
    return cast.make_page(
        clinician, moderator, "Hypoparathyroidism", body="## What it is\n\nCalcium falls [@pmid:22327515]."
    )


def go_to(tab, words, key="Tab"):
    """Step on until the keyboard is at what is called `words`; each step must be seen."""
    for _ in range(FAR):
        tab.keyboard.press(key)
        here = focus(tab)
        if here["tag"] != "BODY":
            assert here["seen"], here
        if here["words"].startswith(words):
            return here
    raise AssertionError(f"{words} cannot be reached")


def test_a_change_is_written_sent_and_published_by_keyboard(pages, clinician, moderator, seat):
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/")
    go_to(tab, "Edit")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/edit/")
    go_to(tab, "Write")
    tab.keyboard.press("ControlOrMeta+End")
    tab.keyboard.type("\n\nIt is often found by chance.")
    go_to(tab, "Title, kind, other names")
    tab.keyboard.press("Enter")
    go_to(tab, "Plain summary")
    tab.keyboard.press("ControlOrMeta+A")
    tab.keyboard.type("Too little of a hormone.")
    go_to(tab, "What did you change")
    tab.keyboard.type("How it is found.")
    go_to(tab, "Nothing")
    tab.keyboard.press("ArrowDown")  # on to: wording
    go_to(tab, "Submit for review")
    tab.keyboard.press("Enter")
    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 2.")

    judge = seat(moderator)
    judge.goto("/review/")
    go_to(judge, "Hypoparathyroidism")
    judge.keyboard.press("Enter")
    judge.wait_for_url("**/review/*/")
    for _ in range(judge.locator("fieldset.ask").count()):
        go_to(judge, "Yes")
        judge.keyboard.press("Space")
    go_to(judge, "Approve and publish version 2")
    judge.keyboard.press("Enter")

    expect(judge.get_by_role("heading", level=1)).to_have_text("Review queue")
    published = Revision.objects.get(state="approved", number=2)
    assert published.document.summary == "Too little of a hormone."
    assert published.document.body.endswith("\n\nIt is often found by chance.")


def test_tab_leaves_the_editor_in_both_directions(pages, clinician, seat):
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/edit/")
    written = go_to(tab, "Write")["value"]

    tab.keyboard.press("Tab")
    after = focus(tab)
    go_to(tab, "Write", key="Shift+Tab")
    tab.keyboard.press("Shift+Tab")
    before = focus(tab)

    assert after["words"] == "Keys"
    assert before["words"] == "Heading"
    expect(tab.get_by_label("Write")).to_have_value(written)


@pytest.mark.parametrize(
    "path", ["/", "/wiki/hypoparathyroidism/", "/wiki/hypoparathyroidism/edit/", "/review/{}/"]
)
def test_tab_passes_through_a_whole_page_with_visible_focus(path, pages, moderator, clinician, seat):
    waiting = cast.submit(cast.make_edit(pages, clinician))
    tab = seat(moderator)
    tab.goto(path.format(waiting.pk))

    steps: list[dict[str, Any]] = []
    while len(steps) < FAR and (not steps or steps[-1]["tag"] != "BODY"):
        tab.keyboard.press("Tab")
        steps.append(focus(tab))

    *inside, out = steps
    assert out["tag"] == "BODY", "the keyboard does not come out of the page"
    assert inside[0]["words"] == "Skip to main content"
    assert inside[-1]["words"] == "Text: CC BY-SA 4.0"
    assert [one for one in inside if not one["seen"]] == []


def test_the_skip_link_leads_past_the_header(pages, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")

    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")

    assert focus(tab)["words"] == "Condition"


def test_enter_in_a_verdict_field_does_not_submit(pages, clinician, moderator, seat):
    waiting = cast.submit(cast.make_edit(pages, clinician))
    tab = seat(moderator)
    tab.goto(f"/review/{waiting.pk}/")
    go_to(tab, "If something does not apply, why?")

    tab.keyboard.press("Enter")

    assert focus(tab)["name"] == "why"
    assert Revision.objects.get(pk=waiting.pk).state == "submitted"


def test_the_keyboard_begins_at_what_went_wrong(pages, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/report/")
    expect(tab.locator("body")).to_be_focused()

    tab.get_by_role("button", name="Send the report").press("Enter")

    expect(tab.get_by_role("alert")).to_be_focused()
    expect(tab).to_have_title(re.compile("^Error: Report"))
    assert focus(tab)["seen"]
    tab.keyboard.press("Tab")
    assert focus(tab)["words"] == "Say what is wrong"


def test_a_draft_that_is_opened_is_no_error(pages, clinician, seat):
    draft = cast.make_edit(pages, clinician, summary="")
    tab = seat(clinician)

    tab.goto(draft.get_absolute_url())

    expect(tab.get_by_role("alert").first).to_be_visible()
    expect(tab.locator("body")).to_be_focused()
