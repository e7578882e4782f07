"""The editor of the text: its toolbar and keys, what is pasted, and the preview that goes along."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests import cast
from tests.journeys.browsing import barriers, focus, sign_in, wait_for_preview
from tests.journeys.conftest import PATIENCE
from tests.remembered import remembered

COPY = """async ([html, text]) => {
  const kinds = {};
  if (text) kinds["text/plain"] = new Blob([text], {type: "text/plain"});
  if (html) kinds["text/html"] = new Blob([html], {type: "text/html"});
  await navigator.clipboard.write([new ClipboardItem(kinds)]);
}"""
RICH = "<h1>Dose</h1><p>Give <b>calcium</b>.</p><ul><li>Slowly</li><li>By vein</li></ul>"
PLAIN = "Dose\nGive calcium.\nSlowly\nBy vein"
LONG = "\n\n".join(
    f"## Part {n}\n\n" + "Calcium falls and phosphate rises. " * (n % 7 + 2) for n in range(60)
)


@remembered
def pages(clinician, moderator):
    """Publish a page to change, one to link to, and a source to cite."""
    cast.make_source(clinician)
    cast.make_page(clinician, moderator, "Seizures", kind="symptom", aliases=("fits",))
    return cast.make_page(clinician, moderator, "Hypoparathyroidism")


@pytest.fixture
def tab(pages, clinician, seat):
    """Return the clinician's browser at the form of the page, which here does not save itself."""
    tab = seat(clinician, permissions=["clipboard-read", "clipboard-write"])
    begin(tab, "")
    yield tab
    wait_for_preview(tab)
    tab.goto("about:blank")


