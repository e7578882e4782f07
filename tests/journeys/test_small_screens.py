"""On a telephone: long lists are folded, what is wider than the screen shows it, the header is short."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast, pictures
from tests.remembered import remembered
from wiki.acts.reviewing import review

PHONE = {"width": 390, "height": 844}
KEYS = [f"pmid:{22327500 + one}" for one in range(11)]
WORDS = "a long word for every cell, so that it is wide"
TABLE = f"""| {" | ".join(f"Column{one}ofthetable" for one in range(6))} |
|{"---|" * 6}
| {" | ".join(WORDS.split()[:6])} |
"""


@remembered
def long_page(clinician, moderator):
    """Return a page with a wide table that cites eleven sources, each in a paragraph of its own."""
    for key in KEYS:
        cast.make_source(clinician, key, f"Study {key}")
    text = "\n\n".join(f"A sentence of its own [@{key}]." for key in KEYS)
    return cast.make_page(clinician, moderator, "Tetany", body=f"## What it is\n\n{text}\n\n{TABLE}")


def test_a_long_list_of_references_is_folded_with_its_count(long_page, seat):
    tab = seat(viewport=PHONE)
    tab.goto("/wiki/tetany/")

    expect(tab.get_by_text("All 11 references")).to_be_visible()
    expect(tab.locator("#ref-1")).to_be_hidden()
    tab.get_by_text("All 11 references").click()

    expect(tab.locator("#ref-11")).to_be_visible()


def test_a_folded_reference_is_found_from_its_mark(long_page, seat):
    tab = seat(viewport=PHONE)
    tab.goto("/wiki/tetany/")

    tab.locator(".prose .ref a").last.click()
    tab.get_by_role("link", name="Go to the list").click()

    expect(tab.locator("li:target")).to_contain_text(f"Study {KEYS[-1]}")
    expect(tab.locator("li:target")).to_be_in_viewport()


@pytest.mark.parametrize("place", ["references", "ref-11"])
def test_an_address_that_leads_to_the_references_finds_them_open(long_page, seat, place):
    tab = seat(viewport=PHONE)
    tab.goto(f"/wiki/tetany/#{place}")

    expect(tab.locator("#ref-11")).to_be_visible()
    expect(tab.locator(":target")).to_be_in_viewport()


def test_a_folded_list_of_references_is_printed(long_page, seat):
    tab = seat(viewport=PHONE)
    tab.goto("/wiki/tetany/")
    expect(tab.locator("#ref-1")).to_be_hidden()

    tab.pdf()

    tab.emulate_media(media="print")
    expect(tab.locator("#ref-1")).to_be_visible()
    expect(tab.get_by_text("All 11 references")).to_be_hidden()


def test_a_picture_that_nobody_scrolled_to_is_printed(clinician, moderator, seat):
    name = pictures.make_image(clinician).name
    body = "\n\n".join(["## What it is", *["A paragraph."] * 300, f"![A scan](image:{name})"])
    cast.make_page(clinician, moderator, "Tetany", body=body)
    tab = seat(viewport=PHONE)
    tab.goto("/wiki/tetany/")
    scan = tab.get_by_role("img", name="A scan")
    expect(scan).to_have_js_property("naturalWidth", 0)

    tab.evaluate("window.print = () => document.title = document.querySelector('figure img').naturalWidth")
    tab.get_by_role("button", name="Print").click()

    expect(tab).to_have_title(re.compile("^[1-9]"))


def test_on_a_desk_and_without_scripts_the_references_are_open(long_page, seat):
    for options in ({}, {"viewport": PHONE, "java_script_enabled": False}):
        tab = seat(**options)
        tab.goto("/wiki/tetany/")

        expect(tab.locator("#ref-11")).to_be_visible()


def test_an_author_sees_why_it_came_back_without_scrolling(clinician, moderator, seat):
    page = cast.make_page(clinician, moderator, "Tetany")
    sent = cast.propose_change(page, clinician)
    review.request_changes(sent.pk, by=moderator, reason="Name the population.")
    tab = seat(clinician, viewport=PHONE)

    tab.goto(f"/review/{sent.pk}/")

    expect(tab.get_by_text("Name the population.")).to_be_in_viewport(ratio=1)
    expect(tab.get_by_role("button", name="Continue from it")).to_be_in_viewport(ratio=1)
    tab.goto("/drafts/")
    expect(tab.get_by_text("Name the population.")).to_be_in_viewport(ratio=1)


def test_a_table_wider_than_the_screen_has_a_shadow_where_it_goes_on(long_page, seat):
    tab = seat(viewport=PHONE)
    tab.goto("/wiki/tetany/")
    table = tab.get_by_role("region", name=re.compile("Table|What it is")).first

    assert table.evaluate("one => one.scrollWidth > one.clientWidth")
    expect(table).to_have_css("background-attachment", "local, local, scroll, scroll")


def test_the_name_of_who_is_signed_in_takes_no_row_of_its_own(long_page, moderator, seat):
    tab = seat(moderator, viewport=PHONE)
    tab.goto("/wiki/tetany/")
    bar = tab.get_by_role("banner")

    def middle(name):
        box = bar.get_by_role("link", name=name).bounding_box()
        return box["y"] + box["height"] / 2

    assert middle(str(moderator)) == pytest.approx(middle("Causeway"), abs=4)
    name, site = (bar.get_by_role("link", name=one).bounding_box() for one in (str(moderator), "Causeway"))
    assert name["x"] >= site["x"] + site["width"]
