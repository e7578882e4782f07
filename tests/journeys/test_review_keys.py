"""A moderator goes through a change by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast

BODY = "## What it is\n\nAnother first paragraph.\n\nA second paragraph.\n\nAnother third paragraph."


@pytest.fixture
def desk(clinician, moderator, seat):
    """Return a moderator's browser at the review of a change in two paragraphs."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    change = cast.propose_change(page, clinician, body=BODY)
    tab = seat(moderator)
    tab.goto(f"/review/{change.pk}/")
    return tab


def said(tab):
    """Return what is said aloud of the place that a key led to."""
    return tab.locator("[data-said]")


def test_keys_lead_from_change_to_change_and_round(desk):
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

    expect(said(desk)).to_have_text("There is no Open remark.")


def test_from_the_verdict_the_change_before_is_the_last(desk):
    desk.keyboard.press("v")
    desk.keyboard.press("p")

    expect(said(desk)).to_have_text(re.compile(r"^Change (\d) of \1$"))


def test_a_letter_typed_into_a_remark_is_a_letter(desk):
    desk.keyboard.press("j")
    desk.keyboard.press("d")
    desk.keyboard.type("j?")

    expect(desk.locator("textarea:focus")).to_have_value("j?")
    expect(desk.locator("#keys")).not_to_have_attribute("open", "")


def test_who_does_not_want_the_keys_is_rid_of_them_for_good(desk):
    desk.keyboard.press("?")
    desk.get_by_label("Use these keys").uncheck()

    desk.reload()
    desk.keyboard.press("j")

    expect(desk.get_by_label("Use these keys")).not_to_be_checked()
    expect(said(desk)).to_be_empty()
