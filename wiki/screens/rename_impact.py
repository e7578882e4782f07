"""The effect of a new title on the page's address and names."""

from dataclasses import dataclass
from functools import cached_property

from wiki.models import Revision
from wiki.models.queries.editing import number_linking_to
from wiki.text.slugs import fold, slug_of


@dataclass(frozen=True)
class RenameImpact:
    """A published page, with its new title and other names."""

    old: Revision
    title: str
    aliases: tuple[str, ...]

    @property
    def is_renamed(self) -> bool:
        """Return whether the title differs from the published one."""
        return self.title != self.old.title

    @property
    def moves(self) -> bool:
        """Return whether the page's address would change."""
        return self.is_renamed and bool(self.title) and self.slug != self.old.slug

    @property
    def slug(self) -> str:
        """Return the address that the new title gives."""
        return slug_of(self.title)

    @property
    def is_kept(self) -> bool:
        """Return whether search would still find the page by its old title."""
        return fold(self.old.title) in map(fold, (self.title, *self.aliases))

    @property
    def is_among_names(self) -> bool:
        """Return whether the old title is one of the other names."""
        return fold(self.old.title) in map(fold, self.aliases)

    @cached_property
    def links(self) -> int:
        """Return the number of pages that link to this one."""
        return number_linking_to(self.old.page_id)
