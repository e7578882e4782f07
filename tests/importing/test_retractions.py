"""Retraction Watch data: read row by row, matched by DOI and PMID, and run again without harm."""

import csv
import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.remembered import remembered
from wiki.acts.library import source_checks
from wiki.importing import retractions
from wiki.importing.retractions import BadTable, RetractionRow, Skipped
from wiki.models import NoticeNature, Source, SourceNotice, Task

# All the columns of the file, in its order.
HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason,Paywalled,Notes"
)
COLUMNS = next(csv.reader([HEADER]))
BODY = "## What it is\n\nSaid there.[@doi:10.1000/one]"


def row(**told):
    """Return a row as the file has them, with `told`."""
    words = {
        "Record ID": "12345",
        "Title": "A trial, of “calcium”",
        "RetractionDate": "5/3/2026 0:00",
        "RetractionDOI": "10.1000/NOTICE",
        "RetractionPubMedID": "0",
        "OriginalPaperDOI": "10.1000/One",
        "OriginalPaperPubMedID": "0",
        "RetractionNature": "Retraction",
        "Reason": "+Concerns/Issues About Data;+Investigation by Journal/Publisher;",
    }
    return [(words | told).get(name, "") for name in COLUMNS]


@pytest.fixture
def write(tmp_path):
    """Return the act of writing a file of some rows."""

    def file(*rows, header=COLUMNS, encoding="utf-8"):
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        path = tmp_path / "retraction_watch.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return file


@remembered
def cites(clinician, moderator):
    """Return a page that rests on a work that has a DOI."""
    cast.make_source(clinician, "doi:10.1000/one")
    return cast.make_page(clinician, moderator, body=BODY)


def only_row(path):
    """Return the one row of a file."""
    (one,) = retractions.read(path)
    return one


def test_a_row_is_read_with_work_nature_day_and_reason(write):
    one = only_row(write(row(OriginalPaperPubMedID="123")))

    assert one == RetractionRow(
        line=2,
        nature=NoticeNature.RETRACTION,
        on=dt.date(2026, 5, 3),
        keys=("doi:10.1000/one", "pmid:123"),
        reference="10.1000/notice",
        reason="Concerns/Issues About Data; Investigation by Journal/Publisher",
    )


@pytest.mark.parametrize(
    ("told", "keys"),
    [
        ({"OriginalPaperDOI": "unavailable"}, ()),
        ({"OriginalPaperDOI": "Unavailable", "OriginalPaperPubMedID": "7"}, ("pmid:7",)),
        ({"OriginalPaperDOI": "", "OriginalPaperPubMedID": ""}, ()),
        ({"OriginalPaperDOI": "https://doi.org/10.1000/One"}, ("doi:10.1000/one",)),
        ({"OriginalPaperDOI": "https://example.org/one"}, ()),
    ],
)
def test_the_identifiers_of_the_work_are_read(write, told, keys):
    one = only_row(write(row(**told)))

    assert one.keys == keys


@pytest.mark.parametrize(
    ("told", "reference"),
    [
        ({"RetractionDOI": "unavailable", "RetractionPubMedID": "9"}, "pmid:9"),
        ({"RetractionDOI": "unavailable"}, "Retraction Watch 12345"),
    ],
)
def test_the_reference_of_the_notice_is_read(write, told, reference):
    one = only_row(write(row(**told)))

    assert one.reference == reference


@pytest.mark.parametrize("word", ["Retraction", "Expression of concern", "CORRECTION", "Reinstatement"])
def test_every_nature_is_known(write, word):
    one = only_row(write(row(RetractionNature=word)))

    assert one.nature in NoticeNature.values


