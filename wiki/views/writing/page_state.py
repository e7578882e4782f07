"""Retiring a page, bringing it back, and merging it into another one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wiki.acts.writing import page_merge, retirement
from wiki.forms.editing.page_state import MergeForm, RetireForm, ReturnForm
from wiki.models import Publication, Revision
from wiki.policy.refusal import Refused
from wiki.screens.page_merge import preview_of
from wiki.screens.retirement_impact import RetirementImpact
from wiki.views.access import UserRequest, clinician_required, page_at, refused

NOTHING = "Readers do not see this page, so it can neither be retired nor merged."


@clinician_required
def retire(request: UserRequest, slug: str) -> HttpResponse:
    """Ask why a page is retired and what replaces it, and show the effects; then submit it."""
    live = Publication.objects.live_with_people(page_at(slug))
    if live is None:
        return refused(request, NOTHING, back=reverse("drafts"))
    if request.method != "POST":
        return _retire_page(request, live, RetireForm(page_id=live.page_id, initial=_first(live)))
    form = RetireForm(request.POST, page_id=live.page_id)
    if not form.is_confirmed:
        return _retire_page(request, live, form, status=200 if form.is_valid() else 422)
    return _send(
        request,
        lambda: retirement.retire(live.page, by=request.user, retirement=form.retirement),
        lambda sentence: _retire_page(request, live, form, sentence=sentence, status=409),
    )


def _first(live: Publication) -> dict[str, str]:
    """Return the initial values of the form for a page that is retired already."""
    told = live.revision.document.retirement
    into = RetirementImpact(live.page, None, live.revision.document).successor
    return {"reason": told.reason if told else "", "replaced_by": into.title if into else ""}


def _retire_page(
    request: UserRequest, live: Publication, form: RetireForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    document = live.revision.document
    retiring = RetirementImpact(live.page, document, replace(document, retirement=form.retirement))
    context = {"live": live, "form": form, "retiring": retiring, "sentence": sentence}
    context["shows_effects"] = form.is_bound and form.is_valid()
    return render(request, "subjects/retire.html", context | _own_draft(request, live), status=status)


def _own_draft(request: UserRequest, live: Publication) -> dict[str, Any]:
    """Return the person's own draft of the page, which prevents another one."""
    return {"mine": Revision.objects.drafts_of(request.user).on(live.page).first()}


def _send(
    request: UserRequest, act: Callable[[], Revision], again: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Do the act and redirect to the submission; if it is refused, show the page `again` with the
    sentence.
    """
    try:
        sent = act()
    except Refused as refusal:
        return again(str(refusal))
    messages.success(
        request, f"Sent for review as version {sent.number}. Nothing changes before a moderator approves it."
    )
    return redirect(sent)


@clinician_required
def bring_back(request: UserRequest, slug: str) -> HttpResponse:
    """Ask why a retired page should be published again; a POST submits that."""
    live = Publication.objects.live_with_people(page_at(slug))
    if live is None or live.revision.document.retirement is None:
        return refused(request, "This page is not retired.", back=reverse("page", args=[slug]))
    form = ReturnForm(request.POST if request.method == "POST" else None, page_id=live.page_id)
    if not form.is_valid():
        return _return_page(request, live, form, status=422 if form.is_bound else 200)
    return _send(
        request,
        lambda: retirement.bring_back(live.page, by=request.user, note=form.cleaned_data["note"]),
        lambda sentence: _return_page(request, live, form, sentence=sentence, status=409),
    )


def _return_page(
    request: UserRequest, live: Publication, form: ReturnForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    document = live.revision.document
    retiring = RetirementImpact(live.page, document, replace(document, retirement=None))
    context = {"live": live, "form": form, "retiring": retiring, "sentence": sentence}
    return render(request, "subjects/bring_back.html", context | _own_draft(request, live), status=status)


@clinician_required
def merge(request: UserRequest, slug: str) -> HttpResponse:
    """Ask which page stays, and show the merged page; a POST begins the draft."""
    live = Publication.objects.live_with_people(page_at(slug))
    if live is None or live.revision.document.retirement is not None:
        return refused(request, NOTHING, back=reverse("drafts"))
    asked = "into" in request.GET
    data = request.POST if request.method == "POST" else request.GET if asked else None
    form = MergeForm(data, page_id=live.page_id)
    if request.method != "POST" or not form.is_valid() or form.stays is None:
        return _merge_page(request, live, form, status=422 if form.errors else 200)
    try:
        draft = page_merge.merge_pages(live.page, form.stays.page, by=request.user)
    except Refused as refusal:
        return _merge_page(request, live, form, sentence=str(refusal), status=409)
    messages.success(request, BEGUN.format(new=draft.title, old=live.revision.title))
    return redirect(draft)


BEGUN = (
    "This draft holds everything of both pages. Read it, put it in order and send it: “{old}” is retired in "
    "favour of “{new}” in the same moment in which readers get this text."
)


def _merge_page(
    request: UserRequest, live: Publication, form: MergeForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    stays = form.stays
    context = {"live": live, "form": form, "sentence": sentence, "stays": stays} | _own_draft(request, live)
    context["merging"] = preview_of(live.page, stays.page, reader=request.user) if stays else None
    return render(request, "subjects/merge.html", context, status=status)
