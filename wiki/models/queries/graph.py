"""The graph of pages and entries: who is meant, how two are linked, what some share, what fits findings.

A page and the entries with exactly its code are one node: the page's number stands for them. The questions
themselves stand in `sql/graph.sql`.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from wiki.domain.codes import codes_in
from wiki.domain.evidence import Grade
from wiki.domain.relations import LEADS_TO

# Nobody reads more ways than that, and each step of each is told with its sources.
MOST_PATHS: Final = 20
# Up to here the links of a node are counted, to begin from the end that has fewer.
COUNTED: Final = 5_000
_MOST_CAUSES: Final = 20


@dataclass(frozen=True)
class GraphNode:
    """A page, an entry or both: its numbers, and how it is shown."""

    numbers: tuple[int, ...]
    title: str
    # What stands in the address of an answer: the page's slug, or the code of the entry.
    name: str
    kind: str
    data_set: str
    degree: int

    @property
    def number(self) -> int:
        """Return the number that stands for all of them."""
        return max(self.numbers)

    @property
    def is_page(self) -> bool:
        """Return whether it is a page."""
        return self.number > 0


@dataclass(frozen=True)
class GraphPath:
    """A way from one node to another: the links in order, and how sure each is.

    A link is `s` and the id of a statement, or `r` and the key of a row.
    """

    nodes: tuple[int, ...]
    links: tuple[str, ...]
    sure: tuple[int, ...]

    @property
    def weakest(self) -> int:
        """Return how sure the weakest link is: a path is no surer."""
        return min(self.sure)

    def reversed(self) -> "GraphPath":
        """Return the way back."""
        return GraphPath(self.nodes[::-1], self.links[::-1], self.sure[::-1])


_RESOLVE: Final = """
    WITH asked AS (
        SELECT * FROM unnest(%(slots)s::int[], %(texts)s::text[], %(keys)s::text[], %(codes)s::jsonb[])
        AS asked (slot, text, key, codes)
    ), page AS (
        SELECT DISTINCT ON (slot) slot, page_id, title, slug, kind FROM (
            SELECT slot, page_id, -1 AS rank FROM asked JOIN wiki_address ON wiki_address.slug = asked.text
            UNION ALL
            SELECT slot, wiki_name.page_id, rank FROM asked JOIN wiki_name ON wiki_name.key = asked.key
            JOIN wiki_publishedpage AS coded ON coded.page_id = wiki_name.page_id
            -- A code that names its system is that of no other system, and of an entry first.
            WHERE asked.codes = '[]' OR NOT EXISTS (SELECT FROM wiki_entry WHERE wiki_entry.code = asked.text)
            AND EXISTS (
                SELECT FROM jsonb_array_elements(asked.codes) AS one
                WHERE coded.codes @> jsonb_build_array(one)
            )
        ) AS found JOIN wiki_publishedpage USING (page_id)
        ORDER BY slot, rank, page_id
    ), entry AS (
        SELECT DISTINCT ON (slot) slot, wiki_entry.* FROM asked
        JOIN wiki_entry ON wiki_entry.code = asked.text OR lower(wiki_entry.name) = lower(asked.text)
        WHERE NOT EXISTS (SELECT FROM page WHERE page.slot = asked.slot)
        ORDER BY slot, wiki_entry.code <> asked.text, wiki_entry.id DESC
    ), shown AS (
        SELECT slot, page_id, title, slug AS name, kind FROM page
        UNION ALL
        SELECT slot, wiki_publishedpage.page_id, title, slug, wiki_publishedpage.kind
        FROM entry JOIN wiki_samesubject AS same ON same.entry_id = entry.id
        JOIN wiki_publishedpage ON wiki_publishedpage.page_id = same.page_id
    ), node AS (
        SELECT slot, page_id AS id, title, name, kind, '' AS data_set FROM shown
        UNION ALL
        SELECT slot, one.id, one.name, one.code, one.kind, data_set
        FROM (
            SELECT slot, same.entry_id AS id FROM shown JOIN wiki_samesubject AS same USING (page_id)
            UNION SELECT slot, id FROM entry
        ) AS found JOIN wiki_entry AS one USING (id) JOIN wiki_datarelease ON wiki_datarelease.id = release_id
    )
    SELECT DISTINCT slot, node.id, title, name, kind, data_set, (
        SELECT count(*) FROM (
            SELECT FROM wiki_graphlink AS link WHERE link.node = node.id LIMIT %(most)s
        ) AS counted
    ) AS links FROM node ORDER BY slot, node.id DESC
