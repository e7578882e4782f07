"""Acts on rows of data sets: to make one a source that statements can cite."""

from wiki.acts.library import sources
from wiki.domain.data_sets import ROW_SCHEME
from wiki.domain.evidence import Basis
from wiki.models import DataRow, Source, User
from wiki.text.sources.identifiers import Identifier


def add_as_source(row: DataRow, *, by: User) -> Source:
    """Return the source that stands for a row, added if it is new. The row needs both its ends."""
    about = row.release.about
    csl = {
        "type": "dataset",
        "title": row.sentence,
        "publisher": about.label,
        "version": row.release.version,
        "note": row.statement,
    }
    return sources.add([Identifier(ROW_SCHEME, row.key)], csl, type=Basis.DATASET.value, by=by)
