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
# The widths of a telephone and a desk, in light and in dark. Every rule of axe is asked of every page, once.
NARROW, WIDE, HEIGHT = 390, 1280, 900
# The rules that look at colours: what looks alike, they find alike on every page. So they are asked once of
# each look in light and in dark, and all rules of what only a desk shows.
COLOURS = ("color-contrast", "link-in-text-block")
ONLY_COLOURS = {"runOnly": list(COLOURS)}
# What is operated is at least 24 pixels high and wide, or stands that far apart (WCAG 2.5.8). Other things
# stand beside it on a desk, so the whole page is asked at both widths; axe leaves the rule out by itself.
ONLY_TARGETS = {"runOnly": ["target-size"]}
NO_COLOURS = {"rules": {rule: {"enabled": False} for rule in COLOURS} | {"target-size": {"enabled": True}}}
_without_barriers: dict[str, set[str]] = {"light": set(), "dark": set()}
# Of each barrier: which rule, where, and what axe says of the first place.
VIOLATIONS = """async ([part, rules]) => {
  const elements = part === null ? document : part.map(look => window.looks.get(look));
  const found = await axe.run(elements, {resultTypes: ["violations"], ...rules});
  return found.violations.map(one =>
    `${one.id} at ${one.nodes.map(node => node.target).join(", ")}: ${one.nodes[0].failureSummary}`);
}"""
WIDTH = "document.documentElement.scrollWidth"
# Titles, and boxes with an edge or a ground of their own, that touch what stands above or below them.
BOXES = "h1, .notice, .empty, .errors, .box, .filters, .asking"
TOUCHING = """boxes => [...document.querySelectorAll(`main :is(${boxes})`)].flatMap(box => {
  const isShown = one => one.checkVisibility() && one.offsetHeight
    && !/^inline$|^table-/.test(getComputedStyle(one).display)
    && !/absolute|fixed/.test(getComputedStyle(one).position);
  const beside = step => {
    let one = box[step];
    while (one && !isShown(one)) one = one[step];
    return one;
  };
  const pairs = [[beside("previousElementSibling"), box], [box, beside("nextElementSibling")]];
  return (isShown(box) ? pairs : []).filter(pair => pair.every(Boolean)).flatMap(([one, other]) => {
    const [above, below] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const isBeside = above.right <= below.left || below.right <= above.left || below.top < above.top + 4;
    const name = it => `${it.localName}.${it.className}`;
    return isBeside || below.top - above.bottom >= 4 ? [] : [`${name(one)} touches ${name(other)}`];
  });
})"""
# The looks of what the page shows: all that rules on colours go by, what is behind it included. Of each look
# `window.looks` keeps an element that has words, is operated, or was not shown on a narrower screen.
LOOKS = """(isNarrow) => {
  const behind = new Map();
  window.looks = new Map();
  if (isNarrow) window.shown = new Set();
  for (const one of document.querySelectorAll("body, body *")) {
    const style = getComputedStyle(one), parent = one.parentElement;
    const {backgroundColor, backgroundImage, opacity} = style;
    const {color, fill, fontSize, fontWeight, textDecorationLine, position} = style;
    const own = [backgroundColor, backgroundImage, opacity].join();
    const isClear = own === "rgba(0, 0, 0, 0),none,1", covers = /^rgb\\(.*none,1$/.test(own);
    const under = behind.get(parent) ?? getComputedStyle(parent).backgroundColor;
    behind.set(one, isClear ? under : covers ? own : own + under);
    if (!one.checkVisibility({visibilityProperty: true})) continue;
    if (isNarrow) window.shown.add(one);
    const hasWords = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const isOperated = one.matches("a, button, input, select, textarea, summary, img, svg, [role]");
    if (!hasWords && !isOperated && window.shown.has(one)) continue;
    const attributes = [...one.attributes].map(({name, value}) =>
      /^(class|role|type|disabled|open)$/.test(name) ? name + "=" + value : name + !value.trim());
    const look = [one.localName, ...attributes.sort(), hasWords, !one.textContent.trim(),
      parent.localName, parent.className, getComputedStyle(parent).color,
      color, fill, fontSize, fontWeight, textDecorationLine, position, behind.get(one)].join("|");
    if (!window.looks.has(look)) window.looks.set(look, one);
  }
  return [...window.looks.keys()];
}"""

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
            self.complaints.append(f"{message.text} ({url})")

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
    tab.get_by_label("User name or email address").fill(person.username)
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


def bring_axe(context: BrowserContext) -> None:
    """Let every page of a browser hold axe from the start: it is sent once, not for each page again."""
    context.add_init_script(_axe())


def barriers(tab: Tab) -> list[str]:
    """Return the accessibility barriers of the tab, at each width and in light and dark, and what touches."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(_axe())
    _show(tab, NARROW, "light")
    found = [*_too_wide(tab, NARROW), *tab.evaluate(TOUCHING, BOXES), *_of_page(tab, NARROW, NO_COLOURS)]
    found += _of_looks(tab, NARROW, "light", ONLY_COLOURS)
    _show(tab, WIDE, "light")
    found += [*_too_wide(tab, WIDE), *tab.evaluate(TOUCHING, BOXES), *_of_page(tab, WIDE, ONLY_TARGETS)]
    found += _of_looks(tab, WIDE, "light", ONLY_COLOURS)
    _show(tab, WIDE, "dark")
    return found + _of_looks(tab, WIDE, "dark", {})


def _show(tab: Tab, width: int, scheme: Literal["light", "dark"]) -> None:
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def _too_wide(tab: Tab, width: int) -> list[str]:
    wide = tab.evaluate(WIDTH)
    return [f"{width}: {wide} pixels wide"] if wide > width else []


def _of_page(tab: Tab, width: int, rules: dict[str, Any]) -> list[str]:
    return [f"{width}: {one}" for one in tab.evaluate(VIOLATIONS, [None, rules])]


def _of_looks(tab: Tab, width: int, scheme: str, rules: dict[str, Any]) -> list[str]:
    """Return what axe finds of the looks that no page had before; those with a barrier are asked of again."""
    new = [look for look in tab.evaluate(LOOKS, width == NARROW) if look not in _without_barriers[scheme]]
    if not new:
        return []
    told = tab.evaluate(VIOLATIONS, [new, rules])
    if not told:
        _without_barriers[scheme].update(new)
    return [f"{width}, {scheme}: {one}" for one in told]


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
