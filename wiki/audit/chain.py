"""The chain: each row of the record bound to the one before; all chains are anchored regularly."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from wiki.models import Anchor, Link, RowState, clock
from wiki.models.chains import LINKS_TO_AN_ANCHOR, payload_of
from wiki.models.row_states import ROWS
from wiki.text.canonical_json import anchor_digest, link_digest

LATE_LINKS: Final = 100
WHAT_READERS_SEE: Final = frozenset({"publication", "ending"})


def bind(table: str, row: Any, *, page_id: int | None) -> Link:
    """Add a new row to the chain of its page, or to the site's chain.

    Goes with the act, in its transaction: neither is there without the other, and the database sees to it.
    """
    (link,) = bind_many([(table, row, page_id)])
    return link


def bind_many(rows: Sequence[tuple[str, Any, int | None]]) -> list[Link]:
    """Add new rows, each with its table and its page, to the chains of their pages, in this order."""
    if not rows:
        return []
    _anchor_after_commit()
    heads = _heads_of_this_transaction()
    heads.find({page_id for _, _, page_id in rows})
    links = []
    for table, row, page_id in rows:
        place, previous = heads.head_of(page_id)
        payload = payload_of(table, row)
        said = {"place": place + 1, "table": table, "row": row.pk, "payload": payload, "previous": previous}
        digest = link_digest(chain=page_id, **said)
        heads.keep(page_id, place + 1, digest)
        links.append(Link(page_id=page_id, digest=digest, **said))
    return Link.objects.add(links)


@dataclass(eq=False)
class _Heads:
    """The ends of the chains that this transaction has added to, by savepoint.

    A chain is held until the transaction ends, so nobody else adds to it. What was added in a savepoint
    counts in that savepoint alone: it may be rolled back. It lies among what the connection does after the
    commit, and so is gone when the transaction is over.
    """

    known: dict[tuple[str, ...], dict[int | None, tuple[int, str]]] = field(default_factory=dict)

    def __call__(self) -> None:
        """Do nothing: the object only has to disappear with the transaction."""

    def find(self, chains: Collection[int | None]) -> None:
        """Read the ends of the chains that are not known yet: of those of pages with one query."""
        known = self._here()
        pages = sorted(one for one in chains if one is not None and one not in known)
        if None in chains and None not in known:
            known[None] = Link.objects.head_of(None)
        if pages:
            known.update(Link.objects.heads_of(pages))

    def head_of(self, page_id: int | None) -> tuple[int, str]:
        """Return place and digest of the last link of a chain that was found."""
        return self._here()[page_id]

    def _here(self) -> dict[int | None, tuple[int, str]]:
        return self.known.setdefault(tuple(transaction.get_connection().savepoint_ids), {})

    def keep(self, page_id: int | None, place: int, digest: str) -> None:
        """Remember the link that is added now; a chain changed in another savepoint is queried again."""
        for known in self.known.values():
            known.pop(page_id, None)
        self._here()[page_id] = (place, digest)


def _heads_of_this_transaction() -> _Heads:
    hooks = transaction.get_connection().run_on_commit
    found = next((function for _, function, *_ in hooks if isinstance(function, _Heads)), None)
    if found is None:
        found = _Heads()
        transaction.on_commit(found)
    return found


def _anchor_after_commit() -> None:
    """Make an anchor after the commit of this transaction, if one is due then."""
    planned = (function for _, function, *_ in transaction.get_connection().run_on_commit)
    if anchor_when_due not in planned:
        # The act is committed by then; if the anchor fails, the next one includes these links.
        transaction.on_commit(anchor_when_due, robust=True)


def anchor_when_due() -> Anchor | None:
    """Make an anchor if a publication changed since the last one, or many links were written."""
    last = Anchor.objects.newest()
    tables = Link.objects.tables_after(last.last_link if last else 0)
    is_due = len(tables) == LINKS_TO_AN_ANCHOR or not WHAT_READERS_SEE.isdisjoint(tables)
    return anchor() if is_due else None


def anchor() -> Anchor | None:
    """Bind the ends of the grown chains in one digest; return it, or None if nothing was added.

    Each anchor rests on the one before, so an end is bound until its chain grows. The first anchor of a day
    begins a day earlier than the last one ended: links that were committed late are bound then.
    """
    today, last = timezone.localdate(), Anchor.objects.newest_with_heads()
    newest, rows = Link.objects.newest_pk(), RowState.objects.head()
    if last is not None and last.day >= today:
        if newest == last.last_link and rows == last.heads.get(ROWS, []):
            return None
        # Links can be committed in another order than they were written.
        after = last.last_link - LATE_LINKS
    else:
        earlier = Anchor.objects.newest_before(last.day) if last else None
        after = earlier.last_link if earlier else 0
    made_at, previous, heads = clock.now(), last.digest if last else "", Link.objects.heads_after(after)
    heads |= {ROWS: rows} if rows else {}
    digest = anchor_digest(day=today, made_at=made_at, heads=heads, previous=previous)
    said = {"day": today, "made_at": made_at, "heads": heads, "digest": digest, "last_link": newest}
    # Another process may make the same anchor first; then that one is kept.
    return Anchor.objects.add(Anchor(previous=previous, **said))


def anchor_today() -> int:
    """Make the daily anchor; return how many were made. For `manage.py run_jobs`."""
    return int(anchor() is not None)
