"""Statistics: how long reviews take; what each reviewer does."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.screens import statistics
from wiki.views import access
from wiki.views.access import UserRequest


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """Show how long submissions have waited."""
    context: dict[str, Any] = {"expected": statistics.expected_waits(), "fewest": statistics.FEWEST}
    context |= {"stuck": statistics.waits_on_nobody().sentence, "counted_at": statistics.counted_at()}
    return render(request, "statistics/waits.html", context)


@require_safe
@access.reviews_required
def reviewers(request: UserRequest) -> HttpResponse:
    """Show moderators and auditors each reviewer's decisions, viewing time and claims."""
    context = {"reviewers": statistics.reviewers(), "counted_at": statistics.counted_at()}
    return render(request, "statistics/reviewers.html", context)
