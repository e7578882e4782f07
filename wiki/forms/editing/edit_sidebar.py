"""The sidebar of the page form: renaming, retirement, the usual sections."""

from dataclasses import dataclass
from functools import cached_property

from wiki.domain.kinds import KINDS
from wiki.domain.sections import TemplateSection
from wiki.forms.editing.draft import DraftForm
from wiki.forms.editing.typed import names_of_one_line
from wiki.models import Page, Publication, Revision
from wiki.screens.rename_impact import RenameImpact
from wiki.screens.retirement_impact import RetirementImpact
from wiki.text.document import Document
from wiki.text.language.page_templates import missing_from


@dataclass(frozen=True)
class UsualSection:
    """A usual section, and whether the text has it."""

    section: TemplateSection
    is_missing: bool


class EditSidebar:
    """The sidebar for a form and the published version of its page."""

    def __init__(self, page: Page | None, form: DraftForm, begun: Revision | None = None) -> None:
        """Take the typed values, valid or not, and the version that the writer began with."""
        self.page, self.head, self.document = page, form.typed.head, form.document
        self.began_as = begun.title if begun else ""

    @cached_property
    def _live(self) -> Revision | None:
        live = Publication.objects.live_with_people(self.page) if self.page else None
        return live.revision if live else None

    @cached_property
    def _published(self) -> Document | None:
        return self._live.document if self._live else None

    @property
    def slug(self) -> str:
        """Return the address of the page."""
        return self._live.slug if self._live else ""

    @cached_property
    def retiring(self) -> RetirementImpact | None:
        """Return how the page is or would be retired; None if it is neither."""
        told = (self._published and self._published.retirement) or self.document.retirement
        return RetirementImpact(self.page, self._published, self.document) if self.page and told else None

    @cached_property
    def renaming(self) -> RenameImpact | None:
        """Return the effect of another title; None for an unpublished page."""
        if self.page is None or self._live is None or self._published is None or self._published.retirement:
            return None
        return RenameImpact(self._live, self._title, names_of_one_line(self.head["aliases"]))

    @property
    def was_renamed_meanwhile(self) -> bool:
        """Return whether readers know the page by another title than the writer began with."""
        return bool(self.began_as) and self.renaming is not None and self.renaming.old.title != self.began_as

    @property
    def keeps_old_title(self) -> bool:
        """Return whether the writer left the title alone, so that the one readers see is taken over."""
        return self.was_renamed_meanwhile and self._title == self.began_as

    @property
    def _title(self) -> str:
        return " ".join(self.head["title"].split())

    @cached_property
    def sections(self) -> list[UsualSection]:
        """Return the usual sections of this kind of page, with the missing ones marked."""
        kind = KINDS.get(self.head["kind"])
        if kind is None:
            return []
        missing = missing_from(self.head["body"], kind.sections)
        return [UsualSection(one, one in missing) for one in kind.sections]

    @property
    def missing(self) -> list[UsualSection]:
        """Return the usual sections that the text lacks."""
        return [one for one in self.sections if one.is_missing]
