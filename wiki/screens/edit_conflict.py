"""The edit conflict screen: a change, and the versions that were published while it was written."""

from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from wiki.acts.writing.submission import merge_onto
from wiki.models import ANYBODY, Family, Publication, Revision, Visitor
from wiki.screens.changes import ChangedStatement, merged_statements
from wiki.text.compare.conflict_view import MergeView, combined, in_words
from wiki.text.compare.merge import Merge
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

    @cached_property
    def combined(self) -> MergeView:
        """Return the merged page in parts, with who changed what."""
        return combined(self.base, self.revision.document, self.live.revision.document, self.merge)

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
        return in_words(self.base, self.live.revision.document)

    @property
    def they(self) -> str:
        """Return the name under which the changes made meanwhile are marked."""
        names = {one.revision.author_name for one in self.since}
        return names.pop() if len(names) == 1 else f"version {self.live.revision.number}"


def edit_conflict_of(revision: Revision, *, reader: Visitor = ANYBODY) -> EditConflict | None:
    """Return where `revision` meets what is published; None when it was written against just that.

    `since` are the versions that was published meanwhile, oldest first, each with who approved it.
    """
    family = Family(revision.page_id)
    live = Publication.objects.live_of(revision.page)
    if live is None or live.revision == family.begun_from(revision):
        return None
    begun = family.begun_from(revision)
    merge = merge_onto(live.revision, revision, family)
    # What was taken back before somebody began from it has not come in meanwhile.
    known = {begun.pk if begun else None, revision.second_parent_id}
    since = list(
        takewhile(lambda one: one.revision_id not in known, Publication.objects.of_page(revision.page))
    )
    base = begun.document if begun else Document(title="", kind="")
    return EditConflict(revision, base, live, tuple(reversed(since)), merge, reader)
