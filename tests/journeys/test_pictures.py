"""Adding a picture to a page by button, keyboard, drop and paste, up to its display to readers."""

import base64
import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests import cast, pictures
from tests.journeys.browsing import barriers
from tests.remembered import remembered
from wiki.models import Image, Publication, Revision

FILE = pictures.file()
SCAN: FilePayload = {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": FILE}
ENDS_WITH_A_PICTURE = re.compile(r"\n!\[CT of the head\]\(image:[0-9a-f]{16} \"Dense patches\.\"\)")
# Brings a file to the editor as a mouse or the clipboard does.
BRING = """([kind, data, words, html]) => {
  const held = new DataTransfer();
  if (words) held.items.add(words, "text/plain");
  if (html) held.items.add(html, "text/html");
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  held.items.add(new File([bytes], "scan.jpg", {type: "image/jpeg"}));
  const told = kind === "drop" ? {dataTransfer: held} : {clipboardData: held};
  const Brought = kind === "drop" ? DragEvent : ClipboardEvent;
  const event = new Brought(kind, {bubbles: true, cancelable: true, ...told});
  document.querySelector(".markdownx-editor").dispatchEvent(event);
}"""


@remembered
def draft(clinician, moderator):
    """Begin a change of a page."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body="## What it is\n\nCalcium falls.")
    return cast.make_edit(page, clinician, summary="Too little of a hormone.")


def fill(form):
    form.get_by_label("What it shows").fill("CT of the head")
    form.get_by_label("Caption").fill("Dense patches.")
    form.get_by_label("Who made it").fill("Dr Ines Albrecht")
    form.get_by_label("Licence", exact=True).select_option("own")


def test_a_picture_is_inserted_and_shown_to_readers(draft, clinician, moderator, seat):
    tab = seat(clinician)
    tab.goto(draft.get_absolute_url())
    tab.get_by_label("Write").focus()
    tab.keyboard.press("ControlOrMeta+Home")
    tab.keyboard.press("End")
    tab.get_by_role("button", name="Picture", exact=True).focus()
    tab.keyboard.press("Enter")
    window = tab.get_by_role("dialog", name="Add a picture")
    expect(window.get_by_label("Who consented")).to_be_hidden()
    window.get_by_label("It shows a patient").check()
    expect(window.get_by_label("Who consented")).to_be_visible()
    window.get_by_role("button", name="Add this picture").press("Enter")
    expect(window.get_by_role("alert")).to_be_focused()
    expect(window.get_by_role("alert")).to_contain_text("Choose a picture")
    assert barriers(tab) == []
    window.get_by_label("The picture", exact=True).set_input_files(SCAN)
    expect(window.get_by_alt_text("What you chose")).to_be_visible()
    window.get_by_label("It shows a patient").uncheck()
    fill(window)
    window.get_by_role("button", name="Add this picture").press("Enter")

    expect(window).to_be_hidden()
    mark = f'![CT of the head](image:{Image.objects.get().name} "Dense patches.")'
    expect(tab.get_by_label("Write")).to_have_value(f"## What it is\n\n{mark}\n\nCalcium falls.")
    expect(tab.get_by_label("Write")).to_be_focused()
    expect(tab.get_by_text("Picture added. It stands in the text where you were.")).to_be_visible()
    expect(tab.get_by_role("region", name="Preview").get_by_alt_text("CT of the head")).to_be_visible()
    tab.get_by_label("What did you change").fill("A picture.")
    tab.get_by_label("Wording only").check()
    tab.get_by_role("button", name="Submit for review").click()
    expect(tab.get_by_text("Sent for review")).to_be_visible()
    cast.approve(Revision.objects.get(state="submitted"), moderator)

    reader = seat()
    reader.goto("/wiki/hypoparathyroidism/")
    shown = reader.get_by_alt_text("CT of the head")
    expect(shown).to_be_visible()
    assert shown.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    assert barriers(reader) == []


# Browsers copy a picture of a page with HTML that shows it.
@pytest.mark.parametrize("kind", ["drop", "paste"])
@pytest.mark.parametrize("html", ["", "<meta charset='utf-8'><img src='https://a.example/scan.jpg'>"])
def test_a_pasted_or_dropped_picture_opens_its_form(draft, clinician, seat, kind, html):
    tab = seat(clinician)
    tab.goto(draft.get_absolute_url())

    tab.evaluate(BRING, [kind, base64.b64encode(FILE).decode(), "", html])
    window = tab.get_by_role("dialog", name="Add a picture")
    expect(window.get_by_alt_text("What you chose")).to_be_visible()
    expect(window.get_by_label("What it shows")).to_be_focused()
    fill(window)
    window.get_by_role("button", name="Add this picture").click()

    expect(tab.get_by_label("Write")).to_have_value(ENDS_WITH_A_PICTURE)


def test_pasted_text_with_a_picture_is_pasted_as_text(draft, clinician, seat):
    tab = seat(clinician)
    tab.goto(draft.get_absolute_url())
    address = tab.get_by_role("button", name="Picture", exact=True).get_attribute("data-picture")
    asked = []
    tab.on("request", lambda request: asked.append(request.url))

    tab.evaluate(BRING, ["paste", base64.b64encode(FILE).decode(), "Copied words"])
    tab.evaluate("() => new Promise(requestAnimationFrame)")

    assert not [url for url in asked if url.endswith(address)]
    expect(tab.get_by_role("dialog")).to_be_hidden()


def test_closing_the_picture_dialog_keeps_the_text(draft, clinician, seat):
    tab = seat(clinician)
    tab.goto(draft.get_absolute_url())
    tab.get_by_role("button", name="Picture", exact=True).click()
    expect(tab.get_by_role("dialog", name="Add a picture")).to_be_visible()

    tab.keyboard.press("Escape")

    expect(tab.get_by_role("dialog")).to_be_hidden()
    expect(tab.get_by_label("Write")).to_be_focused()
    expect(tab.get_by_label("Write")).to_have_value(draft.document.body)


def test_without_scripts_the_picture_form_is_a_page(draft, clinician, seat):
    tab = seat(clinician, java_script_enabled=False)
    tab.goto(draft.get_absolute_url())
    tab.get_by_role("button", name="Add a picture").click()
    tab.get_by_label("The picture", exact=True).set_input_files(SCAN)
    fill(tab.get_by_role("main"))
    tab.get_by_role("button", name="Add this picture").click()

    expect(tab.get_by_role("status").filter(has_text="Picture added")).to_be_visible()
    expect(tab.get_by_label("Write")).to_have_value(ENDS_WITH_A_PICTURE)
    assert not Publication.objects.open().get().revision.document.body.count("image:")
