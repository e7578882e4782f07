"""The Human Phenotype Ontology: which rows are kept, what they are called, what a second release changes."""

import gzip
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.importing.data_sets.conftest import EXCERPT
from wiki.importing.data_sets.hpo import COLUMNS, FILTERS, HpoFiles
from wiki.importing.data_sets.loading import load
from wiki.importing.data_sets.records import RowRecord, lines_of
from wiki.models import (
    DataRelease,
    DataRow,
    Entry,
    EntryAncestor,
    EntryCode,
    EntryFinding,
    EntryNumber,
    SameSubject,
)
from wiki.models.data_sets import releases
from wiki.text.document import Code

FILES = ("CAUSEWAY_DATA_SETS", Path(os.environ.get("CAUSEWAY_DATA_SETS", "/nonexistent")))
COUNTS = {
    "read": 271_702,
    "dropped: evidence IEA": 31_275,
    "dropped: rests on OMIM": 21_401,
    "dropped: not a finding": 13_036,
    "dropped: says NOT (kept apart, to find contradictions)": 704,
    "dropped: seen in none of those examined": 1_985,
    "kept": 203_301,
    "kept rows that repeat another in full, and stand once": 43,
}


def line(**cells: str) -> str:
    usual = {
        "database_id": "ORPHA:1",
        "disease_name": "A disease",
        "hpo_id": "HP:0002135",
        "reference": "PMID:1",
        "evidence": "PCS",
        "frequency": "1/2",
        "aspect": "P",
        "biocuration": "HPO:somebody[2020-01-01]",
    }
    return "\t".join((usual | cells).get(name, "") for name in COLUMNS)


@pytest.fixture
def folder(tmp_path):
    """Return a function that makes a folder with the ontology and some lines of annotations."""
    shutil.copy(EXCERPT / "hpo" / "hp.obo", tmp_path)

    def make(*lines: str) -> Path:
        text = "\n".join(("#version: 2025-01-16", "\t".join(COLUMNS), *lines))
        (tmp_path / "phenotype.hpoa").write_text(text + "\n")
        return tmp_path

    return make


def kept(folder: Path) -> list[RowRecord]:
    files = HpoFiles(folder)
    list(files.entries())
    return list(files.rows())


@pytest.mark.parametrize(
    "cells",
    [
        {"evidence": "IEA"},
        {"reference": "OMIM:213600"},
        {"reference": "PMID:1;OMIM:213600"},
        {"hpo_id": "HP:0003577", "aspect": "C"},
        {"frequency": "0/7"},
        {"frequency": "0%"},
        {"frequency": "HP:0040285"},
    ],
    ids=str,
)
def test_a_filtered_row_is_not_kept(folder, cells):
    assert kept(folder(line(**cells))) == []


def test_each_dropped_row_is_counted_under_its_first_matching_filter(folder):
    files = HpoFiles(folder(line(evidence="IEA", reference="OMIM:1", qualifier="NOT"), line()))
    list(files.entries()), list(files.rows())

    assert list(files.counts)[1:6] == list(FILTERS)
    assert files.counts["dropped: evidence IEA"] == files.counts["kept"] == 1
    assert sum(files.counts[words] for words in FILTERS) + files.counts["kept"] == files.counts["read"]


def test_a_row_qualified_not_is_kept_as_denied(folder):
    (row,) = kept(folder(line(qualifier="NOT")))

    assert row.denied


def test_a_key_is_the_same_whatever_the_order_of_the_file(folder):
    lines = [line(), line(frequency="3/4"), line(reference="PMID:2"), line()]
    one, other = (
        {row.key: row.frequency for row in kept(folder(*some))} for some in (lines, reversed(lines))
    )

    assert one == other
    assert len(one) == 3


def test_a_row_is_the_same_in_a_release_that_says_the_same(folder):
    exported = [f"ORPHA:orphadata[{day}]" for day in ("2025-01-16", "2025-05-06")]
    one, next_one, other = (
        kept(folder(line(biocuration=by))) for by in (*exported, "HPO:somebody[2025-01-16]")
    )

    assert one == next_one
    assert one[0].key != other[0].key


@pytest.mark.parametrize(
    ("told", "low", "high"), [("1/4", 25, 25), ("HP:0040282", 30, 79), ("12.5%", 12.5, 12.5)]
)
def test_a_frequency_has_its_bounds(folder, told, low, high):
    (row,) = kept(folder(line(frequency=told)))

    assert row.shares == (low, high)


def test_a_frequency_that_is_missing_counts_as_half(folder, db):
    load(HpoFiles(folder(line(frequency=""))), progress=print)

    assert set(EntryFinding.objects.values_list("share", flat=True)) == {0.5}


