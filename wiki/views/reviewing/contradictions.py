"""Contradictions across the wiki, for moderators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.screens.reviewing.contradictions import Contradictions
from wiki.views.access import UserRequest, moderator_required


@require_safe
@moderator_required
def contradictions(request: UserRequest) -> HttpResponse:
    """List what contradicts what, by kind."""
    kind = request.GET.get("kind", "")
    return render(request, "tasks/contradictions.html", {"kind": kind, "found": Contradictions(kind)})
