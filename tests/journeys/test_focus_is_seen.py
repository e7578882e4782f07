"""The focused element of a text form is not hidden behind the bar of buttons (WCAG 2.4.11)."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.remembered import remembered

BODY = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D."
# What has the focus, unless some of it can be seen: hit at nine points of it, within the window. It is
# null once the focus has left the page.
HIDDEN = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  if (one === document.documentElement) return "";
  const {left, right, top, bottom} = one.getBoundingClientRect();
  const [from, to] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const [start, end] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const isSeen = [.1, .5, .9].some((y) => [.1, .5, .9].some((x) => {
    const hit = document.elementFromPoint(start + (end - start) * x, from + (to - from) * y);
    if (!hit) return false;
    return one.contains(hit) || hit.contains(one) || hit.closest("label")?.control === one;
  }));
  return isSeen ? "" : `${one.localName} ${one.name ?? ""} ${one.textContent.trim().slice(0, 40)}`;
}"""


@remembered
def draft(clinician, moderator):
    """Return a draft of a page of two sections."""
    return cast.make_edit(cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY), clinician)


@pytest.mark.parametrize("size", [(320, 256), (390, 508), (390, 844), (1280, 900)], ids=str)
@pytest.mark.parametrize("form", ["page", "section"])
def test_no_focused_element_is_hidden_behind_the_bar(draft, clinician, seat, size, form):
    tab = seat(clinician, viewport={"width": size[0], "height": size[1]})
    tab.goto("/wiki/hypoparathyroidism/edit/s-what-helps/" if form == "section" else draft.get_absolute_url())
    expect(tab.get_by_role("toolbar")).to_be_visible()
    tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    hidden, stops = [], 0
    for key in ("Tab", "Shift+Tab"):
        for _ in range(200):
            tab.keyboard.press(key)
            if (found := tab.evaluate(HIDDEN)) is None:
                break
            stops += 1
            if found:
                hidden.append(found)

    assert hidden == []
    assert stops > 40
