"""The queue in the browser, what is due, and the news."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests import cast
from tests.reviewing import FOURTH, at, edited, queries_of, signed_in, words
from wiki import workflow
from wiki.models import (
    Notice,
    Page,
    Publication,
    Revision,
    Statement,
    User,
)


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
    assert f"Amends version {waiting.number} by {waiting.author_name}" in said


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
