"""A moderator goes through a change by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.remembered import remembered

BODY = "## What it is\n\nAnother first paragraph.\n\nA second paragraph.\n\nAnother third paragraph."

LONG_NOTE = "\n".join(["The old words said what no trial shows, and nobody had read them."] * 20)


@remembered
def change(clinician, moderator):
    """Return a change in two paragraphs that waits for review."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    return cast.submit(cast.make_edit(page, clinician, body=BODY), note=LONG_NOTE)


@pytest.fixture
def desk(change, moderator, seat):
    """Return a moderator's browser at the review of this change."""
    tab = seat(moderator)
    tab.goto(f"/review/{change.pk}/")
    return tab


def said(tab):
    """Return what is said aloud of the place that a key led to."""
    return tab.locator("[data-status]")


def test_keys_move_through_the_changes_and_wrap_around(desk):
    desk.keyboard.press("j")
    expect(said(desk)).to_have_text(re.compile(r"^Change 1 of [2-9]$"))
    many = int(said(desk).inner_text().split()[-1])

    for place in range(2, many + 1):
        desk.keyboard.press("n")
        expect(said(desk)).to_have_text(f"Change {place} of {many}")
    desk.keyboard.press("j")
    expect(said(desk)).to_have_text(f"Change 1 of {many}")
    desk.keyboard.press("k")
    expect(said(desk)).to_have_text(f"Change {many} of {many}")
    desk.keyboard.press("r")

    expect(said(desk)).to_have_text("There is no open comment.")


def test_the_previous_key_from_the_verdict_goes_to_the_last_change(desk):
    desk.keyboard.press("v")
    desk.keyboard.press("p")

    expect(said(desk)).to_have_text(re.compile(r"^Change (\d) of \1$"))


def test_the_verdicts_key_leads_past_no_question(desk):
    desk.keyboard.press("v")
    expect(desk.locator("#list-h")).to_be_focused()
    button = desk.locator(".verdict button.btn-act")
    for _ in range(30):
        desk.keyboard.press("Tab")
        if desk.locator("fieldset.ask input:focus").count():
            desk.keyboard.press("Space")
        if desk.locator(".verdict button.btn-act:focus").count():
            break

    expect(button).to_be_focused()
    asked = desk.locator("fieldset.ask")
    assert asked.count() == asked.filter(has=desk.locator("input:checked")).count() > 0


def test_letters_typed_into_a_remark_are_no_shortcuts(desk):
    desk.keyboard.press("j")
    desk.keyboard.press("d")
    desk.keyboard.type("j?")

    expect(desk.locator("textarea:focus")).to_have_value("j?")
    expect(desk.locator("#keys")).not_to_have_attribute("open", "")


def test_switching_the_keys_off_is_remembered(desk):
    desk.keyboard.press("?")
    desk.get_by_label("Use these keys").uncheck()

    desk.reload()
    desk.keyboard.press("j")

    expect(desk.get_by_label("Use these keys")).not_to_be_checked()
    expect(said(desk)).to_be_empty()


def test_the_queue_is_gone_through_and_opened_by_keyboard(change, clinician, moderator, seat):
    page = cast.make_page(clinician, moderator, "Tetany")
    cast.submit(cast.make_edit(page, clinician))
    tab = seat(moderator)
    tab.goto("/review/")
    expect(tab.get_by_text("go down and up this list")).to_be_visible()
    first, second = tab.locator(".queue th a").all()

    tab.keyboard.press("j")
    expect(first).to_be_focused()
    tab.keyboard.press("n")
    expect(second).to_be_focused()
    tab.keyboard.press("k")
    expect(first).to_be_focused()
    tab.keyboard.press("Enter")

    tab.wait_for_url(re.compile(r"/review/\d+/"))
    tab.keyboard.press("?")
    tab.get_by_label("Use these keys").uncheck()
    tab.goto("/review/")
    tab.keyboard.press("j")
    expect(tab.locator("body")).to_be_focused()
    expect(tab.get_by_text("go down and up this list")).to_be_hidden()


def test_changes_ticked_as_seen_fold_and_stay_folded(desk):
    desk.keyboard.press("x")
    expect(said(desk)).to_have_text("Go to a change first.")

    desk.keyboard.press("j")
    desk.keyboard.press("x")
    expect(said(desk)).to_have_text("Looked at.")
    looked = desk.locator("details[data-looked-at]")
    expect(looked).to_have_count(1)
    expect(looked).not_to_have_attribute("open", "")
    expect(desk.locator("[data-looked]")).to_have_text(re.compile(r"^1 of [2-9] looked at$"))

    desk.reload()
    expect(looked).to_have_count(1)
    looked.locator("summary").first.click()
    looked.get_by_label("I looked at this").uncheck()
    expect(desk.locator("details[data-looked-at]")).to_have_count(0)
    expect(desk.locator("[data-looked]")).to_be_hidden()


def test_the_note_and_the_first_change_are_visible_without_scrolling(desk):
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.reload()

    for place in (desk.locator(".brief"), desk.locator("[data-change]").first):
        box = place.bounding_box()
        assert box["y"] < 700
    desk.get_by_text("Read all of the note").click()
    assert desk.locator(".brief blockquote").inner_text().count("no trial shows") > 20
    desk.get_by_role("link", name="Next change").click()
    expect(said(desk)).to_have_text(re.compile(r"^Change 1 of"))


def test_without_scripts_each_change_folds_and_no_tick_is_offered(change, moderator, seat):
    tab = seat(moderator, java_script_enabled=False)
    tab.goto(f"/review/{change.pk}/")

    first = tab.locator("details[data-change]").first
    expect(first).to_have_attribute("open", "")
    first.locator("summary").first.click()
    expect(first).not_to_have_attribute("open", "")
    assert not any(one.is_visible() for one in tab.locator("[data-tick]").all())
