"""Data sets of others in a dump: each in a folder of its own, under its own licence, as it was loaded."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wiki.models.data_sets.entries import DataRelease, DataRow, Entry

_BATCH: Final = 2_000
_ENTRIES: Final = ("code", "kind", "name", "synonyms", "former_codes", "definition")
_ROWS: Final = (
    *("key", "subject", "relation", "object", "denied", "frequency", "sources", "evidence", "details"),
)


def write(folder: Path) -> int:
    """Write the release of each data set that readers are shown; return how many there are."""
    releases = list(DataRelease.objects.current().order_by("data_set"))
    for release in releases:
        _write_release(release, folder / release.data_set)
    return len(releases)


def _write_release(release: DataRelease, place: Path) -> None:
    place.mkdir(parents=True)
    about = release.about
    licence = f"{about.label}, release {release.version}\n{about.address}\n\n{release.notice}\n"
    licence += f"Licence: {about.licence}, {about.licence_address}\nCite as: {about.citation}\n"
    licence += "".join(f"{prefix} {words}\n" for prefix, words in about.credits)
    (place / "LICENCE").write_text(licence, "utf-8")
    entries = Entry.objects.filter(release=release).defer("comment", "search").order_by("code")
    _table(place / "entries.tsv", _ENTRIES, (_entry(one) for one in entries.iterator(_BATCH)))
    rows = DataRow.objects.filter(release=release).select_related("subject", "object").order_by("key")
    long = (f"{end}__{part}" for end in ("subject", "object") for part in ("definition", "comment", "search"))
    _table(place / "rows.tsv", _ROWS, (_row(one) for one in rows.defer(*long).iterator(_BATCH)))


def _entry(one: Entry) -> list[str]:
    return [one.code, one.kind, one.name, _list(one.synonyms), _list(one.former_codes), one.definition]


def _row(one: DataRow) -> list[str]:
    ends = one.subject.code, one.relation, one.object.code
    details = json.dumps(one.details, ensure_ascii=False, sort_keys=True) if one.details else ""
    told = "yes" if one.denied else ""
    return [one.key, *ends, told, one.frequency, _list(one.sources), one.evidence, details]


def _list(values: Iterable[str]) -> str:
    return "|".join(values)


def _table(path: Path, columns: Iterable[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(columns) + "\n")
        file.writelines("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
