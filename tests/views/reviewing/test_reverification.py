"""Looking again through the browser: pages, statements, owners, tasks, and what readers see of it."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client

from tests import cast
from tests.remembered import remembered
from tests.reviewing import queries_of, signed_in, words
from tests.shown import error_at, html_at, html_of, only
from wiki.acts.reviewing import review, whole_page_review
from wiki.acts.upkeep import retractions, reverification, tasks
from wiki.domain.checklist import items_for
from wiki.models import (
    Cause,
    Page,
    Publication,
    PublishedPage,
    Task,
    Verification,
    WholePageReview,
)
from wiki.views.reviewing import reverification as views

AT_HOME = "/wiki/hypoparathyroidism/"
CHECKED = "Compared with the guideline of 2025; searched PubMed until today."


@pytest.fixture
def second_desk(second_moderator):
    """Return the browser of a moderator who has not approved anything."""
    return signed_in(second_moderator)


@remembered
def surgery(published, source, clinician, moderator):
    """Return a page that says on a source that it causes the other one."""
    return cast.make_page(
        clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(published),)
    )


def digest_of(page):
    return PublishedPage.objects.get(page=page).publication.revision.digest


def answers(published):
    """Return a form that answers the page's own checklist."""
    said = {one.id: "yes" for one in items_for("condition")}
    return said | {"digest": digest_of(published), "checked": CHECKED}


def test_a_whole_page_review_is_shown_to_everybody(published, second_desk, client):
    shown = second_desk.get(f"{AT_HOME}whole-page/")
    digest = only(r'name="digest" value="(\w+)"', html_of(shown))
    assert digest == digest_of(published)
    for part in ("A third paragraph.", "What it is, in plain words.", "I read the whole of version 1"):
        assert part in words(shown)
    assert "Yes to all" not in words(shown)

    answer = second_desk.post(f"{AT_HOME}whole-page/", answers(published), follow=True)

    made = WholePageReview.objects.get()
    assert answer.redirect_chain == [(AT_HOME, 302)]
    assert f"the next review is due {made.due_on:%B %Y}" in words(answer)
    assert {one["answer"] for one in made.checklist} == {"yes"}
    told = words(client.get(AT_HOME))
    assert "Whole page reviewed by Dr Lena Fischer" in told
    assert f"version 1 · next review due {made.due_on:%B %Y}" in told
    assert "Last change approved by Dr Amara Osei" in told
    data = json.loads(only(r'<script type="application/ld\+json">(.*?)</script>', html_at(client, AT_HOME)))
    assert data["lastReviewed"] == made.on.isoformat()
    assert data["reviewedBy"]["name"] == "Dr Lena Fischer"


def test_each_checklist_question_needs_its_own_answer(published, second_desk):
    sent = answers(published)
    del sent["S5"]

    answer = second_desk.post(f"{AT_HOME}whole-page/", {**sent, "rest": "yes", "A3": "no"})

    assert answer.status_code == 422
    assert "Answer this question." in html_of(answer)
    assert f"> {CHECKED}</textarea>" in html_of(answer)
    refused = second_desk.post(f"{AT_HOME}whole-page/", {**answers(published), "A3": "no"})
    assert refused.status_code == 409
    assert "is answered No" in html_of(refused)
    assert not WholePageReview.objects.exists()


def test_an_answer_other_than_that_of_the_checks_is_shown_among_the_open_ones(published, second_desk):
    """It stops the review, so it must not stand in the closed list of what the checks answered Yes."""
    shown = second_desk.get(f"{AT_HOME}whole-page/").context["form"]
    settled = next(one for one in shown.settled_asks if one.item.blocking)

    answer = second_desk.post(f"{AT_HOME}whole-page/", {**answers(published), settled.item.id: "no"})

    assert answer.status_code == 409
    assert settled.item in [one.item for one in answer.context["form"].open_asks]


