"""Autosave: a script saves the draft and gets the time, or both texts after a conflict."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wiki.acts.writing import drafts
from wiki.acts.writing.drafts import begins_with
from wiki.acts.writing.sections import SectionChanged, save_section
from wiki.forms.editing.draft import EMPTY, DraftForm, typed_of
from wiki.forms.editing.section import SectionForm
from wiki.forms.editing.typed import Typed, readable
from wiki.forms.numbers import number_in
from wiki.models import Page, Revision
from wiki.policy.refusal import Refused, SavedElsewhere
from wiki.text.compare.patch import Misfit
from wiki.views.access import UserRequest, clinician_required, page_at, revision_or_404
from wiki.views.unsaved_work import sealed_for

NOT_YOURS = "Somebody else is signed in now. Sign in yourself to save these words."
UNPUBLISHED = "This page has not been published yet."


@require_POST
@clinician_required
def autosave(request: UserRequest) -> JsonResponse:
    """Save the changed parts and return the time; if the draft was saved elsewhere, return the other text."""
    if sealed_for(request.POST) != request.user.pk:
        return _sentence(NOT_YOURS, HTTPStatus.FORBIDDEN)
    slug = readable(request.POST.get("page", ""))
    page = page_at(slug) if slug else None
    try:
        if "section" in request.POST:
            return _section(request, page, _draft(request, page))
        return _answer(_saved(request, page, _draft(request, page)))
    except Misfit:
        return _sentence("Send the whole form.", HTTPStatus.PRECONDITION_FAILED)
    except SavedElsewhere as refusal:
        return _saved_elsewhere(request, _draft(request, page), str(refusal))
    except Refused as refusal:
        return _sentence(str(refusal), HTTPStatus.CONFLICT)


def _draft(request: UserRequest, page: Page | None) -> Revision | None:
    """Return the draft; None if nothing of it is saved yet."""
    if (pk := number_in(request.POST.get("draft", ""))) is not None:
        return revision_or_404(request, pk=pk, author=request.user.pk)
    return Revision.objects.drafts_of(request.user).on(page).first() if page else None


def _saved(request: UserRequest, page: Page | None, draft: Revision | None) -> Revision:
    """Save the changed parts and return the draft. A repeated request after a lost response is harmless."""
    if draft is None:
        return _begun(request, page)
    stored, seen = typed_of(draft, reader=request.user), request.POST.get("saved", "")
    is_patch = "patch" in request.POST
    if seen != draft.saved_at.isoformat() and is_patch:
        raise SavedElsewhere
    typed = stored.patched(request.POST) if is_patch else Typed.from_post(request.POST)
    if typed == stored:
        return draft
    form = DraftForm(typed, writer=request.user, before=draft.document, checked=True)
    return _keep(request, draft, form, seen)


def _begun(request: UserRequest, page: Page | None) -> Revision:
    """Begin the draft; a repeated request does not begin a second new page."""
    begun = begins_with(page) if page else None
    if page and begun is None:
        raise Refused(UNPUBLISHED)
    typed = Typed.from_post(request.POST)
    if not any(typed.head.values()):
        raise Refused("Nothing is typed yet.")
    before = begun.document if begun else EMPTY
    form = DraftForm(typed, writer=request.user, before=before, checked=True)
    if page:
        shown, restores = (number_in(request.POST.get(name, "")) for name in ("base", "from"))
        document = form.document
        draft = drafts.edit(page, author=request.user, document=document, shown=shown, restores=restores)
    else:
        same = Revision.objects.drafts_of(request.user).of_new_pages().saying(form.document)
        draft = same.first() or drafts.propose(form.document, author=request.user)
    return _keep(request, draft, form, draft.saved_at.isoformat())


def _keep(request: UserRequest, draft: Revision, form: DraftForm, seen: str) -> Revision:
    return drafts.save(
        draft, form.document, by=request.user, **form.cover, typed=form.to_the_letter, seen=seen
    )


def _section(request: UserRequest, page: Page | None, draft: Revision | None) -> JsonResponse:
    """Save the text of one section; if it was changed elsewhere, return the other text."""
    form = SectionForm.typed(request.POST)
    if not form.is_valid():
        return _sentence(form.first_error, HTTPStatus.UNPROCESSABLE_ENTITY)
    if page is None:
        raise Refused(UNPUBLISHED)
    slug, section = request.POST.get("page", ""), request.POST.get("section", "")
    text, cover = form.cleaned_data["body"], form.cover
    number, was = draft.pk if draft else None, request.POST.get("saved", "")
    try:
        saved = save_section(
            page, section, text, was=was, by=request.user, cover=cover, shown=form.shown, draft=number
        )
    except SectionChanged as refusal:
        return _other_section(draft, slug, refusal)
    place = {"section": saved.section or section, "saved": saved.token}
    address = reverse("edit-section", args=[slug, place["section"]])
    return JsonResponse({**_facts(saved.draft), **place, "address": address})


def _other_section(draft: Revision | None, slug: str, refusal: SectionChanged) -> JsonResponse:
    """Return the present text of the section and edit summary, and where to read them."""
    section = refusal.now.section if refusal.now else ""
    words = Typed({"body": refusal.now.text if refusal.now else "", **vars(refusal.cover)})
    told = {
        "at": f"{timezone.localtime(draft.saved_at):%H:%M}" if draft else "",
        "saved": refusal.token,
        "address": reverse("edit-section", args=[slug, section]) if section else reverse("edit", args=[slug]),
        "sentence": str(refusal),
        "theirs": words.as_json(),
    }
    return JsonResponse(told, status=HTTPStatus.CONFLICT)


def _answer(draft: Revision) -> JsonResponse:
    return JsonResponse(_facts(draft))


def _saved_elsewhere(request: UserRequest, draft: Revision | None, sentence: str) -> JsonResponse:
    """Return what another window saved meanwhile; the asking window still has its own text."""
    if draft is None:
        return _sentence(sentence, HTTPStatus.CONFLICT)
    theirs = typed_of(draft, reader=request.user).as_json()
    return JsonResponse({**_facts(draft), "sentence": sentence, "theirs": theirs}, status=HTTPStatus.CONFLICT)


def _facts(draft: Revision) -> dict[str, Any]:
    return {
        "draft": draft.pk,
        "saved": draft.saved_at.isoformat(),
        "at": f"{timezone.localtime(draft.saved_at):%H:%M}",
        "address": draft.get_absolute_url(),
    }


def _sentence(sentence: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
