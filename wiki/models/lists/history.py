"""Conditions on the history of pages, each found by SQL that reads no more of a history than it asks for."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db.models.expressions import Combinable, RawSQL

from wiki.models.lists.conditions import is_any_of

# Of each of some pages, the publication that began last, or last until a moment. Looked up one by one: the
# database cannot know that one of a page is open, and would read all that there ever were.
_NEWEST: Final = """ARRAY(
    SELECT newest.id FROM unnest(%s::bigint[]) AS page (id) CROSS JOIN LATERAL (
        SELECT id FROM wiki_publication WHERE page_id = page.id AND lower(in_force) <= %s::timestamptz
        ORDER BY lower(in_force) DESC, id DESC LIMIT 1
    ) AS newest
)"""

# What `Family` walks upwards from the parents and second parents of some revisions, through those in one
# state: what waits (`carried`, `begun_from`) or what was published with another (`writers_of`). Those that
# are `walked` lead on to their own parents. A second parent is carried over as a whole (`beneath`), so what
# it was built on counts unless readers have that.
_BRANCHES: Final = """ARRAY(
    WITH RECURSIVE branch (id, parent_id, second_parent_id, beneath, walked) AS (
        SELECT one.id, one.parent_id, one.second_parent_id, edge.second, edge.second OR one.state = %s
        FROM unnest(%s::bigint[], %s::boolean[]) edge (id, second) JOIN wiki_revision one ON one.id = edge.id
        UNION
        SELECT one.id, one.parent_id, one.second_parent_id, branch.beneath OR edge.second,
            edge.second OR one.state = %s OR (branch.beneath AND one.state <> 'approved')
        FROM branch
        CROSS JOIN LATERAL (
            VALUES (branch.parent_id, false), (branch.second_parent_id, true)
        ) edge (id, second)
        JOIN wiki_revision one ON one.id = edge.id
        WHERE branch.walked
    )
    SELECT id FROM branch
)"""


def is_newest_of(column: str, page_ids: Collection[int], until: str) -> Combinable:
    """Return the condition that a column is the id of the publication of some page that began last, of those
    that had begun at the moment `until`.
    """
    pages = page_ids if isinstance(page_ids, Combinable) else [*page_ids]
    return is_any_of(column, RawSQL(_NEWEST, [pages, until]))  # noqa: S611  ours


def is_in_branch(
    column: str, state: str, parents: Sequence[int | None], is_second: Sequence[bool]
) -> Combinable:
    """Return the condition that a column is the id of a revision in a branch that ends in some parents.

    `state` is that of the revisions that the branch leads through; `is_second` tells which of the parents are
    second parents.
    """
    return is_any_of(column, RawSQL(_BRANCHES, [state, parents, is_second, state]))  # noqa: S611  ours
