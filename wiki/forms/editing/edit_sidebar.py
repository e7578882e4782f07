"""The sidebar of the page form: a new title, a retirement, the usual sections."""

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
class Usual:
    """One usual section, and whether the text has it."""

    section: TemplateSection
    is_missing: bool


class Companion:
    """Looks at a form and at what is published of its page."""

    def __init__(self, page: Page | None, form: DraftForm) -> None:
        """Take what was typed as it stands, whether or not it makes sense yet."""
        self.page, self.head, self.document = page, form.typed.head, form.document

    @cached_property
    def _live(self) -> Revision | None:
        live = Publication.objects.live_of(self.page) if self.page else None
        return live.revision if live else None

    @cached_property
    def _in_force(self) -> Document | None:
        return self._live.document if self._live else None

    @property
    def slug(self) -> str:
        """Return where the page is shown."""
        return self._live.slug if self._live else ""

    @cached_property
    def retiring(self) -> RetirementImpact | None:
        """Return how the page is retired, or would be; None of a page to which neither applies."""
        told = (self._in_force and self._in_force.retirement) or self.document.retirement
        return RetirementImpact(self.page, self._in_force, self.document) if self.page and told else None

    @cached_property
    def renaming(self) -> RenameImpact | None:
        """Return what another title would mean; None of a page that readers do not see."""
        if self.page is None or self._live is None or self._in_force is None or self._in_force.retirement:
            return None
        title, aliases = " ".join(self.head["title"].split()), names_of_one_line(self.head["aliases"])
        return RenameImpact(self._live, title, aliases)

    @cached_property
    def sections(self) -> list[Usual]:
        """Return the usual sections of this kind of page, those that are missing marked."""
        kind = KINDS.get(self.head["kind"])
        if kind is None:
            return []
        missing = missing_from(self.head["body"], kind.sections)
        return [Usual(one, one in missing) for one in kind.sections]

    @property
    def missing(self) -> list[Usual]:
        """Return the usual sections that the text lacks."""
        return [one for one in self.sections if one.is_missing]
