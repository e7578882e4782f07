"""Search over what is in force."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wiki.models import Name, Reading
from wiki.workflow.derive import fold

MOST_CHARACTERS = 200
PER_PAGE = 20
FEW = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead straight to an exact title, alias or code; else list what holds the words, best first."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:MOST_CHARACTERS]
    if not query:
        return render(request, "search/search.html", {"query": ""})
    exact = list(Reading.objects.for_lists().called(fold(query)))
    if len(exact) == 1 and "all" not in request.GET:
        return redirect(exact[0])
    rows = Paginator(Reading.objects.for_lists().matching(query), PER_PAGE).get_page(request.GET.get("page"))
    near = Name.objects.nearest_pages(fold(query), but=[*exact, *rows]) if len(rows) < FEW else []
    return render(request, "search/search.html", {"query": query, "exact": exact, "rows": rows, "near": near})
