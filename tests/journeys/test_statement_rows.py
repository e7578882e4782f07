"""Rows of statements at a browser: found by typing, by keyboard alone, without a page being loaded."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import barriers, focus, unfold
from tests.remembered import remembered
from wiki.models import Revision

EDIT = "/wiki/hypoparathyroidism/edit/"
INSIDE = """() => {
  const list = document.querySelector(".combo:popover-open").getBoundingClientRect();
  const field = document.activeElement.getBoundingClientRect();
  const apart = list.top >= field.bottom || list.bottom <= field.top;
  return apart && list.height >= 90 && list.left >= 0 && list.right <= innerWidth
    && list.top >= 0 && list.bottom <= innerHeight;
}"""


@remembered
def pages(clinician, moderator):
    """Publish a page to change, and some to name."""
    cast.make_source(clinician)
    fits = {"kind": "symptom", "aliases": ("fits",), "summary": "Sudden bursts in the brain. " * 5}
    cast.make_page(clinician, moderator, "Seizures", **fits)
    cast.make_page(clinician, moderator, "Fitzgerald nucleus", kind="anatomy")
    return cast.make_page(clinician, moderator, "Hypoparathyroidism")


@pytest.fixture
def tab(pages, clinician, seat):
    """Sit at the form with one empty row, which no page load brought."""
    tab = seat(clinician)
    tab.goto(EDIT)
    tab.get_by_role("button", name="Add a statement").click()
    return tab


def row_of(tab, number=1):
    return tab.get_by_role("group", name=f"Statement {number}", exact=True)


def other_page(tab, number=1):
    return row_of(tab, number).get_by_role("combobox", name="Other page")


def said(tab):
    """Return what the list says to those who do not see it."""
    return other_page(tab).locator("xpath=following-sibling::span[@aria-live]")


def test_a_usual_statement_begins_with_its_relation(tab):
    tab.get_by_role("button", name="Add “can cause …”").click()

    expect(row_of(tab, 2).get_by_label("This page")).to_have_value("has_manifestation")
    expect(other_page(tab, 2)).to_be_focused()


def test_a_page_is_found_and_chosen_by_keyboard_alone(tab):
    assert focus(tab)["name"] == "statements-0-relation"
    tab.keyboard.press("Tab")
    field = other_page(tab)
    while focus(tab)["tag"] == "A":
        tab.keyboard.press("Tab")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")

    tab.keyboard.type("fit")

    option = tab.get_by_role("option", name="Seizures")
    expect(option).to_contain_text("Symptom")
    expect(option).to_contain_text("found as “fits”")
    expect(option).to_contain_text("Sudden bursts in the brain.")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(said(tab)).to_have_text(
        "2 suggestions. The arrow keys go through them. The last line proposes a new page."
    )
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    tab.keyboard.press("Home")
    expect(option).to_have_attribute("aria-selected", "false")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")

    expect(field).to_have_value("Seizures")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(tab.get_by_role("listbox")).to_have_count(0)
    assert Revision.objects.filter(state="draft").count() == 0


def test_escape_closes_the_list_then_clears_and_tab_keeps_what_is_typed(tab):
    field = other_page(tab)
    field.press_sequentially("seiz")
    expect(tab.get_by_role("option", name="Seizures")).to_be_visible()

    tab.keyboard.press("Escape")
    expect(tab.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("seiz")
    tab.keyboard.press("Alt+ArrowDown")
    expect(tab.get_by_role("option", name="Seizures")).to_have_attribute("aria-selected", "false")
    tab.keyboard.press("Alt+ArrowUp")
    expect(tab.get_by_role("listbox")).to_have_count(0)
    tab.keyboard.press("Escape")
    expect(field).to_have_value("")

    tab.keyboard.type("seiz")
    expect(tab.get_by_role("option", name="Seizures")).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    expect(field).to_have_value("seiz")
    expect(tab.get_by_role("listbox")).to_have_count(0)


def test_enter_without_a_choice_neither_chooses_nor_sends_the_form(tab):
    other_page(tab).press_sequentially("seiz")
    expect(tab.get_by_role("option", name="Seizures")).to_be_visible()

    tab.keyboard.press("Enter")

    expect(tab.get_by_role("listbox")).to_have_count(0)
    expect(other_page(tab)).to_have_value("seiz")
    expect(tab).to_have_url(re.compile(EDIT))


def test_a_source_that_is_not_found_says_where_it_is_added_and_enter_sends_nothing(tab):
    field = row_of(tab).get_by_label("Add a source", exact=True)
    field.press_sequentially("10.1000/none")
    nothing = "The wiki does not have it yet. Add it below the statements."
    expect(tab.locator(".combo:popover-open")).to_contain_text(nothing)
    expect(tab.locator("[aria-live]", has_text=nothing)).to_have_count(1)

    tab.keyboard.press("Enter")

    expect(tab.locator(".combo:popover-open")).to_have_count(0)
    expect(field).to_have_value("10.1000/none")
    expect(tab).to_have_url(re.compile(EDIT))


def test_a_missing_page_is_proposed_in_a_new_tab(tab):
    row_of(tab).get_by_label("This page").select_option("affects_site")
    other_page(tab).press_sequentially("Pallidum & co")
    offer = tab.get_by_role("option", name="Propose “Pallidum & co” as a new page")
    expect(said(tab)).to_contain_text("Nothing found.")

    with tab.context.expect_page() as opened:
        offer.click()

    expect(opened.value.get_by_label("Title", exact=True).first).to_have_value("Pallidum & co")
    expect(opened.value.get_by_label("Kind", exact=True)).to_have_value("anatomy")
    expect(other_page(tab)).to_have_value("Pallidum & co")


def test_relations_follow_the_kinds_of_both_pages(tab):
    relation = row_of(tab).get_by_label("This page")
    other_page(tab).press_sequentially("fitz")
    tab.get_by_role("option", name="Fitzgerald nucleus").click()

    expect(relation.locator("option")).to_have_text(["Choose", "affects", "is associated with", "see also"])
    relation.select_option("affects_site")
    expect(row_of(tab)).to_contain_text(
        "Hypoparathyroidism affects Fitzgerald nucleus. "
        "That page will say: can be affected by Hypoparathyroidism."
    )
    unfold(tab)
    tab.get_by_label("Kind", exact=True).select_option("anatomy")

    expect(relation).to_have_value("affects_site")
    expect(relation.locator("option")).to_have_text(
        [
            "Choose",
            "affects (does not fit)",
            "is associated with",
            "is a type of",
            "is part of",
            "see also",
        ]
    )
    expect(row_of(tab)).to_contain_text("A page of kind anatomy cannot say “affects” of one of kind anatomy.")


def test_choosing_a_relation_first_lists_fitting_pages_on_top(tab):
    row_of(tab).get_by_label("This page").select_option("affects_site")

    other_page(tab).press_sequentially("fit")

    options = tab.get_by_role("option", selected=False).filter(has=tab.locator(".combo-head"))
    expect(options).to_have_text(
        [re.compile("^Fitzgerald nucleus Anatomy"), re.compile("^Seizures.*Does not fit “affects”")]
    )


def test_the_row_shows_the_statement_of_the_other_page(pages, clinician, colleague, seat):
    seizures = Revision.objects.get(title="Seizures").page
    row = cast.statement(pages, "associated_with")
    cast.submit(cast.make_edit(seizures, colleague, statements=(row,)))
    tab = seat(clinician)
    tab.goto(EDIT)
    tab.get_by_role("button", name="Add a statement").click()
    row_of(tab).get_by_label("This page").select_option("has_manifestation")

    other_page(tab).fill("fits")

    expect(row_of(tab)).to_contain_text("Seizures says nearly the same already:")
    expect(row_of(tab)).to_contain_text("It is waiting for review.")
    expect(row_of(tab).get_by_role("link", name="Read Seizures")).to_be_visible()


def test_rows_are_added_and_removed_by_script_and_saved_in_order(tab):
    for number, title in enumerate(("Seizures", "Lost", "Fitzgerald nucleus"), start=1):
        if number > 1:
            tab.get_by_role("button", name="Add a statement").click()
        assert focus(tab)["name"] == f"statements-{number - 1}-relation"
        other_page(tab, number).fill(title)

    tab.get_by_role("button", name="Remove statement 2").click()
    assert focus(tab)["words"] == "Put statement 2 back"
    expect(other_page(tab, 2)).to_have_value("Fitzgerald nucleus")
    expect(other_page(tab, 2)).to_have_attribute("id", "statements-1-object")
    tab.keyboard.press("Enter")
    assert focus(tab)["name"] == "statements-1-relation"
    expect(other_page(tab, 2)).to_have_value("Lost")
    expect(other_page(tab, 3)).to_have_value("Fitzgerald nucleus")
    tab.get_by_role("button", name="Remove statement 2").click()
    tab.get_by_role("button", name="Save draft").last.click()

    expect(tab.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    expect(other_page(tab, 2)).to_have_value("Fitzgerald nucleus")
    expect(row_of(tab, 3)).to_have_count(0)


def test_a_late_look_up_is_dropped_and_a_failed_one_reported(tab):
    late = []
    failed = []
    of_pages = re.compile(r"/lookup/pages/.*q=se&")
    tab.on("requestfailed", lambda one: failed.append(one.url) if of_pages.search(one.url) else None)
    tab.route(of_pages, lambda route: late.append(route))
    other_page(tab).press_sequentially("se")
    expect(tab.get_by_text("Looking…")).to_be_visible()
    other_page(tab).press_sequentially("iz")

    expect(tab.get_by_role("option", name="Seizures")).to_be_visible()
    assert len(late) == len(failed) == 1

    tab.route(re.compile(r"/lookup/pages/.*q=seizu&"), lambda route: route.fulfill(body="<html>"))
    other_page(tab).press_sequentially("u")
    expect(said(tab)).to_have_text("The list cannot be shown just now. What you type is kept.")
    expect(other_page(tab)).to_have_attribute("aria-expanded", "false")
    tab.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize(("width", "height"), [(390, 700), (640, 400), (1280, 900)])
def test_the_list_fits_the_screen_and_has_no_accessibility_barriers(tab, width, height):
    tab.set_viewport_size({"width": width, "height": height})
    other_page(tab).press_sequentially("fit")
    expect(tab.get_by_role("option", name="Seizures")).to_be_visible()

    for at in ("start", "end"):
        other_page(tab).evaluate("(one, block) => one.scrollIntoView({block})", at)
        tab.wait_for_function(INSIDE)

    if width == 1280:  # the barriers are looked for at each width
        other_page(tab).focus()
        tab.keyboard.press("ArrowDown")
        assert barriers(tab) == []


def test_the_source_fields_of_a_row_are_labelled_with_its_number(tab):
    tab.get_by_role("button", name="Add a statement").click()
    row_of(tab, 2).get_by_role("combobox", name="Add a source").press_sequentially("study of")
    tab.get_by_role("option", name="A study of calcium").click()
    expect(row_of(tab, 2).get_by_role("list", name="Sources of statement 2")).to_be_visible()

    tab.get_by_role("button", name="Remove statement 1").click()

    sources = row_of(tab, 1).get_by_role("list", name="Sources of statement 1")
    name = "Remove source pmid:22327515 from statement 1"
    expect(sources.get_by_role("button")).to_have_accessible_name(name)


def test_a_long_address_among_the_sources_fits_a_telephone(tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    row_of(tab).get_by_role("combobox", name="Add a source").press_sequentially("study of")
    tab.get_by_role("option", name="A study of calcium").click()
    cited = row_of(tab).get_by_role("list", name="Sources of statement 1")

    cited.locator("li > span").first.evaluate("one => one.textContent = `https://a.org/${'a'.repeat(300)}`")

    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_chosen_source_is_listed_in_the_row_until_removed(tab):
    field = row_of(tab).get_by_role("combobox", name="Add a source")
    cited = row_of(tab).get_by_role("list", name="Sources of statement 1")

    for _ in range(2):
        field.press_sequentially("study of")
        tab.get_by_role("option", name="A study of calcium").click()
        expect(field).to_have_value("")
    expect(cited.get_by_role("listitem")).to_have_count(1)
    expect(cited).to_contain_text("pmid:22327515")
    tab.get_by_role("button", name="Save draft").last.click()
    expect(tab.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    expect(cited).to_contain_text("A study of calcium")

    cited.get_by_role("button", name="Remove source pmid:22327515 from statement 1").click()

    expect(cited).to_have_count(0)
    expect(field).to_be_focused()
