"""Loading texts from the starter content or from files, as unreviewed texts without an author."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from wiki.acts.reviewing import publishing
from wiki.acts.reviewing.publishing import Opened
from wiki.acts.writing import typed_words
from wiki.audit import chain, log
from wiki.domain.lifecycle import State
from wiki.models import Address, Event, Origin, Page, Publication, Revision, User, Way, WholePageReview, clock
from wiki.models.locks import lock_names
from wiki.policy import submission_problems
from wiki.policy.checks.load_stops import Beside, ToCheck, load_stops
from wiki.policy.permissions import reload
from wiki.policy.refusal import NotReady, Refused
from wiki.text.document import Document
from wiki.text.markdown.parser import each_parsed_once

# Shown in place of an author's name.
AUTHORS: Final = {Origin.STARTER: "Starter content", Origin.IMPORT: "Loaded from files"}
BY_PEOPLE: Final = "People have changed or reviewed this page, so a load leaves it as it is."


class RefusedPage(Refused):
    """A page of a load was turned away: its title stands before the reason."""

    def __init__(self, title: str, why: Refused) -> None:
        """Keep the title and the refusal."""
        super().__init__(f"{title}: {why}")
        self.title, self.why = title, why


@dataclass(frozen=True)
class Load:
    """Where loaded texts came from, on whose behalf (None: the wiki's own), and a note."""

    origin: Origin
    note: str
    by: User | None = None


@dataclass(frozen=True)
class LoadedText:
    """A text that is to be published on a page."""

    page_id: int
    document: Document
    what: Load


def may_replace(page_ids: Collection[int]) -> set[int]:
    """Return the pages whose published text a load may replace: no person approved or reviewed any of it."""
    publications = Publication.objects.filter(page__in=page_ids)
    there = set(publications.values_list("page_id", flat=True))
    if not there:
        return set(page_ids)
    kept = set(publications.exclude(way=Way.LOADED).values_list("page_id", flat=True))
    kept |= set(WholePageReview.objects.filter(page__in=page_ids).values_list("page_id", flat=True))
    kept |= there - Publication.objects.live_ids(there).keys()
    return set(page_ids) - kept


def refuse_loader(by: User | None) -> None:
    """Raise `Refused` unless whoever loads, if not the wiki itself, answers for what comes in unreviewed."""
    if by is None:
        return
    person = reload(by)
    if not person.can_act:
        raise Refused(f"The account of {by} is closed or suspended.")
    if not (person.can_review or person.can_administer):
        raise Refused("Only moderators and administrators may load pages from files.")


def begin_pages(slugs: Sequence[str], *, by: User | None) -> dict[str, int]:
    """Return the id of a new page at each address: its text is loaded later, and others may refer to it."""
    pages = Page.objects.bulk_create([Page(created_by=by) for _ in slugs])
    Address.objects.bulk_create(
        Address(slug=slug, page=page) for slug, page in zip(slugs, pages, strict=True)
    )
    return {slug: page.pk for slug, page in zip(slugs, pages, strict=True)}


@transaction.atomic
def publish(text: LoadedText) -> Publication:
    """Publish a loaded text, marked as unreviewed. It never replaces what people approved."""
    return publish_all([text])[0]


@transaction.atomic
def publish_all(
    texts: Sequence[LoadedText], *, beside: Beside | None = None, relinks: bool = True
) -> list[Publication]:
    """Publish loaded texts, marked as unreviewed; what replaces a retired page stands before that.

    They never replace what people approved. `beside` has what the load publishes with them or later. Without
    `relinks`, pages that link to those which are new are brought up to date by the end of the load.
    """
    lock_names(exclusive=True)
    with each_parsed_once():
        opened = _open(texts, beside or Beside())
        for are_retired in (False, True):
            some = [
                one for one in opened if bool(one.publication.revision.document.retirement) is are_retired
            ]
            publishing.show_loaded(some)
        log.write_many([_event(text, one) for text, one in zip(texts, opened, strict=True)])
        publishing.tell_neighbours(opened, by=texts[0].what.by if texts else None, relinks=relinks)
    return [one.publication for one in opened]


def _event(text: LoadedText, opened: Opened) -> Event:
    revision, what = opened.publication.revision, text.what
    return log.unsaved("load", by=what.by, revision=revision, at=revision.submitted_at, note=what.note)


def _open(texts: Sequence[LoadedText], beside: Beside) -> list[Opened]:
    """Store the texts and open their publications, if nothing stops one of them."""
    pages = Page.objects.locked_all({one.page_id for one in texts})
    free = may_replace(pages)
    for text in texts:
        if text.page_id not in pages or text.page_id not in free:
            raise RefusedPage(text.document.title, Refused(BY_PEOPLE))
    check(texts, beside)
    revisions = store(texts, pages)
    return publishing.open_loaded(revisions)


def check(texts: Sequence[LoadedText], beside: Beside) -> None:
    """Raise `Refused`, with the title of the page, for the first text that is stopped by the rules."""
    for one in texts:
        beside.add(one.page_id, one.document)
    asked = [ToCheck(one.document, one.page_id) for one in texts]
    for one, found in zip(texts, load_stops(asked, beside=beside), strict=True):
        if problems := submission_problems.stopped(found):
            raise RefusedPage(one.document.title, NotReady(problems))


def store(texts: Sequence[LoadedText], pages: dict[int, Page]) -> list[Revision]:
    """Store loaded texts, each as the newest revision of its page; the pages must be locked."""
    last = Revision.objects.last_numbers(pages)
    live = Publication.objects.live_ids(pages)
    now = clock.now()
    revisions = []
    for text in texts:
        revision = Revision(
            page=pages[text.page_id],
            number=last.get(text.page_id, 0) + 1,
            state=State.SUBMITTED,
            origin=text.what.origin,
            author_name=AUTHORS[text.what.origin],
            parent_id=live.get(text.page_id),
            note=text.what.note,
            created_at=now,
            saved_at=now,
            submitted_at=now,
        )
        revision.hold(text.document)
        revisions.append(revision)
    Revision.objects.bulk_create(revisions)
    chain.bind_many([("revision", one, one.page_id) for one in revisions])
    typed_words.keep(revisions)
    return revisions