@pytest.fixture
def leaving(pages, clinician, context, live_server):
    """Return a browser at the form that may complain: it is signed out on purpose."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(context, live_server.url, clinician)
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    begin(tab, live_server.url)
    yield tab
    tab.goto("about:blank")


def begin(tab, url):
    """Open the form without what saves it."""
    tab.route("**/autosave.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    tab.goto(f"{url}/wiki/hypoparathyroidism/edit/")
    expect(tab.get_by_role("toolbar")).to_be_visible()
    wait_for_preview(tab)


def written(tab, text, start=None, end=None):
    """Put a text into the editor, select a part of it, and return the field."""
    field = tab.get_by_label("Write", exact=True)
    field.fill(text)
    start = len(text) if start is None else start
    field.evaluate("(one, place) => one.setSelectionRange(...place)", [start, start if end is None else end])
    field.focus()
    return field


def told(tab):
    """Return where the editor says what was done."""
    return tab.locator(".announcement")


def test_the_toolbar_is_one_tab_stop_with_arrow_keys(tab):
    field = written(tab, "Calcium falls", 0, 7)

    tab.keyboard.press("Shift+Tab")
    first = focus(tab)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    third = focus(tab)
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowLeft")
    last = focus(tab)
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")

    assert (first["words"], third["words"], last["words"]) == ("Heading", "Bold", "Picture")
    assert first["seen"]
    assert third["seen"]
    expect(field).to_have_value("**Calcium** falls")
    expect(field).to_be_focused()
    expect(told(tab)).to_have_text("Bold")
    expect(tab.get_by_role("button", name="Bold")).to_have_attribute("title", "Bold (Ctrl+B)")


KEYS = [
    ("Control+b", "Calcium falls", (0, 7), "**Calcium** falls", "Bold"),
    ("Control+b", "**Calcium** falls", (2, 9), "Calcium falls", "Bold taken away"),
    ("Control+b", "Calcium falls", (3, 3), "**Calcium** falls", "Bold"),
    ("Control+i", "**Calcium** falls", (2, 9), "***Calcium*** falls", "Italic"),
    ("Control+b", "One\n\nTwo", (0, 8), "**One**\n\n**Two**", "Bold"),
    ("Control+b", "**One**\n\n**Two**", (0, 16), "One\n\nTwo", "Bold taken away"),
    ("Control+Alt+1", "Signs", (2, 2), "## Signs", "Heading"),
    ("Control+Alt+1", "## Signs", (4, 4), "Signs", "Heading taken away"),
    ("Control+Alt+2", "## Signs", (4, 4), "### Signs", "Subheading"),
    ("Control+Shift+8", "One\nTwo", (0, 7), "- One\n- Two", "Bulleted list"),
    ("Control+Shift+7", "- One\n- Two", (0, 11), "1. One\n2. Two", "Numbered list"),
    ("Control+Shift+7", "1. One\n2. Two", (0, 13), "One\nTwo", "Numbered list taken away"),
]


def test_keyboard_shortcuts_set_marks_and_undo_removes_them(tab):
    for keys, text, selected, after, words in KEYS:
        field = written(tab, text, *selected)

        tab.keyboard.press(keys)

        expect(field).to_have_value(after)
        expect(told(tab)).to_have_text(re.compile(f"^{words}\\s?$"))
        tab.keyboard.press("Control+z")
        expect(field).to_have_value(text)


def test_enter_continues_a_list_and_ends_it(tab):
    field = written(tab, "1. One")

    tab.keyboard.press("Enter")
    tab.keyboard.type("Two")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    tab.keyboard.type("After")

    expect(field).to_have_value("1. One\n2. Two\nAfter")


def test_inserting_a_table_selects_its_first_heading(tab):
    field = written(tab, "Before")

    tab.get_by_role("button", name="Table").click()
    tab.keyboard.type("Drug")

    expect(field).to_have_value("Before\n\n| Drug | Column |\n| --- | --- |\n|  |  |\n\n")
    expect(tab.get_by_role("region", name="Preview").get_by_role("columnheader", name="Drug")).to_be_visible()


def test_a_page_is_linked_by_typing_its_name(tab):
    field = written(tab, "It shows as fits.", 12, 16)

    tab.keyboard.press("Control+k")
    tab.get_by_role("dialog").get_by_role("option", name="Seizures").wait_for()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")

    expect(field).to_have_value("It shows as [[Seizures|fits]].")
    expect(field).to_be_focused()
    expect(told(tab)).to_have_text("Linked to Seizures.")


def test_a_page_that_is_missing_is_linked_and_offered(tab):
    field = written(tab, "See ")

    tab.keyboard.press("Control+k")
    tab.keyboard.type("Gout")
    tab.keyboard.press("Enter")

    expect(field).to_have_value("See [[Gout]]")
    expect(told(tab).get_by_role("link", name="Propose it")).to_have_attribute("href", "/new/?title=Gout")


def test_escape_returns_to_the_same_selection(tab):
    field = written(tab, "Calcium falls", 0, 7)
    tab.keyboard.press("Control+Alt+f")
    expect(tab.get_by_role("dialog", name="Cite a source")).to_be_visible()

    tab.keyboard.press("Escape")

    expect(field).to_be_focused()
    assert field.evaluate("one => [one.selectionStart, one.selectionEnd]") == [0, 7]


def test_a_source_is_cited_by_its_number_after_the_word(tab):
    field = written(tab, "Calcium falls. More", 10)

    tab.keyboard.press("Control+Alt+f")
    tab.keyboard.type("PMID 22327515")
    tab.keyboard.press("Enter")

    expect(field).to_have_value("Calcium falls [@pmid:22327515]. More")
    expect(told(tab)).to_contain_text("Cited: A study of calcium")


def test_a_wrong_identifier_is_reported_and_a_missing_source_offered(tab):
    field = written(tab, "Calcium falls")
    tab.keyboard.press("Control+Alt+f")
    dialog = tab.get_by_role("dialog")

    tab.keyboard.type("ISBN 978-3-16-148410-1")
    tab.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("last digit does not fit")
    dialog.get_by_label("Source").fill("10.1000/182")
    tab.keyboard.press("Enter")

    expect(field).to_have_value("Calcium falls [@doi:10.1000/182]")
    expect(told(tab)).to_contain_text("The wiki does not have this source yet.")
    expect(told(tab).get_by_role("link")).to_have_attribute("href", "/sources/add/?id=doi%3A10.1000%2F182")


def test_rich_text_becomes_markdown_and_undo_brings_back_the_plain_text(tab):
    field = written(tab, "Before ")
    tab.evaluate(COPY, [RICH, PLAIN])

    tab.keyboard.press("Control+v")

    formed = "Before \n\n## Dose\n\nGive **calcium**.\n\n- Slowly\n- By vein"
    expect(field).to_have_value(formed)
    expect(told(tab)).to_contain_text("Pasted with its form.")
    tab.keyboard.press("Control+z")
    expect(field).to_have_value(f"Before {PLAIN}")


def test_what_was_copied_as_html_alone_is_taken(tab):
    field = written(tab, "Before after that", 7, 12)
    tab.evaluate(COPY, ["<p>Give <b>calcium</b>.</p>", ""])
    tab.keyboard.press("Control+Shift+v")
    expect(told(tab)).to_contain_text("what you copied has no plain text. Paste it without Shift.")
    expect(field).to_have_value("Before after that")

    tab.keyboard.press("Control+v")

    expect(field).to_have_value("Before Give **calcium**. that")
    expect(told(tab)).to_contain_text("Pasted with its form. Undo takes it out again.")
    tab.keyboard.press("Control+z")
    expect(field).to_have_value("Before after that")


def test_html_alone_that_is_not_taken_is_told(leaving):
    tab = leaving
    field = written(tab, "Before ")
    tab.evaluate(COPY, ["<img src='https://a.example/b.png' alt=''>", ""])
    tab.keyboard.press("Control+v")
    expect(told(tab)).to_contain_text("Nothing was pasted: what you copied has no words. Left out: pictures.")
    tab.evaluate(COPY, ["<p>Give <b>calcium</b>.</p>", ""])
    tab.context.clear_cookies(name="sessionid")

    tab.keyboard.press("Control+v")

    expect(told(tab)).to_contain_text("Nothing was pasted. You are signed out, so what you copied could not")
    expect(field).to_have_value("Before ")


def test_pasting_as_plain_text_keeps_plain_text(tab):
    field = written(tab, "")
    tab.evaluate(COPY, ["", "22327515"])

    tab.keyboard.press("Control+Shift+v")
    tab.keyboard.type(" ")
    tab.evaluate(COPY, ["", "PMID: 22327515"])
    tab.keyboard.press("Control+v")

    expect(field).to_have_value("22327515 [@pmid:22327515]")
    expect(told(tab)).to_contain_text("Cited: A study of calcium")
    tab.keyboard.press("Control+z")
    expect(field).to_have_value("22327515 PMID: 22327515")


def test_typing_into_pasted_text_stops_its_conversion(tab):
    held: list[Route] = []
    tab.route("**/paste/", lambda route: held.append(route))
    field = written(tab, "")
    tab.evaluate(COPY, [RICH, PLAIN])
    tab.keyboard.press("Control+v")
    while not held:
        tab.title()  # lets the browser go on
    field.press("ArrowLeft")
    tab.keyboard.type("!")
    left = field.input_value()

    with tab.expect_response("**/paste/") as answer:
        held[0].continue_()
    answer.value.finished()
    for _ in range(2):
        tab.evaluate("() => new Promise(requestAnimationFrame)")

    assert left == f"{PLAIN[:-1]}!{PLAIN[-1]}"
    assert field.input_value() == left


def test_pasting_while_signed_out_keeps_plain_text(leaving):
    tab = leaving
    field = written(tab, "")
    tab.evaluate(COPY, [RICH, PLAIN])
    tab.context.clear_cookies(name="sessionid")

    tab.keyboard.press("Control+v")

    expect(told(tab)).to_contain_text("Pasted as plain text. You are signed out")
    expect(field).to_have_value(PLAIN)


def test_the_preview_scrolls_with_the_text(tab):
    field = written(tab, LONG)
    preview = tab.get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", name="Part 59")).to_be_attached()

    for part in (20, 40):
        line = LONG[: LONG.index(f"## Part {part}\n")].count("\n")
        field.evaluate("(one, share) => one.scrollTop = share * one.scrollHeight", line / LONG.count("\n"))
        expect(preview.get_by_role("heading", name=f"Part {part}", exact=True)).to_be_in_viewport()
    field.evaluate("one => one.scrollTop = one.scrollHeight")

    expect(preview.get_by_role("heading", name="Part 59")).to_be_in_viewport()


def test_a_failed_preview_shows_a_message_and_the_last_preview(leaving):
    tab = leaving
    field = written(tab, "Shown.")
    preview = tab.get_by_role("region", name="Preview")
    expect(preview).to_have_text("Shown.")
    tab.context.clear_cookies(name="sessionid")

    field.press_sequentially(" Signed out.")

    expect(tab.locator("#preview-status")).to_contain_text("you are signed out")
    expect(preview).to_have_text("Shown.")


def test_a_late_preview_does_not_replace_a_newer_one(tab):
    preview = tab.get_by_role("region", name="Preview")
    held: list[Route] = []
    address = tab.locator(".markdownx-editor").get_attribute("data-markdownx-urls-path")
    tab.route(f"**{address}", lambda route: held.append(route) if not held else route.continue_())
    field = written(tab, "An older text.")
    while not held:
        tab.title()  # lets the browser go on
    field.fill("A newer text.")
    expect(preview).to_have_text("A newer text.")

    with tab.expect_event("requestfinished"):
        held[0].continue_()
    tab.evaluate("() => new Promise(requestAnimationFrame)")

    assert preview.inner_text().strip() == "A newer text."


def test_a_narrow_screen_shows_the_text_or_its_preview(tab):
    field = written(tab, "Shown.")
    preview = tab.get_by_role("region", name="Preview")
    tab.set_viewport_size({"width": 390, "height": 844})
    expect(preview).to_be_hidden()

    tab.get_by_role("button", name="Preview", exact=True).click()

    expect(preview).to_be_visible()
    expect(field).to_be_hidden()


def test_the_dialogs_of_the_editor_have_no_accessibility_barriers(tab):
    written(tab, "Calcium falls", 0, 7)

    for keys in ("Control+k", "Control+Alt+f"):
        tab.keyboard.press(keys)
        expect(tab.get_by_role("dialog")).to_be_visible()
        assert barriers(tab) == []
        tab.get_by_role("dialog").get_by_role("button", name="Cancel").click()
        tab.set_viewport_size({"width": 1280, "height": 900})
