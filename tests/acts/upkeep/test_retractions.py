"""What journals say of works later: which pages rest on them, what readers see, and what settles it."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests import cast
from tests.cast import review_whole as verify
from tests.remembered import remembered
from wiki.acts.library import source_checks, source_merging, sources
from wiki.acts.reviewing import review
from wiki.acts.upkeep import retractions, reverification, tasks
from wiki.acts.writing import retirement
from wiki.audit.verify import Proof
from wiki.models import Cause, Event, Notice, NoticeNature, PublishedPage, SourceNotice, Task
from wiki.models.queries.changes import ReaderChange
from wiki.models.queries.event_filters import EventLine
from wiki.policy.refusal import Refused
from wiki.published import rebuild
from wiki.screens.published_page import PublishedPageContent
from wiki.screens.recalls import OF_ANOTHER_WORK, REINSTATED
from wiki.text.document import Retirement
from wiki.text.sources.identifiers import parse

DAY = dt.date(2026, 5, 3)
BODY = "## What it is\n\nIt is said there.[@pmid:22327515]"
ADMITS = "## What it is\n\nIt was said there, and retracted.[@pmid:22327515]"


@remembered
def source(clinician):
    return cast.make_source(clinician)


@remembered
def cites(source, clinician, moderator):
    """Return a page whose text rests on the source."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)


@remembered
def says(source, cites, clinician, moderator):
    """Return a page that makes a statement on the source."""
    return cast.make_page(
        clinician, moderator, "Surgery", kind="exposure", statements=(cast.statement(cites),)
    )


def tell(source, nature=NoticeNature.RETRACTION, on=DAY, reference="10.1000/notice", **words):
    return retractions.keep_notice(source.pk, nature=nature, on=on, reference=reference, **words)


def warned(page):
    """Return what stands on top of a page: nature, day and numbers of the references."""
    sheet = PublishedPageContent(PublishedPage.objects.for_page().get(page=page))
    return [(one.nature, one.on, one.numbers) for one in sheet.warnings]


def recalled():
    """Return of each recall whether it is taken back, and which words rest on it."""
    items = Client().get("/api/v1/recalls").json()["items"]
    return [(one["is_lifted"], [rest["words"] for rest in one["resting"]]) for one in items]


def edit(page, author, moderator, **changes):
    return cast.approve(cast.submit(cast.make_edit(page, author, **changes)), moderator)


@pytest.mark.parametrize("nature", [NoticeNature.RETRACTION, NoticeNature.CONCERN, NoticeNature.CORRECTION])
def test_every_page_citing_a_retracted_source_warns_and_gets_a_task(source, cites, says, nature):
    told = tell(source, nature, reason="Made up.")

    assert (told.is_new, told.pages, told.tasks) == (True, 2, 2)
    assert {one.page for one in Task.objects.filter(cause=Cause.RETRACTION)} == {cites, says}
    assert warned(cites) == warned(says) == [(nature, DAY, (1,))]
    assert Event.objects.get(act="source_notice").data["reason"] == "Made up."
    assert PublishedPage.objects.get(page=cites).standing.code == "unreviewed"


def test_the_same_notice_twice_is_stored_once(source, cites, says):
    tell(source)

    again = tell(source)

    assert (again.is_new, again.tasks) == (False, 0)
    assert SourceNotice.objects.count() == 1
    assert Task.objects.count() == 2


def test_owners_and_moderators_hear_of_a_retraction(source, cites, clinician, moderator):
    reverification.change_owner(cites, to=clinician, by=moderator)

    tell(source)

    told = Notice.objects.filter(event__act="open_task")
    assert {one.recipient for one in told} == {clinician, moderator}


def test_closing_the_task_of_a_correction_ends_the_warning(source, cites, says, moderator):
    tell(source, NoticeNature.CORRECTION)

    tasks.close_task(Task.objects.get(page=cites).pk, by=moderator, outcome="Only a figure was corrected.")

    # What another page says on it stays open there, and is shown on both.
    assert warned(cites) == warned(says) == [(NoticeNature.CORRECTION, DAY, (1,))]
    tasks.close_task(Task.objects.get(page=says).pk, by=moderator, outcome="Only a figure was corrected.")
    assert warned(cites) == warned(says) == []


def test_a_moderator_cannot_close_the_task_of_a_cited_retraction(source, cites, moderator):
    tell(source)

    with pytest.raises(Refused, match="the page still rests on it"):
        tasks.close_task(Task.objects.get().pk, by=moderator, outcome="It is right all the same.")

    assert warned(cites)


def test_a_page_citing_a_retracted_source_cannot_be_verified_unchanged(source, cites, second_moderator):
    tell(source)

    with pytest.raises(Refused, match="rests on a work that was retracted"):
        verify(cites, second_moderator)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [(cast.document().body, retractions.NO_LONGER_CITED), (ADMITS, retractions.ADMITTED)],
)
def test_a_version_without_the_retracted_source_closes_the_task(
    source, cites, clinician, moderator, body, outcome
):
    tell(source)

    edit(cites, clinician, moderator, body=body)

    task = Task.objects.get()
    assert (task.outcome, task.settled) == (outcome, False)
    assert warned(cites) == []
    list(rebuild.rebuild())
    assert warned(cites) == []


