"""Adding a whole collection of references: read, ticked, added."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wiki.acts.library import sources
from wiki.forms.editing.typed import readable
from wiki.forms.library.collection import CollectionChoice, CollectionForm
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, clinician_required


@require_http_methods(["GET", "HEAD", "POST"])
@clinician_required
def add_collection(request: UserRequest) -> HttpResponse:
    """Ask for a collection, list its works to be ticked, and add those that are."""
    if request.POST.get("act") == "add":
        return _add(request, CollectionChoice.typed(request.POST))
    if request.method != "POST":
        return render(request, "writing/collection.html", {"form": CollectionForm()})
    form = CollectionForm(request.POST, request.FILES)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "writing/collection.html", {"form": form}, status=status)
    context = {"choice": CollectionChoice.of_records(form.read), "failed": form.read.failed}
    return render(request, "writing/collection.html", context)


def _add(request: UserRequest, choice: CollectionChoice) -> HttpResponse:
    status, sentence = HTTPStatus.UNPROCESSABLE_ENTITY, "" if choice.taken else "Tick at least one work"
    if choice.is_valid():
        try:
            added = sources.add_collection(choice.sources, by=request.user)
        except Refused as refusal:
            status, sentence = HTTPStatus.CONFLICT, str(refusal)
        else:
            messages.success(request, f"{len(added)} source{'s are' if len(added) > 1 else ' is'} there now.")
            return redirect("sources")
    failed = [readable(one) for one in request.POST.getlist("failed")]
    context = {"choice": choice, "sentence": sentence, "failed": failed}
    return render(request, "writing/collection.html", context, status=status)