def test_a_change_is_approved_with_the_whole_page_on_one_screen(published, clinician, second_desk, client):
    waiting = cast.propose_change(published, clinician, summary="In other plain words.")
    review_screen = second_desk.get(f"/review/{waiting.pk}/")
    assert f"/review/{waiting.pk}/whole-page/" in html_of(review_screen)

    shown = second_desk.get(f"/review/{waiting.pk}/whole-page/")
    assert "In other plain words." in words(shown)
    sent = answers(published) | {"digest": waiting.digest, "compared_with": waiting.parent_id}
    answer = second_desk.post(f"/review/{waiting.pk}/whole-page/", sent, follow=True)

    assert answer.status_code == 200
    told = words(client.get(AT_HOME))
    assert "Whole page reviewed by Dr Lena Fischer" in told
    assert "Last change approved by Dr Lena Fischer" in told
    assert "version 2" in told


def test_the_review_screen_says_that_the_whole_page_is_unreviewed(clinician, second_desk):
    page = cast.load_page("Seizures")
    waiting = cast.propose_change(page, clinician)

    shown = words(second_desk.get(f"/review/{waiting.pk}/"))

    assert "Starter content, not yet reviewed by a clinician. Your signature is for this change" in shown
    assert shown.index("Your signature is for this change alone") < shown.index("Questions about this change")


def test_after_a_decision_the_screen_still_says_that_nobody_has_read_the_whole(
    clinician, second_moderator, second_desk
):
    approved = cast.propose_change(cast.load_page("Seizures"), clinician)
    cast.approve(approved, second_moderator)
    turned_down = cast.propose_change(cast.load_page("Tetany"), clinician)
    review.reject(turned_down.pk, by=second_moderator, reason="No.")

    for one in (approved, turned_down):
        shown = words(second_desk.get(f"/review/{one.pk}/"))
        assert "Starter content, not yet reviewed by a clinician. What was decided here is about" in shown
        assert shown.index("nobody has signed for the whole of the page") < shown.rindex("What was decided ")


def test_after_a_decision_the_screen_says_who_reviewed_the_whole(
    published, clinician, second_moderator, second_desk
):
    change = cast.propose_change(published, clinician)
    cast.approve(change, second_moderator)
    cast.review_whole(published, second_moderator)

    shown = words(second_desk.get(f"/review/{change.pk}/"))

    assert "The page today: Whole page reviewed by " in shown
    assert "nobody has signed for the whole" not in shown


def test_no_review_counts_beneath_a_change_to_a_page_that_was_reverted(
    published, clinician, colleague, moderator, second_moderator, second_desk
):
    cast.review_whole(published, second_moderator)
    live = Publication.objects.live_of(published)
    assert live
    review.unapprove(live.revision_id, by=moderator, reason="Wrong.")
    waiting = cast.submit(cast.make_edit(published, colleague))

    assert "Not yet reviewed as a whole." in words(second_desk.get(f"/review/{waiting.pk}/"))


def test_every_page_that_nobody_reviewed_is_listed(published, client, second_moderator):
    cast.load_page("Seizures")
    assert "2 pages, A to Z" in words(client.get("/overdue/"))
    cast.review_whole(published, second_moderator)

    listed = words(client.get("/overdue/"))
    assert "1 page, A to Z" in listed
    assert "Seizures" in listed
    assert "1 page has not yet been reviewed as a whole; each says so." in words(client.get("/"))


@pytest.mark.parametrize("signed_in_as", [None, "clinician"])
def test_review_and_last_change_add_no_query_to_the_page(
    signed_in_as, published, clinician, moderator, second_moderator, client
):
    cast.review_whole(published, second_moderator)
    cast.approve(cast.propose_change(published, clinician), moderator)
    browser = signed_in(clinician) if signed_in_as else client
    browser.get(AT_HOME)

    assert queries_of(browser, AT_HOME) <= (6 if signed_in_as else 4)


def test_the_history_lists_reviews_and_verifications_as_acts(published, surgery, second_moderator, client):
    cast.review_whole(published, second_moderator, CHECKED)
    reverification.verify_statement(
        surgery, "causes", published.pk, by=second_moderator, digest=digest_of(surgery), checked=CHECKED
    )

    history = words(client.get(f"{AT_HOME}history/"))

    assert history.count("Version 1") == 1
    assert "Whole page reviewed by Dr Lena Fischer, neuropathologist" in history
    assert f"{history_day()}: “{CHECKED}” Due again in" in history
    assert "This change was approved by Dr Amara Osei" in history
    of_surgery = words(client.get("/wiki/surgery/history/"))
    assert "Re-reviewed, unchanged the statement causes Hypoparathyroidism, by" in of_surgery
    assert words(client.get("/latest/")).index("Surgery") < words(client.get("/latest/")).index("Hypopara")


