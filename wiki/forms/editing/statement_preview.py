"""The preview of a statement row in words, with similar statements of the other page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wiki.domain.relations import RELATIONS, Relation
from wiki.forms.editing.page_choice import NamedPage, PageFilter, known, pages_named
from wiki.models import User
from wiki.policy.duplicate_statements import Likeness, OtherStatement, alike, statements_about


@dataclass(frozen=True)
class End:
    """The page that makes the statement, as far as it is known yet."""

    page_id: int | None
    title: str
    kind: str


@dataclass(frozen=True)
class StatementPreview:
    """One statement row in words, and similar statements of the other page, the closest first."""

    end: End
    relation: Relation | None
    name: str
    other: NamedPage | None
    similar: list[tuple[Likeness, OtherStatement]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the title of the page that makes the statement."""
        return self.end.title.strip() or "This page"

    @property
    def kind(self) -> str:
        """Return the kind of the other page, "" while unknown."""
        return self.other.kind if self.other else ""

    @property
    def is_whole(self) -> bool:
        """Return whether the row is complete enough to be put in words."""
        return self.relation is not None and self.other is not None

    @property
    def is_misfit(self) -> bool:
        """Return whether the relation cannot connect pages of these kinds."""
        ends = PageFilter(self.relation.id if self.relation else "", self.end.kind)
        return self.relation is not None and self.kind != "" and self.kind not in ends.kinds

    @property
    def offer(self) -> dict[str, str]:
        """Return the values for proposing a new page of that name."""
        relation = self.relation.id if self.relation else ""
        return {"title": self.name, **PageFilter(relation, self.end.kind).offer}


def previews_of(rows: Sequence[tuple[str, str]], *, end: End, reader: User) -> list[StatementPreview]:
    """Return the previews of some rows (relation, name of the other page), with a constant number
    of queries.
    """
    found = pages_named((name for _, name in rows), reader=reader)
    ids = [min(found[name]) if len(found.get(name, ())) == 1 else 0 for _, name in rows]
    others = {one for one in ids if one}
    pages = known(others, reader=reader)
    sayings = statements_about(end.page_id, others, reader=reader) if end.page_id else []
    return [
        StatementPreview(end, RELATIONS.get(relation), name, pages.get(one), alike(relation, one, sayings))
        for (relation, name), one in zip(rows, ids, strict=True)
    ]
