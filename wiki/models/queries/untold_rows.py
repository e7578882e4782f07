"""Entries of data sets that may describe something else than the page that has their code."""

from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.domain.relations import LEADS_TO

# From which share on, in per cent, a page on a disease is expected to tell of a finding.
VERY_FREQUENT: Final = 80


class EntryUnlikePage(NamedTuple):
    """A disease of a data set, the page with exactly its code, and on how many findings that is silent."""

    data_set: str
    code: str
    name: str
    slug: str
    title: str
    rows: int
    untold: int
    very_frequent: int
    very_frequent_untold: int


_UNTOLD: Final = """
    WITH counted AS (
        SELECT same.entry_id, same.page_id, count(*) AS rows, count(*) FILTER (WHERE told IS NULL) AS untold,
               count(*) FILTER (WHERE data.share_low >= %(very)s) AS very_frequent,
               count(*) FILTER (WHERE data.share_low >= %(very)s AND told IS NULL) AS very_frequent_untold
        FROM wiki_samesubject AS same
        JOIN wiki_datarow AS data ON data.subject_id = same.entry_id AND NOT data.denied
        LEFT JOIN LATERAL (
            SELECT true FROM wiki_samesubject AS other
            JOIN wiki_statement AS said ON said.object_id = other.page_id AND said.subject_id = same.page_id
            WHERE other.entry_id = data.object_id AND said.relation = ANY (%(leads)s) LIMIT 1
        ) AS found (told) ON true
        GROUP BY same.entry_id, same.page_id
    )
    SELECT release.data_set, entry.code, entry.name, page.slug, page.title,
           rows, untold, very_frequent, very_frequent_untold
    FROM counted JOIN wiki_entry AS entry ON entry.id = counted.entry_id
    JOIN wiki_datarelease AS release ON release.id = entry.release_id
    JOIN wiki_publishedpage AS page ON page.page_id = counted.page_id
    WHERE very_frequent_untold > 0
    ORDER BY very_frequent_untold::float / rows DESC, page.title, entry.code LIMIT %(most)s
"""


def entries_unlike_their_pages(most: int) -> list[EntryUnlikePage]:
    """Return those of whose very frequent findings the page says nothing, the most striking first: by the
    part of all that the entry says which these are. One query.
    """
    asked: dict[str, Any] = {"very": VERY_FREQUENT, "leads": sorted(LEADS_TO), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, asked)
        return [EntryUnlikePage(*one) for one in cursor.fetchall()]
