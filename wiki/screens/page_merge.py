"""Merging two pages: the preview, and what its review shows of the page that is retired."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from wiki.acts.writing.page_merge import merged_documents
from wiki.models import Page, PublishedPage, Revision, User
from wiki.published import links
from wiki.screens.changes import Changes
from wiki.screens.retirement_impact import RetirementImpact
from wiki.text.compare.union import made_by_both
from wiki.text.document import Code, Document, Row
from wiki.text.markdown.blocks import Block, blocks_of
from wiki.text.markdown.html import Rendered
from wiki.text.standing import Standing


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


@dataclass(frozen=True)
class RetiredHalf:
    """The half of a merge that retires a page: what readers of that page have, and what of it they lose."""

    revision: Revision
    taken: Revision
    stays: Document
    reader: User

    @cached_property
    def before(self) -> Document:
        """Return what readers have on the page that is retired."""
        return self.taken.document

    @cached_property
    def beneath(self) -> Standing | None:
        """Return today's review status of that page; None if readers do not see it."""
        published_page = PublishedPage.objects.listed(self.taken.page_id)
        return published_page.standing if published_page else None

    @cached_property
    def lost_blocks(self) -> list[Block]:
        """Return the passages that the page that stays does not have word for word, where they mean the same.

        Under another heading, or out of its box, the same sentence tells readers something else.
        """
        kept = Counter(map(_as_read, blocks_of(self.stays.body)))
        lost = []
        for one in blocks_of(self.before.body):
            if kept[_as_read(one)]:
                kept[_as_read(one)] -= 1
            elif one.words:
                lost.append(one)
        return lost

    @cached_property
    def lost_statements(self) -> list[tuple[Row, str]]:
        """Return the statements that the page that stays does not make just so, and about which page."""
        lost = [row for row in self.before.statements if row not in self.stays.statements]
        titles = Revision.objects.visible_to(self.reader).titles_of({row.object for row in lost})
        return [(row, titles.get(row.object, "a page that readers cannot see")) for row in lost]

    @property
    def lost_names(self) -> list[str]:
        """Return the names under which the page that stays is not found."""
        names = {self.stays.title, *self.stays.aliases}
        return [one for one in (self.before.title, *self.before.aliases) if one not in names]

    @property
    def lost_codes(self) -> list[Code]:
        """Return the codes that the page that stays does not have."""
        return [one for one in self.before.codes if one not in self.stays.codes]

    @property
    def loses_summary(self) -> bool:
        """Return whether its plain summary is not that of the page that stays."""
        return self.before.summary != self.stays.summary

    @property
    def loses_anything(self) -> bool:
        """Return whether anything of it is not on the page that stays."""
        lists = (self.lost_blocks, self.lost_statements, self.lost_names, self.lost_codes)
        return self.loses_summary or any(lists)

    @cached_property
    def retiring(self) -> RetirementImpact:
        """Return what it means for other pages that this one is retired."""
        return RetirementImpact(self.revision.page, self.before, self.revision.document)

    @cached_property
    def rendered(self) -> Rendered:
        """Return its text as readers have it."""
        return links.render_now(self.before.body)


def _as_read(block: Block) -> tuple[object, ...]:
    """Return the words of a block, and the headings and boxes by which readers understand them."""
    looks = tuple(one.look for one in block.containers)
    return block.kind, " ".join(block.words.split()), block.headings, looks


def retired_half_of(revision: Revision, *, reader: User) -> RetiredHalf | None:
    """Return what a version that takes another page over retires; None of what merges no pages."""
    half = revision.retiring_half()
    if half is None or half.parent is None:
        return None
    return RetiredHalf(half, half.parent, revision.document, reader)
