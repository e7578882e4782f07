"""Two people change the same paragraph: one is approved, the other reads both texts and chooses."""

from playwright.sync_api import expect

from tests import cast
from tests.remembered import remembered
from wiki.models import Revision

BODY = "## What it is\n\nCalcium falls.\n\n## What helps\n\nVitamin D."
MINE = BODY.replace("falls", "falls slowly")
THEIRS = BODY.replace("falls", "falls at once").replace("Vitamin D", "Active vitamin D")
BOTH = THEIRS.replace("Calcium falls", "Calcium falls slowly.\n\nCalcium falls")


@remembered
def begun(clinician, moderator):
    """Return the clinician's draft of a page."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    return cast.make_edit(page, clinician, body=MINE)


def overtake(mine, colleague, moderator):
    """Publish what the colleague makes of the same words."""
    cast.approve(cast.submit(cast.make_edit(mine.page, colleague, body=THEIRS)), moderator)


def test_both_texts_are_shown_one_is_chosen_and_sent(begun, clinician, colleague, moderator, seat):
    overtake(begun, colleague, moderator)
    tab = seat(clinician)
    tab.goto(f"/drafts/{begun.pk}/")
    tab.get_by_label("What did you change, and why?").fill("How fast it falls.")
    tab.get_by_label("Wording only").check()
    tab.get_by_role("button", name="Submit for review").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Edit conflict: Hypoparathyroidism")
    expect(tab.locator("p", has_text="Calcium falls slowly.")).to_be_visible()
    expect(tab.locator("p", has_text="Calcium falls at once.")).to_be_visible()
    expect(tab.get_by_label("Your new words for this place")).to_be_hidden()

    tab.get_by_role("button", name="Put my choices into the draft").click()
    expect(tab.get_by_role("alert")).to_contain_text("Choose at every place")
    tab.get_by_label("Keep both, yours first").check()
    tab.get_by_role("button", name="Put my choices into the draft").click()

    writing = tab.get_by_label("Write")
    expect(writing).to_have_value(BOTH)
    writing.fill(BODY.replace("falls", "falls at once, rarely slowly"))
    tab.get_by_label("Wording only").check()
    tab.get_by_role("button", name="Submit for review").click()
    expect(tab.locator(".notices")).to_contain_text("Sent for review as version 3.")
    sent = Revision.objects.get(number=3)
    assert "at once, rarely slowly" in sent.document.body
    assert sent.parent == Revision.objects.get(number=2)


def test_an_author_settles_the_conflict_of_a_waiting_change(
    begun, clinician, colleague, moderator, second_moderator, seat
):
    sent = cast.submit(begun)
    overtake(begun, colleague, moderator)
    judge, writer = seat(second_moderator), seat(clinician)
    judge.goto(f"/review/{sent.pk}/")
    expect(judge.get_by_role("button", name="Approve and publish")).to_have_count(0)

    judge.get_by_role("button", name="Put this onto version").click()

    expect(judge.locator("p", has_text="Calcium falls slowly.")).to_be_visible()
    expect(judge.locator("p", has_text="Calcium falls at once.")).to_be_visible()
    expect(judge.get_by_role("button", name="Settle this in a draft")).to_have_count(0)
    writer.goto("/drafts/")
    writer.get_by_role("link", name="Check for conflicts").click()
    writer.get_by_label("Keep what you wrote").check()
    writer.get_by_role("button", name="Withdraw the version that waits and go on in a draft").click()
    expect(writer.get_by_label("Write")).to_have_value(MINE.replace("Vitamin D", "Active vitamin D"))
    writer.get_by_label("What did you change, and why?").fill("How fast it falls.")
    writer.get_by_label("Wording only").check()
    writer.get_by_role("button", name="Submit for review").click()
    expect(writer.locator(".notices")).to_contain_text("Sent for review as version")
    assert Revision.objects.get(pk=sent.pk).state == "withdrawn"


def test_a_conflict_is_settled_with_text_from_both_sides(begun, clinician, colleague, moderator, seat):
    overtake(begun, colleague, moderator)
    tab = seat(clinician)
    tab.goto(f"/drafts/{begun.pk}/conflict/")
    tab.get_by_text("that nobody changed").first.click()

    tab.get_by_label("Write it anew").check()
    tab.get_by_label("Your new words for this place").fill("Calcium falls at once, rarely slowly.")
    tab.get_by_role("button", name="Put my choices into the draft").click()

    expect(tab.get_by_label("Write")).to_have_value(
        THEIRS.replace("Calcium falls at once.", "Calcium falls at once, rarely slowly.")
    )
