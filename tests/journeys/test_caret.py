"""Insertions into the text go to the caret: by mouse, keyboard, drop and paste."""

import base64
import re

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import wait_for_preview
from tests.journeys.test_editor import COPY
from tests.journeys.test_pictures import FILE, SCAN, fill
from tests.remembered import remembered

SECTION = "## What helps\n\nFirst line.\n\nSecond line.\n\nThird line."
BODY = f"## What it is\n\nCalcium falls.\n\n{SECTION}"
PICTURE = re.compile(r"!\[CT of the head\]\(image:[0-9a-f]{16} \"Dense patches\.\"\)")
# Lets a file go over the line that holds some words, behind its last letter.
DROP = """([data, words]) => {
  const editor = document.querySelector(".markdownx-editor");
  editor.scrollIntoView({block: "center"});
  const {left, top} = editor.getBoundingClientRect();
  const style = getComputedStyle(editor);
  const line = editor.value.slice(0, editor.value.indexOf(words)).split("\\n").length - 1;
  const above = top + parseFloat(style.paddingTop) - editor.scrollTop;
  const y = above + (line + .5) * parseFloat(style.lineHeight);
  const held = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  held.items.add(new File([bytes], "scan.jpg", {type: "image/jpeg"}));
  const at = {clientX: left + editor.clientWidth - 20, clientY: y, bubbles: true, cancelable: true};
  editor.dispatchEvent(new DragEvent("drop", {...at, dataTransfer: held}));
}"""


@remembered
def draft(clinician, moderator):
    """Return a draft of a page, beside a page to link and a source to cite."""
    cast.make_source(clinician)
    cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    return cast.make_edit(page, clinician)


@pytest.fixture(params=["page", "section"])
def tab(request, draft, clinician, seat):
    """Return the form of a page, or of one section of it, with a caret behind the second line."""
    tab = seat(clinician, permissions=["clipboard-read", "clipboard-write"])
    tab.goto(
        "/wiki/hypoparathyroidism/edit/s-what-helps/"
        if request.param == "section"
        else f"/drafts/{draft.pk}/"
    )
    expect(tab.get_by_role("toolbar")).to_be_visible()
    yield tab
    wait_for_preview(tab)
    tab.goto("about:blank")


def place(tab, words="Second line."):
    """Put the caret behind some words, as a click there does."""
    writing = tab.get_by_label("Write", exact=True)
    writing.focus()
    at = writing.input_value().index(words) + len(words)
    writing.evaluate("(one, at) => one.setSelectionRange(at, at)", at)


def text(tab):
    return tab.get_by_label("Write", exact=True).input_value()


def add_picture(tab):
    window = tab.get_by_role("dialog", name="Add a picture")
    fill(window)
    window.get_by_role("button", name="Add this picture").click()
    expect(window).to_be_hidden()
    expect(tab.get_by_label("Write", exact=True)).to_have_value(PICTURE)


# Both forms have the same editor: each way is tried in one, by hand and by what is brought in either.
@pytest.mark.parametrize(
    ("tab", "way"),
    [("page", "mouse"), ("section", "keyboard"), ("page", "paste"), ("section", "drop")],
    indirect=["tab"],
)
def test_a_picture_is_inserted_at_the_caret(tab, way):
    place(tab)
    if way in ("mouse", "keyboard"):
        button = tab.get_by_role("button", name="Picture", exact=True)
        button.click() if way == "mouse" else button.press("Enter")
        tab.get_by_label("The picture", exact=True).set_input_files(SCAN)
    elif way == "paste":
        tab.evaluate(BRING_BY_PASTE, base64.b64encode(FILE).decode())
    else:
        place(tab, "Third line.")
        tab.evaluate(DROP, [base64.b64encode(FILE).decode(), "Second line."])
    add_picture(tab)

    assert re.search(rf"Second line\.\n\n{PICTURE.pattern}\n\nThird line\.", text(tab)), text(tab)
    assert "It stands in the text where you were." in tab.locator(".announcement").inner_text()
    expect(tab.locator(".announcement")).to_be_in_viewport()


BRING_BY_PASTE = """(data) => {
  const held = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  held.items.add(new File([bytes], "scan.jpg", {type: "image/jpeg"}));
  const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: held});
  document.querySelector(".markdownx-editor").dispatchEvent(event);
}"""


# How many lines of the text lie between the caret's own and what is said of it.
BELOW = """() => {
  const [editor, told] = [".markdownx-editor", ".announcement"].map((one) => document.querySelector(one));
  const height = parseFloat(getComputedStyle(editor).lineHeight);
  const line = editor.value.slice(0, editor.selectionEnd).split("\\n").length;
  const top = editor.getBoundingClientRect().top + parseFloat(getComputedStyle(editor).paddingTop);
  return (told.getBoundingClientRect().top - top + editor.scrollTop) / height - line;
}"""


def lines_below_caret(tab):
    return tab.evaluate(BELOW)


def test_links_citations_and_pasted_text_are_inserted_at_the_caret(tab):
    for way in ("mouse", "keyboard"):
        place(tab)
        button = tab.get_by_role("button", name="Link a page", exact=True)
        button.click() if way == "mouse" else tab.keyboard.press("ControlOrMeta+K")
        tab.locator("#link-page-title").fill("Seizures")
        tab.locator("#link-page").get_by_role("button", name="Put in the link").click()
        expect(tab.get_by_label("Write", exact=True)).to_have_value(
            re.compile(r"Second line\.\[\[Seizures\]\]\n")
        )
        tab.keyboard.press("ControlOrMeta+Z")

        place(tab, "Second")
        button = tab.get_by_role("button", name="Cite a source", exact=True)
        button.click() if way == "mouse" else tab.keyboard.press("ControlOrMeta+Alt+f")
        tab.locator("#cite-source-named").fill("22327515")
        tab.locator("#cite-source").get_by_role("button", name="Put in the citation").click()
        expect(tab.get_by_label("Write", exact=True)).to_have_value(
            re.compile(r"Second \[@pmid:22327515\] line")
        )
        expect(tab.locator(".announcement")).to_be_in_viewport()
        assert lines_below_caret(tab) < 3
        tab.keyboard.press("ControlOrMeta+Z")
        expect(tab.locator(".announcement.at-caret")).to_have_count(0)

    place(tab)
    tab.evaluate(COPY, ["<p>Give <b>calcium</b>.</p>", "Give calcium."])
    tab.keyboard.press("ControlOrMeta+V")
    expect(tab.get_by_label("Write", exact=True)).to_have_value(
        re.compile(r"Second line\.\s*Give \*\*calcium\*\*\.\s*Third")
    )
