"""What an index of pages offers to jump to: the kinds and the letters that have pages."""

import string
from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from django.db import connection

from wiki.domain.kinds import KINDS, Kind
from wiki.models.lists.keyset import ListPart

# Under the first of them stands what begins with a figure.
LETTERS: Final = ("0", *string.ascii_lowercase)

# Each looks into an index once: neither grows with the number of pages. The first address at or after a
# letter tells whether one begins with it.
_KINDS: Final = """
    SELECT 'kind', kind FROM unnest(%(kinds)s::text[]) AS asked (kind)
    WHERE EXISTS (SELECT FROM wiki_publishedpage one WHERE one.kind = asked.kind)
"""
_LETTERS: Final = """
    SELECT 'letter', letter FROM unnest(%(letters)s::text[]) AS asked (letter)
    CROSS JOIN LATERAL (
        SELECT slug FROM wiki_publishedpage WHERE slug >= letter {of_kind} ORDER BY slug LIMIT 1
    ) AS found
    WHERE left(slug, 1) = letter OR (letter = '0' AND slug ~ '^[0-9]')
"""
_OF_KIND: Final = "AND kind = %(kind)s"


class IndexJumps(NamedTuple):
    """Where one can go from an index."""

    kinds: list[Kind]
    letters: list[str]

    @classmethod
    def from_part(cls, rows: ListPart, kind: str = "") -> Self:
        """Return where one can go from a part of the index of all pages, or of those of one kind.

        One query at most: what stands in rows that are all there are need not be asked.
        """
        letters = {("letter", one.first_letter) for one in rows} if rows.is_whole else None
        kinds = {("kind", one.kind) for one in rows} if rows.is_whole and not kind else None
        asked: dict[str, str | list[str]] = {"kinds": [*KINDS], "letters": [*LETTERS], "kind": kind}
        queries = [] if kinds is not None else [_KINDS]
        queries += [] if letters is not None else [_LETTERS.format(of_kind=_OF_KIND if kind else "")]
        found = (kinds or set()) | (letters or set()) | _jumps(queries, asked)
        known = [one for name, one in KINDS.items() if ("kind", name) in found]
        return cls(known, [one for one in LETTERS if ("letter", one) in found])


def _jumps(queries: list[str], asked: Mapping[str, str | list[str]]) -> set[tuple[str, str]]:
    if not queries:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries), asked)
        return set(cursor.fetchall())
