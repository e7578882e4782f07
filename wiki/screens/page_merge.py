"""The preview of merging two pages."""

from dataclasses import dataclass

from wiki.acts.writing.page_merge import merged_documents
from wiki.models import Page, Revision, User
from wiki.screens.changes import Changes
from wiki.text.compare.union import made_by_both
from wiki.text.document import Document, Row


@dataclass(frozen=True)
class PageMergePreview:
    """Two pages, and the page that they would become."""

    goes: Document
    stays: Document
    whole: Document
    reader: User

    @property
    def doubled(self) -> list[tuple[str, Row, Row]]:
        """Return the statements that both pages make with different evidence: the other page, and both
        versions.
        """
        pairs = made_by_both(self.stays, self.goes)
        titles = Revision.objects.visible_to(self.reader).titles_of({mine.object for mine, _ in pairs})
        return [(titles.get(mine.object, "a page"), mine, other) for mine, other in pairs]

    @property
    def changes(self) -> Changes:
        """Return what would differ on the page that stays."""
        return Changes(self.stays, self.whole, reader=self.reader)

    @property
    def dropped(self) -> int:
        """Return the number of statements between the two pages, which the merged page cannot make."""
        return len(self.goes.statements) + len(self.stays.statements) - self._statements_kept

    @property
    def _statements_kept(self) -> int:
        keys = {row.key for row in self.stays.statements} & {row.key for row in self.goes.statements}
        return len(self.whole.statements) + len(keys)


def preview_of(goes: Page, stays: Page, *, reader: User) -> PageMergePreview:
    """Return what merging one published page into another would make of them."""
    return PageMergePreview(*merged_documents(goes, stays), reader)
