"""What the pages say, for maps: the causes of the chief subject of the wiki, the links of each kind."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

MOST_READ: Final = 3_000
# A kind with more pages has no map: nobody could read it.
MOST_PAGES: Final = 500


@dataclass(frozen=True)
class MapRow:
    """A statement on a map: what it is told of, in which group, and how sure it is."""

    row: str
    row_slug: str
    relation: str
    title: str
    slug: str
    kind: str
    has_gene: bool
    grade: str
    stance: str
    rank: int


# The subject that most pages cause, the types of it counted with it; of each cause the surest statement.
_CAUSES: Final = """
    WITH of_family AS (
        SELECT statement.*, coalesce(kind_of.object_id, statement.object_id) AS family
        FROM wiki_statement AS statement
        LEFT JOIN wiki_statement AS kind_of
            ON kind_of.subject_id = statement.object_id AND kind_of.relation = 'subtype_of'
        WHERE statement.relation IN ('causes', 'risk_factor_for', 'associated_with')
    ), chief AS (
        SELECT family FROM of_family JOIN wiki_publishedpage AS shown ON shown.page_id = family
        WHERE relation = 'causes' GROUP BY family ORDER BY count(DISTINCT subject_id) DESC, family LIMIT 1
    ), best AS (
        SELECT DISTINCT ON (subject_id) * FROM of_family WHERE family = (SELECT family FROM chief)
        ORDER BY subject_id, relation <> 'causes', rank DESC, id
    )
    SELECT whole.title, whole.slug, best.relation, page.title, page.slug, page.kind, EXISTS (
        SELECT FROM wiki_statement AS gene
        WHERE gene.object_id = best.subject_id AND gene.relation = 'genetic_basis_of'
    ), best.grade, best.stance, best.rank
    FROM best JOIN wiki_publishedpage AS page ON page.page_id = best.subject_id
    JOIN wiki_publishedpage AS whole ON whole.page_id = (SELECT family FROM chief)
    ORDER BY page.title, page.page_id LIMIT %(most)s
"""
_OF_KIND: Final = """
    SELECT other.title, other.slug, statement.relation, page.title, page.slug, page.kind, false,
        statement.grade, statement.stance, statement.rank
    FROM wiki_statement AS statement
    JOIN wiki_publishedpage AS page ON page.page_id = statement.subject_id
    JOIN wiki_publishedpage AS other ON other.page_id = statement.object_id
    WHERE statement.relation = ANY (%(relations)s) AND {end}.kind = %(kind)s AND (
        SELECT count(*) FROM (
            SELECT FROM wiki_publishedpage AS one WHERE one.kind = %(kind)s LIMIT %(most_pages)s + 1
        ) AS counted
    ) <= %(most_pages)s
    ORDER BY other.title, other.page_id, page.title, page.page_id LIMIT %(most)s
"""


def causes_of_the_chief_subject() -> list[MapRow]:
    """Return the causes of what most pages are a cause of, A to Z."""
    with connection.cursor() as cursor:
        cursor.execute(_CAUSES, {"most": MOST_READ})
        return [MapRow(*row) for row in cursor]


def links_of_kind(kind: str, relations: Collection[str], *, as_subject: bool) -> list[MapRow]:
    """Return the statements of some relations that pages of a kind make, or that are made about them."""
    asked: dict[str, Any] = {
        "kind": kind,
        "relations": sorted(relations),
        "most": MOST_READ,
        "most_pages": MOST_PAGES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OF_KIND.format(end="page" if as_subject else "other"), asked)
        return [MapRow(*row) for row in cursor]