@pytest.mark.parametrize("spoilt", ["phenotype.hpoa", "hp.obo"])
def test_a_file_in_another_format_is_refused(folder, db, spoilt):
    place = folder(line())
    (place / spoilt).write_text("something else\n")

    with pytest.raises(CommandError):
        call_command("import_hpo", place)


def test_the_excerpt_is_loaded_completely(data_sets):
    release = DataRelease.objects.current().get(data_set="hpo")
    finding = Entry.objects.get(code="HP:0002135")

    assert release.version == "2025-01-16"
    assert dict(release.counts)["read"] == 80
    assert DataRow.objects.filter(release=release, denied=False).count() == dict(release.counts)["kept"]
    assert finding.synonyms == [
        "Basal ganglia calcifications",
        "Basal ganglion calcification",
        "Calcification of the basal ganglia",
    ]
    assert Entry.objects.at("hpo", "HP:0002485") == finding  # its former code
    assert finding.disease_count == EntryFinding.objects.filter(finding=finding.pk).count()
    assert EntryAncestor.objects.get(entry=finding.pk, ancestor__code="HP:0002514").distance == 1


def test_codes_of_snomed_and_the_umls_are_not_loaded(data_sets):
    systems = set(EntryCode.objects.values_list("system", flat=True))

    assert systems <= {"HPO", "OMIM", "Orphanet", "Mondo", "DOID", "ICD-10-CM", "MeSH"}
    assert {"Mondo", "DOID"} <= systems


def test_loading_the_same_files_again_changes_nothing(data_sets):
    again = load(HpoFiles(EXCERPT / "hpo", EXCERPT / "mondo"), progress=print)

    assert not again.is_new
    assert DataRelease.objects.filter(data_set="hpo").count() == 1


def test_a_second_release_replaces_the_first_and_reports_changes(folder, db):
    first = load(HpoFiles(folder(line(), line(reference="PMID:2"))), progress=print)
    number = EntryNumber.objects.get(code="ORPHA:1").pk
    second = load(
        HpoFiles(folder(line(disease_name="Renamed", frequency="2/2"), line(reference="PMID:3"))),
        progress=print,
    )

    told = second.report["rows"]
    assert (told["came"], told["went"], told["changed"]) == (1, 1, 1)
    assert second.report["entries"]["changed"] == 1
    assert DataRow.objects.filter(release=second.release).count() == 2
    assert Entry.objects.get(pk=number).name == "Renamed"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"wiki_datarow_{first.release.pk}"])
        assert cursor.fetchone() == (None,)


def test_the_database_refuses_an_entry_number_for_a_page(published):
    for table, column in (("publication", "page_id"), ("page", "id"), ("publishedpage", "page_id")):
        with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"UPDATE wiki_{table} SET {column} = -1; SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.slow
def test_the_real_files_have_exactly_these_rows(db):
    name, place = FILES
    if not (place / "hpo").is_dir():
        pytest.skip(
            f"{name} names no folder with hpo/ and mondo/: the counts of the real files are not checked"
        )

    loaded = load(HpoFiles(place / "hpo", place / "mondo"), progress=print)

    assert loaded.release.files["phenotype.hpoa.gz"].startswith("ecf4a6f0b305386a")
    assert dict(loaded.release.counts) == COUNTS
    assert loaded.entries == 28_703
    assert DataRow.objects.links().count() == 203_258
    assert DataRow.objects.filter(denied=True).count() == 704
    assert EntryAncestor.objects.count() == 203_385
    assert EntryFinding.objects.count() == 868_930
    assert loaded.locked_for < 0.2


def test_a_compressed_file_is_read_as_well(folder):
    place = folder(line())
    (place / "phenotype.hpoa.gz").write_bytes(gzip.compress((place / "phenotype.hpoa").read_bytes()))
    (place / "phenotype.hpoa").unlink()

    assert len(kept(place)) == 1


def test_characters_that_nobody_sees_are_taken_out_of_any_data_set(tmp_path):
    path = tmp_path / "hp.obo"
    path.write_text("name:\tSei\u00adzu\u200bre\nname: Do \u202eton\u202c\x02 stop\n", encoding="utf-8")

    assert list(lines_of(path)) == ["name:\tSeizure", "name: Do ton stop"]


def test_a_page_is_tied_only_to_the_entry_with_its_exact_code(data_sets, clinician, moderator):
    code = Code("HPO", "HP:0002135")
    exact = cast.make_page(clinician, moderator, "Exact", kind="finding", codes=(code,))
    cast.make_page(clinician, moderator, "Wider", kind="finding", codes=(replace(code, match="narrower"),))

    ties = SameSubject.objects.filter(entry__code="HP:0002135")
    assert [one.page_id for one in ties] == [exact.pk]
    releases.tie_to_pages()
    assert [one.page_id for one in ties.all()] == [exact.pk]
