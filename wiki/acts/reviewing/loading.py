"""Loading: texts that came with the wiki, or from files. Nobody is their author, and nobody approved them."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Max

from wiki.acts.locking import lock_page
from wiki.acts.reviewing import publishing
from wiki.audit import chain, log
from wiki.domain.lifecycle import State
from wiki.models import Origin, Page, Publication, Revision, User, Way, WholePageReview, clock
from wiki.models.locks import lock_names
from wiki.policy import submission_problems
from wiki.policy.permissions import reload
from wiki.policy.refusal import NotReady, Refused
from wiki.text.document import Document

# What stands where an author would.
AUTHORS: Final = {Origin.STARTER: "Starter content", Origin.IMPORT: "Loaded from files"}
BY_PEOPLE: Final = "People have changed or reviewed this page, so a load leaves it as it is."


@dataclass(frozen=True)
class Load:
    """In whose name texts are loaded, the wiki's own if nobody's, where they came from, and a note."""

    origin: Origin
    note: str
    by: User | None = None


def may_replace(page: Page) -> bool:
    """Return whether a load may replace what readers see: nobody approved any of it, or reviewed it."""
    people = Publication.objects.filter(page=page).exclude(way=Way.LOADED)
    is_read = WholePageReview.objects.filter(page=page).exists()
    gone = page.publications.exists() and not page.publications.open().exists()
    return not (people.exists() or is_read or gone)


def begin_page(by: User | None) -> Page:
    """Return a new page whose text is loaded in a moment: statements of others may name it by then."""
    return Page.objects.create(created_by=by)


@transaction.atomic
def begin(page: Page, document: Document, what: Load) -> Revision:
    """Keep a text that is published in a moment: what others say of its page is judged by it until then."""
    if what.by is not None and not reload(what.by).can_act:
        raise Refused(f"The account of {what.by} is closed or suspended.")
    page = lock_page(page.pk)
    if not may_replace(page):
        raise Refused(BY_PEOPLE)
    return _revision(page, document, what, Publication.objects.live_of(page))


@transaction.atomic
def publish(revision: Revision, what: Load) -> Publication:
    """Let readers see a text that nobody here has reviewed; it says so until somebody has.

    It never replaces what people approved.
    """
    lock_names(exclusive=True)
    page = lock_page(revision.page_id)
    if not may_replace(page):
        raise Refused(BY_PEOPLE)
    if found := submission_problems.blocking(revision.document, page.pk):
        raise NotReady(found)
    live = Publication.objects.live_of(page)
    publication = publishing.publish_loaded(page, revision, live, by=what.by)
    log.write("load", by=what.by, revision=revision, at=revision.submitted_at, note=what.note)
    return publication


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
