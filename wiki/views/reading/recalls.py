"""Recalls, public: what was corrected for safety, taken back, or rested on a source that was retracted."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.models.queries.recalls import recalls_with_words
from wiki.screens.recalls import recalls_of

PER_PAGE = 30


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """List the recalls, newest first, with the words that were struck."""
    rows = Paginator(recalls_with_words(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reading/recalls.html", {"rows": rows, "recalls": recalls_of(rows)})
