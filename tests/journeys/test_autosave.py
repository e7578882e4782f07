"""Autosave keeps every word when the server fails, the session ends or a second window saves."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import APIResponse, BrowserContext, Route, expect
from playwright.sync_api import Page as Tab

from tests import cast
from tests.journeys.browsing import hurry, sign_in, sign_in_by_form, unfold
from tests.journeys.conftest import PATIENCE
from tests.remembered import remembered
from wiki.acts.writing import drafts
from wiki.models import Page, Revision, User
from wiki.settings import BASE_DIR

SENTENCE = "Calcium and active vitamin D are given by mouth for as long as the cause lasts. "
STARTS_WITHIN = 90  # seconds, on a computer that does other things as well


@remembered
def draft(clinician: User, moderator: User) -> Revision:
    """Return the clinician's draft of a published page."""
    return cast.make_edit(cast.make_page(clinician, moderator, "Hypoparathyroidism"), clinician)


@pytest.fixture
def leave(context: BrowserContext, live_server) -> Callable[[User], Tab]:
    """Return a function that opens a browser that may report errors: its server stops on purpose."""

    def sit(person: User, url: str = "") -> Tab:
        sign_in(context, url or live_server.url, person)
        hurry(context)
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    return sit


class Server:
    """The wiki in a process of its own, on the database of this test."""

    def __init__(self) -> None:
        """Choose a free port; the server is not started yet."""
        with socket.socket() as door:
            door.bind(("localhost", 0))
            self.port = door.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        command = [sys.executable, "-c", _RUN, str(connection.settings_dict["NAME"]), str(self.port)]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wiki.settings"}
        self.process = subprocess.Popen(command, env=environment, cwd=BASE_DIR, stderr=subprocess.DEVNULL)
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert time.monotonic() < until, "the server did not start"
            assert self.process.poll() is None, "the server ended"

    def kill(self) -> None:
        """Kill the server without a shutdown."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        try:
            return bool(urlopen(f"{self.url}/healthz", timeout=1).status == 200)  # noqa: S310 # our own
        except OSError:
            return False


# Settings as in the tests, on the database that the test made; the file server comes with runserver.
_RUN = """
import sys
name, port = sys.argv[1:3]
from django.conf import settings
settings.DEBUG = True
settings.ALLOWED_HOSTS = ["localhost"]
settings.DATABASES["default"]["NAME"] = name
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "runserver", f"localhost:{port}", "--noreload", "--skip-checks"])
"""


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    """Return the wiki in a process of its own."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.kill()


