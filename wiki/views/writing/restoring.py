"""Restoring an earlier version of a page, or one section of it."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wiki.acts.writing import restoring
from wiki.acts.writing.drafts import begins_with
from wiki.acts.writing.sections import body_of
from wiki.models import Page, Revision
from wiki.models.queries.editing import waiting_on
from wiki.policy.refusal import Refused
from wiki.published.redaction import readable_version
from wiki.screens.changes import Changes
from wiki.text.compare.section import section_headings
from wiki.text.document import Document
from wiki.views.access import UserRequest, clinician_required, closed_to, page_at, refused, revision_or_404

NEVER_PUBLISHED = "Readers never saw this version, so it cannot be restored."
CORRECTED = "A passage of this version was corrected for safety since. Only a moderator can restore it."
IS_LIVE = "Readers see this version now, so there is nothing to restore."


@dataclass(frozen=True)
class Restoration:
    """An earlier version, the section of it that is wanted ("" for all), and what it would replace."""

    page: Page
    version: Revision
    section: str
    draft: Revision | None
    begun: Revision

    @cached_property
    def now(self) -> Document:
        """Return what the writer's draft says, else what readers see."""
        return replace(self.begun.document, body=body_of(self.begun))

    @cached_property
    def after(self) -> Document:
        """Return what the draft would say. Raises `Refused` if the version has no such section."""
        return restoring.restored(self.now, self.version, self.section)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the sections of the version: the id and the words of each heading."""
        return [(one.heading_id, one.words) for one in section_headings(self.version.document.body)]


@clinician_required
def restore(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """Show what would be lost and what would come back; a POST begins the draft."""
    page = page_at(slug)
    if closed := closed_to(request, page):
        return closed
    version = revision_or_404(request, page=page, number=number)
    draft, begun = Revision.objects.drafts_of(request.user).on(page).first(), begins_with(page)
    history = reverse("history", args=[slug])
    if sentence := _why_not(request, version, begun, draft):
        return refused(request, sentence, back=history)
    asked = request.POST if request.method == "POST" else request.GET
    wanted = Restoration(page, version, asked.get("section", ""), draft, draft or begun or version)
    try:
        if request.method == "POST":
            return _restore(request, wanted)
        changes = Changes(wanted.now, wanted.after, reader=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=request.get_full_path() if draft else history)
    context = {"wanted": wanted, "changes": changes, "slug": slug, "saved": _token(draft)}
    return render(request, "writing/restore.html", {**context, "waiting": waiting_on(page.pk)})


def _why_not(request: UserRequest, version: Revision, begun: Revision | None, draft: Revision | None) -> str:
    """Return why a version cannot be restored, "" if it can."""
    if not version.publications.exists():
        return NEVER_PUBLISHED
    told = readable_version(request.user, version)
    if told.fixes and not told.in_full:
        return CORRECTED
    return IS_LIVE if version == begun and draft is None else ""


def _restore(request: UserRequest, wanted: Restoration) -> HttpResponse:
    """Put the version or the section into a draft; an open draft is replaced only where that was chosen."""
    version, number = wanted.version, wanted.version.number
    if wanted.section:
        saved = restoring.restore_section(version, wanted.section, by=request.user)
        messages.success(request, f"The section is in your draft as it was in version {number}.")
        return redirect(saved.draft)
    instead_of = wanted.draft if request.POST.get("act") == "replace" else None
    draft = restoring.restore(
        version, by=request.user, instead_of=instead_of, seen=request.POST.get("saved", "")
    )
    messages.success(
        request, f"This draft says what version {number} said. Readers see it once it is approved."
    )
    return redirect(draft)


def _token(draft: Revision | None) -> str:
    return draft.saved_at.isoformat() if draft else ""
