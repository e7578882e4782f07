"""What could cause some findings: for clinicians who are signed in, and plainly no diagnosis."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.screens.exploring.questions import Causes, names_in
from wiki.views.access import UserRequest, clinician_required


@require_safe
@clinician_required
def causes(request: UserRequest) -> HttpResponse:
    """Sort what is written here and in data sets by how well it fits some findings."""
    typed = names_in(request.GET.getlist("of"))
    return render(request, "exploring/causes.html", {"typed": typed, "answer": Causes(typed)})
