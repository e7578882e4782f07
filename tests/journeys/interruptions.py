"""Writing that is interrupted in a real browser: a page that is left, a form that is sent and never answered.

No word is lost, and the writer who comes back finds them. Every other interruption, and every other way of
sending words, is tried without a browser in tests/js/interruptions.test.js.

Nothing here stands between browser and server (`route`): a handler that waits for an answer while its page is
closed never ends. The faults are the server's own, and nothing is asked of a tab but what has a time limit.
Even so the browser once answered nothing more in a long run of all tests, so this is run by hand:

    .venv/bin/python -m pytest -n 0 -v tests/journeys/interruptions.py
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn

import pytest
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import Page as Tab

from tests import cast
from tests.journeys.browsing import hurry, sign_in
from tests.journeys.conftest import PATIENCE
from wiki.models import Page, Revision, User

TYPED: Final = "Calcium and active vitamin D are given by mouth."
BODY: Final = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D."
NEW: Final = "/new/?title=Gout&kind=condition"
NO_COPY: Final = "() => !Object.keys(localStorage).some((name) => name.includes('#'))"
WAYS: Final = ("typing", "Save draft", "Submit for review", "section", "new page")
BUTTONS: Final = ("Save draft", "Submit for review")
# What a server, or a proxy before it, answers instead of the wiki: the wiki never got the words.
REFUSALS: Final = {
    "500": "500 Internal Server Error",
    "409": "409 Conflict",
    "413": "413 Content Too Large",
    "429": "429 Too Many Requests",
}
INTERRUPTIONS: Final = (
    *("network off", "server stopped", "session ended", *REFUSALS),
    *("no answer", "no answer to the button", "tab closed", "back", "reload at once", "second window"),
)
ELSEWHERE: Final = "What the other window says."
# What is said of words that the wiki does not have.
MESSAGES: Final = {
    "network off": "Not saved: there is no connection.",
    "server stopped": "Not saved: there is no connection.",
    "session ended": "Not saved: you have been signed out.",
    "500": "Not saved: the wiki has a problem.",
    "409": "Not saved: the wiki did not take it.",
    "413": "Not saved: this is too long to be sent at once.",
    "429": "Not saved: the wiki was asked too often.",
    "second window": "Not saved: this draft was saved in another window",
}


class Server:
    """The live server; while it has a `fault`, what is sent is not taken, or its answer gets lost."""

    def __init__(self, live_server: Any) -> None:
        """Stand in front of the wiki."""
        self.url: str = live_server.url
        self.fault = ""
        self._wiki = live_server.thread.httpd.get_app()
        live_server.thread.httpd.set_app(self)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Answer a request as the wiki does, or as the fault has it."""
        if self.fault == "server stopped":
            _hang_up(start_response)
        if environ["REQUEST_METHOD"] == "POST" and self.fault in REFUSALS:
            start_response(REFUSALS[self.fault], [("Content-Type", "text/html")])
            return [b"<h1>From the proxy</h1>"]
        is_of_button = environ["REQUEST_METHOD"] == "POST" and "autosave" not in environ["PATH_INFO"]
        if self.fault == "no answer" or (self.fault == "no answer to the button" and is_of_button):
            answer = self._wiki(environ, lambda *_: lambda _: None)
            list(answer)
            answer.close()
            if self.fault == "no answer":
                _hang_up(start_response)
            start_response("504 Gateway Timeout", [("Content-Type", "text/html")])
            return [b"<h1>Gateway Timeout</h1>"]
        return self._wiki(environ, start_response)


def _hang_up(start_response: Any) -> NoReturn:
    """Close the connection without an answer."""
    start_response.__self__.request_handler.close_connection = True
    raise ConnectionAbortedError


@pytest.fixture
def server(live_server: Any) -> Iterator[Server]:
    """Return the live server, which can fail."""
    server = Server(live_server)
    yield server
    live_server.thread.httpd.set_app(server._wiki)


