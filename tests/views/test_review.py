"""Judging in the browser: the queue, the screen, verdicts, taking back, the news."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from wiki import workflow
from wiki.checklist import items_for
from wiki.models import (
    Notice,
    Origin,
    Page,
    Publication,
    Reading,
    Requirement,
    Revision,
    Role,
    Statement,
    User,
    Verdict,
)
from wiki.text.document import Code

FOURTH = "\n\nA fourth paragraph with several words."


def signed_in(person: User) -> Client:
    """Return a browser in which `person` is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def waiting(page: Page, clinician: User) -> Revision:
    """Return a change of the page that waits for review."""
    return cast.submit(cast.make_edit(page, clinician), note="Plainer words.")


@pytest.fixture
def desk(moderator: User) -> Client:
    """Return the moderator's browser."""
    return signed_in(moderator)


def verdict_on(revision: Revision, **changes: object) -> dict[str, object]:
    """Return what the review screen posts when everything that is left open is answered Yes."""
    shown = cast.shown(revision)
    compared_with = "" if shown.compared_with is None else shown.compared_with
    return {"digest": shown.digest, "compared_with": compared_with, "rest": "yes", **changes}


def at(name: str, revision: Revision) -> str:
    """Return the address of an act on a revision."""
    return reverse(name, args=[revision.pk])


