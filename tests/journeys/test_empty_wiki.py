"""A wiki on its first day: every list is empty, says so, and has no barrier."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import barriers

LISTS = {
    "/": "Nothing has been approved yet.",
    "/index/": "No page has been approved yet.",
    "/latest/": "Nothing has been approved yet.",
    "/sources/": "No published page cites a source yet.",
    "/overdue/": "No page has been reviewed as a whole yet, so none is due.",
    "/search/?q=calcium": "No results.",
    "/drafts/": "You have no drafts.",
    "/review/": "Nothing waits for review.",
    "/notices/": "No notifications yet.",
}


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_so(path, moderator, seat):
    tab = seat(moderator)

    tab.goto(path)

    expect(tab.locator(".empty").first).to_contain_text(LISTS[path])
    assert barriers(tab) == []
