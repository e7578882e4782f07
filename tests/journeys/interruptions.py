"""Every way in which writing is interrupted, by every way in which words are sent: no word is lost.

Run it with `.venv/bin/python -m pytest tests/journeys/interruptions.py -n 0`; it is not part of the tests:
under load the browser sometimes never answers, and a run that waits for it for ever tells nothing.

After each the writer comes back to the form: the words are then on the server, and no copy is left. The form
never said that something was saved which was not.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Request, Route, expect
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page as Tab

from tests import cast
from tests.journeys.browsing import hurry, sign_in
from tests.journeys.conftest import PATIENCE
from wiki.acts.writing import drafts
from wiki.models import Revision

TYPED: Final = "Calcium and active vitamin D are given by mouth."
ELSEWHERE: Final = "What the other window says."
BODY: Final = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D."
AT_BUTTON: Final = " at the button"
WAYS: Final = ("typing", "Save draft", "Submit for review", "section", "new page")


@dataclass
class Cell:
    """A browser in which somebody writes one page, and the server that it talks to."""

    context: BrowserContext
    url: str
    writer: Any
    page: Any
    way: str

    @property
    def address(self) -> str:
        """Return where the words are written; the list of drafts once they are sent in."""
        if self.way == "section":
            return f"{self.url}/wiki/{self.page.published_page.slug}/edit/s-what-helps/"
        if self.way == "new page":
            return f"{self.url}/new/?title=Gout&kind=condition"
        draft = Revision.objects.filter(page=self.page, state="draft").first()
        return f"{self.url}/drafts/{draft.pk}/" if draft else f"{self.url}/drafts/"

    def has_arrived(self, words: str = TYPED) -> bool:
        """Return whether the server has the words, in a draft or sent in."""
        mine = Revision.objects.filter(author=self.writer)
        mine = mine.of_new_pages() if self.way == "new page" else mine.filter(page=self.page)
        texts = [one.document.body if one.typed is None else one.typed["head"]["body"] for one in mine]
        return any(words in text for text in texts)

    def open(self, address: str = "") -> Tab:
        """Return a new tab with the form; the browser's question whether to leave it is answered with yes."""
        tab = self.context.new_page()
        tab.on("dialog", lambda dialog: dialog.accept())
        tab.goto(address or self.address)
        return tab

    def write(self, tab: Tab) -> None:
        """Type the words, and press the button of this way."""
        writing = tab.get_by_label("Write")
        writing.fill(f"{writing.input_value().strip()}\n\n{TYPED}")
        if self.way == "Submit for review":
            tab.get_by_label("What did you change, and why?").fill("How it is given.")
            tab.get_by_label("Wording: the same said better").check()
        if self.way in ("Save draft", "Submit for review"):
            tab.get_by_role("button", name=self.way).last.click(no_wait_after=True)


def _answers(status: int, **more: Any) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, **more)


def _loses_the_answer(route: Route) -> None:
    if "/preview/" not in route.request.url:
        route.fetch(max_redirects=0)
    route.abort("timedout")


REFUSED = {"content_type": "application/json", "body": '{"sentence": "It was refused."}'}
ROUTES: Final = {
    "network off": lambda route: route.abort("internetdisconnected"),
    "server stopped": lambda route: route.abort("connectionrefused"),
    "500": _answers(500, body="<h1>Server Error (500)</h1>", content_type="text/html"),
    "409": _answers(409, **REFUSED),
    "413": _answers(413, body="<h1>Too large</h1>", content_type="text/html"),
    "time-out": _loses_the_answer,
}


def _posts(act: Callable[[Route], None], *, of_buttons: bool = False) -> Callable[[Route], None]:
    """Return what happens to a request: `act` to what is sent, or only to what a button sends itself."""

    def handle(route: Route) -> None:
        is_hit = _is_of_button(route.request) if of_buttons else route.request.method == "POST"
        act(route) if is_hit else route.fallback()

    return handle


def _is_of_button(request: Request) -> bool:
    return request.method == "POST" and request.is_navigation_request()


def _says_something_new(tab: Tab, before: str) -> None:
    """Wait until the form says something else than before the words were typed."""
    tab.wait_for_function(
        """(before) => {
          const said = document.querySelector("[data-said]").textContent.trim();
          return said !== before && !said.startsWith("Saving");
        }""",
        arg=before,
    )


def _said(tab: Tab) -> str:
    return (tab.locator("[data-said]").text_content() or "").strip()


