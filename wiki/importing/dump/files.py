"""The files of a dump, but for the pages: statements, sources, the record, checksums."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from wiki.audit import check_record
from wiki.domain.statement_fields import VALUE_FIELDS
from wiki.importing.dump import nanopublications
from wiki.importing.pages import ExportedPage
from wiki.models import ANYBODY, Anchor, Publication, Statement
from wiki.models.queries.machines.chain_export import chain_lines
from wiki.models.queries.machines.public_statements import public_statements, published_sources
from wiki.published.redaction import readable_version
from wiki.text.document import FORMAT

CHECKSUMS: Final = "SHA256SUMS"
_OWN: Final = tuple(one.name for one in VALUE_FIELDS)
COLUMNS: Final = (
    *("id", "subject", "subject_title", "relation", "object", "object_title"),
    *_OWN,
    "sources",
)


def write_statements(folder: Path) -> int:
    """Write all statements as TSV and as TriG; return how many there are."""
    folder.mkdir(parents=True)
    keys = {one.pk: one.key for one in published_sources()}
    found = [(one, [keys[pk] for pk in one.source_ids if pk in keys]) for one in public_statements()]
    lines = ("\t".join(_row(one, cited)) + "\n" for one, cited in found)
    _write(folder / "statements.tsv", ["\t".join(COLUMNS) + "\n", *lines])
    graphs = (f"\n{nanopublications.trig_of(one, cited)}" for one, cited in found)
    _write(folder / "statements.trig", [nanopublications.prefixes(), *graphs])
    return len(found)


def _row(one: Statement, keys: list[str]) -> Iterator[str]:
    yield nanopublications.address_of(one, keys)
    for name in COLUMNS[1:6]:
        yield _cell(getattr(one, {"subject": "subject_slug", "object": "object_slug"}.get(name, name)))
    for name in _OWN:
        yield _cell(getattr(one, name))
    yield " ".join(keys)


def _cell(value: str) -> str:
    """Return a text without tabs and line breaks, which would end the cell."""
    return " ".join(value.split())


def write_reviews(folder: Path, exported: Iterable[ExportedPage]) -> None:
    """Write what each page says of its review here: when, of which version. Names stay in the wiki."""
    head = "\t".join(("file", "version", "digest", "review", "approved")) + "\n"
    rows = (
        (f"pages/{one.name}", str(one.version), one.digest, one.file.review, one.file.approved)
        for one in exported
    )
    _write(folder / "reviews.tsv", [head, *("\t".join(row) + "\n" for row in rows)])


def write_sources(folder: Path) -> int:
    """Write all sources that published pages rest on as CSL-JSON; return how many there are."""
    folder.mkdir(parents=True)
    records = [{**one.csl, "id": one.key} for one in published_sources()]
    text = json.dumps(records, ensure_ascii=False, indent=1, sort_keys=True)
    _write(folder / "sources.json", [text, "\n"])
    return len(records)


def write_record(folder: Path) -> None:
    """Write what proves the dump: anchors, chains, the version of each page, and the script for them."""
    folder.mkdir(parents=True)
    anchors = {"anchors": [one.as_json() for one in Anchor.objects.in_order()][::-1]}
    _write(folder / "anchors.json", [json.dumps(anchors, ensure_ascii=False), "\n"])
    _write(folder / "chains.jsonl", _json_lines(chain_lines()))
    _write(folder / "versions.jsonl", _json_lines(_versions()))
    _write(folder / "check_record.py", [Path(str(check_record.__file__)).read_text("utf-8")])


def _versions() -> Iterator[dict[str, Any]]:
    """Yield the version behind each page file; of one that holds a corrected passage the digest alone."""
    for live in sorted(Publication.objects.for_files(), key=lambda one: one.revision.slug):
        revision = live.revision
        is_whole = not readable_version(ANYBODY, revision).fixes
        yield {
            "file": f"pages/{revision.slug}.md",
            "page": revision.page_id,
            "version": revision.number,
            "digest": revision.digest,
            "document": {"format": FORMAT, **revision.content} if is_whole else None,
        }


def write_checksums(folder: Path) -> int:
    """Write the SHA-256 of every file, in the form that `sha256sum --check` reads; return how many."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    digests = ((hashlib.sha256((folder / name).read_bytes()).hexdigest(), name) for name in names)
    _write(folder / CHECKSUMS, [f"{digest}  {name}\n" for digest, name in digests])
    return len(names)


def _json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
