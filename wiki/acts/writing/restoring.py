"""Restoring: an earlier version, or one section of it, as a draft that is reviewed like any other change."""

from dataclasses import replace
from typing import Final

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.writing.drafts import begins_with, discard, refuse_suppressed, revert, save
from wiki.acts.writing.sections import SavedSection, body_of, edit_summary_of, save_section, token_of
from wiki.domain.lifecycle import State
from wiki.models import Revision, User
from wiki.policy.refusal import Refused
from wiki.text.compare.section import at_the_end, cutting
from wiki.text.document import Document

DRAFT_IS_OPEN: Final = "You have a draft of this page. Choose whether to continue it or to replace it."
GONE: Final = "Version {number} has no such section."


def restored(now: Document, revision: Revision, section: str = "") -> Document:
    """Return the document `now` with an earlier version, or one section of it, put back."""
    if not section:
        return revision.document
    place = cutting(now.body, section) or at_the_end(now.body)
    return replace(now, body=place.replaced(_text_of(revision, section)))


@transaction.atomic
def restore(revision: Revision, *, by: User, instead_of: Revision | None = None, seen: str = "") -> Revision:
    """Begin a draft with the text of an earlier version and return it.

    An open draft is replaced only if it is `instead_of` and was not saved after `seen`; else this is refused.
    """
    if instead_of is not None:
        discard(instead_of, by=by, seen=seen)
    elif _draft_of(revision, by):
        raise Refused(DRAFT_IS_OPEN)
    draft = revert(revision, author=by)
    return save(draft, draft.document, by=by, note=f"Goes back to version {revision.number}.")


@transaction.atomic
def restore_section(revision: Revision, section: str, *, by: User) -> SavedSection:
    """Put one section of an earlier version into the author's draft, which is begun if there is none."""
    refuse_suppressed(revision, by)
    page = lock_page(revision.page_id)
    text = _text_of(revision, section)
    begun = _draft_of(revision, by) or begins_with(page)
    if begun is None:
        raise Refused("This page has not been published yet.")
    cover = edit_summary_of(begun)
    said = f"The section “{_title_of(revision, section)}” goes back to version {revision.number}."
    noted = replace(cover, note=f"{cover.note} {said}".strip() if said not in cover.note else cover.note)
    was = token_of(cutting(body_of(begun), section), cover)
    return save_section(page, section, text, was=was, by=by, cover=noted)


def _draft_of(revision: Revision, author: User) -> Revision | None:
    return Revision.objects.filter(page=revision.page_id, author=author, state=State.DRAFT).first()


def _text_of(revision: Revision, section: str) -> str:
    if (place := cutting(revision.document.body, section)) is None:
        raise Refused(GONE.format(number=revision.number))
    return place.text


def _title_of(revision: Revision, section: str) -> str:
    place = cutting(revision.document.body, section)
    return place.title if place else ""
