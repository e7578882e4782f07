"""The queue in the browser, what is due, and the news."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.reviewing import FOURTH, at, edited, queries_of, signed_in, words
from wiki.acts.people import disclosures
from wiki.acts.reviewing import claims, review
from wiki.acts.writing import drafts
from wiki.models import (
    Notice,
    Page,
    Publication,
    Revision,
    Role,
    Statement,
    User,
)
from wiki.screens.reviewing import queue_rows
from wiki.screens.reviewing.queue import QueueFilter, next_in, queue_of
from wiki.screens.reviewing.queue_rows import waiting_for


def next_for(person: User) -> Revision | None:
    """Return what somebody who wants to see everything is led to."""
    return next_in(queue_of(person), QueueFilter(), by=person, now=timezone.now())


def test_the_queue_lists_the_highest_risk_first_with_its_reason(
    desk: Client, published: Page, waiting: Revision, colleague: User
) -> None:
    new = cast.submit(drafts.propose(cast.document("Ataxia"), author=colleague))

    said = words(desk.get("/review/"))

    assert said.index("Ataxia") < said.index("Hypoparathyroidism")
    assert "readers have no such page yet · has just come in · author’s first submission" in said
    assert f"Condition, version {waiting.number}" in said
    assert "Dr Ines Albrecht endocrinologist (not verified)" in said
    assert "+1 −4 words no statements" in said
    assert "New page" in said
    assert new.title in said


def test_of_a_long_queue_the_oldest_of_each_risk_are_shown_and_the_page_says_so(
    desk: Client, published: Page, clinician: User, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_rows, "MOST", 2)
    monkeypatch.setattr(queue_rows, "OF_EACH_RISK", 1)
    for title in ("Ataxia", "Chorea", "Tremor"):
        cast.submit(drafts.propose(cast.document(title), author=clinician))
    for_safety = cast.submit(
        cast.make_edit(published, clinician), impact="safety", meaning="Stop it at once."
    )

    said = words(desk.get("/review/"))

    assert [one.revision.title for one in waiting_for(moderator)] == [for_safety.title, "Ataxia"]
    assert "waiting 4" in said
    assert "These 2 have waited longest, of each risk." in said


def test_the_queue_says_how_many_statements_a_change_touches(
    desk: Client, published: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator)
    cast.submit(cast.make_edit(published, clinician, statements=(cast.statement(other),)))

    assert "1 statement" in words(desk.get("/review/"))


def test_the_queue_marks_own_work_and_amendments(waiting: Revision, colleague: User, moderator: User) -> None:
    child = drafts.build_on(waiting, author=moderator)
    document = cast.document("Hypoparathyroidism", summary="A moderator's words.")
    cast.submit(drafts.save(child, document, by=moderator))

    said = words(signed_in(moderator).get("/review/"))

    assert "You wrote this, so somebody else reviews it" in said
    assert f"Amends version {waiting.number} by {waiting.author_name}" in said


def test_the_queue_marks_submissions_that_must_be_rebased(
    desk: Client, published: Page, waiting: Revision, colleague: User, moderator: User
) -> None:
    sibling = cast.make_edit(published, colleague, body=cast.document().body + FOURTH)
    cast.approve(cast.submit(sibling), moderator)

    assert "Page moved on, must be rebased" in words(desk.get("/review/"))


def test_an_empty_queue_explains_itself(desk: Client, published: Page) -> None:
    said = words(desk.get("/review/"))

    assert "Nothing waits for review" in said
    assert "No page has been reviewed as a whole yet, so none is due." in said
    assert "Every published statement can be seen from both its pages." in said


def test_the_queue_of_a_wiki_without_pages_shows_no_due_page(desk: Client) -> None:
    assert "No page has been reviewed as a whole yet" in words(desk.get("/review/"))


def test_the_queue_lists_statements_about_unpublished_pages(
    desk: Client, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    cast.make_page(clinician, moderator, statements=(cast.statement(other),))
    live = Publication.objects.live_of(other)
    assert live is not None
    review.unapprove(live.revision_id, by=moderator, reason="Not sourced.")

    said = words(desk.get("/review/"))

    assert "causes Seizures" in said
    assert Statement.objects.half_visible().count() == 1


def test_clinicians_may_look_at_the_queue_and_readers_may_not(
    waiting: Revision, colleague: User, reader: User
) -> None:
    assert "Moderators decide on these" in words(signed_in(colleague).get("/review/"))
    assert signed_in(reader).get("/review/").status_code == 403
    assert Client().get("/review/").status_code == 302


def test_a_long_queue_is_paginated(
    desk: Client, waiting: Revision, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wiki.views.reviewing.queue.PER_PAGE", 1)
    cast.submit(drafts.propose(cast.document("Ataxia"), author=colleague))

    first, second = words(desk.get("/review/")), words(desk.get("/review/?page=2"))

    assert "Part 1 of 2" in first
    assert ("Ataxia" in first, "Ataxia" in second) == (True, False)
    assert "Hypoparathyroidism, version 2" in second.replace("Condition", "Hypoparathyroidism")


def submitted(title: str, author: User, **changes: object) -> Revision:
    """Return a page that somebody proposes."""
    return cast.submit(drafts.propose(cast.document(title, **changes), author=author))


@pytest.fixture
def mixed(waiting: Revision, colleague: User, moderator: User) -> None:
    """Let things of several kinds, authors and needs wait."""
    submitted("Ataxia", colleague, kind="symptom")
    dose = cast.document().body + "\n\nGive 500 mg twice a day."
    submitted("Calcium", colleague, kind="drug", body=dose)
    submitted("Chorea", moderator, kind="symptom")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("kind=symptom", {"Ataxia", "Chorea"}),
        ("author=Dr+Ines+Albrecht", {"Hypoparathyroidism"}),
        ("specialty=clinical_pharmacology", {"Calcium"}),
        ("profession=pharmacist", {"Calcium"}),
        ("profession=nurse", {"Hypoparathyroidism", "Ataxia", "Calcium", "Chorea"}),
        ("risk=high", {"Calcium"}),
        ("show=mine", {"Chorea"}),
        ("show=sign", {"Hypoparathyroidism", "Ataxia", "Calcium"}),
        ("show=claimed", {"Ataxia"}),
        ("show=free", {"Hypoparathyroidism", "Calcium", "Chorea"}),
        ("age=3", set()),
        ("kind=symptom&show=mine", {"Chorea"}),
        ("kind=nonsense", {"Hypoparathyroidism", "Ataxia", "Calcium", "Chorea"}),
    ],
)
def test_a_filter_narrows_the_queue_and_counts_hidden_rows(
    desk: Client, mixed: None, moderator: User, asked: str, shown: set[str]
) -> None:
    claims.claim(Revision.objects.get(title="Ataxia").pk, by=moderator)

    said = words(desk.get(f"/review/?{asked}"))

    rows = said.partition("Waits on ")[2].partition("How the order is made")[0]
    names = {"Hypoparathyroidism", "Ataxia", "Calcium", "Chorea"}
    assert {name for name in names if f"{name} " in rows} == shown
    if shown != names:
        assert f"{len(shown)} of 4 shown; {4 - len(shown)} hidden by" in said
        assert "Show everything waiting" in said
    else:
        assert "Some of these filters no longer exist and were left out" in said


def test_a_filter_matching_all_says_that_nothing_is_hidden(desk: Client, waiting: Revision) -> None:
    assert "1 of 1 shown; nothing is hidden by Kind: Condition." in words(desk.get("/review/?kind=condition"))


def test_a_filter_matching_nothing_links_to_the_whole_queue(desk: Client, waiting: Revision) -> None:
    said = words(desk.get("/review/?kind=gene"))

    assert "Nothing that waits matches these filters. Show everything waiting (1)" in said
    assert said.count("Show everything waiting") == 1


def test_the_queue_can_be_sorted_by_wait_or_size(desk: Client, mixed: None) -> None:
    longest, smallest = words(desk.get("/review/?order=wait")), words(desk.get("/review/?order=size"))

    assert longest.index("Hypoparathyroidism Condition") < longest.index("Ataxia Symptom")
    assert smallest.index("Hypoparathyroidism Condition") < smallest.index("Calcium Drug")


def test_a_submission_with_a_dose_ranks_first_with_its_reason(desk: Client, mixed: None) -> None:
    said = words(desk.get("/review/"))

    assert said.index("Calcium Drug") < said.index("Ataxia Symptom")
    assert "High risk New page · a dose changes" in said


def test_signed_submissions_and_interests_are_not_offered(
    mixed: None, published: Page, moderator: User, second_moderator: User
) -> None:
    cast.sign(Revision.objects.get(title="Calcium"), second_moderator)
    disclosures.declare(
        second_moderator, [disclosures.Declared("shares", "A company", pages=[published], names=["chorea"])]
    )

    rows = {one.revision.title: one for one in waiting_for(second_moderator)}

    assert {title for title, one in rows.items() if one.can_sign} == {"Ataxia"}
    assert "1 of 2 signed" in words(signed_in(second_moderator).get("/review/"))
    assert next_for(second_moderator) == rows["Ataxia"].revision


def test_a_moderator_without_declaration_is_offered_no_submission(waiting: Revision) -> None:
    undeclared = User.objects.create_user("undeclared", role="moderator")

    assert next_for(undeclared) is None


def test_the_authors_record_counts_their_last_submissions(
    waiting: Revision, published: Page, clinician: User, moderator: User
) -> None:
    back = cast.propose_change(published, clinician, summary="To be sent back.")
    review.request_changes(back.pk, by=moderator, reason="Name the population.")

    queue = words(signed_in(moderator).get("/review/"))
    assert "1 of the author’s last 2 submissions were approved unchanged" in queue


def test_a_claim_is_made_renewed_and_released_on_the_review_screen(
    desk: Client, waiting: Revision, second_moderator: User
) -> None:
    screen = at("review", waiting)
    assert "Claim it for two hours" in words(desk.get(screen))

    said = words(desk.post(at("claim", waiting), follow=True))

    assert "is yours to look at until" in said
    assert "You are looking at this until" in said
    assert "You are looking at it until" in words(desk.get("/review/"))
    other = signed_in(second_moderator)
    assert "Dr Amara Osei is looking at it until" in words(other.get("/review/"))
    assert "You may decide all the same." in words(other.get(screen))
    assert other.post(at("claim", waiting)).status_code == 409
    assert "is free for others" in words(desk.post(at("release", waiting), follow=True))
    assert desk.post(at("release", waiting)).status_code == 409


def test_the_queue_takes_a_fixed_number_of_queries(
    desk: Client, published: Page, waiting: Revision, colleague: User
) -> None:
    desk.get("/review/")
    few = queries_of(desk, "/review/")
    for number in range(5):
        cast.submit(drafts.propose(cast.document(f"Page {number}"), author=colleague))
    cast.submit(edited(waiting, colleague))

    assert queries_of(desk, "/review/") == few
    assert few <= 22


def test_queue_and_verdict_take_a_fixed_number_of_queries_with_interests(
    desk: Client, published: Page, clinician: User, colleague: User, moderator: User
) -> None:
    elsewhere = cast.make_page(clinician, cast.make_user("third", Role.MODERATOR), "Elsewhere")
    declared = disclosures.Declared("speaker", "Acme", pages=[elsewhere], names=["Aspirin"])
    disclosures.declare(moderator, [declared])

    def propose(*numbers: int) -> list[Revision]:
        told = {"summary": "See [[Hypoparathyroidism]]."}
        texts = [cast.document(f"Page {number}", **told) for number in numbers]
        return [cast.submit(drafts.propose(text, author=colleague)) for text in texts]

    def reject(one: Revision) -> int:
        desk.get(at("review", one))
        with CaptureQueriesContext(connection) as queries:
            answer = desk.post(at("reject", one), {"reason": "It says too little."})
        assert answer.status_code == 302
        return len(queries)

    first, *_ = propose(1, 2, 3, 4)
    desk.get("/review/")
    verdict, queue = reject(first), queries_of(desk, "/review/")
    second, *_ = propose(*range(5, 15))

    assert reject(second) == verdict
    assert queries_of(desk, "/review/") == queue


def test_edge_27_everybody_can_see_which_pages_are_overdue(published: Page, moderator: User) -> None:
    live = cast.review_whole(published, moderator)
    assert live.due_on is not None

    with time_machine.travel(live.due_on + dt.timedelta(days=1)):
        public, queue = Client().get("/overdue/"), signed_in(moderator).get("/review/")

    due = f"was due {live.due_on.day} {live.due_on:%B %Y}"
    for response in (public, queue):
        assert "Hypoparathyroidism" in words(response)
        assert due in words(response)


def test_a_page_is_not_overdue_on_its_due_day(published: Page, moderator: User) -> None:
    live = cast.review_whole(published, moderator)
    assert live.due_on is not None

    with time_machine.travel(live.due_on):
        assert "No page is past its review date." in words(Client().get("/overdue/"))


def test_the_public_overdue_list_has_no_token(published: Page) -> None:
    assert "csrf" not in Client().get("/overdue/").content.decode()


def test_the_overdue_list_takes_a_fixed_number_of_queries(
    published: Page, clinician: User, moderator: User
) -> None:
    with time_machine.travel("2040-01-01"):
        few = queries_of(Client(), "/overdue/")
        for _ in range(4):
            cast.make_page(clinician, moderator)

        assert queries_of(Client(), "/overdue/") == few


def test_news_show_a_verdict_with_reason_and_link(
    waiting: Revision, clinician: User, moderator: User
) -> None:
    review.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    response = signed_in(clinician).get("/notices/")

    assert "Dr Amara Osei asks for changes to version 2 of “Hypoparathyroidism”." in words(response)
    assert "Name the population." in words(response)
    assert at("review", waiting) in response.content.decode()


def test_moderators_hear_of_new_work_with_its_note(desk: Client, waiting: Revision) -> None:
    said = words(desk.get("/notices/"))

    assert "Dr Ines Albrecht sent in version 2 of “Hypoparathyroidism”." in said
    assert "Plainer words." in said


def test_a_get_of_the_news_marks_nothing_as_seen(desk: Client, waiting: Revision, moderator: User) -> None:
    desk.get("/notices/")

    assert Notice.objects.of_person(moderator).unseen().exists()
    assert "New" in words(desk.get("/notices/"))


def test_marking_all_as_seen_is_a_post(desk: Client, waiting: Revision, moderator: User) -> None:
    assert "Mark all as read" in words(desk.get("/notices/"))

    response = desk.post("/notices/")

    assert response.headers["Location"] == "/notices/"
    assert not Notice.objects.of_person(moderator).unseen().exists()
    assert "Mark all as read" not in words(desk.get("/notices/"))


def test_an_empty_list_of_news_explains_itself(reader: User) -> None:
    assert "No notifications yet. You get one when" in words(signed_in(reader).get("/notices/"))


def test_the_news_take_a_fixed_number_of_queries(desk: Client, waiting: Revision, colleague: User) -> None:
    desk.get("/notices/")
    few = queries_of(desk, "/notices/")
    for number in range(4):
        cast.submit(drafts.propose(cast.document(f"Page {number}"), author=colleague))

    assert queries_of(desk, "/notices/") == few