@pytest.mark.parametrize("words", [{"stance": "unsupported"}, {"note": "The trial was retracted."}])
def test_a_statement_that_admits_the_retraction_shows_no_warning(
    source, cites, says, clinician, moderator, words
):
    edit(cites, clinician, moderator, body=cast.document().body)
    tell(source)

    edit(says, clinician, moderator, statements=(cast.statement(cites, **words),))

    assert Task.objects.get().outcome == retractions.ADMITTED
    assert warned(says) == warned(cites) == []


def test_a_page_that_cites_the_retracted_source_again_gets_a_new_task(source, cites, clinician, moderator):
    tell(source)
    without = edit(cites, clinician, moderator, body=cast.document().body)

    review.unapprove(without.revision_id, by=moderator, reason="Too short.")

    assert warned(cites)
    assert [one.is_closed for one in Task.objects.order_by("pk")] == [True, False]


def test_a_page_that_begins_to_cite_a_corrected_source_gets_a_task(source, published, clinician, moderator):
    tell(source, NoticeNature.CORRECTION)

    edit(published, clinician, moderator, body=BODY)

    assert Task.objects.get().page == published


def test_a_notice_on_a_merged_record_counts_for_the_remaining_one(source, cites, clinician, moderator):
    other = cast.make_source(clinician, "doi:10.1000/same")
    source_merging.merge_sources(other.pk, into=source.pk, by=moderator)

    assert tell(other).pages == 1
    assert warned(cites) == [(NoticeNature.RETRACTION, DAY, (1,))]


def test_a_notice_on_the_remaining_record_concerns_pages_citing_the_merged_one(
    source, cites, clinician, moderator
):
    other = cast.make_source(clinician, "doi:10.1000/same")
    tell(other)

    source_merging.merge_sources(source.pk, into=other.pk, by=moderator)
    assert warned(cites) == [(NoticeNature.RETRACTION, DAY, (1,))]
    assert Task.objects.open().get().page == cites

    source_merging.unmerge_sources(source.pk, by=moderator)
    assert warned(cites) == []
    assert not Task.objects.open().exists()


@pytest.mark.parametrize(
    ("on", "ends"), [(DAY, True), (dt.date(2026, 6, 1), True), (dt.date(2026, 5, 2), False)]
)
def test_a_reinstatement_after_the_retraction_ends_the_warning(source, cites, on, ends):
    tell(source)

    tell(source, NoticeNature.REINSTATED, on, "10.1000/back")

    assert (warned(cites) == []) is ends
    assert recalled() == [(ends, [] if ends else ["It is said there."])]
    assert (REINSTATED in Client().get("/recalls/").content.decode()) is ends
    assert [one.outcome for one in Task.objects.all()] == [retractions.TAKEN_BACK if ends else ""]
    natures = type(source).objects.with_natures().get(pk=source.pk).natures
    assert natures == ([] if ends else [NoticeNature.RETRACTION])


def test_a_reinstatement_does_not_end_a_correction(source, cites):
    tell(source, NoticeNature.CORRECTION)

    tell(source, NoticeNature.REINSTATED, DAY, "10.1000/back")

    assert warned(cites) == [(NoticeNature.CORRECTION, DAY, (1,))]


def test_retiring_the_page_closes_its_retraction_task(source, cites, clinician, moderator):
    tell(source)
    cast.approve(retirement.retire(cites, by=clinician, retirement=Retirement("Wrong.")), moderator)

    assert Task.objects.get().outcome == retractions.NO_LONGER_CITED


def test_the_regular_job_opens_missed_retraction_tasks_once(source, cites):
    SourceNotice.objects.create(source=source, nature=NoticeNature.CONCERN)

    assert warned(cites) == [(NoticeNature.CONCERN, None, (1,))]
    assert [retractions.catch_up(), retractions.catch_up()] == [1, 0]
    assert Task.objects.get().page == cites


def test_a_notice_given_by_a_moderator_opens_tasks(source, cites, moderator):
    source_merging.give_notice(source.pk, nature="concern", by=moderator, reference="10.1000/doubt")

    assert Task.objects.get().data["nature"] == "Expression of concern"


def test_a_closed_task_stays_closed_when_the_page_changes(source, cites, clinician, moderator):
    tell(source, NoticeNature.CONCERN)
    tasks.close_task(Task.objects.get().pk, by=moderator, outcome="The figures were read again and stand.")

    edit(cites, clinician, moderator, summary="Other plain words.")

    assert [one.is_closed for one in Task.objects.all()] == [True]


def correct(source, colleague, moderator, **ids):
    """Give a record that a page rests on other identifiers."""
    source.refresh_from_db()
    source_checks.confirm(cast.make_source_check(source, colleague, ids=ids).pk, by=moderator)


