"""A clinician: edits with the preview beside the text, is told what is missing, and sends it for review."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import sign_in_by_form, unfold
from tests.remembered import remembered
from wiki.models import Revision, Source


@remembered
def pages(clinician, moderator):
    """Publish a page to change and one to name in a statement."""
    cast.make_page(clinician, moderator, "Hypoparathyroidism")
    cast.make_page(clinician, moderator, "Seizures", kind="symptom", aliases=("fits",))


def test_an_edit_is_previewed_beside_the_text(pages, clinician, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")
    tab.get_by_role("link", name="Edit", exact=True).click()
    sign_in_by_form(tab, clinician)

    tab.get_by_label("Write").fill("## Treatment\n\nCalcium is **given**. See [[Seizures]].")

    preview = tab.get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", name="Treatment")).to_be_visible()
    expect(preview.locator("strong")).to_have_text("given")
    expect(preview.get_by_role("link", name="Seizures")).to_have_attribute("href", "/wiki/seizures/")


def test_toolbar_buttons_mark_the_selected_text(pages, clinician, seat):
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/edit/")
    writing = tab.get_by_label("Write")
    writing.fill("calcium")
    writing.select_text()

    tab.get_by_role("button", name="Bold").click()

    expect(writing).to_have_value("**calcium**")
    expect(tab.get_by_role("region", name="Preview").locator("strong")).to_have_text("calcium")


def test_errors_are_shown_at_their_fields_and_typed_values_are_kept(pages, clinician, seat):
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/edit/")
    unfold(tab)
    tab.get_by_label("Plain summary").fill("x" * 310)
    expect(tab.get_by_text("310 of 300 characters")).to_be_visible()
    tab.get_by_label("Write").fill("Said by nobody [@pmid:99999999].")

    tab.get_by_label("Wording only").check()
    tab.get_by_role("button", name="Submit for review").click()
    expect(tab.get_by_label("What did you change, and why?")).to_be_focused()
    expect(tab.get_by_role("alert")).to_have_text("Before you submit, say what you changed and why.")
    tab.keyboard.type("Why.")
    tab.get_by_role("button", name="Submit for review").click()

    summary = tab.get_by_label("Plain summary")
    expect(summary).to_have_attribute("aria-invalid", "true")
    expect(summary).to_have_accessible_description(re.compile("Shorten this by 10 characters"))
    expect(summary).to_have_value("x" * 310)
    expect(tab.get_by_label("Write")).to_have_value("Said by nobody [@pmid:99999999].")
    tab.get_by_role("alert").get_by_role("link", name=re.compile("Shorten this by 10")).click()
    expect(summary).to_be_in_viewport()
    expect(summary).to_be_focused()


def test_a_statement_with_a_new_source_is_saved_found_again_and_sent(pages, clinician, seat):
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/edit/")
    unfold(tab)
    tab.get_by_label("Plain summary").fill("Too little of a hormone.")
    tab.get_by_role("button", name="Add a statement").click()
    state(tab, source="pmid:22327515")
    expect(tab.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    tab.get_by_text("Add a source that the wiki does not have yet").click()
    add_source(tab)
    expect(tab.get_by_role("status").filter(has_text="is among the sources")).to_be_visible()
    expect(tab.locator("#source-title")).to_have_value("")

    tab.get_by_role("button", name="Save draft").click()
    expect(tab.get_by_text("Draft saved at")).to_be_visible()
    tab.get_by_role("link", name="My drafts (1)").click()
    tab.get_by_role("link", name="Continue with Hypoparathyroidism").click()
    expect(tab.get_by_label("Plain summary")).to_have_value("Too little of a hormone.")
    tab.get_by_label("What did you change, and why?").fill("The summary was too long.")
    tab.get_by_label("Wording only").check()
    tab.get_by_role("button", name="Submit for review").click()

    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 2.")
    sent = Revision.objects.get(number=2)
    assert (sent.state, sent.note) == ("submitted", "The summary was too long.")
    (row,) = sent.document.statements
    assert (row.relation, row.sources) == ("has_manifestation", ("pmid:22327515",))
    assert Source.objects.get().title == "Calcium and its study"


def test_pages_and_sources_are_found_by_typing(pages, clinician, seat):
    cast.make_source(clinician)
    tab = seat(clinician)
    tab.goto("/wiki/hypoparathyroidism/edit/")
    tab.get_by_role("button", name="Add a statement").click()
    row = tab.get_by_role("group", name="Statement 1")

    row.get_by_label("Other page").press_sequentially("fit")
    expect(row.get_by_role("option", name="Seizures")).to_contain_text("found as “fits”")

    row.get_by_label("Add a source").press_sequentially("study of")
    expect(row.get_by_role("option", name="A study of calcium")).to_be_visible()


def test_a_new_page_begins_with_the_sections_of_its_kind(pages, clinician, seat):
    tab = seat(clinician)
    tab.goto("/drafts/")
    tab.get_by_role("link", name="Propose a page").click()
    tab.get_by_label("Title").fill("Calcitriol")
    tab.get_by_label("Drug").check()
    tab.get_by_role("button", name="Begin writing").click()
    expect(tab.get_by_label("Write")).to_have_value(re.compile("^## "))

    tab.get_by_label("Plain summary").fill("A form of vitamin D.")
    tab.get_by_label("Write").fill("## What it is\n\nA form of vitamin D.")
    tab.get_by_label("Why is this page needed?").fill("A new page.")
    tab.get_by_label("Background: it explains").check()
    tab.get_by_role("button", name="Submit for review").click()

    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 1.")
    tab.goto("/wiki/calcitriol/")
    expect(tab.get_by_role("heading", level=1)).to_have_text("There is no page here")


def state(tab, source):
    """Fill the first statement."""
    row = tab.get_by_role("group", name="Statement 1")
    row.get_by_label("This page").select_option("has_manifestation")
    row.get_by_label("Other page").fill("fits")
    row.get_by_label("What the evidence says").select_option("asserted")
    row.get_by_label("Certainty").select_option("low")
    row.get_by_label("Basis").select_option("cohort")
    row.get_by_label("Add a source").fill(source)


def add_source(tab):
    """Fill the form for a new source, and add it."""
    form = tab.locator("#add-source")
    form.locator("[name=source-identifier]").fill("PMID 22327515")
    form.get_by_label("Title").fill("Calcium and its study")
    form.locator("[name=source-authors]").fill("Example A")
    form.get_by_label("Year").fill("2012")
    form.locator("[name=source-type]").select_option("cohort")
    form.get_by_role("button", name="Save draft and add this source").click()
