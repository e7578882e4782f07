"""The second read screen: what the first reviewer had before them, and no more."""

from dataclasses import dataclass
from functools import cached_property

from wiki.models import Revision, SecondRead, Source, User
from wiki.policy import checks
from wiki.published import links
from wiki.screens.changes import Changes
from wiki.text.document import Document
from wiki.text.markdown.html import Rendered


@dataclass(frozen=True)
class SecondReadScreen:
    """One second read, as the second reader sees it."""

    second_read: SecondRead
    reader: User

    @property
    def revision(self) -> Revision:
        """Return the revision to judge."""
        return self.second_read.revision

    @property
    def before(self) -> Document | None:
        """Return the document that it was compared with then; None for a new page."""
        against = self.second_read.verdict.compared_with
        return against.document if against else None

    @cached_property
    def after(self) -> Document:
        """Return the document of the revision."""
        return self.revision.document

    @cached_property
    def changes(self) -> Changes:
        """Return the changes to judge."""
        return Changes(self.before, self.after, reader=self.reader, is_linked=False)

    @cached_property
    def rendered(self) -> Rendered:
        """Return the text as readers would have seen it."""
        return links.render_now(self.after.body)

    @cached_property
    def sources(self) -> list[Source]:
        """Return what it rests on, in the order in which it is cited."""
        keys = checks.keys_of(self.after)
        known = Source.objects.by_key(keys)
        found = Source.objects.with_ids().in_bulk(known.values())
        return [found[pk] for pk in dict.fromkeys(known[key] for key in keys if key in known)]
