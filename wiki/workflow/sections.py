"""One section of a page, edited on its own. It goes into the author's one draft; the rest stays as it is."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction

from wiki.lifecycle import State
from wiki.models import Page, Revision, User
from wiki.text.splice import Bookmark, Cutting, at_the_end, cutting, mark_of, section_after
from wiki.workflow.drafts import begins_with, edit, published, save
from wiki.workflow.locking import hold
from wiki.workflow.refusal import Refused

GONE: Final = "gone"


class Otherwise(Refused):
    """The section, or the note, says something else in the draft by now; `now` is None if it is gone."""

    def __init__(self, now: Cutting | None, note: str) -> None:
        """Keep what the draft says."""
        self.now = now
        self.note = note
        super().__init__(
            "This section was changed in another window meanwhile. What it says there stands below your "
            "text. Saving again keeps your text instead."
            if now
            else "This section is not in the draft any more. Saving again puts your text at its end."
        )

    @property
    def token(self) -> str:
        """Return from what a writer goes on who has read this."""
        return token_of(self.now, self.note)


@dataclass(frozen=True)
class Saved:
    """The draft with the new text, and where that lies."""

    draft: Revision
    place: Cutting
    note: str

    @property
    def section(self) -> str:
        """Return the section by its present heading, "" if it has none."""
        return section_after(self.place.body, self.place.before)

    @property
    def token(self) -> str:
        """Return from what the writer goes on."""
        return token_of(self.place, self.note)


def token_of(place: Cutting | None, note: str) -> str:
    """Return what the form of a section carries: where its text lay, and what that and the note said."""
    return f"{place.bookmark if place else GONE}-{mark_of(note.strip())}"


def body_of(revision: Revision) -> str:
    """Return the text as its author left it, whether or not the rest of the form makes sense yet."""
    return revision.document.body if revision.typed is None else str(revision.typed["head"]["body"])


def note_of(revision: Revision) -> str:
    """Return the note of a draft as its author left it; what is in force has none of theirs."""
    if revision.typed is not None:
        return str(revision.typed["head"]["note"]).strip()
    return revision.note if revision.state == State.DRAFT else ""


@transaction.atomic
def save_section(
    page: Page,
    section: str,
    text: str,
    *,
    was: str,
    by: User,
    note: str,
    shown: int | None = None,
    draft: int | None = None,
) -> Saved:
    """Put `text` into the place of a section in the author's draft, which is begun if there is none.

    `was` is the token of what the author was shown, `shown` the live revision that it came from, `draft` the
    draft if it had been begun. When the section or the note says something else by now, nothing is written
    and `Otherwise` holds what it says.
    """
    page = hold(page.pk)
    mine = page.revisions.filter(author=by)
    known = mine.filter(pk=draft).first() if draft else mine.filter(state=State.DRAFT).first()
    begun = known or published(page, shown) or begins_with(page)
    if begun is None:
        raise Refused("This page has not been published yet. Build on what is waiting for review.")
    place, new_note = _meet(begun, section, text.strip("\n"), note, was)
    typed: dict[str, Any] | None = begun.typed
    if typed is not None:
        typed = {**typed, "head": {**typed["head"], "body": place.body, "note": new_note}}
    into = known or edit(page, author=by, shown=shown)
    if known is None or (place.body, new_note) != (body_of(begun), note_of(begun)):
        document = replace(begun.document, body=place.body)
        into = save(into, document, by=by, note=new_note, typed=typed)
    return Saved(into, place, note)


def _meet(begun: Revision, section: str, text: str, note: str, was: str) -> tuple[Cutting, str]:
    """Return where the text lies now and the note, or raise `Otherwise` if another window changed either."""
    body, now = body_of(begun), note_of(begun)
    where, _, noted = was.rpartition("-")
    bookmark = Bookmark.read(where)
    place = bookmark.found(body) if bookmark else None
    if place is None:
        named = cutting(body, section)
        is_same = named and (named.text == text or (bookmark and named.bookmark.mark == bookmark.mark))
        place = named if is_same else bookmark.already(body, text) if bookmark else None
        if place is None and where == GONE and named is None:
            place = at_the_end(body)
        if place is None:
            raise Otherwise(named, now)
    if mark_of(note) == noted:
        note = now
    elif now and now != note and mark_of(now) != noted:
        raise Otherwise(place, now)
    return (place if place.text == text else place.with_text(text)), note
