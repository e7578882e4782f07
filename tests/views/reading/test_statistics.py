"""How long review takes, for everybody; what each reviewer does, for moderators."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.reviewing import queries_of, signed_in, words
from wiki import jobs
from wiki.acts.reviewing import claims, review
from wiki.acts.writing import drafts
from wiki.models import Opening, Revision, Verdict
from wiki.models.queries import wiki_figures
from wiki.screens import statistics

EXPECTED = "Half of such changes are decided within 3 days, nine of ten within 3 days."


def aged(**tables):
    """Move times of rows into the past, as no act can: triggers are off for that."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, change in tables.items():
            cursor.execute(f"UPDATE {table} SET {change}")
        cursor.execute("SET LOCAL session_replication_role = origin")


def known():
    """Return the waits of each risk of which there are any."""
    return [one.waits for one in statistics.expected_waits() if one.waits]


@pytest.fixture
def many(clinician, moderator, monkeypatch):
    """Return three pages, each decided a day later than the one before; three are enough to tell."""
    monkeypatch.setattr(statistics, "FEWEST", 3)
    pages = [cast.make_page(clinician, moderator) for _ in range(3)]
    first = min(page.revisions.get().pk for page in pages)
    aged(wiki_revision=f"submitted_at = now() - interval '1 day' * (id - {first} + 1)")
    return pages


def test_median_and_ninth_decile_are_shown_for_each_risk(many):
    (risk,) = Revision.objects.values_list("risk", flat=True).distinct()

    (told,) = known()

    assert told.half is not None
    assert told.most is not None
    assert told.half.days == 2
    assert round((told.most - told.half) / dt.timedelta(hours=1)) == 19
    assert statistics.expected_wait(risk).sentence == EXPECTED
    said = words(Client().get("/about/waits/"))
    assert "the first verdict 3 days 3 days 3" in said
    assert "readers saw it 3 days 3 days 3" in said


def test_a_large_wiki_tells_what_was_kept_and_when(many, moderator, monkeypatch):
    now = (
        statistics.expected_waits(),
        statistics.reviewers()[0].handled,
        statistics.waits_on_nobody().number,
    )
    monkeypatch.setattr(wiki_figures, "SMALL", 0)
    dict(jobs.run_jobs())
    cast.approve(cast.propose_change(many[0], many[0].revisions.get().author), moderator)

    kept = (
        statistics.expected_waits(),
        statistics.reviewers()[0].handled,
        statistics.waits_on_nobody().number,
    )

    assert kept == now
    assert "Counted on" in words(Client().get("/about/waits/"))
    assert "Verdicts were counted on" in words(signed_in(moderator).get("/review/statistics/"))


def test_since_when_something_waits_on_nobody_is_kept(published, monkeypatch):
    monkeypatch.setattr(wiki_figures, "SMALL", 0)
    since = timezone.now() - dt.timedelta(days=3)
    wiki_figures.count_if_due(lambda: [since, timezone.now()])

    told = statistics.waits_on_nobody()

    assert (told.number, told.longest.days) == (2, 3)


def test_too_few_decisions_show_no_figures(published):
    said = words(Client().get("/about/waits/"))

    assert "Not enough decisions in the last three months to say how long it takes." in said
    assert "Counted so far: 1; it is shown from 10 on." in said
    assert "csrf" not in Client().get("/about/waits/").content.decode()


def test_starter_content_and_old_decisions_do_not_count(clinician, moderator, many):
    cast.load_page()
    assert sum(one.number for one in known()) == 3

    aged(wiki_verdict="decided_at = now() - interval '91 days'")

    assert known() == []


def test_waits_count_the_first_verdict_and_publication_only_if_published(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician)
    review.request_changes(waiting.pk, by=moderator, reason="Name the population.")

    found = known()

    assert (sum(one.number for one in found), sum(one.published for one in found)) == (2, 1)


def test_a_rebased_change_waits_since_its_original_submission(published, clinician, colleague, moderator):
    mine = cast.propose_change(published, clinician, summary="Mine.")
    theirs = cast.propose_change(published, colleague, body=cast.document().body + "\n\nA fourth paragraph.")
    cast.approve(theirs, moderator)
    aged(wiki_revision=f"submitted_at = now() - interval '4 days' WHERE id = {mine.pk}")
    merged = review.rebase(mine.pk, by=clinician)
    aged(wiki_verdict="decided_at = now() - interval '100 days'")

    cast.approve(merged, moderator)

    (found,) = known()
    assert found.half is not None
    assert found.half.days == 4


