"""Moments are shown in the reader's time zone; without scripts in the wiki's, with its name."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import hurry
from tests.remembered import remembered
from wiki.models import Publication
from wiki.text.days import moment_in_words

IN_TOKYO = re.compile(r"\d\d:\d\d GMT\+9")


@remembered
def page(clinician, moderator):
    """Return a page of two versions of one day."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    cast.approve(cast.submit(cast.make_edit(page, clinician, summary="Better.")), moderator)
    return page


def test_the_history_shows_times_in_the_readers_zone(page, seat):
    tab = seat(timezone_id="Asia/Tokyo")
    tab.goto("/wiki/hypoparathyroidism/history/")

    lines = tab.locator(".timeline > li")
    expect(lines).to_have_count(2)
    for line in lines.all():
        expect(line.locator("time").first).to_have_text(IN_TOKYO)
        expect(line.locator("time").first).to_have_attribute("title", re.compile("UTC"))


def test_without_scripts_the_zone_of_the_wiki_is_named(page, seat):
    tab = seat(java_script_enabled=False, timezone_id="Asia/Tokyo")
    tab.goto("/wiki/hypoparathyroidism/history/")

    since = Publication.objects.open().get(page=page).since
    expect(tab.locator(".timeline > li time").first).to_have_text(moment_in_words(since))


def test_the_saved_time_of_a_draft_is_in_the_writers_zone(page, clinician, seat):
    draft = cast.make_edit(page, clinician)
    tab = seat(clinician, timezone_id="Asia/Tokyo")
    hurry(tab.context)
    tab.goto(draft.get_absolute_url())
    said = tab.get_by_role("status").filter(has_text="Draft saved at")
    expect(said).to_contain_text(IN_TOKYO)

    with tab.expect_response("**/drafts/autosave/"):
        tab.get_by_label("Write").fill("Calcium falls.")

    expect(said).to_contain_text(IN_TOKYO)
