"""Editing one section of a page. The section goes into the author's one draft; the rest stays unchanged."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from django.db import transaction

from wiki.acts.locking import lock_page
from wiki.acts.writing.drafts import begins_with, edit, published, save
from wiki.domain.lifecycle import State
from wiki.models import Page, Revision, User
from wiki.policy.refusal import Refused
from wiki.text.compare.section import Bookmark, Cutting, at_the_end, cutting, mark_of, section_after

GONE: Final = "gone"


@dataclass(frozen=True)
class ChangeSummary:
    """What goes to the reviewer along with a text: the note, and what the change means for a patient."""

    note: str = ""
    impact: str = ""
    meaning: str = ""

    @property
    def mark(self) -> str:
        """Return the digest that identifies this summary."""
        return mark_of("\n".join((self.note.strip(), self.impact, self.meaning.strip())).strip())


class SectionChanged(Refused):
    """The draft now has another text of the section or another edit summary; `now` is None if it is gone."""

    def __init__(self, now: Cutting | None, cover: ChangeSummary) -> None:
        """Keep what the draft says now."""
        self.now = now
        self.cover = cover
        super().__init__(
            "This section was changed in another window meanwhile. What it says there stands below your "
            "text. Saving again keeps your text instead."
            if now
            else "This section is not in the draft any more. Saving again puts your text at its end."
        )

    @property
    def token(self) -> str:
        """Return the token for a writer who has read this version."""
        return token_of(self.now, self.cover)


@dataclass(frozen=True)
class SavedSection:
    """The draft with the new text of the section, and the section's place."""

    draft: Revision
    place: Cutting
    cover: ChangeSummary

    @property
    def section(self) -> str:
        """Return the id of the section's present heading, "" if it has none."""
        return section_after(self.place.body, self.place.before)

    @property
    def token(self) -> str:
        """Return the token with which the writer saves the next time."""
        return token_of(self.place, self.cover)


def token_of(place: Cutting | None, cover: ChangeSummary) -> str:
    """Return the token that a section's form carries: the place of its text, the text's digest, the edit
    summary's.
    """
    return f"{place.bookmark if place else GONE}-{cover.mark}"


def body_of(revision: Revision) -> str:
    """Return the body as its author left it, even where the rest of the form is not valid yet."""
    return revision.document.body if revision.typed is None else str(revision.typed["head"]["body"])


def edit_summary_of(revision: Revision) -> ChangeSummary:
    """Return the edit summary of a draft as its author left it; empty for a published version."""
    if revision.typed is not None:
        head = revision.typed["head"]
        return ChangeSummary(*(str(head.get(one.name, "")).strip() for one in fields(ChangeSummary)))
    if revision.state != State.DRAFT:
        return ChangeSummary()
    return ChangeSummary(revision.note, revision.impact, revision.meaning)


@transaction.atomic
def save_section(
    page: Page,
    section: str,
    text: str,
    *,
    was: str,
    by: User,
    cover: ChangeSummary,
    shown: int | None = None,
    draft: int | None = None,
) -> SavedSection:
    """Put `text` into the place of a section in the author's draft, which is begun if there is none.

    `was` is the token of what the author was shown, `shown` the live revision that it came from, `draft` the
    draft if it had been begun. When the section or its `cover` says something else by now, nothing is
    written and `SectionChanged` holds what it says.
    """
    page = lock_page(page.pk)
    mine = page.revisions.filter(author=by)
    known = mine.filter(pk=draft).first() if draft else mine.filter(state=State.DRAFT).first()
    begun = known or published(page, shown) or begins_with(page)
    if begun is None:
        raise Refused("This page has not been published yet. Build on what is waiting for review.")
    place, going = _place_and_summary(begun, section, text.strip("\n"), cover, was)
    typed: dict[str, Any] | None = begun.typed
    if typed is not None:
        typed = {**typed, "head": {**typed["head"], "body": place.body, **asdict(going)}}
    into = known or edit(page, author=by, shown=shown)
    if known is None or (place.body, going) != (body_of(begun), edit_summary_of(begun)):
        document = replace(begun.document, body=place.body)
        into = save(into, document, by=by, **asdict(going), typed=typed)
    return SavedSection(into, place, cover)


def _place_and_summary(
    begun: Revision, section: str, text: str, cover: ChangeSummary, was: str
) -> tuple[Cutting, ChangeSummary]:
    """Return the present place of the text and the edit summary; raise `SectionChanged` if another window
    changed either.
    """
    body, now = body_of(begun), edit_summary_of(begun)
    where, _, noted = was.rpartition("-")
    bookmark = Bookmark.read(where)
    place = bookmark.find_in(body) if bookmark else None
    if place is None:
        named = cutting(body, section)
        is_same = named and (named.text == text or (bookmark and named.bookmark.mark == bookmark.mark))
        place = named if is_same else bookmark.already(body, text) if bookmark else None
        if place is None and where == GONE and named is None:
            place = at_the_end(body)
        if place is None:
            raise SectionChanged(named, now)
    if cover.mark == noted:
        cover = now
    elif now != ChangeSummary() and now != cover and now.mark != noted:
        raise SectionChanged(place, now)
    return (place if place.text == text else place.with_text(text)), cover
