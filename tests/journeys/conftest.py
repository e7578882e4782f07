"""A real browser: Chromium, found on this computer or installed where that is possible."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browsing import BrowserLog, sign_in
from wiki.models import User

# The shell is Chromium without what only a window needs; it takes a tenth less time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",  # root may not have one, and the tests visit only our own pages
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Every page is new: what the optimizing compilers make of its scripts is thrown away before it has paid.
    "--js-flags=--no-maglev,--no-opt",
]
PATIENCE = 15_000  # milliseconds; for a computer that does other things as well
expect.set_options(timeout=PATIENCE)
MISSING = (
    "The browser tests need Chromium, and it is neither here nor could it be installed. Install it "
    f"(on Debian: apt-get install {SHELL}) or put the path of Chromium or Chrome into CHROMIUM."
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser; without one the tests fail, they are never skipped."""
    # Two workers that install at once would each find the other in the way.
    with open(Path(tempfile.gettempdir()) / "causeway-chromium.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _found() or _installed()
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """Start that browser without network access except to the test server."""
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a page of the browser; everywhere else in the tests a page is one of the wiki's."""
    return context.new_page()


@pytest.fixture
def seat(new_context: Callable[..., BrowserContext], live_server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser for a person; the test fails if any of them reports an error.

    `seat()` is signed out, `seat(clinician)` is signed in as that person.
    """
    watches = []

    def sit(person: User | None = None, **options: Any) -> Page:
        context = new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        watches.append(BrowserLog(context))
        if person:
            sign_in(context, live_server.url, person)
        return context.new_page()

    yield sit
    assert [complaint for watch in watches for complaint in watch.complaints] == []


def _found() -> str | None:
    """Return the browser that CHROMIUM names, or the first one on the path."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    return next(filter(None, map(shutil.which, (*NAMES, mac))), None)


def _installed() -> str | None:
    """Install the shell of Debian's Chromium, which takes root and Debian, and return its path."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists() or os.environ.get("CHROMIUM"):
        return None
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", SHELL]):
        done = subprocess.run(
            ["apt-get", "--quiet", *words],
            env=silent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            return None
    return _found()
