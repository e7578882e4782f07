"""The number of keys and clicks that a clinician needs for a correction, besides typing its words."""

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from tests import cast
from wiki.models import Revision

WRONG, RIGHT = "Calcium falls within hours.", "Calcium falls over days"
BODY = f"## Causes\n\nGrowth.\n\n## What it is\n\nNo hormone.\n\n{WRONG}\n\n## What helps\n\nVitamin D."


class Steps:
    """Does what a person does, and counts it. The words themselves are free."""

    def __init__(self, tab: Tab) -> None:
        """Begin to count in a tab."""
        self.tab = tab
        self.taken: list[str] = []

    def click(self, what: Locator, name: str) -> None:
        """Press the mouse once."""
        self.taken.append(f"click {name}")
        what.click()

    def press(self, keys: str) -> None:
        """Press a key, alone or held together with others."""
        self.taken.append(f"press {keys}")
        self.tab.keyboard.press(keys)

    def write(self, words: str) -> None:
        """Type words that belong to the change."""
        self.tab.keyboard.insert_text(words)


def test_one_sentence_is_corrected_with_a_citation_in_ten_steps_or_fewer(clinician, moderator, seat):
    cast.make_source(clinician, "pmid:33788935", "A study of calcium")
    cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    tab = seat(clinician, permissions=["clipboard-read", "clipboard-write"])
    tab.goto("/wiki/hypoparathyroidism/")
    # The paper is open in the next window, its number copied.
    tab.evaluate("navigator.clipboard.writeText('PMID: 33788935')")
    steps = Steps(tab)

    heading = tab.get_by_role("heading", name="What it is")
    steps.click(heading.get_by_role("link", name="Edit this section"), "Edit this section")
    text = tab.get_by_label("Write")
    expect(tab.get_by_role("toolbar")).to_be_visible()
    steps.click(text, "into the text")
    steps.press("Control+End")
    steps.press("Shift+Home")
    steps.write(RIGHT)
    steps.press("Control+V")
    expect(text).to_have_value(f"## What it is\n\nNo hormone.\n\n{RIGHT} [@pmid:33788935]")
    steps.write(".")
    steps.click(tab.get_by_label("What did you change, and why?"), "into the note")
    steps.write("How fast it falls, from the study that measured it.")
    steps.click(tab.get_by_label("Wording only"), "what it means for a patient")
    steps.click(tab.get_by_role("button", name="Submit for review"), "Submit for review")

    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 2.")
    body = Revision.objects.get(number=2).document.body
    assert body == BODY.replace(WRONG, f"{RIGHT} [@pmid:33788935].")
    assert len(steps.taken) <= 10, steps.taken
