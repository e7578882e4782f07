"""Reporting a mistake without an account, the list of reports, and watching a page."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from tests import cast
from tests.remembered import remembered
from tests.shown import error_at, html_of
from wiki.acts.reviewing import review
from wiki.acts.safety import reports
from wiki.models import Report

ADDRESS = "/wiki/hypoparathyroidism/report/"
WORDS = "The figure is 25%, not 52%."


@pytest.fixture(autouse=True)
def _page(published):
    cache.clear()


def live_of(page):
    """Return the revision that readers see."""
    return page.publications.get(in_force__upper_inf=True).revision


def open_form(client, seconds=60):
    """Return what the form holds that was opened `seconds` ago."""
    with time_machine.travel(timezone.now() - dt.timedelta(seconds=seconds), tick=False):
        shown = client.get(ADDRESS)
    return {"stamp": shown.context["form"]["stamp"].value(), "website": ""}


def send(client, seconds=60, **fields):
    return client.post(ADDRESS, {**open_form(client, seconds), "wrong": WORDS, **fields})


def test_anybody_can_report_a_mistake(client, moderator):
    answer = send(client, source="PMID 33788935", email="reader@example.org")

    made = Report.objects.get()
    assert answer.url.startswith("/wiki/hypoparathyroidism/reported/?sent=")
    confirmed = html_of(client.get(answer.url))
    assert "Your report was sent to the people who look after this page" in confirmed
    assert f"Report {made.pk}, on version 1" in confirmed
    assert all(words in confirmed for words in (WORDS, "PMID 33788935", "reader@example.org"))
    assert (made.wrong, made.source, made.email) == (WORDS, "PMID 33788935", "reader@example.org")
    assert made.revision.number == 1


def test_the_report_is_about_the_version_that_was_read(client, published, clinician, moderator):
    form = open_form(client)
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    client.post(ADDRESS, {**form, "wrong": WORDS})

    assert Report.objects.get().revision.number == 1


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"wrong": ""}, "wrong", "Say what is wrong"),
        ({"wrong": "No."}, "wrong", "Say a little more, so that somebody can find the place"),
        ({"wrong": "x" * 2001}, "wrong", "Shorten this to 2,000 characters"),
        ({"email": "me"}, "email", "Give an address such as name@example.org, or leave this empty"),
    ],
)
def test_a_refused_report_keeps_its_typed_values(client, fields, at, sentence):
    answer = send(client, **{"source": "My paper", **fields})

    assert answer.status_code == 422
    assert sentence in error_at(answer, at)
    assert "My paper" in html_of(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "fields", "sentence"),
    [
        (60, {"website": "https://spam.example"}, "it is there to tell programs from people"),
        (25 * 60 * 60, {}, "This form was open for long"),
        (60, {"stamp": "made-up"}, "This form was open for long"),
    ],
)
def test_a_report_sent_by_a_robot_is_refused_with_its_text(client, seconds, fields, sentence):
    answer = send(client, seconds, **fields)

    assert answer.status_code == 422
    assert sentence in html_of(answer)
    assert WORDS in html_of(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize("seconds", [0, 1, 2])
def test_a_report_sent_quickly_is_accepted(client, seconds):
    assert send(client, seconds).status_code == 302
    assert Report.objects.get().wrong == WORDS


@pytest.mark.parametrize("sent", ["", "?sent=", "?sent=made-up", "?sent=MTI:1vPQ0x:abc"])
def test_the_confirmation_without_a_valid_token_shows_no_report(client, published, sent):
    reports.report(live_of(published), wrong=WORDS)

    answer = client.get(f"/wiki/hypoparathyroidism/reported/{sent}")

    assert answer.status_code == 200
    assert WORDS not in html_of(answer)


def test_a_report_is_about_the_section_that_it_was_begun_from(client, published, clinician, moderator):
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, body="## Signs & “signs”\n\nWords.")), moderator
    )

    shown = html_of(client.get(f"{ADDRESS}?section=s-signs-signs"))
    assert re.search(r'<option value="s-signs-signs" selected>Signs (&amp;|&) “signs”</option>', shown)
    send(client, section="s-signs-signs")
    send(client, section="s-gone-meanwhile")
    send(client, section="references")

    words = Report.objects.order_by("pk").values_list("wrong", flat=True)
    assert list(words) == [f"In “Signs & “signs””: {WORDS}", WORDS, f"In “References”: {WORDS}"]


def test_the_sixth_report_in_an_hour_is_refused_with_its_text(client):
    for _ in range(5):
        assert send(client).status_code == 302

    answer = send(client)

    assert answer.status_code == 429
    assert "Wait an hour" in html_of(answer)
    assert WORDS in html_of(answer)
    assert Report.objects.count() == 5


def test_many_reports_by_strangers_do_not_silence_who_has_an_account(client, reader):
    for number in range(31):
        answer = client.post(ADDRESS, {**open_form(client), "wrong": WORDS}, REMOTE_ADDR=f"10.0.0.{number}")
    assert answer.status_code == 429

    client.force_login(reader)

    answer = client.post(ADDRESS, {**open_form(client), "wrong": WORDS}, REMOTE_ADDR="10.0.1.1")
    assert answer.status_code == 302


def test_a_version_that_readers_never_saw_is_not_reported_and_nothing_is_lost(
    at_desk, published, waiting, moderator
):
    other = cast.make_page(waiting.author, moderator, "Another page")
    cast.approve(cast.submit(cast.make_edit(other, waiting.author)), moderator)
    with time_machine.travel(timezone.now() - dt.timedelta(seconds=60), tick=False):
        stamp = at_desk.get("/wiki/another-page/report/").context["form"]["stamp"].value()

    answer = at_desk.post(ADDRESS, {"stamp": stamp, "wrong": WORDS})

    assert answer.status_code == 409
    assert "Only what readers have seen can be reported" in html_of(answer)
    assert WORDS in html_of(answer)


def test_a_report_with_a_nul_character_is_refused_with_its_text(client):
    answer = send(client, wrong="A mark \x00 in the words")

    assert answer.status_code == 422
    assert "in the words" in html_of(answer)


def test_the_report_form_of_an_unpublished_page_gets_404(client, published, moderator):
    review.unapprove(live_of(published).pk, by=moderator, reason="Wrong.")

    assert client.get(ADDRESS).status_code == 404


def test_a_page_links_to_report_and_watch(client, reader):
    html = html_of(client.get("/wiki/hypoparathyroidism/"))
    assert f'href="{ADDRESS}"' in html
    assert "Watch this page" not in html

    client.force_login(reader)
    assert 'href="/wiki/hypoparathyroidism/watch/"' in html_of(client.get("/wiki/hypoparathyroidism/"))


@remembered
def report(published):
    """Return what a reader found wrong."""
    return reports.report(live_of(published), wrong=WORDS, email="reader@example.org")


def test_writers_see_the_report_and_only_moderators_the_address(client, report, clinician, moderator):
    client.force_login(clinician)
    seen = html_of(client.get(f"/reports/{report.pk}/"))
    assert WORDS in seen
    assert "reader@example.org" not in seen
    assert "Answer and close" not in seen

    client.force_login(moderator)
    assert "reader@example.org" in html_of(client.get(f"/reports/{report.pk}/"))


def test_a_clinician_takes_up_a_report_and_sees_it_in_the_draft(client, report, clinician):
    client.force_login(clinician)

    answer = client.post(f"/reports/{report.pk}/take-up/", follow=True)

    assert f"A reader reported: “{WORDS}”" in html_of(answer)
    assert "Being put right by Dr Ines Albrecht" in html_of(client.get("/reports/"))
    assert "Go on in your draft" in html_of(client.get(f"/reports/{report.pk}/"))


def test_a_second_person_is_told_who_was_first(client, report, clinician, colleague):
    reports.take_up(report.pk, by=clinician)
    client.force_login(colleague)

    answer = client.post(f"/reports/{report.pk}/take-up/")

    assert answer.status_code == 409
    assert "Dr Ines Albrecht is putting this right already" in html_of(answer)


def test_a_moderator_answers_a_report_once(client, report, moderator, second_moderator):
    client.force_login(moderator)
    assert client.post(f"/reports/{report.pk}/", {"answer": ""}).status_code == 422

    client.post(f"/reports/{report.pk}/", {"answer": "Put right in version 2."})

    seen = html_of(client.get(f"/reports/{report.pk}/"))
    assert "Answered by Dr Amara Osei" in seen
    assert "Put right in version 2." in seen
    assert "Answered by Dr Amara Osei" in html_of(client.get("/reports/"))
    client.force_login(second_moderator)
    late = client.post(f"/reports/{report.pk}/", {"answer": "Mine."})
    assert late.status_code == 409
    assert "was first" in html_of(late)


def test_the_list_of_reports_takes_a_fixed_number_of_queries(
    client, report, published, clinician, django_assert_num_queries
):
    client.force_login(clinician)
    client.get("/reports/")

    with django_assert_num_queries(4):
        client.get("/reports/")
    for _ in range(5):
        reports.report(live_of(published), wrong=WORDS)
    with django_assert_num_queries(4):
        client.get("/reports/")


def test_the_queue_counts_open_reports(client, report, clinician):
    client.force_login(clinician)

    assert '<a href="/reports/">1 report of readers</a> to be answered' in html_of(client.get("/review/"))


def test_a_page_is_watched_and_unwatched(client, reader):
    client.force_login(reader)
    address = "/wiki/hypoparathyroidism/watch/"
    assert "Watch this page" in html_of(client.get(address))

    client.post(address, {"act": "watch"})
    assert "Stop watching this page" in html_of(client.get(address))
    assert "Hypoparathyroidism" in html_of(client.get("/watching/"))

    client.post(address, {"act": "leave"})
    assert "Watch this page" in html_of(client.get(address))
    assert "Hypoparathyroidism" not in html_of(client.get("/watching/"))
