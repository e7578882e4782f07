"""Two specialties sign: the first signature shows readers nothing, the second publishes."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.journeys.browsing import answer_yes, unfold
from wiki.models import PublishedPage, Role


def test_a_change_that_needs_two_specialties_is_published_by_both(clinician, moderator, seat):
    cast.make_page(clinician, moderator, "PDGFB", kind="gene", summary="A gene.")
    geneticist = cast.make_user("geneticist", Role.MODERATOR, "Dr Mei Lin", "clinical geneticist")
    cast.make_qualified(geneticist, "clinical_genetics")
    writer, first, second = seat(clinician), seat(moderator), seat(geneticist)

    writer.goto("/wiki/pdgfb/edit/")
    unfold(writer)
    writer.get_by_label("Plain summary").fill("A gene. Ask a geneticist about a test.")
    writer.get_by_label("What did you change, and why?").fill("Says whom to ask.")
    writer.get_by_label("Changes advice").check()
    writer.get_by_role("button", name="Submit for review").click()
    expect(writer.get_by_role("alert")).to_contain_text("say what is different for a patient")
    writer.get_by_label("in one plain sentence?").fill("Ask a geneticist about a test.")
    writer.get_by_role("button", name="Submit for review").click()
    expect(writer.get_by_text("nobody has signed yet").first).to_be_visible()
    address = writer.url

    first.goto(address)
    answer_yes(first)
    first.get_by_role("button", name="Sign version 2 as the moderator").click()
    expect(first.locator(".notices")).to_contain_text("Signed")
    first.goto(address)
    expect(first.get_by_text("Still needed: one clinical geneticist or genetic counsellor")).to_be_visible()
    expect(first.get_by_role("button", name=re.compile("Approve|Sign version"))).to_have_count(0)
    assert PublishedPage.objects.get(slug="pdgfb").number == 1

    second.goto(address)
    expect(second.get_by_text("has one moderator (Dr Amara Osei").first).to_be_visible()
    second.get_by_label("Safety: somebody could come to harm without it").check()
    answer_yes(second)
    second.get_by_role("button", name="Approve and publish version 2").click()
    expect(second.locator(".notices")).to_contain_text("is what readers see now")
    assert PublishedPage.objects.get(slug="pdgfb").number == 2

    writer.goto(address)
    expect(writer.get_by_text("Dr Mei Lin corrected that")).to_be_visible()
    stranger = seat()
    stranger.goto("/latest/?only=action")
    line = stranger.get_by_role("listitem").filter(has_text="PDGFB")
    expect(line).to_contain_text("Safety")
    expect(line).to_contain_text("Ask a geneticist about a test.")
