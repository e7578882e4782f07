"""Choosing what one hears of, ending it by one click, and what changed since one last read a page."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.remembered import remembered
from tests.reviewing import signed_in, words
from tests.shown import only
from wiki.acts.people import subscriptions
from wiki.acts.reviewing import review
from wiki.audit import log
from wiki.mail import notices, unsubscribe
from wiki.models import LastRead, Letter, PublishedPage, Watch


def test_one_form_sets_all_watches(published, moderator):
    subscriptions.watch(published, by=moderator, wanted=True)
    desk = signed_in(moderator)
    assert "Hypoparathyroidism" in words(desk.get("/watching/"))

    told = {"mailing": "weekly", "kinds": ["gene"], "specialties": ["neurology"], "pages": [published.pk]}
    told["not_mailed"] = ["own"]
    answer = desk.post("/watching/", told, follow=True)

    assert "Your notification settings are saved." in words(answer)
    assert answer.content.decode().count("checked") == 5
    moderator.refresh_from_db()
    assert moderator.not_mailed == ["own"]
    watched = {one.why for one in Watch.objects.all_of(moderator)}
    assert watched == {"kind:gene", "specialty:neurology", f"page:{published.pk}"}


def test_an_unknown_page_is_refused_and_other_fields_keep_their_values(reader):
    desk = signed_in(reader)

    answer = desk.post("/watching/", {"mailing": "hourly", "kinds": ["gene"]})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#mailing">By email: ' in html
    assert re.search(r'value="gene"[^>]* checked', html)
    assert not Watch.objects.exists()


def test_only_moderators_are_offered_the_queue(clinician, moderator):
    assert "waits for review" in words(signed_in(moderator).get("/watching/"))
    assert "waits for review" not in words(signed_in(clinician).get("/watching/"))


def test_news_show_their_reason_and_are_paginated(published, clinician, moderator):
    revision = published.publications.get().revision
    for number in range(51):
        notices.tell(log.write("submit", by=clinician, revision=revision, n=number))
    desk = signed_in(moderator)

    first = desk.get("/notices/").content.decode()
    on = only(r'<a class="btn" rel="next" href="([^"]+)">', first)
    second = desk.get(f"/notices/{on}").content.decode()

    assert "because you watch what waits for review" in first
    assert (first.count(" · because "), second.count(" · because ")) == (50, 2)
    assert 'rel="prev"' in second


def test_news_omit_changes_no_longer_visible_to_the_person(published, clinician, moderator):
    cast.submit(cast.make_edit(published, clinician))
    type(moderator).objects.filter(pk=moderator.pk).update(role="reader")

    assert "sent in version 2" not in words(signed_in(moderator).get("/notices/"))


@remembered
def link(published, reader, clinician, moderator):
    """Return the address in the header of a letter to somebody who watches conditions."""
    Watch.objects.create(person=reader, kind="condition")
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    header = Letter.objects.get(recipient=reader).headers["List-Unsubscribe"]
    return header.removeprefix("<http://127.0.0.1:8000").removesuffix(">")


def test_one_click_unsubscribe_ends_the_watch(link, reader):
    program = Client(enforce_csrf_checks=True)

    for _ in range(2):
        answer = program.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "You are unsubscribed from pages about conditions" in words(answer)

    assert not Watch.objects.filter(person=reader).exists()
    assert not answer.cookies


def test_opening_an_unsubscribe_link_changes_nothing_and_undo_restores(link, reader):
    browser = Client(enforce_csrf_checks=True)
    assert "Unsubscribe from pages about conditions?" in words(browser.get(link))
    assert Watch.objects.filter(person=reader).exists()

    browser.post(link)
    assert not Watch.objects.filter(person=reader).exists()
    assert "again" in words(browser.post(link, {"act": "undo"}))
    assert Watch.objects.filter(person=reader).exists()


def test_undoing_the_watch_of_a_removed_page_is_refused(reader):
    answer = Client().post(unsubscribe.address_to_stop(reader, "page:0"), {"act": "undo"})

    assert answer.status_code == 409
    assert "This page is no longer there." in words(answer)


def test_a_broken_unsubscribe_link_gets_404(db):
    answer = Client().get("/unsubscribe/1.queue:no/")

    assert answer.status_code == 404
    assert "This link leads nowhere" in words(answer)


# --- Since you last read -----------------------------------------------------------------------------------

CHANGED = "Changed since you last read it"
PAGE = "/wiki/hypoparathyroidism/"


def test_a_page_shows_changes_since_ones_last_reading(
    published, reader, clinician, moderator, django_assert_max_num_queries
):
    desk = signed_in(reader)
    assert CHANGED not in words(desk.get(PAGE))
    assert CHANGED not in words(desk.get(PAGE))
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)

    with django_assert_max_num_queries(7):  # the last one notes it, after the answer
        answer = desk.get(PAGE)

    assert f"{CHANGED}, in version 1." in words(answer)
    assert f'href="{PAGE}compare/?from=1&amp;to=2"' in answer.content.decode()
    assert CHANGED in words(desk.get(PAGE))  # it stays for a while
    assert CHANGED not in words(signed_in(clinician).get(PAGE))
    assert CHANGED not in words(Client().get(PAGE))


def test_reading_a_page_writes_only_after_the_answer(published, reader):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        page = PublishedPage.objects.page_for("hypoparathyroidism", reader.pk)

    assert page
    assert (page.last_read, page.has_read) == (None, False)


def test_reading_again_writes_no_new_last_read(published, reader):
    desk = signed_in(reader)
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as second:
        desk.get(PAGE)

    assert not [one["sql"] for one in second.captured_queries if "INSERT" in one["sql"]]
    assert LastRead.objects.count() == 1


def test_changes_are_no_longer_new_a_while_after_the_last_reading(published, reader, clinician, moderator):
    desk = signed_in(reader)
    desk.get(PAGE)
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    desk.get(PAGE)

    LastRead.objects.update(read_at="2026-01-01T00:00Z")

    assert CHANGED not in words(desk.get(PAGE))
    assert LastRead.objects.filter(person=reader).count() == 1


def test_a_revert_is_shown_as_a_change(published, reader, clinician, moderator, second_moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    desk = signed_in(reader)
    desk.get(PAGE)

    live = LastRead.objects.get().revision_id
    review.unapprove(live, by=second_moderator, reason="Wrong.")

    assert f"{CHANGED}, in version 2." in words(desk.get(PAGE))
