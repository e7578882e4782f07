"""Search over published pages, today or on a day."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wiki.models import Publication
from wiki.models.queries.search_as_of import found_on
from wiki.screens.search_results import PER_PAGE, answer
from wiki.text.search.typed import typed_line
from wiki.views import access


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Redirect to an exact title, alias or code; else list the matching pages, best first."""
    query = typed_line(request.GET.get("q", ""))
    if (day := request.GET.get("as_of", "")) and day != f"{timezone.localdate()}":
        return _as_of(request, query, day)
    if not query:
        return render(request, "search/search.html", {"query": ""})
    results = answer(query, part=request.GET.get("page"), as_typed="typed" in request.GET)
    if len(results.exact) == 1 and "all" not in request.GET:
        return redirect(results.exact[0])
    return render(request, "search/search.html", {"query": query, "results": results, "rows": results.rows})


def _as_of(request: HttpRequest, query: str, typed: str) -> HttpResponse:
    """List the pages that matched on a day; say so if the day is invalid or in the future."""
    day = access.day_of(typed)
    is_past = day is not None and access.is_past(day)
    found = found_on(day, query) if day and is_past and query else Publication.objects.none()
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"query": query, "typed": typed, "day": day, "is_past": is_past, "rows": rows}
    return render(request, "search/as_of.html", context, status=200 if is_past else 400)
