"""A conflict of interest: declared in the browser, it keeps its person from judging what it touches."""

import re

from playwright.sync_api import expect

from tests import cast
from wiki.acts.reviewing import review
from wiki.models import Verdict


def test_a_conflict_of_interest_is_refused(clinician, colleague, moderator, second_moderator, seat):
    page = cast.make_page(clinician, second_moderator, "Hypoparathyroidism")
    cast.make_page(clinician, second_moderator, "Calcitriol", kind="drug")
    words = f"{cast.document().body}\n\nGive [[Calcitriol]] by mouth."
    waiting = cast.propose_change(page, colleague, body=words)
    tab = seat(moderator)
    tab.goto("/accounts/interests/")

    tab.get_by_label("I have no interests to declare").uncheck()
    tab.get_by_label("What kind of interest").first.select_option("speaker")
    tab.get_by_label("With whom, or in what").first.fill("Acme Pharma")
    tab.get_by_label("Page it touches").first.press_sequentially("calci")
    tab.get_by_role("option", name=re.compile("Calcitriol")).click()
    tab.get_by_role("button", name="Declare this for a year").click()
    expect(tab.locator(".notices")).to_contain_text("It holds until")
    tab.goto(f"/review/{waiting.pk}/")

    expect(tab.get_by_role("heading", name="You cannot review this")).to_be_visible()
    expect(tab.get_by_text("tied to Calcitriol; this change is about Calcitriol")).to_be_visible()
    expect(tab.get_by_role("button", name=re.compile("Approve"))).to_have_count(0)
    assert not Verdict.objects.filter(reviewer=moderator, revision=waiting).exists()
    assert (
        review.reject(waiting.pk, by=second_moderator, reason="Give a source.").reviewer == second_moderator
    )
