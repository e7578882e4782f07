"""Chains of the record as lines of JSON: all that is needed to recompute them elsewhere."""

from collections.abc import Iterator
from typing import Any, Final

from wiki.models.chains import Link
from wiki.models.revisions import Revision
from wiki.models.row_states import ROWS, RowState
from wiki.models.users import ANYBODY
from wiki.text.canonical_json import digest_of

# What of a link everybody may read: when a version was published, and the digest and note of one that readers
# have seen. Of all else they get a digest, from which nothing can be told.
OPEN: Final = ("publication", "ending")
_BATCH: Final = 500


def chain_lines(page_id: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield each link of every chain, or of one page's, in order."""
    links = Link.objects.in_order() if page_id is None else Link.objects.filter(page=page_id).in_order()
    seen = set(Revision.objects.visible_to(ANYBODY).values_list("pk", flat=True))
    for link in links.iterator(_BATCH):
        is_open = link.table in OPEN or (link.table == "revision" and link.row in seen)
        yield _line(link.page_id, link, link.payload if is_open else None)
    if page_id is None:
        for state in RowState.objects.in_order().iterator(_BATCH):
            yield _line(ROWS, state, None)


def _line(chain: int | str | None, link: Link | RowState, payload: dict[str, Any] | None) -> dict[str, Any]:
    """Return one link as it is told to everybody."""
    return {
        "chain": chain,
        "place": link.place,
        "table": link.table,
        "row": link.row,
        "payload_digest": digest_of(link.payload),
        "previous": link.previous,
        "digest": link.digest,
        **({"payload": payload} if payload is not None else {}),
    }
