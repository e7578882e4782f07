"""Verdicts in the browser."""

import re

import pytest
from django.test import Client

from tests import cast
from tests.reviewing import at, signed_in, verdict_on, words
from wiki.acts.writing import drafts
from wiki.models import (
    Page,
    Publication,
    PublishedPage,
    Requirement,
    Revision,
    Role,
    User,
    Verdict,
)


def test_approving_publishes_and_leads_to_the_next_submission(
    desk: Client, published: Page, waiting: Revision, colleague: User
) -> None:
    following = cast.submit(drafts.propose(cast.document("Ataxia"), author=colleague))

    response = desk.post(at("approve", waiting), verdict_on(waiting), follow=True)

    assert PublishedPage.objects.get(page=published).summary == "Other plain words."
    assert response.redirect_chain == [(at("review", following), 302)]
    assert "Hypoparathyroidism, version 2 is what readers see now." in words(response)


def test_a_signature_that_is_not_the_last_one_publishes_nothing(
    desk: Client, published: Page, waiting: Revision
) -> None:
    Requirement.objects.create(revision=waiting, role=Role.MODERATOR, label="a second moderator")

    response = desk.post(at("approve", waiting), verdict_on(waiting), follow=True)

    assert "Signed. It goes live with the last signature that it needs." in words(response)
    assert PublishedPage.objects.get(page=published).number == 1


def test_after_the_last_submission_a_verdict_leads_to_the_queue(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting))

    assert response.headers["Location"] == "/review/"


def test_own_submissions_are_never_offered_next(desk: Client, waiting: Revision, moderator: User) -> None:
    cast.submit(drafts.propose(cast.document("Ataxia"), author=moderator))

    response = desk.post(at("approve", waiting), verdict_on(waiting))

    assert response.headers["Location"] == "/review/"


def test_the_verdict_keeps_the_answers_with_their_questions(desk: Client, waiting: Revision) -> None:
    answers = {"about_lost_words": "not_applicable", "why": "It said nothing."}
    desk.post(at("approve", waiting), verdict_on(waiting, **answers))

    kept = {row["id"]: row for row in Verdict.objects.get(revision=waiting).checklist}
    assert set(kept) == {"about_new_words", "about_lost_words", "about_summary"}
    assert kept["about_summary"]["answer"] == "yes"
    assert kept["about_summary"]["text"] == "Does the summary say in plain words what the page says?"
    assert kept["about_summary"]["blocking"] is True
    assert kept["about_lost_words"]["answer"] == "not_applicable"
    # The reason is signed with the answer that it explains, and with no other.
    assert {item: row["why"] for item, row in kept.items() if "why" in row} == {
        "about_lost_words": "It said nothing."
    }


def test_an_unanswered_question_is_asked_for_and_typed_values_are_kept(
    desk: Client, waiting: Revision
) -> None:
    typed = verdict_on(waiting, about_new_words="", reason="Half a thought")

    response = desk.post(at("approve", waiting), typed)

    assert response.status_code == 422
    said = words(response)
    assert "Something is missing" in said
    assert "Answer this question." in said
    assert "Half a thought" in said
    html = response.content.decode()
    assert re.findall(r'<input type="radio" name="about_summary" value="yes"[^>]*checked', html)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_no_answer_is_preselected_or_given_for_all(desk: Client, waiting: Revision) -> None:
    shown = desk.get(at("review", waiting)).content.decode()
    asked = shown.partition("Questions about this change")[2].partition("Your verdict")[0]

    response = desk.post(at("approve", waiting), verdict_on(waiting, about_new_words="", rest="yes"))

    assert asked.count("<fieldset") == 3
    assert "checked" not in asked
    assert "Yes to all" not in shown
    assert response.status_code == 422


def test_the_answer_not_applicable_needs_a_reason(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting, about_summary="not_applicable"))

    assert response.status_code == 422
    assert "Say in a few words why that does not apply." in words(response)


def test_a_no_stops_approval_and_keeps_the_answers(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting, about_summary="no"))

    assert response.status_code == 409
    assert "is answered No" in words(response)
    assert re.search(r'name="about_summary" value="no"[^>]*checked', response.content.decode())
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_an_unknown_answer_is_refused(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting, about_summary="perhaps"))

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("name", "sentence", "state"),
    [
        ("request-changes", "went back to Dr Ines Albrecht", "changes_requested"),
        ("reject", "is rejected", "rejected"),
    ],
)
def test_turning_down_keeps_the_reason_and_tells_the_author(
    desk: Client, waiting: Revision, clinician: User, name: str, sentence: str, state: str
) -> None:
    response = desk.post(at(name, waiting), verdict_on(waiting, reason="Name the population."), follow=True)

    waiting.refresh_from_db()
    assert waiting.state == state
    assert sentence in words(response)
    assert "Name the population." in words(signed_in(clinician).get("/notices/"))