def test_a_notice_given_to_the_wrong_record_is_taken_off_and_can_be_given_again(source, cites, moderator):
    tell(source)
    notice = source.notices.get()

    source_merging.detach_notice(notice.pk, by=moderator, reason="It is about the paper before.")

    assert (warned(cites), recalled()) == ([], [(True, [])])
    assert Task.objects.get().outcome == retractions.OF_ANOTHER_WORK
    feed = Client().get("/feeds/recalls/").content.decode()
    assert feed.index("found to be about another work") < feed.index("Retracted by its journal")
    assert "It is about the paper before." in feed
    assert "was taken off it" in Client().get(source.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="cannot be taken off by hand"):
        source_merging.detach_notice(notice.pk, by=moderator, reason="Again.")
    tell(source)
    assert [one[0] for one in warned(cites)] == [NoticeNature.RETRACTION]


def test_a_notice_that_came_by_an_identifier_or_without_a_reason_stays(source, clinician, moderator):
    tell(source, keys=["pmid:22327515"])
    notice = source.notices.get()

    for by, reason, sentence in (
        (moderator, "Why.", "cannot be taken off by hand"),
        (moderator, " ", "Say why"),
        (clinician, "Why.", "Only a moderator"),
    ):
        with pytest.raises(Refused, match=sentence):
            source_merging.detach_notice(notice.pk, by=by, reason=reason)
    with pytest.raises(Refused, match="no such notice"):
        source_merging.detach_notice(0, by=moderator, reason="Why.")


def test_a_notice_follows_the_identifier_by_which_it_came(source, cites, colleague, moderator):
    tell(source, keys=["pmid:22327515"])

    correct(source, colleague, moderator, pmid="7")

    assert warned(cites) == []
    assert recalled() == [(True, [])]
    words = Client().get("/recalls/").content.decode()
    assert "<del>" not in words
    assert f"This source is not retracted. {OF_ANOTHER_WORK}" in words
    assert Task.objects.get().outcome == retractions.OF_ANOTHER_WORK
    parted = Event.objects.get(act="detach_notice")
    assert parted.data["keys"] == ["pmid:22327515"]
    about = f"(retracted): Source {source.pk}"
    assert ReaderChange(parted).title == f"A journal’s notice found to be about another work {about}"
    assert EventLine(parted, whole=True).source == source.pk
    line = f'A journal’s notice found to be about another work</b>: <a href="/sources/{source.pk}/">'
    assert line in " ".join(Client().get("/record/").text.split())
    assert [one.is_of_work for one in SourceNotice.objects.of_work(source)] == [False]

    correct(source, colleague, moderator, pmid="22327515")

    assert warned(cites) == [(NoticeNature.RETRACTION, DAY, (1,))]
    assert recalled() == [(False, ["It is said there."])] * 2
    assert Event.objects.filter(act="source_notice").count() == 2

    correct(source, colleague, moderator, pmid="7")
    correct(source, colleague, moderator, pmid="22327515")

    assert [one.is_closed for one in Task.objects.order_by("pk")] == [True, True, False]
    connection.check_constraints()
    assert not list(Proof().troubles())


@pytest.mark.parametrize(
    ("first", "then", "stands"),
    [
        (["pmid:22327515"], None, False),
        (["doi:10.1000/a"], None, True),
        (["doi:10.1000/a", "pmid:22327515"], None, True),
        (["pmid:22327515"], ["doi:10.1000/a"], True),
        (["pmid:22327515"], (), True),
        ((), ["pmid:22327515"], True),
    ],
    ids=["the wrong one", "the right one", "both", "found by the other later", "given later", "given first"],
)
def test_a_notice_stands_while_one_identifier_that_it_came_by_is_right(
    source, cites, colleague, moderator, first, then, stands
):
    sources.learn(source, [parse("10.1000/a")], title=source.title, by=colleague)
    for keys in (first, then):
        if keys is not None:
            tell(source, keys=keys or None)

    correct(source, colleague, moderator, pmid="7", doi="10.1000/a")

    assert bool(warned(cites)) is stands
    assert SourceNotice.objects.count() == 1


def test_a_notice_found_again_by_the_right_identifier_is_new(source, cites, colleague, moderator):
    tell(source, keys=["pmid:22327515"])
    correct(source, colleague, moderator, pmid="7")

    again = tell(source, keys=["pmid:7"])

    assert (again.is_new, again.tasks) == (True, 1)
    assert SourceNotice.objects.get().keys == ["pmid:22327515", "pmid:7"]


def test_a_reinstatement_of_another_work_ends_no_retraction(source, cites, colleague, moderator):
    tell(source)
    tell(source, NoticeNature.REINSTATED, DAY, "10.1000/back", keys=["pmid:22327515"])
    assert warned(cites) == []

    correct(source, colleague, moderator, pmid="7")

    assert warned(cites) == [(NoticeNature.RETRACTION, DAY, (1,))]


@pytest.mark.parametrize("change", ["keys = '{}'", "keys = '{doi:10.1000/x}'", "reason = 'Another.'"])
def test_the_database_lets_a_notice_only_gain_identifiers(source, change):
    tell(source, keys=["pmid:22327515"])

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE wiki_sourcenotice SET {change}")
