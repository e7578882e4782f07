"""A clinician corrects one section of a page."""

from playwright.sync_api import expect

from tests import cast
from wiki.models import Revision

BODY = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D."


def test_one_section_is_corrected_from_its_heading(clinician, moderator, seat):
    cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/")

    tab.get_by_role("heading", name="What helps").get_by_role("link", name="Edit this section").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Editing “What helps”")
    expect(tab.get_by_label("Write")).to_have_value("## What helps\n\nVitamin D.")
    tab.get_by_label("Write").fill("## What helps\n\nActive vitamin D.")
    expect(tab.get_by_role("region", name="Preview")).to_contain_text("Active vitamin D.")
    tab.get_by_label("What did you change, and why?").fill("Which vitamin.")
    tab.get_by_label("Wording only").check()
    tab.get_by_role("button", name="Submit for review").click()

    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 2.")
    assert Revision.objects.get(number=2).document.body == BODY.replace("Vitamin", "Active vitamin")
