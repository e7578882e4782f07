"""The preview of a statement row in words, and what the other page says of the same already."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wiki.domain.relations import RELATIONS, Relation
from wiki.forms.editing.page_choice import Known, PageFilter, known, pages_named
from wiki.models import User
from wiki.policy.duplicate_statements import Likeness, OtherStatement, alike, statements_about


@dataclass(frozen=True)
class End:
    """The page that states something, as far as it is there yet."""

    page_id: int | None
    title: str
    kind: str


@dataclass(frozen=True)
class Tie:
    """One row: from which page, how, to which page; and what that page says already, the closest first."""

    end: End
    relation: Relation | None
    name: str
    other: Known | None
    said: list[tuple[Likeness, OtherStatement]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return what the page that states it is called."""
        return self.end.title.strip() or "This page"

    @property
    def kind(self) -> str:
        """Return the kind of the other page, "" while it is not known."""
        return self.other.kind if self.other else ""

    @property
    def is_whole(self) -> bool:
        """Return whether it can be said in words."""
        return self.relation is not None and self.other is not None

    @property
    def is_misfit(self) -> bool:
        """Return whether two pages of these kinds cannot be tied so."""
        ends = PageFilter(self.relation.id if self.relation else "", self.end.kind)
        return self.relation is not None and self.kind != "" and self.kind not in ends.kinds

    @property
    def offer(self) -> dict[str, str]:
        """Return what a new page would begin with if none is called so."""
        relation = self.relation.id if self.relation else ""
        return {"title": self.name, **PageFilter(relation, self.end.kind).offer}


def ties_of(rows: Sequence[tuple[str, str]], *, end: End, reader: User) -> list[Tie]:
    """Return what each (relation, name of the other page) says, with as many queries for one as for many."""
    found = pages_named((name for _, name in rows), reader=reader)
    ids = [min(found[name]) if len(found.get(name, ())) == 1 else 0 for _, name in rows]
    others = {one for one in ids if one}
    pages = known(others, reader=reader)
    sayings = statements_about(end.page_id, others, reader=reader) if end.page_id else []
    return [
        Tie(end, RELATIONS.get(relation), name, pages.get(one), alike(relation, one, sayings))
        for (relation, name), one in zip(rows, ids, strict=True)
    ]