class Cell:
    """A browser in which somebody writes one page in some way."""

    def __init__(self, context: BrowserContext, server: Server, writer: User, page: Page, way: str) -> None:
        """Sit down; nothing is open yet."""
        self.context, self.server, self.writer, self.page, self.way = context, server, writer, page, way

    @property
    def address(self) -> str:
        """Return where the words are written; the list of drafts once they are sent in."""
        if self.way == "section":
            return f"{self.server.url}/wiki/{self.page.published_page.slug}/edit/s-what-helps/"
        mine = Revision.objects.filter(author=self.writer, state="draft")
        mine = mine.of_new_pages() if self.way == "new page" else mine.filter(page=self.page)
        draft = mine.order_by("-pk").first()
        if self.way == "new page" and draft is None:
            return f"{self.server.url}{NEW}"
        return f"{self.server.url}/drafts/{draft.pk}/" if draft else f"{self.server.url}/drafts/"

    def has_arrived(self, words: str = TYPED) -> bool:
        """Return whether the server has the words, in a draft or sent in."""
        mine = Revision.objects.filter(author=self.writer)
        mine = mine.of_new_pages() if self.way == "new page" else mine.filter(page=self.page)
        texts = [one.document.body if one.typed is None else one.typed["head"]["body"] for one in mine]
        return any(words in text for text in texts)

    def open(self) -> Tab:
        """Return a new tab with the form; the browser's question whether to leave it is answered with yes."""
        tab = self.context.new_page()
        tab.on("dialog", lambda dialog: dialog.accept())
        if self.way == "Save draft":
            tab.goto(f"{self.server.url}/drafts/")
        tab.goto(self.address)
        return tab

    def write(self, tab: Tab) -> None:
        """Type the words, and press the button of this way."""
        writing = tab.get_by_label("Write")
        writing.fill(f"{writing.input_value().strip()}\n\n{TYPED}")
        if self.way == "Submit for review":
            tab.get_by_label("What did you change, and why?").fill("How it is given.")
            tab.get_by_label("Wording only").check()
        if self.way in ("Save draft", "Submit for review"):
            tab.get_by_role("button", name=self.way).last.click(no_wait_after=True)

    def interrupt(self, tab: Tab, interruption: str) -> None:
        """Write while `interruption` happens, see that what is shown is true, and end it."""
        if interruption == "second window":
            return self.write_in_two(tab)
        self.context.set_offline(interruption == "network off")
        self.server.fault = interruption
        if interruption == "session ended":
            self.context.clear_cookies()
        self.write(tab)
        match interruption:
            case "no answer to the button":
                expect(tab.get_by_role("heading", name="Gateway Timeout")).to_be_visible()
                assert self.has_arrived()
            case "no answer":
                expect(tab.locator("[data-status]")).to_contain_text("Not saved: there is no connection.")
                assert self.has_arrived()
            case "back":
                tab.go_back(wait_until="commit")
            case "reload at once":
                tab.reload(wait_until="commit")
            case _ if interruption in MESSAGES:
                expect(tab.locator("[data-status]")).to_contain_text(MESSAGES[interruption])
                assert not self.has_arrived()
        self.context.set_offline(False)
        self.server.fault = ""
        if interruption == "session ended":
            sign_in(self.context, self.server.url, self.writer)
        tab.close(run_before_unload=False)
        return None

    def write_in_two(self, tab: Tab) -> None:
        """Write in another window meanwhile, then put both texts together."""
        other = self.context.new_page()
        other.goto(tab.url)
        writing = other.get_by_label("Write")
        writing.fill(f"{writing.input_value().strip()}\n\n{ELSEWHERE}")
        other.wait_for_function(NO_COPY)
        assert self.has_arrived(ELSEWHERE)
        other.close(run_before_unload=False)
        self.write(tab)
        if self.way == "new page":
            # Neither window knows of the other's page: each has a draft of its own.
            tab.wait_for_function(NO_COPY)
            assert Revision.objects.of_new_pages().count() == 2
            return tab.close(run_before_unload=False)
        expect(tab.locator("[data-status]")).to_contain_text(MESSAGES["second window"])
        tab.get_by_role("button", name="Put both texts together").click()
        tab.wait_for_load_state()
        expect(tab.get_by_label("Write")).to_have_value(re.compile(re.escape(ELSEWHERE)))
        expect(tab.get_by_label("Write")).to_have_value(re.compile(re.escape(TYPED)))
        return tab.close(run_before_unload=False)

    def come_back(self) -> None:
        """Open the form again: the words are there, and on the server, and no copy is left in the browser."""
        tab = self.open()
        if self.way == "new page":
            tab.goto(f"{self.server.url}{NEW}")
        tab.wait_for_function(NO_COPY)
        assert self.has_arrived()
        if not self.address.endswith("/drafts/"):
            tab.goto(self.address)
            expect(tab.get_by_label("Write")).to_have_value(re.compile(re.escape(TYPED)))
        tab.close(run_before_unload=False)


CELLS: Final = [
    (interruption, way)
    for way in WAYS
    for interruption in INTERRUPTIONS
    if interruption != "no answer to the button" or way in BUTTONS
]


@pytest.mark.parametrize(("interruption", "way"), CELLS)
def test_no_interruption_loses_typed_text(interruption, way, context, server, clinician, moderator):
    context.set_default_timeout(PATIENCE)
    hurry(context)
    sign_in(context, server.url, clinician)
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    if way in ("typing", *BUTTONS):
        cast.make_edit(page, clinician)
    cell = Cell(context, server, clinician, page, way)

    cell.interrupt(cell.open(), interruption)

    cell.come_back()
