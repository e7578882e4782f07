"""Merging two pages: a draft of the page that stays, with all in it, and one that retires the other."""

from dataclasses import replace

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.writing.drafts import edit, save
from wiki.models import Page, Revision, User
from wiki.models.publications import live_revision
from wiki.policy.refusal import Refused
from wiki.text.compare.union import union
from wiki.text.document import Document, Retirement


def merged_documents(goes: Page, stays: Page) -> tuple[Document, Document, Document]:
    """Return three documents of a merge: the page that goes, the page that stays, and both together."""
    old, new = _published(goes), _published(stays)
    return old, new, union(new, old, stays_id=stays.pk, goes_id=goes.pk)


@transaction.atomic
def merge_pages(goes: Page, stays: Page, *, by: User) -> tuple[Revision, Revision]:
    """Begin two drafts and return them: one of the page that stays, one that retires the other.

    Each goes through review like any other; what was written on either page stays in its history.
    """
    if goes.pk == stays.pk:
        raise Refused("A page cannot be merged with itself. Choose another one.")
    pages = {pk: lock_page(pk) for pk in sorted((goes.pk, stays.pk))}
    goes, stays = pages[goes.pk], pages[stays.pk]
    old, new, whole = merged_documents(goes, stays)
    staying = edit(stays, author=by, document=whole)
    retired = replace(old, retirement=_retirement(new, stays))
    going = edit(goes, author=by, document=retired)
    save(staying, whole, by=by, note=_note_of_staying(old, going))
    save(going, retired, by=by, note=_note_of_going(new, staying))
    return staying, going


def _published(page: Page) -> Document:
    live = live_revision(page)
    if live is None or live.document.retirement is not None:
        raise Refused("Only pages that readers see now can be merged: one of the two is not published.")
    return live.document


def _retirement(new: Document, stays: Page) -> Retirement:
    return Retirement(f"This page was merged into “{new.title}”.", stays.pk)


def _note_of_staying(old: Document, going: Revision) -> str:
    return (
        f"Puts everything of “{old.title}” into this page. "
        f"Draft {going.pk} (/review/{going.pk}/) retires that page."
    )


def _note_of_going(new: Document, staying: Revision) -> str:
    return (
        f"Retires this page, whose text goes into “{new.title}” "
        f"with draft {staying.pk} (/review/{staying.pk}/). Approve that one first."
    )
