"""A moderator opens the queue, answers the questions, decides, and continues with the next submission."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import unfold
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.mail import notices
from wiki.models import PublishedPage, Revision, Verdict


@remembered
def waiting(clinician, colleague, moderator):
    """Return what waits: a change by the clinician, then a new page by the colleague."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    change = cast.submit(cast.make_edit(page, clinician), note="Shorter.")
    new = cast.submit(drafts.propose(cast.document("Seizures", kind="symptom"), author=colleague))
    notices.mark_seen(clinician)
    return change, new


def test_a_moderator_reviews_from_the_queue_to_the_next_submission(waiting, moderator, seat):
    tab = seat(moderator)
    tab.goto("/")
    tab.get_by_role("link", name="Review (2)").click()
    expect(tab.get_by_role("row")).to_have_text([re.compile(one) for one in ("Page", "Seizures", "Hypopara")])
    tab.get_by_role("link", name="Hypoparathyroidism").first.click()
    expect(tab.locator("del").first).to_have_text(re.compile("What it is"))
    expect(tab.get_by_text("Shorter.")).to_be_visible()

    tab.get_by_role("button", name="Approve and publish version 2").click()
    expect(tab.get_by_role("alert")).to_contain_text("Something is missing")
    assert not Verdict.objects.filter(revision=waiting[0]).exists()
    for question in tab.locator("fieldset.ask").filter(visible=True).all():
        question.get_by_label("Yes", exact=True).check()
    tab.get_by_role("button", name="Approve and publish version 2").click()

    expect(tab.locator(".notices")).to_contain_text("is what readers see now")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Seizures")
    assert PublishedPage.objects.get(slug="hypoparathyroidism").number == 2
    assert {row["answer"] for row in Verdict.objects.get(revision=waiting[0]).checklist} == {"yes"}


def test_the_filters_of_the_queue_are_folded_on_a_phone(waiting, moderator, seat):
    tab = seat(moderator, viewport={"width": 390, "height": 844})
    tab.goto("/review/")
    kind, fold = tab.get_by_label("Kind", exact=True), tab.get_by_text("Filter and order")
    expect(kind).to_be_hidden()
    expect(tab.get_by_role("link", name="Seizures").first).to_be_in_viewport()

    fold.click()
    kind.select_option("symptom")
    tab.get_by_role("button", name="Show", exact=True).click()

    expect(tab.get_by_text("1 of 2 shown")).to_be_visible()
    expect(kind).to_be_visible()  # a filter that is in use is shown
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto("/review/")
    expect(kind).to_be_visible()
    expect(fold).to_be_hidden()


def test_a_no_to_a_question_stops_the_approval(waiting, moderator, seat):
    tab = seat(moderator)
    tab.goto(f"/review/{waiting[1].pk}/")
    for question in tab.locator("fieldset.ask").all():
        question.get_by_label("Yes", exact=True).check()
    tab.get_by_role("group", name="Does the summary say").get_by_label("No", exact=True).check()

    tab.get_by_role("button", name="Approve and publish version 1").click()

    expect(tab.get_by_role("alert")).to_contain_text("is answered No")
    assert not PublishedPage.objects.filter(slug="seizures").exists()


def test_a_returned_change_shows_its_reason_and_is_resumed(waiting, moderator, clinician, seat):
    judge, writer = seat(moderator), seat(clinician)
    judge.goto(f"/review/{waiting[0].pk}/")
    judge.get_by_role("button", name="Send back to Dr Ines Albrecht").click()
    expect(judge.get_by_label("Or: what should Dr Ines Albrecht change")).to_have_accessible_description(
        re.compile("Say what should change; the author reads it.")
    )
    judge.get_by_label("Or: what should Dr Ines Albrecht change").fill("Say how common it is.")
    judge.get_by_role("button", name="Send back to Dr Ines Albrecht").click()
    expect(judge.get_by_role("heading", level=1)).to_have_text("Seizures")

    writer.goto("/")
    writer.get_by_role("link", name="Notifications 1 new").click()
    expect(writer.get_by_text("Say how common it is.")).to_be_visible()
    writer.get_by_role("link", name="asks for changes to version 2").click()
    writer.get_by_role("button", name="Continue from it").click()
    expect(writer.get_by_text("Say how common it is.")).to_be_visible()
    unfold(writer)
    writer.get_by_label("Plain summary").fill("Rare: one in a thousand.")
    writer.get_by_label("What did you change, and why?").fill("It says how common.")
    writer.get_by_label("Wording only").check()
    writer.get_by_role("button", name="Submit for review").click()

    expect(writer.locator(".notices")).to_contain_text("Sent for review as version 3.")
    assert Revision.objects.get(number=3).document.summary == "Rare: one in a thousand."


def test_marking_news_as_seen_clears_the_header(waiting, moderator, clinician, seat):
    review.reject(waiting[0].pk, by=moderator, reason="It is there already.")
    tab = seat(clinician)
    tab.goto("/notices/")
    mark = tab.get_by_role("link", name="Notifications 1 new")
    expect(mark).to_be_visible()

    tab.get_by_role("button", name="Mark all as read").click()

    expect(mark).to_have_count(0)


def test_a_moderator_takes_an_approval_back(waiting, moderator, second_moderator, seat):
    cast.approve(waiting[0], moderator)
    tab = seat(second_moderator)
    tab.goto("/wiki/hypoparathyroidism/")
    expect(tab.get_by_text("Other plain words.")).to_be_visible()
    tab.get_by_role("link", name="Revert approval").click()
    tab.get_by_label("Why should readers not see it any more?").fill("The number is wrong.")
    tab.get_by_role("button", name="Revert version 2 and show version 1 again").click()

    expect(tab.locator(".notices")).to_contain_text("Readers see version 1 again.")
    expect(tab.get_by_text("What it is, in plain words.")).to_be_visible()
    tab.get_by_role("link", name="History", exact=True).click()
    expect(tab.get_by_text("The number is wrong.")).to_be_visible()
