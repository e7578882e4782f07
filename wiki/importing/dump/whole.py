"""A dump: everything that readers see, as a folder of files that proves itself."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from wiki.audit import chain
from wiki.importing import pages
from wiki.importing.dump import data_sets, files
from wiki.importing.yaml_words import BadFile
from wiki.models.locks import one_snapshot

README: Final = Path(__file__).parent / "README.txt"


@dataclass(frozen=True)
class Dumped:
    """How much a dump holds."""

    pages: int
    statements: int
    sources: int
    files: int


def dump(folder: Path) -> Dumped:
    """Write a dump into `folder`, in place of an earlier one; raise `BadFile` where it holds anything else.

    It is made beside the folder and put there when it is whole.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / files.CHECKSUMS).exists():
        raise BadFile(f"{folder} holds other files than a dump. Choose an empty folder.")
    made = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    # What is dumped is bound by an anchor that is in the dump.
    chain.anchor()
    with one_snapshot():
        dumped = _write(made)
    _put(made, folder)
    return dumped


def _write(folder: Path) -> Dumped:
    (folder / "README.txt").write_text(README.read_text("utf-8").format(site=settings.SITE_URL), "utf-8")
    exported = list(pages.export())
    written = pages.write_folder(folder / "pages", {one.name: one.text_in_dump for one in exported})
    files.write_reviews(folder, exported)
    statements = files.write_statements(folder / "statements")
    sources = files.write_sources(folder / "sources")
    files.write_record(folder / "record")
    data_sets.write(folder / "data")
    return Dumped(written, statements, sources, files.write_checksums(folder))


def _put(made: Path, folder: Path) -> None:
    """Put a dump in the place of an earlier one."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
