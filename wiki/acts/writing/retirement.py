"""Retiring a page and bringing it back: edits like any other, and what they mean for the pages around."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from django.db import transaction

from wiki.acts.locking import hold
from wiki.acts.writing.drafts import edit, live_of
from wiki.acts.writing.submission import submit
from wiki.domain.professions import Weight
from wiki.models import Live, Page, Reading, Revision, Succession, User
from wiki.models.queries.succession import naming
from wiki.policy.refusal import Refused
from wiki.published.derive import fold, may_follow
from wiki.text.document import Document, Retirement, Row

type Ends = Literal["follows", "hidden", "said"]


@transaction.atomic
def retire(page: Page, *, by: User, retirement: Retirement) -> Revision:
    """Send in that `page` is retired; its text stays as it is. Readers see it when it is approved.

    What that means for a patient is the reason, which readers are told word for word.
    """
    reason = retirement.reason.strip()
    return _send(page, retirement, by=by, note=f"Retires the page. {reason}", meaning=reason)


@transaction.atomic
def bring_back(page: Page, *, by: User, note: str) -> Revision:
    """Send in that a retired page is in force again, with the text that it had."""
    if (live := live_of(hold(page.pk))) is None or live.document.retirement is None:
        raise Refused("This page is not retired, so there is nothing to bring back.")
    return _send(page, None, by=by, note=note, meaning="The page is there for readers again.")


def _send(page: Page, retirement: Retirement | None, *, by: User, note: str, meaning: str) -> Revision:
    """Begin a draft that differs from what is in force by its retirement alone, and submit it."""
    page = hold(page.pk)
    live = live_of(page)
    if live is None:
        raise Refused("Nothing of this page is in force, so there is nothing to retire.")
    document = replace(live.document, retirement=retirement)
    draft = edit(page, author=by, document=document)
    return submit(draft, by=by, note=note, weight=Weight.ACTION, meaning=meaning)


@dataclass(frozen=True)
class Resting:
    """A statement of another page that rests on the retired one, and what becomes of it."""

    subject: Revision
    row: Row
    becomes: Ends


class Retiring:
    """What it means for readers, and for the pages around, that a page is retired or comes back."""

    def __init__(self, page: Page, before: Document | None, after: Document) -> None:
        """Keep what the page says now, and what it would say."""
        self.page = page
        self.title = after.title
        self.before = before.retirement if before else None
        self.after = after.retirement
        self.own_statements = len(after.statements)

    @property
    def comes_back(self) -> bool:
        """Return whether the page was retired and would be no more."""
        return self.after is None

    @cached_property
    def successor(self) -> Reading | None:
        """Return the page in force to which readers would be led."""
        wanted = self.after.replaced_by if self.after else None
        shown = Succession([wanted]).shown_for(wanted) if wanted is not None else None
        readings = Reading.objects.for_lists()
        return readings.filter(page=shown.page_id).first() if shown else None

    @property
    def lacks_title(self) -> bool:
        """Return whether the replacing page is not found under the retired page's title."""
        if self.successor is None:
            return False
        names = (self.successor.title, *self.successor.aliases)
        return fold(self.title) not in map(fold, names)

    @cached_property
    def statements(self) -> list[Resting]:
        """Return what other pages in force say of this one, by their titles."""
        concerned = Succession.into(self.page.pk)
        subjects = [one.revision for one in naming(concerned).select_related("revision")]
        found = [
            Resting(subject, row, self._becomes(row, subject, document, concerned))
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
        return "said" if (row.relation, into.page_id) in own else "follows"

    @property
    def hidden(self) -> list[Resting]:
        """Return the statements that readers would not see any more."""
        return [one for one in self.statements if one.becomes == "hidden"]

    @cached_property
    def linked_from(self) -> list[Reading]:
        """Return the pages in force whose text links to this one."""
        return list(Reading.objects.linking_to_addresses_of(Succession.into(self.page.pk)))

    @cached_property
    def waiting(self) -> list[Revision]:
        """Return what waits for review on the page, the retirement itself left out."""
        return [
            one
            for one in Revision.objects.waiting().on(self.page)
            if one.document.retirement is None or self.after is None
        ]


def retiring_of(page: Page, before: Document | None, after: Document) -> Retiring | None:
    """Return what a change of whether, why or for what a page is retired means; None without one."""
    changes = after.retirement != (before.retirement if before else None)
    return Retiring(page, before, after) if changes else None
