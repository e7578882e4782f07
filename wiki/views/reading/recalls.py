"""Recalls, public: what was corrected for safety, reverted, or rested on a source that was retracted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.queries.changes import NEWEST_RECALL_FIRST
from wiki.models.queries.recalls import recalls_with_words
from wiki.screens.recalls import recalls_of

RECALLS_A_PART = 30


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """List the recalls, newest first, with the words that were struck."""
    rows = part_of(
        recalls_with_words(), NEWEST_RECALL_FIRST, PartAsked.from_query(request.GET, size=RECALLS_A_PART)
    )
    return render(request, "reading/recalls.html", {"rows": rows, "recalls": recalls_of(rows)})