@pytest.mark.parametrize("name", ["request-changes", "reject"])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_turning_down_without_a_reason_is_refused_and_keeps_answers(
    desk: Client, waiting: Revision, name: str, reason: str
) -> None:
    response = desk.post(at(name, waiting), verdict_on(waiting, reason=reason, about_summary="no"))

    assert response.status_code == 422
    body = response.content.decode()
    assert "the author reads it" in body
    assert 'aria-describedby="id_reason_hint id_reason_error"' in body
    assert re.search(r'name="about_summary" value="no"[^>]*checked', body)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_a_too_long_reason_is_refused_with_its_limit(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("reject", waiting), verdict_on(waiting, reason="a" * 4001))

    assert response.status_code == 422
    assert "4000" in words(response)


@pytest.mark.parametrize("name", ["approve", "request-changes", "reject", "rebase"])
def test_edge_23_nothing_is_decided_by_get(desk: Client, waiting: Revision, name: str) -> None:
    assert desk.get(at(name, waiting)).status_code == 405
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


@pytest.mark.parametrize("name", ["approve", "request-changes", "reject", "rebase"])
def test_edge_23_nothing_is_decided_without_a_token(waiting: Revision, moderator: User, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)

    response = strict.post(at(name, waiting), verdict_on(waiting, reason="Because."))

    assert response.status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"digest": None}, 422, "It is not known which version you were shown"),
        ({"compared_with": None}, 422, "It is not known which version you were shown"),
        ({"compared_with": "what?"}, 422, "It is not known which version you were shown"),
        ({"digest": "0" * 64}, 409, "What you were shown is not what was submitted"),
        ({"compared_with": ""}, 409, "Another version went live while you were reading"),
        ({"compared_with": "999999"}, 409, "Another version went live while you were reading"),
    ],
)
def test_edge_22_an_approval_of_something_not_shown_is_refused(
    desk: Client, waiting: Revision, changes: dict[str, str | None], status: int, sentence: str
) -> None:
    posted = {key: value for key, value in verdict_on(waiting, **changes).items() if value is not None}

    response = desk.post(at("approve", waiting), posted)

    assert response.status_code == status
    assert sentence in words(response)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_edge_22_approving_a_new_page_needs_the_shown_comparison(desk: Client, clinician: User) -> None:
    new = cast.submit(drafts.propose(cast.document("Ataxia"), author=clinician))
    posted = verdict_on(new)
    del posted["compared_with"]

    assert desk.post(at("approve", new), posted).status_code == 422
    assert desk.post(at("approve", new), verdict_on(new)).status_code == 302


def test_edge_07_the_later_moderator_is_told_who_was_first(
    waiting: Revision, moderator: User, second_moderator: User
) -> None:
    both = verdict_on(waiting)
    signed_in(second_moderator).post(at("reject", waiting), {**both, "reason": "No."})

    response = signed_in(moderator).post(at("approve", waiting), {**both, "reason": "My own thoughts."})

    assert response.status_code == 409
    said = words(response)
    assert "Dr Lena Fischer was first: rejected" in said
    assert "My own thoughts." in said
    assert Verdict.objects.filter(revision=waiting).count() == 1


def test_edge_06_approving_twice_changes_nothing_more(desk: Client, waiting: Revision) -> None:
    first = verdict_on(waiting)
    desk.post(at("approve", waiting), first)

    response = desk.post(at("approve", waiting), first)

    assert response.status_code == 302
    assert Publication.objects.filter(revision=waiting).count() == 1


def test_edge_09_own_work_is_refused_through_the_browser_too(published: Page, moderator: User) -> None:
    mine = cast.submit(cast.make_edit(published, moderator))

    response = signed_in(moderator).post(at("approve", mine), verdict_on(mine))

    assert response.status_code == 409
    assert "You are among the authors of this change" in words(response)
    mine.refresh_from_db()
    assert mine.state == "submitted"


def test_edge_10_a_role_lost_meanwhile_refuses_the_verdict(waiting: Revision, moderator: User) -> None:
    browser = signed_in(moderator)
    browser.get(at("review", waiting))
    User.objects.filter(pk=moderator.pk).update(role=Role.CLINICIAN)

    assert browser.post(at("approve", waiting), verdict_on(waiting)).status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


@pytest.mark.parametrize("name", ["approve", "request-changes", "reject"])
def test_only_moderators_post_a_verdict(waiting: Revision, colleague: User, reader: User, name: str) -> None:
    for person in (colleague, reader):
        assert signed_in(person).post(at(name, waiting), verdict_on(waiting)).status_code == 403
    assert Client().post(at(name, waiting), verdict_on(waiting)).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_a_title_that_was_taken_meanwhile_stops_approval(
    desk: Client, clinician: User, colleague: User, moderator: User
) -> None:
    mine = cast.submit(drafts.propose(cast.document("Ataxia"), author=clinician))
    cast.approve(cast.submit(drafts.propose(cast.document("Ataxia"), author=colleague)), moderator)

    said = words(desk.get(at("review", mine)))
    response = desk.post(at("approve", mine), verdict_on(mine))

    assert "There is already a page at /wiki/ataxia/" in said
    assert "It cannot be approved like this" in said
    assert "Approve and publish" not in said
    assert response.status_code == 409
