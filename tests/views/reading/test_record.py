"""The record: who sees which acts, what a file of them holds, and what a print says of itself."""

import csv
import datetime as dt
import io
import json

import pytest
from django.test import Client

from tests import cast
from tests.reviewing import queries_of, signed_in, words
from tests.views.reading.busy_record import PRIVATE
from wiki.acts.reviewing import review
from wiki.acts.safety import suppression
from wiki.acts.upkeep import tasks
from wiki.acts.writing import drafts, submission
from wiki.audit import chain, log
from wiki.models import Cause, Correction, Event, clock

PATH = "/record/"


def said_to(person, query="", path=PATH):
    browser = signed_in(person) if person else Client()
    answer = browser.get(f"{path}{query}")
    assert answer.status_code == 200
    return b"".join(answer).decode() if answer.streaming else words(answer)


@pytest.mark.parametrize("path", [PATH, "/record/record.csv", "/record/record.jsonl"])
def test_readers_see_only_acts_on_published_content(busy, reader, path):
    for person in (None, reader):
        said = said_to(person, path=path)

        assert "Hypoparathyroidism" in said
        assert not [one for one in PRIVATE if one in said.replace("role=", "")]


def test_a_writer_also_sees_acts_on_their_own_texts(busy, clinician, colleague):
    Event.objects.get(act="role")
    people_seen = said_to(clinician)

    assert "Sent in" in people_seen
    assert "Better words." in people_seen
    assert "Unfounded reason." not in people_seen
    assert "Unpublished title" not in people_seen


def test_an_author_sees_the_verdict_on_their_text(published, colleague, moderator):
    unseen = cast.submit(drafts.propose(cast.document("Unpublished"), author=colleague))
    review.reject(unseen.pk, by=moderator, reason="Unfounded reason.")

    assert "Unfounded reason." in said_to(colleague)


def test_moderators_and_administrators_see_all_but_the_titles_of_drafts(busy, moderator, administrator):
    for person in (moderator, administrator):
        said = said_to(person)

        assert "Unpublished title" in said
        assert "Unfounded reason." in said
        assert "Role changed" in said
        assert "A secret draft" not in said


def test_a_suppressed_text_is_named_only_to_those_with_the_right(published, clinician, moderator):
    revision = cast.propose_change(published, clinician)
    submission.withdraw(revision, by=clinician)
    live = published.publications.get().revision
    suppression.suppress(live.pk, by=moderator, reason="It names somebody.")

    lines = [json.loads(line) for line in said_to(None, path="/record/record.jsonl").splitlines()]

    assert [one["act"] for one in lines] == ["suppress"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?act=approve", {"approve"}),
        ("?about=hypoparathyroidism&act=submit", {"submit"}),
        ("?about=Unpublished%20title", None),
        ("?person=albrecht", {"submit"}),
        ("?person=REY", {"submit", "role"}),
        ("?since=2020-01-01&until=2020-12-31", set()),
        ("?since=2020-01-01&act=role", {"role"}),
    ],
)
def test_a_file_holds_exactly_the_lines_that_were_asked_for(busy, moderator, query, found):
    browser = signed_in(moderator)

    answer = browser.get(f"/record/record.jsonl{query}")

    if found is None:
        assert answer.status_code == 422
        assert "No page that readers have seen is called that" in words(answer)
        return
    rows = [json.loads(line) for line in b"".join(answer).splitlines()]
    assert {row["act"] for row in rows} == found
    if rows:
        assert f"{len(rows)} line" in words(browser.get(f"{PATH}{query}"))


def test_the_record_can_be_filtered_by_page_number(busy, moderator):
    rows = said_to(moderator, f"?about={busy.pk}", "/record/record.jsonl").splitlines()

    assert rows
    assert {json.loads(row)["page"] for row in rows} == {busy.pk}


@pytest.mark.parametrize(
    "query", ["?since=soon", "?act=role", "?since=2026-02-02&until=2026-02-01", "?about=nothing"]
)
def test_an_invalid_filter_is_marked_at_its_field(busy, reader, query):
    answer = signed_in(reader).get(f"{PATH}{query}")

    assert answer.status_code == 422
    assert "Nothing is shown yet" in words(answer)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_no_csv_cell_begins_a_formula(published, clinician, moderator):
    cast.submit(cast.make_edit(published, clinician), note='=HYPERLINK("http://x")')

    rows = list(csv.DictReader(io.StringIO(said_to(moderator, path="/record/record.csv"))))

    assert '\'=HYPERLINK("http://x")' in [row["words"] for row in rows]
    assert {"at", "act", "by", "page", "version", "data"} <= set(rows[0])


def test_the_record_takes_a_fixed_number_of_queries(busy, moderator, clinician):
    browser = signed_in(moderator)
    before = queries_of(browser, PATH)
    for number in range(3):
        cast.approve(cast.propose_change(busy, clinician, summary=f"Words {number}."), moderator)

    assert queries_of(browser, PATH) == before


def test_anchors_can_be_downloaded_by_everybody(published, client):
    made = chain.anchor()
    assert made is not None

    assert made.digest in words(client.get("/record/anchors/"))
    kept = client.get("/record/anchors.json").json()["anchors"]
    assert [one["digest"] for one in kept] == [made.digest]
    assert set(kept[0]) == {"day", "made_at", "digest", "previous", "heads"}


