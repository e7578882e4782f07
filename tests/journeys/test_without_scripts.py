"""One whole story in browsers that run no script: proposed, stated, previewed, sent, approved, read."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import answer_yes, sign_in_by_form
from wiki.models import Statement


def test_a_page_is_written_reviewed_and_read_without_scripts(clinician, moderator, seat):
    cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    cast.make_source(clinician)
    write_and_send(seat(java_script_enabled=False), clinician)
    judge = seat(java_script_enabled=False)
    judge.goto("/review/")
    sign_in_by_form(judge, moderator)
    judge.get_by_role("link", name="Hypoparathyroidism").click()
    expect(judge.locator("ins", has_text="Calcium").first).to_be_visible()
    expect(judge.get_by_role("link", name="Next change")).to_be_visible()
    expect(judge.locator(".desk kbd").first).to_be_hidden()  # Keys need a script.
    answer_yes(judge)
    judge.get_by_role("button", name="Approve and publish version 1").click()
    expect(judge.get_by_role("heading", level=1)).to_have_text("Review queue")

    reader = seat(java_script_enabled=False)
    reader.goto("/")
    reader.get_by_role("searchbox", name="Search for a condition").fill("hypoparathyroidism")
    reader.get_by_role("button", name="Search").last.click()

    expect(reader).to_have_url(re.compile("/wiki/hypoparathyroidism/$"))
    expect(reader.locator(".prose strong")).to_have_text("falls")
    expect(reader.locator(".statement")).to_contain_text("Seizures")
    expect(reader.locator(".signed")).to_contain_text("Approved by Dr Amara Osei")
    assert Statement.objects.public().count() == 1


def write_and_send(tab, clinician):
    """Propose a page with a statement, look at it, and send it for review."""
    tab.goto("/new/")
    sign_in_by_form(tab, clinician)
    tab.get_by_label("Title").fill("Hypoparathyroidism")
    tab.get_by_label("Condition").check()
    tab.get_by_role("button", name="Begin writing").click()
    tab.get_by_label("Plain summary").fill("Too little of a hormone.")
    tab.get_by_label("Write").fill("## What it is\n\nCalcium **falls**.")
    tab.get_by_role("button", name="Add a statement").click()
    row = tab.get_by_role("group", name="Statement 1")
    row.get_by_label("This page").select_option(label="can cause")
    row.get_by_label("Other page").fill("Seizures")
    row.get_by_label("What the evidence says").select_option(label="Supported")
    row.get_by_label("Certainty").select_option(label="Moderate certainty")
    row.get_by_label("Basis").select_option("cohort")
    row.get_by_label("Add a source").fill("22327515")
    tab.get_by_role("button", name="Refresh preview").click()
    expect(tab.get_by_role("region", name="Preview").locator("strong")).to_have_text("falls")
    expect(tab.get_by_role("list", name="Sources of statement 1")).to_contain_text("A study of calcium")
    tab.get_by_role("button", name="Submit for review").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Submit “Hypoparathyroidism” for review")
    tab.get_by_label("Why is this page needed?").fill("A new page.")
    tab.get_by_label("Background: it explains, and advises nothing").check()
    tab.get_by_role("button", name="Submit for review").click()
    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 1.")


def test_the_theme_is_chosen_without_scripts(seat):
    tab = seat(java_script_enabled=False)
    tab.goto("/appearance/")

    tab.get_by_role("button", name="Dark").click()

    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")


def test_without_scripts_a_citation_links_to_its_reference_and_back(clinician, moderator, seat):
    cast.make_source(clinician)
    cast.make_page(clinician, moderator, "Gout", body="## What it is\n\nCrystals.[@pmid:22327515]")
    tab = seat(java_script_enabled=False)
    tab.goto("/wiki/gout/")

    tab.locator(".prose").get_by_role("link", name="1").click()
    expect(tab.locator("li:target")).to_contain_text("A study of calcium")
    tab.get_by_role("link", name="Back to text").click()

    expect(tab.locator(".ref a:target")).to_have_text("1")
