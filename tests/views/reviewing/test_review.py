"""The review screen in the browser."""

import pytest
from django.test import Client

from tests import cast
from tests.reviewing import approved_change, at, edited, queries_of, signed_in, standing_of, verdict_on, words
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.models import (
    Page,
    Publication,
    Revision,
    User,
)
from wiki.text.document import Code


def test_the_review_screen_summarises_the_change(
    desk: Client, published: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    draft = cast.make_edit(
        published,
        clinician,
        title="Low parathyroid hormone",
        kind="finding",
        aliases=("Low PTH",),
        codes=(Code("OMIM", "146200"),),
        summary="Too little hormone.",
        statements=(cast.statement(other, "associated_with"),),
    )

    said = words(desk.get(at("review", cast.submit(draft, note="New name."))))

    assert "The title changes from “Hypoparathyroidism” to “Low parathyroid hormone”" in said
    assert "The kind changes from condition to finding" in said
    assert "The codes change." in said
    assert "The other names change." in said
    assert "the summary among them" in said
    assert "Statements: 1 added. They also show on Seizures" in said
    assert "“New name.”" in said
    assert "Written by Dr Ines Albrecht." in said


def test_the_screen_of_a_new_page_says_that_all_of_it_is_judged(desk: Client, colleague: User) -> None:
    revision = cast.submit(drafts.propose(cast.document("Ataxia"), author=colleague))

    said = words(desk.get(at("review", revision)))

    assert "A new page. Nothing of it is published, so all of it is to be judged" in said
    assert "Reject this new page" in said
    assert "The page makes no statements." in said
    assert "There are no statements." in said
    assert "No statement changes" not in said
    # Nothing of a new page is worded otherwise: it explains or it advises.
    assert "says what it means for a patient: Background: it explains, and advises nothing" in said
    assert "Wording" not in said


def test_the_buttons_name_what_they_will_do(desk: Client, waiting: Revision) -> None:
    said = words(desk.get(at("review", waiting)))

    assert "Approve and publish version 2" in said
    assert "Send back to Dr Ines Albrecht" in said
    assert "Reject and keep version 1" in said
    assert "when the whole page was reviewed, and is due again, stays as it was" in said


def test_the_screen_shows_the_page_as_readers_would_see_it(desk: Client, waiting: Revision) -> None:
    body = desk.get(at("review", waiting)).content.decode()

    assert "<p>A second paragraph.</p>" in body
    assert "Other plain words." in body


def test_sources_that_are_not_fully_verified_are_marked(
    desk: Client, published: Page, clinician: User
) -> None:
    cast.make_source(clinician)
    body = "## What it is\n\nA paragraph with a source [@pmid:22327515]."
    revision = cast.submit(cast.make_edit(published, clinician, body=body))

    said = words(desk.get(at("review", revision)))

    assert "New here. A study of calcium." in said
    assert "Not fully verified." in said


def test_the_author_sees_withdraw_and_no_verdict_form(waiting: Revision, clinician: User) -> None:
    said = words(signed_in(clinician).get(at("review", waiting)))

    assert "Withdraw version 2" in said
    assert "A moderator decides on this." in said
    assert "Approve and publish" not in said


def test_another_clinician_sees_build_on_and_no_verdict_form(waiting: Revision, colleague: User) -> None:
    said = words(signed_in(colleague).get(at("review", waiting)))

    assert "Build on this" in said
    assert "Withdraw" not in said
    assert "Approve and publish" not in said


def test_a_moderator_gets_no_verdict_on_their_own_work(published: Page, moderator: User) -> None:
    mine = cast.submit(cast.make_edit(published, moderator))

    said = words(signed_in(moderator).get(at("review", mine)))

    assert "You are among the authors of this change, so somebody else reviews it." in said
    assert "Approve and publish" not in said


def test_a_returned_version_shows_reason_and_continue_to_its_author(
    waiting: Revision, clinician: User, moderator: User
) -> None:
    review.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    said = words(signed_in(clinician).get(at("review", waiting)))

    assert "Changes requested by Dr Amara Osei, neuroradiologist, moderator, on" in said
    order = ["Name the population.", "Continue from it", "Note to the reviewer", "Text"]
    assert sorted(order, key=said.index) == order
    assert "nobody has signed yet" not in said


def test_a_published_version_shows_who_approved_it_with_the_answers(desk: Client, waiting: Revision) -> None:
    desk.post(at("approve", waiting), verdict_on(waiting))

    said = words(desk.get(at("review", waiting)))

    assert "Approved by Dr Amara Osei" in said
    assert "answers to what was asked" in said
    assert "against version 1" in said
    assert "Revert version 2" in said


def test_a_version_that_was_replaced_offers_nothing_and_has_no_empty_box(
    desk: Client, waiting: Revision, published: Page, colleague: User, moderator: User
) -> None:
    cast.approve(waiting, moderator)
    cast.approve(cast.propose_change(published, colleague, summary="Still other words."), moderator)

    assert "What you can do" not in words(desk.get(at("review", waiting)))


def test_what_builds_on_another_names_everybody(desk: Client, waiting: Revision, colleague: User) -> None:
    child = cast.submit(edited(waiting, colleague))

    said = words(desk.get(at("review", child)))

    assert "It builds on version 2 by Dr Ines Albrecht; approving this accepts both." in said
    assert "Written by Dr Ines Albrecht and Dr Tomás Rey." in said


def test_the_screen_marks_text_of_a_reverted_version(
    desk: Client, published: Page, colleague: User, moderator: User
) -> None:
    live = Publication.objects.live_of(published)
    assert live is not None
    review.unapprove(live.revision_id, by=moderator, reason="Wrong.")
    again = cast.submit(cast.make_edit(published, colleague))

    said = words(desk.get(at("review", again)))

    assert "it holds words that were reverted, from version 1 by Dr Ines Albrecht" in said
    assert "Why: “Wrong.”" in said
    assert "The page is under review." in said
    assert "It carries the text of version 1 (approval reverted)" in said


def test_the_screen_marks_text_identical_to_a_rejected_version(
    desk: Client, waiting: Revision, clinician: User, moderator: User
) -> None:
    review.reject(waiting.pk, by=moderator, reason="Not so.")
    again = cast.submit(drafts.resume(waiting, author=clinician))

    assert "word for word what was rejected as version 2" in words(desk.get(at("review", again)))


def test_a_draft_has_no_review_screen(
    published: Page, clinician: User, colleague: User, desk: Client
) -> None:
    draft = cast.make_edit(published, clinician)

    assert signed_in(clinician).get(at("review", draft)).headers["Location"] == f"/drafts/{draft.pk}/"
    assert signed_in(colleague).get(at("review", draft)).status_code == 404
    assert desk.get(at("review", draft)).status_code == 404


def test_the_review_screen_takes_a_fixed_number_of_queries(
    desk: Client, published: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    others = [cast.make_page(clinician, moderator) for _ in range(6)]
    one = cast.submit(cast.make_edit(published, clinician, statements=(cast.statement(others[0]),)))
    desk.get(at("review", one))
    few = queries_of(desk, at("review", one))
    submission.withdraw(one, by=clinician)
    rows = tuple(cast.statement(other) for other in others[1:])
    many = cast.submit(cast.make_edit(published, clinician, statements=rows))
    desk.get(at("review", many))

    assert queries_of(desk, at("review", many)) == few


@pytest.mark.parametrize("way", ["restored", "rewritten", "a change"])
def test_the_screen_says_first_when_a_change_ends_the_review_of_the_whole_page(
    clinician, moderator, second_moderator, way
):
    page = cast.load_page("Headache", body="## What it is\n\nOne.\n\nTwo is new.\n\nThree.\n\nFour.")
    first = Publication.objects.open().get(page=page).revision.document
    approved_change(page, clinician, moderator, body=first.body.replace("Two is", "Two may be"))
    cast.review_whole(page, second_moderator)
    body = {
        "restored": first.body,
        "rewritten": "## Something\n\nQuite other words.\n\nAnd more.\n\nAnd again.",
        "a change": first.body.replace("Two is", "Two can be"),
    }[way]

    sent = cast.propose_change(page, clinician, body=body)
    said = words(signed_in(moderator).get(at("review", sent)))

    assert ("This change ends that review." in said) == (way != "a change")
    cast.approve(sent, moderator)
    assert (standing_of(page).whole is None) == (way != "a change")
    assert "This change ends that review." not in words(signed_in(moderator).get(at("review", sent)))
