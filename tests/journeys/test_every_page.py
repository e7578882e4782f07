"""Every page of the site, light and dark, on a telephone and a desk: no barrier and no complaint.

No tag of a template asks the database on any of them, either.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template import Engine, Template
from django.template.loader_tags import ExtendsNode
from django.test.signals import template_rendered
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.journeys.acts import ACTS
from tests.journeys.browsing import BrowserLog, barriers, bring_axe, hold_a_key, sign_in
from tests.journeys.places import LATE, PLACES, Place
from tests.journeys.world import World, build
from tests.remembered import empty
from tests.tag_queries import asked_by_tags_of_a_server

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# A setting shows it in place of the form; `tests/views/people/` opens it.
WHERE_SIGN_UP_IS_CLOSED = "account/signup_closed.html"


class Tour:
    """A visit of every page, each once; everybody keeps one tab."""

    def __init__(self, browser: Browser, url: str, world: World, asked_by_tags: list[str]) -> None:
        """Begin at the live server at `url`, in `world`; its tags that ask the database are listed."""
        self.browser, self.url, self.world, self.asked_by_tags = browser, url, world, asked_by_tags
        self.rendered: set[str] = set()
        self._tabs: dict[str, tuple[Tab, BrowserLog]] = {}
        self._found: dict[str, list[str]] = {}

    def visit(self, place: Place) -> list[str]:
        """Return what is wrong with a page."""
        if place.name not in self._found:
            self._found[place.name] = self._look_at(place)
        return self._found[place.name]

    def _look_at(self, place: Place) -> list[str]:
        tab, watch = self._tab_of(place.who)
        watch.complaints.clear()
        self.asked_by_tags.clear()
        before, self.rendered = self.rendered, set()
        with place.at_its_time():
            self._go(tab, self.world.path(place.path))
            if place.then:
                place.then(tab, self.world)
                tab.wait_for_load_state()
        missing = [] if place.template in self.rendered else [f"{place.template} was not shown: {tab.url}"]
        self.rendered |= before
        return [*missing, *barriers(tab), *watch.complaints, *self.asked_by_tags]

    def _tab_of(self, who: str) -> tuple[Tab, BrowserLog]:
        """Return the tab of a person; nobody in particular gets a new one each time."""
        if who not in self._tabs or who == "nobody":
            context = self.browser.new_context(base_url=self.url)
            context.set_default_timeout(10_000)
            bring_axe(context)
            if who not in ("anybody", "nobody"):
                sign_in(context, self.url, self.world.people[who])
            self._tabs[who] = context.new_page(), BrowserLog(context)
        return self._tabs[who]

    @staticmethod
    def _go(tab: Tab, path: str) -> None:
        """Open a page, and show once more who one is where that is asked."""
        tab.goto(path)
        if "/reauthenticate/?next=" in tab.url:
            tab.get_by_label("Password").fill(cast.PASSWORD)
            tab.get_by_role("button", name="Go on").click()

    def add_a_passkey(self) -> None:
        """Let the keyholder have a key, as a browser makes one."""
        tab, _ = self._tab_of("keyholder")
        hold_a_key(tab)
        self._go(tab, "/accounts/2fa/webauthn/add/")
        tab.get_by_label("Sign in with this key alone").check()
        tab.get_by_role("button", name="Add the key").click()
        tab.wait_for_url(lambda url: "add" not in url)
        self.world.ids["passkey"] = Authenticator.objects.get(type="webauthn").pk

    def close(self) -> None:
        """Close every browser."""
        for context in self.browser.contexts:
            context.close()


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Open the database for all the tests here; what they leave goes at the end."""
    with django_db_blocker.unblock():
        yield
        empty()


@pytest.fixture(scope="module")
def tour(browser: Browser, db) -> Iterator[Tour]:
    """Return a tour of one wiki, built once: the tests visit it."""
    with asked_by_tags_of_a_server() as asked:
        server = LiveServer("localhost")
        tour = Tour(browser, server.url, build(), asked)

        def note(template: Template, **_: object) -> None:
            tour.rendered.add(template.name or "")

        template_rendered.connect(note)
        tour.add_a_passkey()
        yield tour
        template_rendered.disconnect(note)
        tour.close()
        server.stop()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_has_no_accessibility_barrier_or_foreign_request(place, tour):
    assert tour.visit(place) == []


def test_every_act_belongs_to_a_place():
    names = {place.name for place in PLACES}

    assert len(names) == len(PLACES)
    assert {*ACTS, *LATE} <= names


def test_every_page_template_is_visited(tour):
    for place in PLACES:
        tour.visit(place)

    assert pages_among_the_templates() - tour.rendered == set()


def pages_among_the_templates() -> set[str]:
    """Return the templates of ours that are a whole page: those that end in base.html."""
    names = (str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
    return {name for name in names if is_page(name)} - {"allauth/layouts/base.html", WHERE_SIGN_UP_IS_CLOSED}


def is_page(name: str) -> bool:
    """Return whether a template extends base.html, over however many others."""
    if name == "base.html":
        return True
    nodes = Engine.get_default().get_template(name).nodelist
    parents = [getattr(node.parent_name, "var", "") for node in nodes if isinstance(node, ExtendsNode)]
    return any(is_page(parent) for parent in parents)
