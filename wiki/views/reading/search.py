"""Search over published pages, today or on a day."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wiki.domain.kinds import label_of
from wiki.models import Name, Publication, PublishedPage
from wiki.models.queries.search_as_of import published_on_day
from wiki.models.search.suggestions import names_beginning
from wiki.screens.exploring.found_entries import FoundEntries
from wiki.screens.search_results import PER_PAGE, Narrowing, answer
from wiki.text.search.typed import typed_line
from wiki.views import access
from wiki.views.program_doors import only_read


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Redirect to an exact title, alias or code; else list the matching pages, best first."""
    query = typed_line(request.GET.get("q", ""))
    if (day := request.GET.get("as_of", "")) and day != f"{timezone.localdate()}":
        return _as_of(request, query, day)
    if not query:
        return render(request, "search/search.html", {"query": ""})
    asked = request.GET
    results = answer(
        query, after=asked.get("after", ""), as_typed="typed" in asked, narrowing=_narrowing(request)
    )
    if len(results.exact) == 1 and "all" not in asked:
        return _led_to(*results.named[0])
    results.count_if_failed()
    found = FoundEntries(query, asked.get("data", ""))
    return render(request, "search/search.html", {"query": query, "results": results, "found": found})


def _narrowing(request: HttpRequest) -> Narrowing:
    asked = request.GET
    return Narrowing(frozenset(asked.getlist("kind")), asked.get("review", ""), "statements" in asked)


def _led_to(page: PublishedPage, name: str) -> HttpResponse:
    """Redirect to a page, which says by which name it was found if that is not its title."""
    address = page.get_absolute_url()
    return redirect(f"{address}?{urlencode({'called': name})}" if name else address)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return names with a word that begins with what is typed, one of each page."""
    names = names_beginning(typed_line(request.GET.get("q", "")))
    return JsonResponse({"results": [_suggestion(one) for one in names]})


@only_read
def suggest_to_browsers(request: HttpRequest) -> JsonResponse:
    """Return the same names as browsers read them: the letters as typed, then names, titles and addresses
    (OpenSearch Suggestions 1.1).
    """
    typed = request.GET.get("q", "")
    names = names_beginning(typed_line(typed))
    titles = [name.page.published_page for name in names]
    said = [
        typed,
        [name.text for name in names],
        [f"{page.title}, {label_of(page.kind).lower()}" for page in titles],
        [request.build_absolute_uri(page.get_absolute_url()) for page in titles],
    ]
    return JsonResponse(said, safe=False, content_type="application/x-suggestions+json; charset=utf-8")


def _suggestion(name: Name) -> dict[str, str]:
    page = name.page.published_page
    return {"value": name.text, "label": page.title, "kind": label_of(page.kind), "by": name.text}


def _as_of(request: HttpRequest, query: str, typed: str) -> HttpResponse:
    """List the pages that matched on a day; say so if the day is invalid or in the future."""
    day = access.day_of(typed)
    is_past = day is not None and access.is_past(day)
    found = published_on_day(day, query) if day and is_past and query else Publication.objects.none()
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"query": query, "typed": typed, "day": day, "is_past": is_past, "rows": rows}
    return render(request, "search/as_of.html", context, status=200 if is_past else 400)
