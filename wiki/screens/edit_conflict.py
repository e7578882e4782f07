"""The edit conflict screen: a change, and the versions that were published while it was written."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from wiki.acts.writing.submission import sides
from wiki.models import ANYBODY, Family, Page, Publication, Revision, Visitor
from wiki.screens.changes import ChangedStatement, merged_statements
from wiki.text.compare.conflict_view import MergeView, combined, in_words
from wiki.text.compare.merge import Merge, merge
from wiki.text.document import Document


@dataclass(frozen=True)
class EditConflict:
    """A change, what was published meanwhile, and their merge. Ours is the change."""

    revision: Revision
    base: Document
    live: Publication
    since: tuple[Publication, ...]
    merge: Merge
    reader: Visitor
    # What readers see now; of what takes another page over, of both pages as one.
    theirs: Document
    # What readers see now of the page that this takes over.
    taken_over: Revision | None = None

    @cached_property
    def combined(self) -> MergeView:
        """Return the merged page in parts, with who changed what."""
        return combined(self.base, self.revision.document, self.theirs, self.merge)

    @property
    def came_in(self) -> list[tuple[Publication, str]]:
        """Return the versions that was published meanwhile, each with the names of who approved it."""
        named = (" and ".join(each.reviewer_name for each in one.approvals) for one in self.since)
        return list(zip(self.since, named, strict=True))

    @cached_property
    def changed_statements(self) -> list[tuple[str, ChangedStatement]]:
        """Return each changed statement without a conflict, with who changed it, in words."""
        return merged_statements(self.combined.statements, reader=self.reader)

    @property
    def ours_in_words(self) -> list[str]:
        """Return what the change changes, one short sentence each."""
        return in_words(self.base, self.revision.document)

    @property
    def theirs_in_words(self) -> list[str]:
        """Return what changed meanwhile, one short sentence each."""
        return in_words(self.base, self.theirs)

    @property
    def they(self) -> str:
        """Return the name under which the changes made meanwhile are marked."""
        names = {one.revision.author_name for one in self.since}
        return names.pop() if len(names) == 1 else f"version {self.live.revision.number}"


def edit_conflict_of(revision: Revision, *, reader: Visitor = ANYBODY) -> EditConflict | None:
    """Return where `revision` meets what is published; None when it was written against just that.

    `since` are the versions that was published meanwhile, oldest first, each with who approved it.
    """
    family = Family.of_branch(revision)
    live = Publication.objects.live_with_people(revision.page)
    taken_over = _taken_over_now(revision)
    begun = family.begun_from(revision)
    if live is None or (live.revision == begun and taken_over == revision.takes_over):
        return None
    base, theirs = sides(live.revision, revision, family, taken_over=taken_over)
    # What was reverted before somebody began from it has not come in meanwhile.
    known = {begun.pk if begun else None, revision.second_parent_id}
    since = _until(known, revision.page)
    if revision.takes_over is not None:
        since = [*_until({revision.takes_over_id}, revision.takes_over.page), *since]
    merged = merge(base, revision.document, theirs)
    return EditConflict(
        revision, base, live, tuple(since), merge=merged, reader=reader, theirs=theirs, taken_over=taken_over
    )


def _taken_over_now(revision: Revision) -> Revision | None:
    """Return what readers see now of the page that a version takes over, if they see it at all."""
    live = Publication.objects.live_with_people(revision.takes_over.page) if revision.takes_over else None
    return live.revision if live and live.revision.document.retirement is None else None


def _until(known: Collection[int | None], page: Page) -> list[Publication]:
    """Return the versions of a page since one of those that are known, the oldest first."""
    newest_first = Publication.objects.of_page(page)
    return list(takewhile(lambda one: one.revision_id not in known, newest_first))[::-1]