def saved(tab: Tab) -> None:
    """Wait until the form says that all is saved."""
    expect(tab.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()


def test_text_typed_while_the_server_is_killed_is_saved_afterwards(server, draft, clinician, leave):
    tab = leave(clinician, server.url)
    tab.goto(f"{server.url}/drafts/{draft.pk}/")
    writing = tab.get_by_label("Write")
    writing.fill("")

    writing.press_sequentially(SENTENCE * 2, delay=1)
    server.kill()
    writing.press_sequentially(SENTENCE, delay=1)
    expect(tab.get_by_role("status").filter(has_text="no connection")).to_be_visible()
    writing.press_sequentially(SENTENCE, delay=1)
    server.start()
    tab.evaluate("window.dispatchEvent(new Event('online'))")

    saved(tab)
    draft.refresh_from_db()
    assert draft.document.body == SENTENCE * 4


def test_text_typed_offline_survives_closing_the_browser(server, draft, clinician, leave):
    tab = leave(clinician, server.url)
    tab.goto(f"{server.url}/drafts/{draft.pk}/")
    server.kill()
    tab.get_by_label("Write").fill(SENTENCE)
    unfold(tab)
    tab.locator("#title").fill("Hypoparathyroidism of adults")
    tab.close(run_before_unload=False)
    server.start()

    tab = tab.context.new_page()
    tab.goto(f"{server.url}/drafts/{draft.pk}/")

    expect(tab.get_by_role("status").filter(has_text="are back, and saved now")).to_be_visible()
    expect(tab.get_by_label("Write")).to_have_value(SENTENCE)
    draft.refresh_from_db()
    assert (draft.title, draft.document.body) == ("Hypoparathyroidism of adults", SENTENCE)


def test_typing_a_new_page_creates_its_draft_and_address(published_page, clinician, seat):
    tab = seat(clinician)
    hurry(tab.context)
    tab.goto("/wiki/hypoparathyroidism/edit/")
    expect(tab.get_by_role("status").filter(has_text="Nothing is saved yet")).to_be_visible()

    unfold(tab)
    tab.get_by_label("Plain summary").fill("Too little of a hormone.")

    saved(tab)
    draft = Revision.objects.get(state="draft")
    expect(tab).to_have_url(f"{tab.url.split('/drafts')[0]}/drafts/{draft.pk}/")
    assert draft.document.summary == "Too little of a hormone."
    tab.get_by_role("button", name="Save draft").last.click()
    saved(tab)
    assert Revision.objects.filter(state="draft").count() == 1


@remembered
def published_page(clinician: User, moderator: User) -> Page:
    """Publish a page."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism")


def test_an_ended_session_leads_to_sign_in_and_back_to_the_text(draft, clinician, leave, live_server):
    tab = leave(clinician)
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    Session.objects.all().delete()

    tab.get_by_label("Write").fill(SENTENCE)
    tab.get_by_role("link", name="Sign in and go on").first.click()
    sign_in_by_form(tab, clinician)

    expect(tab.get_by_role("status").filter(has_text="are back, and saved now")).to_be_visible()
    expect(tab.get_by_label("Write")).to_have_value(SENTENCE)
    draft.refresh_from_db()
    assert draft.document.body == SENTENCE


def test_another_person_on_the_same_computer_does_not_see_the_text(
    draft, clinician, colleague, leave, live_server
):
    tab = leave(clinician)
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    Session.objects.all().delete()
    tab.get_by_label("Write").fill(SENTENCE)
    tab.get_by_role("link", name="Sign in and go on").first.click()
    sign_in_by_form(tab, colleague)

    tab.goto(f"{live_server.url}/wiki/hypoparathyroidism/edit/")

    expect(tab.get_by_label("Write")).not_to_have_value(SENTENCE)
    assert SENTENCE.strip() not in tab.content()


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("Keep the text of this window", "In the first."),
        ("Take the text of the other window", "In the second."),
        ("Put both texts together", "In the first.\n\nIn the second."),
    ],
)
def test_two_windows_on_one_draft_show_a_conflict(draft, clinician, leave, live_server, choice, left):
    first = leave(clinician)
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    second.get_by_label("Write").fill("In the second.")
    saved(second)
    expect(second.locator(".finish")).to_contain_text("Draft saved at")

    first.get_by_label("Write").fill("In the first.")
    alert = first.get_by_role("alert").filter(has_text="saved in another window")
    alert.get_by_text("Compare the two").click()

    expect(alert.locator(".field", has_text="Only here")).to_contain_text("In the first.")
    expect(alert).to_contain_text("In the second.")
    draft.refresh_from_db()
    assert draft.document.body == "In the second."
    alert.get_by_role("button", name=choice).click()
    expect(alert).to_have_count(0)
    expect(first.get_by_label("Write")).to_have_value(left)
    draft.refresh_from_db()
    assert draft.document.body == left


def test_nothing_is_saved_until_one_of_two_texts_is_chosen(draft, clinician, leave, live_server):
    tab = leave(clinician)
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    words = {**draft.document.__dict__, "body": "In the other window."}
    drafts.save(draft, cast.document(**words), by=clinician)
    tab.get_by_label("Write").fill("In this window.")
    expect(tab.get_by_role("alert").filter(has_text="saved in another window")).to_be_visible()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))

    tab.evaluate("window.dispatchEvent(new Event('online'))")
    tab.evaluate("() => new Promise(requestAnimationFrame)")

    assert not [url for url in asked if "autosave" in url]


def test_a_button_waits_for_the_save_that_is_on_its_way(draft, clinician, leave, live_server):
    tab = leave(clinician)
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    tab.route("**/drafts/autosave/", hold)
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    field = tab.get_by_label("Write")
    field.fill("Saved by itself.")
    expect(tab.locator(".finish")).to_contain_text("Saving…")
    while not held:
        tab.title()  # lets the browser go on
    field.fill("Saved by itself. Saved by the button.")

    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").last.click(no_wait_after=True)
        route, answer = held[0]
        route.fulfill(response=answer)

    saved(tab)
    expect(tab.get_by_text("This was not done")).to_have_count(0)
    draft.refresh_from_db()
    assert draft.document.body == "Saved by itself. Saved by the button."


def test_a_draft_that_is_discarded_leaves_nothing_in_the_browser(draft, clinician, leave, live_server):
    tab = leave(clinician)
    tab.route("**/drafts/autosave/", lambda route: route.abort())
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    tab.get_by_label("Write").fill(SENTENCE)
    expect(tab.get_by_role("status").filter(has_text="no connection")).to_be_visible()
    tab.evaluate(f"localStorage.setItem('causeway:{clinician.pk}:/new/#w', '{{}}')")
    assert len(tab.evaluate("Object.keys(localStorage)")) == 2
    tab.close(run_before_unload=False)

    tab = leave(clinician)
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/discard/")
    tab.get_by_role("button", name="Discard the draft for good").click()

    tab.wait_for_url(lambda url: "discard" not in url)
    tab.wait_for_function("Object.keys(localStorage).length === 1")
    assert tab.evaluate("Object.keys(localStorage)") == [f"causeway:{clinician.pk}:/new/#w"]


def test_text_of_a_removed_draft_is_shown_and_deletable_under_my_drafts(draft, clinician, leave, live_server):
    tab = leave(clinician)
    tab.route("**/drafts/autosave/", lambda route: route.abort())
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")
    tab.get_by_label("Write").fill(SENTENCE)
    expect(tab.get_by_role("status").filter(has_text="no connection")).to_be_visible()
    tab.close(run_before_unload=False)
    drafts.discard(draft, by=clinician)

    tab = leave(clinician)
    tab.goto(f"{live_server.url}/drafts/")
    tab.get_by_text("Read these words").click()

    expect(tab.get_by_role("region", name="kept in this browser only")).to_contain_text(SENTENCE.strip())
    tab.get_by_role("button", name="Delete these words").click()
    expect(tab.get_by_role("heading", name="kept in this browser only")).to_be_hidden()
    assert tab.evaluate("Object.keys(localStorage)") == []


def test_a_browser_without_storage_shows_a_warning(draft, clinician, leave, live_server):
    tab = leave(clinician)
    tab.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    tab.route("**/drafts/autosave/", lambda route: route.abort())
    tab.goto(f"{live_server.url}/drafts/{draft.pk}/")

    tab.get_by_label("Write").fill(SENTENCE)

    expect(tab.get_by_role("status").filter(has_text="This browser cannot keep a copy")).to_be_visible()
    expect(tab.get_by_role("status").filter(has_text="kept in this browser")).to_have_count(0)
