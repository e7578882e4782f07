"""Where an address leads that no published page has now: to its page, to the one in its place, or nowhere."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

# A retired page may be replaced by one that was retired later. UNION leaves out what was passed already, so a
# circle of them ends.
_LED: Final = """
    WITH RECURSIVE passed AS (
        SELECT page.id, page.retired, page.replaced_by_id
        FROM wiki_address JOIN wiki_page AS page ON page.id = wiki_address.page_id
        WHERE wiki_address.slug = %(slug)s
        UNION
        SELECT page.id, page.retired, page.replaced_by_id
        FROM passed JOIN wiki_page AS page ON page.id = passed.replaced_by_id WHERE passed.retired <> ''
    )
    SELECT page.retired, (
        SELECT shown.slug FROM passed JOIN wiki_publishedpage AS shown ON shown.page_id = passed.id
        LIMIT 1
    ) FROM wiki_address JOIN wiki_page AS page ON page.id = wiki_address.page_id
    WHERE wiki_address.slug = %(slug)s
"""


@dataclass(frozen=True)
class LedTo:
    """What became of the page at an address: why it is retired, and the address that readers get now."""

    # "" where it is not retired.
    retired: str
    # "" where readers get nothing.
    slug: str


def led_to(slug: str) -> LedTo | None:
    """Return what became of the page at an address; None where no page ever had it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LED, {"slug": slug})
        row = cursor.fetchone()
    return LedTo(row[0], row[1] or "") if row else None
