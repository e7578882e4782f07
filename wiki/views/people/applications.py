"""Applying to write, for readers; the list of applications and the answers, for administrators."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wiki.acts.people import applications as acts
from wiki.forms.people.applications import ApplicationAnswerForm, ApplicationForm
from wiki.models import Application
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, administrator_required, signed_in_required

LIST_LENGTH = 100


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_required
def apply(request: UserRequest) -> HttpResponse:
    """Show the form for whoever wants to write, with the answers to what they sent; a POST sends it."""
    if request.method != "POST":
        return _apply(request, ApplicationForm(initial={"profession": request.user.profession}))
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        return _apply(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        acts.apply(request.user, **form.cleaned_data)
    except Refused as refusal:
        return _apply(request, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(
        request, "Your application is sent. An administrator answers, and you get a notification."
    )
    return redirect("apply")


def _apply(
    request: UserRequest, form: ApplicationForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    sent = list(Application.objects.of_person(request.user)[:LIST_LENGTH])
    context = {"form": form, "sent": sent, "waits": any(one.is_open for one in sent), "sentence": sentence}
    return render(request, "applications/apply.html", context, status=status)


@require_safe
@administrator_required
def applications(request: UserRequest) -> HttpResponse:
    """List who applies to write, the first one first, then what was answered."""
    context = {
        "waiting": Application.objects.open()[:LIST_LENGTH],
        "answered": Application.objects.answered()[:LIST_LENGTH],
    }
    return render(request, "applications/applications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def application(request: UserRequest, pk: int) -> HttpResponse:
    """Show one application; a POST answers it."""
    one = get_object_or_404(Application.objects.select_related("person"), pk=pk)
    if request.method != "POST":
        return _application(request, one, ApplicationAnswerForm())
    form = ApplicationAnswerForm(request.POST)
    if not form.is_valid():
        return _application(request, one, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        acts.answer(pk, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _application(request, one, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(request, f"{one.person} has your answer.")
    return redirect("applications")


def _application(
    request: UserRequest,
    one: Application,
    form: ApplicationAnswerForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"one": one, "form": form, "sentence": sentence}
    return render(request, "applications/one.html", context, status=status)