"""
# The nodes that are asked for, each once; an answer about them comes in the same statement.
_ENDS: Final = f"""
    WITH resolved AS MATERIALIZED ({_RESOLVE}), ends AS MATERIALIZED (
        SELECT number, numbers, degree, row_number() OVER (ORDER BY slot) - 1 AS place FROM (
            SELECT DISTINCT ON (number) * FROM (
                SELECT slot, max(id) AS number, array_agg(id ORDER BY id DESC) AS numbers,
                    sum(links) AS degree
                FROM resolved GROUP BY slot
            ) AS named ORDER BY number, slot
        ) AS each
    )
"""  # noqa: S608  # our own words
_NODES: Final = """
    SELECT slot, id, title, name, kind, data_set, links, NULL::jsonb AS answer FROM resolved
"""


type Names = Sequence[str]
# What each name leads to.
type Nodes = list[GraphNode | None]


def _rows(statement: str, texts: Names, keys: Names) -> list[tuple[Any, ...]]:
    if not texts:
        return []
    asked: dict[str, Any] = {
        "slots": list(range(len(texts))),
        "texts": list(texts),
        "keys": list(keys),
        "codes": [_codes(text) for text in texts],
        "most": COUNTED,
        "leading": sorted(LEADS_TO),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _codes(text: str) -> str:
    return json.dumps([{"system": system, "code": code} for system, code in codes_in(text).items()])


def _nodes(number: int, rows: Iterable[tuple[Any, ...]]) -> Nodes:
    found: Nodes = [None] * number
    of_slots: dict[int, list[tuple[Any, ...]]] = {}
    for slot, *row in rows:
        of_slots.setdefault(slot, []).append(tuple(row))
    for slot, mine in of_slots.items():
        _, title, name, kind, data_set, _ = mine[0]
        numbers = tuple(row[0] for row in mine)
        found[slot] = GraphNode(numbers, title, name, kind, data_set, sum(row[5] for row in mine))
    return found


def _answered(statement: str, texts: Names, keys: Names) -> tuple[Nodes, list[Any]]:
    """Return the page or entry that each text names, and the rows of the answer about them. One query.

    A text is an address, a title, an alias or a code; `keys` are the texts as names are looked up.
    """
    rows = _rows(f"{_ENDS} {statement}", texts, keys)
    nodes = sorted((row[:-1] for row in rows if row[0] is not None), key=lambda row: (row[0], -row[1]))
    return _nodes(len(texts), nodes), [_as_json(row[-1]) for row in rows if row[0] is None]


def different(nodes: Nodes) -> list[GraphNode]:
    """Return those that there are, each once."""
    return list({one.number: one for one in nodes if one}.values())


_WAY: Final = """
    SELECT found.links, found.sure, found.nodes, (SELECT min(one) FROM unnest(found.sure) AS one) AS weakest
    FROM small, large, LATERAL causeway_paths(small.numbers, large.numbers, {}) AS found
    WHERE (
        SELECT count(*) = count(DISTINCT node)
        FROM unnest(small.number || found.nodes || large.number) AS node
    )
"""
# It looks from both ends, one step more each time: on to three links unless a way of moderate certainty was
# found, or as many as are shown; on to four unless one was that no evidence is against. What is asked of the
# ways before is asked once, before the next ones are looked for.
_WAYS: Final = f"""
    , small AS MATERIALIZED (SELECT * FROM ends WHERE (
        SELECT count(*) FROM ends
    ) = 2 ORDER BY degree, place LIMIT 1),
    large AS MATERIALIZED (SELECT * FROM ends ORDER BY degree, place OFFSET 1 LIMIT 1),
    two AS MATERIALIZED ({_WAY.format(2)}),
    three AS MATERIALIZED ({_WAY.format(3)} AND NOT EXISTS (
        SELECT FROM two WHERE weakest >= {Grade.MODERATE.rank}
    ) AND (SELECT count(DISTINCT links) FROM two) < {MOST_PATHS}),
    four AS MATERIALIZED (
        {_WAY.format(4)} AND NOT EXISTS (
            SELECT FROM two WHERE weakest >= 0 UNION ALL SELECT FROM three WHERE weakest >= 0
        )
    ), ways AS (SELECT * FROM two UNION ALL SELECT * FROM three UNION ALL SELECT * FROM four)
    {_NODES} UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, jsonb_build_array(links, sure, nodes) FROM ways
