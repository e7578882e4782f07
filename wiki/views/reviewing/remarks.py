"""The discussion of a submission: remarks, answers, and resolving threads."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wiki.acts.reviewing import remarks
from wiki.forms.reviewing.remarks import RemarkForm
from wiki.forms.reviewing.review import VerdictForm
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.review import open_review_screen
from wiki.views import access
from wiki.views.access import UserRequest
from wiki.views.next_in_queue import screen_of, way_of


@require_POST
@access.clinician_required
def remark(request: UserRequest, pk: int) -> HttpResponse:
    """Post a remark on a passage of a submission."""
    form = RemarkForm(request.POST, at=request.POST.get("at", ""))
    if not form.is_valid():
        return _asked_again(request, pk, form)
    text = form.cleaned_data["text"]
    try:
        said = remarks.remark(pk, by=request.user, at=form.at, text=text)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk), kept=[text])
    messages.success(request, "Your comment is posted. Those who work on this are told.")
    return _back(request, pk, said.pk)


@require_POST
@access.clinician_required
def answer(request: UserRequest, pk: int, thread: int) -> HttpResponse:
    """Answer a remark."""
    form = RemarkForm(request.POST, thread=thread)
    if not form.is_valid():
        return _asked_again(request, pk, form)
    text = form.cleaned_data["text"]
    try:
        remarks.answer(pk, thread, by=request.user, text=text)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk), kept=[text])
    messages.success(request, "Your answer is posted.")
    return _back(request, pk, thread)


@require_POST
@access.clinician_required
def resolve(request: UserRequest, pk: int, thread: int) -> HttpResponse:
    """Mark a thread as resolved."""
    try:
        remarks.resolve(pk, thread, by=request.user)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk))
    messages.success(request, "Resolved. It stays on record and can be opened again.")
    return _back(request, pk, thread)


@require_POST
@access.clinician_required
def reopen(request: UserRequest, pk: int, thread: int) -> HttpResponse:
    """Mark a thread as unresolved again."""
    try:
        remarks.reopen(pk, thread, by=request.user)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk))
    messages.success(request, "The comment is open again.")
    return _back(request, pk, thread)


def _back(request: UserRequest, pk: int, thread: int) -> HttpResponse:
    return redirect(f"{screen_of(request, pk)}#remark-{thread}")


def _asked_again(request: UserRequest, pk: int, said: RemarkForm) -> HttpResponse:
    """Return the review screen with the typed remark at its passage, and the error."""
    case = open_review_screen(access.revision_with_id(request, pk), by=request.user)
    context = {"case": case, "revision": case.revision, "form": VerdictForm(case=case), "said": said}
    context |= {"changes": case.changes_since(None, at=said.at), "way": way_of(request)}
    return render(request, "review/review.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
