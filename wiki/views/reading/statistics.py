"""Statistics: how long reviews take; what each reviewer does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.screens import statistics
from wiki.views import access
from wiki.views.access import UserRequest


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """Show how long submissions have waited."""
    context = {"expected": statistics.expected_waits(), "fewest": statistics.FEWEST}
    context["stuck"] = statistics.waits_on_nobody().sentence
    return render(request, "statistics/waits.html", context)


@require_safe
@access.reviews_required
def reviewers(request: UserRequest) -> HttpResponse:
    """Show moderators and auditors each reviewer's decisions, viewing time and claims."""
    return render(request, "statistics/reviewers.html", {"reviewers": statistics.reviewers()})