def history_day():
    made = WholePageReview.objects.get()
    return f"{made.on.day} {made.on:%B %Y}"


@pytest.mark.parametrize("path", ["/wiki/hypoparathyroidism/whole-page/", "/wiki/surgery/look-again/{row}/"])
def test_a_late_or_incomplete_verification_keeps_its_typed_text(published, surgery, second_desk, path):
    path = path.format(row=f"causes/{published.pk}")
    missing = second_desk.post(path, {"checked": ""})
    late = second_desk.post(path, answers(published) | {"digest": "0" * 64})

    assert missing.status_code == 422
    field = "id_checked" if "whole-page" in path else "checked"
    assert error_at(missing, field) == "Say what you checked, and against what"
    assert "It is not known which version you were shown" in html_of(missing)
    assert late.status_code == 409
    assert "Another version went live while you were reading" in html_of(late)
    assert f"> {CHECKED}</textarea>" in html_of(late)
    assert not Verification.objects.exists()


def test_verifying_an_absent_statement_gets_404(published, surgery, second_desk):
    assert second_desk.get(f"{AT_HOME}look-again/causes/{surgery.pk}/").status_code == 404


def test_one_request_reviews_one_page_only(published, clinician, moderator, second_desk):
    other = cast.make_page(clinician, moderator)
    sent = answers(published) | {
        "digest": [digest_of(published), digest_of(other)],
        "page": [published.pk, other.pk],
    }

    second_desk.post(f"{AT_HOME}whole-page/", sent)
    second_desk.post(f"{AT_HOME}whole-page/", sent | {"digest": digest_of(published)})

    assert [one.page for one in WholePageReview.objects.all()] == [published]
    for act in (whole_page_review.review_whole_page, reverification.verify_statement):
        assert act.__annotations__["page"] is Page
    assert not [name for name in vars(views) if "bulk" in name or "all" in name.split("_")]


# --- Owners -------------------------------------------------------------------------------------------------


def test_writers_see_the_owner_of_a_page(published, clinician, desk, client):
    desk.post(f"{AT_HOME}owner/", {"owner": clinician.pk})

    assert "Looked after by Dr Ines Albrecht" in words(signed_in(clinician).get(AT_HOME))
    assert "Looked after by" not in words(client.get(AT_HOME))
    again = desk.post(f"{AT_HOME}owner/", {"owner": clinician.pk})
    assert again.status_code == 409
    assert "Dr Ines Albrecht looks after this page already." in html_of(again)
    assert desk.post(f"{AT_HOME}owner/", {"owner": "99999"}).status_code == 422
    desk.post(f"{AT_HOME}owner/", {"mine": "yes"})
    published.refresh_from_db()
    assert published.owner.username == "moderator"


# --- Tasks --------------------------------------------------------------------------------------------------


def test_an_open_task_is_listed_counted_in_the_header_and_closed(published, desk, moderator):
    task = tasks.open_task(
        Cause.SECOND_READ, published, ref="1", first="Approved", second="Rejected", reason="No."
    )
    listed = words(desk.get("/tasks/"))
    assert "Re-review (1)" in listed
    assert "The first reviewer: approved. The second: rejected. No." in listed
    assert "Nothing is open for this reason." in words(desk.get("/tasks/?cause=premise"))

    missing = desk.post(f"/tasks/{task.pk}/", {"outcome": " "})
    settled = desk.post(f"/tasks/{task.pk}/", {"outcome": "Both are right."}, follow=True)
    late = desk.post(f"/tasks/{task.pk}/", {"outcome": "Neither is."})

    assert (missing.status_code, late.status_code) == (422, 409)
    assert error_at(missing, "outcome") == "Say in a sentence what you found, and what was done"
    assert "It is settled" in words(settled)
    assert "Both are right." in words(settled)
    assert "Neither is.</textarea>" in html_of(late)
    assert "Settled by Dr Amara Osei" in words(desk.get(f"/tasks/{task.pk}/"))