def test_authors_see_the_expected_wait_before_and_after_submission(many, clinician):
    browser = signed_in(clinician)
    draft = drafts.propose(cast.document(), author=clinician)

    before = words(browser.get(draft.get_absolute_url()))
    sent = cast.submit(draft)

    assert EXPECTED in before
    assert statistics.sentence_when_sent(sent).startswith(f"Sent for review as version 1. {EXPECTED}")


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (dt.timedelta(seconds=5), "1 minute"),
        (dt.timedelta(minutes=20), "20 minutes"),
        (dt.timedelta(minutes=119), "119 minutes"),
        (dt.timedelta(hours=2, seconds=1), "3 hours"),
        (dt.timedelta(hours=47), "47 hours"),
        (dt.timedelta(days=8), "8 days"),
    ],
)
def test_a_wait_is_rounded_up_in_one_unit(wait, said):
    assert statistics.within(wait) == said


def approve_many(clinician, moderator, *, minutes):
    for _ in range(4):
        cast.make_page(clinician, moderator)
    aged(wiki_opening=f"opened_at = opened_at - interval '{minutes} minutes', seconds = {minutes * 50}")


def test_edge_32_hasty_approvals_and_hoarded_claims_are_shown(clinician, moderator, second_moderator):
    approve_many(clinician, second_moderator, minutes=10)
    for _ in range(4):
        cast.make_page(clinician, moderator)
        waiting = cast.submit(drafts.propose(cast.document(), author=clinician))
        claims.claim(waiting.pk, by=moderator)

    found = {one.name: one for one in statistics.reviewers()}
    quick, careful = found["Dr Amara Osei"], found["Dr Lena Fischer"]

    assert (quick.name, quick.waves_through, quick.hoards) == ("Dr Amara Osei", True, True)
    assert (careful.name, careful.waves_through, careful.hoards) == ("Dr Lena Fischer", False, False)
    said = words(signed_in(moderator).get("/review/statistics/"))
    assert "Read very briefly 4 of 4 approvals within a minute of opening" in said
    assert "Many claims, kept for long" in said
    assert "4, the oldest for 1 minute" in said
    assert "50 % 4 4 approved, 0 sent back, 0 rejected 9 minutes nothing nothing" in said


def test_edge_32_one_request_decides_on_one_version_only(published, clinician, colleague, moderator):
    one, other = (
        cast.propose_change(published, clinician),
        cast.propose_change(published, colleague, summary="Other."),
    )
    browser = signed_in(moderator)

    browser.post(f"/review/{one.pk}/reject/", {"reason": "No.", "pk": [one.pk, other.pk], "ids": other.pk})
    bulk = browser.post("/review/", {"ids": [one.pk, other.pk], "decision": "reject"})

    assert bulk.status_code == 405
    assert list(Verdict.objects.filter(decision="reject").values_list("revision", flat=True)) == [one.pk]


def test_one_hasty_approval_of_many_is_counted_without_a_flag(clinician, moderator):
    approve_many(clinician, moderator, minutes=10)
    cast.make_page(clinician, moderator)

    (found,) = statistics.reviewers()

    assert found.handled is not None
    assert (found.handled.hasty, found.waves_through, found.percent) == (1, False, 100)
    assert found.looked == "9 minutes"


def test_a_claim_renewed_for_hours_is_flagged(published, clinician, moderator, second_moderator):
    Opening.objects.update(seconds=42)
    claims.claim(cast.propose_change(published, clinician).pk, by=second_moderator)
    aged(wiki_claim="since = since - interval '9 hours'")

    first, second = statistics.reviewers()

    assert first.looked == "42 seconds"
    assert (second.hoards, second.oldest_claim, second.handled, second.looked) == (True, "10 hours", None, "")


def test_verdicts_of_removed_accounts_still_count(published, moderator, second_moderator):
    aged(wiki_verdict="reviewer_id = NULL")

    gone, *idle = statistics.reviewers()

    assert (gone.name, gone.username, gone.share) == (statistics.GONE, "", 1)
    assert {one.name for one in idle} == {"Dr Amara Osei", "Dr Lena Fischer"}


def test_the_statistics_take_a_fixed_number_of_queries(published, clinician, moderator):
    browser = signed_in(moderator)
    browser.get("/review/statistics/")
    few = queries_of(browser, "/review/statistics/")
    for name in ("one", "two", "three"):
        cast.make_page(clinician, cast.make_user(name, "moderator"))

    assert queries_of(browser, "/review/statistics/") == few
