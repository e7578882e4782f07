"""The screen of an entry: what it is, what stands above and beneath it, its rows, and the page on it."""

from functools import cached_property
from typing import Final

from wiki.domain.codes import CODE_SYSTEMS
from wiki.domain.data_sets import EntryKind
from wiki.domain.kinds import KINDS
from wiki.models import DataRow, Entry, EntryCode, PublishedPage, Statement
from wiki.models.lists.keyset import FIRST_PART, PartAsked
from wiki.screens.exploring.compared_rows import ComparedRow, compared_rows, without_a_word
from wiki.screens.exploring.links import of_rows
from wiki.screens.exploring.neighbourhood import MOST_BOXES, Neighbourhood
from wiki.text.document import Code, Document
from wiki.text.language.page_templates import skeleton_of

MOST_BENEATH: Final = 60
LONGEST_ALIAS: Final = 120


class EntryContent:
    """What the page of an entry shows: seven queries, however many rows; of a later part nine. One more for
    each page on it, for what that says.
    """

    def __init__(self, entry: Entry, part: PartAsked = FIRST_PART) -> None:
        """Load everything; `part` is which part of the rows."""
        self.entry = entry
        self.above = list(Entry.objects.named_only().above(entry.pk))
        beneath = list(Entry.objects.named_only().beneath(entry.pk)[: MOST_BENEATH + 1])
        self.beneath, self.has_more_beneath = beneath[:MOST_BENEATH], len(beneath) > MOST_BENEATH
        for one in (*self.above, *self.beneath):
            one.release = entry.release
        self.codes = _codes_of(entry)
        self.pages = list(PublishedPage.objects.for_lists().filter(page__same_entries__entry=entry.pk))
        rows = DataRow.objects.all().with_pages() if self.pages else DataRow.objects.all()
        self.rows = rows.about([entry.pk], part)
        self.links = of_rows(self.rows, [entry.pk])
        first = self.rows if part.is_first else DataRow.objects.about([entry.pk], PartAsked(size=MOST_BOXES))
        self._first = of_rows(first, [entry.pk])

    @cached_property
    def lines(self) -> list[ComparedRow]:
        """Return the rows of this part, each with how it reads from here, and what pages on it say."""
        if not self.pages:
            return [ComparedRow(*one, None, "") for one in zip(self.rows, self.links, strict=True)]
        told = {page.page_id: Statement.objects.about(page.page_id)[0] for page in self.pages}
        return compared_rows(self.rows, self.links, told)

    @property
    def without_a_word(self) -> int:
        """Return of how many findings of this part the pages on a disease say nothing; 0 without a page."""
        is_disease = self.entry.about is EntryKind.DISEASE
        return without_a_word(self.lines) if self.pages and is_disease else 0

    @property
    def neighbourhood(self) -> Neighbourhood:
        """Return the drawing: of a disease with many findings, the most frequent."""
        return Neighbourhood(self.entry.name, self.entry.kind, self._first[: MOST_BOXES - 1])

    @property
    def heading(self) -> str:
        """Return what stands above the rows."""
        if self.entry.about is EntryKind.DISEASE:
            return "What it can show"
        return "Diseases that can show it"


def document_about(content: EntryContent) -> Document:
    """Return what a page on an entry begins with: its names and codes, and the usual headings."""
    entry = content.entry
    kind = KINDS[entry.about.page_kind]
    codes = EntryCode.objects.filter(entry=entry.pk).order_by("system", "code")
    return Document(
        title=f"{entry.name[:1].upper()}{entry.name[1:]}"[:120],
        kind=kind.value,
        aliases=tuple(one for one in entry.synonyms if len(one) <= LONGEST_ALIAS),
        codes=tuple(Code(one.system, one.code) for one in codes),
        body=skeleton_of(kind.sections),
    )


def _codes_of(entry: Entry) -> list[tuple[str, str, str]]:
    """Return its codes in other lists: the list, the code, and where it can be looked up."""
    found = EntryCode.objects.filter(entry=entry.pk).order_by("system", "code")
    return [
        (CODE_SYSTEMS[one.system].label, one.code, CODE_SYSTEMS[one.system].address_of(one.code))
        for one in found
    ]