def test_the_list_of_tasks_takes_a_fixed_number_of_queries(published, desk):
    def count(number):
        for one in range(number):
            tasks.open_task(Cause.SECOND_READ, published, ref=f"{number}-{one}")
        return queries_of(desk, "/tasks/")

    assert count(1) == count(20)


def test_old_and_new_sentence_are_shown_where_the_statement_is_checked(
    published, surgery, second_desk, client
):
    of_row = {"relation": "causes", "object": published, "title": "Hypoparathyroidism"}
    task = tasks.open_task(Cause.PREMISE, surgery, ref="1", **of_row, before="It was so.", after="It is so.")
    day = f"{task.opened_at.day} {task.opened_at:%B %Y}"
    for path in (AT_HOME, "/wiki/surgery/"):
        assert f"Premise changed on {day}: being checked again" in words(client.get(path))
        assert "It was so." not in words(client.get(path))

    there = f"/wiki/surgery/look-again/causes/{published.pk}/"
    shown = words(second_desk.get(there))
    second_desk.post(there, {"digest": digest_of(surgery), "checked": CHECKED})

    assert "It said It was so. It says It is so." in shown
    assert "Premise changed" not in words(client.get(AT_HOME))
    assert Task.objects.get().is_closed


# --- Retractions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nature", "sentence"),
    [
        ("retraction", "Retracted A source of this page was retracted on 3 May 2026: reference 1."),
        ("correction", "Corrected A source of this page was corrected on 3 May 2026: reference 1."),
        ("concern", "Expression of concern A source of this page was called into question on 3 May 2026"),
    ],
)
@pytest.mark.parametrize("role", [None, "moderator"])
def test_readers_are_told_on_top_within_eight_queries(
    published, surgery, source, client, nature, sentence, role, request, django_assert_num_queries
):
    retractions.keep_notice(source.pk, nature=nature, on=dt.date(2026, 5, 3), reference="10.1000/1")
    if role:
        client.force_login(request.getfixturevalue(role))

    with django_assert_num_queries(8 if role else 5):
        told = client.get(AT_HOME)

    assert sentence in words(told)
    assert words(told).index(sentence) < words(told).rindex("What it is, in plain words.")


def test_two_retractions_on_one_day_make_one_line(published, surgery, source, clinician, moderator, client):
    other = cast.make_source(clinician, "pmid:7")
    rows = (cast.statement(published, sources=("pmid:22327515", "pmid:7")),)
    cast.approve(cast.submit(cast.make_edit(surgery, clinician, statements=rows)), moderator)
    for one in (source, other):
        retractions.keep_notice(one.pk, nature="retraction", reference="10.1000/1")

    told = words(client.get("/wiki/surgery/"))

    assert "2 sources of this page were retracted: references 1, 2." in told


# --- What is overdue ----------------------------------------------------------------------------------------


def test_edge_27_an_overdue_page_stays_readable_and_is_listed_until_reviewed(
    published, clinician, moderator, second_moderator, client
):
    gene = cast.make_page(clinician, moderator, "Surgery", kind="exposure")
    cast.review_whole(published, moderator)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=900)
    with time_machine.travel(later):
        assert client.get(AT_HOME).status_code == 200
        assert "review of the whole page was due in" in words(client.get(AT_HOME))
        listed = words(client.get("/overdue/?kind=condition"))
        assert "Hypoparathyroidism" in listed
        assert "169 days overdue" in listed or "170 days overdue" in listed or "5 months overdue" in listed
        assert gene.published_page.title not in only(
            r"<ul class=\"list\">(.*?)</ul>", html_at(client, "/overdue/?kind=condition")
        )
        assert "No page of this kind has been reviewed as a whole" in words(client.get("/overdue/?kind=gene"))
    made = cast.review_whole(published, second_moderator)
    assert made.due_on

    with time_machine.travel(dt.datetime.combine(made.due_on, dt.time(12), dt.UTC)):
        assert Client().get("/overdue/?kind=condition").status_code == 200
        assert "Nothing of this kind is past its review date." in words(
            client.get("/overdue/?kind=condition")
        )
