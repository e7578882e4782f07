"""Renaming a page: the form's note on the old title is right at every step."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import unfold
from tests.remembered import remembered
from wiki.models import Revision


@remembered
def headache(clinician, moderator):
    """Publish a page that is called Headache and has no other name."""
    cast.make_page(clinician, moderator, "Headache")


@pytest.fixture
def tab(headache, clinician, seat):
    """Return the form of this page."""
    tab = seat(clinician)
    tab.goto("/wiki/headache/edit/")
    unfold(tab)
    return tab


def test_the_note_on_the_old_title_follows_the_typed_title(tab):
    box = tab.get_by_label("Keep “Headache” among the other names")
    kept = tab.get_by_text("“Headache” is among its other names.")
    expect(box).to_be_hidden()

    tab.locator("#title").fill("Cephalalgia")
    expect(box).to_be_checked()
    expect(kept).to_be_hidden()
    tab.get_by_label("Also called").fill("headache")
    expect(box).to_be_hidden()
    expect(kept).to_be_visible()
    tab.get_by_label("Also called").fill("")
    expect(box).to_be_visible()
    expect(kept).to_be_hidden()
    tab.locator("#title").fill("Headache")
    expect(box).to_be_hidden()


def test_the_old_title_is_kept_as_the_form_says(tab):
    tab.locator("#title").fill("Cephalalgia")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").last.click()

    assert Revision.objects.get(state="draft").document.aliases == ("Headache",)
    unfold(tab)
    expect(tab.get_by_text("“Headache” is among its other names.")).to_be_visible()
    expect(tab.get_by_text("Readers will find it at /wiki/cephalalgia/")).to_be_visible()
    tab.locator("#title").fill("Pain of the head")
    expect(tab.get_by_text("Readers will find it at")).to_be_hidden()
