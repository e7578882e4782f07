"""Loading a data set: entries and rows of its files become the release that readers are shown."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from wiki.acts.upkeep.data_rows import open_tasks
from wiki.importing.data_sets import obo
from wiki.importing.data_sets.records import BadDataSet, DataSetFiles, EntryRecord, RowRecord
from wiki.models import DataRelease
from wiki.models.data_sets import releases
from wiki.models.data_sets.citations import cited_rows

type Progress = Callable[[str], None]

SHOWN_EVERY: Final = 50_000


@dataclass(frozen=True)
class LoadedDataSet:
    """What was loaded, and what it took."""

    release: DataRelease
    is_new: bool
    locked_for: float = 0.0
    seconds: float = 0.0
    entries: int = 0
    rows: int = 0
    report: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Tasks on pages that rest on a row which changed or is gone.
    tasks: int = 0


def load(files: DataSetFiles, *, progress: Progress) -> LoadedDataSet:
    """Load a release of a data set, unless exactly these files are what readers are shown already."""
    began = time.perf_counter()
    with releases.one_at_a_time(files.data_set):
        before = DataRelease.objects.shown_of(files.data_set)
        if before and (before.version, before.files) == (files.version, files.digests):
            return LoadedDataSet(before, is_new=False, report=before.report)
        for one in DataRelease.objects.filter(data_set=files.data_set, is_current=False):
            releases.drop(one)
        said = {key: words for key, (_, words) in cited_rows().items()}
        release, entries, rows = _filled(files, before, progress)
        locked_for = releases.swap(release, before)
        releases.tie_to_pages()
        releases.tidy(release)
        opened = open_tasks(said, release)
        if before:
            releases.drop(before)
    release.refresh_from_db()
    seconds = time.perf_counter() - began
    return LoadedDataSet(release, True, locked_for, seconds, entries, rows, release.report, opened)


@transaction.atomic
def _filled(
    files: DataSetFiles, before: DataRelease | None, progress: Progress
) -> tuple[DataRelease, int, int]:
    release = DataRelease(data_set=files.data_set, version=files.version, files=files.digests)
    release.save()
    releases.prepare(release)
    entries = {one.code: one for one in files.entries()}
    progress(f"{len(entries):,} entries read.")
    numbers = releases.numbers_of(files.data_set, entries)
    releases.fill(release, "entry", (_entry(one, numbers) for one in entries.values()))
    releases.fill(release, "entrycode", _codes(entries, numbers))
    above = {code: one.parents for code, one in entries.items()}
    steps = ((numbers[one], numbers[other], far) for one, other, far in obo.distances(above))
    releases.fill(release, "entryancestor", steps)
    rows = releases.fill(release, "datarow", _rows(files, numbers, progress))
    progress(f"{rows:,} rows copied. Working out what follows from them.")
    releases.finish(release)
    release.counts = list(files.counts.items())
    release.report = releases.compare(release, before)
    release.save()
    return release, len(entries), rows


def _entry(one: EntryRecord, numbers: dict[str, int]) -> tuple[Any, ...]:
    texts = (one.code, one.kind.value, one.name, one.definition, one.comment)
    return numbers[one.code], *texts, list(one.synonyms), list(one.former_codes)


def _codes(entries: dict[str, EntryRecord], numbers: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for code, one in entries.items():
        for system, value in dict.fromkeys(one.codes):
            yield numbers[code], system, value


def _rows(files: DataSetFiles, numbers: dict[str, int], progress: Progress) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(files.rows(), 1):
        if place % SHOWN_EVERY == 0:
            progress(f"{place:,} rows")
        yield _row(one, numbers)


def _row(one: RowRecord, numbers: dict[str, int]) -> tuple[Any, ...]:
    try:
        ends = numbers[one.subject], numbers[one.object]
    except KeyError as error:
        raise BadDataSet(f"A row names {error}, which the data set does not explain.") from error
    low, high = one.shares or (None, None)
    return (
        *(one.key, ends[0], one.relation, ends[1], one.denied, one.frequency, low, high),
        *(list(one.sources), one.evidence, json.dumps(one.details)),
    )
