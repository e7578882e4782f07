"""How far a page can be trusted, told by one function; and the reads over what is published."""

import datetime as dt

import pytest
import time_machine

from tests import cast
from wiki.acts.people import accounts
from wiki.acts.writing import drafts
from wiki.models import Name, Publication, PublishedPage, Revision, Source, User, Verdict


def standing_of(page):
    """Return the standing of a page as it is read now."""
    return PublishedPage.objects.for_lists().get(page=page).standing


def said(day):
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def reviewed(published, moderator):
    """Return a page of which somebody has reviewed the whole."""
    cast.review_whole(published, moderator)
    return published


def a_day_late(page):
    """Return the day after the review of a page was due, and a moment of it."""
    due = PublishedPage.objects.get(page=page).due_on
    assert due is not None
    return dt.datetime.combine(due + dt.timedelta(days=1), dt.time(12), dt.UTC)


OSEI = "Dr Amara Osei, neuroradiologist"


def test_a_reviewed_page_names_reviewer_day_and_due_month(reviewed):
    standing = standing_of(reviewed)

    assert standing.code == "current"
    assert standing.sentence == (
        f"Whole page reviewed by {OSEI}, {said(standing.whole.on)} (version 1);"
        f" last change approved by {OSEI}, {said(standing.change.on)}"
        f" · next review due {standing.whole.due:%B %Y}"
    )


def test_a_page_is_overdue_from_the_day_after_its_review_was_due(reviewed):
    late = a_day_late(reviewed)

    with time_machine.travel(late - dt.timedelta(days=1), tick=False):
        assert standing_of(reviewed).code == "current"
    with time_machine.travel(late, tick=False):
        standing = standing_of(reviewed)

    assert standing.code == "overdue"
    assert standing.sentence.endswith(f" · review of the whole page was due in {standing.whole.due:%B %Y}")


def test_starter_content_stays_unreviewed_however_old(db):
    page = cast.load_page("Gait")

    with time_machine.travel("2090-01-01", tick=False):
        standing = standing_of(page)

    assert standing.code == "unreviewed"
    assert standing.sentence == "Starter content, not yet reviewed by a clinician"


@pytest.mark.parametrize(("late", "code"), [(False, "disputed"), (True, "overdue")])
def test_conflicting_evidence_is_shown_in_every_review_state(published, clinician, moderator, late, code):
    cast.make_source(clinician)
    row = cast.statement(published, stance="disputed")
    cause = cast.make_page(clinician, moderator, "Cause", statements=(row,))
    cast.review_whole(cause, moderator)

    with time_machine.travel(a_day_late(cause) if late else dt.datetime.now(dt.UTC)):
        standing = standing_of(cause)

    assert standing.code == code
    assert standing.sentence.endswith(" · evidence conflicts on 1 statement")


def test_conflicts_on_several_statements_are_counted(published, clinician, moderator):
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Gait")
    rows = tuple(cast.statement(one, stance="disputed") for one in (published, other))
    cause = cast.make_page(clinician, moderator, "Cause", statements=rows)

    assert standing_of(cause).conflicts == "evidence conflicts on 2 statements"


def test_a_removed_reviewer_is_named_without_a_link(published, moderator, administrator, client):
    accounts.remove_account(moderator, by=administrator)

    standing = standing_of(published)

    assert [(one.name, one.address) for one in standing.change.by] == [("Dr Amara Osei", "")]
    assert "approved by Dr Amara Osei, neuroradiologist" in standing.sentence
    html = client.get("/wiki/hypoparathyroidism/").content.decode()
    assert "pproved by Dr Amara Osei, neuroradiologist" in html
    assert "/people/moderator/" not in html


def test_a_signature_keeps_the_profession_of_its_day(published, moderator):
    accounts.introduce(moderator, name="Dr A. Osei", profession="physician", about="")

    assert "Dr Amara Osei, neuroradiologist" in standing_of(published).sentence


def test_the_day_is_the_one_of_the_wikis_time_zone(published, settings, client):
    verdict = Publication.objects.open().get(page=published).verdict
    assert verdict is not None
    decided = verdict.decided_at
    settings.TIME_ZONE = "Pacific/Kiritimati" if decided.hour >= 10 else "Pacific/Pago_Pago"
    here = decided + dt.timedelta(hours=14 if decided.hour >= 10 else -11)

    assert standing_of(published).change.on == here.date()
    # "On that day" means the same day as the history tells.
    answer = client.get("/wiki/hypoparathyroidism/", {"as_of": here.date().isoformat()})
    assert answer.url == "/wiki/hypoparathyroidism/"
    history = client.get("/wiki/hypoparathyroidism/history/").content.decode()
    assert f"{said(here.date())} at {here:%H:%M} " in history.partition(" to now")[0]


def test_a_list_loads_no_text(published):
    published_page = PublishedPage.objects.for_lists().get(page=published)

    assert {"html", "plain", "vector", "contents"} <= published_page.get_deferred_fields()
    assert "content" in published_page.publication.revision.get_deferred_fields()


def test_similar_names_load_no_text_and_omit_shown_pages(published, clinician, moderator):
    cast.make_page(clinician, moderator, "Pseudohypoparathyroidism")
    shown = PublishedPage.objects.get(page=published)

    found = Name.objects.nearest_pages("hypoparathyroidism", but=[shown])

    assert [one.page.published_page.title for one in found] == ["Pseudohypoparathyroidism"]
    assert "html" in found[0].page.published_page.get_deferred_fields()


def test_an_empty_name_has_no_similar_pages(published):
    assert Name.objects.nearest_pages("") == []


def test_each_similar_page_is_listed_once_by_its_nearest_name(clinician, moderator):
    cast.make_page(clinician, moderator, "Fahr disease", aliases=("Fahr syndrome", "Fahr's disease"))

    found = Name.objects.nearest_pages("fahr diseas")

    assert [one.text for one in found] == ["Fahr disease"]


def test_a_source_counts_the_published_pages_that_cite_it(published, clinician, moderator):
    source = cast.make_source(clinician)
    hidden = drafts.propose(cast.document("Hidden"), author=clinician).page
    cast.make_page(clinician, moderator, "Half", statements=(cast.statement(hidden),))
    cast.make_page(clinician, moderator, "Whole", statements=(cast.statement(published),))
    cast.make_page(clinician, moderator, "Text", body="## What it is\n\nSo.[@pmid:22327515]")

    assert [(one.pk, vars(one)["page_count"]) for one in Source.objects.by_reference()] == [(source.pk, 2)]


def test_a_person_with_many_contributions_is_listed_once(clinician, moderator, second_moderator):
    for number in range(3):
        cast.make_page(moderator, second_moderator, f"Written {number}")
        cast.make_page(clinician, moderator, f"Reviewed {number}")

    assert User.objects.in_public().get(username="moderator") == moderator


@pytest.mark.parametrize(
    ("stated", "risk", "told"),
    [
        ("wording", "low", "wording"),
        ("wording", "medium", "wording"),
        ("wording", "high", ""),
        ("none", "high", ""),
        ("action", "high", "action"),
        ("", "high", ""),
    ],
)
def test_readers_are_not_told_that_a_change_of_high_risk_is_wording_only(stated, risk, told):
    by_author = Publication(revision=Revision(impact=stated, risk=risk))
    by_approver = Publication(revision=Revision(risk=risk), verdict=Verdict(impact=stated))

    assert by_author.impact == by_approver.impact == told
