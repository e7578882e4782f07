"""Pages for words that no page says, by what data sets say of them."""

from typing import Final

from django.db import connection

from wiki.text.search.typed import websearch

_MOST: Final = 10
# A page on a wider thing, or on what shows the finding. Of very many diseases some are looked at.
_BESIDE: Final = """
    WITH entry AS MATERIALIZED (
        SELECT id FROM wiki_entry, websearch_to_tsquery('causeway', %(words)s) AS asked
        WHERE search @@ asked ORDER BY ts_rank(search, asked, 2) DESC, name, code LIMIT 20
    ), beside AS (
        SELECT same.page_id, 1.0 / (1 + upward.distance) AS part
        FROM entry JOIN wiki_entryancestor AS upward ON upward.entry_id = entry.id AND upward.distance <= 2
        JOIN wiki_samesubject AS same ON same.entry_id = upward.ancestor_id
        UNION ALL
        SELECT same.page_id, shown.share FROM entry CROSS JOIN LATERAL (
            SELECT disease_id, share FROM wiki_entryfinding WHERE finding_id = entry.id
            ORDER BY share DESC LIMIT 2000
        ) AS shown JOIN wiki_samesubject AS same ON same.entry_id = shown.disease_id
    )
    SELECT page_id, max(part) FROM beside JOIN wiki_publishedpage USING (page_id)
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(most)s
"""


def pages_by_data_sets(question: str) -> list[tuple[int, float]]:
    """Return the few pages that have to do with the entries that a question names, the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"words": websearch(question), "most": _MOST})
        return [(page, float(part)) for page, part in cursor.fetchall()]
