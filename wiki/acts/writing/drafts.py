"""Drafts: begin, save, continue, discard. Only its author sees a draft."""

import json
from typing import Any, Final

from django.db import transaction

from wiki.acts.locking import lock_page, lock_revision
from wiki.acts.writing import typed_words
from wiki.audit import log
from wiki.domain.lifecycle import Act, State
from wiki.models import Family, Page, Revision, User, clock
from wiki.models.locks import lock_names, lock_site
from wiki.models.publications import live_revision
from wiki.policy import own_words
from wiki.policy.permissions import authorize, reload
from wiki.policy.protection_rules import refuse_protected
from wiki.policy.refusal import Refused, SavedElsewhere
from wiki.text.document import Document
from wiki.text.markdown.parser import refused_structure

# A draft may be longer than a submission may be, so that a long text can be saved before it is shortened.
MOST_CHARACTERS: Final = 400_000
MOST_DRAFTS: Final = 100


def begins_with(page: Page) -> Revision | None:
    """Return the revision that an edit starts from: the live one, else the last that was reverted.

    A text that was suppressed is nobody's beginning.
    """
    reverted = page.revisions.filter(state=State.UNAPPROVED, suppression=None)
    return live_revision(page) or reverted.order_by("-number").first()


@transaction.atomic
def propose(document: Document, *, author: User) -> Revision:
    """Begin a new page as a draft and return it. The page gets its address when it is approved."""
    _may_write(author)
    _refuse_more_drafts(author)
    page = Page.objects.create(created_by=author)
    return _begin(page, document, author=author)


@transaction.atomic
def edit(
    page: Page,
    *,
    author: User,
    document: Document | None = None,
    shown: int | None = None,
    restores: int | None = None,
) -> Revision:
    """Return the author's open draft of `page`, or begin one from the published version.

    A page that is under review has nothing published; its last text is begun again, to be judged whole.
    `shown` is the live revision that the author had on the screen while writing `document`: when another
    one went live meanwhile, the draft still descends from that one, so that submitting it merges the two.
    `restores` is the number of the earlier version that `document` was written from, if readers ever saw it.
    """
    page = lock_page(page.pk)
    _may_write(author)
    if (draft := _open_draft(page, author)) and document is None:
        return draft
    if draft:
        raise Refused("You have a draft of this page already. Submit or discard it first.")
    refuse_protected(page, author)
    _refuse_more_drafts(author)
    live = live_revision(page)
    last = begins_with(page)
    if last is None:
        raise Refused("This page has not been published yet. Build on what is waiting for review.")
    return _begin(
        page,
        document or last.document,
        author=author,
        parent=live and (published(page, shown) or live),
        second_parent=_restored(page, restores, live) or (None if live else last),
    )


def _restored(page: Page, number: int | None, live: Revision | None) -> Revision | None:
    """Return the earlier published version that is written again; None if the page still shows that
    version.
    """
    if number is None or (live is not None and live.number == number):
        return None
    return page.revisions.filter(number=number, publications__isnull=False).first()


@transaction.atomic
def build_on(revision: Revision, *, author: User) -> Revision:
    """Begin a draft on top of any revision that waits for review."""
    revision = lock_revision(revision.pk)
    authorize(Act.BUILD_ON, revision, by=author)
    refuse_protected(revision.page, author)
    if draft := _open_draft(revision.page, author):
        if draft.parent_id == revision.pk:
            return draft
        raise Refused("You have a draft of this page already. Submit or discard it first.")
    _refuse_more_drafts(author)
    taken = revision.takes_over
    return _begin(revision.page, revision.document, author=author, parent=revision, takes_over=taken)


@transaction.atomic
def resume(revision: Revision, *, author: User) -> Revision:
    """Begin a new draft from one's own returned, rejected or withdrawn text."""
    revision = lock_revision(revision.pk)
    authorize(Act.RESUME, revision, by=author)
    refuse_protected(revision.page, author)
    refuse_suppressed(revision, author)
    if draft := _open_draft(revision.page, author):
        if draft.second_parent_id == revision.pk:
            return draft
        raise Refused("You have a draft of this page already. Submit or discard it first.")
    return _begun_again(revision, author=author)


def carry_on(revision: Revision, *, author: User) -> Revision | None:
    """Begin `author`'s draft from what was returned to somebody else, who stays an author too.

    Its page must be locked. Returns None where `author` has a draft of the page already.
    """
    _may_write(author)
    if _open_draft(revision.page, author):
        return None
    return _begun_again(revision, author=author)


def _begun_again(revision: Revision, *, author: User) -> Revision:
    """Begin a draft with the text of `revision`, based on the same version."""
    return _begin(
        revision.page,
        revision.document,
        author=author,
        parent=Family.of_branch(revision).begun_from(revision),
        second_parent=revision,
        takes_over=revision.takes_over,
        said={"note": revision.note, "impact": revision.impact, "meaning": revision.meaning},
    )


