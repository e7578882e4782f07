"""Correcting and verifying records of sources, and signing what others found."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wiki.acts.library import source_checks as acts
from wiki.forms.library.source_checks import DeclineCheckForm, SourceCheckForm, changed_fields
from wiki.importing import finding
from wiki.models import Source, SourceCheck
from wiki.policy.refusal import Refused
from wiki.text.sources.references import vancouver
from wiki.views.access import UserRequest, clinician_required, moderator_required

LIST_LENGTH = 200


@require_http_methods(["GET", "HEAD", "POST"])
@clinician_required
def check(request: UserRequest, pk: int) -> HttpResponse:
    """Show a record to be compared with the work; a POST keeps what was found."""
    source = get_object_or_404(Source.objects.kept().with_ids(), pk=pk)
    form = SourceCheckForm.for_source(source, request.POST if request.method == "POST" else None)
    context = {"source": source, "form": form, "needs_another": acts.needs_another(source, request.user)}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "source_checks/check.html", context, status=status)
    try:
        said = acts.check(pk, **form.act_arguments, by=request.user)
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "source_checks/check.html", context, status=HTTPStatus.CONFLICT)
    words = "It waits for another person to sign." if said.waits else "The record is verified."
    messages.success(request, f"Saved. {words}")
    return _to_record(request, said)


@require_safe
@moderator_required
def waiting(request: UserRequest) -> HttpResponse:
    """List the records that wait for another person’s signature."""
    found = SourceCheck.objects.waiting()[:LIST_LENGTH]
    return render(request, "source_checks/waiting.html", {"waiting": found})


@require_http_methods(["GET", "HEAD", "POST"])
@moderator_required
def decide(request: UserRequest, pk: int) -> HttpResponse:
    """Show what somebody found in a record, before and after; a POST signs or declines it."""
    said = get_object_or_404(SourceCheck.objects.select_related("source"), pk=pk)
    declines = request.POST.get("act") == "decline"
    form = DeclineCheckForm(request.POST if declines else None)
    context = {
        "said": said,
        "form": form,
        "before": vancouver(said.before["csl"]),
        "after": vancouver(said.csl),
        "changes": [*changed_fields(said.before["csl"], said.csl), *said.changed_ids],
        "detached": acts.detached_by(said) if said.waits else (),
        "staying": acts.staying_with(said) if said.waits else (),
    }
    if request.method != "POST":
        return render(request, "source_checks/decide.html", context)
    if declines and not form.is_valid():
        return render(request, "source_checks/decide.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if declines:
            acts.decline(pk, by=request.user, reason=form.cleaned_data["reason"])
        else:
            said = acts.confirm(pk, by=request.user)
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "source_checks/decide.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, "The record stays as it is." if declines else "The record is verified.")
    return redirect(said.source) if declines else _to_record(request, said)


def _to_record(request: UserRequest, said: SourceCheck) -> HttpResponse:
    """Lead to the record; what journals said of the work under corrected identifiers is looked up first."""
    if said.is_applied:
        for sentence in finding.heed_notices(said.source, acts.new_ids(said), by=request.user):
            messages.warning(request, sentence)
    return redirect(said.source)
