"""Editing one section of a page: only its text is on the screen."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from wiki.acts.writing import submission
from wiki.acts.writing.drafts import begins_with
from wiki.acts.writing.sections import (
    SavedSection,
    SectionChanged,
    body_of,
    edit_summary_of,
    save_section,
    token_of,
)
from wiki.forms.editing.section import SectionForm
from wiki.models import Page, Revision
from wiki.models.queries.editing import waiting_on
from wiki.policy.refusal import Refused
from wiki.screens.edit_conflict import edit_conflict_of
from wiki.screens.statistics import sentence_when_sent, waits_in_words
from wiki.text.compare.section import Cutting, cutting
from wiki.views import unsaved_work
from wiki.views.access import UserRequest, clinician_required, closed_to, page_at, refused


@clinician_required
def section(request: UserRequest, slug: str, section: str) -> HttpResponse:
    """Show one section of one's draft or of the published version; a POST saves it in the draft."""
    page = page_at(slug)
    if closed := closed_to(request, page):
        return closed
    begun = Revision.objects.drafts_of(request.user).on(page).first() or begins_with(page)
    if begun is None:
        return refused(request, "This page has not been published yet.", back=reverse("drafts"))
    if request.method == "POST":
        return _save(request, page, begun, slug, section)
    if post := unsaved_work.kept(request):
        return _put_back(request, post, page, begun, slug=slug, section=section)
    place = cutting(body_of(begun), section)
    if place is None:
        messages.info(request, "That section is not in the text any more. This is the whole page.")
        return redirect("edit", slug)
    form = SectionForm({"body": place.text, **vars(edit_summary_of(begun))}, checked=False)
    form.fields["body"].widget.attrs["autofocus"] = True
    return _screen(request, page, begun, form, place, slug=slug, section=section)


def _put_back(
    request: UserRequest, post: QueryDict, page: Page, begun: Revision, **more: Any
) -> HttpResponse:
    """Return the form with what was typed when a session ended."""
    place = cutting(body_of(begun), more["section"])
    form = SectionForm.typed(post)
    more |= {"returned": True, "saved": post.get("saved", ""), "base": form.shown}
    return _screen(request, page, begun, form, place, **more)


def _save(request: UserRequest, page: Page, begun: Revision, slug: str, section: str) -> HttpResponse:
    """Save the section in the draft, then do what the pressed button says."""
    form = SectionForm.typed(request.POST)
    place = cutting(body_of(begun), section)
    was = request.POST.get("saved", "")
    more: dict[str, Any] = {"slug": slug, "section": section, "saved": was, "held": True}
    if not form.is_valid():
        return _screen(request, page, begun, form, place, status=422, **more)
    text = form.cleaned_data["body"]
    try:
        saved = save_section(
            page, section, text, was=was, by=request.user, cover=form.cover, shown=form.shown
        )
    except SectionChanged as refusal:
        more |= {"sentence": str(refusal), "now": refusal.now, "noted": refusal.cover, "saved": refusal.token}
        return _screen(request, page, begun, form, refusal.now, status=HTTPStatus.CONFLICT, **more)
    except Refused as refusal:
        return _screen(request, page, begun, form, place, sentence=str(refusal), status=409, **more)
    unsaved_work.forget(request)
    if request.POST.get("act") == "submit":
        return _submit(request, saved, form, slug=slug, section=saved.section or section)
    return redirect(_place_after(request.POST.get("act", ""), saved, slug))


def _place_after(act: str, saved: SavedSection, slug: str) -> str:
    """Return where to go after a button that only saves."""
    if act == "add-picture":
        return f"{reverse('add-picture')}?draft={saved.draft.pk}"
    if act == "whole" or not saved.section:
        return saved.draft.get_absolute_url()
    return reverse("edit-section", args=[slug, saved.section])


def _submit(request: UserRequest, saved: SavedSection, form: SectionForm, **more: Any) -> HttpResponse:
    """Submit the draft, or say why not. The section is saved already."""
    draft, place = saved.draft, saved.place
    more["saved"] = saved.token
    if not form.owes_nothing():
        return redirect("submit-step", draft.pk)
    if draft.typed is None and edit_conflict_of(draft):
        return redirect("conflict", draft.pk)
    try:
        sent = submission.submit(draft, by=request.user, **vars(form.cover))
    except Refused as refusal:
        more["sentence"] = f"The section is saved. It was not sent for review yet. {refusal}"
        return _screen(request, draft.page, draft, form, place, status=409, **more)
    messages.success(request, sentence_when_sent(sent))
    return redirect(sent)


def _screen(
    request: UserRequest,
    page: Page,
    begun: Revision,
    form: SectionForm,
    place: Cutting | None,
    *,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    """Return the page with the form of a section; `begun` is the draft, or what one would be begun from."""
    draft = begun if begun.number is None else None
    waiting = waiting_on(page.pk)
    context: dict[str, Any] = {
        "page": page,
        "begun": begun,
        "draft": draft,
        "form": form.prepare(),
        "place": place,
    }
    context["waiting"] = [one for one in waiting if one.pk != begun.parent_id]
    context |= {"writer": unsaved_work.seal_of(request.user), "expected_waits": waits_in_words()}
    context |= {"saved": token_of(place, edit_summary_of(begun)), "base": begun.pk} | more
    return render(request, "writing/section.html", context, status=status)