@transaction.atomic
def revert(revision: Revision, *, author: User) -> Revision:
    """Begin a draft with the text of an earlier version, as a change of the published one."""
    refuse_suppressed(revision, author)
    return edit(revision.page, author=author, document=revision.document, restores=revision.number)


def refuse_suppressed(revision: Revision, author: User) -> None:
    """Refuse to begin a draft from a suppressed text."""
    if hasattr(revision, "suppression") and not reload(author).can_review:
        raise Refused("The text of this version was suppressed, so nothing can begin with it.")


def _may_write(author: User) -> None:
    author = reload(author)
    if not author.can_write:
        raise Refused(
            author.suspension
            or "Only clinicians and moderators may write. An administrator can grant the role."
        )


def _refuse_more_drafts(author: User) -> None:
    """Refuse a new draft where somebody has very many; the count comes from the header query."""
    if getattr(author, "drafts_count", 0) >= MOST_DRAFTS:
        raise Refused(f"You have {MOST_DRAFTS} drafts. Submit or discard one first.")


def _refuse_too_much(document: Document, note: str = "", typed: dict[str, Any] | None = None) -> None:
    """Refuse to save what is far longer than a submission may be."""
    length = len(json.dumps(document.as_json(), ensure_ascii=False)) + len(note)
    length += len(json.dumps(typed, ensure_ascii=False)) if typed else 0
    if length > MOST_CHARACTERS:
        raise Refused(
            f"This draft has {length:,} characters, more than can be saved ({MOST_CHARACTERS:,}). "
            "Shorten it, or make two pages of it."
        )
    if problem := refused_structure(document.body):
        raise Refused(problem)


def published(page: Page, revision_id: int | None) -> Revision | None:
    """Return a revision of the page by its id, if it was ever published."""
    return page.revisions.filter(pk=revision_id or 0, publications__isnull=False).first()


def _open_draft(page: Page, author: User) -> Revision | None:
    return page.revisions.filter(author=author, state=State.DRAFT).first()


def _begin(
    page: Page,
    document: Document,
    *,
    author: User,
    parent: Revision | None = None,
    second_parent: Revision | None = None,
    takes_over: Revision | None = None,
    said: dict[str, str] | None = None,
) -> Revision:
    draft = Revision(
        page=page,
        author=author,
        author_name=str(author),
        parent=parent,
        second_parent=second_parent,
        takes_over=takes_over,
        **(said or {}),
    )
    _refuse_too_much(document)
    draft.hold(document)
    draft.created_at = draft.saved_at = clock.now()
    draft.save(force_insert=True)
    return draft


# Columns that every save of the text writes.
_KEPT = ("title", "kind", "content", "digest", "deleted_words", "saved_at")


@transaction.atomic
def save(
    draft: Revision,
    document: Document,
    *,
    by: User,
    note: str = "",
    impact: str | None = None,
    meaning: str | None = None,
    typed: dict[str, Any] | None = None,
    seen: str | None = None,
) -> Revision:
    """Keep what was typed. `typed` is the form itself while it holds what no document can yet.

    What the change means for a patient stays as it was where neither `impact` nor `meaning` is given.
    With `seen`, the time of the save that the writer goes on from, a draft that was saved since is refused.
    """
    draft = lock_revision(draft.pk)
    authorize(Act.SAVE, draft, by=by)
    if seen is not None and seen != draft.saved_at.isoformat():
        raise SavedElsewhere
    _refuse_too_much(document, note, typed)
    before = own_words.as_typed(draft)
    draft.hold(document)
    draft.note = note
    draft.impact = draft.impact if impact is None else impact
    draft.meaning = draft.meaning if meaning is None else meaning
    draft.typed = typed
    draft.deleted_words = own_words.deleted_by_saving(draft, before)
    draft.saved_at = clock.WallClock()
    draft.save(update_fields=[*_KEPT, "note", "impact", "meaning", "typed"])
    return draft


@transaction.atomic
def discard(draft: Revision, *, by: User, seen: str | None = None) -> None:
    """Delete a draft, and its page if the page never had any other revision.

    Of the words it is kept, unreadable, that they are their writer's.

    With `seen`, the time of the save that its writer saw, a draft that was saved since is refused.
    """
    lock_site()
    # The exclusive lock on names keeps other acts from publishing a statement about the page that is deleted.
    # One with a version that was sent in stays, and nobody waits.
    stays = draft.page.revisions.exclude(state=State.DRAFT).exists()
    lock_names(exclusive=not stays)
    draft = lock_revision(draft.pk)
    authorize(Act.DISCARD, draft, by=by)
    if seen is not None and seen != draft.saved_at.isoformat():
        raise SavedElsewhere
    page, gone = draft.page, own_words.left_behind(draft, discarded=True)
    draft.delete()
    log.write("discard", by=by)
    if not page.revisions.exists() and not Revision.objects.that_name(page).exists():
        page.delete()
    else:
        typed_words.keep_deleted(draft, gone)
