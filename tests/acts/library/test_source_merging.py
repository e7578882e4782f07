"""Two records of one work become one wherever they are cited; a journal's notice is kept beside it."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.library import source_merging
from wiki.models import Citation, Event, PublishedPage, Source, SourceNotice, Statement
from wiki.policy.refusal import Refused
from wiki.published import rebuild
from wiki.screens.published_page import PublishedPageContent

DOI, PMID = "doi:10.1038/ng.1077", "pmid:22327515"
NATURES = ["retraction", "correction"]
BODY = f"## What it is\n\nSaid by one.[@{DOI}] Said by the other.[@{PMID}]"


@remembered
def doi(clinician):
    return cast.make_source(clinician, DOI, "A study, by its DOI")


@remembered
def pmid(clinician):
    return cast.make_source(clinician, PMID, "A study, by its PMID")


@remembered
def citing(doi, pmid, published, clinician, moderator):
    """Return a page whose text cites both and whose statement rests on both."""
    row = cast.statement(published, sources=(DOI, PMID))
    return cast.make_page(clinician, moderator, "Citing", body=BODY, statements=(row,))


def test_pages_cite_the_remaining_record_after_a_merge(citing, doi, pmid, moderator):
    kept = source_merging.merge_sources(doi.pk, into=pmid.pk, by=moderator)

    published_page = PublishedPage.objects.get(page=citing)
    assert kept == pmid
    assert published_page.cited == [pmid.pk]
    assert [one.source.pk for one in PublishedPageContent(published_page).references] == [pmid.pk]
    assert Statement.objects.get(subject=citing).source_ids == [pmid.pk]
    assert not Citation.objects.filter(source=doi).exists()
    assert published_page.html.count(">1</a>") == 2


def test_a_rebuild_after_a_merge_changes_nothing(citing, doi, pmid, moderator):
    source_merging.merge_sources(doi.pk, into=pmid.pk, by=moderator)
    before = PublishedPage.objects.filter(page=citing).values().get()

    list(rebuild.rebuild())

    assert PublishedPage.objects.filter(page=citing).values().get() == before


def test_identifiers_of_both_records_lead_to_the_remaining_one(doi, pmid, moderator):
    source_merging.merge_sources(doi.pk, into=pmid.pk, by=moderator)

    assert Source.objects.by_key([DOI, PMID]) == {DOI: pmid.pk, PMID: pmid.pk}
    assert list(Source.objects.mentioning("10.1038/ng.1077")) == [pmid]
    assert list(Source.objects.by_reference()) == [pmid]


def test_a_merge_into_a_merged_record_is_refused(doi, pmid, clinician, moderator):
    third = cast.make_source(clinician, "isbn:9783161484100", "The same, once more")
    source_merging.merge_sources(doi.pk, into=pmid.pk, by=moderator)

    source_merging.merge_sources(pmid.pk, into=third.pk, by=moderator)

    assert set(Source.objects.by_key([DOI, PMID]).values()) == {third.pk}
    with pytest.raises(Refused, match="merged already"):
        source_merging.merge_sources(third.pk, into=doi.pk, by=moderator)
    with pytest.raises(Refused, match="merged already"):
        source_merging.merge_sources(doi.pk, into=third.pk, by=moderator)


def test_a_merge_of_sources_can_be_undone(citing, doi, pmid, moderator):
    source_merging.merge_sources(doi.pk, into=pmid.pk, by=moderator)

    source_merging.unmerge_sources(doi.pk, by=moderator)

    assert PublishedPage.objects.get(page=citing).cited == [doi.pk, pmid.pk]
    acts = Event.objects.filter(act__endswith="_sources").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        "merge_sources",
        "unmerge_sources",
    ]


def test_an_impossible_merge_or_undo_of_sources_is_refused(doi, pmid, clinician, moderator):
    with pytest.raises(Refused, match="Only a moderator"):
        source_merging.merge_sources(doi.pk, into=pmid.pk, by=clinician)
    with pytest.raises(Refused, match="this very record"):
        source_merging.merge_sources(doi.pk, into=doi.pk, by=moderator)
    with pytest.raises(Refused, match="There is no such source"):
        source_merging.merge_sources(doi.pk, into=0, by=moderator)
    with pytest.raises(Refused, match="nothing to undo"):
        source_merging.unmerge_sources(doi.pk, by=moderator)
    with pytest.raises(Refused, match="nothing to undo"):
        source_merging.unmerge_sources(0, by=moderator)


def test_the_database_refuses_other_changes_of_a_source(doi):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Source.objects.filter(pk=doi.pk).update(text="Another work")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM wiki_source WHERE id = %s", [doi.pk])


def test_a_journal_notice_is_stored_once_and_is_append_only(doi, moderator):
    words = {"nature": "retraction", "reference": "10.1/retracted", "by": moderator}
    notice = source_merging.give_notice(
        doi.pk, **words, on=dt.date(2026, 3, 1), reason=" Figures were made up. "
    )

    assert source_merging.give_notice(doi.pk, **words) == notice
    assert (notice.reason, notice.noticed_on) == ("Figures were made up.", dt.date(2026, 3, 1))
    assert str(notice) == f"Retracted: {doi}"
    assert Event.objects.filter(act="source_notice").count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SourceNotice.objects.update(reason="")


def test_the_remaining_record_lists_all_notices_gravest_first(doi, pmid, moderator):
    source_merging.give_notice(doi.pk, nature="correction", by=moderator)
    source_merging.give_notice(doi.pk, nature="retraction", by=moderator)
    source_merging.merge_sources(doi.pk, into=pmid.pk, by=moderator)

    kept = Source.objects.with_ids().get(pk=pmid.pk)
    assert getattr(kept, "natures") == NATURES  # noqa: B009  # it is there by annotation
    assert {one.nature for one in SourceNotice.objects.of_work(pmid)} == {"retraction", "correction"}


def test_an_invalid_journal_notice_is_refused(doi, clinician, moderator):
    with pytest.raises(Refused, match="Only a moderator"):
        source_merging.give_notice(doi.pk, nature="retraction", by=clinician)
    with pytest.raises(Refused, match="Say whether"):
        source_merging.give_notice(doi.pk, nature="doubt", by=moderator)
    with pytest.raises(Refused, match="There is no such source"):
        source_merging.give_notice(0, nature="retraction", by=moderator)
