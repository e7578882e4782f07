"""Second reads."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wiki.acts.reviewing import second_reads
from wiki.forms.reviewing.second_reads import SecondReadForm
from wiki.models import SecondRead
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.second_read import SecondReadScreen
from wiki.views import access
from wiki.views.access import UserRequest

MOST_SHOWN = 50


@require_safe
@access.moderator_required
def listed(request: UserRequest) -> HttpResponse:
    """List the second reads that a moderator may do, the agreement of readers, and the disagreements."""
    context = {
        "waiting": second_reads.waiting_for(request.user),
        "agreements": second_reads.agreement_by_kind(),
        "disagreed": SecondRead.objects.disagreed()[:MOST_SHOWN],
    }
    return render(request, "second_reads/listed.html", context)


@access.moderator_required
def second_read(request: UserRequest, pk: int) -> HttpResponse:
    """Show what was judged, as the first reviewer saw it; a POST stores the second decision."""
    found = get_object_or_404(SecondRead.objects.with_texts().with_needs(), pk=pk)
    form = SecondReadForm(request.POST if request.method == "POST" else None)
    try:
        second_reads.refuse(found, by=request.user)
        if form.is_valid():
            return _decide(request, pk, form)
    except Refused as refusal:
        kept = [request.POST["reason"]] if request.POST.get("reason") else []
        return access.refused(request, str(refusal), back=reverse("second-reads"), kept=kept)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"second_read": found, "screen": SecondReadScreen(found, request.user), "form": form}
    return render(request, "second_reads/second_read.html", context, status=status)


def _decide(request: UserRequest, pk: int, form: SecondReadForm) -> HttpResponse:
    decided = second_reads.decide(pk, by=request.user, **form.cleaned_data)
    if decided.agrees:
        messages.success(request, "Thank you. You and the first reviewer decided the same.")
    else:
        messages.warning(
            request, "Thank you. You and the first reviewer decided differently; moderators are told."
        )
    return redirect("second-reads")
