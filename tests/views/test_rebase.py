"""Rebasing and taking back in the browser."""

import re

import time_machine
from django.test import Client

from tests import cast
from tests.reviewing import at, edited, signed_in, verdict_on, words
from wiki.acts.reviewing import review
from wiki.models import (
    Page,
    Publication,
    PublishedPage,
    Revision,
    User,
    Verdict,
)


def test_edge_02_a_stale_change_offers_a_rebase_and_no_approval(desk: Client, stale: Revision) -> None:
    said = words(desk.get(at("review", stale)))

    assert "The page has moved on" in said
    assert "Put this onto version 3" in said
    assert "Approve and publish" not in said
    assert "Reject and keep version 3" in said


def test_edge_02_approving_a_stale_change_is_refused(desk: Client, stale: Revision) -> None:
    response = desk.post(at("approve", stale), verdict_on(stale))

    assert response.status_code == 409
    assert "It must be rebased before it can be approved" in words(response)


def test_a_clean_rebase_leads_to_the_merged_version(desk: Client, published: Page, stale: Revision) -> None:
    response = desk.post(at("rebase", stale), follow=True)

    merged = Revision.objects.get(second_parent=stale)
    assert response.redirect_chain == [(at("review", merged), 302)]
    desk.post(at("approve", merged), verdict_on(merged))
    published_page = PublishedPage.objects.get(page=published)
    assert published_page.summary == "Other plain words."
    assert "fourth" in published_page.plain


def test_a_rebased_version_links_to_its_replacement(desk: Client, stale: Revision) -> None:
    merged = review.rebase(stale.pk, by=User.objects.get(username="moderator"))

    said = words(desk.get(at("review", stale)))

    assert f"Version {merged.number} waits in its place" in said
    assert desk.post(at("rebase", stale)).status_code == 409


def test_a_conflict_shows_both_texts_and_keeps_both(desk: Client, clashing: Revision) -> None:
    response = desk.post(at("rebase", clashing))

    assert response.status_code == 409
    said = words(response)
    assert "Plain summary" in said
    assert "Other plain words." in said
    assert "A colleague's words." in said
    assert "What it is, in plain words." in said
    clashing.refresh_from_db()
    assert clashing.state == "submitted"


def test_a_moderator_sends_a_conflict_back_with_a_prepared_reason(desk: Client, clashing: Revision) -> None:
    page = desk.post(at("rebase", clashing)).content.decode()
    reason = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert reason is not None

    response = desk.post(at("request-changes", clashing), {"reason": reason[1]})

    assert response.status_code == 302
    verdict = Verdict.objects.get(revision=clashing)
    assert "Plain summary" in verdict.reason
    assert "Version 3 is published now" in verdict.reason


def test_an_author_settles_a_conflict_in_a_draft(clashing: Revision, clinician: User) -> None:
    browser = signed_in(clinician)
    assert "Settle this in a draft" in words(browser.post(at("rebase", clashing)))

    response = browser.post(at("rebase", clashing), {"settle": "yes"})

    draft = Revision.objects.get(author=clinician, state="draft")
    assert response.headers["Location"] == f"/drafts/{draft.pk}/conflict/"
    assert draft.document.summary == "Other plain words."


def test_another_clinician_cannot_rebase(stale: Revision, colleague: User) -> None:
    response = signed_in(colleague).post(at("rebase", stale))

    assert response.status_code == 409
    assert "may do that" in words(response)


def test_edge_05_what_builds_on_a_rejected_version_must_be_rebased(
    desk: Client, waiting: Revision, colleague: User, moderator: User
) -> None:
    child = cast.submit(edited(waiting, colleague))
    review.reject(waiting.pk, by=moderator, reason="Not so.")

    said = words(desk.get(at("review", child)))

    assert "It must be rebased before it can be approved" in said
    assert "Approve and publish" not in said


def test_edge_04_taking_back_shows_first_what_readers_will_get(
    desk: Client, published: Page, waiting: Revision, moderator: User
) -> None:
    cast.approve(waiting, moderator)

    said = words(desk.get("/wiki/hypoparathyroidism/revert/"))

    assert "Readers get version 1 again" in said
    assert "Revert version 2 and show version 1 again" in said
    assert PublishedPage.objects.get(page=published).number == 2


def test_edge_04_taking_back_gives_readers_the_version_before(
    desk: Client, published: Page, waiting: Revision, moderator: User
) -> None:
    cast.approve(waiting, moderator)

    response = desk.post(
        "/wiki/hypoparathyroidism/revert/", {"revision_id": waiting.pk, "reason": "Misread the source."}
    )

    assert response.headers["Location"] == "/wiki/hypoparathyroidism/"
    assert PublishedPage.objects.get(page=published).number == 1


def test_edge_04_with_nothing_before_the_page_is_under_review(desk: Client, published: Page) -> None:
    live = Publication.objects.live_of(published)
    assert live is not None
    path = "/wiki/hypoparathyroidism/revert/"
    assert "put the page under review" in words(desk.get(path))

    desk.post(path, {"revision_id": live.revision_id, "reason": "Wrong."})

    assert not PublishedPage.objects.filter(page=published).exists()
    assert "Nothing is published here" in words(desk.get(path))


def test_taking_back_without_a_reason_is_refused(desk: Client, published: Page) -> None:
    live = Publication.objects.live_of(published)
    assert live is not None

    response = desk.post("/wiki/hypoparathyroidism/revert/", {"revision_id": live.revision_id, "reason": ""})

    assert response.status_code == 422
    assert "Say why; the reason stays with the page’s history." in words(response)
    assert PublishedPage.objects.filter(page=published).exists()


def test_taking_back_without_the_shown_version_is_refused(desk: Client, published: Page) -> None:
    response = desk.post("/wiki/hypoparathyroidism/revert/", {"reason": "Wrong."})

    assert response.status_code == 422
    assert "Wrong." in words(response)
    assert PublishedPage.objects.filter(page=published).exists()


def test_taking_back_twice_is_refused_and_keeps_the_typed_reason(
    desk: Client, published: Page, second_moderator: User
) -> None:
    live = Publication.objects.live_of(published)
    assert live is not None
    review.unapprove(live.revision_id, by=second_moderator, reason="Wrong.")

    response = desk.post(
        "/wiki/hypoparathyroidism/revert/", {"revision_id": live.revision_id, "reason": "I too say so."}
    )

    assert response.status_code == 409
    assert "Dr Lena Fischer was first" in words(response)
    assert "I too say so." in words(response)


def test_only_moderators_open_the_revert_form(published: Page, clinician: User) -> None:
    assert signed_in(clinician).get("/wiki/hypoparathyroidism/revert/").status_code == 403


def test_starter_content_is_never_said_to_be_reviewed(desk: Client) -> None:
    page = cast.load_page("Ataxia")
    revision = page.publications.get().revision

    said = words(desk.get("/wiki/ataxia/revert/"))

    assert "Starter content, not yet reviewed by a clinician, published since" in said
    assert "Approved by" not in said
    assert "not yet reviewed by a clinician" in words(desk.get(at("review", revision)))
    with time_machine.travel("2040-01-01"):
        assert "not yet reviewed by a clinician" in words(Client().get("/overdue/"))
