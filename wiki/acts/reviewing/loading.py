"""Loading texts from the starter content or from files, as unreviewed texts without an author."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Max

from wiki.acts.locking import lock_page
from wiki.acts.reviewing import publishing
from wiki.acts.reviewing.publishing import Opened
from wiki.audit import chain, log
from wiki.domain.lifecycle import State
from wiki.models import Origin, Page, Publication, Revision, User, Way, WholePageReview, clock
from wiki.models.locks import lock_names
from wiki.policy import submission_problems
from wiki.policy.permissions import reload
from wiki.policy.refusal import NotReady, Refused
from wiki.text.document import Document

# Shown in place of an author's name.
AUTHORS: Final = {Origin.STARTER: "Starter content", Origin.IMPORT: "Loaded from files"}
BY_PEOPLE: Final = "People have changed or reviewed this page, so a load leaves it as it is."


@dataclass(frozen=True)
class Load:
    """Where loaded texts came from, on whose behalf (None: the wiki's own), and a note."""

    origin: Origin
    note: str
    by: User | None = None


def may_replace(page: Page) -> bool:
    """Return whether a load may replace the published text: only if no person approved or reviewed
    any of it.
    """
    people = Publication.objects.filter(page=page).exclude(way=Way.LOADED)
    is_read = WholePageReview.objects.filter(page=page).exists()
    gone = page.publications.exists() and not page.publications.open().exists()
    return not (people.exists() or is_read or gone)


def begin_page(by: User | None) -> Page:
    """Return a new page whose text is loaded later in the same transaction: other pages may refer to it
    already.
    """
    return Page.objects.create(created_by=by)


@transaction.atomic
def begin(page: Page, document: Document, what: Load) -> Revision:
    """Store a text that is published later in the same transaction: checks of other pages can see
    it already.
    """
    if what.by is not None and not reload(what.by).can_act:
        raise Refused(f"The account of {what.by} is closed or suspended.")
    page = lock_page(page.pk)
    if not may_replace(page):
        raise Refused(BY_PEOPLE)
    return _revision(page, document, what, Publication.objects.live_of(page))


@transaction.atomic
def publish(revision: Revision, what: Load) -> Publication:
    """Publish a loaded text, marked as unreviewed. It never replaces what people approved."""
    opened = open_publication(revision)
    show(opened, what)
    finish([opened], by=what.by)
    return opened.publication


def open_publication(revision: Revision) -> Opened:
    """Open the publication of a text that `begin` stored; raise `Refused` where people approved another.

    Of a load of many texts all are opened first, so that what readers get of each is derived once.
    """
    lock_names(exclusive=True)
    page = lock_page(revision.page_id)
    if not may_replace(page):
        raise Refused(BY_PEOPLE)
    return publishing.open_loaded(page, revision, Publication.objects.live_of(page))


def show(opened: Opened, what: Load) -> None:
    """Check an opened text, show it to readers and log it; raise `NotReady` with what stops it."""
    revision = opened.publication.revision
    if found := submission_problems.blocking(revision.document, opened.page.pk):
        raise NotReady(found)
    publishing.show_loaded(opened)
    log.write("load", by=what.by, revision=revision, at=revision.submitted_at, note=what.note)


def finish(opened: Sequence[Opened], *, by: User | None) -> None:
    """End a load: update the other pages that lead to what was loaded, and the tasks that rest on it."""
    publishing.tell_neighbours(opened, by=by)


def _revision(page: Page, document: Document, what: Load, live: Publication | None) -> Revision:
    last = page.revisions.aggregate(last=Max("number"))["last"] or 0
    now = clock.now()
    revision = Revision(
        page=page,
        number=last + 1,
        state=State.SUBMITTED,
        origin=what.origin,
        author_name=AUTHORS[what.origin],
        parent=live.revision if live else None,
        note=what.note,
        created_at=now,
        saved_at=now,
        submitted_at=now,
    )
    revision.hold(document)
    revision.save(force_insert=True)
    chain.bind("revision", revision, page_id=page.pk)
    return revision