def interrupt(cell: Cell, tab: Tab, interruption: str) -> None:
    """Write while `interruption` happens, see that what is shown is true, and end it."""
    before, name = _said(tab), interruption.removesuffix(AT_BUTTON)
    if interruption.endswith(AT_BUTTON):
        cell.context.route("**/*", _posts(ROUTES[name], of_buttons=True))
        ended: list[Request] = []
        for event in ("requestfinished", "requestfailed"):
            cell.context.on(event, lambda request: ended.append(request))
        with tab.expect_request(_is_of_button):
            cell.write(tab)
        # No button sends the form before the server has its words.
        assert cell.has_arrived()
        until = time.monotonic() + PATIENCE / 1000
        while not any(map(_is_of_button, ended)) and time.monotonic() < until:
            tab.wait_for_timeout(20)
        cell.context.unroute_all(behavior="ignoreErrors")
    elif name in ROUTES:
        cell.context.route("**/*", _posts(ROUTES[name]))
        cell.write(tab)
        _says_something_new(tab, before)
        assert not _said(tab).startswith("Draft saved")
        cell.context.unroute_all(behavior="ignoreErrors")
    elif interruption == "session ended":
        cell.context.clear_cookies()
        cell.write(tab)
        _says_something_new(tab, before)
        assert not _said(tab).startswith("Draft saved")
        sign_in(cell.context, cell.url, cell.writer)
    else:
        cell.write(tab)
        if interruption == "back":
            tab.go_back(wait_until="commit")
        elif interruption == "reload at once":
            tab.reload(wait_until="commit")


def come_back(cell: Cell) -> None:
    """Open the form again; where two windows clash, put both texts together. The words must be there.

    A copy may stay where the answer to what was sent in got lost: the list of drafts then shows it.
    """
    tab = cell.open()
    together = tab.get_by_role("button", name="Put both texts together")
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        if together.is_visible():
            together.click()
            tab.wait_for_load_state()
        if cell.has_arrived() and _copies(tab) == 0:
            break
        tab.wait_for_timeout(20)
    assert cell.has_arrived(), f"{_copies(tab)} copies, {tab.locator('[data-said]').all_inner_texts()}"
    assert _copies(tab) == 0 or TYPED in (tab.get_by_role("main").text_content() or "")
    tab.wait_for_load_state()
    if tab.get_by_label("Write").count():
        expect(tab.get_by_label("Write")).to_have_value(re.compile(re.escape(TYPED)))
    tab.close(run_before_unload=False)


def _copies(tab: Tab) -> int:
    names = "Object.keys(localStorage).filter((name) => name.includes('#')).length"
    try:
        return int(tab.evaluate(names))
    except BrowserError:  # the page is on its way to the next
        return -1


@pytest.fixture
def sit(context, live_server, clinician, moderator) -> Callable[[str], Cell]:
    """Return the act of sitting down to write in some way."""
    context.set_default_timeout(PATIENCE)
    hurry(context)
    sign_in(context, live_server.url, clinician)

    def at(way: str) -> Cell:
        page = cast.make_page(clinician, moderator, f"Hypoparathyroidism {WAYS.index(way)}", body=BODY)
        if way in WAYS[:3]:
            cast.make_edit(page, clinician)
        return Cell(context, live_server.url, clinician, page, way)

    return at


# Each interruption meets one form at least, and each form a silence, a refusal and a window that is left. To
# the script a stopped server is a network that is off.
CELLS: Final = {
    "network off": WAYS,
    "server stopped": ("Submit for review",),
    "500": ("Save draft", "section"),
    "409": ("Submit for review", "new page"),
    "413": ("typing", "section"),
    "time-out": WAYS,
    "session ended": ("typing", "Submit for review", "new page"),
    "tab closed": ("typing", "section", "new page"),
    "back": ("Save draft", "section", "new page"),
    "reload at once": ("typing", "Submit for review", "new page"),
    f"network off{AT_BUTTON}": ("Save draft",),
    f"500{AT_BUTTON}": ("Save draft",),
    f"409{AT_BUTTON}": ("Submit for review",),
    f"time-out{AT_BUTTON}": ("Save draft", "Submit for review"),
}


@pytest.mark.parametrize("interruption", CELLS)
def test_no_word_is_lost(sit, interruption):
    for way in CELLS[interruption]:
        cell = sit(way)
        tab = cell.open(f"{cell.url}/drafts/" if interruption == "back" else "")
        if interruption == "back":
            tab.goto(cell.address)

        interrupt(cell, tab, interruption)
        tab.close(run_before_unload=False)

        come_back(cell)


@pytest.mark.parametrize("way", WAYS[:4])
def test_two_windows_lose_no_word_of_either(sit, way):
    cell = sit(way)
    tab = cell.open()
    _save_elsewhere(cell)

    cell.write(tab)
    tab.get_by_role("button", name="Put both texts together").click()
    expect(tab.get_by_role("status").filter(has_text="Both texts are put together")).to_be_visible()

    assert cell.has_arrived()
    assert cell.has_arrived(ELSEWHERE)
    assert TYPED in tab.get_by_label("Write").input_value()
    assert ELSEWHERE in tab.get_by_label("Write").input_value()
    assert _copies(tab) == 0


def _save_elsewhere(cell: Cell) -> None:
    """Let the same writer save other words from another device."""
    draft = drafts.edit(cell.page, author=cell.writer)
    words = {**draft.document.__dict__, "body": f"{BODY}\n\n{ELSEWHERE}"}
    drafts.save(draft, cast.document(**words), by=cell.writer)
