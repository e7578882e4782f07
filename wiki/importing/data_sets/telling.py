"""What a command says of a data set that it loaded."""

from collections.abc import Iterator

from wiki.importing.data_sets.loading import LoadedDataSet


def lines_about(loaded: LoadedDataSet) -> Iterator[str]:
    """Yield what was read, kept and dropped, and what came, went and changed."""
    release = loaded.release
    yield f"{release}"
    for what, number in release.counts:
        yield f"  {number:>9,}  {what}"
    if not loaded.is_new:
        yield "Exactly these files are loaded already; nothing changed."
        return
    for what, told in loaded.report.items():
        yield f"{what}: {told['came']:,} came, {told['went']:,} went, {told['changed']:,} changed."
    if loaded.tasks:
        yield f"{loaded.tasks:,} tasks were opened: pages rest on rows that changed or are gone."
    yield (
        f"{loaded.entries:,} entries and {loaded.rows:,} rows in {loaded.seconds:.1f} seconds; "
        f"readers were locked out for {loaded.locked_for * 1000:.0f} ms."
    )