"""  # noqa: S608  # our own words


def paths_between(texts: Names, keys: Names) -> tuple[Nodes, list[GraphPath]]:
    """Return what names lead to; of two, the ways between, the shortest first, then the surest. One query.

    From the third step on, nothing leads through a node with very many links.
    """
    nodes, rows = _answered(_WAYS, texts, keys)
    if not rows:
        return nodes, []
    start, end = different(nodes)
    small, large = sorted((start, end), key=lambda one: one.degree)
    found: dict[tuple[str, ...], GraphPath] = {}
    for links, sure, between in rows:
        path = GraphPath((small.number, *between, large.number), tuple(links), tuple(sure))
        found.setdefault(path.links, path)
    ways = sorted(found.values(), key=lambda path: (len(path.links), -path.weakest, -sum(path.sure)))
    return nodes, [path if small is start else path.reversed() for path in ways[:MOST_PATHS]]


@dataclass(frozen=True)
class InCommon:
    """A node that is linked to several others in the same way, with its surest link to each."""

    node: int
    links: tuple[str, ...]
    sure: tuple[int, ...]


_SHARED: Final = f"""
    , small AS MATERIALIZED (SELECT * FROM ends WHERE (
        SELECT count(*) FROM ends
    ) > 1 ORDER BY degree, place LIMIT 1),
    others AS MATERIALIZED (
        SELECT array_agg(ends.place::integer ORDER BY ends.place, number.one) AS slots,
            array_agg(number.one ORDER BY ends.place, number.one) AS numbers
        FROM small, ends, unnest(ends.numbers) AS number (one) WHERE ends.place <> small.place
    )
    {_NODES} UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        jsonb_build_array(small.place, found.node, found.link, found.sure, found.theirs)
    FROM small, others, LATERAL causeway_in_common(small.numbers, others.slots, others.numbers) AS found
"""  # noqa: S608  # our own words


def shared_by(texts: Names, keys: Names) -> tuple[Nodes, list[InCommon]]:
    """Return what names lead to; of several, what is linked to each of them in the same way. One query.

    The surest first, then the rarest: what is linked to little else says more.
    """
    nodes, rows = _answered(_SHARED, texts, keys)
    return nodes, [_in_common(*row) for row in rows]


def _in_common(first: int, node: int, link: str, sure: int, theirs: list[Any]) -> InCommon:
    found = sorted([[first, link, sure], *theirs])
    return InCommon(node, tuple(one[1] for one in found), tuple(one[2] for one in found))


@dataclass(frozen=True)
class DiseaseFit:
    """A disease that fits some findings, and how.

    Each match is the finding asked for, what the disease shows, how often, what that is worth, and the key
    and the sources of the row that tells it; "" for the key where no row is left.
    """

    disease: int
    score: float
    matched: tuple[tuple[int, int, float, float, str, list[str]], ...]


def fitting(findings: Sequence[int], most: int = 20) -> list[DiseaseFit]:
    """Return the diseases that fit some findings best, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM causeway_fitting(%s::bigint[], %s)", [list(findings), most])
        rows = cursor.fetchall()
    return [
        DiseaseFit(disease, score, tuple(tuple(one) for one in _as_json(told)))
        for disease, score, told in rows
    ]


_CAUSING: Final = f"""
    , best AS (
        SELECT DISTINCT ON (other, node) other AS cause, node, 's' || statement_id AS link, sure
        FROM wiki_graphlink
        WHERE node = ANY (ARRAY(SELECT id FROM resolved WHERE id > 0)) AND statement_id IS NOT NULL
            AND NOT forward AND sure >= 0 AND relation = ANY (%(leading)s)
        ORDER BY other, node, sure DESC, statement_id
    ), causes AS (
        SELECT row_number() OVER (ORDER BY count(*) DESC, sum(sure) DESC, cause) AS place, cause,
            jsonb_agg(jsonb_build_array(cause, link) ORDER BY sure DESC) AS told
        FROM best GROUP BY cause
    )
    {_NODES} UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, jsonb_build_array(place, told)
    FROM causes WHERE place <= {_MOST_CAUSES}
"""  # noqa: S608  # our own words


def causing(texts: Names, keys: Names) -> tuple[Nodes, list[list[tuple[int, str]]]]:
    """Return what names lead to, and for each page that leads to some of them the surest link to each, those
    to most of them first. One query.
    """
    nodes, rows = _answered(_CAUSING, texts, keys)
    return nodes, [[tuple(one) for one in told] for _, told in sorted(rows)]


def _as_json(told: Any) -> Any:
    """Return JSON of a query that Django did not write, which it leaves as text."""
    return json.loads(told) if isinstance(told, str) else told


def split(links: Collection[str]) -> tuple[list[int], list[str]]:
    """Return the ids of statements and the keys of rows among some links."""
    statements = sorted(int(link[1:]) for link in links if link.startswith("s"))
    return statements, sorted(link[1:] for link in links if link.startswith("r"))
