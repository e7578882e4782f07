"""Rows of data sets that are records of sources: what each says now."""

from wiki.domain.data_sets import ROW_SCHEME
from wiki.models.data_sets.entries import DataRow
from wiki.models.sources import SourceId


def cited_rows() -> dict[str, tuple[int, str]]:
    """Return, by key, the source that stands for each row and what the row says now; "" where it is gone."""
    known = dict(SourceId.objects.filter(scheme=ROW_SCHEME).values_list("value", "source"))
    rows = DataRow.objects.with_keys(known)
    return {key: (source, rows[key].statement if key in rows else "") for key, source in known.items()}


def was_ever_cited(key: str) -> bool:
    """Return whether a row is a record of a source, so that some release had it."""
    return SourceId.objects.filter(scheme=ROW_SCHEME, value=key).exists()
