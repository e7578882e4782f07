"""The effect of retiring a page or bringing it back, on readers and on other pages."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from wiki.models import Live, Page, PublishedPage, Revision, Succession
from wiki.models.queries.succession import publications_mentioning
from wiki.published.statements import may_follow
from wiki.text.document import Document, Row
from wiki.text.slugs import fold

# Of so many pages it is told what becomes of their statements and links.
MOST_AFFECTED: Final = 50

type Ends = Literal["follows", "hidden", "stated"]


@dataclass(frozen=True)
class AffectedStatement:
    """A statement of another page about the retired one, and what becomes of it."""

    subject: Revision
    row: Row
    becomes: Ends


class RetirementImpact:
    """The effect of a page's retirement or return, for readers and for other pages."""

    def __init__(self, page: Page, before: Document | None, after: Document) -> None:
        """Keep the document before and after."""
        self.page = page
        self.title = after.title
        self.before = before.retirement if before else None
        self.after = after.retirement
        self.own_statements = len(after.statements)

    @property
    def comes_back(self) -> bool:
        """Return whether the page was retired and would be so no longer."""
        return self.after is None

    @cached_property
    def successor(self) -> PublishedPage | None:
        """Return the published page to which readers would be led."""
        wanted = self.after.replaced_by if self.after else None
        shown = Succession([wanted]).shown_for(wanted) if wanted is not None else None
        published_pages = PublishedPage.objects.for_lists()
        return published_pages.filter(page=shown.page_id).first() if shown else None

    @property
    def lacks_title(self) -> bool:
        """Return whether the replacing page lacks the retired page's title among its names."""
        if self.successor is None:
            return False
        names = (self.successor.title, *self.successor.aliases)
        return fold(self.title) not in map(fold, names)

    @cached_property
    def _concerned(self) -> set[int]:
        """Return the page and those that were retired in favour of it."""
        return Succession.pages_redirecting_to(self.page.pk)

    @cached_property
    def _subjects(self) -> list[Revision]:
        """Return the versions of other pages that make a statement about this one: one more than are shown
        where there are more.
        """
        # Without an order, so that of a page of which very many tell few texts are read.
        found = publications_mentioning(self._concerned).select_related("revision")
        return [one.revision for one in found[: MOST_AFFECTED + 1]]

    @property
    def has_more_statements(self) -> bool:
        """Return whether more pages make statements about this one than are shown."""
        return len(self._subjects) > MOST_AFFECTED

    @cached_property
    def statements(self) -> list[AffectedStatement]:
        """Return the published statements of other pages about this one, by the titles of those pages; those
        of `MOST_AFFECTED` pages.
        """
        concerned, subjects = self._concerned, self._subjects[:MOST_AFFECTED]
        found = [
            AffectedStatement(subject, row, self._becomes(row, subject, document, concerned))
            for subject in subjects
            for document in [subject.document]
            for row in document.statements
            if row.object in concerned and document.retirement is None
        ]
        return sorted(found, key=lambda one: (one.subject.slug, one.row.relation))

    def _becomes(self, row: Row, subject: Revision, document: Document, concerned: set[int]) -> Ends:
        into = self.successor
        if into is None:
            return "hidden"
        live = Live(into.page_id, into.slug, into.title, into.kind, is_retired=False, replaced_by=None)
        if not may_follow(row, live, subject.page_id, document.kind):
            return "hidden"
        own = {one.key for one in document.statements if one.object not in concerned}
        return "stated" if row.key_about(into.page_id) in own else "follows"

    @property
    def hidden(self) -> list[AffectedStatement]:
        """Return the statements that would be hidden from readers."""
        return [one for one in self.statements if one.becomes == "hidden"]

    @cached_property
    def _linking(self) -> list[PublishedPage]:
        return PublishedPage.objects.some_linking_to_addresses_of(self._concerned, MOST_AFFECTED + 1)

    @property
    def linked_from(self) -> list[PublishedPage]:
        """Return published pages whose text links to this one, at most `MOST_AFFECTED`."""
        return self._linking[:MOST_AFFECTED]

    @property
    def has_more_links(self) -> bool:
        """Return whether more pages link to this one than are shown."""
        return len(self._linking) > MOST_AFFECTED

    @cached_property
    def waiting(self) -> list[Revision]:
        """Return the submissions that wait on the page, without the retirement itself."""
        return [
            one
            for one in Revision.objects.waiting().on(self.page)
            if one.document.retirement is None or self.after is None
        ]


def impact_of_retirement(page: Page, before: Document | None, after: Document) -> RetirementImpact | None:
    """Return the effect of a change of the page's retirement; None if it is unchanged."""
    changes = after.retirement != (before.retirement if before else None)
    return RetirementImpact(page, before, after) if changes else None