@pytest.mark.parametrize("day", ["5/3/2026", "05/03/2026 0:00", "2026-05-03", "2026-05-03 00:00:00"])
def test_a_date_is_read_as_the_file_writes_it(write, day):
    one = only_row(write(row(RetractionDate=day)))

    assert one.on == dt.date(2026, 5, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_windows_encoding_and_a_byte_order_mark_are_accepted(write, encoding):
    one = only_row(write(row(Reason="+Données;"), encoding=encoding))

    assert one.reason == "Données"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (row(RetractionNature="Hearsay"), "“Hearsay” is no nature"),
        (row(RetractionDate="13/13/2026 0:00"), "“13/13/2026 0:00” is no date"),
        (row(RetractionDate="soon"), "“soon” is no date"),
        (["1", "2"], "it has 2 columns, not 20"),
        (row(Notes="x" * 200_000), "field larger than field limit"),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_others_are_read(write, bad, why):
    first, skipped, last = retractions.read(write(row(), bad, row()))

    assert isinstance(first, RetractionRow)
    assert isinstance(last, RetractionRow)
    assert isinstance(skipped, Skipped)
    assert skipped.line == 3
    assert why in skipped.why


def test_empty_lines_are_ignored(write):
    assert len(list(retractions.read(write(row(), [], row())))) == 2


def test_a_file_without_required_columns_is_refused(write, tmp_path):
    with pytest.raises(BadTable, match="lacks columns of Retraction Watch data: Reason"):
        list(retractions.read(write(header=[name for name in COLUMNS if name != "Reason"])))
    (tmp_path / "empty.csv").touch()
    with pytest.raises(BadTable, match="Record ID"):
        list(retractions.read(tmp_path / "empty.csv"))
    (tmp_path / "huge.csv").write_text("x" * 200_000)
    with pytest.raises(BadTable, match="is no table"):
        list(retractions.read(tmp_path / "huge.csv"))


def test_a_row_opens_a_task_and_a_second_run_adds_nothing(write, cites):
    path = write(row(), row(OriginalPaperDOI="10.1000/two"))

    first, second = retractions.check(path), retractions.check(path)

    assert (first.rows, first.matched, first.notices, first.tasks) == (2, 1, 1, 1)
    assert (second.rows, second.matched, second.notices, second.tasks) == (2, 1, 0, 0)
    notice = SourceNotice.objects.get()
    assert (notice.nature, notice.noticed_on) == (NoticeNature.RETRACTION, dt.date(2026, 5, 3))
    assert Task.objects.get().page == cites


@pytest.mark.django_db
def test_unmatched_rows_take_no_queries_of_their_own(write, cites):
    other = row(OriginalPaperDOI="10.2000/another", OriginalPaperPubMedID="99")
    seen: list[int] = []

    def queries(number):
        path = write(*[other] * number)
        with CaptureQueriesContext(connection) as asked:
            retractions.check(path, progress=seen.append)
        return len(asked)

    assert queries(5) == queries(6_000)
    assert seen == [5_000]


@pytest.mark.django_db
def test_the_command_reports_what_it_did(write, cites, capsys):
    call_command("check_sources", write(row(), row(RetractionDate="soon"), *[row(**NOBODYS)] * 4_998))

    told = capsys.readouterr()
    assert "Rows read: 5,000; skipped: 1; about sources of this wiki: 1." in told.out
    assert "Sources concerned: 1; new notices: 1; pages to re-review: 1." in told.out
    assert "Line 3 is skipped: “soon” is no date." in told.err
    assert "5,000 rows" in told.err


NOBODYS = {"OriginalPaperDOI": "10.2000/another"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_the_command_fails_on_an_unreadable_file(tmp_path, name):
    with pytest.raises(CommandError):
        call_command("check_sources", tmp_path / name)


@pytest.mark.parametrize("corrected_first", [True, False])
def test_the_notice_is_of_the_work_that_the_corrected_identifier_names(
    write, cites, colleague, moderator, corrected_first
):
    source = Source.objects.get()
    check = cast.make_source_check(source, colleague, ids={"doi": "10.1000/right"})
    wrong = row(RetractionDOI="10.1000/of-one")
    right = row(OriginalPaperDOI="10.1000/right", RetractionDOI="10.1000/of-right")
    path = write(wrong, right)

    if not corrected_first:
        assert retractions.check(path).notices == 1
        assert SourceNotice.objects.standing().get().reference == "10.1000/of-one"
    source_checks.confirm(check.pk, by=moderator)
    found = retractions.check(path)

    assert (found.notices, found.tasks) == (1, 1)
    assert SourceNotice.objects.standing().get().reference == "10.1000/of-right"
