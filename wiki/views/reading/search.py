"""Search over what is in force, or was on some day."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wiki.models import Name, Publication, PublishedPage
from wiki.models.queries.search_as_of import found_on
from wiki.text.search.typed import typed_line
from wiki.text.slugs import fold
from wiki.views import access

PER_PAGE = 20
FEW = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead straight to an exact title, alias or code; else list what holds the words, best first."""
    query = typed_line(request.GET.get("q", ""))
    if (day := request.GET.get("as_of", "")) and day != f"{timezone.localdate()}":
        return _as_of(request, query, day)
    if not query:
        return render(request, "search/search.html", {"query": ""})
    exact = list(PublishedPage.objects.for_lists().called(fold(query)))
    if len(exact) == 1 and "all" not in request.GET:
        return redirect(exact[0])
    rows = Paginator(PublishedPage.objects.for_lists().matching(query), PER_PAGE).get_page(
        request.GET.get("page")
    )
    near = Name.objects.nearest_pages(fold(query), but=[*exact, *rows]) if len(rows) < FEW else []
    return render(request, "search/search.html", {"query": query, "exact": exact, "rows": rows, "near": near})


def _as_of(request: HttpRequest, query: str, typed: str) -> HttpResponse:
    """List what readers saw on some day that holds the words; say so when it is no day, or to come."""
    day = access.day_of(typed)
    is_past = day is not None and day < timezone.localdate()
    found = found_on(day, query) if day and is_past and query else Publication.objects.none()
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"query": query, "typed": typed, "day": day, "is_past": is_past, "rows": rows}
    return render(request, "search/as_of.html", context, status=200 if is_past else 400)
