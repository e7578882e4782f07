"""A reader searches, reads, follows references and versions, and is offered to write."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import sign_in_by_form
from tests.remembered import remembered

BODY = """## What it is

Calcium falls in the blood [@pmid:22327515]. It is not [[Something unwritten]].

## What follows

It may go on for years.
"""


@remembered
def two_versions(clinician, moderator):
    """Return a page of which two versions were published."""
    cast.make_source(clinician)
    page = cast.make_page(
        clinician, moderator, "Hypoparathyroidism", aliases=("low parathyroid hormone",), body=BODY
    )
    later = cast.make_edit(page, clinician, body=BODY.replace("for years", "for a life"))
    cast.approve(cast.submit(later), moderator)
    return page


def test_searching_an_alias_opens_the_page(two_versions, seat):
    tab = seat()

    tab.goto("/")
    tab.get_by_role("searchbox", name="Search for a condition").fill("low parathyroid hormone")
    tab.keyboard.press("Enter")

    expect(tab).to_have_url(re.compile("/wiki/hypoparathyroidism/"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Hypoparathyroidism")
    expect(tab.locator(".signed")).to_contain_text("the last by Dr Amara Osei, neuroradiologist")


def test_enter_searches_while_suggestions_are_shown(two_versions, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")
    tab.locator("#q").press_sequentially("hypopar", delay=100)
    expect(tab.get_by_role("option").first).to_be_visible()

    tab.keyboard.press("Enter")

    expect(tab).to_have_url(re.compile(r"/search/\?q=hypopar"))


def test_a_citation_links_to_its_reference_and_back(two_versions, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")

    tab.locator(".prose").get_by_role("link", name="1").click()
    tab.get_by_role("dialog", name="Reference 1").get_by_role("link", name="Go to the list").click()
    expect(tab.locator("li:target")).to_contain_text("A study of calcium")
    tab.get_by_role("link", name="Back to text from reference 1").click()

    expect(tab.locator(":target")).to_have_text(re.compile("1"))
    expect(tab.locator(":target")).to_be_in_viewport()


def test_a_citation_opens_a_card_that_escape_closes(two_versions, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")
    mark = tab.locator(".prose").get_by_role("link", name="1")
    card = tab.get_by_role("dialog", name="Reference 1")

    mark.focus()
    tab.keyboard.press("Enter")
    expect(card).to_contain_text("A study of calcium")
    expect(card).to_be_focused()
    expect(tab).to_have_url(re.compile("/wiki/hypoparathyroidism/$"))

    tab.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(mark).to_be_focused()


def test_on_touch_the_place_of_an_open_citation_is_marked(two_versions, seat):
    tab = seat(viewport={"width": 390, "height": 844}, has_touch=True)
    tab.goto("/wiki/hypoparathyroidism/")
    mark = tab.locator("#c1")
    card = tab.get_by_role("dialog", name="Reference 1")

    mark.tap()
    expect(card).to_be_visible()
    expect(mark).to_have_css("outline-style", "solid")
    # The second touch closes the card and opens it anew; what was closed takes no mark away.
    mark.tap()
    expect(card).to_be_visible()
    expect(mark).to_have_css("outline-style", "solid")

    card.get_by_role("button", name="Close").tap()
    expect(card).to_have_count(0)
    expect(mark).to_have_attribute("aria-expanded", "false")


def test_the_back_link_of_the_followed_citation_is_marked(two_versions, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")

    tab.locator(".prose").get_by_role("link", name="1").click()
    tab.get_by_role("link", name="Go to the list").click()

    expect(tab.locator(".back a[aria-current=location]")).to_have_attribute("href", "#c1")


def test_two_versions_are_chosen_and_compared(two_versions, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")

    tab.get_by_role("link", name="History", exact=True).click()
    tab.get_by_role("radio", name="From version 1").check()
    tab.get_by_role("radio", name="To version 2").check()
    tab.get_by_role("button", name="Compare the two chosen").click()

    expect(tab.locator("del")).to_have_text("years")
    expect(tab.locator("ins")).to_have_text("a life")


def test_a_page_is_cited_with_the_version_that_was_read(two_versions, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")

    tab.get_by_role("link", name="Cite", exact=True).click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download BibTeX").click()

    assert "/wiki/hypoparathyroidism/revisions/2/" in download.value.path().read_text()


def test_the_dark_theme_is_remembered(two_versions, seat):
    tab = seat(color_scheme="light")
    tab.goto("/wiki/hypoparathyroidism/")
    before = paper(tab)

    tab.get_by_role("link", name="Appearance").click()
    tab.get_by_role("button", name="Dark").click()
    expect(tab.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    tab.goto("/wiki/hypoparathyroidism/")

    assert sum(before) > 600
    assert sum(paper(tab)) < 200


def test_a_page_that_is_missing_can_be_proposed_by_whoever_signs_in(two_versions, clinician, seat):
    tab = seat()
    tab.goto("/wiki/hypoparathyroidism/")

    tab.get_by_role("link", name="Something unwritten").click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in_by_form(tab, clinician)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Propose a page")
    expect(tab.get_by_label("Title")).to_have_value("Something unwritten")


def paper(tab):
    """Return red, green and blue of what the words stand on."""
    tab.emulate_media(reduced_motion="reduce")
    ground = tab.evaluate("getComputedStyle(document.querySelector('body')).backgroundColor")
    return [int(float(one)) for one in re.findall(r"[\d.]+", ground)[:3]]
