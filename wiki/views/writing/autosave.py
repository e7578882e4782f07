"""Autosave: a script saves the draft and gets the time, or both texts after a conflict."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from wiki.acts.writing import drafts
from wiki.acts.writing.drafts import begins_with
from wiki.acts.writing.sections import ChangeSummary, SectionChanged, body_of, edit_summary_of, save_section
from wiki.forms.editing.draft import EMPTY, DraftForm, typed_of
from wiki.forms.editing.put_together import heads_together, put_together
from wiki.forms.editing.section import SectionForm
from wiki.forms.editing.typed import Typed, readable
from wiki.forms.numbers import number_in
from wiki.models import Page, Revision
from wiki.policy.refusal import Refused, SavedElsewhere
from wiki.text.compare.patch import Misfit
from wiki.text.compare.section import cutting
from wiki.views.access import UserRequest, clinician_required, page_at, revision_with_id
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
        return _saved(request, page, _draft(request, page))
    except Misfit:
        return _sentence("Send the whole form.", HTTPStatus.PRECONDITION_FAILED)
    except SavedElsewhere as refusal:
        return _saved_elsewhere(request, _draft(request, page), str(refusal))
    except Refused as refusal:
        return _sentence(str(refusal), HTTPStatus.CONFLICT)


def _draft(request: UserRequest, page: Page | None) -> Revision | None:
    """Return the draft; None if nothing of it is saved yet."""
    if (pk := number_in(request.POST.get("draft", ""))) is not None:
        return revision_with_id(request, pk, is_own=True)
    return Revision.objects.drafts_of(request.user).on(page).first() if page else None


def _saved(request: UserRequest, page: Page | None, draft: Revision | None) -> JsonResponse:
    """Save what was typed, alone or put together with what another window saved, and return the time."""
    if draft is None:
        return _answer(_begun(request, page))
    if "together" not in request.POST:
        return _answer(_continued(request, draft))
    base = Typed.from_post(QueryDict(request.POST["together"]))
    stored = typed_of(draft, reader=request.user)
    typed, told = put_together(base, Typed.from_post(request.POST), stored)
    form = DraftForm(typed, writer=request.user, before=draft.document, checked=True)
    draft = _keep(request, draft, form, request.POST.get("saved", ""))
    return JsonResponse({**_facts(draft), "together": told})


def _continued(request: UserRequest, draft: Revision) -> Revision:
    """Save the changed parts and return the draft. A repeated request after a lost response is harmless."""
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
        try:
            draft = drafts.edit(page, author=request.user, document=document, shown=shown, restores=restores)
        except Refused:
            # The same words, sent by a page that was left at that moment, may have begun it meanwhile.
            if (mine := Revision.objects.drafts_of(request.user).on(page).first()) is None:
                raise
            return _continued(request, mine)
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
    text, cover, told = form.cleaned_data["body"], form.cover, ""
    number, was = draft.pk if draft else None, request.POST.get("saved", "")
    if "together" in request.POST and draft:
        text, cover, told = _section_together(request, draft, form)
    try:
        saved = save_section(
            page, section, text, was=was, by=request.user, cover=cover, shown=form.shown, draft=number
        )
    except SectionChanged as refusal:
        return _other_section(draft, slug, refusal)
    place = {"section": saved.section or section, "saved": saved.token}
    address = reverse("edit-section", args=[slug, place["section"]])
    more = {"together": told} if told else {}
    return JsonResponse({**_facts(saved.draft), **place, "address": address, **more})


def _section_together(
    request: UserRequest, draft: Revision, form: SectionForm
) -> tuple[str, ChangeSummary, str]:
    """Put the section together with its present text in the draft; return text, summary and a message."""
    base = SectionForm.typed(QueryDict(request.POST["together"])).data
    place = cutting(body_of(draft), request.POST.get("section", ""))
    theirs = {"body": place.text if place else "", **vars(edit_summary_of(draft))}
    ours = {"body": form.cleaned_data["body"], **vars(form.cover)}
    head, told = heads_together({name: str(base.get(name, "")) for name in ours}, ours, theirs)
    return head.pop("body"), ChangeSummary(**head), told


def _other_section(draft: Revision | None, slug: str, refusal: SectionChanged) -> JsonResponse:
    """Return the present text of the section and edit summary, and where to read them."""
    section = refusal.now.section if refusal.now else ""
    words = Typed({"body": refusal.now.text if refusal.now else "", **vars(refusal.cover)})
    told = {
        "at": draft.saved_at.isoformat() if draft else "",
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
        "at": draft.saved_at.isoformat(),
        "address": draft.get_absolute_url(),
    }


def _sentence(sentence: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
