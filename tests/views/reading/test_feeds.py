"""Atom feeds: what was approved and what it means; never a word that readers have not seen."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection

from tests import cast
from tests.remembered import remembered
from tests.reviewing import queries_of
from wiki.acts.reviewing import review
from wiki.acts.writing import retirement, submission
from wiki.models import PublishedPage, Revision
from wiki.text.days import today_begins
from wiki.text.document import Retirement

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = (
    "/feeds/approvals/",
    "/feeds/pages/hypoparathyroidism/",
    "/feeds/kinds/condition/",
    "/feeds/people/clinician/",
    "/feeds/people/moderator/",
)


def entries(client, path):
    """Return the entries of a feed: title, summary, id, link."""
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(answer.content)  # noqa: S314  our own words
    return [
        {
            **{name: one.findtext(f"{ATOM}{name}") for name in ("title", "summary", "id", "updated")},
            "link": next(link.get("href") for link in one.findall(f"{ATOM}link")),
        }
        for one in tree.findall(f"{ATOM}entry")
    ]


@remembered
def changed(published, clinician, moderator):
    """Return a page with a second version that means something for a patient."""
    draft = cast.make_edit(published, clinician, summary="Ask a doctor first.")
    told = {"impact": "action", "meaning": "Ask a doctor first."}
    cast.approve(submission.submit(draft, by=clinician, note="A trial.", **told), moderator)
    cast.submit(cast.make_edit(published, clinician, summary="UNSEEN", title="UNSEEN title"))
    return published


def test_a_feed_without_entries_stays_the_same_for_a_day(changed, client):
    feed = ElementTree.fromstring(client.get("/feeds/recalls/").content)  # noqa: S314  our own words

    assert feed.find(f"{ATOM}entry") is None
    assert feed.findtext(f"{ATOM}updated") == today_begins().strftime("%Y-%m-%dT%H:%M:%S+00:00")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_says_what_a_change_means_and_who_reviewed_it(changed, client, path):
    newest, first = entries(client, path)

    assert newest["title"] == "Hypoparathyroidism, version 2"
    assert newest["summary"].startswith("What it means for a patient: Ask a doctor first. Written by Dr Ines")
    assert "This change was approved by Dr Amara Osei and " in newest["summary"]
    assert newest["summary"].endswith(". Not yet reviewed as a whole.")
    assert newest["link"].endswith("/wiki/hypoparathyroidism/revisions/2/")
    assert newest["id"].startswith("tag:127.0.0.1,2026:publication/")
    assert first["title"] == "Hypoparathyroidism, version 1"
    assert "UNSEEN" not in client.get(path).content.decode()


def test_a_reverted_version_in_a_feed_has_no_text(changed, client, second_moderator):
    before = entries(client, "/feeds/approvals/")
    live = changed.publications.get(in_force__upper_inf=True)

    review.unapprove(live.revision_id, by=second_moderator, reason="A wrong figure.")

    again, gone, _ = entries(client, "/feeds/approvals/")
    assert again["title"] == "Hypoparathyroidism, version 1"
    assert gone["title"] == "Reverted: Hypoparathyroidism, version 2"
    assert "morning" not in gone["summary"]
    assert gone["id"] == before[0]["id"]
    assert gone["updated"] > before[0]["updated"]


def test_the_feed_of_a_page_that_is_not_shown_says_why(published, client, clinician, moderator):
    def named():
        answer = client.get("/feeds/pages/hypoparathyroidism/")
        return ElementTree.fromstring(answer.content).findtext(f"{ATOM}title")  # noqa: S314  our own words

    retiring = retirement.retire(published, by=clinician, retirement=Retirement("It says the same."))
    cast.approve(retiring, moderator)
    assert named() == "Causeway: Hypoparathyroidism, a retired page"

    for one in Revision.objects.filter(page=published, state="approved").order_by("-pk"):
        review.unapprove(one.pk, by=moderator, reason="Wrong.")
    assert named() == "Causeway: a page under review"


def test_markup_typed_by_people_is_escaped_in_a_feed(published, client, clinician, moderator):
    told = {"impact": "action", "meaning": "Stop when <b>calcium</b> < 2."}
    cast.approve(
        submission.submit(cast.make_edit(published, clinician), by=clinician, note="Why.", **told), moderator
    )

    assert (
        "Stop when &lt;b&gt;calcium&lt;/b&gt; &lt; 2." in entries(client, "/feeds/approvals/")[0]["summary"]
    )


def test_an_unchanged_feed_gets_304(changed, client):
    answer = client.get("/feeds/approvals/")

    again = client.get("/feeds/approvals/", headers={"if-none-match": answer.headers["ETag"]})

    assert again.status_code == 304
    assert "public" in answer.headers["Cache-Control"]
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_takes_a_fixed_number_of_queries(changed, client, clinician, moderator, path):
    few = queries_of(client, path)

    cast.make_page(clinician, moderator)
    cast.make_page(clinician, moderator)

    assert queries_of(client, path) == few <= 4


def test_a_feed_distinguishes_approval_and_whole_page_review(client, clinician, moderator, second_moderator):
    page = cast.load_page()
    (loaded,) = entries(client, "/feeds/approvals/")
    cast.approve(cast.propose_change(page, clinician), moderator)
    changed = entries(client, "/feeds/approvals/")[0]
    cast.review_whole(page, second_moderator)
    cast.approve(cast.propose_change(page, clinician, summary="Once more."), moderator)
    last = entries(client, "/feeds/approvals/")[0]

    assert loaded["summary"] == "Starter content, not yet reviewed by a clinician."
    assert changed["summary"].endswith(
        "This change was approved by Dr Amara Osei. Starter content, not yet reviewed by a clinician."
    )
    assert "The whole page was last reviewed before it, by Dr Lena Fischer" in last["summary"]


def test_a_page_under_review_still_has_its_feed(published, client, second_moderator):
    review.unapprove(published.publications.get().revision_id, by=second_moderator, reason="Wrong.")

    (gone,) = entries(client, "/feeds/pages/hypoparathyroidism/")

    assert gone["title"].startswith("Reverted")


@pytest.mark.parametrize("path", ["/feeds/kinds/herb/", "/feeds/pages/nothing/", "/feeds/people/nobody/"])
def test_a_feed_of_an_unknown_subject_gets_404(db, client, path):
    assert client.get(path).status_code == 404


def test_pages_lead_to_their_feeds(published, client):
    for path, feed in (
        ("/wiki/hypoparathyroidism/", FEEDS[1]),
        ("/latest/", FEEDS[0]),
        ("/index/condition/", FEEDS[2]),
        ("/people/clinician/", FEEDS[3]),
    ):
        assert f'href="{feed}"' in client.get(path).content.decode()


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_answer_with_stored_control_characters(changed, clinician, client, path):
    """Old texts may hold what XML cannot; no act lets them in any more."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        told = {"title": "Ster\x02oid page\ufffe", "meaning": "Ask\x0b a doctor."}
        Revision.objects.filter(page=changed, number=2).update(**told)
        cursor.execute("SET LOCAL session_replication_role = origin")
    PublishedPage.objects.filter(page=changed).update(title="Ster\x02oid page")

    newest, _ = entries(client, path)

    assert newest["title"] == "Steroid page, version 2"