# --- prints -------------------------------------------------------------------------------------------------


def test_the_address_on_a_print_says_whether_it_is_current(published, client):
    for path in ("/wiki/hypoparathyroidism/", "/wiki/hypoparathyroidism/revisions/1/"):
        assert f"testserver/v/{published.pk}-1/" in words(client.get(path))

    said = words(client.get(f"/v/{published.pk}-1/"))
    assert "Current. This version is published" in said
    assert "This change was approved by Dr Amara Osei, neuroradiologist" in said


def test_a_print_names_everybody_who_signed(published, clinician, moderator, client):
    dosed = drafts.edit(published, author=clinician)
    drafts.save(dosed, cast.document(dosed.document.title, body="Give 5 mg a day."), by=clinician)
    cast.approve(cast.submit(dosed, impact="action", meaning="A dose is named."), moderator)

    said = words(client.get(f"/v/{published.pk}-2/"))
    assert "neuroradiologist" in said
    assert said[said.index("This change was approved by") :].count(" and ") >= 1
    for verdict in dosed.verdicts.all():
        assert verdict.reviewer_name in said


def test_a_print_says_by_which_version_it_was_superseded(published, clinician, moderator, client):
    cast.approve(cast.propose_change(published, clinician), moderator)

    said = words(client.get(f"/v/{published.pk}-1/"))

    assert "Superseded on" in said
    assert "by version 2." in said
    assert "Read what is published today" in said


def test_a_print_says_that_it_was_reverted_and_why(published, moderator, client):
    review.unapprove(published.publications.get().revision_id, by=moderator, reason="The dose was wrong.")

    said = words(client.get(f"/v/{published.pk}-1/"))

    assert "Reverted on" in said
    assert "Do not rely on this print" in said
    assert "The dose was wrong." in said
    assert "Read what is published today" not in said


def test_a_print_of_a_version_corrected_since_is_not_current(published, moderator, client):
    now, live = clock.now(), published.publications.get().revision
    Correction.objects.create(
        page=published,
        revision=live,
        passage="A second paragraph.",
        reason="Harmful.",
        proposed_by=moderator,
        proposed_by_name="A",
        proposed_at=now,
        seconded_by_name="B",
        seconded_at=now,
        lapses_at=now + dt.timedelta(hours=72),
    )

    said = words(client.get(f"/v/{published.pk}-1/"))

    assert "Corrected for safety since." in said
    assert "Current." not in said


def test_a_republished_version_is_current_again(published, clinician, moderator, client):
    second = cast.propose_change(published, clinician)
    cast.approve(second, moderator)
    review.unapprove(second.pk, by=moderator, reason="Wrong.")

    assert "Current." in words(client.get(f"/v/{published.pk}-1/"))


@pytest.mark.parametrize("who", [None, "moderator"])
def test_an_unpublished_version_has_no_print_page(who, published, clinician, client, request):
    waiting = cast.propose_change(published, clinician, summary="A new summary.")
    if who:
        client.force_login(request.getfixturevalue(who))

    for number in (waiting.number, 99):
        answer = client.get(f"/v/{published.pk}-{number}/")
        assert answer.status_code == 404
        assert "Readers have never seen version" in words(answer)
        assert "A new summary." not in words(answer)
    assert client.get("/v/999-1/").status_code == 404


def test_a_print_of_starter_content_says_that_nobody_had_reviewed_it(client, db):
    page = cast.load_page()

    assert "Starter content, not yet reviewed by a clinician." in words(client.get(f"/v/{page.pk}-1/"))


def test_everybody_sees_the_signers_of_published_versions(published, clinician, moderator, client):
    dosed = cast.propose_change(published, clinician, body="Give 5 mg a day.")
    waiting = cast.propose_change(cast.load_page("Other"), clinician, body="Give 6 mg a day.")
    cast.approve(dosed, moderator)
    first, last = dosed.verdicts.order_by("pk")
    cast.sign(waiting, cast.specialist_for(waiting.requirements.order_by("pk")[0]))

    said = words(client.get(PATH))
    assert f"{last.reviewer_name}, with {first.reviewer_name}" in said
    signatures = words(client.get(f"{PATH}?act=sign"))
    assert first.reviewer_name in signatures
    assert "1 line" in signatures


def test_loading_and_whole_page_reviews_stand_in_the_public_record(client, moderator, administrator):
    page = cast.load_page("Headache", by=administrator)
    cast.review_whole(page, moderator)

    said = words(client.get(PATH))

    assert "Loaded, reviewed by nobody: Headache" in said
    assert "Whole page reviewed: Headache" in said
    for act in ("load", "review_page"):
        assert client.get(f"{PATH}?act={act}").status_code == 200


def test_every_act_in_the_record_can_be_filtered_by(published, clinician, moderator):
    sign = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    tasks.open_task(
        Cause.PREMISE, published, ref="1", relation="causes", object=sign, within=sign, quietly=True
    )

    said = said_to(moderator, "?act=recheck")
    assert "1 line, newest first" in said
    assert "Statement to re-review" in said.split("newest first")[1]
    with pytest.raises(KeyError):
        log.write("nonsense", by=moderator)
