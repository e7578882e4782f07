"""The effect of retiring a page or bringing it back, on readers and on other pages."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wiki.models import Live, Page, PublishedPage, Revision, Succession
from wiki.models.queries.succession import publications_mentioning
from wiki.published.statements import may_follow
from wiki.text.document import Document, Row
from wiki.text.slugs import fold

type Ends = Literal["follows", "hidden", "said"]


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
    def statements(self) -> list[AffectedStatement]:
        """Return the published statements of other pages about this one, by the titles of those pages."""
        concerned = Succession.pages_redirecting_to(self.page.pk)
        subjects = [one.revision for one in publications_mentioning(concerned).select_related("revision")]
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
        return "said" if row.told_of(into.page_id) in own else "follows"

    @property
    def hidden(self) -> list[AffectedStatement]:
        """Return the statements that would be hidden from readers."""
        return [one for one in self.statements if one.becomes == "hidden"]

    @cached_property
    def linked_from(self) -> list[PublishedPage]:
        """Return the published pages whose text links to this one."""
        return list(
            PublishedPage.objects.linking_to_addresses_of(Succession.pages_redirecting_to(self.page.pk))
        )

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
