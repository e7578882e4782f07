"""Helpers for browser tests: signing in, waiting, and collecting errors and accessibility barriers."""

from functools import cache
from typing import Any, Literal
from urllib.parse import urldefrag, urlsplit

from allauth.account.models import EmailAddress
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response
from playwright.sync_api import Page as Tab
from pytest_playwright_axe.axe import MIN_AXE_PATH

from tests import cast
from wiki.models import User

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# The rules of axe that look at colours; the others find the same in light and dark. Colours do not depend on
# the width, so the dark ones are looked at once.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Of each barrier: which rule, where, and what axe says of the first place.
VIOLATIONS = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...rules});
  return found.violations.map(one =>
    `${one.id} at ${one.nodes.map(node => node.target).join(", ")}: ${one.nodes[0].failureSummary}`);
}"""
LOOKS: list[tuple[int, Literal["light", "dark"], dict[str, Any]]] = [
    (390, "light", {}),
    (1280, "light", {}),
    (1280, "dark", COLOURS),
]


# Timers of a page run ten times faster, including the pause after the last key before it saves.
SOONER = """() => {
  const later = window.setTimeout;
  window.setTimeout = (act, wait = 0, ...rest) => later(act, wait / 10, ...rest);
}"""


class BrowserLog:
    """The errors a browser reports and the foreign hosts it contacts during a test."""

    def __init__(self, context: BrowserContext) -> None:
        """Listen to every tab of `context`."""
        self.complaints: list[str] = []
        self._refused: set[str] = set()
        context.on("console", self._heard)
        context.on("weberror", lambda problem: self.complaints.append(str(problem.error)))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # A browser says it of every page that is answered with 404 or 409, and of what a script is told with
        # 401, 409 or 422; those we show on purpose.
        url = urldefrag(message.location["url"]).url
        expected = message.text.startswith("Failed to load resource") and url in self._refused
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "localhost":
            self.complaints.append(f"asked {request.url}")

    def _answered(self, response: Response) -> None:
        told = response.request.is_navigation_request() or response.status in (401, 409, 422)
        if told and 400 <= response.status < 500:
            self._refused.add(urldefrag(response.url).url)


def sign_in(context: BrowserContext, url: str, person: User) -> None:
    """Let `person` be signed in at this browser."""
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def hurry(context: BrowserContext) -> None:
    """Shorten the timers of every page: the tests check the order of events, not the time between them."""
    context.add_init_script(f"({SOONER})()")


def sign_in_by_form(tab: Tab, person: User) -> None:
    """Fill in and send the sign-in form."""
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    tab.get_by_label("User name or e-mail address").fill(person.username)
    tab.get_by_label("Password").fill(cast.PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()


def unfold(tab: Tab) -> None:
    """Open the part of the form with title, kind, names, summary and codes."""
    tab.locator("#about-page:not([open]) > summary").click()


def wait_for_preview(tab: Tab) -> None:
    """Wait until the preview shows what is written; unlike `expect` this looks at every frame."""
    tab.wait_for_function("() => !document.querySelector('#preview[aria-busy]')")


def answer_yes(tab: Tab) -> None:
    """Answer every question about the change with Yes."""
    for question in tab.locator("fieldset.ask").all():
        question.get_by_label("Yes", exact=True).check()


def hold_a_key(tab: Tab) -> None:
    """Attach a virtual authenticator that confirms every passkey request."""
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def barriers(tab: Tab) -> list[str]:
    """Return the accessibility barriers of the tab, at each width and in light and dark."""
    tab.evaluate(_axe())
    found: list[str] = []
    for width, scheme, rules in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{width}: {wide} pixels wide")
        found += [f"{width}, {scheme}: {one}" for one in tab.evaluate(VIOLATIONS, rules)]
    return found


def focus(tab: Tab) -> dict[str, Any]:
    """Return where the keyboard is: the element's tag, name and words, and whether one sees it."""
    found: dict[str, Any] = tab.evaluate(FOCUS)
    return found


FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth;
  const label = one.labels?.[0]?.textContent ?? one.getAttribute("aria-label") ?? one.textContent;
  return {tag: one.tagName, name: one.name ?? "", id: one.id, value: one.value ?? "",
          words: label.replace(/\\s+/g, " ").trim(), seen: ringed && inside};
}"""


@cache
def _axe() -> str:
    return MIN_AXE_PATH.read_text(encoding="utf-8")
