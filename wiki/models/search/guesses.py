"""Pages for a question of which no page holds a word: those with a name that begins so or has these initials,
else those that data sets lead to, else those that mean something alike. One statement.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.models.names import Name
from wiki.models.search.meaning import nearest_in_meaning
from wiki.models.search.postings import Pages, Vectors
from wiki.models.search.suggestions import CHOSEN, beginning
from wiki.text.search.typed import websearch
from wiki.text.slugs import fold

_MOST: Final = 10
# Fewer letters begin too many names.
_SHORTEST: Final = 4
# What may be the first letters of the words of a name; between them small words are passed over.
_INITIALS: Final = re.compile("[a-z]{2,6}")
_PASSED_OVER: Final = "( (a|an|and|by|for|from|in|of|on|or|the|to|with))*"
# Every vector is read, and every name with the first letter, so a very large wiki does without.
_MOST_READ: Final = 20_000
# Of data sets: a page on a wider thing, or on what shows the finding. Of very many diseases some are looked
# at.
GUESSES: Final = f"""
    WITH called AS MATERIALIZED (
        SELECT page_id, 1.0 / row_number() OVER (ORDER BY place) AS score FROM (
            SELECT page_id, min(place) AS place FROM ({CHOSEN}) AS chosen
            JOIN wiki_name ON wiki_name.id = chosen.name JOIN wiki_publishedpage USING (page_id)
            WHERE length(%(letters)s) >= {_SHORTEST} GROUP BY 1 ORDER BY 2 LIMIT {_MOST}
        ) AS named
        UNION ALL SELECT page_id, 1.0 / row_number() OVER (ORDER BY rank, length, page_id) FROM (
            SELECT page_id, min(rank) AS rank, min(length(key)) AS length FROM (
                SELECT page_id, rank, key FROM wiki_name
                WHERE key >= %(initial)s AND key < %(after_initial)s AND rank < {Name.CODE} LIMIT {_MOST_READ}
            ) AS read WHERE key ~ %(initials)s GROUP BY 1 ORDER BY 2, 3 LIMIT {_MOST}
        ) AS in_full JOIN wiki_publishedpage USING (page_id)
    ), entry AS MATERIALIZED (
        SELECT id FROM wiki_entry, websearch_to_tsquery('causeway', %(words)s) AS asked
        WHERE NOT EXISTS (SELECT FROM called) AND search @@ asked
        ORDER BY ts_rank(search, asked, 2) DESC, name, code LIMIT 20
    ), beside AS MATERIALIZED (
        SELECT page_id, max(part) AS score FROM (
            SELECT same.page_id, 1.0 / (1 + upward.distance) AS part
            FROM entry
            JOIN wiki_entryancestor AS upward ON upward.entry_id = entry.id AND upward.distance <= 2
            JOIN wiki_samesubject AS same ON same.entry_id = upward.ancestor_id
            UNION ALL
            SELECT same.page_id, shown.share FROM entry CROSS JOIN LATERAL (
                SELECT disease_id, share FROM wiki_entryfinding WHERE finding_id = entry.id
                ORDER BY share DESC LIMIT 2000
            ) AS shown JOIN wiki_samesubject AS same ON same.entry_id = shown.disease_id
        ) AS led JOIN wiki_publishedpage USING (page_id) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST}
    )
    SELECT page_id, max(score)::float8 AS score, NULL::bytea AS text, NULL::bytea AS title
    FROM called GROUP BY 1
    UNION ALL SELECT page_id, score, NULL, NULL FROM beside
    UNION ALL SELECT page_id, NULL, text, title FROM wiki_pagevector
    WHERE NOT EXISTS (SELECT FROM called) AND NOT EXISTS (SELECT FROM beside) AND (
        SELECT count(*) FROM (SELECT FROM wiki_pagevector LIMIT {_MOST_READ} + 1) AS counted
    ) <= {_MOST_READ}
"""  # noqa: S608  # our own words


class Guesses(NamedTuple):
    """What pages are guessed by: those that names and data sets lead to, and where there are none the vectors
    of all pages.
    """

    led_to: Pages
    vectors: Vectors


def guessed_pages(question: str) -> Pages:
    """Return the few pages that may have to do with a question, the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(GUESSES, guessing(question))
        return nearest(question, guesses_in(cursor.fetchall()))


def guessing(question: str) -> dict[str, Any]:
    """Return what `GUESSES` is given for a question."""
    return beginning(fold(question)) | _abbreviated(fold(question)) | {"words": websearch(question)}


def _abbreviated(letters: str) -> dict[str, Any]:
    """Return by which keys names are found that letters abbreviate: "gfd" is short for a gluten-free diet."""
    if not _INITIALS.fullmatch(letters):
        return {"initial": "", "after_initial": "", "initials": ""}
    words = f"[^ ]*{_PASSED_OVER} ".join(letters)
    return {"initial": letters[0], "after_initial": chr(ord(letters[0]) + 1), "initials": f"^{words}"}


def guesses_in(rows: Sequence[Sequence[Any]]) -> Guesses:
    """Return what rows of `GUESSES` say."""
    led_to = [(page, score) for page, score, *_ in rows if score is not None]
    vectors = {page: (bytes(text), bytes(title)) for page, score, text, title in rows if score is None}
    return Guesses(sorted(led_to, key=lambda one: (-one[1], one[0])), vectors)


def nearest(question: str, guesses: Guesses) -> Pages:
    """Return the few pages that may have to do with a question, of those that are guessed."""
    return guesses.led_to or nearest_in_meaning(question, guesses.vectors)
