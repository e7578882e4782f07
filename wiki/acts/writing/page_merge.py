"""Merging two pages: one submission that takes the text of one over and retires the other page with it."""

from dataclasses import replace

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.writing.drafts import edit, save
from wiki.models import Page, Revision, User
from wiki.models.publications import live_revision
from wiki.policy.protection_rules import refuse_protected
from wiki.policy.refusal import Refused
from wiki.text.compare.union import union
from wiki.text.document import Document, Retirement


def merged_documents(goes: Page, stays: Page) -> tuple[Document, Document, Document]:
    """Return three documents of a merge: the page that goes, the page that stays, and both together."""
    old, new = _published(goes).document, _published(stays).document
    return old, new, union(new, old, stays_id=stays.pk, goes_id=goes.pk)


@transaction.atomic
def merge_pages(goes: Page, stays: Page, *, by: User) -> Revision:
    """Begin the draft of the page that stays, with everything of both, and return it.

    Sent in, it comes with the version that retires the other page: they are one submission, reviewed as one
    and published together or not at all. What was written on either page stays in its history.
    """
    if goes.pk == stays.pk:
        raise Refused("A page cannot be merged with itself. Choose another one.")
    pages = {pk: lock_page(pk) for pk in sorted((goes.pk, stays.pk))}
    goes, stays = pages[goes.pk], pages[stays.pk]
    old, _, whole = merged_documents(goes, stays)
    refuse_protected(goes, by)
    draft = edit(stays, author=by, document=whole)
    draft.takes_over = _published(goes)
    draft.save(update_fields=["takes_over"])
    return save(draft, whole, by=by, note=f"Puts everything of “{old.title}” into this page.")


def _published(page: Page) -> Revision:
    live = live_revision(page)
    if live is None or live.document.retirement is not None:
        raise Refused("Only pages that readers see now can be merged: one of the two is not published.")
    return live


def retired_by(staying: Revision) -> Document:
    """Return what the page says that a version takes over, retired in favour of the one that stays."""
    taken = staying.takes_over
    assert taken is not None  # noqa: S101  # only what takes a page over retires one
    reason = f"This page was merged into “{staying.document.title}”."
    return replace(taken.document, retirement=Retirement(reason, staying.page_id))
