"""The chain: each row of the record bound to the one before, all chains anchored daily."""

from typing import Any

from django.utils import timezone

from wiki.models import Anchor, Link, clock
from wiki.models.chains import payload_of
from wiki.text.canonical_json import anchor_digest, link_digest


def bind(table: str, row: Any, *, page_id: int | None) -> Link:
    """Add a row that was just written to the chain of its page, or to the site's.

    Goes with the act, in its transaction: neither is there without the other, and the database sees to it.
    """
    place, previous = Link.objects.head_of(page_id)
    payload = payload_of(table, row)
    digest = link_digest(
        chain=page_id, place=place + 1, table=table, row=row.pk, payload=payload, previous=previous
    )
    return Link.objects.create(
        page_id=page_id,
        place=place + 1,
        table=table,
        row=row.pk,
        payload=payload,
        previous=previous,
        digest=digest,
    )


def anchor() -> Anchor | None:
    """Bind the ends of all chains in one digest, once a day; return it, or None if today's is there."""
    today = timezone.localdate()
    last = Anchor.objects.newest_first().first()
    if last is not None and last.day >= today:
        return None
    made_at, heads, previous = clock.now(), Link.objects.heads(), last.digest if last else ""
    digest = anchor_digest(day=today, made_at=made_at, heads=heads, previous=previous)
    said = {"made_at": made_at, "heads": heads, "previous": previous, "digest": digest}
    # Another process may be quicker; then its anchor stands.
    made, is_ours = Anchor.objects.get_or_create(day=today, defaults=said)
    return made if is_ours else None


def anchor_today() -> int:
    """Make today's anchor if it is missing; return how many were made. For `manage.py run_jobs`."""
    return int(anchor() is not None)