def words(response: object) -> str:
    """Return the text of a page as it is read, white space reduced to single spaces."""
    body = response.content.decode()  # type: ignore[attr-defined]
    body = re.sub(r"</?(?:a|b|span|time|code)\b[^>]*>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


# --- The queue --------------------------------------------------------------------------------------------


def test_the_queue_lists_the_oldest_first_and_says_what_each_is(
    desk: Client, page: Page, waiting: Revision, colleague: User
) -> None:
    new = cast.submit(workflow.propose(cast.document("Ataxia"), author=colleague))

    said = words(desk.get("/review/"))

    assert said.index("Hypoparathyroidism") < said.index("Ataxia")
    assert f"Condition, version {waiting.number}" in said
    assert "Dr Ines Albrecht endocrinologist" in said
    assert "+1 −4 words no statements" in said
    assert "New page" in said
    assert new.title in said


def test_the_queue_says_how_many_statements_a_change_touches(
    desk: Client, page: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator)
    cast.submit(cast.make_edit(page, clinician, statements=(cast.statement(other),)))

    assert "1 statement" in words(desk.get("/review/"))


def test_the_queue_tells_what_is_ones_own_and_what_builds_on_what(
    waiting: Revision, colleague: User, moderator: User
) -> None:
    child = workflow.build_on(waiting, author=moderator)
    document = cast.document("Hypoparathyroidism", summary="A moderator's words.")
    cast.submit(workflow.save(child, document, by=moderator))

    said = words(signed_in(moderator).get("/review/"))

    assert "You wrote this, so somebody else reviews it" in said
    assert f"Builds on version {waiting.number}" in said


def test_the_queue_marks_what_must_be_rebased(
    desk: Client, page: Page, waiting: Revision, colleague: User, moderator: User
) -> None:
    sibling = cast.make_edit(page, colleague, body=cast.document().body + FOURTH)
    cast.approve(cast.submit(sibling), moderator)

    assert "Page moved on, must be rebased" in words(desk.get("/review/"))


def test_an_empty_queue_says_what_comes_here(desk: Client, page: Page) -> None:
    said = words(desk.get("/review/"))

    assert "Nothing waits for review" in said
    assert "No page is past its review date. The next is Hypoparathyroidism" in said
    assert "Every statement in force can be seen from both its pages." in said


def test_a_wiki_without_pages_has_nothing_due(desk: Client) -> None:
    assert "No page is in force yet" in words(desk.get("/review/"))


def test_the_queue_lists_statements_whose_other_end_is_not_in_force(
    desk: Client, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    cast.make_page(clinician, moderator, statements=(cast.statement(other),))
    live = Publication.objects.live_of(other)
    assert live is not None
    workflow.unapprove(live.revision_id, by=moderator, reason="Not sourced.")

    said = words(desk.get("/review/"))

    assert "causes Seizures" in said
    assert Statement.objects.half_visible().count() == 1


def test_clinicians_may_look_at_the_queue_and_readers_may_not(
    waiting: Revision, colleague: User, reader: User
) -> None:
    assert "Moderators decide on these" in words(signed_in(colleague).get("/review/"))
    assert signed_in(reader).get("/review/").status_code == 403
    assert Client().get("/review/").status_code == 302


def test_a_long_queue_shows_the_oldest_and_counts_the_rest(
    desk: Client, waiting: Revision, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wiki.views.review.MOST_SHOWN", 1)
    cast.submit(workflow.propose(cast.document("Ataxia"), author=colleague))

    said = words(desk.get("/review/"))

    assert "1 more wait behind these." in said
    assert "Ataxia" not in said


def test_the_queue_takes_the_same_number_of_queries_however_long_it_is(
    desk: Client, page: Page, waiting: Revision, colleague: User
) -> None:
    desk.get("/review/")
    few = queries_of(desk, "/review/")
    for number in range(5):
        cast.submit(workflow.propose(cast.document(f"Page {number}"), author=colleague))
    cast.submit(edited(waiting, colleague))

    assert queries_of(desk, "/review/") == few
    assert few <= 12


def edited(revision: Revision, author: User) -> Revision:
    """Return the author's draft on top of `revision`, with other words in it."""
    draft = workflow.build_on(revision, author=author)
    return workflow.save(draft, cast.document("Hypoparathyroidism", summary="Built on."), by=author)


def queries_of(browser: Client, path: str) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


# --- The screen -------------------------------------------------------------------------------------------


def test_the_screen_says_what_a_change_means(
    desk: Client, page: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    draft = cast.make_edit(
        page,
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


def test_a_new_page_is_to_be_judged_whole(desk: Client, colleague: User) -> None:
    revision = cast.submit(workflow.propose(cast.document("Ataxia"), author=colleague))

    said = words(desk.get(at("review", revision)))

    assert "A new page. Nothing of it is in force, so all of it is to be judged" in said
    assert "Reject this new page" in said


def test_the_buttons_name_what_they_will_do(desk: Client, waiting: Revision) -> None:
    said = words(desk.get(at("review", waiting)))

    assert "Approve and publish version 2" in said
    assert "Send back to Dr Ines Albrecht" in said
    assert "Reject and keep version 1" in said
    assert "Its next review is due in" in said


def test_the_screen_shows_the_page_as_readers_would_see_it(desk: Client, waiting: Revision) -> None:
    body = desk.get(at("review", waiting)).content.decode()

    assert "<p>A second paragraph.</p>" in body
    assert "Other plain words." in body


def test_sources_that_are_not_fully_verified_are_marked(desk: Client, page: Page, clinician: User) -> None:
    cast.make_source(clinician)
    body = "## What it is\n\nA paragraph with a source [@pmid:22327515]."
    revision = cast.submit(cast.make_edit(page, clinician, body=body))

    said = words(desk.get(at("review", revision)))

    assert "New here. A study of calcium." in said
    assert "Not fully verified." in said


def test_its_author_sees_it_with_withdraw_and_without_verdict(waiting: Revision, clinician: User) -> None:
    said = words(signed_in(clinician).get(at("review", waiting)))

    assert "Withdraw version 2" in said
    assert "A moderator decides on this." in said
    assert "Approve and publish" not in said


def test_another_clinician_may_build_on_it(waiting: Revision, colleague: User) -> None:
    said = words(signed_in(colleague).get(at("review", waiting)))

    assert "Build on this" in said
    assert "Withdraw" not in said
    assert "Approve and publish" not in said


def test_a_moderator_gets_no_verdict_on_their_own_work(page: Page, moderator: User) -> None:
    mine = cast.submit(cast.make_edit(page, moderator))

    said = words(signed_in(moderator).get(at("review", mine)))

    assert "You are among the authors of this change, so somebody else reviews it." in said
    assert "Approve and publish" not in said


def test_a_returned_version_shows_its_author_the_reason_and_the_way_on(
    waiting: Revision, clinician: User, moderator: User
) -> None:
    workflow.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    said = words(signed_in(clinician).get(at("review", waiting)))

    assert "Changes requested by Dr Amara Osei, neuroradiologist, moderator, on" in said
    assert "Name the population." in said
    assert "Continue from it" in said


def test_a_published_version_shows_who_approved_it_with_the_answers(desk: Client, waiting: Revision) -> None:
    desk.post(at("approve", waiting), verdict_on(waiting))

    said = words(desk.get(at("review", waiting)))

    assert "Approved by Dr Amara Osei" in said
    assert "answers on the checklist" in said
    assert "against version 1" in said
    assert "Take version 2 back" in said


def test_what_builds_on_another_names_everybody(desk: Client, waiting: Revision, colleague: User) -> None:
    child = cast.submit(edited(waiting, colleague))

    said = words(desk.get(at("review", child)))

    assert "It builds on version 2 by Dr Ines Albrecht; approving this accepts both." in said
    assert "Written by Dr Ines Albrecht and Dr Tomás Rey." in said


def test_words_whose_approval_was_taken_back_are_pointed_out(
    desk: Client, page: Page, colleague: User, moderator: User
) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None
    workflow.unapprove(live.revision_id, by=moderator, reason="Wrong.")
    again = cast.submit(cast.make_edit(page, colleague))

    said = words(desk.get(at("review", again)))

    assert "it brings in words of version 1, whose approval was taken back" in said
    assert "The page is under review." in said
    assert "It carries the text of version 1 (approval taken back)" in said


def test_the_same_words_as_were_rejected_are_pointed_out(
    desk: Client, waiting: Revision, clinician: User, moderator: User
) -> None:
    workflow.reject(waiting.pk, by=moderator, reason="Not so.")
    again = cast.submit(workflow.resume(waiting, author=clinician))

    assert "word for word what was rejected as version 2" in words(desk.get(at("review", again)))


def test_a_draft_is_seen_by_its_author_alone_and_in_the_editor(
    page: Page, clinician: User, colleague: User, desk: Client
) -> None:
    draft = cast.make_edit(page, clinician)

    assert signed_in(clinician).get(at("review", draft)).headers["Location"] == f"/drafts/{draft.pk}/"
    assert signed_in(colleague).get(at("review", draft)).status_code == 404
    assert desk.get(at("review", draft)).status_code == 404


def test_the_screen_takes_the_same_number_of_queries_however_much_there_is(
    desk: Client, page: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    others = [cast.make_page(clinician, moderator) for _ in range(6)]
    one = cast.submit(cast.make_edit(page, clinician, statements=(cast.statement(others[0]),)))
    desk.get(at("review", one))
    few = queries_of(desk, at("review", one))
    workflow.withdraw(one, by=clinician)
    rows = tuple(cast.statement(other) for other in others)
    many = cast.submit(cast.make_edit(page, clinician, statements=rows))

    assert queries_of(desk, at("review", many)) == few


# --- Verdicts ---------------------------------------------------------------------------------------------


def test_approving_publishes_what_was_shown_and_leads_to_the_next(
    desk: Client, page: Page, waiting: Revision, colleague: User
) -> None:
    following = cast.submit(workflow.propose(cast.document("Ataxia"), author=colleague))

    response = desk.post(at("approve", waiting), verdict_on(waiting), follow=True)

    assert Reading.objects.get(page=page).summary == "Other plain words."
    assert response.redirect_chain == [(at("review", following), 302)]
    assert "Hypoparathyroidism, version 2 is what readers see now." in words(response)


def test_a_signature_that_is_not_the_last_one_publishes_nothing(
    desk: Client, page: Page, waiting: Revision
) -> None:
    Requirement.objects.create(revision=waiting, role=Role.MODERATOR, label="a second moderator")

    response = desk.post(at("approve", waiting), verdict_on(waiting), follow=True)

    assert "Signed. It goes live with the last signature that it needs." in words(response)
    assert Reading.objects.get(page=page).number == 1


def test_after_the_last_one_the_queue_is_next(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting))

    assert response.headers["Location"] == "/review/"


def test_the_next_one_is_never_ones_own(desk: Client, waiting: Revision, moderator: User) -> None:
    cast.submit(workflow.propose(cast.document("Ataxia"), author=moderator))

    response = desk.post(at("approve", waiting), verdict_on(waiting))

    assert response.headers["Location"] == "/review/"


def test_the_verdict_keeps_the_answers_with_their_questions(desk: Client, waiting: Revision) -> None:
    desk.post(at("approve", waiting), verdict_on(waiting, P2="not_applicable", why="No funding at all."))

    kept = {row["id"]: row for row in Verdict.objects.get(revision=waiting).checklist}
    assert set(kept) == {item.id for item in items_for("condition")}
    assert kept["S1"]["answer"] == "yes"
    assert kept["S1"]["text"].startswith("Every statement")
    assert kept["S1"]["blocking"] is True
    assert kept["P2"]["answer"] == "not_applicable"
    assert kept["P2"]["why"] == "No funding at all."


def test_what_is_left_open_is_asked_for_and_nothing_is_lost(desk: Client, waiting: Revision) -> None:
    typed = verdict_on(waiting, rest="", R2="yes", reason="Half a thought")

    response = desk.post(at("approve", waiting), typed)

    assert response.status_code == 422
    said = words(response)
    assert "Something is missing" in said
    assert "Answer this, or say yes to all that are left." in said
    assert "Half a thought" in said
    checked = re.findall(r'<input type="radio" name="R2" value="yes"[^>]*checked', response.content.decode())
    assert checked
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_what_may_stay_open_is_not_asked_for(desk: Client, waiting: Revision) -> None:
    answers = {item.id: "yes" for item in items_for("condition") if item.blocking}

    response = desk.post(at("approve", waiting), verdict_on(waiting, rest="", **answers))

    assert response.status_code == 302
    assert "R4" not in {row["id"] for row in Verdict.objects.get(revision=waiting).checklist}


def test_what_does_not_apply_owes_its_reason(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting, P2="not_applicable"))

    assert response.status_code == 422
    assert "Say in a few words why that does not apply." in words(response)


def test_a_no_stops_approval_and_keeps_the_answers(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting, D2="no"))

    assert response.status_code == 409
    assert "is answered No" in words(response)
    assert re.search(r'name="D2" value="no"[^>]*checked', response.content.decode())
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_an_answer_that_there_is_not_is_refused(desk: Client, waiting: Revision) -> None:
    response = desk.post(at("approve", waiting), verdict_on(waiting, D2="perhaps"))

    assert response.status_code == 422


def test_items_that_do_not_fit_the_kind_are_left_out(desk: Client, clinician: User) -> None:
    gene = cast.submit(workflow.propose(cast.document("SLC20A2", kind="gene"), author=clinician))

    said = words(desk.get(at("review", gene)))

    assert "Warning signs that need urgent care" not in said
    assert "It says how the treatment works" not in said


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
def test_turning_down_owes_a_reason(desk: Client, waiting: Revision, name: str, reason: str) -> None:
    response = desk.post(at(name, waiting), verdict_on(waiting, reason=reason, D2="no"))

    assert response.status_code == 422
    body = response.content.decode()
    assert "the author reads it" in body
    assert 'aria-describedby="id_reason_hint id_reason_error"' in body
    assert re.search(r'name="D2" value="no"[^>]*checked', body)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_a_reason_that_is_too_long_is_said_so(desk: Client, waiting: Revision) -> None:
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


def test_edge_22_a_new_page_owes_the_empty_comparison_too(desk: Client, clinician: User) -> None:
    new = cast.submit(workflow.propose(cast.document("Ataxia"), author=clinician))
    posted = verdict_on(new)
    del posted["compared_with"]

    assert desk.post(at("approve", new), posted).status_code == 422
    assert desk.post(at("approve", new), verdict_on(new)).status_code == 302


def test_edge_07_the_second_moderator_reads_who_was_first(
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


def test_edge_09_own_work_is_refused_through_the_browser_too(page: Page, moderator: User) -> None:
    mine = cast.submit(cast.make_edit(page, moderator))

    response = signed_in(moderator).post(at("approve", mine), verdict_on(mine))

    assert response.status_code == 409
    assert "You are among the authors of this change" in words(response)
    mine.refresh_from_db()
    assert mine.state == "submitted"


def test_edge_10_a_right_that_has_gone_meanwhile_is_gone(waiting: Revision, moderator: User) -> None:
    browser = signed_in(moderator)
    browser.get(at("review", waiting))
    User.objects.filter(pk=moderator.pk).update(role=Role.CLINICIAN)

    assert browser.post(at("approve", waiting), verdict_on(waiting)).status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


@pytest.mark.parametrize("name", ["approve", "request-changes", "reject"])
def test_only_moderators_decide(waiting: Revision, colleague: User, reader: User, name: str) -> None:
    for person in (colleague, reader):
        assert signed_in(person).post(at(name, waiting), verdict_on(waiting)).status_code == 403
    assert Client().post(at(name, waiting), verdict_on(waiting)).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_a_title_that_was_taken_meanwhile_stops_approval(
    desk: Client, clinician: User, colleague: User, moderator: User
) -> None:
    mine = cast.submit(workflow.propose(cast.document("Ataxia"), author=clinician))
    cast.approve(cast.submit(workflow.propose(cast.document("Ataxia"), author=colleague)), moderator)

    said = words(desk.get(at("review", mine)))
    response = desk.post(at("approve", mine), verdict_on(mine))

    assert "There is already a page at /wiki/ataxia/" in said
    assert "It cannot be approved like this" in said
    assert "Approve and publish" not in said
    assert response.status_code == 409


# --- Rebase -----------------------------------------------------------------------------------------------


@pytest.fixture
def stale(page: Page, waiting: Revision, colleague: User, moderator: User) -> Revision:
    """Return a change beside which another one went live, elsewhere on the page."""
    cast.approve(cast.submit(cast.make_edit(page, colleague, body=cast.document().body + FOURTH)), moderator)
    return waiting


@pytest.fixture
def clashing(page: Page, waiting: Revision, colleague: User, moderator: User) -> Revision:
    """Return a change beside which another one went live in the same place."""
    cast.approve(cast.submit(cast.make_edit(page, colleague, summary="A colleague's words.")), moderator)
    return waiting


def test_edge_02_a_stale_change_offers_a_rebase_and_no_approval(desk: Client, stale: Revision) -> None:
    said = words(desk.get(at("review", stale)))

    assert "The page has moved on" in said
    assert "Put this onto version 3" in said
    assert "Approve and publish" not in said
    assert "Reject and keep version 3" in said


def test_edge_02_approving_it_all_the_same_is_refused_with_a_sentence(desk: Client, stale: Revision) -> None:
    response = desk.post(at("approve", stale), verdict_on(stale))

    assert response.status_code == 409
    assert "It must be rebased before it can be approved" in words(response)


def test_a_clean_rebase_leads_to_the_merged_version(desk: Client, page: Page, stale: Revision) -> None:
    response = desk.post(at("rebase", stale), follow=True)

    merged = Revision.objects.get(second_parent=stale)
    assert response.redirect_chain == [(at("review", merged), 302)]
    desk.post(at("approve", merged), verdict_on(merged))
    reading = Reading.objects.get(page=page)
    assert reading.summary == "Other plain words."
    assert "fourth" in reading.plain


def test_what_was_rebased_leads_to_what_waits_in_its_place(desk: Client, stale: Revision) -> None:
    merged = workflow.rebase(stale.pk, by=User.objects.get(username="moderator"))

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


def test_a_moderator_sends_a_conflict_back_with_words_ready_made(desk: Client, clashing: Revision) -> None:
    page = desk.post(at("rebase", clashing)).content.decode()
    reason = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert reason is not None

    response = desk.post(at("request-changes", clashing), {"reason": reason[1]})

    assert response.status_code == 302
    verdict = Verdict.objects.get(revision=clashing)
    assert "Plain summary" in verdict.reason
    assert "Version 3 is in force now" in verdict.reason


def test_an_author_settles_a_conflict_in_a_draft(clashing: Revision, clinician: User) -> None:
    browser = signed_in(clinician)
    assert "Settle this in a draft" in words(browser.post(at("rebase", clashing)))

    response = browser.post(at("rebase", clashing), {"settle": "yes"})

    draft = Revision.objects.get(author=clinician, state="draft")
    assert response.headers["Location"] == f"/drafts/{draft.pk}/conflict/"
    assert draft.document.summary == "Other plain words."


def test_nobody_else_rebases(stale: Revision, colleague: User) -> None:
    response = signed_in(colleague).post(at("rebase", stale))

    assert response.status_code == 409
    assert "may do that" in words(response)


def test_edge_05_what_builds_on_a_rejected_version_must_be_rebased(
    desk: Client, waiting: Revision, colleague: User, moderator: User
) -> None:
    child = cast.submit(edited(waiting, colleague))
    workflow.reject(waiting.pk, by=moderator, reason="Not so.")

    said = words(desk.get(at("review", child)))

    assert "It must be rebased before it can be approved" in said
    assert "Approve and publish" not in said


# --- Taking back ------------------------------------------------------------------------------------------


def test_edge_04_taking_back_shows_first_what_readers_will_get(
    desk: Client, page: Page, waiting: Revision, moderator: User
) -> None:
    cast.approve(waiting, moderator)

    said = words(desk.get("/wiki/hypoparathyroidism/take-back/"))

    assert "Readers get version 1 again" in said
    assert "Take version 2 back and show version 1 again" in said
    assert Reading.objects.get(page=page).number == 2


def test_edge_04_taking_back_gives_readers_the_version_before(
    desk: Client, page: Page, waiting: Revision, moderator: User
) -> None:
    cast.approve(waiting, moderator)

    response = desk.post(
        "/wiki/hypoparathyroidism/take-back/", {"revision_id": waiting.pk, "reason": "Misread the source."}
    )

    assert response.headers["Location"] == "/wiki/hypoparathyroidism/"
    assert Reading.objects.get(page=page).number == 1


def test_edge_04_with_nothing_before_the_page_is_under_review(desk: Client, page: Page) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None
    path = "/wiki/hypoparathyroidism/take-back/"
    assert "put the page under review" in words(desk.get(path))

    desk.post(path, {"revision_id": live.revision_id, "reason": "Wrong."})

    assert not Reading.objects.filter(page=page).exists()
    assert "Nothing is in force here" in words(desk.get(path))


def test_taking_back_owes_a_reason(desk: Client, page: Page) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None

    response = desk.post(
        "/wiki/hypoparathyroidism/take-back/", {"revision_id": live.revision_id, "reason": ""}
    )

    assert response.status_code == 422
    assert "Say why; the reason stays with the page’s history." in words(response)
    assert Reading.objects.filter(page=page).exists()


def test_taking_back_owes_the_version_that_was_shown(desk: Client, page: Page) -> None:
    response = desk.post("/wiki/hypoparathyroidism/take-back/", {"reason": "Wrong."})

    assert response.status_code == 422
    assert "Wrong." in words(response)
    assert Reading.objects.filter(page=page).exists()


def test_what_was_taken_back_meanwhile_is_refused_and_the_words_are_kept(
    desk: Client, page: Page, second_moderator: User
) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None
    workflow.unapprove(live.revision_id, by=second_moderator, reason="Wrong.")

    response = desk.post(
        "/wiki/hypoparathyroidism/take-back/", {"revision_id": live.revision_id, "reason": "I too say so."}
    )

    assert response.status_code == 409
    assert "Dr Lena Fischer was first" in words(response)
    assert "I too say so." in words(response)


def test_only_moderators_take_back(page: Page, clinician: User) -> None:
    assert signed_in(clinician).get("/wiki/hypoparathyroidism/take-back/").status_code == 403


def test_starter_content_is_never_said_to_be_reviewed(desk: Client, clinician: User, moderator: User) -> None:
    draft = workflow.propose(cast.document("Ataxia"), author=clinician, origin=Origin.STARTER)
    revision = cast.submit(draft)
    cast.approve(revision, moderator)

    said = words(desk.get("/wiki/ataxia/take-back/"))

    assert "Starter content, not yet reviewed by a clinician, in force since" in said
    assert "Approved by" not in said
    assert "not yet reviewed by a clinician" in words(desk.get(at("review", revision)))
    with time_machine.travel("2040-01-01"):
        assert "not yet reviewed by a clinician" in words(Client().get("/overdue/"))


# --- Due dates --------------------------------------------------------------------------------------------


def test_edge_27_everybody_can_see_which_pages_are_overdue(page: Page, moderator: User) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None

    with time_machine.travel(live.due_on + dt.timedelta(days=1)):
        public, queue = Client().get("/overdue/"), signed_in(moderator).get("/review/")

    due = f"was due {live.due_on.day} {live.due_on:%B %Y}"
    for response in (public, queue):
        assert "Hypoparathyroidism" in words(response)
        assert due in words(response)


def test_on_its_day_a_page_is_not_overdue_yet(page: Page) -> None:
    live = Publication.objects.live_of(page)
    assert live is not None

    with time_machine.travel(live.due_on):
        assert "No page is past its review date." in words(Client().get("/overdue/"))


def test_the_public_list_holds_nothing_personal(page: Page) -> None:
    assert "csrf" not in Client().get("/overdue/").content.decode()


def test_the_list_takes_the_same_number_of_queries_however_long_it_is(
    page: Page, clinician: User, moderator: User
) -> None:
    with time_machine.travel("2040-01-01"):
        few = queries_of(Client(), "/overdue/")
        for _ in range(4):
            cast.make_page(clinician, moderator)

        assert queries_of(Client(), "/overdue/") == few


# --- News -------------------------------------------------------------------------------------------------


def test_news_tell_a_verdict_with_its_reason_and_lead_to_it(
    waiting: Revision, clinician: User, moderator: User
) -> None:
    workflow.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    response = signed_in(clinician).get("/notices/")

    assert "Dr Amara Osei asks for changes to version 2 of “Hypoparathyroidism”." in words(response)
    assert "Name the population." in words(response)
    assert at("review", waiting) in response.content.decode()


def test_moderators_hear_of_new_work_with_its_note(desk: Client, waiting: Revision) -> None:
    said = words(desk.get("/notices/"))

    assert "Dr Ines Albrecht sent in version 2 of “Hypoparathyroidism”." in said
    assert "Plainer words." in said


def test_opening_the_news_marks_nothing_as_seen(desk: Client, waiting: Revision, moderator: User) -> None:
    desk.get("/notices/")

    assert Notice.objects.of(moderator).unseen().exists()
    assert "New" in words(desk.get("/notices/"))


def test_marking_all_as_seen_is_a_post(desk: Client, waiting: Revision, moderator: User) -> None:
    assert "Mark all as seen" in words(desk.get("/notices/"))

    response = desk.post("/notices/")

    assert response.headers["Location"] == "/notices/"
    assert not Notice.objects.of(moderator).unseen().exists()
    assert "Mark all as seen" not in words(desk.get("/notices/"))


def test_no_news_say_what_will_be_here(reader: User) -> None:
    assert "Nothing yet. You hear here" in words(signed_in(reader).get("/notices/"))


def test_the_news_take_the_same_number_of_queries_however_many_there_are(
    desk: Client, waiting: Revision, colleague: User
) -> None:
    desk.get("/notices/")
    few = queries_of(desk, "/notices/")
    for number in range(4):
        cast.submit(workflow.propose(cast.document(f"Page {number}"), author=colleague))

    assert queries_of(desk, "/notices/") == few
